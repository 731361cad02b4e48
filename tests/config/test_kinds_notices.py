"""What may stand in the policy about notices and the store; mistakes have their line and no secret."""

import pytest

from auditor.app.registry import policy_of
from auditor.app.run_plan import store_address
from auditor.errors import ConfigError, StoreError
from auditor.model.notice import NoticeKind, Notices
from tests.cli.test_commands import POLICY


@pytest.fixture
def write(tmp_path):
    def write(more):
        path = tmp_path / "policy.yaml"
        path.write_text(POLICY + more, "utf-8")
        return path

    return write


def test_a_policy_without_notices_has_none(write):
    assert policy_of(write("")).notices == Notices()


def test_addresses_and_reasons(write):
    path = write("notices: {urls: ['json://127.0.0.1/x', 'env:HR', 'env:HR'], on: [refused, degraded]}\n")
    reasons = frozenset({NoticeKind.REFUSED, NoticeKind.DEGRADED})
    assert policy_of(path).notices == Notices(("json://127.0.0.1/x", "env:HR"), reasons)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("urls: [hr@invented.example]", "must be an address"),
        ("urls: ['nonsense://s3cret']", "does not understand this nonsense://"),
        ("urls: ['mailto://']", "does not understand this mailto://"),
        ("urls: ['env:two words']", "name of an environment variable"),
        ("on: [sometimes]", "refused, degraded, needs_you, finished"),
        ("on: []", "must not be empty"),
        ("url: x", "did you mean urls?"),
    ],
)
def test_a_mistake_has_its_line(write, line, words, capfd):
    path = write(f"notices:\n  language: nl\n  {line}\n")
    with pytest.raises(ConfigError) as caught:
        policy_of(path)
    count = len((POLICY + "notices:\n").splitlines())
    places = {(mistake.line, words in mistake.message) for mistake in caught.value.mistakes}
    assert (count + 2, True) in places, caught.value.message
    assert any(mistake.key == "notices.language" for mistake in caught.value.mistakes)
    assert "s3cret" not in caught.value.message + "".join(capfd.readouterr())


@pytest.mark.parametrize("address", ["mysql://s3cret@host/x", "C:\\store.db", "env:1 2"])
def test_a_store_address_of_another_kind_is_a_mistake(write, address):
    with pytest.raises(ConfigError, match="must begin with postgresql://") as caught:
        policy_of(write(f"store: {{address: '{address}'}}\n"))
    assert "s3cret" not in caught.value.message


def test_the_store_address_may_stand_in_a_variable(write, monkeypatch):
    policy = policy_of(write("store: {address: env:AUDIT_STORE}\n"))
    with pytest.raises(StoreError, match="AUDIT_STORE is not set"):
        store_address(policy)
    monkeypatch.setenv("AUDIT_STORE", "postgresql://host/audit")
    assert store_address(policy) == "postgresql://host/audit"
