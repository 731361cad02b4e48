"""What the sliders of a picture editor may have left of a banner."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from auditor.banner.prepared import Prepared
from auditor.banner.shade import may_follow
from tests.banner.drawing import as_served, banner


def middle(image: Image.Image) -> np.ndarray:
    return Prepared(as_served(image).rgb).middle


def slid(image: Image.Image, contrast: float, brightness: float, vignette: float) -> Image.Image:
    """A picture through sliders, what they cut off included."""
    rgb = (np.asarray(image, dtype=np.float32) - 128) * contrast + 128 + brightness
    down, right = (np.linspace(-1, 1, side) ** 2 for side in rgb.shape[:2])
    shade = 1 - vignette * (right[None, :] + down[:, None])[..., None] / 2
    return Image.fromarray((rgb.clip(0, 255) * shade).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("index", range(6))
@pytest.mark.parametrize(
    ("contrast", "brightness", "vignette"),
    [
        (1, 0, 0),
        (0.2, -20, 0),
        (0.2, 110, 0.6),
        (0.3, -100, 0.3),
        (2.5, 150, 0),
        (1.8, -90, 0.6),
        (1.1, 115, 0.6),
    ],
)
def test_what_sliders_leave_follows_from_the_banner(contrast, brightness, vignette, index):
    left = slid(banner(index), contrast, brightness, vignette)
    assert may_follow(middle(left), middle(banner(index)))


@pytest.mark.parametrize("index", range(6))
def test_another_picture_hardly_follows_from_the_banner_whatever_sliders_do(index):
    ramp = Image.linear_gradient("L").resize((1584, 396))
    ways = [
        banner(index + 6),
        slid(banner(index + 6), 0.3, 60, 0.3),
        ramp.convert("RGB"),
        ramp.rotate(90).convert("RGB"),
    ]
    assert [may_follow(middle(other), middle(banner(index))) for other in ways].count(True) <= 1
