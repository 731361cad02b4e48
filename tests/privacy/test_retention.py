"""What is older than agreed goes, at the start of every run and on command (G15, G16)."""

import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from auditor.model.dates import months_after, months_before
from auditor.model.policy import Retention
from auditor.store import tables
from auditor.store.database import open_database
from auditor.store.retention import purge
from auditor.store.runs import Examined, RunStore
from tests.privacy.everything import places_of
from tests.privacy.firm import PEOPLE
from tests.store import test_runs as made

KEPT = Retention()
PASSED = made.replace(made.EXAMINATION.results[0], outcome=made.Passed("OK"))


@pytest.fixture
def store(address):
    engine = open_database(address)
    yield RunStore(engine)
    engine.dispose()


def month(store, run_id, day, examination=made.EXAMINATION, employee=made.EMPLOYEE):
    """A finished run of one day, with one person."""
    roster = made.replace(made.ROSTER, employees=(employee,))
    run = store.begin(made.facts(run_id, day), roster, run_id)
    told = made.replace(examination, employee=employee)
    store.save(run_id, [Examined(0, told, True)])
    made.finish(store, run, [told], day)


def rows(store, table) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table))


IN_SERVICE = made.replace(made.EMPLOYEE, roster_state=made.RosterState.ACTIVE, last_day=None)


def test_evidence_pictures_go_after_thirty_days(store):
    month(store, "a", date(2026, 9, 1), employee=IN_SERVICE)
    assert rows(store, tables.pictures) == 3
    assert purge(store.engine, date(2026, 10, 1), KEPT)["pictures"] == 0
    assert purge(store.engine, date(2026, 10, 2), KEPT)["pictures"] == 3
    assert rows(store, tables.pictures) == 0
    assert rows(store, tables.tracked) == 1, "the finding itself stays"


def test_evidence_pictures_go_seven_days_after_closing_when_that_is_sooner(store):
    month(store, "a", date(2026, 9, 1), employee=IN_SERVICE)
    fixed = made.replace(made.EXAMINATION, results=(PASSED,))
    month(store, "b", date(2026, 9, 10), fixed, IN_SERVICE)
    assert purge(store.engine, date(2026, 9, 16), KEPT)["pictures"] == 0
    assert purge(store.engine, date(2026, 9, 17), KEPT)["pictures"] == 1, "that of the closed finding"
    assert rows(store, tables.pictures) == 2, "those of the point that is still open"


def test_findings_go_twelve_months_after_closing_and_counts_stay(store):
    month(store, "a", date(2025, 1, 10), employee=IN_SERVICE)
    fixed = made.replace(made.EXAMINATION, results=(PASSED,))
    month(store, "b", date(2025, 2, 10), fixed, IN_SERVICE)
    purge(store.engine, date(2026, 2, 10), KEPT)
    assert rows(store, tables.tracked) == 1, "the row of the closing is exactly twelve months old"
    counts = purge(store.engine, date(2026, 2, 11), KEPT)
    assert (counts["tracked"], counts["rosters"]) == (1, 1)
    for table in (tables.tracked, tables.examinations, tables.pictures):
        assert rows(store, table) == 0
    assert store.run_ids() == ["b", "a"]
    assert store.run("b").facts.counts is not None
    assert store.run("b").roster.employees == ()


def test_leavers_go_twelve_months_after_their_last_day(store):
    last = made.EMPLOYEE.last_day
    month(store, "a", date(2027, 8, 1))
    assert purge(store.engine, months_after(last, 12), KEPT)["leavers"] == 0
    counts = purge(store.engine, months_after(last, 12) + timedelta(days=1), KEPT)
    assert (counts["leavers"], counts["examinations"]) == (1, 1)
    assert store.run("a").roster.employees == ()


def test_who_came_back_is_no_leaver(store):
    month(store, "a", date(2027, 7, 1))
    month(store, "b", date(2027, 8, 1), employee=IN_SERVICE)
    assert purge(store.engine, date(2027, 9, 30), KEPT)["leavers"] == 0


def test_a_trial_purge_changes_nothing(store):
    month(store, "a", date(2025, 1, 10), employee=IN_SERVICE)
    told = purge(store.engine, date(2027, 1, 1), KEPT, dry_run=True)
    assert told["tracked"] == 1
    assert rows(store, tables.tracked) == 1
    assert purge(store.engine, date(2027, 1, 1), KEPT) == told


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-22", 12, "2025-11-22"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
    ],
)
def test_months_are_calendar_months(day, months, before):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


