"""The banner is the company's current one.

What it checks
    Whether the picture behind the profile is a current banner of the person's entity, however the
    site scaled it and the member cropped it; and if not, which picture it is.

Why it matters
    One banner for all is what visitors see first; last year's campaign or a sister brand's
    misleads them.

Example
    The current banner zoomed by 6 % passes; the same design with last year's number does not, and
    is named. A banner that a visitor is not shown is not judged.

How to fix
    Upload the entity's banner file, 1584 x 396, without further editing.

Settings
    match_below, differs_above: the bands of the distance, written by `auditor banner calibrate`
    calibrated_on: the day on which they were measured
    (banners, their dates and their days of grace stand with each entity)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from auditor.domain.company import BannerRole
from auditor.domain.employee import Employee, RosterState
from auditor.domain.observed import Present, Unseen
from auditor.domain.profile import BannerKind
from auditor.domain.rule import (
    Confidence,
    Failed,
    NotApplicable,
    Outcome,
    Passed,
    Rule,
    Severity,
    Subject,
    Undetermined,
)
from auditor.judging.banner import SHIPPED, Bands, BannerVerdict, PictureTrouble, VerdictKind
from auditor.rules._banner import judge_banner
from auditor.rules._evidence import unreadable


@dataclass(frozen=True, slots=True)
class Settings:
    """The bands measured on the company's own banners; None = the shipped ones."""

    match_below: float | None = None
    differs_above: float | None = None
    calibrated_on: date | None = None


def bands_of(settings: Settings) -> Bands:
    """The bands to judge with."""
    match = settings.match_below if settings.match_below is not None else SHIPPED.match_below
    differs = settings.differs_above if settings.differs_above is not None else SHIPPED.differs_above
    return replace(SHIPPED, match_below=match, differs_above=max(match, differs))


def check(subject: Subject, settings: Settings) -> Outcome:
    """Unseen and unreadable banners stay undetermined; the rest is named."""
    missing = unreadable(subject)
    if missing:
        return missing
    expected = _expected(subject)
    if not expected:
        return NotApplicable("NO_REFERENCE", "the policy holds no current banner for this entity")
    banner = subject.profile.banner
    if not isinstance(banner, Present):
        reason = banner.reason if isinstance(banner, Unseen) else "the page shows no place for a banner"
        return Undetermined("BANNER_UNSEEN", reason, expected=expected)
    if banner.value.kind is BannerKind.DEFAULT:
        # a member can hide the banner from visitors, who then may see the default one
        return Failed(
            "BANNER_LINKEDIN_DEFAULT",
            "The profile shows LinkedIn's default banner",
            expected,
            "LinkedIn's default banner",
            Confidence.PROBABLE,
        )
    if not banner.value.picture:
        reason = banner.value.trouble or "the evidence holds the banner's address, not its picture"
        return Undetermined("BANNER_NOT_LOADED", reason, expected=expected)
    return _judged(banner.value.picture, subject, expected, bands_of(settings))


def _judged(picture: bytes, subject: Subject, expected: str, bands: Bands) -> Outcome:
    verdict = judge_banner(picture, subject.company, subject.today, bands)
    if isinstance(verdict, PictureTrouble):
        return Undetermined("BANNER_UNREADABLE", verdict.reason, expected=expected)
    words = "; ".join(verdict.reasons)
    if verdict.kind is VerdictKind.MATCH:
        return Passed(verdict.code, expected, verdict.name, words)
    facts = (
        ("name", verdict.name),
        ("distance", f"{verdict.distance:.3f}"),
        ("margin", f"{verdict.margin:.3f}"),
    )
    if verdict.kind is VerdictKind.DIFFERS:
        return Failed(
            verdict.code, words, expected, verdict.name, facts=facts, pictures=_evidence(picture, verdict)
        )
    if verdict.kind is VerdictKind.REVIEW:
        return Undetermined(
            verdict.code,
            words,
            True,
            expected,
            verdict.name,
            facts=facts,
            pictures=_evidence(picture, verdict),
        )
    return Undetermined(verdict.code, words, expected=expected)


def _expected(subject: Subject) -> str:
    names = [banner.name for banner in subject.company.banners if banner.role is BannerRole.CURRENT]
    return " or ".join(names)


def _evidence(picture: bytes, verdict: BannerVerdict) -> tuple[tuple[str, bytes], ...]:
    region = verdict.region_picture()
    return (("seen", picture), ("difference", region)) if region else (("seen", picture),)


def _applies(employee: Employee) -> bool:
    return employee.roster_state is RosterState.ACTIVE


RULE = Rule("BNR001", "Banner", Severity.LOW, Settings, check, _applies, fields=frozenset({"banner"}))
