"""The audit log notices every change: edits, removed, swapped and cut-off lines (G24)."""

import json

import pytest
import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.store import tables
from auditor.store.database import open_database
from auditor.store.log import AuditLog, line_hash

LOG = tables.log


@pytest.fixture
def book(engine, tmp_path):
    made = AuditLog(engine, tmp_path / "state" / "log.anchor")
    for number in range(1, 7):
        made.append("happened", count=number, person=f"p{number}", words=["é", None])
    return made


def change(engine, statement):
    with engine.begin() as connection:
        connection.execute(statement)


def test_a_whole_log_is_whole(book):
    assert book.verify() is None
    assert [line.content["count"] for line in book.lines()] == [1, 2, 3, 4, 5, 6]


def test_an_edited_line_is_named(book, engine):
    change(engine, LOG.update().where(LOG.c.number == 3).values(content={"count": 30}))
    assert (book.verify().number, book.verify().reason) == (3, "was changed")


@pytest.mark.parametrize("column", ["at", "event"])
def test_every_part_of_a_line_counts(book, engine, column):
    change(engine, LOG.update().where(LOG.c.number == 5).values({column: "other"}))
    assert book.verify().number == 5


def test_an_edited_line_with_a_new_hash_breaks_the_next(book, engine):
    line = list(book.lines())[2]
    forged = line_hash(3, line.at, "invented", line.content, line.previous)
    change(engine, LOG.update().where(LOG.c.number == 3).values(event="invented", hash=forged))
    assert (book.verify().number, book.verify().reason) == (4, "does not follow the line before it")


def test_a_line_removed_from_the_middle_is_named(book, engine):
    change(engine, LOG.delete().where(LOG.c.number == 4))
    assert book.verify().number == 4


def test_a_line_removed_and_the_rest_moved_up_is_named(book, engine):
    change(engine, LOG.delete().where(LOG.c.number == 4))
    change(engine, LOG.update().where(LOG.c.number == 5).values(number=4))
    change(engine, LOG.update().where(LOG.c.number == 6).values(number=5))
    assert book.verify().number == 4


@pytest.mark.parametrize("left", [0, 1, 5])
def test_lines_cut_off_at_the_end_are_noticed(book, engine, left):
    change(engine, LOG.delete().where(LOG.c.number > left))
    assert book.verify().number == left + 1
    assert "the anchor file remembers 6 lines" in book.verify().reason


def test_a_cut_off_end_that_was_written_anew_is_noticed(book, engine, tmp_path):
    """The end is replaced by other, rightly chained lines: the anchor knows another newest hash."""
    change(engine, LOG.delete().where(LOG.c.number > 4))
    anchor = (tmp_path / "state" / "log.anchor").read_bytes()
    for _ in range(2):
        book.append("invented")
    (tmp_path / "state" / "log.anchor").write_bytes(anchor)
    assert (book.verify().number, "anchor" in book.verify().reason) == (6, True)


def test_swapped_lines_are_noticed(book, engine):
    for before, after in ((2, 99), (3, 2), (99, 3)):
        change(engine, LOG.update().where(LOG.c.number == before).values(number=after))
    assert book.verify().number == 2


def test_a_whole_new_log_is_noticed(book, engine, tmp_path):
    change(engine, LOG.delete())
    anchor = tmp_path / "state" / "log.anchor"
    kept = anchor.read_bytes()
    for number in range(6):
        book.append("invented", count=number)
    anchor.write_bytes(kept)
    assert book.verify().number == 6


def test_a_crash_between_line_and_anchor_breaks_nothing(book, tmp_path):
    anchor = tmp_path / "state" / "log.anchor"
    before = anchor.read_bytes()
    book.append("the last before the crash")
    anchor.write_bytes(before)
    assert book.verify() is None
    book.append("after it")
    assert book.verify() is None
    assert json.loads(anchor.read_text())["count"] == 8


@pytest.mark.parametrize("content", ["", "{}", "no json", '{"count": "x", "hash": 1}'])
def test_a_damaged_anchor_is_not_taken_for_a_sound_one(book, tmp_path, content):
    (tmp_path / "state" / "log.anchor").write_text(content)
    assert book.verify() is not None


def test_an_anchor_that_cannot_be_written_is_said(book, tmp_path):
    (tmp_path / "state" / "log.anchor").unlink()
    (tmp_path / "state" / "log.anchor").mkdir()
    with pytest.raises(StoreError, match="anchor of the audit log"):
        book.append("happened")


def test_lines_of_two_writers_stand_in_one_chain(book, engine, tmp_path):
    other = AuditLog(open_database(str(engine.url)), tmp_path / "state" / "log.anchor")
    for _ in range(3):
        other.append("theirs")
        book.append("ours")
    assert book.verify() is None
    assert sum(1 for _ in book.lines()) == 12


def test_the_anchor_remembers_the_newest_line_whoever_reaches_it_last(engine, tmp_path):
    anchor = tmp_path / "log.anchor"

    class Delayed(AuditLog):
        def _write_anchor(self, line):
            AuditLog(engine, anchor).append("second")  # comes between line and anchor
            super()._write_anchor(line)

    Delayed(engine, anchor).append("first")
    assert json.loads(anchor.read_text())["count"] == 2


def test_the_commands_show_and_check_it(firm):
    firm.save_all()
    firm.run()
    shown = firm.log("show").stdout.splitlines()
    assert [line.split("\t")[2] for line in shown] == ["run_started", "run_ended", "report_written"]
    assert firm.log("show", "--last", "1").stdout.splitlines() == shown[-1:]
    assert firm.log("verify").stdout == "The log is intact: 3 lines.\n"
    change(firm.engine(), sa.text("UPDATE log SET event = 'run_cleaned' WHERE number = 2"))
    done = firm.log("verify")
    assert (done.returncode, done.stdout) == (1, "Line 2 was changed.\n")
