"""The verdict: is this our current banner, and if not, which one is it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from auditor.banner.bands import SHIPPED, Bands
from auditor.banner.bars import inside_bars, settle
from auditor.banner.caution import caution, crop_words, in_doubt, in_one_spot
from auditor.banner.kinds import BannerVerdict, RegionEvidence, VerdictKind, percent, region_evidence
from auditor.banner.library import TRANSPARENT, BannerLibrary, PreparedReference, over_black
from auditor.banner.naming import name_difference
from auditor.banner.pairs import Pair, nowhere_seen, pairs_of
from auditor.banner.picture import Picture
from auditor.banner.plain import burnt_out, may_be_cut_off, much_alike, only_light, plain_part
from auditor.banner.prepared import Prepared
from auditor.banner.search import glance
from auditor.model.company import BannerRole

_WIDEST, _NARROWEST = 5.8, 2.7
_SMALLEST = 100
_TOO_ALIKE = 0.3
#: what lies inside bars is clearly nearer than all of it
_CLEARLY_NEARER = 0.8
#: bars that leave more of a picture hide none of its corners
_NEARLY_ALL = 0.97
#: strokes that fit so well are ours, however faint
_FAINTLY = 0.75
#: with a smaller share of transparent parts, what differs on white and on black differs on every colour
_SMALL_HOLES = 0.05
#: where a banner was found in its place, more of the strokes agree
_IN_PLACE = 0.8
#: what a banner may be called that was found beside its place
_CHANGED = ("BANNER_ALTERED", "BANNER_RECOLOURED")
#: so many numbers numpy combines at a time
_BUFFERED = 1024
#: as far as an editor turns, in degrees
_MOST_TURNED = 6.0
_ROLE_CODES = {
    BannerRole.CURRENT: ("BANNER_EXPIRED", "a banner of ours that does not hold today"),
    BannerRole.PREVIOUS: ("BANNER_PREVIOUS", "an earlier banner of ours"),
    BannerRole.SISTER: ("BANNER_SISTER", "the banner of a sister brand"),
    BannerRole.LINKEDIN_DEFAULT: ("BANNER_LINKEDIN_DEFAULT", "LinkedIn's default picture"),
    BannerRole.OTHER: ("BANNER_OTHER_KNOWN", "a known banner that is not the standard one"),
}


def judge(
    candidate: Picture, library: BannerLibrary, today: date | None = None, bands: Bands = SHIPPED
) -> BannerVerdict:
    """The verdict on `candidate` against every reference of `library`. Pure; raises nothing on pixels.

    `match` is said only of a CURRENT reference that holds on `today` (None: dates are not looked at).
    When none holds, nobody can carry the right one, so `differs` becomes `undetermined`.
    """
    if not library.references:
        return _plain_verdict(VerdictKind.UNDETERMINED, "BANNER_NO_REFERENCE", "no reference banner is known")
    with np.errstate():
        # what is shorter than its buffer numpy copies before it combines it, which often takes longer
        np.setbufsize(_BUFFERED)
        return _judge_prepared(Prepared(candidate.rgb, candidate.storing), library, today, bands)


def _judge_prepared(
    prepared: Prepared, library: BannerLibrary, today: date | None, bands: Bands
) -> BannerVerdict:
    verdict = _judged(prepared, library, today, bands)
    if verdict.kind is VerdictKind.DIFFERS:
        verdict = _unproven(verdict, prepared, library, today, bands) or verdict
    if verdict.kind is VerdictKind.DIFFERS and not library.current(today):
        reasons = ("no current banner holds on this day", *verdict.reasons)
        return replace(verdict, kind=VerdictKind.UNDETERMINED, code="BANNER_NO_CURRENT", reasons=reasons)
    return verdict


def _unproven(
    verdict: BannerVerdict, prepared: Prepared, library: BannerLibrary, today: date | None, bands: Bands
) -> BannerVerdict | None:
    """A verdict for a person where a difference from a banner that holds proves nothing; None where it does.

    A reference proves only what it can show. What is found to be another known banner stays so.
    """
    holding = library.current(today)
    if verdict.name in {one.name for one in library.references} - {one.name for one in holding}:
        return None
    seen_through = [one for one in holding if one.picture.transparent > TRANSPARENT]
    on_black = _judged(prepared, over_black(library), today, bands) if seen_through else verdict
    small = all(one.picture.transparent < _SMALL_HOLES for one in seen_through)
    if seen_through and not (small and on_black.kind is VerdictKind.DIFFERS):
        reason = f"{seen_through[0].name!r} has transparent parts, and the colour under them is not known"
        reason += "; on black it fits" if on_black.kind is VerdictKind.MATCH else ""
        return replace(verdict, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_TRANSPARENT", reasons=(reason,))
    plain = [one for one in holding if one.picture.steep < 2 * bands.plain_below]
    if plain:
        reason = f"{plain[0].name!r} is too plain to prove that this is another picture"
        return replace(verdict, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_PLAIN", reasons=(reason,))
    for one in holding if verdict.code == "BANNER_UNKNOWN" else ():
        reason = _does_not_tell(prepared, one)
        if reason:
            return replace(verdict, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_CLOSE", reasons=(reason,))
    burnt = next((one for one in holding if burnt_out(prepared, one.picture.prepared)), None)
    if burnt is not None:
        reason = f"it may be {burnt.name!r}, so bright that much of it is cut off"
        return replace(verdict, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_CLOSE", reasons=(reason,))
    return None


def _does_not_tell(candidate: Prepared, reference: PreparedReference) -> str:
    """Why nothing tells whether a picture is a part of `reference`; nothing where something does."""
    name, banner = reference.name, reference.picture.prepared
    if _same_slats(candidate, banner):
        return f"its edges all run one way, as in {name!r}, and do not tell if it is a part of that"
    if candidate.may_be_a_part_of(banner):
        return f"it may be a part of {name!r}, a pattern in which one part looks like the next"
    if only_light(candidate, banner):
        return f"it shows nothing but soft light, as {name!r} does, and sliders change that"
    return ""


def _hardly_proven(candidate: Prepared, pair: Pair, named: BannerVerdict) -> str:
    """Why what differs proves nothing; nothing where it does. What is found beside its place differs, and of
    slats one beside it several do, or a rim; soft light alone changes with any slider."""
    comparison, banner = pair.comparison, pair.reference.picture.prepared
    altered = named.code == "BANNER_ALTERED"
    beside = altered and comparison.agreement < _IN_PLACE
    strewn = comparison.residue.same_hues and not in_one_spot(comparison)
    if beside or (strewn and _same_slats(candidate, banner)) or (altered and only_light(candidate, banner)):
        return _does_not_tell(candidate, pair.reference)
    return ""


def _same_slats(candidate: Prepared, banner: Prepared) -> bool:
    """Whether all edges run one way in both, the same but for a turn, and the colours are much alike."""
    if banner.edge_direction is None:
        return False
    own = candidate.inner_edge_direction
    if own is None or abs((own - banner.edge_direction + 90) % 180 - 90) > _MOST_TURNED:
        return False
    return much_alike(candidate, banner)


def _judged(prepared: Prepared, library: BannerLibrary, today: date | None, bands: Bands) -> BannerVerdict:
    high, wide = prepared.pixels.shape[:2]
    if not _NARROWEST <= wide / high <= _WIDEST or wide < _SMALLEST:
        return _plain_verdict(
            VerdictKind.REVIEW,
            "BANNER_REVIEW_RATIO",
            f"the picture is not banner-shaped ({wide} x {high} pixels)",
        )
    if prepared.steep < bands.plain_below and not _faintly_ours(prepared, library, today):
        return _of_plain(prepared, library, today, bands)
    verdict = _looked_at(prepared, library, today, bands)
    unsure = verdict.kind is VerdictKind.REVIEW and verdict.code == "BANNER_REVIEW_CLOSE"
    bare = inside_bars(prepared.pixels) if unsure or verdict.kind is VerdictKind.DIFFERS else None
    if bare is None or min(bare[2] - bare[0], 4 * (bare[3] - bare[1])) < _SMALLEST:
        return verdict
    left = (bare[2] - bare[0]) * (bare[3] - bare[1]) / (wide * high)
    if left > _NEARLY_ALL and not unsure and nowhere_seen(prepared, library):
        return verdict
    cut = Prepared(np.ascontiguousarray(prepared.pixels[bare[1] : bare[3], bare[0] : bare[2]]))
    inside = _looked_at(cut, library, today, bands)
    named = next((one for one in library.references if one.name == inside.name), None)
    if named is None or (unsure and not _settles_doubt(inside, verdict)):
        return verdict
    nearer = inside.distance < max(bands.differs_above, _CLEARLY_NEARER * verdict.distance)
    if inside.kind is VerdictKind.REVIEW and not nearer:
        return verdict  # a doubt about what lies as far off takes nothing back
    ratio = named.picture.size[1] / named.picture.size[0]
    return settle(verdict, inside, bare, (wide, high), ratio, named.picture.stripes)


def _settles_doubt(inside: BannerVerdict, whole: BannerVerdict) -> bool:
    """Whether the picture without its bars fits, and clearly better than with them."""
    return inside.kind is VerdictKind.MATCH and inside.distance < _CLEARLY_NEARER * whole.distance


def _looked_at(prepared: Prepared, library: BannerLibrary, today: date | None, bands: Bands) -> BannerVerdict:
    pairs = pairs_of(prepared, library, bands)
    if not pairs:
        return name_difference(prepared, pairs, library)
    return _decide(prepared, pairs, library, today, bands)


def _plain_verdict(kind: VerdictKind, code: str, reason: str, name: str = "") -> BannerVerdict:
    return BannerVerdict(kind, name, code, 99.0, 0.0, (reason,))


def _faintly_ours(prepared: Prepared, library: BannerLibrary, today: date | None) -> bool:
    """Whether strokes too faint to count are still where a banner of ours has its own."""
    ours = library.current(today)
    return any(glance(prepared.view, one.picture.plan, _FAINTLY / 2).fit > _FAINTLY for one in ours)


def _of_plain(prepared: Prepared, library: BannerLibrary, today: date | None, bands: Bands) -> BannerVerdict:
    word = "plain colour" if prepared.one_colour else "gradient or blur"
    if any(reference.picture.steep < 2 * bands.plain_below for reference in library.references):
        return _plain_verdict(
            VerdictKind.REVIEW, "BANNER_REVIEW_PLAIN", f"{word}, and a reference is nearly as plain", word
        )
    for reference in library.current(today):
        share = plain_part(prepared, reference.picture.prepared)
        if share:
            reason = (
                f"{word}: it may be a part of {reference.name!r}, {percent(share)} of it, too plain to tell"
            )
            return _plain_verdict(VerdictKind.REVIEW, "BANNER_REVIEW_PLAIN", reason, word)
        if may_be_cut_off(prepared, reference.picture.prepared):
            reason = f"{word}: it may be {reference.name!r}, with a filter that leaves too little to tell"
            return _plain_verdict(VerdictKind.REVIEW, "BANNER_REVIEW_PLAIN", reason, word)
    return _plain_verdict(VerdictKind.DIFFERS, "BANNER_PLAIN", f"{word}: nothing of ours is on it", word)


def _decide(
    prepared: Prepared, pairs: Sequence[Pair], library: BannerLibrary, today: date | None, bands: Bands
) -> BannerVerdict:
    nearest = pairs[0]
    holding = [pair for pair in pairs if pair.reference.holds_on(today)]
    ours = holding[0] if holding else None
    if nearest.comparison.distance < bands.match_below:
        if ours is not None and ours.comparison.distance <= nearest.comparison.distance + 1e-6:
            nearest = ours
        return _of_match(prepared, nearest, ours, pairs, today, bands)
    doubtful = in_doubt(nearest, bands, prepared)
    if doubtful and ours is not None and in_doubt(ours, bands, prepared) is None:
        code, words = _ROLE_CODES[nearest.reference.role]
        reason = f"{words}, as far as can be seen: {nearest.reference.name}"
        return _verdict(VerdictKind.DIFFERS, nearest, pairs, code, reason, prepared, bands)
    if doubtful:
        return _verdict(VerdictKind.REVIEW, nearest, pairs, *doubtful, prepared, bands)
    named = name_difference(prepared, [one for one in pairs if not one.comparison.by_light], library)
    lit = next((pair for pair in holding if pair.comparison.by_light), None)
    if lit is not None and named.code == "BANNER_UNKNOWN":
        reason = f"light and dark lie as in {lit.reference.name!r}, whose lines are too few to tell"
        return _verdict(VerdictKind.REVIEW, lit, pairs, "BANNER_REVIEW_CLOSE", reason, prepared, bands)
    for pair in holding if named.code in _CHANGED else ():
        reason = _hardly_proven(prepared, pair, named)
        if reason:
            return _verdict(VerdictKind.REVIEW, pair, pairs, "BANNER_REVIEW_CLOSE", reason, prepared, bands)
    return named


def _of_match(
    prepared: Prepared,
    nearest: Pair,
    ours: Pair | None,
    pairs: Sequence[Pair],
    today: date | None,
    bands: Bands,
) -> BannerVerdict:
    doubt = caution(nearest, bands, prepared)
    if doubt:
        return _verdict(VerdictKind.REVIEW, nearest, pairs, *doubt, prepared, bands)
    if nearest is ours:
        return _verdict(
            VerdictKind.MATCH,
            nearest,
            pairs,
            "BANNER_CURRENT",
            crop_words(nearest.comparison),
            prepared,
            bands,
        )
    if ours is not None and ours.comparison.distance - nearest.comparison.distance < _TOO_ALIKE:
        reason = f"{nearest.reference.name!r} and {ours.reference.name!r} cannot be told apart here"
        return _verdict(VerdictKind.REVIEW, nearest, pairs, "BANNER_REVIEW_ALIKE", reason, prepared, bands)
    code, words = _ROLE_CODES[nearest.reference.role]
    if nearest.reference.starts_after(today):
        code, words = "BANNER_NOT_YET_CURRENT", "a banner of ours that does not hold yet"
    return _verdict(
        VerdictKind.DIFFERS, nearest, pairs, code, f"{words}: {nearest.reference.name}", prepared, bands
    )


def _verdict(
    kind: VerdictKind,
    pair: Pair,
    pairs: Sequence[Pair],
    code: str,
    reason: str,
    prepared: Prepared,
    bands: Bands,
) -> BannerVerdict:
    distance = pair.comparison.distance
    others = [
        p.comparison.distance for p in pairs if p.reference.picture.digest != pair.reference.picture.digest
    ]
    margin = (
        bands.match_below - distance if kind is VerdictKind.MATCH else min(others, default=99.0) - distance
    )
    evidence: RegionEvidence | None = None
    if kind is not VerdictKind.MATCH:
        evidence = region_evidence(pair.comparison, prepared)
    return BannerVerdict(
        kind,
        pair.reference.name,
        code,
        round(distance, 3),
        round(margin, 3),
        (reason,),
        evidence.box if evidence else None,
        pair.comparison.window,
        round(min(pair.comparison.visible, 1.0), 3),
        evidence,
    )
