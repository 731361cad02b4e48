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
    `editor_changes` (review): what to do when the banner is ours, but LinkedIn's picture editor has
        cut off so much of it or changed it so far that not all of it is to be seen: accept passes it,
        review asks a person, report is a finding. A banner that was only straightened, zoomed or
        toned a little, with everything to be seen, always passes.
    Banners, their dates and their days of grace stand with each entity; of those that hold, the one
    that began last is expected, an earlier one still passes. The bands of the distance stand under
    `banner`, where `auditor banner calibrate` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.banner import VerdictKind
from auditor.model.company import standing_banners
from auditor.model.employee import Employee, RosterState
from auditor.model.judgement import BannerJudgement
from auditor.model.message import say
from auditor.model.observed import Present, Unseen
from auditor.model.profile import BANNER_PICTURE, BannerKind
from auditor.model.rule import (
    Confidence,
    Criterion,
    Failed,
    NotApplicable,
    Outcome,
    Passed,
    Rule,
    Severity,
    Subject,
    Undetermined,
)
from auditor.rules._evidence import facts_of, judge_banner, unreadable
from auditor.rules._words import words_table


class EditorChanges(StrEnum):
    """What to do with a banner of ours of which a picture editor left only a part."""

    ACCEPT = "accept"
    REVIEW = "review"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of the banner rule; see the rule's text."""

    editor_changes: EditorChanges = EditorChanges.REVIEW


def check(subject: Subject, settings: Settings) -> Outcome:
    """Unseen and unreadable banners stay undetermined; the rest is named."""
    missing = unreadable(subject)
    if missing:
        return missing
    expected = _expected(subject)
    if not expected:
        return NotApplicable("NO_REFERENCE", "the policy holds no banner for this entity and day")
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
            say("LinkedIn's default banner"),
            Confidence.PROBABLE,
        )
    if not banner.value.picture:
        reason = banner.value.trouble or "the evidence holds the banner's address, not its picture"
        return Undetermined("BANNER_NOT_LOADED", reason, expected=expected)
    outcome = _outcome(judge_banner(subject, banner.value.picture), subject, expected)
    if isinstance(outcome, Undetermined) and outcome.code == "BANNER_REVIEW_EDITED":
        return _of_edited(outcome, settings.editor_changes)
    return outcome


def _of_edited(seen: Undetermined, wanted: EditorChanges) -> Outcome:
    """The outcome that the policy wants for a banner of ours of which an editor left a part."""
    if wanted is EditorChanges.ACCEPT:
        return Passed("BANNER_EDITED", seen.expected, seen.observed, seen.reason, seen.facts)
    if wanted is EditorChanges.REPORT:
        about = (seen.reason, seen.expected, seen.observed)
        return Failed("BANNER_EDITED", *about, facts=seen.facts, pictures=seen.pictures)
    return seen


def _outcome(judgement: BannerJudgement, subject: Subject, expected: str) -> Outcome:
    if judgement.trouble:
        return Undetermined("BANNER_UNREADABLE", judgement.trouble, expected=expected)
    words, name, code, facts = judgement.words, judgement.name, judgement.code, facts_of(judgement)
    if judgement.kind == VerdictKind.MATCH:
        standing = {banner.name for banner in standing_banners(subject.company.banners, subject.day)}
        older = f"; {name} is an earlier one that still counts, the standing one is {expected}"
        words = words if name in standing else words + older
        return Passed(code, expected, name, words, facts)
    pictures = judgement.pictures
    if judgement.kind == VerdictKind.DIFFERS:
        return Failed(code, words, expected, name, facts=facts, pictures=pictures)
    # whatever else it is: nobody is accused of it
    review = judgement.kind == VerdictKind.REVIEW
    return Undetermined(code, words, review, expected, name, facts=facts, pictures=pictures)


def _expected(subject: Subject) -> str:
    """The names of the banners that people are asked to carry on the day; empty where none holds."""
    standing = standing_banners(subject.company.banners, subject.day)
    return " or ".join(banner.name for banner in standing)


def _applies(employee: Employee) -> bool:
    return employee.roster_state is RosterState.ACTIVE


RULE = Rule(
    "BNR001",
    "Banner",
    Severity.LOW,
    Settings,
    check,
    _applies,
    fields=frozenset({"banner"}),
    needs=frozenset({BANNER_PICTURE}),
    about=Criterion.BANNER,
    words=words_table("bnr001_banner.tsv"),
)
