"""`auditor inspect name`: HR's own table of names as a test."""

import json

from tests.calling import call

HEAD = "id\tdisplay\tfirst\tprefix\tlast\tothers\tpage\texpected\n"
RIGHT = "1\tJan van den Berg\tJan\tvan den\tBerg\t\tJ. Vandenberg\tsame\n"
UNSEEN = "2\tAnna Maes\tAnna\t\tMaes\tAnna Claes;Anna Maes-Claes\tLinkedIn Member\tunsure\n"
WRONG = "3\tTom Barlow\tTom\t\tBarlow\t\tTim Barlow\tsame\n"


def test_a_table_as_json_lines(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text(HEAD + RIGHT + UNSEEN, "utf-8")
    done = call("inspect", "name", "--cases", table)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert lines == [
        {"id": "1", "expected": "same", "given": "same", "reason_code": "SAME_INITIAL"},
        {"id": "2", "expected": "unsure", "given": "unsure", "reason_code": "NO_NAME"},
    ]


def test_a_row_that_differs_ends_with_1(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text(HEAD + RIGHT + WRONG, "utf-8")
    done = call("inspect", "name", "--cases", table)
    assert done.returncode == 1
    last = json.loads(done.stdout.splitlines()[-1])
    assert last == {"id": "3", "expected": "same", "given": "differs", "reason_code": "GIVEN_DIFFERS"}


def test_a_table_without_a_column_is_refused(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text("id\tpage\n", "utf-8")
    assert call("inspect", "name", "--cases", table).returncode == 2


def test_one_pair():
    done = call("inspect", "name", "Johannes de Vries", "Jan de Vries")
    assert (done.returncode, done.stdout.split()[0]) == (0, "same")
