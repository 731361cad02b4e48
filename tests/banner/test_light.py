"""A place is found by light and dark alone, where no stroke is."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.banner.light import align_by_light, crops_by_light, refine_by_light
from auditor.banner.prepared import Prepared
from auditor.banner.window import Window
from auditor.proof.editor import stretched, turned
from tests.banner.drawing import as_served, facets

WHOLE = Window(1.0, 1.0, 0.0, 0.0)


def glow(window: Window, shift: int = 0) -> np.ndarray:
    """Two broad lights and nothing else, as `window` shows them."""
    x, y = np.meshgrid((np.arange(396) + 0.5) / 396, (np.arange(99) + 0.5) / 396)
    u, v = window.source(x, y)
    light = 40 + 150 * np.exp(-((u - 0.3) ** 2) / 0.05 - (v - 0.1) ** 2 / 0.02)
    light += 90 * np.exp(-((u - 0.75) ** 2) / 0.03 - (v - 0.2) ** 2 / 0.01)
    return np.repeat((light[..., None] + shift).clip(0, 255).astype(np.uint8), 3, axis=2)


@pytest.mark.parametrize(
    "window",
    [Window(1.12, 1.12, -0.04, -0.02), Window(1.1, 1.1, -0.05, -0.02, 0.02, -0.02)],
    ids=["zoomed", "turned and zoomed"],
)
@pytest.mark.parametrize("shift", [0, 15])
def test_broad_lights_tell_the_place(window, shift):
    found, fit = refine_by_light(glow(window, shift), glow(WHOLE), WHOLE, even=True)
    assert fit > 0.99
    for corner in ((0.0, 0.0), (1.0, 0.0), (0.0, 0.25), (1.0, 0.25)):
        assert found.place(*corner) == pytest.approx(window.place(*corner), abs=0.001)


@pytest.mark.parametrize("corner", [(0.0, 0.0), (-0.45, -0.11)], ids=["left top", "right bottom"])
def test_a_crop_to_half_is_found_by_its_lights(corner):
    window = Window(1.45, 1.45, *corner)
    _, best = crops_by_light(glow(window), glow(WHOLE))[0]
    for point in ((0.0, 0.0), (1.0, 0.25)):
        assert best.place(*point) == pytest.approx(window.place(*point), abs=0.02)


def test_a_portrait_over_a_corner_does_not_move_it():
    window = Window(1.05, 1.05, -0.02, -0.01)
    seen = glow(window)
    seen[60:99, 10:60] = (225, 30, 30)
    found, _ = refine_by_light(seen, glow(WHOLE), WHOLE, even=True)
    assert found.place(1.0, 0.25) == pytest.approx(window.place(1.0, 0.25), abs=0.002)


def test_a_place_that_shows_next_to_nothing_tells_nothing():
    assert refine_by_light(glow(WHOLE), glow(WHOLE), Window(1.0, 1.0, 0.95, 0.0), even=True) is None


@pytest.mark.parametrize(
    ("image", "turn", "stretch"),
    [(turned(facets(), 3.0), 3.0, 1.0), (stretched(facets(), 1.06, 1.0), 0.0, 1.06), (facets(), 0.0, 1.0)],
    ids=["turned", "stretched", "as it was"],
)
def test_the_edges_of_bold_faces_tell_the_place(image, turn, stretch):
    seen, own = Prepared(as_served(image).rgb), Prepared(np.asarray(facets()))
    found = align_by_light((seen.coarse, seen.middle), (own.coarse, own.middle), [WHOLE])
    assert found.turn == pytest.approx(turn, abs=0.1)
    assert found.stretch == pytest.approx(stretch, abs=0.01)


def test_what_has_no_light_is_aligned_with_nothing():
    black = np.zeros((99, 396, 3), dtype=np.uint8)
    assert align_by_light([glow(WHOLE)], [black], [WHOLE]) is None
    assert align_by_light([black], [glow(WHOLE)], [WHOLE]) is None


@pytest.mark.parametrize("across", [396, 198])
def test_a_place_is_known_from_its_matrix(across):
    window = Window(1.1, 1.05, -0.05, 0.02, 0.02, -0.03)
    again = Window.of_matrix(window.matrix((0, 0, 396, 99), 396, across), 396, across)
    for corner in ((0.0, 0.0), (1.0, 0.0), (0.0, 0.25)):
        assert again.place(*corner) == pytest.approx(window.place(*corner), abs=1e-9)
