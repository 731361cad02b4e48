"""The rosters of the runs: in pieces, whole or not at all, and of stores that had them in one."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.store import rosters, tables
from tests.store.test_runs import EMPLOYEE, ROSTER, facts


def many(people: int) -> tuple:
    """A roster of so many people, a row and a notice each."""
    employees = tuple(
        replace(EMPLOYEE, employee_id=f"{n:03}", full_name=f"Person {n}") for n in range(people)
    )
    rows = tuple(RowRecord(n, RowFate.PERSON, person=f"{n:03}") for n in range(people))
    notices = tuple(RosterNotice("P14", "seen", row=n) for n in range(people))
    return replace(ROSTER, employees=employees, rows=rows, notices=notices)


@pytest.mark.parametrize("people", [0, 1, 2, 3, 5])
def test_a_roster_is_read_as_it_was_whatever_the_pieces(store, monkeypatch, people):
    monkeypatch.setattr(rosters, "_AT_ONCE", 2)
    run = store.begin(facts(), many(people), "inputs")
    assert store.run(run.facts.id).roster == many(people)
    with store.engine.connect() as connection:
        pieces = connection.scalar(sa.select(sa.func.count()).select_from(tables.rosters))
    assert pieces == 3 * -(-people // 2)


def test_a_shorter_roster_leaves_nothing_of_the_longer_one(store, monkeypatch):
    monkeypatch.setattr(rosters, "_AT_ONCE", 2)
    run = store.begin(facts(), many(5), "inputs")
    assert store.go_on(facts(), many(1)).roster == many(1)
    assert store.run(run.facts.id).roster == many(1)


def test_a_roster_of_which_a_piece_is_missing_is_not_taken_for_a_smaller_one(store, monkeypatch):
    monkeypatch.setattr(rosters, "_AT_ONCE", 2)
    run = store.begin(facts(), many(5), "inputs")
    with store.engine.begin() as connection:
        last = (tables.rosters.c.kind == "employees") & (tables.rosters.c.place == 2)
        assert connection.execute(tables.rosters.delete().where(last)).rowcount == 1
    with pytest.raises(ValueError, match="not whole"):
        store.run(run.facts.id)
