"""A member connects LinkedIn: the way out and back, the verdict, and every return that must not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from auditor.app.connect_member import Answer, come_back, consent_address, look_again
from auditor.app.data_rights import object_as_member
from auditor.demo.consent_site import Fault
from auditor.model.consent import ConsentState
from auditor.model.rule import Failed, Passed, Undetermined
from auditor.store import tables
from auditor.store.rate_limits import CoolDowns
from tests.app.consenting import BROWSER, Door, member_of, number_of


def kept(door: Door) -> list[int]:
    with door.engine.connect() as connection:
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (tables.consent_tokens, tables.consent_snapshots)
        ]


def outcomes(look) -> dict[str, type]:
    return {one.rule_id: type(one.outcome) for one in look.examination.results}


def test_from_the_link_to_the_verdict_of_the_very_rules(door):
    look = door.connect(0)
    assert look.answer is Answer.SEEN
    assert look.invitation_id == door.invitation(0).id
    found = outcomes(look)
    assert found["HDL001"] is Passed
    assert found["CMP001"] is Undetermined, "this door shows no company link, so nothing is called missing"
    assert not any(one is Failed for one in found.values())
    line = door.consents.of(number_of(0))
    assert (line.state, line.consented_on) == (ConsentState.CONSENTED, door.today)
    assert (line.ends_on - door.today).days in (364, 365)


def test_what_differs_is_shown_and_a_new_look_turns_green(door):
    door.site.change(member_of(1, "Keeps bees"))
    first = door.connect(1)
    assert outcomes(first)["HDL001"] is Failed
    door.site.change(member_of(1))
    again = look_again(door.policy, door.engine, door.person(1), datetime.now(UTC))
    assert outcomes(again)["HDL001"] is Passed
    assert door.site.fetches[number_of(1)] == 2


def test_a_no_on_linkedins_page_is_noted_and_nothing_is_read(door):
    door.site.change(member_of(0, consents=False))
    look = door.connect(0)
    assert look.answer is Answer.REFUSED
    assert door.consents.of(number_of(0)).state is ConsentState.REFUSED
    assert kept(door) == [0, 0]
    assert not door.site.fetches


def test_the_account_of_another_person_is_not_judged_and_not_kept(door):
    look = door.connect(0, member=1)
    assert (look.answer, look.examination) == (Answer.OTHER_PERSON, None)
    assert kept(door) == [0, 0]
    assert door.consents.of(number_of(0)).state is ConsentState.INVITED


def test_a_return_counts_once_in_its_own_browser_and_within_half_an_hour(door):
    query = door.leave(0)
    assert door.back(query, browser="another browser").answer is Answer.INVALID
    assert door.back(query).answer is Answer.SEEN
    assert door.back(query).answer is Answer.INVALID, "replayed"
    query = door.leave(0)
    late = datetime.now(UTC) + timedelta(minutes=36)
    assert door.back(query, now=late).answer is Answer.INVALID
    ahead = datetime.now(UTC) - timedelta(minutes=4)
    assert door.back(door.leave(0), now=ahead).answer is Answer.SEEN, "clocks of two machines differ"


@pytest.mark.parametrize(
    "change",
    [
        {"state": ""},
        {"state": "x.y"},
        {"state": "é" * 50},
        {"state": "a" * 100_000},
        {"code": ""},
        {"code": "c" * 5000},
        {"code": "guessed"},
    ],
    ids=lambda change: f"{next(iter(change))}-{len(next(iter(change.values())))}",
)
def test_an_altered_return_is_refused(door, change):
    query = {**door.leave(0), **change}
    assert door.back(query).answer is Answer.INVALID
    assert kept(door) == [0, 0]


def test_a_return_after_the_link_was_revoked_or_for_nobody_is_refused(door):
    query = door.leave(0)
    from auditor.store.invitations import Invitations

    Invitations(door.engine).revoke(number_of(0), datetime.now(UTC))
    assert door.back(query).answer is Answer.INVALID
    query = door.leave(1)
    nobody = come_back(door.policy, door.engine, query, BROWSER, lambda _: None, datetime.now(UTC))
    assert nobody.answer is Answer.INVALID


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (Fault.TOKEN_HTML, Answer.LATER),
        (Fault.TOKEN_HUGE, Answer.LATER),
        (Fault.TOKEN_SLOW, Answer.LATER),
        (Fault.TOKEN_REFUSED, Answer.LATER),
    ],
)
def test_a_token_answer_that_is_none_keeps_nothing(door, fault, answer):
    query = door.leave(0)
    door.site.faults.add(fault)
    assert door.back(query).answer is answer
    assert kept(door) == [0, 0]
    assert door.consents.of(number_of(0)).state is ConsentState.INVITED


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.HUGE, Fault.ENDLESS, Fault.PROXY, Fault.THROTTLED])
def test_data_that_cannot_be_read_now_is_read_later_on_the_same_consent(door, fault):
    query = door.leave(0)
    door.site.faults.add(fault)
    assert door.back(query).answer is Answer.LATER
    assert kept(door) == [1, 0]
    door.site.faults.clear()
    now = datetime.now(UTC)
    if fault is Fault.THROTTLED:
        waiting = look_again(door.policy, door.engine, door.person(0), now)
        assert waiting.answer is Answer.LATER
        assert CoolDowns(door.engine).until("member_consent") > now + timedelta(seconds=100)
        now += timedelta(seconds=130)
    assert look_again(door.policy, door.engine, door.person(0), now).answer is Answer.SEEN


def test_data_that_is_not_ready_is_waited_for_and_the_name_still_checked(door):
    door.site.faults.add(Fault.NOT_READY)
    assert door.connect(0).answer is Answer.NOT_READY
    assert door.connect(1, member=2).answer is Answer.NOT_READY
    door.site.faults.clear()
    now = datetime.now(UTC)
    assert look_again(door.policy, door.engine, door.person(0), now).answer is Answer.SEEN
    assert look_again(door.policy, door.engine, door.person(1), now).answer is Answer.OTHER_PERSON
    assert kept(door) == [1, 1]
    assert look_again(door.policy, door.engine, door.person(1), now).answer is Answer.ENDED


def test_a_consent_that_ended_at_linkedin_is_said_and_deleted(door):
    door.connect(0)
    door.site.end_consent(number_of(0))
    assert look_again(door.policy, door.engine, door.person(0), datetime.now(UTC)).answer is Answer.ENDED
    assert door.consents.of(number_of(0)).state is ConsentState.EXPIRED
    assert kept(door) == [0, 0]
    assert door.connect(0).answer is Answer.SEEN, "and can be given anew"


def test_a_token_that_runs_out_is_renewed_where_linkedin_lets_it(door):
    door.site.token_seconds = 60
    door.connect(0)
    before = door.consents.standing(number_of(0), door.today).token
    assert look_again(door.policy, door.engine, door.person(0), datetime.now(UTC)).answer is Answer.SEEN
    after = door.consents.standing(number_of(0), door.today).token
    assert before.access != after.access


def test_an_objection_while_linkedin_is_asked_drops_what_comes(door):
    def object_now(member: str, domain: str) -> None:
        if domain == "POSITIONS":
            door.site.on_page = None
            assert object_as_member(door.policy, door.engine, door.person(0), door.today)

    query = door.leave(0)
    door.site.on_page = object_now
    assert door.back(query).answer is Answer.OBJECTED
    assert kept(door) == [0, 0]
    assert look_again(door.policy, door.engine, door.person(0), datetime.now(UTC)).answer is Answer.OBJECTED
    assert door.back({"state": "x"}).answer is Answer.INVALID


def test_a_withdrawal_while_a_look_goes_on_drops_what_comes(door):
    door.connect(0)

    def withdraw_now(member: str, domain: str) -> None:
        door.consents.withdraw(number_of(0), door.today)

    door.site.on_page = withdraw_now
    assert look_again(door.policy, door.engine, door.person(0), datetime.now(UTC)).answer is Answer.ENDED
    assert kept(door) == [0, 0]


def test_so_many_looks_an_hour_and_no_more(door, monkeypatch):
    monkeypatch.setattr("auditor.app.connect_member.MOST_LOOKS", 1)
    door.connect(0)
    now = datetime.now(UTC)
    answers = [look_again(door.policy, door.engine, door.person(0), now).answer for _ in range(2)]
    assert answers == [Answer.SEEN, Answer.LATER]


def test_the_consent_page_names_the_app_and_no_secret(door):
    address = consent_address(door.policy, door.engine, door.invitation(0), BROWSER, datetime.now(UTC))
    assert "client_id=invented-app" in address
    assert "invented-secret" not in address
    assert BROWSER not in address
    assert number_of(0) not in address
    assert replace(door.invitation(0)).id not in address
