"""Looks and letters that HR enters on the leavers' sheet, without any command."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from auditor.app.decide import FileTaken
from auditor.app.publish import write_reports
from auditor.cli.decisions import decisions
from auditor.model.case import CaseEventKind
from auditor.model.decision import DecisionReason
from auditor.reports.scope import whole
from auditor.reports.sheets.leavers import leavers_table
from auditor.store.cases import CaseEventStore
from tests.feedback.firm import MONTHS, Sheet
from tests.feedback.leaving import LAST_DAY, STILL, LeavingFirm

WHO = "0201"
#: the first month is that of 20 September 2026; Erik left on 31 August
SEEN = MONTHS[0]


@pytest.fixture(scope="module")
def first_month(tmp_path_factory: Any) -> LeavingFirm:
    firm = LeavingFirm(tmp_path_factory.mktemp("made") / "firm")
    firm.month(0, n0201=STILL)
    return firm


@pytest.fixture
def firm(first_month: LeavingFirm, tmp_path: Any) -> LeavingFirm:
    return first_month.copied_to(tmp_path / "firm")


def enter(firm: LeavingFirm, read_on: date, name: str = "back.xlsx", **days: object) -> FileTaken:
    """HR fills in `looked` and `sent`, and the workbook is read."""
    book = load_workbook(firm.workbook())
    sheet = Sheet(book["Leavers"])
    for heading, value in (("Looked on", days.get("looked")), ("Sent on", days.get("sent"))):
        if value is not None:
            sheet.sheet.cell(2, sheet.column(heading)).value = value  # type: ignore[assignment]
    book.save(firm.folder / name)
    return firm.take(firm.folder / name, read_on)


def events(firm: LeavingFirm) -> list[tuple[CaseEventKind, date]]:
    return [(one.kind, one.on_day) for one in CaseEventStore(firm.store.engine).all()]


def row(firm: LeavingFirm) -> dict[str, Any]:
    assert firm.report is not None
    table = leavers_table(whole(firm.report))
    return dict(zip((column.key for column in table.columns), table.rows[0], strict=True))


def test_a_look_and_a_letter_are_kept_shown_and_said_once(firm: LeavingFirm) -> None:
    looked, sent = date(2026, 9, 22), date(2026, 9, 23)
    taken = enter(firm, date(2026, 9, 24), looked=looked, sent=sent)
    assert [one.kind for one in taken.events] == [CaseEventKind.LOOKED, CaseEventKind.SENT]
    assert taken.decisions == ()
    assert events(firm) == [(CaseEventKind.LOOKED, looked), (CaseEventKind.SENT, sent)]
    firm.month(1, n0201=STILL)
    assert (row(firm)["looked_on"], row(firm)["sent_on"]) == (looked, sent)
    assert (
        "The letter went out on 23 September 2026. Nothing more is sent before 23 October 2026."
        in row(firm)["action"]
    )
    again = enter(firm, MONTHS[1], "again.xlsx")
    assert (again.events, again.decisions) == ((), ()), "what the program wrote itself says nothing"


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ({"sent": date(2026, 9, 23)}, DecisionReason.NO_FRESH_LOOK),
        ({"looked": date(2026, 9, 12), "sent": date(2026, 9, 23)}, DecisionReason.NO_FRESH_LOOK),
        ({"looked": date(2026, 9, 25)}, DecisionReason.DATE_IN_FUTURE),
        ({"looked": LAST_DAY}, DecisionReason.BEFORE_LAST_DAY),
        ({"looked": "last week"}, DecisionReason.DATE_UNREADABLE),
    ],
)
def test_a_day_that_cannot_be_is_listed_and_said_aloud(
    firm: LeavingFirm, days: dict[str, object], reason: DecisionReason
) -> None:
    taken = enter(firm, date(2026, 9, 24), **days)
    assert [(one.applied, one.reason) for one in taken.decisions] == [(False, reason)]
    assert CaseEventKind.SENT not in {kind for kind, _ in events(firm)}
    firm.month(1, n0201=STILL)
    assert str(row(firm)["status"]).startswith("Your answer “")
    assert "was not applied" in str(row(firm)["status"])


def test_a_third_letter_is_none(firm: LeavingFirm) -> None:
    for month, name in ((0, "a.xlsx"), (1, "b.xlsx")):
        if month:
            firm.month(month, n0201=STILL)
        day = MONTHS[month] + timedelta(days=4)
        assert enter(firm, day, name, looked=day, sent=day).decisions == ()
    firm.month(2, n0201=STILL)
    day = MONTHS[2] + timedelta(days=4)
    (third,) = enter(firm, day, "c.xlsx", looked=day, sent=day).decisions
    assert third.reason is DecisionReason.THIRD_LETTER


def test_reading_a_look_on_the_command_line_drafts_the_letter(firm: LeavingFirm) -> None:
    assert firm.report is not None
    folder = firm.folder / "reports" / firm.report.run.id
    pack = write_reports(firm.report, folder) and folder / "leavers" / f"{WHO}_{LAST_DAY}"
    assert "letter-not-ready.html" in {path.name for path in pack.iterdir()}
    book = load_workbook(firm.workbook())
    sheet = Sheet(book["Leavers"])
    sheet.sheet.cell(2, sheet.column("Looked on")).value = date(2026, 9, 22)  # type: ignore[assignment]
    book.save(firm.folder / "back.xlsx")
    options = ["--policy", str(firm.policy.path), "--output", str(firm.folder / "reports")]
    done = CliRunner().invoke(
        decisions, ["read", str(firm.folder / "back.xlsx"), *options, "--today", "2026-09-23"]
    )
    assert done.exit_code == 0, done.output
    # the entity names no country, and its language is English
    assert {"letter.docx", "before-sending.html"} <= {path.name for path in pack.iterdir()}


def test_a_day_beside_somebody_else_is_not_believed(firm: LeavingFirm) -> None:
    """Part of the sheet was sorted without the finding's id: nobody knows whom HR looked at."""
    book = load_workbook(firm.workbook())
    sheet = Sheet(book["Leavers"])
    for heading, value in (
        ("Employee no.", "0202"),
        ("Name", "Somebody Else"),
        ("Looked on", date(2026, 9, 22)),
    ):
        sheet.sheet.cell(2, sheet.column(heading)).value = value  # type: ignore[assignment]
    book.save(firm.folder / "sorted.xlsx")
    taken = firm.take(firm.folder / "sorted.xlsx", date(2026, 9, 24))
    assert [one.reason for one in taken.decisions] == [DecisionReason.MIXED_ROW]
    assert events(firm) == []
