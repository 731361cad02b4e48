"""HR's answers to the question whose page it is, given on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor.app.decide import keep_decisions
from auditor.app.paths import log_of
from auditor.app.stored_runs import latest_run
from auditor.errors import UsageError
from auditor.findings.decisions import newly_said
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.examination import Examination, asked_name
from auditor.model.policy import Policy
from auditor.store.decisions import DecisionStore
from auditor.store.history import asked_about, examination_of
from auditor.store.runs import RunStore


@dataclass(frozen=True, slots=True)
class Question:
    """Whether the page at an address, with the name it bears, is a person's of the roster."""

    employee_id: str
    full_name: str
    page_name: str
    address: str


def questions(store: RunStore) -> list[Question]:
    """What the latest run asks. Raises UsageError where no run has ended."""
    run = latest_run(store)
    return [one for examination in asked_about(store.engine, run.facts.id) if (one := _question(examination))]


def answer(
    store: RunStore, policy: Policy, employee_id: str, word: DecisionWord, today: date, by: str = ""
) -> Decision:
    """Keep HR's answer to the latest run's question about a person; returns it as it was kept.

    An answer that contradicts an earlier one about the same run is kept, and neither holds. Raises
    UsageError where nothing was asked about the person.
    """
    run = latest_run(store)
    examination = examination_of(store.engine, run.facts.id, employee_id.strip())
    question = _question(examination) if examination else None
    if question is None:
        raise UsageError(
            f"The run {run.facts.id} asks nothing about {employee_id.strip()!r}.",
            "See what it asks: auditor identity list",
            code="NO_QUESTION",
        )
    said = Decision(
        fingerprint="",
        employee_id=question.employee_id,
        word=word,
        report_id=run.facts.id,
        read_on=today,
        address=question.address,
        page_name=question.page_name if word is DecisionWord.SAME_PERSON else "",
        decided_by=by,
        place="auditor identity",
        after_run=run.facts.id,
    )
    if word is DecisionWord.WRONG_PERSON and not question.address:
        raise UsageError(
            "The evidence came without an address, so none can be withdrawn.",
            "Take the file away.",
            code="NO_ADDRESS_TO_WITHDRAW",
        )
    settled = keep_decisions(newly_said((said,), DecisionStore(store.engine).all()), policy, store, today)
    if not settled:
        return said
    log_of(policy, store.engine).append("identity_answered", read=1, applied=int(settled[0].applied))
    return settled[0]


def contradicts(decision: Decision) -> bool:
    """Whether two different answers were given, so that neither holds."""
    return decision.reason is DecisionReason.TWO_ANSWERS


def _question(examination: Examination) -> Question | None:
    name = asked_name(examination)
    if not name:
        return None
    employee = examination.employee
    return Question(employee.employee_id, employee.full_name, name, employee.profile_url or "")
