"""Personal links: who gets one, what the mail says, and links that open nothing."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest

from auditor.app.data_rights import object_to_checks
from auditor.app.invite_members import (
    LeftOut,
    draft_mails,
    invite_members,
    note_reminded,
    open_link,
    remind_members,
)
from auditor.model.consent import Purpose, Token
from auditor.store import tables
from tests.app.consenting import name_of, number_of

NOW = datetime.now(UTC)


def parts(address: str) -> tuple[str, str]:
    _, _, host, page, purpose, text = address.split("/")
    assert (host, page) == ("profile.noordlicht.example", "m")
    return purpose, text


def test_a_link_opens_its_own_invitation_again_and_again_and_tells_no_name_and_number(door):
    purpose, text = parts(door.address(0))
    for _ in range(2):
        opened = open_link(door.policy, door.engine, purpose, text, NOW)
        assert opened.invitation.employee_id == number_of(0)
    for mark in (number_of(0), *name_of(0)):
        assert mark not in door.address(0)


def test_a_guessed_altered_or_swapped_link_opens_nothing(door):
    purpose, text = parts(door.address(0))
    _, theirs = parts(door.address(1))
    wrong = (
        *("", "x", "é", text[:-1], text + "a", text.swapcase(), "a" * 10_000),
        text.split(".")[0] + "." + theirs.split(".")[-1],
    )
    for guess in wrong:
        opened = open_link(door.policy, door.engine, purpose, guess, NOW)
        assert (opened.invitation, "not valid" in str(opened.words)) == (None, True), guess
    for other in ("renew", "", "nothing"):
        assert open_link(door.policy, door.engine, other, text, NOW).invitation is None


def test_a_link_stops_when_it_expires_or_is_replaced(door):
    purpose, text = parts(door.address(0))
    assert open_link(door.policy, door.engine, purpose, text, NOW + timedelta(days=59)).invitation
    late = open_link(door.policy, door.engine, purpose, text, NOW + timedelta(days=61))
    assert "expired" in str(late.words)
    invite_members(door.plan, door.engine, NOW)
    old = open_link(door.policy, door.engine, purpose, text, NOW)
    assert "replaced" in str(old.words)


def test_a_link_of_another_key_opens_nothing(door):
    purpose, text = parts(door.address(0))
    (door.folder / "state" / "consent.key").write_bytes(bytes(range(32)))
    assert open_link(door.policy, door.engine, purpose, text, NOW).invitation is None


def test_who_objected_said_no_or_consented_gets_no_link(door):
    object_to_checks(door.policy, door.engine, number_of(0), door.today)
    door.consents.refuse(number_of(1), door.today)
    door.consents.connect(number_of(2), Token("a", NOW + timedelta(days=300)), door.today, NOW)
    invited = invite_members(door.plan, door.engine, NOW)
    assert [one.employee.employee_id for one in invited.links] == [number_of(3)]
    assert invited.left_out == {LeftOut.OBJECTED: 1, LeftOut.SAID_NO: 1, LeftOut.CONSENTED: 1}
    again = invite_members(door.plan, door.engine, NOW, again=True)
    assert [one.employee.employee_id for one in again.links] == [number_of(1), number_of(3)]


def test_the_reminder_goes_once_to_those_whose_consent_ends_within_thirty_days(door):
    door.consents.connect(number_of(0), Token("a", NOW + timedelta(days=29)), door.today, NOW)
    door.consents.connect(number_of(1), Token("a", NOW + timedelta(days=40)), door.today, NOW)
    reminded = remind_members(door.plan, door.engine, NOW)
    assert [one.employee.employee_id for one in reminded.links] == [number_of(0)]
    note_reminded(door.policy, door.engine, reminded.links, NOW)
    assert remind_members(door.plan, door.engine, NOW).links == ()
    assert door.consents.standing(number_of(0), door.today), "the reminder ends nothing"
    purpose, text = parts(reminded.links[0].address)
    assert open_link(door.policy, door.engine, purpose, text, NOW).invitation.purpose is Purpose.RENEW


@pytest.mark.parametrize(
    ("language", "word"),
    [("nl", "vóór HR"), ("fr", "avant les RH"), ("de", "vor HR"), ("en", "before HR does")],
)
def test_the_mail_is_in_the_persons_language_with_the_link_and_without_an_address(door, language, word):
    from dataclasses import replace

    link = door.invited.links[0]
    link = replace(link, employee=replace(link.employee, language=language))
    mail_file, table = draft_mails(door.policy, [link], door.folder / "mails")
    assert mail_file.name == f"{number_of(0)}.eml"
    mail = email.message_from_bytes(mail_file.read_bytes(), policy=email.policy.default)
    assert word in mail["Subject"]
    assert (mail["To"], mail["From"]) == (None, None)
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert link.address in text
        assert "privacy@noordlicht.example" in text
    assert table.read_text("utf-8").splitlines()[1].startswith(f"{number_of(0)},{language},https://")
    assert table.stat().st_mode & 0o077 == 0


def test_the_secret_of_a_link_is_nowhere_in_the_store(door):
    _, text = parts(door.address(0))
    with door.engine.connect() as connection:
        rows = str(connection.execute(tables.consent_invitations.select()).all())
    from auditor.app.invite_members import signer, unsigned

    _, secret, _ = unsigned(signer(door.policy, "link invite"), text)
    assert secret not in rows
    assert secret not in repr(door.invited)


def test_who_is_on_long_leave_gets_no_mail(door):
    roster = door.folder / "people.csv"
    roster.write_text(roster.read_text("utf-8").replace(";active;", ";long-term leave;", 1), "utf-8")
    invited = invite_members(door.plan, door.engine, NOW)
    assert number_of(0) not in {one.employee.employee_id for one in invited.links}
    assert invited.left_out[LeftOut.NOT_CHECKED] == 1
