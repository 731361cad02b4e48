"""How a picture was stored is read from its file, and foretells what storing leaves of another picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import ExifTags, Image

from auditor.banner import Picture, decode
from auditor.banner.alterations import at_width
from auditor.banner.storing import Storing
from tests.banner.drawing import banner


def stored(image: Image.Image, kind: str = "JPEG", **how: object) -> Picture:
    """`image` as a file of that kind, read again."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    picture = decode(buffer.getvalue())
    assert isinstance(picture, Picture)
    return picture


@pytest.mark.parametrize("how", [{"quality": 71}, {"quality": 88, "subsampling": 0}, {"subsampling": 1}])
def test_a_picture_stored_in_the_same_way_is_the_same_to_the_pixel(how):
    small = at_width(banner(), 800)
    found = stored(small, **how)
    assert found.storing is not None
    again = found.storing.again(np.asarray(small))
    assert np.array_equal(again, found.rgb)
    assert not np.array_equal(again, np.asarray(small))


def upside_down() -> Image.Exif:
    """What a camera writes that was held the other way."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3
    return exif


@pytest.mark.parametrize(
    ("image", "kind", "how"),
    [
        (banner(), "PNG", {}),
        (banner(), "WEBP", {}),
        (banner().convert("L"), "JPEG", {}),
        (banner().convert("CMYK"), "JPEG", {}),
        (banner(), "JPEG", {"exif": upside_down()}),
        (banner().resize((4400, 1100)), "JPEG", {}),
    ],
    ids=["png", "webp", "grey", "cmyk", "turned", "scaled down while it is read"],
)
def test_pixels_that_do_not_lie_as_they_were_stored_tell_nothing_of_it(image, kind, how):
    assert stored(image, kind, **how).storing is None


@pytest.mark.parametrize("step", [0, 1, 255, 65535])
def test_any_table_that_a_file_may_hold_can_be_used(step):
    rgb = np.asarray(at_width(banner(), 400))
    assert Storing(((step,) * 64,), 2).again(rgb).shape == rgb.shape
