"""What is stored comes back as it was; history and resuming rest on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.findings.health import judge_health
from auditor.findings.tracking import track
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, PersonName, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.finding import FindingState
from auditor.model.health import HealthLimits
from auditor.model.profile import PageKind
from auditor.model.report import RunFacts
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.model.rule import CheckResult, Confidence, Failed, NotApplicable, Passed, Severity, Undetermined
from auditor.model.run_result import RosterKept, RunResult
from auditor.store import tables
from auditor.store.database import open_database, sqlite_address
from auditor.store.runs import Examined, RunStore
from auditor.store.tables import metadata

NOW = datetime(2026, 11, 22, 8, 30, 1, 5, UTC)
EMPLOYEE = Employee(
    "0042",
    "=1+1 Zoë",
    RosterState.LEAVER_OVERDUE,
    "https://www.linkedin.com/in/zoe-x/",
    last_day=date(2026, 8, 31),
    name=PersonName("Zoë X", "Zoë", "van", "X", ("X Zoë",)),
)
TRIAL = Trial(
    "public_page", CaptureStatus.OK, PageKind.PROFILE_MASKED, NOW, 200, fields=(("headline", "unseen"),)
)
OUTCOMES = {
    "BNR001": Failed(
        "BANNER_PREVIOUS", "m", "e", "o", Confidence.PROBABLE, Severity.LOW, pictures=(("seen", b"\x00"),)
    ),
    "CMP001": Undetermined("ACT_UNDATED", "no dates", pictures=(("seen", b"\xff"), ("difference", b"2"))),
    "HDL001": Passed("OK_EXACT", "e", "o"),
    "LVR001": NotApplicable("STATE", "r"),
}
EXAMINATION = Examination(
    EMPLOYEE,
    (TRIAL,),
    tuple(
        CheckResult(rule, outcome, Severity.HIGH, "public_page", NOW) for rule, outcome in OUTCOMES.items()
    ),
)
ROSTER = RosterKept((EMPLOYEE,), (RowRecord(2, RowFate.PERSON),), (RosterNotice("F07", "no leavers"),))


def facts(run_id="2026-11-22-01", today=date(2026, 11, 22)):
    return RunFacts(run_id, NOW, None, today, "p" * 64, "r" * 64, "people.xlsx", None, "", "0.1.0")


def finish(store, run, examinations, today):
    history = store.history(run.number)
    tracked = track(history, examinations, today)
    health = judge_health(examinations, 0, HealthLimits())
    ended = replace(run.facts, finished_at=NOW)
    result = RunResult(ended, health, run.roster, tuple(examinations), tracked)
    store.finish(result, complete=True)
    return tracked


def test_an_examination_comes_back_as_it_was(store):
    run = store.begin(facts(), ROSTER, "inputs")
    assert run.roster == ROSTER
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    assert store.examinations(run.facts.id) == [EXAMINATION]
    assert store.finished_people(run.facts.id) == {"0042"}


def test_evidence_pictures_are_fetched_when_their_bytes_are_asked_for(store):
    run = store.begin(facts(), ROSTER, "inputs")
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    (found,) = store.examinations(run.facts.id)
    pictures = [
        picture for one in found.results for picture in getattr(one.outcome, "pictures", ()) if picture
    ]
    assert [(name, bytes(body)) for name, body in pictures] == [
        ("seen", b"\x00"),
        ("seen", b"\xff"),
        ("difference", b"2"),
    ]
    assert not any(isinstance(body, bytes) for _, body in pictures)
    with store.engine.begin() as connection:
        connection.execute(tables.pictures.delete())
    assert [bytes(body) for _, body in pictures] == [b"", b"", b""]


def test_what_many_people_have_in_common_is_held_once(store):
    run = store.begin(facts(), ROSTER, "inputs")
    for place in range(2):
        employee = replace(EXAMINATION.employee, employee_id=f"{place}")
        store.save(run.facts.id, [Examined(place, replace(EXAMINATION, employee=employee), True)])
    first, second = store.examinations(run.facts.id, pictures=False)
    assert first.results[0].outcome is second.results[0].outcome
    assert first.trials[0].captured_at is second.trials[0].captured_at
    assert first.employee.title is second.employee.title


def test_saving_again_replaces(store):
    run = store.begin(facts(), ROSTER, "inputs")
    store.save(run.facts.id, [Examined(0, EXAMINATION, False)])
    assert store.finished_people(run.facts.id) == set()
    store.save(run.facts.id, [Examined(0, replace(EXAMINATION, results=()), True)])
    assert store.examinations(run.facts.id) == [replace(EXAMINATION, results=())]


def test_an_unfinished_run_is_found_by_its_inputs(store):
    run = store.begin(facts(), ROSTER, "inputs")
    assert store.unfinished("inputs").facts.id == run.facts.id
    assert store.unfinished("others") is None
    finish(store, run, [EXAMINATION], facts().today)
    assert store.unfinished("inputs") is None


def test_history_is_what_earlier_runs_knew_last(store):
    first = store.begin(facts("a", date(2026, 9, 1)), ROSTER, "1")
    finish(store, first, [EXAMINATION], date(2026, 9, 1))
    second = store.begin(facts("b", date(2026, 10, 1)), ROSTER, "2")
    assert {one.state for one in store.history(second.number).values()} == {FindingState.NEW}
    passed = replace(EXAMINATION, results=(replace(EXAMINATION.results[0], outcome=Passed("OK")),))
    finish(store, second, [passed], date(2026, 10, 1))
    third = store.begin(facts("c", date(2026, 11, 1)), ROSTER, "3")
    assert {one.state for one in store.history(third.number).values()} == {FindingState.RESOLVED}
    assert [run.facts.id for run in store.earlier(third.number)] == ["a", "b"]
    assert store.run().facts.id == "b"
    assert store.run_ids() == ["c", "b", "a"]


def test_finishing_twice_leaves_one_ending(store):
    run = store.begin(facts(), ROSTER, "inputs")
    finish(store, run, [EXAMINATION], facts().today)
    once = store.findings(run.facts.id)
    finish(store, run, [EXAMINATION], facts().today)
    assert store.findings(run.facts.id) == once
    assert [one.state for one in once] == [FindingState.NEW]


def test_the_migrations_make_the_tables_that_the_code_speaks_of(engine):
    found = sa.inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}


def test_opening_again_changes_nothing(address):
    RunStore(open_database(address)).begin(facts(), ROSTER, "inputs")
    assert RunStore(open_database(address)).run_ids() == ["2026-11-22-01"]


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but a text" * 40, b"SQLite format 3\x00" + b"\xff" * 2000]
)
def test_a_damaged_store_is_said_and_left_alone(tmp_path, content):
    path = tmp_path / "s.sqlite3"
    path.write_bytes(content)
    with pytest.raises(StoreError):
        open_database(sqlite_address(path))
    assert path.read_bytes() == content


def test_counting_the_pages_that_were_opened(store):
    run = store.begin(facts(), ROSTER, "inputs")
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    assert store.visited_since(NOW, "public_page") == [NOW]
    assert store.visited_since(NOW + timedelta(seconds=1), "public_page") == []
    assert store.visited_since(NOW, "saved_pages") == []


def test_going_on_with_another_roster_examines_only_who_changed(store):
    run = store.begin(facts(), ROSTER, "inputs")
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    moved = replace(EMPLOYEE, roster_row=9)
    store.go_on(facts(), replace(ROSTER, employees=(moved,)))
    assert store.finished_people(run.facts.id) == {"0042"}
    store.go_on(facts(), replace(ROSTER, employees=(replace(moved, roster_state=RosterState.ACTIVE),)))
    assert store.finished_people(run.facts.id) == set()
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    joiner = replace(EMPLOYEE, employee_id="7")
    again = store.go_on(facts(), replace(ROSTER, employees=(joiner,)))
    assert store.examinations(run.facts.id) == []
    assert again.roster.employees == (joiner,)
