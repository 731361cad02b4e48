"""HR's decisions in a run: whom it visits, what its findings become, what its report shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from auditor.app.run_plan import RunPlan, store_address
from auditor.findings.decisions import Decided, decided, heed, latest, settle
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.employee import Employee, RosterState
from auditor.model.finding import FindingState
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.store.database import open_database, sqlite_path
from auditor.store.decisions import DecisionStore
from auditor.store.runs import RunStore, StoredRun

#: states of findings beside which the decision is shown that led to them
_DECIDED_STATES = frozenset({FindingState.WAIVED, FindingState.RESOLVED, FindingState.REOPENED})


def decisions_of(store: RunStore) -> tuple[Decision, ...]:
    """Every decision in the store, settled."""
    return settle(DecisionStore(store.engine).all())


def heeded(employees: Iterable[Employee], plan: RunPlan, store: RunStore) -> tuple[Employee, ...]:
    """The people of a run as HR's decisions leave them; also in calls that keep nothing."""
    listed = decisions_of(store) if plan.request.keep else _stored_decisions(plan.policy)
    return heed(employees, listed, plan.today)


def planned(plan: RunPlan) -> tuple[Employee, ...]:
    """The people of a run that is only planned, as HR's decisions leave them."""
    return heed(plan.people.employees, _stored_decisions(plan.policy), plan.today)


def _stored_decisions(policy: Policy) -> tuple[Decision, ...]:
    """The decisions in the policy's store; none where there is no store yet."""
    address = store_address(policy)
    path = sqlite_path(sa.make_url(address))
    if path is not None and not path.exists():
        return ()
    return settle(DecisionStore(open_database(address)).all())


def decided_for(plan: RunPlan, run: StoredRun, store: RunStore) -> Decided:
    """What HR's decisions mean for the findings of a run."""
    now = {one.employee_id: one for one in run.roster.employees}
    then: dict[str, dict[str, Employee]] = {}

    def stands(run_id: str, employee_id: str) -> bool:
        if run_id not in then:
            then[run_id] = people_of(store, run_id)
        return _told(then[run_id].get(employee_id)) == _told(now.get(employee_id))

    in_roster = frozenset(key for one in plan.reading.people for key in (one.key, *one.other_keys))
    return decided(decisions_of(store), run.facts.today, in_roster, stands)


def with_decisions(report: AuditReport, run: StoredRun, store: RunStore) -> AuditReport:
    """The report with the decisions that hold for its findings, and with all that were read since the
    run before it."""
    previous = store.earlier(run.number, 1)
    newest = previous[-1].facts.id if previous else ""
    present = {
        one.employee_id for one in run.roster.employees if one.roster_state is not RosterState.VANISHED
    }
    listed = decisions_of(store)
    changed = {f.finding.fingerprint for f in report.findings if f.state in _DECIDED_STATES}
    holding = {id(one) for one in latest(listed).values() if one.fingerprint in changed}
    wanted = [one for one in listed if id(one) in holding or (newest and one.after_run == newest)]
    return replace(report, decisions=tuple(_by_roster(one, present) for one in wanted))


def _by_roster(one: Decision, in_roster: Iterable[str]) -> Decision:
    """`Not our employee` against the roster of the run: a contradiction is shown and nothing applied."""
    if not one.applied or one.word is not DecisionWord.NOT_OUR_EMPLOYEE:
        return one
    if one.employee_id in in_roster:
        return replace(one, applied=False, reason=DecisionReason.IN_ROSTER)
    return replace(one, reason=None)


def people_of(store: RunStore, run_id: str) -> dict[str, Employee]:
    """Everybody in the roster of a run, by employee id; nobody where the run is not known."""
    try:
        return {one.employee_id: one for one in store.run(run_id).roster.employees}
    except LookupError:
        return {}


def _told(employee: Employee | None) -> tuple[object, ...]:
    """What the roster says of a person, without where it says so."""
    if employee is None:
        return ()
    return (
        employee.full_name,
        employee.profile_url,
        employee.title,
        employee.entity,
        employee.last_day,
        employee.start_day,
    )
