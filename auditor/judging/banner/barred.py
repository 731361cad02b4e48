"""A picture with bars round it: does the verdict on all of it hold, or the one on what the bars leave?"""

from __future__ import annotations

from dataclasses import replace

from auditor.judging.banner.kinds import BannerVerdict, VerdictKind
from auditor.judging.banner.window import Box, Window

#: so far a bar may lie over the banner: what storing the picture mixes at the seam, in pixels
_OVERLAP = 5.0


def settle(
    whole: BannerVerdict,
    inside: BannerVerdict,
    bare: Box,
    size: tuple[int, int],
    ratio: float,
    stripes: tuple[int, ...],
) -> BannerVerdict:
    """The verdict on a picture of `size` whose bars leave the box `bare`.

    `whole` was judged with the bars, `inside` without them, against a banner whose height is `ratio` of its
    width and which has `stripes` of its own, so deep on each side. A bar that may be the banner's own stripe
    in another colour is no bar; one that hides a part of it is for a person to look at.
    """
    found = _of_the_whole(inside, bare, size[0])
    if found.distance >= whole.distance or found.crop is None:
        return whole
    hidden = [side for side, over in enumerate(_overlaps(found.crop, bare, size, ratio)) if over > _OVERLAP]
    if found.kind is not VerdictKind.MATCH or not hidden:
        return found
    if any(stripes[side] for side in hidden):
        return whole
    reason = f"a bar lies over a part of {found.name!r}"
    return replace(found, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_CROPPED", reasons=(reason,))


def _overlaps(crop: Window, bare: Box, size: tuple[int, int], ratio: float) -> tuple[float, ...]:
    """How far the banner goes on under the bar of each side (left, top, right, bottom), in pixels."""
    wide, high = size
    left, top = crop.left * wide, crop.top * wide
    right, bottom = left + crop.scale_x * wide, top + crop.scale_y * ratio * wide
    return (
        bare[0] - max(0.0, left),
        bare[1] - max(0.0, top),
        min(float(wide), right) - bare[2],
        min(float(high), bottom) - bare[3],
    )


def _of_the_whole(verdict: BannerVerdict, bare: Box, width: int) -> BannerVerdict:
    """The verdict on what lies inside the bars, said of the whole picture, `width` pixels wide."""
    left, top = bare[0], bare[1]
    share = (bare[2] - left) / width
    region, crop = verdict.region, verdict.crop
    if region is not None:
        region = (region[0] + left, region[1] + top, region[2] + left, region[3] + top)
    if crop is not None:
        crop = Window(
            crop.scale_x * share,
            crop.scale_y * share,
            crop.left * share + left / width,
            crop.top * share + top / width,
        )
    return replace(verdict, region=region, crop=crop)
