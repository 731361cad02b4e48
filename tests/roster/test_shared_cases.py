"""The small rosters that once went wrong, each with what is right (`../shared/cases/rosters`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.model.policy import RosterPolicy
from auditor.model.roster import Population
from auditor.roster import read_roster
from auditor.roster.population import population

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "rosters"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not beside the project")
TODAY = date(2026, 11, 22)


def people_of(name: str) -> Population:
    policy = RosterPolicy()
    return population(read_roster(CASES / name, policy), TODAY, policy)


def states_of(people: Population) -> dict[str, str]:
    return {one.full_name: str(one.roster_state) for one in people.employees}


def test_leavers_with_a_status_of_several_words_are_leavers() -> None:
    states = states_of(people_of("five_leavers_unknown_word.csv"))
    assert sorted(states.values()) == ["active"] * 10 + ["leaver_overdue"] * 5
    assert set(states_of(people_of("one_unknown_word_300.csv")).values()) == {"leaver_overdue"}


def test_a_past_end_date_beside_any_word_but_left_is_a_contradiction() -> None:
    people = people_of("leave_past_end.csv")
    told = {
        one.full_name: (str(one.roster_state), one.state_code, one.state_word) for one in people.employees
    }
    assert told == {
        "Anna Peeters": ("conflict", "P09", ""),
        "Bert Claes": ("conflict", "P09", "Active"),
        "Cor Devos": ("conflict", "P09", ""),
        "Dirk Maes": ("conflict", "P09", "Onboarding"),
        "Eva Bos": ("conflict", "D08", ""),
        "Fien Vos": ("leaver_overdue", "", ""),
    }  # fmt: skip


def test_blocked_accounts_are_read_and_decide_nothing() -> None:
    people = people_of("m365.csv")
    assert states_of(people) == {"Anna Peeters": "active", "Bert Claes": "conflict", "Cor Devos": "conflict"}
    assert people.employees[1].state_word == "Block credential: True"
    assert dict(people.reading.mapping)["Block credential"] == "account_blocked"


def test_the_day_on_which_graph_says_that_somebody_leaves_is_the_end() -> None:
    people = people_of("entra.csv")
    assert states_of(people) == {"Anna Peeters": "active", "Cor Devos": "leaver_overdue"}
    assert "F07" not in {one.code for one in people.notices}


def test_the_state_of_a_google_account_is_named() -> None:
    people = people_of("google.csv")
    assert [one.state_word for one in people.employees] == ["", "Suspended", "Archived"]
    told = [one.message for one in people.notices if one.code == "P10"]
    assert ["'Suspended'" in told[0], "'Archived'" in told[1], len(told)] == [True, True, 2]
