from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.model.capture import CaptureStatus
from auditor.model.document import Grid, Heading, Notice, Page, Paragraph, Picture, Table, Workbook
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState
from auditor.model.report import AuditReport
from auditor.model.returned import CHECKED_COLUMNS, row_check
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.model.rule import Confidence, Failed, Passed, Severity, Undetermined
from auditor.reports import LANGUAGES
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.sheet import sheets
from auditor.writers.xlsx import WRITER
from tests.reports.invented import (
    DEGRADED,
    STILL_HERE,
    TODAY,
    WRONG_HEADLINE,
    examined,
    old_banner,
    person,
    report,
    sixty,
    tracked,
)


def overall(made: AuditReport) -> Workbook:
    document = exception_workbooks(made)[0]
    assert isinstance(document, Workbook)
    return document


def sheet(made: AuditReport, key: str) -> Table:
    found = next(part for part in overall(made).tables if part.key == key)
    assert isinstance(found, Table)
    return found


def page(made: AuditReport, key: str) -> Page:
    found = next(part for part in overall(made).tables if part.key == key)
    assert isinstance(found, Page)
    return found


def column(table: Table, key: str) -> list[Any]:
    at = [c.key for c in table.columns].index(key)
    return [row[at] for row in table.rows]


def texts(shown: Page) -> list[str]:
    said: list[str] = []
    for block in shown.blocks:
        if isinstance(block, Heading | Notice | Paragraph):
            said.append(block.text)
        elif isinstance(block, Grid):
            said += [str(value) for row in block.rows for value in row]
    return said


def headline(number: str, name: str, first_seen: date = TODAY, **more: Any) -> tuple[Any, Any]:
    examination = examined(person(number, name=name, **more), {"HDL001": WRONG_HEADLINE})
    return examination, tracked(examination, "HDL001", FindingState.OPEN, first_seen)


def test_the_sheets_stand_in_the_order_hr_reads_them() -> None:
    titles = [part.title for part in overall(sixty()).tables]
    order = [
        "Summary", "Findings", "Leavers", "Could not verify", "Not assessed", "Roster check", "Decisions",
        "All people", "Trend", "Legend", "Run info", "_keys",
    ]  # fmt: skip
    assert [title for title in titles if title in order] == order, "a sheet is missing or in another place"


def test_findings_carry_the_columns_of_the_specification() -> None:
    path = Path(__file__).resolve().parents[2].parent / "shared" / "hr" / "report_columns.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    wanted = [
        cells[2]
        for cells in (line.split("\t") for line in path.read_text("utf-8").splitlines())
        if cells[0] == "2 Findings" and cells[1] != "0"
    ]
    said = {"Banner": "Banner seen", "Remark": "Remark (no health data)"}
    headings = [c.heading for c in sheet(sixty(), "findings").columns]
    assert [heading for heading in headings if heading in {said.get(w, w) for w in wanted}] == [
        said.get(w, w) for w in wanted
    ]


def test_rows_are_ordered_by_severity_then_due_day_then_name() -> None:
    pairs = [
        headline("1", "Zeger Fictief", TODAY - timedelta(days=40)),
        headline("2", "Bram Fictief"),
        headline("3", "Anneke Fictief"),
    ]
    examination = examined(person("4", name="Yve Fictief"), {"BNR001": old_banner(1)})
    urgent = replace(old_banner(2), severity=Severity.HIGH)
    other = examined(person("5", name="Xan Fictief"), {"BNR001": urgent})
    pairs += [(examination, tracked(examination, "BNR001")), (other, tracked(other, "BNR001"))]
    people, findings = zip(*pairs, strict=True)
    table = sheet(report(people, findings), "findings")
    assert column(table, "employee_no") == ["5", "1", "3", "2", "4"]
    assert column(table, "severity") == ["High", "Medium", "Medium", "Medium", "Low"]
    assert column(table, "due")[:2] == [TODAY + timedelta(days=14), TODAY - timedelta(days=10)]


def test_leavers_stand_apart_with_their_own_columns() -> None:
    leaver = examined(
        person("77", RosterState.LEAVER_OVERDUE, "Jürgen Fictief", last_day=date(2026, 10, 24)),
        {"LVR001": STILL_HERE},
    )
    other, finding = headline("1", "Anneke Fictief")
    made = report((leaver, other), (tracked(leaver, "LVR001"), finding))
    leavers = sheet(made, "leavers")
    assert column(sheet(made, "findings"), "employee_no") == ["1"]
    assert column(leavers, "employee_no") == ["77"]
    assert column(leavers, "days_since") == [29]
    assert column(leavers, "checklist") == ["Open: company and person\nchecklist_77_2026-10-24.xlsx"]
    assert column(leavers, "seen")[0].startswith("Still shows a current position linked to our company page.")


