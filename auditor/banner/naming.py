"""What a picture is that is none of the references: a changed copy of one, or something else."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from auditor.banner.comparison import Comparison
from auditor.banner.kinds import BannerVerdict, VerdictKind, percent, region_evidence
from auditor.banner.library import BannerLibrary
from auditor.banner.pairs import Pair
from auditor.banner.planes import planes_of
from auditor.banner.prepared import Prepared
from auditor.banner.raster import blur, grey, mean_colour, slopes
from auditor.banner.search import UNTOLD, glance
from auditor.model.company import BannerRole

#: how well what was turned back fits, and how much better; its mean colour is not further away, in levels
_TURNED, _CLEARLY, _AS_A_WHOLE = 0.6, 0.2, 40.0
#: strokes that correlate by more are the same drawing
SAME_DRAWING = 0.8
_IN_PART = 0.5
_CALM = 0.8
#: colours are smoothed by so much, in pixels; stronger ones have a hue, in levels; of two by two pixels that
#: share must differ, and so many of them tell something, and that share of all that differ
_COLOUR_BLUR, _COLOURED, _THERE, _FEW, _FEW_OF_ALL = 2.0, 12.0, 0.25, 12, 0.02
#: hues that are turned by less, in radians, are kept: most of them, and nine in ten
_HUE, _HUE_ANYWHERE = 0.15, 0.35
_AS_NUMBER = np.array([1.0, 1.0j])


def name_difference(prepared: Prepared, pairs: Sequence[Pair], library: BannerLibrary) -> BannerVerdict:
    """The `differs` verdict with the best name that can be given; `pairs`: nearest first.

    A changed copy is one of the banner that most of the picture shows. That need not be the nearest: a small
    change can stand out more than a sister's whole design.
    """
    for pair in sorted(pairs, key=lambda pair: float((pair.comparison.strength > 1.0).mean())):
        named = _changed_copy(pair, prepared)
        if named is not None:
            return named
    turned = _turned(prepared, library)
    if turned is not None:
        return turned
    distance = pairs[0].comparison.distance if pairs else 99.0
    return BannerVerdict(
        VerdictKind.DIFFERS,
        "unknown picture",
        "BANNER_UNKNOWN",
        round(distance, 3),
        0.0,
        ("nothing of any known banner is on it",),
    )


def _changed_copy(nearest: Pair, prepared: Prepared) -> BannerVerdict | None:
    comparison, name = nearest.comparison, nearest.reference.name
    same = comparison.same_drawing > SAME_DRAWING
    if same and comparison.residue.colourless:
        return _of(nearest, prepared, "BANNER_GREYSCALE", f"{name!r} without its colours")
    if same:
        return _of(nearest, prepared, "BANNER_RECOLOURED", f"{name!r} in other colours")
    if _in_part(comparison):
        return _of(nearest, prepared, "BANNER_ALTERED", f"{name!r} with {_what_changed(comparison)}")
    return None


def _in_part(comparison: Comparison) -> bool:
    """Whether enough of the reference is there to call the picture a changed copy of it."""
    calm = float((comparison.strength < 1.0).mean())
    return comparison.agreement > _IN_PART or (comparison.agreement > _IN_PART / 2 and calm > _CALM)


def _what_changed(comparison: Comparison) -> str:
    """Words for the change, from where there are more strokes than expected, or fewer."""
    marked = comparison.strength > 1.0
    seen, expected = (
        float(np.abs(slopes(grey(rgb))[0])[marked].sum()) + 1.0
        for rgb in (comparison.residue.seen, comparison.residue.expected)
    )
    word = "added" if seen > 3 * expected else "removed" if expected > 3 * seen else "replaced or moved"
    return f"something {word} ({percent(float(marked.mean()))} of the picture differs)"


def _of(nearest: Pair, prepared: Prepared, code: str, reason: str) -> BannerVerdict:
    comparison = nearest.comparison
    evidence = region_evidence(comparison, prepared)
    return BannerVerdict(
        VerdictKind.DIFFERS,
        nearest.reference.name,
        code,
        round(comparison.distance, 3),
        0.0,
        (reason,),
        evidence.box if evidence else None,
        comparison.window,
        round(min(comparison.visible, 1.0), 3),
        evidence,
    )


def hues_kept(comparison: Comparison) -> bool:
    """Whether what differs has the hues that are expected there: it is lighter, darker, paler or richer only.
    What has no colour, or hardly any left, has no hue to lose."""
    marked = comparison.strength > 1.0
    own, wanted = (
        planes_of(blur(rgb, _COLOUR_BLUR)).colours.astype(np.float32) - np.float32(128)
        for rgb in (comparison.residue.seen, comparison.residue.expected)
    )
    high, wide = own.shape[:2]
    there = cv2.resize(marked.astype(np.float32), (wide, high), interpolation=cv2.INTER_AREA) > _THERE
    own, wanted = own[there], wanted[there]
    strong = np.minimum(np.hypot(*own.T), np.hypot(*wanted.T)) > _COLOURED
    if strong.sum() < max(_FEW, _FEW_OF_ALL * len(strong)):
        return True
    own, wanted = own[strong], wanted[strong]
    turned = np.abs(np.angle((own @ _AS_NUMBER) * np.conj(wanted @ _AS_NUMBER)))
    return bool(np.median(turned) < _HUE and np.percentile(turned, 90) < _HUE_ANYWHERE)


def _turned(prepared: Prepared, library: BannerLibrary) -> BannerVerdict | None:
    """Mirrored or upside-down copies of ours: they fit well turned back, and far better than as they are."""
    own = mean_colour(prepared.coarse)
    ours = [
        one
        for one in library.references
        if one.role is BannerRole.CURRENT
        and float(np.abs(own - mean_colour(one.picture.prepared.coarse)).max()) < _AS_A_WHOLE
    ]
    if not ours:
        return None
    view = prepared.view
    for word, turned in (("mirrored", view.mirrored()), ("upside down", view.upside_down())):
        fits = [glance(turned, reference.picture.plan, _TURNED - UNTOLD).fit for reference in ours]
        best = int(np.argmax(fits))
        if fits[best] > _TURNED and fits[best] > prepared.glance(ours[best].picture.plan).fit + _CLEARLY:
            name = ours[best].name
            reason = f"{name!r}, {word}"
            return BannerVerdict(VerdictKind.DIFFERS, name, "BANNER_MIRRORED", 99.0, 0.0, (reason,))
    return None
