"""Cases and what was noted about them come back as they were, and go with the person or with time."""

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.case import CaseRecord, StepAnswer, StepNote, StepReason, StepState, case_id
from auditor.model.dates import months_after
from auditor.model.policy import Retention
from auditor.store import persons
from auditor.store.cases import CaseStore, StepNoteStore, last_known, put_cases
from auditor.store.database import reading, writing
from auditor.store.retention import erase_people, purge
from auditor.store.runs import Examined, RunStore
from tests.store.test_runs import EMPLOYEE, EXAMINATION, ROSTER, facts, finish

DAY = date(2026, 10, 23)
FULL = CaseRecord(
    "77", DAY, date(2026, 11, 22), date(2026, 12, 22), "2026-12-22-01", date(2026, 12, 1), date(2026, 12, 20)
)
BARE = CaseRecord("78", None, date(2026, 11, 22))
NOTE = StepNote(
    f"{case_id('77', DAY)}-O05", case_id("77", DAY), "77", DAY,
    StepAnswer(StepState.DONE, "=list naïve", date(2026, 11, 2), "Piet"), date(2026, 11, 25), "Yes",
    "Marga", "a.xlsx", "0" * 64, "Checklist!9", "2026-11-22-01", "2026-11-22-01",
)  # fmt: skip
LISTED = StepNote(
    "x", "", "", None, StepAnswer(StepState.OPEN), date(2026, 11, 25), applied=False,
    reason=StepReason.UNKNOWN_STEP,
)  # fmt: skip


def keep(engine, records):
    with writing(engine) as connection:
        put_cases(connection, records)


def test_cases_come_back_and_are_replaced_by_what_they_became(engine):
    store = CaseStore(engine)
    keep(engine, [FULL, BARE])
    assert store.all() == {FULL.id: FULL, BARE.id: BARE}
    closed = replace(BARE, closed_on=date(2026, 12, 1), closed_in="r")
    keep(engine, [closed])
    keep(engine, [])
    assert CaseStore(engine).all() == {FULL.id: FULL, BARE.id: closed}


def test_notes_come_back_in_order_and_as_they_were(engine):
    store = StepNoteStore(engine)
    store.add([NOTE])
    store.add([LISTED, NOTE])
    store.add([])
    assert StepNoteStore(engine).all() == [NOTE, LISTED, NOTE]


def test_cases_and_notes_go_twelve_months_after_the_last_day(engine):
    keep(engine, [FULL, BARE])
    StepNoteStore(engine).add([NOTE, LISTED])
    edge = months_after(DAY, 12)
    counts = purge(engine, edge, Retention())
    assert (counts["cases"], counts["step_notes"]) == (0, 0)
    counts = purge(engine, edge.replace(day=edge.day + 1), Retention())
    assert (counts["cases"], counts["step_notes"]) == (1, 1)
    assert list(CaseStore(engine).all().values()) == [BARE], "without a last day the opening counts"
    assert StepNoteStore(engine).all() == [LISTED]
    counts = purge(engine, date(2027, 11, 26), Retention())
    assert (counts["cases"], counts["step_notes"]) == (1, 1)


@pytest.fixture
def known(engine):
    """A store that knows a person by a run and by a case."""
    runs = RunStore(engine)
    run = runs.begin(facts(), ROSTER, "inputs")
    runs.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    finish(runs, run, [EXAMINATION], date(2026, 11, 22))
    mine = CaseRecord(EMPLOYEE.employee_id, EMPLOYEE.last_day, DAY)
    keep(engine, [mine, FULL])
    StepNoteStore(engine).add([replace(NOTE, employee_id=EMPLOYEE.employee_id), NOTE])
    return engine, mine


def test_a_person_is_told_of_and_rid_of_both(known):
    engine, mine = known
    with reading(engine) as connection:
        person = persons.people_known(connection)[EMPLOYEE.employee_id]
        told = persons.records_of(connection, person)
    assert [one["id"] for one in told["cases"]] == [mine.id]
    assert [one["evidence"] for one in told["step_notes"]] == ["=list naïve"]
    counts = erase_people(engine, [person])
    assert (counts["cases"], counts["step_notes"]) == (1, 1)
    assert list(CaseStore(engine).all()) == [FULL.id]
    assert StepNoteStore(engine).all() == [NOTE]


def test_the_person_of_a_case_is_known_from_the_newest_roster_with_that_last_day(known):
    engine, mine = known
    assert last_known(engine, {mine.id, FULL.id}) == {mine.id: EMPLOYEE}
    assert last_known(engine, {mine.id}, before=1) == {}
    assert last_known(engine, set()) == {}
