"""Two simpler audits of the same evidence, to which what stands in it is told without any reading.

`plain`: a perceptual hash within 10 bits, a headline at least 85 % alike, no link seen = failed. `careful`:
a hash within 4 bits passes and beyond 24 fails, a headline must hold every word of title and company (or
must not hold the company at all), what was not seen stays undetermined, and nothing is concluded from a top
card.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import imagehash
from PIL import Image
from rapidfuzz import fuzz

from auditor.proof.banners import DEFAULT
from auditor.proof.careers import At, Job
from auditor.proof.doors import Places
from auditor.proof.headlines import AT
from auditor.proof.people import IN_SERVICE, NOBODY, Person
from auditor.proof.score import Verdict
from auditor.proof.truth import BANNER, COMPANY, HEADLINE, IDENTITY, LEAVER, RULES, banner_seen

_ALIKE = 85
_PLAIN_BITS, _SAME_BITS, _OTHER_BITS = 10, 4, 24


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a person's evidence. None: not in it. `bits`: how far the banner is from the
    standard."""

    bits: int | None
    headline: str | None
    jobs: Sequence[Job] | None
    name_fits: bool


def shown_of(person: Person, standards: Mapping[str, tuple[bytes, bytes]]) -> Shown:
    """What a perfect reader finds."""
    sight = person.sight
    bits: int | None = None
    if banner_seen(person) and person.banner is DEFAULT:
        bits = 64
    elif banner_seen(person) and person.carried:
        bits = _distance(person.carried.body, standards[person.firm.entity][0])
    going_on = [job for job in person.jobs if job.part.until is None][:1]
    jobs = {Places.LINKED: person.jobs, Places.NAMED: person.jobs, Places.NOTHING: None}
    return Shown(
        bits,
        person.headline if sight.headline else None,
        jobs.get(sight.places, going_on),
        not sight.name or fuzz.token_set_ratio(person.shown, f"{person.first} {person.last}") >= _ALIKE,
    )


@lru_cache(maxsize=2048)
def _hash(body: bytes) -> imagehash.ImageHash:
    return imagehash.phash(Image.open(io.BytesIO(body)))


def _distance(body: bytes, standard: bytes) -> int:
    return int(_hash(body) - _hash(standard))


def _names_us(person: Person, job: Job) -> bool:
    return fuzz.ratio(job.employer.casefold(), person.firm.name.casefold()) >= _ALIKE


def _links_us(person: Person, job: Job) -> bool:
    return job.part.at is At.OURS and bool(job.page) and person.sight.places is not Places.NAMED


def _current(shown: Shown) -> list[Job]:
    return [job for job in shown.jobs or () if job.part.until is None]


def _if(good: bool) -> Verdict:
    return Verdict.PASSED if good else Verdict.FAILED


def plain(person: Person, shown: Shown) -> dict[str, Verdict]:
    """The verdicts of the plain audit: what is not seen has failed."""
    wanted = f"{person.title} {AT[person.language]} {person.firm.name}"
    named = any(_names_us(person, job) for job in _current(shown))
    headline = shown.headline or ""
    mentions = fuzz.partial_ratio(person.firm.name.casefold(), headline.casefold()) >= _ALIKE
    return {
        BANNER: _if(shown.bits is not None and shown.bits <= _PLAIN_BITS),
        HEADLINE: _if(fuzz.ratio(wanted, headline) >= _ALIKE),
        COMPANY: _if(any(_links_us(person, job) for job in _current(shown))),
        LEAVER: _if(not named and not mentions),
        IDENTITY: Verdict.PASSED,
    }


def careful(person: Person, shown: Shown) -> dict[str, Verdict]:
    """The verdicts of the careful audit: what is not seen, or not clear, is undetermined."""
    if not shown.name_fits:
        return dict.fromkeys(RULES, Verdict.UNDETERMINED)
    whole = person.sight.places in (Places.LINKED, Places.NAMED)
    linked = any(_links_us(person, job) for job in _current(shown))
    company = Verdict.PASSED if linked else Verdict.UNDETERMINED
    if person.sight.places is Places.LINKED and not linked:
        company = Verdict.FAILED
    leaver = Verdict.UNDETERMINED
    if any(_names_us(person, job) for job in _current(shown)):
        leaver = Verdict.FAILED
    elif whole and person.firm.short.casefold() not in (shown.headline or "").casefold():
        leaver = Verdict.PASSED
    return {
        BANNER: _careful_banner(shown.bits),
        HEADLINE: _careful_headline(person, shown.headline),
        COMPANY: company,
        LEAVER: leaver,
        IDENTITY: Verdict.PASSED,
    }


def _careful_banner(bits: int | None) -> Verdict:
    if bits is None or _SAME_BITS < bits < _OTHER_BITS:
        return Verdict.UNDETERMINED
    return _if(bits <= _SAME_BITS)


def _careful_headline(person: Person, headline: str | None) -> Verdict:
    if headline is None:
        return Verdict.UNDETERMINED
    words = set(headline.casefold().split())
    if person.firm.short.casefold() not in headline.casefold():
        return Verdict.FAILED
    wanted = set(f"{person.title} {person.firm.short}".casefold().split())
    return Verdict.PASSED if wanted <= words else Verdict.UNDETERMINED


Baseline = Callable[[Person, Shown], dict[str, Verdict]]
BASELINES: dict[str, Baseline] = {"plain": plain, "careful": careful}


def verdicts(baseline: Baseline, person: Person, shown: Shown) -> dict[str, Verdict]:
    """What a baseline says of a person; without readable evidence it says nothing."""
    if person.asked == NOBODY:
        return dict.fromkeys(RULES, Verdict.NOT_APPLICABLE)
    if not person.sight.readable:
        return dict.fromkeys(RULES, Verdict.UNDETERMINED)
    found = baseline(person, shown)
    for rule in (LEAVER,) if person.asked == IN_SERVICE else (BANNER, HEADLINE, COMPANY):
        found[rule] = Verdict.NOT_APPLICABLE
    return found
