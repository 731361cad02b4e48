"""A leaver no longer presents as an employee.

What it checks
    Whether somebody whose last day is past, beyond the days of grace, still shows a current
    position at the company, a headline that names it, or its banner.

Why it matters
    Clients write to people who have left; and the leaver often has only forgotten it.

Example
    Last day 31 August, seen in November with a current position linked to the page: a finding.
    The same within the days of grace, or a page that shows no positions: none. Clean positions beside a
    banner that may be ours, a headline that names the company unclearly, or a position at "Acme Belgium"
    where the policy knows "Acme": a person looks first.

How to fix
    HR looks again, then sends the friendly letter; the profile belongs to the person.

Settings
    severities: severity by code, such as {LEAVER_BANNER: info}; default: auditor/position/decision_table.tsv
    (days of grace and the window stand under `roster`)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.banner import VerdictKind
from auditor.headline.mention import HeadlineMention, read_mention, take_apart
from auditor.headline.redaction import redact
from auditor.model.capture import CaptureStatus
from auditor.model.company import Company
from auditor.model.day import OnDay
from auditor.model.employee import GONE, Employee, RosterState
from auditor.model.message import Text, say
from auditor.model.observed import Present
from auditor.model.rule import (
    Criterion,
    NotApplicable,
    Outcome,
    Passed,
    Rule,
    Severity,
    Subject,
    Undetermined,
)
from auditor.position.company_match import names_us_now
from auditor.position.decision_table import CLEAN, BannerSight
from auditor.rules._evidence import (
    MAYBE_OURS,
    NOT_QUITE_OURS,
    banner_seen,
    facts_of,
    is_ours,
    judge_banner,
    outcome_of,
    standing,
    unreadable,
)
from auditor.rules._words import words_table


@dataclass(frozen=True, slots=True)
class Settings:
    """`severities`: the severity of findings by their code, if it should differ from the table's."""

    severities: Mapping[str, Severity] = field(default_factory=dict)


def check(subject: Subject, settings: Settings) -> Outcome:
    """The line of the decision table for position, headline and banner together."""
    grace_until = subject.employee.grace_until
    ended = subject.employee.roster_state is RosterState.CONTRACTOR_ENDED
    if ended and grace_until is not None and subject.day <= grace_until:
        return NotApplicable("CONTR_GRACE", f"the assignment ended; days of grace until {grace_until}")
    missing = unreadable(subject)
    if missing and subject.capture.status is not CaptureStatus.NO_URL:
        return missing
    banner = BannerSight.UNKNOWN if missing else banner_seen(subject)
    decision, reading = standing(subject, banner)
    expected = say("no current position, headline or banner of the company")
    outcome = outcome_of(decision, reading, expected, settings.severities)
    in_grace = subject.employee.roster_state is RosterState.LEAVER_GRACE
    clear = decision.finding_code in CLEAN
    doubt = None
    if reading.maybe_ours and (clear or isinstance(outcome, Undetermined)):
        doubt = Undetermined("LEAVER_COMPANY_UNCLEAR", NOT_QUITE_OURS, True, expected, MAYBE_OURS)
    elif clear and isinstance(outcome, Passed):
        doubt = _unclear_sign(subject, expected)
    if doubt is not None:
        return NotApplicable(doubt.code, doubt.reason) if in_grace else doubt
    if not isinstance(outcome, Passed):
        return outcome
    if in_grace and decision.finding_code != "LEAVER_CLEAN":
        return NotApplicable(decision.finding_code, decision.text)
    return outcome


def _unclear_sign(subject: Subject, expected: Text) -> Undetermined | None:
    """What was seen and may be a sign of the company, so that nobody may be called clear before a person
    looked; None where there is nothing of the kind. What was not seen at all is none."""
    banner = subject.profile.banner
    picture = banner.value.picture if isinstance(banner, Present) else b""
    if picture and subject.company.banners:
        judgement = judge_banner(subject, picture)
        if judgement.kind == VerdictKind.REVIEW and is_ours(judgement, subject):
            return Undetermined(
                "LEAVER_BANNER_UNCLEAR",
                judgement.words,
                True,
                expected,
                judgement.name,
                facts=facts_of(judgement),
                pictures=judgement.pictures,
            )
    headline = subject.profile.headline
    about = (subject.company, subject.employee.title, subject.day)
    if isinstance(headline, Present) and _half_said(headline, *about):
        reason = say("the headline names the company, but not plainly as the present employer")
        shown = redact(*take_apart(headline.value, *about), frozenset(), wanted=True)
        return Undetermined("LEAVER_HEADLINE_UNCLEAR", reason, True, expected, shown)
    return None


def _half_said(headline: Present[str], company: Company, title: str, today: OnDay) -> bool:
    """True where the company stands in the headline, and whether as the employer is for a person to tell.

    Somebody who says that the working life is over is clear.
    """
    read = read_mention(headline, company, title, today)
    open_ = read.mention is HeadlineMention.UNKNOWN and read.code != "RETIRED_MARK"
    return open_ and names_us_now(headline.value, company, title, today)


def _applies(employee: Employee) -> bool:
    return employee.roster_state in GONE


RULE = Rule(
    "LVR001",
    "Leaver still current",
    Severity.HIGH,
    Settings,
    check,
    _applies,
    fields=frozenset({"banner", "headline", "positions", "topcard_company"}),
    about=Criterion.LEAVER,
    words=words_table("lvr001_still_current.tsv"),
)
