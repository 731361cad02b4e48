"""One store, wherever the program is called from; success is said only of what it will find again."""

import os
import shutil

import pytest

from auditor.app import read_back
from auditor.app.registry import policy_of
from auditor.app.run_plan import store_address
from auditor.config.kinds import definite_address
from auditor.files.keys import KEY_BYTES
from tests.calling import call
from tests.config.settings import make_files, policy_with

KEYS = ("store", "address")
FORGETFUL = [
    *("sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///:MEMORY:", "sqlite:/// :memory: "),
    *("sqlite:///file::memory:", "sqlite:///file:x?mode=memory&uri=true", "sqlite:///x.db?mode=memory"),
    *("sqlite:///file::memory:?cache=shared&uri=true", "sqlite:///   ", "sqlite:////dev/null", "sqlite:///."),
]
STRANGE = [
    *("mysql://x/y", "x.db", "sqlite:x.db", "sqlite://host/x.db", "postgresql://h:99999/x", "env:"),
    "postgresql://",
]


@pytest.fixture
def firm(tmp_path, monkeypatch):
    """An installation with a store of its own address; the current folder is another one."""
    (tmp_path / "config").mkdir()
    (tmp_path / "elsewhere").mkdir()
    path, _ = make_files(tmp_path / "config")
    path.write_text(policy_with({KEYS: "'sqlite:///audit.db'"}), "utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path


def ask(firm, *words, where="../config/policy.yaml"):
    return call(*words, "--policy", where)


def test_a_relative_store_counts_from_the_policy(firm):
    assert ask(firm, "privacy", "object", "1001").stdout == "Recorded.\n"
    assert (firm / "config" / "audit.db").exists()
    assert list((firm / "elsewhere").iterdir()) == []
    os.chdir(firm)
    again = ask(firm, "privacy", "objections", where="config/policy.yaml")
    assert "1 objections." in again.stderr
    again = ask(firm, "privacy", "object", "1001", where=str(firm / "config" / "policy.yaml"))
    assert again.stdout == "It was already recorded.\n"


@pytest.mark.parametrize("address", [*FORGETFUL, *STRANGE])
def test_a_store_that_forgets_is_refused_with_its_place(firm, address):
    path = firm / "config" / "policy.yaml"
    path.write_text(policy_with({KEYS: f"'{address}'"}), "utf-8")
    done = ask(firm, "privacy", "object", "1001")
    assert (done.returncode, done.stdout) == (2, "")
    assert "policy.yaml:" in done.stderr
    assert "store.address: " in done.stderr
    assert list((firm / "elsewhere").iterdir()) == []


def test_an_address_from_the_surroundings_is_held_to_the_same(firm, monkeypatch):
    path = firm / "config" / "policy.yaml"
    path.write_text(policy_with({KEYS: "env:AUDIT_STORE"}), "utf-8")
    monkeypatch.setenv("AUDIT_STORE", "sqlite:///:memory:")
    done = ask(firm, "privacy", "object", "1001")
    assert (done.returncode, "forgets everything" in done.stderr) == (2, True), done.stderr
    monkeypatch.setenv("AUDIT_STORE", "sqlite:///shared.db")
    assert store_address(policy_of(path)) == f"sqlite:///{firm / 'config' / 'shared.db'}"


def test_absolute_files_and_servers_stay_as_they_are(tmp_path):
    for address in (f"sqlite:///{tmp_path / 'x.db'}", "postgresql://u:p@db.example:5432/a", "env:STORE"):
        assert definite_address(address, tmp_path / "config") == address


def test_what_cannot_be_read_back_is_no_success(firm, monkeypatch):
    """The store that the next run will use is another one than the one just written."""
    monkeypatch.setattr(read_back, "store_address", lambda policy: f"sqlite:///{firm / 'other.db'}")
    done = ask(firm, "privacy", "object", "1001")
    assert (done.returncode, done.stdout) == (4, "")
    assert "The objection cannot be read back" in done.stderr


@pytest.mark.parametrize("rest", [b"", b"x", b"\0" * KEY_BYTES])
@pytest.mark.parametrize("command", [("privacy", "object", "1002"), ("privacy", "objections"), ("run",)])
def test_a_damaged_objections_key_stops_everything(firm, rest, command):
    key = firm / "state" / "objections.key"
    key.parent.mkdir()
    key.write_bytes(rest)
    words = (*command, "--roster", "../config/people.csv", "--dry-run") if command == ("run",) else command
    done = ask(firm, *words)
    if command == ("run",) and not (firm / "config" / "audit.db").exists():
        ask(firm, "privacy", "objections")  # the store is there now
        done = ask(firm, *words)
    assert done.returncode == 4, done.stderr
    assert "is damaged" in done.stderr
    assert key.read_bytes() == rest


def test_a_missing_key_is_not_made_anew_over_old_objections(firm):
    assert ask(firm, "privacy", "object", "1001").returncode == 0
    shutil.rmtree(firm / "state")
    done = ask(firm, "privacy", "object", "1002")
    assert (done.returncode, done.stdout) == (4, "")
    assert not (firm / "state" / "objections.key").exists()
