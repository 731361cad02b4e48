"""The state of a person on a day, and what changed since the last roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditor.app.facts import roster_facts
from auditor.errors import RosterError
from auditor.model.employee import Employee, PersonName, RosterState
from auditor.model.policy import RosterPolicy
from auditor.model.roster import (
    Contract,
    RosterPerson,
    RosterReading,
    RowFate,
    RowRecord,
    StatusClass,
    WorkerType,
    rows_add_up,
)
from auditor.roster.population import population
from auditor.roster.states import state_of

TODAY = date(2026, 11, 22)
POLICY = RosterPolicy()
LEFT, ACTIVE, ABSENT, NONE = StatusClass.LEFT, StatusClass.ACTIVE, StatusClass.ABSENT, StatusClass.NONE
LEAVING, AMBIGUOUS, NOT_STARTED = StatusClass.LEAVING, StatusClass.AMBIGUOUS, StatusClass.NOT_STARTED


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def spell(start: date | None, end: date | None, status: StatusClass = NONE, **more: object) -> Contract:
    return Contract(start, end, status=status, **more)  # type: ignore[arg-type]


def person(*spells: Contract, key: str = "1", **more: object) -> RosterPerson:
    return RosterPerson(key, key, PersonName("Ann Verzonnen"), spells, rows=(2,), **more)  # type: ignore[arg-type]


S = RosterState
OLD = date(2019, 1, 7)
CASES = [
    ("open", [spell(OLD, None, ACTIVE)], S.ACTIVE),
    ("no dates at all, active", [spell(None, None, ACTIVE)], S.ACTIVE),
    ("last day is a worked day", [spell(OLD, TODAY)], S.LEAVING_SOON),
    ("one day out", [spell(OLD, ago(1), LEFT)], S.LEAVER_GRACE),
    ("last day of grace", [spell(OLD, ago(14), LEFT)], S.LEAVER_GRACE),
    ("first day after grace", [spell(OLD, ago(15), LEFT)], S.LEAVER_OVERDUE),
    ("ended and no status", [spell(OLD, ago(15))], S.LEAVER_OVERDUE),
    ("ambiguous with an end date", [spell(OLD, ago(15), StatusClass.AMBIGUOUS)], S.LEAVER_OVERDUE),
    ("just inside retention", [spell(OLD, date(2025, 11, 22), LEFT)], S.LEAVER_OVERDUE),
    ("just outside retention", [spell(OLD, date(2025, 11, 21), LEFT)], S.EXCLUDED),
    ("deceased", [spell(OLD, None, StatusClass.EXCLUDED)], S.EXCLUDED),
    ("out of scope", [spell(OLD, None, worker_type=WorkerType.OUT_OF_SCOPE)], S.EXCLUDED),
    ("left without an end", [spell(OLD, None, LEFT)], S.CONFLICT),
    ("left with a future end", [spell(OLD, ago(-10), LEFT)], S.CONFLICT),
    ("active with a past end", [spell(OLD, ago(1), ACTIVE)], S.CONFLICT),
    ("active with an end beyond retention", [spell(OLD, date(2024, 3, 31), ACTIVE)], S.EXCLUDED),
    ("ambiguous without an end", [spell(OLD, None, StatusClass.AMBIGUOUS)], S.CONFLICT),
    ("unknown word", [spell(OLD, None, StatusClass.UNKNOWN)], S.CONFLICT),
    ("absent after the end", [spell(OLD, ago(1), ABSENT)], S.CONFLICT),
    ("not started after the end", [spell(OLD, ago(40), NOT_STARTED)], S.CONFLICT),
    ("not started, no start, after the end", [spell(None, ago(40), NOT_STARTED)], S.CONFLICT),
    ("in notice after the end", [spell(OLD, ago(40), LEAVING)], S.CONFLICT),
    ("unknown word after the end", [spell(OLD, ago(40), StatusClass.UNKNOWN)], S.CONFLICT),
    ("unknown word before the start", [spell(ago(-40), None, StatusClass.UNKNOWN)], S.CONFLICT),
    ("in notice, no end", [spell(OLD, None, LEAVING)], S.LEAVING_SOON),
    ("in notice, far end", [spell(OLD, ago(-150), LEAVING)], S.LEAVING_SOON),
    ("in notice here, goes on there", [spell(OLD, None, LEAVING), spell(OLD, None, ACTIVE)], S.ACTIVE),
    ("ambiguous with a far end", [spell(OLD, ago(-150), AMBIGUOUS)], S.LEAVING_SOON),
    (
        "ambiguous, an older spell has an end",
        [spell(OLD, date(2022, 1, 1), NONE), spell(date(2024, 1, 1), None, AMBIGUOUS)],
        S.CONFLICT,
    ),
    (
        "left without an end, an older spell has one",
        [spell(OLD, date(2022, 1, 1), LEFT), spell(date(2024, 1, 1), None, LEFT)],
        S.CONFLICT,
    ),
    (
        "left with a future end, an older spell is over",
        [spell(OLD, date(2022, 1, 1), LEFT), spell(date(2024, 1, 1), ago(-90), LEFT)],
        S.CONFLICT,
    ),
    (
        "leaves one contract, keeps the other",
        [spell(OLD, ago(-10), LEFT), spell(OLD, None, ACTIVE)],
        S.ACTIVE,
    ),
    ("left before the start", [spell(ago(-10), None, LEFT)], S.CONFLICT),
    ("absent before the start", [spell(ago(-10), None, ABSENT)], S.FUTURE_STARTER),
    ("onboarding for three weeks", [spell(ago(21), None, NOT_STARTED)], S.ACTIVE),
    ("not started, yet started a year ago", [spell(ago(365), None, NOT_STARTED)], S.CONFLICT),
    (
        "absent, then left",
        [spell(OLD, date(2022, 1, 1), NONE), spell(date(2023, 1, 1), ago(20), LEFT)],
        S.LEAVER_OVERDUE,
    ),
    (
        "an old unknown word, an open contract",
        [spell(OLD, date(2022, 1, 1), StatusClass.UNKNOWN), spell(date(2024, 1, 1), None, ACTIVE)],
        S.ACTIVE,
    ),
    ("unreadable end", [spell(OLD, None, ACTIVE, contradictory=True, code="D07")], S.CONFLICT),
    (
        "unreadable end beside an open spell",
        [spell(OLD, None, contradictory=True), spell(OLD, None, ACTIVE)],
        S.CONFLICT,
    ),
    ("end before start", [spell(OLD, date(2018, 1, 1), LEFT, contradictory=True, code="D08")], S.CONFLICT),
    ("starts tomorrow", [spell(ago(-1), None, ACTIVE)], S.FUTURE_STARTER),
    ("starts today", [spell(TODAY, None, ACTIVE)], S.ACTIVE),
    ("not started, no date", [spell(None, None, StatusClass.NOT_STARTED)], S.FUTURE_STARTER),
    ("absent", [spell(OLD, None, ABSENT)], S.LONG_LEAVE),
    ("garden leave with a known end", [spell(OLD, ago(-30), ABSENT)], S.LONG_LEAVE),
    ("ends in sixty days", [spell(OLD, ago(-60), ACTIVE)], S.LEAVING_SOON),
    ("ends in sixty-one days", [spell(OLD, ago(-61), ACTIVE)], S.ACTIVE),
    ("a later spell follows", [spell(OLD, ago(-10), ACTIVE), spell(ago(-11), None, NONE)], S.ACTIVE),
    ("rehired", [spell(OLD, date(2022, 1, 1), LEFT), spell(date(2025, 1, 6), None, ACTIVE)], S.ACTIVE),
    (
        "two ended",
        [spell(OLD, date(2026, 1, 1), LEFT), spell(date(2026, 2, 2), ago(20), LEFT)],
        S.LEAVER_OVERDUE,
    ),
    ("contractor", [spell(OLD, None, ACTIVE, worker_type=WorkerType.CONTRACTOR)], S.CONTRACTOR_ACTIVE),
    ("contractor ended", [spell(OLD, ago(20), LEFT, worker_type=WorkerType.CONTRACTOR)], S.CONTRACTOR_ENDED),
    (
        "was a contractor, is staff",
        [spell(OLD, ago(200), LEFT, worker_type=WorkerType.CONTRACTOR), spell(ago(199), None, ACTIVE)],
        S.ACTIVE,
    ),
]


@pytest.mark.parametrize(
    ("spells", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_state(spells: list[Contract], expected: RosterState) -> None:
    assert state_of(person(*spells), TODAY, POLICY).state is expected
    assert state_of(person(*reversed(spells)), TODAY, POLICY).state is expected


@pytest.mark.parametrize("status", list(StatusClass))
def test_only_words_and_dates_that_agree_are_judged(status: StatusClass) -> None:
    """No word that is unknown, ambiguous or against the dates makes a leaver, an employee or a starter."""
    judged = {S.ACTIVE, S.LEAVER_GRACE, S.LEAVER_OVERDUE, S.FUTURE_STARTER}
    dates = {
        "no end": (OLD, None),
        "past": (OLD, ago(40)),
        "future": (OLD, ago(-90)),
        "later": (ago(-9), None),
    }
    agreeing = {
        ACTIVE: {"no end": S.ACTIVE, "future": S.ACTIVE, "later": S.FUTURE_STARTER},
        NONE: {"no end": S.ACTIVE, "past": S.LEAVER_OVERDUE, "future": S.ACTIVE, "later": S.FUTURE_STARTER},
        LEFT: {"past": S.LEAVER_OVERDUE},
        AMBIGUOUS: {"past": S.LEAVER_OVERDUE},
        ABSENT: {"later": S.FUTURE_STARTER},
        LEAVING: {"later": S.FUTURE_STARTER},
        NOT_STARTED: {"later": S.FUTURE_STARTER},
    }
    found = {
        name: state_of(person(spell(*days, status)), TODAY, POLICY).state for name, days in dates.items()
    }
    assert {name: state for name, state in found.items() if state in judged} == agreeing.get(status, {})


def test_objection_and_relation() -> None:
    gone = person(spell(OLD, ago(30), LEFT))
    assert state_of(gone, TODAY, POLICY, objected=True).state is S.EXCLUDED
    assert state_of(replace(gone, relation_until=ago(-1)), TODAY, POLICY).state is S.RELATED
    assert state_of(replace(gone, relation_until=TODAY), TODAY, POLICY).state is S.LEAVER_OVERDUE


def reading(*people: RosterPerson, **more: object) -> RosterReading:
    rows = tuple(RowRecord(number, RowFate.PERSON, person=one.key) for number, one in enumerate(people, 2))
    placed = tuple(replace(one, rows=(number,)) for number, one in enumerate(people, 2))
    return RosterReading(placed, rows, source_rows=len(rows), file_name="roster.csv", **more)  # type: ignore[arg-type]


def previous(key: str, **more: object) -> Employee:
    return Employee(key, f"Person {key}", S.ACTIVE, **more)  # type: ignore[arg-type]


def active(key: str, **more: object) -> RosterPerson:
    return person(spell(OLD, None, ACTIVE, entity=str(more.get("entity", ""))), key=key, **more)


def told(*args: object, **more: object) -> dict[str, str]:
    found = population(*args, **more)  # type: ignore[arg-type]
    return {one.code: one.message for one in found.notices}


def test_people_who_vanish_are_named_where_the_roster_covers_their_entity() -> None:
    before = [
        previous("1", entity="A"),
        previous("2", entity="A"),
        previous("3", entity="B"),
        previous("4", entity="A", last_day=ago(5)),
    ]
    found = population(reading(active("1", entity="A")), TODAY, POLICY, before)
    assert {one.employee_id: one.roster_state for one in found.employees} == {"1": S.ACTIVE, "2": S.VANISHED}
    assert next(one.message for one in found.notices if one.code == "P15").endswith(": 1 (2).")


def test_a_new_number_of_a_known_person_is_no_vanishing() -> None:
    found = population(
        reading(active("9", other_keys=("2",)), active("007")), TODAY, POLICY, [previous("2"), previous("7")]
    )
    assert {one.roster_state for one in found.employees} == {S.ACTIVE}
    assert "E10" in {one.code for one in found.notices}


@pytest.mark.parametrize(
    ("before", "now", "refused"), [(25, 20, False), (26, 20, True), (8, 4, False), (100, 81, False)]
)
def test_a_shrunken_roster_is_refused_until_confirmed(before: int, now: int, refused: bool) -> None:
    people = reading(*(active(str(key)) for key in range(now)))
    known = [previous(str(key)) for key in range(before)]
    if refused:
        with pytest.raises(RosterError) as caught:
            population(people, TODAY, POLICY, known)
        assert caught.value.code == "F06"
        assert f"in the roster: {now}, last month {before}" in caught.value.message
    assert len(population(people, TODAY, POLICY, known, accept_shrink=True).employees) == before


def test_notices_on_the_whole_file() -> None:
    only_active = reading(active("1"), sha256="aa", reference_date=ago(47))
    found = told(only_active, TODAY, POLICY, previous_sha256="aa")
    assert set(found) == {"F07", "F08", "F09"}
    assert "47 days" in found["F08"]
    leaver = replace(person(spell(OLD, ago(3), LEFT), key="2"), name=PersonName("Bob Bedacht"))
    assert told(reading(active("1"), leaver), TODAY, POLICY) == {}


def test_one_address_of_two_people_is_checked_for_neither() -> None:
    address = "https://www.linkedin.com/in/ann/"
    found = population(
        reading(active("1", profile_url=address), active("2", profile_url=address), active("3")),
        TODAY,
        POLICY,
    )
    assert [(one.profile_url, one.address_note) for one in found.employees] == [
        (None, "shared"),
        (None, "shared"),
        (None, ""),
    ]
    assert [row.code for row in found.reading.rows] == ["U06", "U06", ""]


def test_a_changed_address_is_told_and_used() -> None:
    new = "https://www.linkedin.com/in/new/"
    before = [previous("1", profile_url="https://www.linkedin.com/in/old/")]
    found = population(reading(active("1", profile_url=new)), TODAY, POLICY, before)
    assert found.employees[0].profile_url == new
    assert "U08" in {one.code for one in found.notices}


def test_rows_that_do_not_add_up_are_seen() -> None:
    sound = reading(active("1"), active("2"))
    assert rows_add_up(sound)
    assert not rows_add_up(replace(sound, source_rows=3))
    assert not rows_add_up(replace(sound, people=sound.people[:1]))
    assert not rows_add_up(replace(sound, rows=(*sound.rows, sound.rows[0]), source_rows=3))


def test_facts_of_a_roster_and_of_a_refusal() -> None:
    from pathlib import Path

    facts = roster_facts(population(reading(person(spell(OLD, ago(20), LEFT))), TODAY, POLICY))
    assert facts["people"] == [
        {
            "key": "1",
            "full_name": "Ann Verzonnen",
            "roster_state": "leaver_overdue",
            "profile_slug": None,
            "last_day": "2026-11-02",
        }
    ]
    assert facts["rows"] == [{"row": 2, "fate": "person", "code": ""}]
    refusal = roster_facts(RosterError(Path("x.csv"), "No people found.", code="F03"))
    assert refusal == {"accepted": False, "error": "F03: No people found.", "people": [], "rows": []}
