"""The examinations of an earlier run are found again with all that belongs to them, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from auditor.model.examination import Basis
from auditor.model.judgement import BannerJudgement
from auditor.store import tables
from auditor.store.earlier import EarlierExaminations
from auditor.store.judgements import EarlierJudgements
from auditor.store.runs import Examined
from tests.store.test_runs import EXAMINATION, ROSTER, facts

BASIS = Basis("a" * 64, "b" * 64, date.min, date(2026, 12, 31), 1, 3)
JUDGED = {"key": BannerJudgement(kind="differs", pictures=(("difference", b"\x01"),))}
KNOWN = replace(EXAMINATION, basis=BASIS, judgements=JUDGED)
NUMBER = EXAMINATION.employee.employee_id
FIRST, SECOND = date(2026, 11, 22), date(2026, 12, 22)


def stored(store, one=KNOWN, run_id="2026-11-22-01", on=FIRST):
    run = store.begin(facts(run_id, on), ROSTER, run_id)
    store.save(run.facts.id, [Examined(0, one, True)], on=on)
    return run.facts.id


def test_an_examination_is_found_with_its_basis_and_its_pictures(store):
    earlier = EarlierExaminations(store.engine, stored(store), [NUMBER, "nobody"])
    assert earlier.basis_of(NUMBER) == BASIS
    assert earlier.of(NUMBER) == EXAMINATION
    assert earlier.basis_of("nobody") is None
    assert EarlierExaminations(store.engine, "", [NUMBER]).basis_of(NUMBER) is None


def test_without_a_basis_or_with_a_picture_deleted_it_is_not_found(store):
    bare = EarlierExaminations(store.engine, stored(store, replace(KNOWN, basis=None)), [NUMBER])
    assert bare.basis_of(NUMBER) is None
    run_id = stored(store, run_id="2026-11-22-02")
    with store.engine.begin() as connection:
        connection.execute(tables.pictures.delete().where(tables.pictures.c.name == "difference"))
    assert EarlierExaminations(store.engine, run_id, [NUMBER]).basis_of(NUMBER) is None


def test_what_is_as_before_is_stored_whole_and_its_judgements_stay(store):
    earlier = EarlierExaminations(store.engine, stored(store), [NUMBER])
    again = replace(earlier.of(NUMBER), basis=earlier.basis_of(NUMBER), as_before=True)
    run_id = stored(store, again, "2026-12-22-01", SECOND)
    assert store.examinations(run_id) == [EXAMINATION]
    assert EarlierExaminations(store.engine, run_id, [NUMBER]).basis_of(NUMBER) == BASIS
    assert EarlierJudgements(store.engine, [NUMBER]).of(NUMBER) == JUDGED
    with store.engine.connect() as connection:
        assert connection.scalar(sa.select(tables.judgements.c.used_on)) == SECOND


def test_people_are_read_in_lots_and_those_before_are_still_known(store, monkeypatch):
    monkeypatch.setattr("auditor.store._ahead._AT_ONCE", 2)
    people = [f"{n:03}" for n in range(7)]
    run = store.begin(facts(), ROSTER, "inputs")
    for place, number in enumerate(people):
        one = replace(KNOWN, employee=replace(KNOWN.employee, employee_id=number))
        store.save(run.facts.id, [Examined(place, one, True)])
    earlier = EarlierExaminations(store.engine, run.facts.id, people)
    asked = ["000", "002", "001", "004", "003", "006", "000"]
    assert [earlier.of(number).employee.employee_id for number in asked] == asked
