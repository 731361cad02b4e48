"""`auditor member invite|serve|revoke` and `auditor consent list|remind|withdraw|forget`."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

from auditor.demo.consent_site import SECRET
from auditor.model.consent import Token
from tests.app.consenting import Door, number_of
from tests.calling import call


@pytest.fixture
def door(tmp_path, monkeypatch):
    monkeypatch.setenv("INVENTED_APP_SECRET", SECRET)
    opened = Door(tmp_path / "firm")
    yield opened
    opened.close()


def consent(door: Door, *words: str):
    return call("consent", *words, "--policy", door.policy.path)


def with_roster(door: Door, *words: str):
    roster, mails = door.folder / "people.csv", door.folder / "mails"
    return call(*words, "--roster", roster, "--output", mails, "--policy", door.policy.path)


def test_invite_drafts_a_mail_each_and_says_who_gets_none(door):
    door.connect(0)
    door.consents.refuse(number_of(1), door.today)
    done = with_roster(door, "member", "invite")
    assert done.returncode == 0, done.stderr
    mails = door.folder / "mails"
    assert sorted(path.name for path in mails.iterdir()) == ["NL-1002.eml", "NL-1003.eml", "links.csv"]
    assert "2 drafts written; none was sent." in done.stderr
    assert "1 who have consented already" in done.stderr
    assert "1 who said no" in done.stderr
    one = with_roster(door, "member", "invite", "--again", "--select", number_of(1))
    assert "1 drafts written" in one.stderr
    revoked = call("member", "revoke", number_of(1), "--policy", door.policy.path)
    assert revoked.stdout == "1 links revoked.\n"


def test_list_remind_withdraw_and_forget(door):
    now = datetime.now(UTC)
    door.consents.connect(number_of(0), Token("a", now + timedelta(days=20)), door.today, now)
    door.connect(1)
    reminded = with_roster(door, "consent", "remind")
    assert "1 drafts written; none was sent." in reminded.stderr, reminded.stderr
    assert consent(door, "withdraw", number_of(1)).stdout == "Withdrawn.\n"
    assert "no consent" in consent(door, "withdraw", number_of(1)).stdout
    lines = [json.loads(line) for line in consent(door, "list", "--format", "json").stdout.splitlines()]
    assert [one["state"] for one in lines] == ["consented", "withdrawn", "invited", "invited"]
    assert lines[0]["reminded"] == door.today.isoformat() or lines[0]["reminded"] == now.date().isoformat()
    assert "until" in consent(door, "list").stdout
    assert consent(door, "forget", number_of(1), "--yes").stdout == "Deleted.\n"
    assert consent(door, "forget", number_of(1), "--yes").returncode == 2
    assert "3 people." in consent(door, "list").stderr


def test_without_an_address_of_the_page_nobody_is_invited(door):
    text = door.policy.path.read_text("utf-8").replace(
        "    page_address: https://profile.noordlicht.example\n", ""
    )
    door.policy.path.write_text(text, "utf-8")
    done = with_roster(door, "member", "invite")
    assert (done.returncode, "page_address" in done.stderr) == (2, True)
    assert not (door.folder / "mails").exists()


def serve(door: Door, *words: str):
    return call(
        "member", "serve", "--roster", door.folder / "people.csv", "--policy", door.policy.path, *words
    )


@pytest.mark.parametrize(
    "address", ["http://profile.example.com", "https://profile.example.com/hr", "profile"]
)
def test_the_page_is_only_served_where_people_reach_it_encrypted(door, address):
    done = serve(door, "--public-address", address)
    assert done.returncode == 2
    assert "https" in done.stderr


def test_a_port_that_is_taken_is_said(door):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        done = serve(door, "--port", str(bound.getsockname()[1]))
    assert done.returncode == 2
    assert "Choose another port" in done.stderr
