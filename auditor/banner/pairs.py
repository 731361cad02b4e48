"""The references that a picture may show, each with how the picture stands to it, nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.banner.bands import Bands
from auditor.banner.comparison import Comparison, compare, compare_filtered, in_place, plainly_apart
from auditor.banner.edited import compare_edited
from auditor.banner.library import BannerLibrary, PreparedReference, glances
from auditor.banner.prepared import Prepared
from auditor.banner.search import look

_MOST_COMPARISONS = 6
#: strangers correlate with everything a little: the first few tell
_WEAK, _MOST_WEAK = 0.5, 3
#: once something matches, what fits that much worse is not looked at
_FAR_BEHIND = 0.1
#: and what fits that much worse than the best is not looked at in any case
_HOPELESS = 0.3
#: strokes in place that no turn or stretch could put better there, and over that share of the width: a
#: single drawing hardly tells the one from the other
_SOUND, _WIDE = 0.97, 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A reference and how the candidate stands to it."""

    reference: PreparedReference
    comparison: Comparison


def pairs_of(prepared: Prepared, library: BannerLibrary, bands: Bands) -> list[Pair]:
    """The comparisons worth making, nearest first; an editor's changes are looked for where nothing fits."""
    pairs = _straight_pairs(prepared, library, bands)
    if not pairs or pairs[0].comparison.distance >= bands.match_below:
        pairs = _edited_pairs(prepared, pairs, library, bands)
    if pairs and pairs[0].comparison.distance >= bands.match_below:
        pairs = _filtered_pairs(prepared, pairs, bands)
    return pairs


def _straight_pairs(prepared: Prepared, library: BannerLibrary, bands: Bands) -> list[Pair]:
    """Those of the banners that may lie in the picture cropped, zoomed and shifted.

    Once one matches, what looks plainly otherwise is not compared.
    """
    seen = glances(prepared.view, library, bands)
    known = [reference for reference in library.references if reference.picture.digest in seen]
    known.sort(key=lambda reference: -seen[reference.picture.digest].fit)
    pairs: list[Pair] = []
    matched: Pair | None = None
    best, tried = 0.0, 0
    for reference in known:
        glance = seen[reference.picture.digest]
        if tried == (_MOST_COMPARISONS if best >= _WEAK else _MOST_WEAK):
            break
        if glance.fit < best - (_FAR_BEHIND if matched else _HOPELESS):
            break
        if matched and _apart(matched, reference, prepared):
            continue
        places = look(prepared.view, reference.picture.plan, glance)
        if places[0].fit < bands.unrelated_below:
            continue
        best, tried = max(best, places[0].fit), tried + 1
        comparison = compare(prepared, reference.picture.prepared, places, bands)
        if comparison is None:
            continue
        pairs.append(Pair(reference, comparison))
        if comparison.distance < bands.match_below:
            matched = matched or pairs[-1]
    return sorted(pairs, key=lambda pair: pair.comparison.distance)


def _apart(matched: Pair, other: PreparedReference, prepared: Prepared) -> bool:
    own = matched.reference.picture
    if own.digest == other.picture.digest:
        return False
    return plainly_apart(matched.comparison, own.prepared, other.picture.prepared, prepared)


def _edited_pairs(
    prepared: Prepared, pairs: Sequence[Pair], library: BannerLibrary, bands: Bands
) -> list[Pair]:
    """`pairs` with those in which an editor's change explains the picture better; where there is none, every
    reference is tried."""
    found = list(pairs)
    known = {pair.reference.picture.digest: pair for pair in pairs}
    matched: Pair | None = None
    for reference in library.references:
        if matched and _apart(matched, reference, prepared):
            continue
        pair = known.get(reference.picture.digest)
        straight = pair.comparison if pair is not None else None
        own = reference.picture.prepared
        differs = straight is not None and straight.distance >= bands.differs_above
        told = straight is not None and straight.spread > _WIDE and prepared.shown is None
        if straight is not None and differs and told and in_place(straight, prepared, own, _SOUND):
            continue
        comparison = compare_edited(prepared, own, straight, bands)
        if comparison is None:
            continue
        if straight is None or comparison.distance < straight.distance:
            found = [one for one in found if one is not pair]
            found.append(Pair(reference, comparison))
            if comparison.distance < bands.match_below:
                matched = matched or found[-1]
    return sorted(found, key=lambda pair: pair.comparison.distance)


def _filtered_pairs(prepared: Prepared, pairs: Sequence[Pair], bands: Bands) -> list[Pair]:
    """`pairs` with those in which the sliders of a picture editor explain all that is seen."""
    found = []
    for pair in pairs:
        comparison = compare_filtered(prepared, pair.reference.picture.prepared, pair.comparison, bands)
        fits = comparison is not None and comparison.distance < bands.match_below
        found.append(Pair(pair.reference, comparison) if comparison and fits else pair)
    return sorted(found, key=lambda pair: pair.comparison.distance)
