"""One answer of HR about a finding or a person, given outside a workbook: same rules, same register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from auditor.app.decide import keep_decisions
from auditor.app.latest_report import Reported
from auditor.app.paths import log_of
from auditor.errors import UsageError
from auditor.feedback.answers import decide
from auditor.findings.decisions import FINAL_WORDS
from auditor.model.decision import Decision, DecisionWord
from auditor.model.message import say
from auditor.model.policy import Policy
from auditor.model.returned import ReturnedRow, row_check
from auditor.store.runs import RunStore

#: a remark holds so many characters at most, as in the workbook
LONGEST_REMARK = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers: about a finding, or, where `finding` is empty, about a person."""

    word: DecisionWord
    employee_id: str
    finding: str = ""
    until: date | None = None
    remark: str = ""
    address: str = ""


def give_answer(
    answer: Answer, reported: Reported, policy: Policy, store: RunStore, today: date, by: str, place: str
) -> Decision:
    """Check an answer as one from a workbook is checked, keep it, and return what became of it.

    An answer that contradicts another one about the same report is kept, and neither holds. The answer that
    holds already is not kept again. `place` says where it was given. Raises UsageError where the report has
    no such finding or person, StoreError.
    """
    row = ReturnedRow(
        place=place,
        finding=answer.finding,
        employee_id=answer.employee_id,
        typed="",
        code=str(answer.word),
        until=answer.until,
        remark=answer.remark[:LONGEST_REMARK],
        address=answer.address,
    )
    report = reported.known
    cells = {"finding": answer.finding}
    row = replace(row, row_check=row_check(report.run_id, report.policy_sha256, cells))
    said = replace(decide(row, report, today), decided_by=by, after_run=reported.run.facts.id)
    if said.fingerprint and said.fingerprint not in report.findings:
        raise UsageError(
            say("The run {report} has no finding {finding}.", report=report.run_id, finding=said.fingerprint),
            _ANEW,
            code="ANSWER_OUTDATED",
        )
    if said.employee_id not in report.people:
        raise UsageError(
            say(
                "The run {report} has nobody with the number {id}.",
                report=report.run_id,
                id=repr(said.employee_id),
            ),
            _ANEW,
            code="ANSWER_OUTDATED",
        )
    before = reported.answer_to(said.subject)
    same = before.holds and before.holds.answer == said.answer and before.holds.remark == said.remark
    if before.holds and same and said.applied and before.holds.report_id == said.report_id:
        return before.holds
    return _kept(said, policy, store, today)


def take_back(
    answer: Answer, reported: Reported, policy: Policy, store: RunStore, today: date, by: str, place: str
) -> Decision:
    """Withdraw everything that was answered about a finding or a person; nothing is decided then.

    Raises UsageError where nothing was answered, or what was answered cannot be undone; StoreError.
    """
    subject = (answer.finding, "") if answer.finding else ("", answer.employee_id)
    before = reported.answer_to(subject)
    if before.holds is None and not before.said:
        raise UsageError(
            say("Nothing was answered here, so there is nothing to take back."), code="NOTHING_TO_TAKE_BACK"
        )
    if before.holds and before.holds.word in FINAL_WORDS:
        raise UsageError(
            say("This answer cannot be taken back: it took effect at once."),
            say("Give a new address for the person, or withdraw the objection: auditor privacy --help"),
            code="ANSWER_FINAL",
        )
    return _kept(
        Decision(
            answer.finding,
            answer.employee_id,
            DecisionWord.TAKEN_BACK,
            reported.run.facts.id,
            today,
            decided_by=by,
            place=place,
            after_run=reported.run.facts.id,
        ),
        policy,
        store,
        today,
    )


_ANEW = say("Another run may have ended meanwhile; open the page again.")


def _kept(said: Decision, policy: Policy, store: RunStore, today: date) -> Decision:
    (kept,) = keep_decisions([said], policy, store, today)
    log_of(policy, store.engine).append("answer_given", read=1, applied=int(kept.applied))
    return kept
