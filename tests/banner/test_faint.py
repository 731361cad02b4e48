"""Changes that are smaller than what storing explains, and filters that barely explain a picture."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from auditor.banner import VerdictKind, judge
from auditor.banner.bands import SHIPPED
from auditor.banner.faint import stands_out
from auditor.banner.tone import Tone
from tests.banner.drawing import as_served, banner, library, reference


@pytest.mark.parametrize(
    ("most", "second", "outstanding"),
    [(0.9, 0.5, True), (0.9, 0.6, False), (0.74, 0.34, True), (0.74, 0.45, False), (0.55, 0.26, False)],
)
def test_the_smaller_a_difference_the_more_alone_it_has_to_stand(most, second, outstanding):
    strength = np.zeros((100, 400), dtype=np.float32)
    strength[20:26, 40:46], strength[70:76, 300:306] = most, second
    assert stands_out(SimpleNamespace(distance=most, strength=strength)) is outstanding


def test_our_drawing_in_the_light_of_another_hour_that_barely_fits_is_for_a_person():
    dusk = Tone(gamma=0.02, contrast=-0.17, brightness=-0.07, saturation=-0.12, lost_profile=0.25)
    picture = as_served(Image.fromarray(dusk.apply(np.asarray(banner(7)))))
    shelf = library(reference(banner(7), "standard"))
    found = judge(picture, shelf)
    assert (found.kind, "with a filter" in found.reasons[0]) == (VerdictKind.MATCH, True)
    narrow = replace(SHIPPED, match_below=1.05 * found.distance)
    assert judge(picture, shelf, bands=narrow).code == "BANNER_REVIEW_EDITED"
