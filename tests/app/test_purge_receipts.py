"""A receipt fits exactly the files that were removed, and tells nothing about people."""

from __future__ import annotations

from pathlib import Path

from auditor.app.purge_receipts import pack_of, receipt_below, receipts_for_run, report_of_pack
from auditor.store.log import LogLine

RUN = "2026-11-22-01"
FILES = {"leavers/7_2026-01-31/letter.docx": "aa", "leavers/77_2026-01-31/letter.docx": "bb", "x.txt": "cc"}


def test_a_receipt_is_of_one_pack_and_of_its_content():
    seven = receipt_below("leavers/7_2026-01-31", FILES)
    assert seven == receipt_below("leavers/7_2026-01-31", dict(reversed(FILES.items())))
    assert seven != receipt_below("leavers/77_2026-01-31", FILES)
    assert seven != receipt_below("leavers/7_2026-01-31", {**FILES, "leavers/7_2026-01-31/letter.docx": "ab"})
    assert (len(seven), "7_2026" in seven) == (16, False)


def test_what_goes_together_is_a_pack_or_a_single_file():
    assert pack_of("leavers/7_2026-01-31/letter.docx") == "leavers/7_2026-01-31"
    assert pack_of("leavers/all-departures.ics") == "leavers/all-departures.ics"
    assert pack_of("checklist_7.xlsx") == "checklist_7.xlsx"
    report = Path("reports") / RUN
    for pack in ("leavers/7_2026-01-31", "csv/checklist_7_checklist.csv", "checklist_7.xlsx"):
        assert report_of_pack(report / pack) == report


def test_receipts_count_for_their_own_run_only():
    content = {"folders": ["2026-01-01-01"], "papers": {RUN: ["r1"]}, "copies": ["c1"]}
    line = LogLine(4, "2027-02-01T08:00:00+00:00", "purge_began", content, "", "")
    own, other = receipts_for_run([line], RUN), receipts_for_run([line], "2026-01-01-01")
    assert (own.folder, list(own.papers), list(own.copies)) == (None, ["r1"], ["c1"])
    assert (other.folder, list(other.papers)) == (line, [])
