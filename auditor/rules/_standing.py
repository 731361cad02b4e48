"""Where a person stands with the company by the decision table, from what was seen."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.domain.capture import CaptureStatus
from auditor.domain.rule import Failed, Outcome, Passed, Severity, Subject, Undetermined
from auditor.judging.decision import BannerSight, Decision, decide
from auditor.judging.headline.presence import headline_mention
from auditor.judging.position import PositionReading, PositionState, read_position

#: what was seen of the positions, without naming anybody else's company
WORDS = {
    PositionState.LINKED: "a current position linked to the company page",
    PositionState.LINKED_PLUS_OTHER: "a current position linked to the company page, beside another one",
    PositionState.NAMED: "a current position that names the company without a link",
    PositionState.NAMESAKE: "a current position linked to another organisation of the same name",
    PositionState.SISTER: "a current position at another company of the group",
    PositionState.FREELANCE_FOR: "a current position as self-employed for the company",
    PositionState.ALUMNI_ROLE: "a current position with alumni or retired wording",
    PositionState.BOARD_ROLE: "a current board or advisory role",
    PositionState.UNDATED: "the company, without telling whether the position is current",
    PositionState.PAST_ONLY: "the company only as a past employer",
    PositionState.OTHER_ONLY: "a current position elsewhere only",
    PositionState.NONE_VISIBLE: "no position that names the company",
    PositionState.UNVERIFIABLE: "",
    PositionState.NO_URL: "",
}

#: the table calls these informative; for a rule they are not decided, since part was not visible
NOT_DECIDED = frozenset({"ACT_UNDATED", "OK_HEADLINE_LINK_UNSEEN", "LEAVER_NOT_SEEN", "CONTR_UNCLEAR"})
#: the company is visible but not whether the position is current: for a person to look at, never a flag
TO_LOOK_AT = frozenset({"LEAVER_UNDATED"})


def standing(subject: Subject, banner: BannerSight) -> tuple[Decision, PositionReading]:
    """The line of the decision table for what was seen of this person."""
    status = subject.capture.status
    reading = read_position(
        subject.profile,
        subject.company,
        unverifiable=status not in (CaptureStatus.OK, CaptureStatus.NO_URL),
        no_url=status is CaptureStatus.NO_URL,
    )
    mention = headline_mention(
        subject.profile.headline, subject.company, subject.employee.title, subject.today
    )
    state = subject.employee.roster_state
    decision = decide(state, reading.state, mention, banner, sure=reading.sure, link_seen=reading.link_seen)
    return decision, reading


def outcome_of(
    decision: Decision, reading: PositionReading, expected: str, severities: Mapping[str, Severity]
) -> Outcome:
    """The outcome that a line of the decision table stands for; `severities` are the policy's own, by
    code, for findings whose weight is to differ from the table's."""
    observed = WORDS[reading.state]
    if decision.finding_code in NOT_DECIDED or decision.severity == "unverified":
        return Undetermined(decision.finding_code, decision.text, expected=expected, observed=observed)
    if decision.severity in ("ok", "info", "none") or decision.level is None:
        return Passed(decision.finding_code, expected, observed, decision.text)
    if decision.finding_code in TO_LOOK_AT:
        return Undetermined(
            decision.finding_code, decision.text, True, expected, observed, decision.hr_action
        )
    return Failed(
        code=decision.finding_code,
        message=decision.text,
        expected=expected,
        observed=observed,
        confidence=decision.confidence,
        severity=severities.get(decision.finding_code, decision.level),
        remedy=decision.hr_action,
        facts=(("letter", decision.letter), ("checklist", decision.checklist)),
    )
