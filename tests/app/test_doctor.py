"""What blocks the next run is said, each with how to mend it; what is fine too."""

import pytest

from auditor.app.doctor import Verdict, examine_installation
from auditor.app.start import start_installation
from auditor.store.database import alone
from tests.calling import call
from tests.feedback.firm import Firm


def checks(policy, roster, output):
    return list(examine_installation(policy, roster, output))


def blocking(found):
    return [(one.name, one.text) for one in found if one.verdict is Verdict.BLOCKS]


@pytest.fixture
def firm(tmp_path):
    made = Firm(tmp_path)
    made._write_roster()
    return made


def test_a_sound_installation_is_not_blocked(firm):
    found = checks(firm.policy.path, firm.folder / "people.csv", firm.folder / "reports")
    assert blocking(found) == []
    assert {"policy", "store", "banner", "evidence", "roster"} == {one.name for one in found}


def test_a_fresh_start_names_every_decision_that_is_open(tmp_path):
    start_installation(tmp_path)
    found = checks(
        tmp_path / "config/policy.yaml", tmp_path / "config/roster-sample.csv", tmp_path / "reports"
    )
    texts = " ".join(text for _, text in blocking(found))
    for key in ("purpose", "ground", "balancing_note_date", "contact", "notice_date"):
        assert f"privacy.{key}" in texts
    assert all(one.hint for one in found if one.verdict is Verdict.BLOCKS and one.name == "policy")


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (lambda firm: firm.policy.path.write_text("version: 1\nnonsense: 2\n", "utf-8"), "policy"),
        (lambda firm: firm.policy.path.unlink(), "policy"),
        (lambda firm: (firm.folder / "people.csv").write_text("a;b\n1;2\n", "utf-8"), "roster"),
        (lambda firm: (firm.folder / "people.csv").unlink(), "roster"),
        (lambda firm: (firm.folder / "reports").write_text("a file"), "reports"),
        (lambda firm: (firm.folder / "state/auditor.sqlite3").write_bytes(b"nonsense" * 99), "store"),
    ],
    ids=["key", "no policy", "columns", "no roster", "folder", "store"],
)
def test_each_thing_that_blocks_is_named(firm, damage, name):
    damage(firm)
    found = checks(firm.policy.path, firm.folder / "people.csv", firm.folder / "reports")
    assert name in {one for one, _ in blocking(found)}


def test_a_missing_browser_is_found_before_the_run_and_explained(firm):
    path = firm.policy.path
    text = path.read_text("utf-8")
    settings = "{allowed_hosts: [pages.example], browser: no-such-browser}"
    ladder = f"sources: {{ladder: [public_page], public_page: {settings},"
    assert "sources: {ladder: [saved_pages]," in text
    path.write_text(text.replace("sources: {ladder: [saved_pages],", ladder), "utf-8")
    found = checks(path, firm.folder / "people.csv", firm.folder / "reports")
    evidence = next(one for one in found if one.name == "evidence")
    assert evidence.verdict is Verdict.BLOCKS
    assert "No browser could be started" in evidence.text
    assert "no-such-browser" in evidence.text
    assert "apt-get install" in evidence.hint


@pytest.mark.parametrize(("secret", "text"), [("", "LINKEDIN_APP_SECRET is not set"), ("x", "can be asked")])
def test_a_missing_secret_of_the_app_is_found_before_the_run(firm, monkeypatch, secret, text):
    monkeypatch.setenv("LINKEDIN_APP_SECRET", secret)
    path = firm.policy.path
    app = "{client_id: x1, page_address: https://profile.example.com}"
    ladder = f"sources: {{ladder: [member_consent], member_consent: {app},"
    changed = path.read_text("utf-8").replace("sources: {ladder: [saved_pages],", ladder)
    path.write_text(changed, "utf-8")
    found = checks(path, firm.folder / "people.csv", firm.folder / "reports")
    (evidence,) = [one for one in found if one.name == "evidence"]
    assert (evidence.verdict is Verdict.BLOCKS) is (not secret)
    assert text in evidence.text


def test_a_run_that_is_going_on_is_said(firm):
    with alone(firm.store.engine):
        found = checks(firm.policy.path, firm.folder / "people.csv", firm.folder / "reports")
    assert ("store", "Another run is using this store.") in blocking(found)


def test_an_entity_that_was_informed_only_yesterday_is_blocked(firm):
    path = firm.policy.path
    path.write_text(path.read_text("utf-8").replace("2020-02-01", "2026-11-27"), "utf-8")
    found = checks(path, firm.folder / "people.csv", firm.folder / "reports")
    assert [name for name, text in blocking(found) if "nobody was checked" in text] == ["roster"]


def test_the_command_puts_what_blocks_first_and_ends_with_two(firm):
    firm.policy.path.write_text("version: 1\n", "utf-8")
    ended = call("doctor", "--policy", firm.policy.path)
    assert ended.returncode == 2
    assert ended.stdout.startswith("BLOCKS  policy:")
