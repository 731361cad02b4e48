"""A default installation has no browser's, PostgreSQL's or notices' packages: each is missed in words."""

import subprocess
import sys

import pytest

from auditor.app.doctor import Verdict, examine_installation
from auditor.errors import StoreError
from auditor.notices.message import failure_message
from auditor.notices.sending import send
from auditor.store.database import open_database
from tests.feedback.firm import Firm

SMTP = "mailto://somebody:secret@localhost/?to=hr@northwind.example"


@pytest.fixture
def without(monkeypatch):
    """Call it with packages that shall not be importable."""

    def hide(*names):
        for name in [one for one in sys.modules if one.partition(".")[0] in names]:
            monkeypatch.delitem(sys.modules, name)
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)
        for name in ("_browser", "_public_pages", "_visit", "_traffic"):
            monkeypatch.delitem(sys.modules, f"auditor.sources.{name}", raising=False)

    return hide


@pytest.fixture
def firm(tmp_path):
    made = Firm(tmp_path)
    made._write_roster()
    return made


def change(firm, before, after):
    text = firm.policy.path.read_text("utf-8")
    assert before in text
    firm.policy.path.write_text(text.replace(before, after), "utf-8")


def checks(firm, name):
    found = examine_installation(firm.policy.path, firm.folder / "people.csv", firm.folder / "reports")
    return [one for one in found if one.name == name]


def test_every_command_starts_with_none_of_them(tmp_path):
    code = (
        "import sys, pkgutil, importlib\n"
        "sys.modules.update(dict.fromkeys(('playwright', 'psycopg', 'apprise')))\n"
        "import auditor.cli\n"
        "from auditor.app.registry import sources\n"
        "names = [m.name for m in pkgutil.iter_modules(auditor.cli.__path__)]\n"
        "[importlib.import_module('auditor.cli.' + name) for name in names]\n"
        "print(sorted(sources()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "public_page" in done.stdout


def test_the_doctor_names_the_extra_of_the_browser(firm, without):
    without("playwright")
    settings = "{allowed_hosts: [pages.example]}"
    change(
        firm,
        "sources: {ladder: [saved_pages],",
        f"sources: {{ladder: [public_page], public_page: {settings},",
    )
    (evidence,) = checks(firm, "evidence")
    assert evidence.verdict is Verdict.BLOCKS
    assert "packages that are not installed (playwright)" in evidence.text
    assert "[browser]" in evidence.hint


def test_a_store_on_postgresql_names_its_extra(without):
    without("psycopg")
    with pytest.raises(StoreError, match="PostgreSQL needs packages that are not installed") as refused:
        open_database("postgresql://auditor@/store?host=/nowhere")
    assert "[postgres]" in refused.value.hint


def test_notices_that_cannot_be_sent_are_said_and_cost_the_audit_nothing(firm, without):
    without("apprise")
    change(firm, "version: 1\n", f"version: 1\nnotices: {{urls: ['{SMTP}']}}\n")
    (check,) = checks(firm, "notices")
    assert (check.verdict, "[notices]" in check.hint) == (Verdict.WARNS, True)
    assert "not installed (apprise)" in send(SMTP, failure_message(3, "2026-11", "en"))
    # the address is not read either, so the policy is still good
    assert [one.verdict for one in checks(firm, "policy")] == [Verdict.FINE]
