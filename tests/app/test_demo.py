"""What ends the demo before anything is served, and what the invented people do about their consent."""

import os
from collections import Counter

import pytest

from auditor.app.consent import list_consents
from auditor.app.demo import SMALLEST, demo_world
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.demo.consents import Reaction, reaction_of
from auditor.errors import ReportError, UsageError


def test_too_few_people_are_refused_in_the_option_s_name(tmp_path):
    with pytest.raises(UsageError, match=r"^--people: "), demo_world(tmp_path, 0, "sound", resume=False):
        pass


def test_a_folder_that_takes_nothing_is_named(tmp_path):
    (tmp_path / "demo").write_text("a file", "utf-8")
    with (
        pytest.raises(ReportError, match="cannot be written"),
        demo_world(tmp_path, SMALLEST, "sound", resume=False),
    ):
        pass


def test_the_invented_people_consent_refuse_withdraw_let_it_end_and_stay_silent(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDITOR_DEMO_SECRET", "")
    of_reaction = {
        Reaction.CONSENTS: "consented",
        Reaction.REFUSES: "refused",
        Reaction.WITHDRAWS: "withdrawn",
        Reaction.ENDS: "expired",
        Reaction.SILENT: "invited",
    }
    for _ in range(2):  # a second demo in the same folder begins anew
        with demo_world(tmp_path, SMALLEST, "consent", resume=False) as world:
            policy = policy_of(world.policy)
            lines = list_consents(policy, open_store(policy).engine)
            assert os.environ["AUDITOR_DEMO_SECRET"]
        people = {person.number: person for person in world.people}
        states = {line.employee_id: str(line.state) for line in lines}
        assert states == {number: of_reaction[reaction_of(people[number])] for number in states}
        assert set(Counter(states.values())) == set(of_reaction.values())
