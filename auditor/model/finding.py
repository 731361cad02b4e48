"""Findings: failed outcomes (and outcomes a person must look at) with an identity over months."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import SupportsBytes

from auditor.model.message import Text
from auditor.model.rule import WHO_IS_THIS, CheckResult, Confidence, Failed, Severity, Undetermined


class FindingState(StrEnum):
    """Where a finding stands in its life."""

    NEW = "new"
    OPEN = "open"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    UNVERIFIED = "unverified"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one person that does not meet the policy, as seen in one run."""

    fingerprint: str
    rule_id: str
    code: str
    employee_id: str
    severity: Severity
    confidence: Confidence
    message: Text
    expected: Text
    observed: Text
    remedy: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, SupportsBytes], ...] = ()


@dataclass(frozen=True, slots=True)
class TrackedFinding:
    """A finding with its history. `last_seen` is the last run day on which it was seen.

    `claim` names the newest claim that it is fixed, `claim_days` the run days on which that claim
    could not be tested; `more_days` is what "asked" has added to the due date. `reopened_on` is the run day
    on which it was last opened again; `asked_on` and `roster_wrong_on` the days for which HR last said that
    the person was asked, or that the roster is wrong, while that still holds.
    """

    finding: Finding
    state: FindingState
    first_seen: date
    last_seen: date
    months_open: int = 0
    note: Text = ""
    claim: str = ""
    claim_days: tuple[date, ...] = ()
    more_days: int = 0
    reopened_on: date | None = None
    asked_on: date | None = None
    roster_wrong_on: date | None = None

    @property
    def counts_from(self) -> date:
        """The day from which the days to act are counted."""
        return self.reopened_on or self.first_seen


def fingerprint(rule_id: str, employee_id: str, key: str = "") -> str:
    """Twelve hexadecimal signs that stay the same while the same thing is open.

    A hash of rule, person and key, never of wording, so that a new text is not a new finding.
    """
    text = f"{rule_id}\x1f{employee_id}\x1f{key}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def finding_of(employee_id: str, result: CheckResult) -> Finding | None:
    """The finding a person's result gives rise to: of a failed outcome, or of one that a person must look at.

    Whether the page is the person's at all is a question to HR, never a finding against the person.
    """
    outcome = result.outcome
    if isinstance(outcome, Failed):
        return Finding(
            fingerprint(result.rule_id, employee_id, outcome.key),
            result.rule_id,
            outcome.code,
            employee_id,
            outcome.severity or result.severity,
            outcome.confidence,
            outcome.message,
            outcome.expected,
            outcome.observed,
            outcome.remedy,
            outcome.facts,
            outcome.pictures,
        )
    if isinstance(outcome, Undetermined) and outcome.review and outcome.code != WHO_IS_THIS:
        return Finding(
            fingerprint(result.rule_id, employee_id),
            result.rule_id,
            outcome.code,
            employee_id,
            Severity.INFO,
            Confidence.REVIEW,
            outcome.reason,
            outcome.expected,
            outcome.observed,
            outcome.remedy,
            outcome.facts,
            outcome.pictures,
        )
    return None
