"""The references that a picture may show, each with how the picture stands to it, nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.banner.apart import Explained
from auditor.banner.bands import Bands
from auditor.banner.comparison import (
    IN_PLACE,
    Comparison,
    barely_fits,
    blurred,
    compare_filtered,
    fine_fit,
    in_place,
    shift_between,
)
from auditor.banner.edited import compare_by_light, compare_edited, compare_found
from auditor.banner.library import BannerLibrary, PreparedReference, glances
from auditor.banner.prepared import Prepared
from auditor.banner.search import Glance, look
from auditor.banner.wide_search import look_wide
from auditor.model.company import BannerRole

_MOST_COMPARISONS = 6
#: strangers correlate with everything a little: the first few tell
_WEAK, _MOST_WEAK = 0.5, 3
#: once something matches, what fits that much worse is not looked at
_FAR_BEHIND = 0.1
#: and what fits that much worse than the best is not looked at in any case
_HOPELESS = 0.3
#: from here on the corners need not be asked whether a banner is there at all
_SEEN_AT_A_GLANCE = 0.6
#: strokes in place that no turn or stretch could put better there, and over that share of the width: a
#: single drawing hardly tells the one from the other, nor do bold faces, whose edges have few corners
_SOUND, _WIDE = 0.97, 0.25
#: corners that lie no further away tell the same place, in working pixels
_SAME_PLACE = 2.0
#: where so many strokes of one are in place, what fits that much worse at a glance is not looked for turned
_LIKELY, _FAR_BEHIND_EDITED = 0.8, 0.2
#: so many of the banners that people are to carry are looked for by light and dark
_MOST_LIT = 4
#: sliders that move the colours by less, on the whole, do not show, in levels
_SHOWS = 2.0
#: what sliders that cut off the ends of all tones leave: so many times what makes a difference, or that share
#: of what differs without them, whichever is less
CUT_OFF, _LEFT = 2.2, 0.5
#: what differs by so many times what makes a difference is no matter of a place that light tells better
_PLAINLY = 3.0
#: sliders explain no difference of so many times what makes one, nor half of that in other hues (the most
#: that they explained of 464 stronger than LinkedIn's: 8 times, and nothing in other hues), nor one of a few
#: times that in another drawing (of those they explained the strokes correlate by 0.8 at least)
_BEYOND_SLIDERS, _ANOTHER_DRAWING = 12.0, 0.5
#: so many references may lead nowhere before the wide search gives up
_MOST_NOWHERE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A reference and how the candidate stands to it."""

    reference: PreparedReference
    comparison: Comparison


class _Match:
    """The first pair that fits: the candidate cannot be what looks plainly otherwise."""

    def __init__(self, pair: Pair, prepared: Prepared) -> None:
        self._pair, self._prepared = pair, prepared
        self._answers = {pair.reference.picture.digest: False}

    @cached_property
    def _explained(self) -> Explained:
        return Explained(self._pair.comparison, self._pair.reference.picture.prepared, self._prepared)

    def excludes(self, other: PreparedReference) -> bool:
        """Whether the candidate cannot be `other`."""
        digest = other.picture.digest
        if digest not in self._answers:
            self._answers[digest] = self._explained.excludes(other.picture.prepared)
        return self._answers[digest]


def pairs_of(prepared: Prepared, library: BannerLibrary, bands: Bands) -> list[Pair]:
    """The comparisons worth making, nearest first; an editor's changes are looked for where nothing fits."""
    compared = _plainly_ours(prepared, library, bands)
    if not compared and nowhere_seen(prepared, library):
        return []
    matched: _Match | None = None
    if compared and compared[-1].comparison.distance < bands.match_below:
        matched = _Match(compared[-1], prepared)
        library = BannerLibrary(tuple(one for one in library.references if not matched.excludes(one)))
    seen = glances(prepared, library, bands)
    pairs = _straight_pairs(prepared, library, seen, compared, matched, bands)
    if not pairs or pairs[0].comparison.distance >= bands.match_below:
        pairs = _edited_pairs(prepared, pairs, library, seen, bands)
    if pairs and (barely_fits(pairs[0].comparison, bands) or blurred(pairs[0].comparison)):
        pairs = _filtered_pairs(prepared, pairs, bands)
    if not pairs or pairs[0].comparison.distance >= bands.match_below:
        pairs = _lit_pairs(prepared, pairs, library, bands)
    return pairs


def nowhere_seen(prepared: Prepared, library: BannerLibrary) -> bool:
    """Whether neither a glance nor the corners find any reference: then no way of looking makes a pair."""
    return all(
        not prepared.may_show(one.picture.plan, _SEEN_AT_A_GLANCE) and _absent(one, prepared)
        for one in library.references
    )


