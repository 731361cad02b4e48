from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.model.case import CaseRecord, StepAnswer, StepState
from auditor.model.company import Company
from auditor.model.document import Table, Workbook
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState
from auditor.model.report import AuditReport
from auditor.offboarding.steps import steps
from auditor.reports import LANGUAGES
from auditor.reports.documents.checklist import REPORTER
from auditor.writers.xlsx import WRITER
from tests.reports import departing
from tests.reports.invented import (
    DEGRADED,
    STILL_HERE,
    TODAY,
    WRONG_HEADLINE,
    examined,
    person,
    report,
    tracked,
)

HR = Path(__file__).resolve().parents[2].parent / "shared" / "hr"
LAST_DAY = date(2026, 10, 23)


def leaver(number: str = "77", state: RosterState = RosterState.LEAVER_OVERDUE, **more: Any) -> Any:
    facts = {"name": "Jürgen Fictief", "last_day": LAST_DAY, **more}
    return examined(person(number, state, **facts), {"LVR001": STILL_HERE})


def books(made: AuditReport) -> list[Workbook]:
    return [document for document in REPORTER.make(made) if isinstance(document, Workbook)]


def only_table(book: Workbook) -> Table:
    (table,) = (one for one in book.tables if isinstance(one, Table) and not one.hidden)
    return table


def test_only_flagged_leavers_and_those_who_leave_soon_get_one() -> None:
    flagged = {state: leaver(f"1{n}") for n, state in enumerate(FindingState)}
    findings = tuple(tracked(examination, "LVR001", state) for state, examination in flagged.items())
    soon = examined(person("30", RosterState.LEAVING_SOON, last_day=TODAY + timedelta(days=20)))
    active = examined(person("31"), {"HDL001": WRONG_HEADLINE})
    made = report((*flagged.values(), soon, active), (*findings, tracked(active, "HDL001")))
    numbers = [book.file_name.split("_")[1] for book in books(made)]
    states = (FindingState.NEW, FindingState.OPEN, FindingState.REOPENED)
    assert numbers == [flagged[state].employee.employee_id for state in states] + ["30"]


def test_the_file_name_has_no_name_and_stays_the_same_next_month() -> None:
    examination = leaver("77/é b")
    first = books(report((examination,), (tracked(examination, "LVR001"),)))
    again = books(
        report((examination,), (tracked(examination, "LVR001", FindingState.OPEN, date(2026, 9, 1)),))
    )
    assert [book.file_name for book in first] == [book.file_name for book in again]
    assert first[0].file_name.startswith("checklist_77-b")
    assert first[0].file_name.endswith("_2026-10-23.xlsx")


def test_different_numbers_never_share_a_file() -> None:
    people = [leaver(number) for number in ("7/7", "7-7", "7 7", "é", "ü", "")]
    made = report(tuple(people), tuple(tracked(examination, "LVR001") for examination in people))
    names = [book.file_name for book in books(made)]
    assert len(set(names)) == len(people)


def test_it_tells_what_was_seen_and_when_each_step_is_due() -> None:
    examination = leaver()
    (book,) = books(report((examination,), (tracked(examination, "LVR001"),)))
    table = only_table(book)
    said = "\n".join(table.lead)
    assert "Jürgen Fictief (77)" in said
    assert "Last day: 23 October 2026" in said
    assert (
        "Seen on 22 November 2026 10:05 CET: Still shows a current position linked to our company page."
        in said
    )
    keys = [column.key for column in table.columns]
    known = CaseRecord("77", LAST_DAY, date(2026, 9, 20))  # announced in September: the plan holds
    (planned,) = books(report((examination,), (tracked(examination, "LVR001"),), cases={known.id: known}))
    due = {row[keys.index("step")]: row[keys.index("due")] for row in only_table(planned).rows}
    assert due["O05"] == LAST_DAY
    assert due["O13"] == date(2026, 10, 26)  # the day after is a Saturday
    assert due["O19"] == date(2026, 10, 20)
    assert due["O12"] <= LAST_DAY
    assert {column.key for column in table.columns if column.editable} == {
        "done",
        "evidence",
        "done_on",
        "done_by",
    }


def test_steps_that_follow_a_finding_are_not_prepared_without_one() -> None:
    soon = examined(person("30", RosterState.LEAVING_SOON, last_day=TODAY + timedelta(days=20)))
    (book,) = books(report((soon,)))
    numbers = {row[1] for row in only_table(book).rows}
    assert not numbers & {"O21", "O22", "O23", "O24", "O28"}
    assert {"O01", "O05", "O19", "O26"} <= numbers
    assert any("prepare" in line for line in only_table(book).lead)


