"""What people hand over: where it is kept, what is dropped, and objections meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from auditor.app import hand_over
from auditor.app.data_rights import object_to_checks
from auditor.app.hand_over import (
    FormAnswer,
    Taken,
    kept_captures,
    make_places,
    places_of,
    take_file,
    take_form,
)
from tests.app.consenting import number_of

ANSWERS = "employee_id,headline,company_link,banner,answered_on\n"


@pytest.fixture
def places(door):
    found = replace(
        places_of(door.policy), form=door.folder / "answers.csv", pictures=door.folder / "pictures"
    )
    make_places(found)
    return found


def test_a_run_before_the_first_answer_finds_every_place(door, places):
    assert places.pages.is_dir()
    assert places.exports.is_dir()
    assert places.form.read_text() == ANSWERS


def test_an_objection_while_the_form_is_written_leaves_nothing(door, places, monkeypatch):
    known = hand_over.has_objected
    asked = []

    def objects_now(policy, engine, employee):
        asked.append(1)
        if len(asked) == 2:
            object_to_checks(policy, engine, employee.employee_id, door.today)
        return known(policy, engine, employee)

    monkeypatch.setattr(hand_over, "has_objected", objects_now)
    answer = FormAnswer("Grid Planner", "")
    taken = take_form(door.policy, door.engine, places, door.person(0), answer, datetime.now(UTC))
    assert taken is Taken.OBJECTED
    assert places.form.read_text() == ANSWERS


def test_a_form_that_hr_made_is_not_written_to(door, places):
    places.form.write_text("Personeelsnummer;Kopregel\n1;x\n", encoding="utf-8")
    answer = FormAnswer("Grid Planner", "")
    taken = take_form(door.policy, door.engine, places, door.person(0), answer, datetime.now(UTC))
    assert taken is Taken.NOT_TAKEN
    assert places.form.read_text() == "Personeelsnummer;Kopregel\n1;x\n"


@pytest.mark.parametrize("banner", [b"GIF89a", b"<svg onload=alert(1)>", b"MZ"])
def test_only_a_picture_is_taken_as_a_banner(door, places, banner):
    answer = FormAnswer("Grid Planner", "", banner)
    taken = take_form(door.policy, door.engine, places, door.person(0), answer, datetime.now(UTC))
    assert taken is Taken.UNREADABLE
    assert not places.pictures.exists()


def test_a_link_in_a_persons_folder_is_not_followed(door, places, tmp_path):
    secret = tmp_path / "other.html"
    secret.write_text("<html></html>", encoding="utf-8")
    own = places.pages / number_of(0)
    own.mkdir()
    (own / "page.html").symlink_to(secret)
    assert "saved_pages" not in kept_captures(door.policy, places, door.person(0))


def test_a_file_that_cannot_be_read_leaves_the_one_before(door, places, tmp_path):
    bad = tmp_path / "upload"
    bad.write_bytes(b"nothing")
    own = places.own("saved_pages", number_of(0))
    own.mkdir(parents=True)
    (own / "page-2026-11-01.reading").write_text("before", encoding="utf-8")
    taken = take_file(door.policy, door.engine, places, door.person(0), "x.html", bad)
    assert taken is not Taken.READ
    assert [path.name for path in own.parent.rglob("*") if path.is_file()] == ["page-2026-11-01.reading"]
