"""Which comparisons are worth making."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from auditor.banner import pairs
from auditor.banner.bands import SHIPPED


@pytest.mark.parametrize(
    ("times", "agreement", "drawing", "corners", "asked"),
    [
        (3.1, 0.99, 0.4, True, True),  # all strokes lie in place: it is the soft ground that differs
        (3.1, 0.8, 0.9, True, True),
        (3.1, 0.8, 0.4, False, True),  # soft artwork has no strokes that tell drawings apart
        (3.1, 0.8, 0.4, True, False),
        (2.9, 0.8, 0.4, True, True),
        (12.1, 0.99, 0.9, True, False),
    ],
)
def test_sliders_are_not_asked_about_another_drawing(monkeypatch, times, agreement, drawing, corners, asked):
    found = []
    monkeypatch.setattr(pairs, "compare_filtered", lambda *arguments: found.append(arguments))
    own = SimpleNamespace(features=SimpleNamespace(tell=corners))
    known = SimpleNamespace(
        distance=times * SHIPPED.differs_above,
        residue=SimpleNamespace(same_hues=True),
        agreement=agreement,
        same_drawing=drawing,
    )
    pair = pairs.Pair(SimpleNamespace(picture=SimpleNamespace(prepared=own)), known)
    assert pairs._filtered_pairs(None, [pair], SHIPPED) == [pair]
    assert bool(found) is asked
