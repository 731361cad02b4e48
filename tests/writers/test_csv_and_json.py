from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor.model.document import CellKind, Column, JsonFile, JsonRows, Link, Page, Picture, Table, Workbook
from auditor.writers.csv_file import WRITER as CSV
from auditor.writers.plain_file import WRITER as JSON

ROWS = (
    ("=1+1", 'a;b,c\n"d"', date(2026, 11, 22), Link("https://x.example/", "Open"), Picture(b"", "a banner")),
    ("＠x", "lone \ud800", datetime(2026, 11, 22, 10, 5, tzinfo=UTC), None, 7),
    (" =2", "-3", -4, "+5", "plain"),
)
COLUMNS = tuple(Column(key, f"={key}", 9, CellKind.TEXT) for key in "abcde")


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("nl", ";"), ("fr", ";"), ("de", ";")])
def test_csv_reads_back_as_written_and_nothing_acts(tmp_path: Path, language: str, separator: str) -> None:
    document = Workbook(
        "audit.xlsx",
        "Audit",
        (
            Page("summary", "Summary", (9,), ()),
            Table("could_not_verify", "X", COLUMNS, ROWS),
            Table("_keys", "K", COLUMNS, ROWS, hidden=True),
        ),
        language=language,
    )
    (path,) = CSV.write(document, tmp_path)
    assert path.name == "audit_could-not-verify.csv"
    body = path.read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert rows == [
        ["'=a", "'=b", "'=c", "'=d", "'=e"],
        ["'=1+1", 'a;b,c\n"d"', "2026-11-22", "https://x.example/", "a banner"],
        ["'＠x", "lone \ufffd", "2026-11-22 10:05+00:00", "", "7"],
        ["' =2", "'-3", "-4", "'+5", "plain"],
    ]


def test_json_is_written_as_utf8_and_survives_lone_surrogates(tmp_path: Path) -> None:
    for name, content in (("a.json", {"name": "Zoë"}), ("b.json", {"name": "\ud800"})):
        (path,) = JSON.write(JsonFile(name, content), tmp_path)
        assert json.loads(path.read_text("utf-8")) == content
    with pytest.raises(ValueError, match="JSON"):
        JSON.write(JsonFile("c.json", float("nan")), tmp_path)


@pytest.mark.parametrize("entries", [[], [{"name": "Zoë\n", "results": [1, {}]}, []], [{"name": "\ud800"}]])
def test_entries_that_are_written_one_by_one_give_the_same_file(
    tmp_path: Path, entries: list[object]
) -> None:
    head = {"id": "run 1", "counts": {"a": [1, 2]}}
    rows = JsonFile("rows.json", {"run": head, "people": JsonRows(lambda: iter(entries))})
    (one_by_one,) = JSON.write(rows, tmp_path)
    (at_once,) = JSON.write(JsonFile("whole.json", {"run": head, "people": entries}), tmp_path)
    assert one_by_one.read_bytes() == at_once.read_bytes()