def test_the_steps_are_those_hr_agreed_on() -> None:
    path = HR / "offboarding_items.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        wanted = {
            row["id"]: (int(row["due_offset_days"]), row["owner"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    wanted["O29"] = (-5, "HR")  # the verification of the workplace, which came later
    assert {step.id: (step.offset, step.owner) for step in steps()} == wanted


def test_a_run_that_is_not_sound_says_so_on_every_checklist() -> None:
    examination = leaver()
    made = report((examination,), (tracked(examination, "LVR001"),), health=DEGRADED)
    (book,) = books(made)
    assert only_table(book).alerts
    assert book.alarming


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_opened_in_every_language(language: str, tmp_path: Path) -> None:
    examination = leaver(name="=1+1")
    made = replace(report((examination,), (tracked(examination, "LVR001"),)), language=language)
    (path,) = WRITER.write(books(made)[0], tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet.tables["tblChecklist"].ref.startswith("A8:L")


def test_every_step_has_an_id_that_stays_and_that_no_other_case_has() -> None:
    people = [leaver("77"), leaver("78"), leaver("77", last_day=date(2026, 9, 1))]
    ids = []
    for one in people:
        (book,) = books(report((one,), (tracked(one, "LVR001"),)))
        (again,) = books(report((one,), (tracked(one, "LVR001", FindingState.OPEN, date(2026, 9, 9)),)))
        own = [row[-1] for row in only_table(book).rows]
        assert own == [row[-1] for row in only_table(again).rows]
        ids += own
    assert len(set(ids)) == len(ids)
    assert not any(part == "77" for one in ids for part in one.split("-"))


def test_the_hidden_sheet_says_whose_case_it_is_and_what_the_answers_mean() -> None:
    examination = leaver("7;7")
    (book,) = books(replace(report((examination,), (tracked(examination, "LVR001"),)), language="fr"))
    keys = next(one for one in book.tables if isinstance(one, Table) and one.hidden)
    rows = {(row[0], row[1]): row[2:] for row in keys.rows}
    case = only_table(book).rows[0][-1].rsplit("-", 1)[0]
    assert rows["case", case][:2] == ("7;7", "2026-10-23")
    assert "Oui" in rows["answer", "done"]
    assert rows["column", "done_on"][0] == "Done on"
    assert {column.key for column in only_table(book).columns} == {
        code for kind, code in rows if kind == "column"
    }


def test_what_was_answered_stands_in_the_next_checklist() -> None:
    examination = leaver()
    made = report((examination,), (tracked(examination, "LVR001"),))
    (book,) = books(made)
    first, *others = [row[-1] for row in only_table(book).rows]
    done = StepAnswer(StepState.DONE, "=list of 3 May", date(2026, 11, 2), "Piet")
    (some,) = books(replace(made, case_answers={first: done}))
    assert only_table(some).rows[0][0] == "Yes"
    assert only_table(some).rows[0][8:11] == ("=list of 3 May", date(2026, 11, 2), "Piet")
    assert "The company: open · The person: open" in only_table(some).lead
    answers = {one: StepAnswer(StepState.NOT_NEEDED) for one in others} | {first: done}
    (all_done,) = books(replace(made, case_answers=answers))
    lead = only_table(all_done).lead
    assert "The company: done · The person: open" in lead, "what is still seen outranks what is ticked"
    assert any(line.startswith("All steps that concern the person are ticked, but") for line in lead)


def test_no_step_falls_due_on_a_day_off_of_the_entity_s_country() -> None:
    armistice = date(2026, 11, 11)
    examination = leaver(last_day=armistice - timedelta(days=1))
    made = report((examination,), (tracked(examination, "LVR001"),))
    known = CaseRecord("77", armistice - timedelta(days=1), date(2026, 10, 20))
    for country, due in (("BE", date(2026, 11, 12)), ("NL", armistice), ("", armistice)):
        own = Company("Noordlicht NV", (), (), country=country)
        (book,) = books(replace(made, companies={"Noordlicht NV": own}, cases={known.id: known}))
        days = {row[1]: row[5] for row in only_table(book).rows if row[5]}
        assert days["O13"] == due
        assert all(day.weekday() < 5 for day in days.values())


def test_a_late_sighting_and_each_letter_move_what_follows() -> None:
    examination = departing.leaver(last_day=date(2026, 6, 30))  # first seen on 22 November
    made = departing.leavers_report(examination, looks={}, language="en")

    def due(**more: Any) -> dict[str, date]:
        (book,) = books(replace(made, **more))
        return {row[1]: row[5] for row in only_table(book).rows}

    # high: 14 days from 22 November are a Sunday; what was due in June is caught up on in a week
    assert due()["O21"] == date(2026, 12, 7)
    assert due()["O05"] == date(2026, 11, 30)
    assert due()["O22"] is due()["O23"] is None, "no reminder before a first letter"
    sent = due(letters_sent={"77": (date(2026, 12, 1),)})
    assert sent["O22"] == date(2026, 12, 31)


def test_a_leaver_found_late_gets_what_still_makes_sense_first_and_the_rest_folded(tmp_path: Path) -> None:
    examination = departing.leaver(last_day=date(2026, 9, 18))  # a Friday; first seen on 22 November
    (book,) = books(departing.leavers_report(examination, looks={}))
    table = only_table(book)
    rows = {row[1]: row for row in table.rows}
    assert table.rows[0][1] == "O21", "the act that matters stands on top"
    # these belong to the exit talk and the days before: 18 September less 10, 5, 5, 5, 5, 3 and 3 days
    missed = [row[1] for row in table.rows[-table.folded :]]
    assert (table.folded, set(missed)) == (7, {"O04", "O01", "O02", "O03", "O29", "O19", "O12"})
    assert rows["O19"][5:7] == (None, "should have been done by 15 September 2026")
    assert "7 steps before the last day are folded at the end: the moment for them has passed." in table.lead
    days = [row[5] for row in table.rows if row[5]]
    assert min(days) >= TODAY or {row[1] for row in table.rows if row[5] and row[5] < TODAY} == {"O20"}
    (path,) = WRITER.write(book, tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    folded = [number for number, look in sheet.row_dimensions.items() if look.hidden]
    assert [sheet.cell(number, 2).value for number in folded] == missed


def test_steps_whose_moment_has_passed_do_not_keep_a_case_open() -> None:
    examination = leaver(last_day=date(2026, 9, 18))
    made = report((examination,), (tracked(examination, "LVR001"),))
    (book,) = books(made)
    still = [row[-1] for row in only_table(book).rows if not str(row[6]).startswith("should have been")]
    (done,) = books(replace(made, case_answers={one: StepAnswer(StepState.DONE) for one in still}))
    assert "The company: done · The person: open" in only_table(done).lead
