"""Who objected is found in a roster of any length with one look into the register."""

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from auditor.app.eligibility import objected
from auditor.model.employee import PersonName
from auditor.model.roster import RosterPerson
from auditor.store.database import open_database
from auditor.store.objections import Objections, marks_of

TODAY = date(2026, 11, 22)


def roster(count):
    people = (
        RosterPerson(f"key{n}", str(n), PersonName(f"P {n}", "P", "", str(n)), ()) for n in range(count)
    )
    return SimpleNamespace(people=tuple(people))


@pytest.fixture
def engine(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.dispose()


@pytest.fixture
def register(engine, tmp_path):
    return Objections(engine, tmp_path / "objections.key")


@pytest.mark.parametrize("count", [1, 40])
def test_the_register_is_read_once_however_many_people_there_are(register, engine, count):
    register.record(marks_of(["0"], None), TODAY)
    asked = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    people = roster(count)
    objects = objected(register, people, TODAY, keep=False)
    assert [objects(person) for person in people.people] == [True] + [False] * (count - 1)
    assert sum("FROM objections" in statement for statement in asked) == 1


def test_an_objection_is_known_by_every_mark_of_the_one_person_it_fits(register):
    register.record(marks_of(["2"], None), TODAY)
    people = roster(4)
    objects = objected(register, people, TODAY, keep=True)
    assert [objects(person) for person in people.people] == [False, False, True, False]
    assert register.of(marks_of(["key2"], None))
    assert not register.of(marks_of(["key1"], None))


def test_without_a_register_or_an_objection_nobody_objects(register):
    for one in (None, register):
        objects = objected(one, roster(3), TODAY, keep=True)
        assert not any(objects(person) for person in roster(3).people)
