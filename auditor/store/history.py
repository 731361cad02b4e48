"""What earlier runs left behind: a whole `History` read once, and single facts such as who was seen clean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from auditor.findings.decisions import latest, settle
from auditor.model.case import CaseRecord
from auditor.model.decision import DecisionWord
from auditor.model.employee import GONE, Employee, number_meant
from auditor.model.examination import Examination, asked_name
from auditor.model.finding import TrackedFinding
from auditor.model.history import History
from auditor.model.rule import WHO_IS_THIS
from auditor.store import tables
from auditor.store.cases import (
    MOST_NAMED,
    CaseEventStore,
    CaseStore,
    StepNoteStore,
    last_known,
    last_sightings,
)
from auditor.store.codec import decode
from auditor.store.database import reading
from auditor.store.decisions import DecisionStore
from auditor.store.runs import COMPLETE, RUNNING, RunStore, StoredRun

#: tables that people add to while a run goes on: their answers, and what they recorded
_SENT_BACK = (tables.decisions, tables.step_notes, tables.case_events)


def load_history(store: RunStore, run: StoredRun, leaver_rules: Collection[str]) -> History:
    """What a run finds when it begins: everything that earlier runs, and people since, left in the store.

    Of a run that ended it is what it found then, and all that people sent back until now. Raises StoreError.
    """
    engine = store.engine
    marks = newest_numbers(engine)  # first: what comes while this reads is noticed afterwards
    runs = tuple(store.earlier(run.number))
    decisions = settle(DecisionStore(engine).all())
    contradicted = {
        one.report_id for one in latest(decisions).values() if one.word is DecisionWord.ROSTER_WRONG
    }
    notes = tuple(StepNoteStore(engine).all())
    cases = _as_of(CaseStore(engine).all(), run, store)
    people = {one.employee_id for one in cases.values()} | {one.employee_id for one in notes}
    return History(
        findings=store.history(run.number),
        runs=runs,
        people_before=frozenset(store.finished_people(runs[-1].facts.id) if runs else ()),
        decisions=decisions,
        rosters={run_id: roster_of(store, run_id) for run_id in sorted(contradicted)},
        cases=cases,
        case_events=tuple(CaseEventStore(engine).all()),
        step_notes=notes,
        departed=_departed(cases, run, engine),
        sightings=last_sightings(engine, people, run.number, leaver_rules),
        times_unverified=store.times_unverified(run.number),
        read_up_to=marks,
    )


def is_current(engine: sa.Engine, history: History) -> bool:
    """Whether nobody has sent anything back since the history was read; a run may take hours."""
    return history.read_up_to == newest_numbers(engine)


def newest_numbers(engine: sa.Engine) -> tuple[int, ...]:
    """What tells whether people have sent something back or recorded something since this was last asked."""
    with reading(engine) as connection:
        newest = (connection.execute(sa.select(sa.func.max(one.c.number))).scalar() for one in _SENT_BACK)
        return tuple(number or 0 for number in newest)


def roster_of(store: RunStore, run_id: str) -> dict[str, Employee]:
    """Everybody in the roster of a run, by employee id; nobody where the run is not known."""
    try:
        return {one.employee_id: one for one in store.run(run_id).roster.employees}
    except LookupError:
        return {}


def _as_of(records: Mapping[str, CaseRecord], run: StoredRun, store: RunStore) -> dict[str, CaseRecord]:
    """What was known at a run: what later runs closed or saw is left out, what they began too."""
    ids = store.run_ids()
    newer = set(ids[: ids.index(run.facts.id)])
    if not newer:
        return dict(records)
    today = run.facts.today
    found = {}
    for key, record in records.items():
        if record.opened_on > today:
            continue
        if record.closed_in in newer:
            record = replace(record, closed_on=None, closed_in="")
        if record.clean_on and record.clean_on > today:
            record = replace(record, clean_on=None)
        found[key] = record
    return found


def _departed(cases: Mapping[str, CaseRecord], run: StoredRun, engine: sa.Engine) -> dict[str, Employee]:
    """People of cases that go on who do not stand in the run's roster any more, by case id.

    Who stands there with another last day has another case. A run about a chosen few tells nothing.
    """
    if run.facts.partial:
        return {}
    present = {employee.employee_id for employee in run.roster.employees}
    wanted = {
        key
        for key, one in cases.items()
        if one.employee_id not in present and (not one.closed_on or one.closed_in == run.facts.id)
    }
    return last_known(engine, wanted, run.number)


@dataclass(frozen=True, slots=True)
class Ending:
    """A run that was reported: its day, whether everybody was attempted, and whether it was of a
    chosen few people only."""

    day: date
    complete: bool
    partial: bool


def endings(engine: sa.Engine, count: int = 100) -> list[Ending]:
    """The latest runs that ended, newest first."""
    runs = tables.runs
    query = (
        sa.select(runs.c.today, runs.c.state, runs.c.facts)
        .where(runs.c.state != RUNNING)
        .order_by(runs.c.number.desc())
        .limit(count)
    )
    with reading(engine) as connection:
        return [
            Ending(day, state == COMPLETE, bool(facts.get("partial")))
            for day, state, facts in connection.execute(query)
        ]


def people_of(engine: sa.Engine, run_id: str) -> list[str]:
    """The employee ids stored in a run, in the roster's order."""
    table = tables.examinations
    query = sa.select(table.c.employee_id).where(table.c.run_id == run_id).order_by(table.c.place)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def examination_of(engine: sa.Engine, run_id: str, employee_id: str) -> Examination | None:
    """What a run found about a person, without evidence pictures; None if the run has nobody with this
    number, with or without the zeros in front."""
    table = tables.examinations
    number = number_meant(employee_id, people_of(engine, run_id))
    key = (table.c.run_id == run_id) & (table.c.employee_id == number)
    with reading(engine) as connection:
        content = connection.execute(sa.select(table.c.content).where(key)).scalar()
    return decode(content, Examination) if content else None


