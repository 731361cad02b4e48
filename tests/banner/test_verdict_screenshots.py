"""A banner is recognised in the pixels that a real browser shows of it."""

from __future__ import annotations

import base64

import pytest
from PIL import Image

from auditor.banner import Picture, VerdictKind, decode, judge
from auditor.banner.alterations import at_width, jpeg
from tests.banner.drawing import library, reference, with_year
from tests.reports.browsing import Visiting, browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit():
    with browser() as visiting:
        yield visiting


def screenshot(visit: Visiting, folder, image: Image.Image, wide: int, density: float) -> Picture:
    """What a browser shows of `image` as it is served, so many CSS pixels wide, on such a screen."""
    body = base64.b64encode(jpeg(at_width(image, 1400), 82)).decode("ascii")
    page = folder / "page.html"
    page.write_text(f'<img src="data:image/jpeg;base64,{body}" style="width: {wide}px">', "utf-8")

    async def shot(seen) -> bytes:
        picture = seen.page.locator("img")
        await picture.evaluate("picture => picture.decode()")
        return await picture.screenshot()

    picture = decode(visit(page, shot, device_scale_factor=density))
    assert isinstance(picture, Picture)
    return picture


@pytest.mark.parametrize("density", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize("wide", [784, 1128])
def test_on_every_screen_ours_is_ours_and_last_years_is_not(visit, tmp_path, wide, density):
    shelf = library(reference(with_year(2026), "standard"))
    for year in (2026, 2025):
        found = judge(screenshot(visit, tmp_path, with_year(year), wide, density), shelf)
        assert (found.kind is VerdictKind.MATCH) == (year == 2026)
