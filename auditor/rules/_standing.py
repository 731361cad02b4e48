"""Where a person stands with the company by the decision table, from what was seen."""

from __future__ import annotations

from auditor.domain.capture import CaptureStatus
from auditor.domain.rule import Confidence, Failed, Outcome, Passed, Severity, Subject, Undetermined
from auditor.judging.decision import BannerSeen, Decision, decide
from auditor.judging.headline.mention import headline_mention
from auditor.judging.position import PositionReading, position_state

#: the table calls these informative; for a rule they are not decided, since part was not visible
NOT_DECIDED = frozenset({"ACT_UNDATED", "OK_HEADLINE_LINK_UNSEEN", "LEAVER_NOT_SEEN", "CONTR_UNCLEAR"})


def standing(subject: Subject, banner: BannerSeen) -> tuple[Decision, PositionReading]:
    """The line of the decision table for what was seen of this person."""
    status = subject.capture.status
    reading = position_state(
        subject.profile,
        subject.company,
        unverifiable=status not in (CaptureStatus.OK, CaptureStatus.NO_URL),
        no_url=status is CaptureStatus.NO_URL,
    )
    mention = headline_mention(subject.profile.headline, subject.company)
    return decide(subject.employee.roster_state, reading.state, mention, banner), reading


def outcome_of(decision: Decision, reading: PositionReading, expected: str, observed: str) -> Outcome:
    """The outcome that a line of the decision table stands for."""
    if decision.finding_code in NOT_DECIDED or decision.severity == "unverified":
        return Undetermined(decision.finding_code, decision.text, expected=expected, observed=observed)
    if decision.severity in ("ok", "info", "none"):
        return Passed(decision.finding_code, expected, observed, decision.text)
    severity, _, review = decision.severity.partition("-")
    confidence = Confidence.SURE if reading.sure else Confidence.PROBABLE
    return Failed(
        code=decision.finding_code,
        message=decision.text,
        expected=expected,
        observed=observed,
        confidence=Confidence.REVIEW if review else confidence,
        severity=Severity(severity),
        remedy=decision.hr_action,
        facts=(("letter", decision.letter), ("checklist", decision.checklist)),
    )
