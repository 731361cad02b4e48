"""The current position is linked to the company page.

What it checks
    Whether a person in service shows a current position at the company, linked to the page that
    the policy names. Pages are matched by identity: slug, former slug, numeric id, country host.

Why it matters
    Only a linked position counts on the company page, and only that page speaks for the company.

Example
    A current row "Noordlicht" without a link is a finding; a masked page that shows nothing of the
    positions is not. At a row "Noordlicht Belgium", which the policy does not name, a person looks.

How to fix
    Edit the position and choose the company from the drop-down list, so that its logo appears.

Settings
    severities: severity by finding code; default: auditor/position/decision_table.tsv
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.message import say
from auditor.model.profile import COMPANY_LINK
from auditor.model.rule import Criterion, Outcome, Rule, Severity, Subject, Undetermined
from auditor.position.decision_table import BannerSight
from auditor.rules._evidence import MAYBE_OURS, NOT_QUITE_OURS, outcome_of, standing, unreadable
from auditor.rules._words import words_table


@dataclass(frozen=True, slots=True)
class Settings:
    """`severities`: the severity of findings by their code, if it should differ from the table's."""

    severities: Mapping[str, Severity] = field(default_factory=dict)


def check(subject: Subject, settings: Settings) -> Outcome:
    """The line of the decision table, the banner left aside (it has a rule of its own)."""
    missing = unreadable(subject)
    if missing and subject.capture.status is not CaptureStatus.NO_URL:
        return missing
    decision, reading = standing(subject, BannerSight.UNKNOWN)
    expected = say("current position linked to {address}", address=subject.company.page_address)
    if reading.maybe_ours:
        return Undetermined("ACT_COMPANY_UNCLEAR", NOT_QUITE_OURS, True, expected, MAYBE_OURS)
    return outcome_of(decision, reading, expected, settings.severities)


def _applies(employee: Employee) -> bool:
    return employee.roster_state is RosterState.ACTIVE


RULE = Rule(
    "CMP001",
    "Company link",
    Severity.LOW,
    Settings,
    check,
    _applies,
    fields=frozenset({"headline", "positions", "topcard_company"}),
    needs=frozenset({COMPANY_LINK}),
    about=Criterion.COMPANY_LINK,
    words=words_table("cmp001_company_link.tsv"),
)
