"""Packs of people who left too long ago go out of old report folders (G16)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.app.publish import write_reports
from auditor.app.retention import old_packs, remove_packs
from tests.reports.departing import leaver, leavers_report

LONG_AGO, LATELY = date(2025, 11, 21), date(2025, 11, 22)


def report_folder(tmp_path: Path) -> Path:
    people = (leaver("77", last_day=LONG_AGO), leaver("78", last_day=LATELY), leaver("7-9", last_day=None))
    write_reports(leavers_report(*people), tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_too_old_goes_and_the_rest_stays(tmp_path: Path) -> None:
    folder = report_folder(tmp_path)
    before = names(folder)
    packs = list(old_packs([(folder, date(2025, 12, 1))], LATELY))
    assert [path.name for path in packs] == [
        "77_2025-11-21",
        "checklist_77_2025-11-21.xlsx",
        "checklist_77_2025-11-21_checklist.csv",
    ]
    remove_packs(packs)
    assert before - names(folder) == {name for name in before if "77_2025-11-21" in name}
    assert list(old_packs([(folder, date(2025, 12, 1))], LATELY)) == []
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.suffix in (".ics", ".json"))
    everybody = (folder / "leavers" / "all-departures.ics").read_bytes()
    assert b"(78)" in everybody
    assert b"(77)" not in everybody
    assert b"77_2025-11-21" not in left
    assert everybody.count(b"BEGIN:VEVENT") == everybody.count(b"END:VEVENT") > 0
    assert everybody.endswith(b"END:VCALENDAR\r\n")


def test_without_a_last_day_the_day_of_the_report_counts(tmp_path: Path) -> None:
    folder = report_folder(tmp_path)
    at_all = [path.name for path in old_packs([(folder, date(2025, 11, 1))], LATELY)]
    assert any("no-date" in name for name in at_all)
    remove_packs(old_packs([(folder, date(2025, 11, 1))], date(2030, 1, 1)))
    assert not [name for name in names(folder) if "leavers/" in name or "checklist_" in name]


def test_a_folder_of_somebody_s_own_is_left_alone(tmp_path: Path) -> None:
    for name in ("leavers/notes", "leavers/of 2019", "leavers/x_2019-99-99"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "checklist_mine.xlsx").write_bytes(b"")
    assert list(old_packs([(tmp_path, date(2020, 1, 1))], date(2030, 1, 1))) == []
