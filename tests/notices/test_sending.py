"""Notices reach real servers on loopback; whatever those do, the audit goes on and tries again."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from auditor.app import notify as noticing
from auditor.app.notify import notify, notify_failure
from auditor.model.notice import Message, NoticeKind, Notices
from auditor.model.policy import RosterPolicy
from auditor.notices.sending import send
from auditor.store import tables
from auditor.store.database import open_database
from auditor.store.outbox import MOST_ATTEMPTS, Outbox
from auditor.store.runs import RunStore
from tests.notices.servers import mail_server, silent_server, webhook
from tests.reports.invented import report

MESSAGE = Message("Ünusual title", "Line one\nRésumé: 3 <b>&amp;</b>\n.\n..end")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store():
    return RunStore(open_database("sqlite://"))


def policy(*addresses, on=frozenset(NoticeKind), language="en"):
    return SimpleNamespace(
        notices=Notices(addresses, frozenset(on)), language=language, roster=RosterPolicy()
    )


def rows(store):
    with store.engine.connect() as connection:
        return list(connection.execute(sa.select(tables.outbox).order_by(tables.outbox.c.number)).mappings())


def test_mail_arrives_as_it_was_written():
    with mail_server() as server:
        assert send(server.address, MESSAGE) == ""
        [mail] = server.received
    assert mail["Subject"] == MESSAGE.title
    assert "hr@invented.example" in mail["To"]
    plain = mail.get_body(("plain",)) or mail
    assert plain.get_content().replace("\r\n", "\n").strip() == MESSAGE.body


def test_a_webhook_gets_the_text():
    with webhook() as server:
        assert send(server.address, MESSAGE) == ""
        [post] = server.received
    assert (post["title"], post["message"]) == (MESSAGE.title, MESSAGE.body)


def test_an_address_may_stand_in_a_variable(monkeypatch):
    with webhook() as server:
        monkeypatch.setenv("HR_CHANNEL", server.address)
        assert send("env:HR_CHANNEL", MESSAGE) == ""
        assert len(server.received) == 1
    monkeypatch.delenv("HR_CHANNEL")
    assert send("env:HR_CHANNEL", MESSAGE) == "the variable HR_CHANNEL is not set"


def test_what_goes_wrong_is_said_without_the_address(capfd, caplog):
    with webhook() as server, mail_server() as mail:
        server.status, mail.refuses = 500, True
        troubles = [send(server.address, MESSAGE), send(mail.address, MESSAGE)]
    troubles += [send("json://127.0.0.1:9/?token=s3cret", MESSAGE), send("nonsense://s3cret", MESSAGE)]
    assert all(troubles)
    captured = capfd.readouterr()
    assert "s3cret" not in "".join(troubles) + captured.out + captured.err + caplog.text
    assert not captured.err


def test_a_server_that_hangs_is_not_waited_for():
    with silent_server() as address:
        began = time.monotonic()
        assert send(address, MESSAGE, patience=0.3) == "no answer within 0.3 s"
        assert time.monotonic() - began < 3


def test_a_program_ends_although_a_server_hangs():
    with silent_server() as address:
        script = (
            "from auditor.notices.sending import send; from auditor.model.notice import Message;"
            f"print(send({address + '?cto=60&rto=60'!r}, Message('t', 'b'), 0.5))"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
        )
    assert "no answer" in done.stdout


def test_a_failed_notice_is_sent_at_the_next_run(store):
    with webhook() as down, webhook() as up:
        down.status = 503
        both = policy(down.address, up.address)
        [trouble] = notify(both, store, report())
        assert "tried again at the next run" in trouble
        assert [bool(row["sent_at"]) for row in rows(store)] == [False, True]
        down.status = 200
        assert notify(both, store, None) == []
        assert [(row["attempts"], bool(row["sent_at"])) for row in rows(store)] == [(2, True), (1, True)]
        assert (len(down.received), len(up.received)) == (2, 1), "nobody hears it twice"
        assert notify(both, store, None) == []
        assert len(down.received) == 2
    assert "s3cret" not in str(rows(store))


def test_a_notice_is_given_up_in_the_end(store):
    with webhook() as server:
        server.status = 500
        said = [notify(policy(server.address), store, report() if n == 0 else None) for n in range(8)]
        assert len(server.received) == MOST_ATTEMPTS
    assert [len(lines) for lines in said] == [1] * MOST_ATTEMPTS + [0] * (8 - MOST_ATTEMPTS)
    assert "given up" in said[MOST_ATTEMPTS - 1][0]


def test_a_notice_to_an_address_that_left_the_policy_is_dropped(store):
    with webhook() as server:
        server.status = 500
        notify(policy(server.address), store, report())
        assert notify(policy("json://127.0.0.1:9/other"), store, None) == []
        assert len(server.received) == 1
    assert Outbox(store.engine).waiting() == []


def test_the_same_run_is_told_once(store):
    with webhook() as server:
        for _ in range(2):
            assert notify(policy(server.address), store, report()) == []
        assert len(server.received) == 1
        made = report()
        changed = replace(made, run=replace(made.run, counts={**made.run.counts, "new": 99}))
        notify(policy(server.address), store, changed)
        assert len(server.received) == 2


def test_all_notices_together_have_an_end(store, monkeypatch):
    monkeypatch.setattr(noticing, "PATIENCE_IN_ALL", 0.4)
    with silent_server() as address:
        began = time.monotonic()
        said = notify(policy(*(f"{address}{n}" for n in range(6))), store, report())
        assert time.monotonic() - began < 3
    assert any("over" in line for line in said)
    assert len(Outbox(store.engine).waiting()) == 6


def test_whatever_breaks_the_audit_goes_on(store, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(noticing, "send", broken)
    [said] = notify(policy("json://127.0.0.1:9/"), store, report())
    assert "RuntimeError" in said


def test_without_addresses_nothing_is_noted_or_loaded(store):
    assert notify(policy(), store, report()) == []
    assert rows(store) == []


def test_a_scheduled_audit_that_could_not_run_is_told_once_a_month(store):
    with webhook() as server:
        for _ in range(3):
            assert notify_failure(policy(server.address), store, 2) == []
        assert len(server.received) == 1
        assert notify_failure(policy(server.address), None, 4) == []
        assert len(server.received) == 2, "also where the store cannot be opened"
        assert notify_failure(policy(server.address, on={NoticeKind.FINISHED}), store, 4) == []
        assert len(server.received) == 2
    assert "Exit status: 2" in server.received[0]["message"]