def test_the_states_of_a_finding_are_told_apart() -> None:
    examination, _ = headline("1", "Anneke Fictief")
    states = {
        state: tracked(
            examination, "HDL001", state, date(2026, 8, 20), last_seen=date(2026, 10, 20), note="agreed"
        )
        for state in FindingState
    }
    shown = {state: report((examination,), (finding,)) for state, finding in states.items()}
    listed = {state for state, made in shown.items() if sheet(made, "findings").rows}
    assert listed == {FindingState.NEW, FindingState.OPEN, FindingState.REOPENED, FindingState.UNVERIFIED}
    assert {state for state, made in shown.items() if sheet(made, "decisions").rows} == {
        FindingState.WAIVED,
        FindingState.RESOLVED,
        FindingState.REOPENED,
    }
    unverified = sheet(shown[FindingState.UNVERIFIED], "findings")
    assert column(unverified, "seen")[0].startswith(
        "Seen earlier, on 20 October 2026; not verifiable this time."
    )
    assert column(unverified, "status") == ["Not verifiable this time"]
    assert column(unverified, "seen_on") == [date(2026, 10, 20)]
    assert column(sheet(shown[FindingState.WAIVED], "decisions"), "note") == ["agreed"]


def test_review_says_that_a_person_must_look() -> None:
    sister = Undetermined(
        "MAYBE_SISTER", "maybe", True, "Engineer at Noordlicht", "Engineer at Noordlicht Fonds"
    )
    examination = examined(person(), {"HDL001": sister})
    made = report((examination,), (tracked(examination, "HDL001"),))
    assert column(sheet(made, "findings"), "certainty") == ["Needs a human check"]
    assert column(sheet(made, "all_people"), "result") == ["To be reviewed"]
    assert column(sheet(made, "could_not_verify"), "reason") == [
        "Headline: Needs a human check (see the findings)"
    ]


@pytest.mark.parametrize("status", [status for status in CaptureStatus if status is not CaptureStatus.OK])
def test_nobody_unreadable_is_accused_or_forgotten(status: CaptureStatus) -> None:
    unknown = Undetermined(status.upper(), "no evidence")
    made = report((examined(person(), {"BNR001": unknown, "HDL001": unknown}, status),))
    assert not sheet(made, "findings").rows
    (reason,) = column(sheet(made, "could_not_verify"), "reason")
    assert reason
    assert "_" not in reason
    assert column(sheet(made, "all_people"), "result") == ["Could not verify"]


def test_people_who_are_not_opened_on_purpose_are_not_called_unverifiable() -> None:
    states = (RosterState.LONG_LEAVE, RosterState.EXCLUDED, RosterState.LEAVING_SOON, RosterState.RELATED)
    people = tuple(examined(person(str(n), state)) for n, state in enumerate(states))
    made = report(people)
    assert not sheet(made, "could_not_verify").rows
    assert column(sheet(made, "all_people"), "employee_no") == ["0", "2", "3"]  # an objection is only counted


def test_a_run_that_is_not_sound_says_so_first_and_everywhere() -> None:
    notice = RosterNotice("F07", "No leavers in the file: export again")
    made = report((), (), health=DEGRADED, notices=(notice,))
    book = overall(made)
    notices = [block.text for block in page(made, "summary").blocks if isinstance(block, Notice)]
    assert notices[0] == "This run cannot be trusted: the site refused 4 visits"
    assert len(notices) == 3
    assert isinstance(page(made, "summary").blocks[2], Notice)
    assert book.alarming
    assert "cannot be trusted" in book.page_header
    sound = overall(report())
    assert not sound.alarming
    assert not sound.page_header


def test_the_summary_says_what_to_do_first() -> None:
    pairs = [headline(str(n), f"Person {n:02} Fictief") for n in range(14)]
    people, findings = zip(*pairs, strict=True)
    grids = [block for block in page(report(people, findings), "summary").blocks if isinstance(block, Grid)]
    assert [row[0] for row in grids[0].rows] == [f"Person {n:02} Fictief" for n in range(10)]
    figures = {row[0]: row[1] for row in grids[1].rows}
    assert figures["Open findings"] == 14
    assert figures["People in the roster"] == 14


