"""Tasks and calendars of departures: stable ids, numbers instead of names, few rows a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from auditor.model.case import StepAnswer, StepState
from auditor.model.document import Calendar, CsvFile
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState
from auditor.reports import LANGUAGES
from auditor.reports.documents import task_exports
from auditor.reports.documents.calendar import REPORTER as CALENDARS
from auditor.reports.documents.task_exports import REPORTER as TASKS
from auditor.reports.offboarding.cases import cases
from auditor.reports.scope import whole
from auditor.writers.csv_file import WRITER as CSV
from auditor.writers.ics import WRITER as ICS
from tests.reports.departing import company, leaver, leavers_report
from tests.reports.invented import TODAY, examined, person, tracked

HR = Path(__file__).resolve().parents[2].parent / "shared" / "hr"
HOSTILE = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1+1", "＠x", "  =1", "=cmd|' /C calc'!A0")


def tables(*people: object, **more: object) -> list[CsvFile]:
    made = TASKS.make(leavers_report(*people, **more))  # type: ignore[arg-type]
    return [one for one in made if isinstance(one, CsvFile)]


def calendars(*people: object, **more: object) -> list[Calendar]:
    made = CALENDARS.make(leavers_report(*people, **more))  # type: ignore[arg-type]
    return [one for one in made if isinstance(one, Calendar)]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_columns_are_those_that_jira_and_asana_want(tmp_path: Path) -> None:
    path = HR / "task_export_formats.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    wanted = dict(line.split("\t")[:2] for line in path.read_text("utf-8").splitlines()[1:])
    for table in tables(leaver()):
        key = f"{table.file_name.removesuffix('.csv').capitalize()} CSV"
        assert ", ".join(table.headings) == wanted[key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_carry_the_number_and_no_name(language: str, tmp_path: Path) -> None:
    people = (leaver("77", manager="Piet Verzonnen"), leaver("78"))
    for table in tables(*people, language=language):
        (path,) = CSV.write(table, tmp_path)
        for row in rows_of(path):
            title = row.get("Summary") or row["Name"]
            assert title.startswith(("77 O", "78 O"))
            day = date.fromisoformat(row.get("Due date") or row["Due Date"])
            assert day.weekday() < 5
        assert not any(name in path.read_text("utf-8") for name in ("Fictief", "Jürgen", "Verzonnen"))


def test_no_file_has_more_rows_than_an_ordinary_user_may_import(monkeypatch: pytest.MonkeyPatch) -> None:
    assert task_exports.ROWS_A_FILE == 250
    monkeypatch.setattr(task_exports, "ROWS_A_FILE", 10)
    jira = [one for one in tables(leaver()) if one.file_name.startswith("jira")]
    assert [one.file_name for one in jira] == ["jira-1.csv", "jira-2.csv"]
    assert all(len(one.rows) <= 10 for one in jira)
    whole_rows = [row for one in jira for row in one.rows]
    # 27 steps, less two of the program, six whose moment has passed, and three that follow a letter
    assert len(set(whole_rows)) == len(whole_rows) == 16


@pytest.mark.parametrize("number", HOSTILE)
def test_nothing_in_a_task_can_act_as_a_formula(number: str, tmp_path: Path) -> None:
    for table in tables(leaver(number)):
        (path,) = CSV.write(table, tmp_path)
        with path.open(encoding="utf-8", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell.strip()]


def test_the_same_step_has_the_same_uid_next_month_and_a_higher_version() -> None:
    one = leaver()
    first = calendars(one)
    later = CALENDARS.make(
        replace(
            leavers_report(one, looks={}),
            findings=(tracked(one, "LVR001", FindingState.OPEN),),
            drafted_on=TODAY + timedelta(days=8),
        )
    )
    before = {event.uid: event.version for event in first[0].events}
    after = {event.uid: event.version for event in later[0].events}  # type: ignore[union-attr]
    assert after
    assert after.keys() <= before.keys(), "what is past by then is left out"
    assert all(version > before[uid] for uid, version in after.items())


def test_a_calendar_reads_back_and_names_nobody(tmp_path: Path) -> None:
    (mine, everything) = calendars(leaver("77"))
    (path,) = ICS.write(mine, tmp_path)
    body = path.read_bytes()
    read = icalendar.Calendar.from_ical(body)
    assert read["METHOD"] == "PUBLISH"
    found = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert set(found) == {event.uid for event in mine.events} == {event.uid for event in everything.events}
    for event in mine.events:
        assert found[event.uid].decoded("DTSTART") == event.day
        assert str(found[event.uid]["SUMMARY"]) == event.summary
        assert str(found[event.uid]["DESCRIPTION"]) == event.description
    assert b"DTSTART;VALUE=DATE:" in body
    assert not any(name in body.decode("utf-8") for name in ("Fictief", "Verzonnen"))


def test_steps_that_are_answered_or_the_program_s_own_are_not_handed_out() -> None:
    report = leavers_report(leaver())
    (case,) = cases(whole(report))
    answered = next(due.id for due in case.steps if due.step.id == "O05")
    some = replace(report, case_answers={answered: StepAnswer(StepState.DONE)})
    uids = {event.uid.split("@")[0] for event in CALENDARS.make(some)[0].events}  # type: ignore[union-attr]
    own = {due.id for due in case.steps if due.step.owner == "Program"}
    # the moment of the exit talk has passed, and no letter went out that could be followed by anything
    late = {due.id for due in case.steps if due.missed or due.step.id in ("O22", "O23", "O24")}
    assert len(late) == 10
    assert uids == {due.id for due in case.steps} - own - late - {answered}


def test_somebody_who_leaves_soon_has_a_case_and_one_without_a_last_day_no_dates() -> None:
    soon = examined(person("30", RosterState.LEAVING_SOON, last_day=TODAY + timedelta(days=20)))
    report = replace(leavers_report(own=company()), examinations=(soon,))
    assert [one.folder for one in CALENDARS.make(report)] == ["leavers/30_2026-12-12", "leavers"]  # type: ignore[union-attr]
    undated = leaver("31", last_day=None)
    assert calendars(undated) == []
    assert {row[4] for table in tables(undated) if table.file_name == "jira.csv" for row in table.rows} == {
        ""
    }


def test_the_switch_turns_exports_off() -> None:
    assert tables(leaver(), packs=False) == []
    assert calendars(leaver(), packs=False) == []
