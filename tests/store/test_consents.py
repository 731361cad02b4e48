"""The consent register on each kind of store: what is kept, what goes at once, what a backup gives away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.files.cipher import Cipher
from auditor.model.consent import ConsentState, FetchedPages, Token
from auditor.model.policy import Retention
from auditor.store import tables
from auditor.store.backup import back_up, restore
from auditor.store.consents import Consents
from auditor.store.database import open_database, sqlite_address
from auditor.store.retention import purge

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TOKEN = Token("AQX-access-secret", NOW + timedelta(days=60), "AQX-refresh-secret", NOW + timedelta(days=365))
PAGES = FetchedPages((b'{"elements": ["Grid planner at Vintergloed"]}',), NOW)


@pytest.fixture
def consents(engine, tmp_path):
    return Consents(engine, Cipher(tmp_path / "keys" / "consent.key", "hint"))


@pytest.fixture(autouse=True)
def _folder_of_keys(tmp_path):
    (tmp_path / "keys").mkdir()


def kept(engine):
    with engine.connect() as connection:
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (tables.consent_tokens, tables.consent_snapshots)
        ]


def connected(consents, number="E-1"):
    grant = consents.connect(number, TOKEN, TODAY, NOW)
    assert consents.keep(number, grant, "2026-11", PAGES)
    return grant


def test_what_is_kept_is_read_back_and_only_while_the_consent_stands(consents):
    grant = connected(consents)
    assert consents.standing("E-1", TODAY).token == TOKEN
    assert consents.fetched("E-1", "2026-11") == PAGES
    assert consents.fetched("E-1", "2026-12") is None
    assert consents.of("E-1").ends_on == date(2027, 11, 22)
    assert consents.standing("E-1", date(2027, 11, 23)) is None
    assert consents.standing("E-2", TODAY) is None
    again = consents.connect("E-1", TOKEN, TODAY, NOW)
    assert again != grant
    assert consents.fetched("E-1") is None, "what was fetched under another consent goes with it"


@pytest.mark.parametrize("end", ["withdraw", "forget", "expire"])
def test_the_end_of_a_consent_deletes_token_and_pages_with_it(consents, engine, end):
    grant = connected(consents)
    connected(consents, "E-2")
    arguments = {"withdraw": ("E-1", TODAY), "forget": ("E-1",), "expire": ("E-1", grant, TODAY)}[end]
    assert getattr(consents, end)(*arguments)
    assert kept(engine) == [1, 1]
    assert consents.standing("E-1", TODAY) is None
    line = consents.of("E-1")
    assert (line and line.state) == {"withdraw": "withdrawn", "forget": None, "expire": "expired"}[end]
    assert not getattr(consents, end)(*arguments), "a second time nothing is left to end"


def test_what_arrives_after_the_withdrawal_is_dropped(consents, engine):
    grant = connected(consents)
    consents.withdraw("E-1", TODAY)
    assert not consents.keep("E-1", grant, "2026-11", PAGES)
    assert not consents.renew("E-1", grant, TOKEN, NOW)
    newer = consents.connect("E-1", TOKEN, TODAY, NOW)
    assert not consents.keep("E-1", grant, "2026-11", PAGES), "nor under the consent that came after it"
    assert not consents.expire("E-1", grant, TODAY)
    assert consents.standing("E-1", TODAY).id == newer
    assert kept(engine) == [1, 0]


def test_withdrawing_works_without_the_key(engine, tmp_path, consents):
    connected(consents)
    (tmp_path / "keys" / "consent.key").unlink()
    keyless = Consents(engine, Cipher(tmp_path / "keys" / "consent.key", "Put it back."))
    with pytest.raises(StoreError, match="is missing"):
        keyless.standing("E-1", TODAY)
    assert keyless.withdraw("E-1", TODAY)
    assert kept(engine) == [0, 0]


def test_a_row_that_was_moved_to_another_person_is_refused(consents, engine):
    connected(consents)
    connected(consents, "E-2")
    table = tables.consent_tokens
    with engine.begin() as connection:
        body = connection.scalar(sa.select(table.c.body).where(table.c.employee_id == "E-2"))
        connection.execute(table.update().where(table.c.employee_id == "E-1").values(body=body))
    with pytest.raises(StoreError, match="belongs to another"):
        consents.standing("E-1", TODAY)


def test_store_and_backup_tell_no_token_and_no_headline_without_the_key(tmp_path):
    engine = open_database(sqlite_address(tmp_path / "s" / "s.sqlite3"))
    consents = Consents(engine, Cipher(tmp_path / "keys" / "consent.key", "hint"))
    connected(consents)
    back_up(engine, tmp_path / "copy.sqlite3")
    for path in (tmp_path / "copy.sqlite3", tmp_path / "s" / "s.sqlite3"):
        body = path.read_bytes()
        assert b"E-1" in body
        for secret in (b"AQX-access", b"AQX-refresh", b"Vintergloed"):
            assert secret not in body
    restore(sqlite_address(tmp_path / "other" / "s.sqlite3"), tmp_path / "copy.sqlite3", tmp_path)
    elsewhere = open_database(sqlite_address(tmp_path / "other" / "s.sqlite3"))
    stranger = Consents(elsewhere, Cipher(tmp_path / "keys" / "new.key", "hint"))
    stranger.connect("E-9", TOKEN, TODAY, NOW)
    with pytest.raises(StoreError, match="not encrypted with"):
        stranger.standing("E-1", TODAY)


def test_after_a_withdrawal_no_byte_stays_in_the_file(tmp_path):
    engine = open_database(sqlite_address(tmp_path / "s.sqlite3"))
    consents = Consents(engine, Cipher(tmp_path / "keys" / "consent.key", "hint"))
    connected(consents)
    with engine.connect() as connection:
        body = connection.scalar(sa.select(tables.consent_tokens.c.body))
    assert body in (tmp_path / "s.sqlite3").read_bytes()
    consents.withdraw("E-1", TODAY)
    assert body[:60] not in (tmp_path / "s.sqlite3").read_bytes()


def test_a_restored_backup_brings_no_withdrawn_consent_back(consents, engine, address, tmp_path):
    connected(consents)
    connected(consents, "E-2")
    back_up(engine, tmp_path / "copy")
    consents.withdraw("E-1", TODAY)
    engine.dispose()
    restore(address, tmp_path / "copy", tmp_path, force=True)
    assert consents.of("E-1").state is ConsentState.WITHDRAWN
    assert consents.standing("E-1", TODAY) is None
    assert consents.standing("E-2", TODAY).token == TOKEN
    assert kept(engine) == [1, 1]


def test_retention_ends_what_is_over_and_lets_old_lines_go(consents, engine):
    connected(consents)
    consents.refuse("E-2", date(2026, 3, 1))
    consents.invite(["E-3"], date(2025, 1, 1))
    counts = purge(engine, date(2026, 12, 1), Retention())
    assert (counts["consents_ended"], counts["fetched_pages"], counts["consents"]) == (0, 1, 1)
    assert set(consents.all()) == {"E-1", "E-2"}
    counts = purge(engine, date(2027, 11, 23), Retention())
    assert (counts["consents_ended"], counts["consents"]) == (1, 1)
    assert consents.of("E-1").state is ConsentState.EXPIRED
    assert kept(engine) == [0, 0]
    purge(engine, date(2028, 12, 1), Retention())
    assert consents.all() == {}
