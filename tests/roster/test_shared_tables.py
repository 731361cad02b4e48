"""The tables of the specification hold: status words, codes with their wording, column names."""

from __future__ import annotations

import csv
import re
import tracemalloc
from pathlib import Path

import pytest

from auditor.language.roster_messages import intake_codes
from auditor.roster.headings import is_sensitive, recognise
from auditor.roster.status_words import status_class
from tests.roster.making import ANN, HEADER, read

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT.parent / "shared" / "hr"
needs_tables = pytest.mark.skipif(not TABLES.is_dir(), reason="the shared tables are not beside the project")


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@needs_tables
def test_every_status_word_has_its_class() -> None:
    found = {row["word"]: str(status_class(row["word"], {})) for row in table("status_words.tsv")}
    assert found == {row["word"]: row["class"] for row in table("status_words.tsv")}


@needs_tables
def test_every_code_is_known_with_its_action_and_both_languages() -> None:
    codes = intake_codes()
    for row in table("roster_rules.tsv"):
        known = codes[row["code"]]
        assert known.action == row["action"]
        assert bool(known.messages["en"]) == bool(known.messages["nl"])
        assert known.messages["en"] or not row["message_en"]


@needs_tables
def test_columns_to_drop_are_never_recognised() -> None:
    dropped = [
        name
        for row in table("roster_columns.tsv")
        if row["canonical_field"] == "DROP"
        for name in re.split(r", ", row["column"])
    ]
    assert dropped
    assert [name for name in dropped if recognise(name) is not None or not is_sensitive(name)] == []


def test_the_documentation_lists_every_code() -> None:
    text = (ROOT / "docs" / "roster.md").read_text(encoding="utf-8")
    assert [code for code in intake_codes() if f"\n| {code} |" not in text] == []


@pytest.mark.long
def test_a_row_costs_less_than_five_kilobytes_of_memory(tmp_path: Path) -> None:
    rows = (
        ANN.replace("101", f"{n:06}").replace("ann", f"ann{n}").replace("Ann", f"Ann{n % 977}")
        for n in range(40_000)
    )
    body = "\n".join((HEADER, *rows)).encode()
    tracemalloc.start()
    reading = read(tmp_path, body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(reading.people) == 40_000
    assert peak / 40_000 < 5_000