def asked_about(engine: sa.Engine, run_id: str) -> list[Examination]:
    """The people about whom a run asks whose page it is, in the roster's order, without evidence pictures."""
    table = tables.examinations
    query = sa.select(table.c.content).where(table.c.run_id == run_id).order_by(table.c.place)
    with reading(engine) as connection:
        contents = list(connection.execute(query).scalars())
    asked = (one for one in contents if any(r["outcome"]["code"] == WHO_IS_THIS for r in one["results"]))
    found = (decode(one, Examination) for one in asked)
    return [one for one in found if asked_name(one)]


def findings_about(engine: sa.Engine, run_id: str, employee_id: str) -> list[TrackedFinding]:
    """Where a person's findings stood at the end of a run."""
    table = tables.tracked
    key = (table.c.run_id == run_id) & (table.c.employee_id == employee_id)
    with reading(engine) as connection:
        return [
            decode(content, TrackedFinding)
            for content in connection.execute(sa.select(table.c.content).where(key)).scalars()
        ]


#: on so many days, without a sighting since
DAYS_CLEAN = 2


def seen_clean(engine: sa.Engine, employees: Iterable[Employee], rule_id: str) -> frozenset[str]:
    """The leavers who passed the rule on two days since they left, with no other verdict after the first.

    Only the present departure counts: who came back and left again starts anew.
    """
    ends = {one.employee_id: one.last_day for one in employees if one.roster_state in GONE}
    if not ends:
        return frozenset()
    examinations, runs = tables.examinations, tables.runs
    query = (
        sa.select(examinations.c.employee_id, examinations.c.content, runs.c.today)
        .join(runs, runs.c.id == examinations.c.run_id)
        .order_by(runs.c.number)
    )
    if len(ends) <= MOST_NAMED:
        query = query.where(examinations.c.employee_id.in_(list(ends)))
    days: dict[str, set[object]] = defaultdict(set)
    with reading(engine) as connection:
        for employee_id, content, today in connection.execute(query):
            last_day = ends.get(employee_id)
            if last_day is None or content["employee"]["last_day"] != last_day.isoformat():
                continue
            for verdict in _verdicts(content, rule_id):
                if verdict == "Passed":
                    days[employee_id].add(today)
                elif verdict == "Failed":
                    days[employee_id].clear()
    return frozenset(key for key, clean in days.items() if len(clean) >= DAYS_CLEAN)


def _verdicts(content: Mapping[str, Any], rule_id: str) -> Iterator[str]:
    return (one["outcome"]["outcome"] for one in content["results"] if one["rule_id"] == rule_id)
