"""The register in use: what HR does about a consent, and a run that fetches on it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from auditor.app.connect_member import look_again
from auditor.app.consent import expire_ended, forget_consent, list_consents, revoke_links, withdraw_consent
from auditor.app.data_rights import erase_person, object_to_checks, person_records
from auditor.app.gdpr_documents import record_text
from auditor.demo.consent_site import BEYOND, Fault
from auditor.errors import UsageError
from auditor.model.consent import ConsentState
from auditor.store.runs import RunStore
from tests.app.consenting import Door, member_of, name_of, number_of
from tests.privacy.everything import places_of


def findings(door: Door) -> dict:
    newest = max((door.folder / "reports").glob("*/findings.json"), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(newest.read_text("utf-8"))


def flagged(door: Door) -> set[str]:
    """Employee numbers with a finding in the newest run."""
    store = RunStore(door.engine)
    return {one.finding.employee_id for one in store.findings(store.latest().facts.id)}


def statuses(door: Door) -> dict[str, str]:
    return {one["employee_id"]: one["capture_status"] for one in findings(door)["employees"]}


def test_a_run_fetches_for_everybody_whose_consent_stands_and_for_nobody_else(door):
    for place in (0, 1, 2):
        door.connect(place)
    withdraw_consent(door.policy, door.engine, number_of(1), door.today)
    door.site.end_consent(number_of(2))
    door.site.change(member_of(0, "Keeps bees"))
    look_again(door.policy, door.engine, door.person(0), datetime.now(UTC))
    before = dict(door.site.fetches)
    done = door.run()
    assert done.returncode in (0, 1, 3), done.stderr
    assert dict(door.site.fetches) == before, "the page fetched when connecting is this period's"
    assert statuses(door)[number_of(0)] == "ok"
    assert {statuses(door)[number_of(place)] for place in (1, 3)} == {"not_attempted"}
    assert statuses(door)[number_of(2)] == "ok", "what was fetched this period needs no second question"
    assert number_of(0) in flagged(door), "a wrong headline is found on this door as on any other"
    assert not flagged(door) & {number_of(1), number_of(3)}


def test_a_run_asks_anew_in_another_period_and_401_ends_a_consent_without_a_finding(door):
    for place in (0, 1):
        door.connect(place)
    door.site.end_consent(number_of(1))
    month = door.today + timedelta(days=32)
    done = door.run("--today", month.isoformat())
    assert done.returncode in (0, 1, 3), done.stderr
    assert door.site.fetches == {number_of(0): 2, number_of(1): 1}
    assert door.consents.of(number_of(1)).state is ConsentState.EXPIRED
    assert number_of(1) not in flagged(door)
    assert "consent_expired" in door_log(door)


def door_log(door: Door) -> str:
    from tests.calling import call

    return call("log", "show", "--policy", door.policy.path).stdout


def test_a_refusal_stops_the_run_and_the_next_call_goes_on_where_it_was(door):
    for place in range(4):
        door.connect(place)
    month = (door.today + timedelta(days=32)).isoformat()
    asked: list[str] = []

    def throttle(member: str, domain: str) -> None:
        if domain == "PROFILE":
            asked.append(member)
        if len(set(asked)) == 3:
            door.site.faults.add(Fault.THROTTLED)

    door.site.on_page = throttle
    assert door.run("--today", month).returncode == 3
    assert len(set(asked)) == 3, "after the refusal nobody else is asked for"
    door.site.on_page = None
    door.site.faults.clear()
    from auditor.store.rate_limits import CoolDowns

    assert CoolDowns(door.engine).until("member_consent") > datetime.now(UTC)
    CoolDowns(door.engine).clear("member_consent")
    door.run("--today", month)
    assert set(statuses(door).values()) == {"ok"}
    assert set(door.site.fetches.values()) == {2}, "once when connecting, once in the run"


def test_the_budget_of_the_day_pauses_the_run(tmp_path, monkeypatch):
    monkeypatch.setenv("INVENTED_APP_SECRET", "invented-secret")
    door = Door(tmp_path / "firm", 4)
    try:
        for place in range(4):
            door.connect(place)
        with door.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM consent_snapshots")
        door.cap = 3
        door.write_policy()
        door.site.fetches.clear()
        day = door.today.replace(day=2).isoformat()
        done = door.run("--today", day)
        assert "daily limit" in done.stderr, done.stderr
        assert sum(door.site.fetches.values()) == 3
        door.run("--today", day)
        assert sum(door.site.fetches.values()) == 3, "the same day allows no more"
    finally:
        door.close()


def test_an_objection_while_the_run_fetches_drops_what_comes(door):
    for place in range(2):
        door.connect(place)
    month = (door.today + timedelta(days=32)).isoformat()

    def object_now(member: str, domain: str) -> None:
        if member == number_of(1) and domain == "POSITIONS":
            door.site.on_page = None
            object_to_checks(door.policy, door.engine, number_of(1), door.today)

    door.site.on_page = object_now
    door.run("--today", month)
    assert statuses(door)[number_of(1)] is None, "as of everybody who objected"
    assert door.consents.fetched(number_of(1)) is None
    assert door.consents.standing(number_of(1), door.today) is None
    assert places_of("Grid Planner at Noordlicht Energie", door.folder / "state") != [], "of the other one"


def test_data_that_is_not_ready_is_tried_again_by_the_next_call(door):
    door.site.faults.add(Fault.NOT_READY)
    door.connect(0)
    day = door.today.replace(day=2).isoformat()
    door.run("--today", day)
    door.site.faults.clear()
    door.run("--today", day)
    assert statuses(door)[number_of(0)] == "ok"


def test_what_linkedin_sends_beyond_the_audited_fields_is_nowhere(door):
    done = []
    for place in range(3):
        door.connect(place)
    done.append(door.run("-v"))
    month = (door.today + timedelta(days=32)).isoformat()
    done.append(door.run("-v", "--today", month))
    assert places_of(BEYOND, door.folder) == []
    for one in done:
        assert BEYOND not in one.stdout + one.stderr
    tokens = [door.consents.standing(number_of(place), door.today).token for place in range(3)]
    for token in tokens:
        assert places_of(token.access, door.folder) == []
        assert places_of(token.refresh, door.folder) == []
        assert token.access not in done[0].stderr + done[1].stderr
    assert places_of(number_of(0), door.folder / "state"), "the search does find what is there"


def test_withdrawing_and_forgetting_name_the_person_as_other_commands_do(door):
    door.connect(0)
    door.connect(1)
    door.run()
    assert withdraw_consent(door.policy, door.engine, " ".join(name_of(0)), door.today)
    assert not withdraw_consent(door.policy, door.engine, number_of(0), door.today)
    assert forget_consent(door.policy, door.engine, "https://www.linkedin.com/in/person-1x")
    assert door.consents.of(number_of(1)) is None
    assert revoke_links(door.policy, door.engine, number_of(2), datetime.now(UTC)) == 1
    with pytest.raises(UsageError, match="Nothing is stored"):
        withdraw_consent(door.policy, door.engine, "nobody", door.today)
    states = {line.employee_id: line.state for line in list_consents(door.policy, door.engine)}
    assert states == {
        number_of(0): ConsentState.WITHDRAWN,
        number_of(2): ConsentState.INVITED,
        number_of(3): ConsentState.INVITED,
    }
    for event in ("consent_given", "consent_withdrawn", "consent_forgotten", "links_revoked"):
        assert event in door_log(door)


def test_what_has_ended_is_marked_and_deleted(door):
    door.connect(0)
    assert expire_ended(door.engine, door.today) == 0
    assert expire_ended(door.engine, door.today + timedelta(days=400)) == 1
    assert door.consents.of(number_of(0)).state is ConsentState.EXPIRED


def test_the_very_first_run_ends_what_is_over(door):
    door.connect(0)
    over = datetime.now(UTC) - timedelta(days=400)
    token = door.consents.standing(number_of(0), door.today).token
    door.consents.connect(number_of(0), token, over.date(), over)
    door.run()
    assert door.consents.of(number_of(0)).state is ConsentState.EXPIRED
    assert door.site.fetches[number_of(0)] == 1, "only when it was connected"


def test_access_shows_what_was_fetched_and_no_token_and_erasure_leaves_nothing(door):
    door.site.change(member_of(0, "Grid Planner at Noordlicht Energie and beekeeper"))
    door.connect(0)
    door.run()
    token = door.consents.standing(number_of(0), door.today).token
    told = json.dumps(person_records(door.policy, door.engine, number_of(0), door.folder / "reports"))
    assert "beekeeper" in told
    assert "consent_invitations" in told
    assert token.access not in told
    erase_person(door.policy, door.engine, number_of(0), door.folder / "reports", with_reports=True)
    assert places_of(number_of(0), door.folder / "state") == []
    assert door.consents.of(number_of(0)) is None


def test_somebody_invited_before_any_run_can_be_erased(door):
    assert RunStore(door.engine).latest() is None
    done = erase_person(door.policy, door.engine, number_of(3), door.folder / "reports")
    assert done.counts["consents"] == 1
    assert done.counts["consent_invitations"] == 1


def test_the_record_of_processing_names_the_hosts_that_are_asked(door):
    text = record_text(door.policy)
    assert f"contacts only {door.site.origin.removeprefix('http://')}" in text
    assert "consents of members" in text
