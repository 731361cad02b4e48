# ruff: noqa: E501 - rows of exports are wide
"""What must not matter: the order of rows and columns, columns nobody knows, rows of other people."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.model.roster import rows_add_up
from auditor.roster.dates import DayOrder, NotADateError, read_day
from auditor.roster.names import NameParts, read_name
from tests.roster.making import HEADER, judged, states
from tests.roster.world import make_world

WORLD = make_world(7, 60, "nl")
TABLE = [line.split(";") for line in WORLD.lines]
EVERYDAY = settings(max_examples=25, deadline=None)
STRANGER = "999999;Xan;;Onbekend;Acme BV;In dienst;13-01-2020;;;Planner;Bediende;xan@acme.example;"


def told(table: list[list[str]]) -> dict[str, tuple[str, str, str | None]]:
    with tempfile.TemporaryDirectory() as folder:
        people = judged(Path(folder), "\n".join(";".join(row) for row in table) + "\n")
    assert rows_add_up(people.reading)
    return {
        one.employee_id: (one.full_name, str(one.roster_state), one.profile_url) for one in people.employees
    }


TRUTH = told(TABLE)


@EVERYDAY
@given(st.permutations(range(1, len(TABLE))))
def test_row_order_changes_nothing(order: list[int]) -> None:
    assert told([TABLE[0], *(TABLE[index] for index in order)]) == TRUTH


@EVERYDAY
@given(st.permutations(range(len(TABLE[0]))))
def test_column_order_changes_nothing(order: list[int]) -> None:
    assert told([[row[index] for index in order] for row in TABLE]) == TRUTH


@EVERYDAY
@given(
    st.lists(st.sampled_from(["Kleur", "Schoenmaat", "Opmerking", "Parkeerplaats"]), unique=True),
    st.integers(0, 13),
)
def test_extra_columns_change_nothing(extra: list[str], place: int) -> None:
    widened = [
        [*row[:place], *(extra if number == 0 else ["blauw 42"] * len(extra)), *row[place:]]
        for number, row in enumerate(TABLE)
    ]
    assert told(widened) == TRUTH


@EVERYDAY
@given(st.integers(1, len(TABLE)))
def test_an_unrelated_row_changes_nobody_else(place: int) -> None:
    found = told([*TABLE[:place], STRANGER.split(";"), *TABLE[place:]])
    assert found.pop("999999")[1] == "active"
    assert found == TRUTH


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
@example("0;,0")
@example("Â¡Þ²")  # what is mended holds a sign that nobody can see
def test_reading_a_name_twice_changes_nothing(text: str) -> None:
    once = read_name(NameParts(full=text)).name.display
    assert read_name(NameParts(full=once)).name.display == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = read_day(text, DayOrder.DAY_FIRST, "Europe/Brussels")
    except NotADateError:
        return
    assert read_day(day.isoformat(), DayOrder.MONTH_FIRST, "UTC") == day


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_characters="\x00"), max_size=12), min_size=10, max_size=10
    ),
    st.integers(0, 3),
)
def test_a_row_of_anything_loses_no_row(cells: list[str], quotes: int) -> None:
    row = ";".join(cells) + '"' * quotes
    known = "101;Ann;Verzonnen;ann@acme.example;Acme;Actief;13-01-2020;;;Developer"
    with tempfile.TemporaryDirectory() as folder:
        people = judged(
            Path(folder),
            f"{HEADER}\n{known}\n{row}\n{known.replace('101', '103').replace('Ann', 'Cem').replace('ann@', 'cem@')}\n".encode(
                "utf-8", "replace"
            ),
        )
    assert {"101", "103"} <= set(states(people))
    assert rows_add_up(people.reading)