def test_per_entity_workbooks_hold_no_row_of_another_entity(tmp_path: Path) -> None:
    documents = [document for document in exception_workbooks(sixty()) if isinstance(document, Workbook)]
    assert [document.file_name for document in documents] == [
        "linkedin-audit_all_2026-11.xlsx",
        "linkedin-audit_Groupe-Etoile-SA_2026-11.xlsx",
        "linkedin-audit_Noordlicht-NV_2026-11.xlsx",
        "linkedin-audit_Zuiderzon-BV_2026-11.xlsx",
    ]
    (path,) = WRITER.write(documents[2], tmp_path)
    said = {
        str(cell.value)
        for part in openpyxl.load_workbook(path)
        for row in part
        for cell in row
        if cell.value is not None
    }
    assert any("Noordlicht NV" in text for text in said)
    assert not [text for text in said if "Zuiderzon" in text or "Étoile" in text]


def test_entities_whose_names_clean_to_the_same_word_keep_their_own_files() -> None:
    people = tuple(
        examined(person(str(n), entity=name)) for n, name in enumerate(("A/B [C]", "A-B C", "a b c", "All"))
    )
    names = [document.file_name.casefold() for document in exception_workbooks(report(people))]
    assert len(set(names)) == len(names) == 5


def test_pictures_stand_beside_the_standard_one_or_become_a_word() -> None:
    examination = examined(person(), {"BNR001": old_banner(3)})
    made = report(
        (examination,), (tracked(examination, "BNR001"),), standard_banners={"Noordlicht NV": b"standard"}
    )
    table = sheet(made, "findings")
    seen, ours = column(table, "banner")[0], column(table, "standard_banner")[0]
    assert isinstance(seen, Picture)
    assert ours == Picture(b"standard", "The current banner of Noordlicht NV")
    assert column(sheet(replace(made, thumbnails="none"), "findings"), "banner") == ["No"]


def test_the_row_check_notices_an_edited_cell() -> None:
    examination, finding = headline("1", "Anneke Fictief")
    made = report((examination,), (finding,))
    table = sheet(made, "findings")
    cells = {c.key: value for c, value in zip(table.columns, table.rows[0], strict=True)}
    assert cells["row_check"] == row_check(made.run.id, made.run.policy_sha256, cells)
    for key in CHECKED_COLUMNS:
        assert row_check(made.run.id, made.run.policy_sha256, {**cells, key: "edited"}) != cells["row_check"]


def test_roster_check_holds_what_was_not_simply_read_and_the_sum_holds() -> None:
    made = sixty()
    table = sheet(made, "roster_check")
    assert column(table, "code") == ["F08", "F07", "E11", "P14", "P02"]
    said = texts(page(made, "run_info"))
    assert said[said.index("Rows in the file") + 1] == "64"


def test_an_entity_sees_only_roster_rows_of_its_own_people() -> None:
    people = (examined(person("1", entity="A")), examined(person("2", entity="B")))
    rows = (
        RowRecord(2, RowFate.MERGED, "P02", person="1", message="merged for 1"),
        RowRecord(3, RowFate.MERGED, "P02", person="2", message="merged for 2"),
        RowRecord(4, RowFate.REJECTED, "E06", message="broken", raw="secret;of;B"),
    )
    document = exception_workbooks(report(people, rows=rows))[1]
    assert isinstance(document, Workbook)
    table = next(part for part in document.tables if part.key == "roster_check")
    assert isinstance(table, Table)
    assert column(table, "message") == ["merged for 1"]


def test_trend_keeps_thirteen_months_and_this_one_last() -> None:
    table = sheet(sixty(), "trend")
    assert column(table, "month")[-2:] == ["October 2026", "November 2026"]
    assert column(table, "high")[-1] == 6
    assert table.chart is not None


def test_a_month_without_a_run_is_an_empty_row_of_the_trend() -> None:
    made = sixty()
    without_june = tuple(month for month in made.trend if month.today.month != 6)
    table = sheet(replace(made, trend=without_june), "trend")
    assert column(table, "month")[2:5] == ["May 2026", "June 2026", "July 2026"]
    assert column(table, "people")[3] is None
    old = replace(made.trend[0], today=date(2020, 1, 20))
    assert len(sheet(replace(made, trend=(old,)), "trend").rows) == 13, "calendar months, not the last runs"


