"""HR's decisions in a run: whom it visits, and what its report shows of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.app.run_plan import RunPlan, store_address
from auditor.findings.decisions import heed, latest, settle
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.employee import Employee, RosterState
from auditor.model.finding import FindingState
from auditor.model.history import History
from auditor.model.policy import Policy
from auditor.model.run_result import RunResult
from auditor.store.database import is_there, open_database
from auditor.store.decisions import DecisionStore

#: states of findings beside which the decision is shown that led to them
_DECIDED_STATES = frozenset({FindingState.WAIVED, FindingState.RESOLVED, FindingState.REOPENED})


def people_to_examine(plan: RunPlan, employees: Iterable[Employee], history: History) -> tuple[Employee, ...]:
    """The people of a run as HR's decisions leave them; also in calls that keep nothing."""
    listed = history.decisions if plan.request.keep else _stored_decisions(plan.policy)
    return heed(employees, listed, plan.today)


def planned(plan: RunPlan) -> tuple[Employee, ...]:
    """The people of a run that is only planned, as HR's decisions leave them."""
    return heed(plan.people.employees, _stored_decisions(plan.policy), plan.today)


def _stored_decisions(policy: Policy) -> tuple[Decision, ...]:
    """The decisions in the policy's store; none where there is no store yet."""
    address = store_address(policy)
    return settle(DecisionStore(open_database(address)).all()) if is_there(address) else ()


def decisions_to_show(result: RunResult, history: History) -> tuple[Decision, ...]:
    """The decisions that hold for the findings of a run, and all that were read since the run before it."""
    newest = history.previous.id if history.previous else ""
    asked = {one.employee_id for one in history.decisions}
    present = {
        one.employee_id
        for one in result.roster.employees
        if one.employee_id in asked and one.roster_state is not RosterState.VANISHED
    }
    changed = {f.finding.fingerprint for f in result.findings if f.state in _DECIDED_STATES}
    holding = {id(one) for one in latest(history.decisions).values() if one.fingerprint in changed}
    return tuple(
        _by_roster(one, present)
        for one in history.decisions
        if id(one) in holding or (newest and one.after_run == newest)
    )


def answers_since(result: RunResult, history: History) -> tuple[Decision, ...]:
    """What HR has answered since a run and what holds, each with its person: an objection is kept without."""
    owners = {one.finding.fingerprint: one.finding.employee_id for one in result.findings}
    return tuple(
        replace(one, employee_id=one.employee_id or owners.get(one.fingerprint, ""))
        for one in latest(history.decisions).values()
        if one.after_run == result.run.id
    )


def _by_roster(one: Decision, in_roster: Iterable[str]) -> Decision:
    """`Not our employee` against the roster of the run: a contradiction is shown and nothing applied."""
    if not one.applied or one.word is not DecisionWord.NOT_OUR_EMPLOYEE:
        return one
    if one.employee_id in in_roster:
        return replace(one, applied=False, reason=DecisionReason.IN_ROSTER)
    return replace(one, reason=None)