def test_the_command_empties_store_reports_and_page_copies_and_leaves_a_receipt(firm):
    firm.write_policy(tail="store: {keep_captures_days: 30}")
    firm.save_all()
    firm.run()
    (firm.folder / "saved" / "mine.docx").write_text("not a page")
    (firm.reports / "2020-01-01-notes").mkdir()
    old = (datetime.now(UTC) - timedelta(days=40)).timestamp()
    for path in (firm.folder / "saved").glob(f"{PEOPLE[0].slug}.html"):
        os.utime(path, (old, old))
    later = ("--today", "2028-01-01", "--output", str(firm.reports))
    trial = json.loads(firm.privacy("purge", "--dry-run", *later).stdout)["counts"]
    assert list(firm.reports.glob("2026-*"))
    done = json.loads(firm.privacy("purge", *later).stdout)
    assert done == {"dry_run": False, "counts": trial}
    # the page that is too old, and that of the leaver who is let go of
    assert (trial["report_folders"], trial["page_copies"], trial["examinations"]) == (1, 2, len(PEOPLE))
    assert [path.name for path in firm.reports.iterdir()] == ["2020-01-01-notes"]
    left = {path.name for path in (firm.folder / "saved").iterdir()}
    assert left == {f"{PEOPLE[1].slug}.html", f"{PEOPLE[2].slug}.html", "mine.docx"}
    for row in PEOPLE:
        assert places_of(row.name, firm.state) == [], "not even in the freed pages of the store"
    log = firm.log("show", "--format", "json").stdout.splitlines()
    receipt = [line for line in log if '"purged"' in line]
    assert json.loads(receipt[-1])["content"]["counts"] == trial


def test_a_leaver_s_papers_go_out_of_a_report_that_is_kept(firm):
    firm.save_all()
    firm.run(today="2026-11-22")
    leaver = PEOPLE[3].number
    named = [path for path in firm.reports.rglob("*") if f"{leaver}_2026-" in path.name]
    assert {"leavers", "2026-11-22-01"} <= {path.parent.name for path in named}
    last_day = max(path.name for path in named if path.is_dir()).rsplit("_", 1)[1]
    over = months_after(date.fromisoformat(last_day), 12) + timedelta(days=1)
    later = ("--today", over.isoformat(), "--output", str(firm.reports))
    counts = json.loads(firm.privacy("purge", *later).stdout)["counts"]
    assert (counts["report_folders"], counts["leavers_papers"]) == (0, len(named))
    assert not [path for path in firm.reports.rglob("*") if f"{leaver}_2026-" in path.name]
    assert list(firm.reports.rglob("findings.json")), "the report itself is not yet old enough"


def test_page_copies_of_people_in_service_are_left_alone_unless_the_policy_says_so(firm):
    firm.save_all()
    firm.run()
    for path in (firm.folder / "saved").iterdir():
        os.utime(path, (0, 0))
    firm.privacy("purge", "--today", "2028-01-01", "--output", str(firm.reports))
    left = {path.stem for path in (firm.folder / "saved").iterdir()}
    assert left == {row.slug for row in PEOPLE if row.status == "active"}, "the leaver's goes with the leaver"


def test_every_run_purges_first(firm):
    firm.save_all()
    firm.run(today="2026-09-01")
    kept = {"pictures_days": 1, "findings_months": 1, "reports_months": 1}
    firm.write_policy(tail=f"retention: {json.dumps(kept)}")
    firm.run(today="2026-11-22")
    assert [path.name for path in firm.reports.iterdir()] == ["2026-11-22-01"]
    store = RunStore(firm.engine())
    assert store.examinations("2026-09-01-01") == []
    assert "purged" in firm.log("show").stdout


def test_a_clock_that_jumped_ahead_empties_nothing(firm):
    firm.save_all()
    firm.run(today="2026-09-01")
    firm.run(today="2036-09-01")
    store = RunStore(firm.engine())
    assert len(store.examinations("2026-09-01-01")) == len(PEOPLE)
    assert (firm.reports / "2026-09-01-01").is_dir()


def test_periods_cannot_be_switched_off(firm):
    for line in ("findings_months: 0", "pictures_days: 400", "reports_months: 999"):
        firm.write_policy(tail=f"retention: {{{line}}}")
        done = firm.run()
        assert done.returncode == 2
        assert f"retention.{line.split(':')[0]}" in done.stderr


def test_the_workbook_says_by_when_it_must_go(firm):
    from openpyxl import load_workbook

    firm.save_all()
    firm.run()
    book = next(path for path in firm.reports.rglob("*.xlsx") if "Run info" in load_workbook(path).sheetnames)
    cells = [str(c.value) for row in load_workbook(book)["Run info"].iter_rows() for c in row if c.value]
    assert cells[cells.index("Delete this file by") + 1] == "22 November 2027"