def test_what_a_sentence_says_already_is_not_said_again_in_english() -> None:
    one = examined(person(), {"BNR001": Failed("BANNER_UNKNOWN", "other", "Autumn 2026", "unknown picture")})
    two = examined(person("2"), {"BNR001": Failed("BANNER_PREVIOUS", "old", "Autumn 2026", "Autumn 2025")})
    made = replace(report((one, two), (tracked(one, "BNR001"), tracked(two, "BNR001"))), language="nl")
    seen = sorted(column(sheet(made, "findings"), "seen"))
    assert seen == [
        "Toont een ander beeld dan onze banner.",
        "Toont een vroegere banner van het bedrijf.\nAutumn 2025",
    ]


def test_the_rules_of_the_run_are_named_in_the_reader_s_language() -> None:
    shown = page(replace(sixty(), language="fr"), "run_info")
    cells = {row[0]: row[1] for block in shown.blocks if isinstance(block, Grid) for row in block.rows}
    assert (cells["BNR001"], cells["LVR001"]) == ("Bannière", "Ancien collaborateur")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_never_become_formulas_in_any_language(language: str, tmp_path: Path) -> None:
    names = (
        "=1+1",
        "+x",
        "-x",
        "@SUM(A1)",
        "a\x00\x08b",
        "\ud800",
        "x" * 40_000,
        "<r>x</r>",
        "\u202egnp.exe",
    )
    people, findings = [], []
    for n, name in enumerate(names):
        failed = Failed("UNHEARD_OF", name, name, name, Confidence.PROBABLE, remedy=name)
        employee = person(f"={n}", name=name, entity=f"{name[:50]}[{n % 2}]", manager=name, last_day=TODAY)
        examination = examined(employee, {"HDL001": failed, "LVR001": failed, "XYZ001": Passed(name)})
        people.append(examination)
        findings += [tracked(examination, rule, note=name) for rule in ("HDL001", "LVR001")]
    rows = (RowRecord(2, RowFate.REJECTED, "E06", "=Blad", "", "=1+1", "=1+1"),)
    notices = (
        RosterNotice("E04", "=1+1", 3, facts=(("value", "=1+1"), ("row", "3"))),
        RosterNotice("?", "@x"),
    )
    made = report(tuple(people), tuple(findings), rows=rows, notices=notices, language=language)
    for document in exception_workbooks(made)[:2]:
        (path,) = WRITER.write(document, tmp_path)
        for part in openpyxl.load_workbook(path):
            assert not [cell.coordinate for row in part for cell in row if cell.data_type == "f"]
            assert all(len(str(cell.value)) < 1_000 for row in part for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_people_or_findings_still_opens(language: str, tmp_path: Path) -> None:
    (path,) = WRITER.write(overall(report(language=language)), tmp_path)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(sheets()) + 2, "the keys and the words of the drop-downs are hidden"
    findings = book[book.sheetnames[1]]
    assert findings.max_row == 2
    assert findings["A2"].value


def test_the_legend_says_what_it_is_not_for_and_how_to_object() -> None:
    said = " ".join(texts(page(report(contacts={"Noordlicht NV": "privacy@noordlicht.example"}), "legend")))
    assert "correct presentation, not collecting proof" in said
    assert "not used for appraisal, pay or disciplinary action" in said
    assert "belongs to the person" in said
    assert "object at any time, without giving a reason: privacy@noordlicht.example" in said


def test_the_short_form_stops_its_lists_and_says_so_on_the_first_page_and_on_the_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("auditor.reports.short_form.MOST_ROWS", 3)
    full = sixty()
    made = replace(full, summary=True)
    documents = exception_workbooks(made)
    assert len(documents) == 1  # none for each of the three entities
    book = overall(made)
    assert "all_people" not in [part.key for part in book.tables]
    for key in ("findings", "leavers", "could_not_verify", "not_assessed", "roster_check", "decisions"):
        whole, short = sheet(full, key), sheet(made, key)
        assert short.rows[:3] == whole.rows[:3]
        assert len(short.rows) == min(len(whole.rows), 3)
        cut = len(whole.rows) > 3
        assert any(f"the first 3 of {len(whole.rows)} rows" in line for line in short.alerts) is cut
    first = texts(page(made, "summary"))
    for title in ("Findings", "Could not verify"):
        key = title.lower().replace(" ", "_")
        assert f"The sheet {title} lists 3 of {len(sheet(full, key).rows)} rows only." in first
    assert any("every person stands in findings.json" in line for line in first)
    assert not any("Short form" in line for line in texts(page(full, "summary")))


def test_the_short_form_counts_the_same_people_as_the_full_one() -> None:
    full = sixty()
    short = page(replace(full, summary=True), "summary")
    figures = [block for block in short.blocks if isinstance(block, Grid)]
    assert figures == [block for block in page(full, "summary").blocks if isinstance(block, Grid)]
