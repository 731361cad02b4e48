"""The life of a finding over the months: said once, closed only by evidence or by HR's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from auditor.findings.decisions import ASKED_DAYS, NOTHING_DECIDED, Decided
from auditor.findings.drift import LAYOUT_DRIFT
from auditor.findings.duty_to_inform import Told
from auditor.model.dates import months_between
from auditor.model.decision import Decision, DecisionWord
from auditor.model.examination import Examination
from auditor.model.finding import Finding, FindingState, TrackedFinding, finding_of
from auditor.model.message import Message, Text, say
from auditor.model.rule import CheckResult, Failed, Outcome, Passed, Undetermined

#: a claim that could not be tested on so many run days closes the finding
CLAIM_RUNS = 2
#: outcomes after which it cannot be said that somebody looked
_NOBODY_LOOKED = frozenset(
    {
        "NOT_ATTEMPTED",
        "RATE_LIMITED",
        "CHALLENGE",
        "RULE_CRASHED",
        LAYOUT_DRIFT,
        *(set(Told) - {Told.YES}),
    }
)
#: the roster does not settle who the person is, so nothing is concluded about them
_NOT_SETTLED = frozenset({"STATE_CONFLICT", "STATE_VANISHED"})


def track(
    history: Mapping[str, TrackedFinding],
    people: Iterable[Examination],
    today: date,
    decided: Decided = NOTHING_DECIDED,
) -> tuple[TrackedFinding, ...]:
    """Where every finding of the examined people stands now.

    `history` holds the latest known state of each finding by fingerprint, `people` are all who are examined
    in this run, `decided` is what HR said. A finding is resolved only by an outcome that was determined, or
    by a decision; what could not be seen leaves it UNVERIFIED. Findings of people or rules without a result
    in this run are left out, unless a decision closes them.
    """
    known = {_place(before.finding) for before in history.values()}
    by_rule: dict[tuple[str, str], CheckResult] = {}  # of the findings known: all results fill the memory
    current: dict[str, tuple[Finding, CheckResult]] = {}
    for one in people:
        number = one.employee.employee_id
        for result in one.results:
            if (number, result.rule_id) in known:
                by_rule[number, result.rule_id] = result
            if found := finding_of(number, result):
                current[found.fingerprint] = found, result
    earlier = {
        key: before
        for key, before in history.items()
        if key not in current and before.state is not FindingState.RESOLVED
    }
    seen = [
        _seen(finding, history.get(key), result, today, decided) for key, (finding, result) in current.items()
    ]
    unseen = [
        _not_seen(before, by_rule[_place(before.finding)], today, decided)
        for before in earlier.values()
        if _place(before.finding) in by_rule
    ]
    gone = [
        _closed(before, today, why)
        for key, before in earlier.items()
        if _place(before.finding) not in by_rule and (why := _left_out(key, before, decided))
    ]
    return tuple(sorted((*seen, *unseen, *gone), key=_order))


def _place(finding: Finding) -> tuple[str, str]:
    return finding.employee_id, finding.rule_id


def _seen(
    finding: Finding, before: TrackedFinding | None, result: CheckResult, today: date, decided: Decided
) -> TrackedFinding:
    tracked = _by_history(finding, before, today)
    key = finding.fingerprint
    tracked = _with_answers(tracked, decided)
    waiver = decided.waiver(key, today)
    if waiver:
        return replace(tracked, state=FindingState.WAIVED, note=_waived(waiver))
    if before and before.state is FindingState.WAIVED:
        note = _waiver_over(key, decided)
        return replace(tracked, state=FindingState.REOPENED, note=note, reopened_on=today)
    claim = decided.decision(key, DecisionWord.FIXED)
    if claim and before and before.claim != claim.claim:
        if before.state is FindingState.RESOLVED:
            return replace(tracked, claim=claim.claim)
        return _claim_tested(tracked, before, claim, result, today)
    return tracked if tracked.note else replace(tracked, note=_standing_note(finding, decided))


def _by_history(finding: Finding, before: TrackedFinding | None, today: date) -> TrackedFinding:
    if before is None:
        return TrackedFinding(finding, FindingState.NEW, today, today)
    age = months_between(before.first_seen, today)
    reopened_on = before.reopened_on
    last = max(before.last_seen, today)  # a clock that was set back takes nothing back
    if before.state is FindingState.RESOLVED:
        note: Text = say("was closed after {day}", day=before.last_seen)
        state, reopened_on = FindingState.REOPENED, today
    else:
        note, state = "", FindingState.OPEN
    return TrackedFinding(
        finding, state, before.first_seen, last, age, note, before.claim, reopened_on=reopened_on
    )


def _with_answers(tracked: TrackedFinding, decided: Decided) -> TrackedFinding:
    """With what HR said that still holds: how often and when the person was asked, or a wrong roster."""
    key = tracked.finding.fingerprint
    asked = decided.decision(key, DecisionWord.ASKED)
    wrong = decided.decision(key, DecisionWord.ROSTER_WRONG)
    stands = wrong and decided.roster_stands(wrong.report_id, tracked.finding.employee_id)
    return replace(
        tracked,
        more_days=ASKED_DAYS * decided.asked.get(key, 0),
        asked_on=asked.day if asked else None,
        roster_wrong_on=wrong.day if wrong and stands else None,
    )


def _claim_tested(
    tracked: TrackedFinding, before: TrackedFinding, claim: Decision, result: CheckResult, today: date
) -> TrackedFinding:
    """Still seen after it was said to be fixed; evidence older than the claim says nothing about it."""
    if result.captured_at is not None and result.captured_at.date() < claim.day:
        return _claim_untested(replace(before, months_open=tracked.months_open), claim, today)
    note = say("said fixed on {day}, but still seen", day=claim.day)
    return replace(
        tracked,
        state=FindingState.REOPENED,
        claim=claim.claim,
        claim_days=(),
        note=note,
        reopened_on=today,
    )


def _claim_untested(before: TrackedFinding, claim: Decision, today: date) -> TrackedFinding:
    days = tuple(sorted({*before.claim_days, today}))
    if len(days) >= CLAIM_RUNS:
        note = say("said fixed on {day}; could not be seen in two runs", day=claim.day)
        return replace(before, state=FindingState.RESOLVED, note=note, claim=claim.claim, claim_days=())
    note = say("said fixed on {day}; could not be seen yet", day=claim.day)
    return replace(before, state=FindingState.UNVERIFIED, note=note, claim_days=days)


def _not_seen(before: TrackedFinding, result: CheckResult, today: date, decided: Decided) -> TrackedFinding:
    key = before.finding.fingerprint
    before = replace(before, months_open=months_between(before.first_seen, today))
    outcome = result.outcome
    why = _left_out(key, before, decided)
    if why and not isinstance(outcome, Passed | Failed):
        return _closed(before, today, why)
    claim = decided.decision(key, DecisionWord.FIXED)
    if not isinstance(outcome, Undetermined) and outcome.code not in _NOT_SETTLED:
        why = say("said fixed on {day}; seen fixed", day=claim.day) if claim else ""
        return _closed(before, today, why, claim)
    waiver = decided.waiver(key, today)
    if waiver:
        return replace(before, state=FindingState.WAIVED, note=_waived(waiver))
    before = _with_answers(before, decided)
    looked = isinstance(outcome, Undetermined) and outcome.code not in _NOBODY_LOOKED
    if claim and looked and before.claim != claim.claim:
        return _claim_untested(before, claim, today)
    ended = _waiver_over(key, decided) if before.state is FindingState.WAIVED else ""
    return replace(before, state=FindingState.UNVERIFIED, note=ended or _reason(outcome))


def _reason(outcome: Outcome) -> Text:
    return outcome.message if isinstance(outcome, Failed) else outcome.reason


def _closed(before: TrackedFinding, today: date, note: Text, claim: Decision | None = None) -> TrackedFinding:
    return replace(
        before,
        state=FindingState.RESOLVED,
        months_open=months_between(before.first_seen, today),
        note=note or say("closed on {day}", day=today),
        claim=claim.claim if claim else before.claim,
        claim_days=(),
    )


def _left_out(key: str, before: TrackedFinding, decided: Decided) -> Text:
    """Why HR's word ends a finding that is not seen any more; empty where it does not."""
    employee_id = before.finding.employee_id
    if employee_id in decided.excluded:
        return say("no profile, says HR")
    not_ours = decided.decision(key, DecisionWord.NOT_OUR_EMPLOYEE)
    ours = not not_ours or employee_id in decided.in_roster
    return "" if ours else say("not our employee, says HR")


def _waived(waiver: Decision) -> Message:
    return say("waived until {day}: {reason}", day=waiver.until, reason=waiver.remark)


def _waiver_over(key: str, decided: Decided) -> Message:
    waiver = decided.decision(key, DecisionWord.WAIVED)
    if waiver:
        return say("the waiver ended on {day}", day=waiver.until)
    return say("the waiver holds no longer")


def _standing_note(finding: Finding, decided: Decided) -> Text:
    """What HR said of a finding that stays open."""
    one = decided.findings.get(finding.fingerprint)
    if one is None:
        return ""
    if one.word is DecisionWord.ASKED:
        return say("asked on {day}", day=one.day)
    wrong = one.word is DecisionWord.ROSTER_WRONG
    if wrong and decided.roster_stands(one.report_id, finding.employee_id):
        return say("on {day} HR said that the roster is wrong; it has not changed since", day=one.day)
    return ""


def _order(tracked: TrackedFinding) -> tuple[int, str, str]:
    return tracked.finding.severity.rank, tracked.finding.employee_id, tracked.finding.rule_id