def _plainly_ours(prepared: Prepared, library: BannerLibrary, bands: Bands) -> list[Pair]:
    """Those of the banners that people are to carry which plainly lie in the picture, up to the first that
    fits: most pictures show one, and what is excluded then needs no glance."""
    found = []
    for reference in _current(library):
        picture = reference.picture
        if not prepared.may_show(picture.plan, _SEEN_AT_A_GLANCE):
            continue
        seen = prepared.glance(picture.plan)
        if seen.fit < _SEEN_AT_A_GLANCE:
            continue
        places = look(prepared.view, picture.plan, seen)
        comparison = compare_found(prepared, picture.prepared, places, bands)
        if comparison is None:
            continue
        found.append(Pair(reference, comparison))
        if comparison.distance < bands.match_below:
            break
    return found


def _current(library: BannerLibrary) -> list[PreparedReference]:
    return [one for one in library.references if one.role is BannerRole.CURRENT]


def _straight_pairs(
    prepared: Prepared,
    library: BannerLibrary,
    seen: dict[str, Glance],
    compared: Sequence[Pair],
    matched: _Match | None,
    bands: Bands,
) -> list[Pair]:
    """Those of the banners that may lie in the picture cropped, zoomed and shifted.

    Once one matches, what looks plainly otherwise is not compared. `compared`: what is known already, and
    `matched` of it.
    """
    pairs = list(compared)
    known = {pair.reference.picture.digest for pair in compared}
    others = [one for one in library.references if one.picture.digest in seen.keys() - known]
    best, tried = max((pair.comparison.fit for pair in pairs), default=0.0), len(pairs)
    for reference in sorted(others, key=lambda one: -seen[one.picture.digest].fit):
        glance = seen[reference.picture.digest]
        if tried == (_MOST_COMPARISONS if best >= _WEAK else _MOST_WEAK):
            break
        if glance.fit < best - (_FAR_BEHIND if matched else _HOPELESS):
            break
        if matched and matched.excludes(reference):
            continue
        if glance.fit < _SEEN_AT_A_GLANCE and _absent(reference, prepared):
            continue
        places = look(prepared.view, reference.picture.plan, glance)
        if places[0].fit < bands.unrelated_below:
            continue
        best, tried = max(best, places[0].fit), tried + 1
        comparison = compare_found(prepared, reference.picture.prepared, places, bands)
        if comparison is None:
            continue
        pairs.append(Pair(reference, comparison))
        if comparison.distance < bands.match_below:
            matched = matched or _Match(pairs[-1], prepared)
    return sorted(pairs, key=lambda pair: pair.comparison.distance)


def _edited_pairs(
    prepared: Prepared,
    pairs: Sequence[Pair],
    library: BannerLibrary,
    seen: dict[str, Glance],
    bands: Bands,
) -> list[Pair]:
    """`pairs` with those in which an editor's change explains the picture better: first what people are to
    carry, then the others with a pair, and then, what the wide search finds most of first, those without."""
    found = list(pairs)
    known = {pair.reference.picture.digest: pair for pair in pairs}
    first = _current(library)
    first += [one for one in library.references if one not in first and one.picture.digest in known]
    matched: _Match | None = None
    for reference in first:
        pair = known.get(reference.picture.digest)
        if matched and matched.excludes(reference):
            continue
        if (pair and _sound(pair, prepared, bands)) or _absent(reference, prepared):
            continue
        straight = pair.comparison if pair else None
        comparison = compare_edited(prepared, reference.picture.prepared, straight, bands)
        if comparison is not None and (straight is None or comparison.distance < straight.distance):
            found = [one for one in found if one is not pair]
            found.append(Pair(reference, comparison))
            if comparison.distance < bands.match_below:
                matched = matched or _Match(found[-1], prepared)
    others = [one for one in _others(prepared, pairs, library, seen) if one not in first]
    if matched:
        others = [one for one in others if not matched.excludes(one)]
    found += _turned_pairs(prepared, matched, others, bands)
    return sorted(found, key=lambda pair: pair.comparison.distance)


def _lit_pairs(prepared: Prepared, pairs: Sequence[Pair], library: BannerLibrary, bands: Bands) -> list[Pair]:
    """`pairs` with those of the banners that people are to carry where nothing fits yet, but light and dark
    do: soft artwork has few strokes that tell its place."""
    found = list(pairs)
    known = {pair.reference.picture.digest: pair for pair in pairs}
    for reference in _current(library)[:_MOST_LIT]:
        if found and min(pair.comparison.distance for pair in found) < bands.match_below:
            break
        pair, own = known.get(reference.picture.digest), reference.picture.prepared
        before = pair.comparison if pair else None
        placed = (pair and _sound(pair, prepared, bands)) or _told(before, own, prepared, bands)
        if placed or _absent(reference, prepared):
            continue
        comparison = compare_by_light(prepared, own, before, bands)
        least = before.distance if before else bands.differs_above
        if comparison is None:
            continue
        if before and comparison.by_light and comparison.distance >= bands.match_below:
            continue
        if comparison.by_light or comparison.distance < min(least, bands.differs_above):
            found = [one for one in found if one is not pair]
            found.append(Pair(reference, comparison))
    return sorted(found, key=lambda pair: pair.comparison.distance)


