"""What a right audit says of each invented person, worked out from what was put on their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model.employee import RosterState

BANNER, HEADLINE, COMPANY, LEAVER = "BNR001", "HDL001", "CMP001", "LVR001"
NOT_APPLICABLE = "not_applicable"
UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Expected:
    """The outcome word of one rule, and the code where the decision table gives one ("" = open)."""

    outcome: str
    code: str = ""

    @property
    def is_finding(self) -> bool:
        """True where the person must appear as not meeting the policy."""
        return self.outcome == "failed"


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """One person of the world: the roster's state on the day, and the outcome of each rule.

    `case` names the situation the person stands for.
    """

    employee_id: str
    full_name: str
    case: str
    roster_state: RosterState
    outcomes: Mapping[str, Expected]


Truth = Mapping[str, Expected]


def _said(text: str) -> Expected:
    outcome, _, code = text.partition(" ")
    return Expected(outcome, code)


def in_service(banner: str = "passed", headline: str = "passed", company: str = "passed OK_LINKED") -> Truth:
    """The truth of somebody in service; each text is `outcome` or `outcome CODE`."""
    return {
        BANNER: _said(banner),
        HEADLINE: _said(headline),
        COMPANY: _said(company),
        LEAVER: Expected(NOT_APPLICABLE),
    }


def unread_in_service() -> Truth:
    """In service, but nothing of the profile can be seen."""
    return in_service(UNDETERMINED, UNDETERMINED, UNDETERMINED)


def out_of_service(leaver: str) -> Truth:
    """The truth of somebody who has left."""
    return {**not_checked(), LEAVER: _said(leaver)}


def not_checked() -> Truth:
    """Nobody asks anything of this person now."""
    return dict.fromkeys((BANNER, HEADLINE, COMPANY, LEAVER), Expected(NOT_APPLICABLE))