def _absent(reference: PreparedReference, prepared: Prepared) -> bool:
    """Whether the corners of both say that the one is not in the other."""
    return prepared.placement(reference.picture.prepared).absent


def _told(known: Comparison | None, banner: Prepared, prepared: Prepared, bands: Bands) -> bool:
    """Whether light and dark tell no better place than `known`, or that there is none: corners tell every
    part of the banner, or strokes all over lie in place, and what differs is no matter of a place."""
    if known is None:
        return banner.many_corners_last
    if known.distance < _PLAINLY * bands.differs_above:
        return False
    in_place = known.spread > _WIDE and banner.features.tell
    return banner.many_corners_last or (in_place and fine_fit(prepared, banner, known.window) > IN_PLACE)


def _sound(pair: Pair, prepared: Prepared, bands: Bands) -> bool:
    """Whether all strokes are in place, and the corners, so that no turn could explain the picture better:
    those of a fine texture seem to be where they hardly are."""
    straight, own = pair.comparison, pair.reference.picture.prepared
    differs = straight.distance >= bands.differs_above
    # blank corners tell of a turn, but for those that the banner itself has
    turned = prepared.shown is not None
    told = straight.spread > _WIDE and own.features.tell and not (turned and own.shown is None)
    if not (differs and told and in_place(straight, prepared, own, _SOUND)):
        return False
    corners = prepared.placement(own).window
    if corners is None:
        return not turned
    return shift_between(corners, straight.window) * prepared.width < _SAME_PLACE


def _others(
    prepared: Prepared, pairs: Sequence[Pair], library: BannerLibrary, seen: dict[str, Glance]
) -> list[PreparedReference]:
    """The references without a pair, less those that fit far worse than one whose strokes lie in place."""
    known = {pair.reference.picture.digest for pair in pairs}
    others = [one for one in library.references if one.picture.digest not in known]
    if not others or not any(
        pair.comparison.spread > _WIDE
        and in_place(pair.comparison, prepared, pair.reference.picture.prepared, _LIKELY)
        for pair in pairs
    ):
        return others
    fits = {digest: glance.fit for digest, glance in seen.items()}
    least = max(fits.values()) - _FAR_BEHIND_EDITED
    return [one for one in others if fits.get(one.picture.digest, -1.0) >= least]


def _turned_pairs(
    prepared: Prepared, matched: _Match | None, others: Sequence[PreparedReference], bands: Bands
) -> Iterator[Pair]:
    """The pairs of references that only the wide search finds. Strangers correlate with everything a little:
    after a few that lead nowhere the others, which fit less, are not tried."""
    others = [one for one in others if not _absent(one, prepared)]
    places = {
        one.picture.digest: look_wide(prepared.wide_views, one.picture.prepared.wide_plan) for one in others
    }
    nowhere = 0
    for reference in sorted(others, key=lambda one: -places[one.picture.digest][0].fit):
        if nowhere == _MOST_NOWHERE:
            return
        if matched and matched.excludes(reference):
            continue
        own = reference.picture.prepared
        comparison = compare_edited(prepared, own, None, bands, places[reference.picture.digest])
        if comparison is None:
            nowhere += 1
            continue
        yield Pair(reference, comparison)
        if comparison.distance < bands.match_below:
            matched = matched or _Match(Pair(reference, comparison), prepared)


def _filtered_pairs(prepared: Prepared, pairs: Sequence[Pair], bands: Bands) -> list[Pair]:
    """`pairs` with those in which the sliders of a picture editor explain all that is seen, or nearly all of
    what would else be a difference: a person looks at that."""
    found = []
    for pair in pairs:
        known = pair.comparison
        times = known.distance / bands.differs_above
        most = _BEYOND_SLIDERS * (1.0 if known.residue.same_hues else 0.5)
        own = pair.reference.picture.prepared
        # soft ground has no strokes that could tell one drawing from another
        strokes = own.features.tell and known.agreement < _SOUND
        redrawn = times > _PLAINLY and strokes and known.same_drawing < _ANOTHER_DRAWING
        if times > most or redrawn:
            found.append(pair)
            continue
        comparison = compare_filtered(prepared, own, known, bands)
        better = comparison is not None and _explains(comparison, known, bands)
        found.append(Pair(pair.reference, comparison) if comparison and better else pair)
    return sorted(found, key=lambda pair: pair.comparison.distance)


def _explains(filtered: Comparison, known: Comparison, bands: Bands) -> bool:
    """Whether sliders explain what `known` does not; what fits has to be explained by sliders that show."""
    if known.distance < bands.match_below:
        shows = filtered.residue.toned > _SHOWS or filtered.residue.shade is not None
        return shows and filtered.distance < known.distance
    if known.distance < bands.differs_above or not known.residue.same_hues:
        return filtered.distance < bands.match_below
    # what the sliders cut off at the ends is left, and small beside what they explain
    most = min(CUT_OFF * bands.differs_above, _LEFT * known.distance)
    return filtered.distance < max(bands.differs_above, most)
