"""What docs/versions.md promises: an installation of the first release (0.1) goes on with this program.

`first_release/` was written by the code of 22 November 2026: its policy, the store of two audits with a
waiver and a checklist that HR returned, the findings.json of the second, and the names of all its settings.
"""

from __future__ import annotations

import inspect
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

import auditor
from auditor.analysis import ADOPTION, FINDINGS, PEOPLE, TREND, Audit
from auditor.app.paths import log_of
from auditor.app.publish import findings_content, stored_report
from auditor.app.registry import policy_of, rules, sources
from auditor.config.schema import PolicyFile
from auditor.model.case import StepState
from auditor.model.finding import FindingState
from auditor.store.database import newest_revision, revision
from tests.calling import call
from tests.feedback import firm as invented
from tests.feedback.firm import WRONG
from tests.feedback.leaving import GONE, MONTHS, STAFF, STILL, LeavingFirm

ROOT = Path(__file__).resolve().parent.parent
FIRST = Path(__file__).resolve().parent / "first_release"
POLICY = (FIRST / "policy.yaml").read_text("utf-8")


@pytest.fixture
def firm(tmp_path, monkeypatch):
    """The folder of a company that has audited twice with the first release."""
    folder = tmp_path / "firm"
    (folder / "state").mkdir(parents=True)
    with closing(sqlite3.connect(folder / "state" / "auditor.sqlite3")) as store:
        store.executescript((FIRST / "store.sql").read_text("utf-8"))
    monkeypatch.setattr(invented, "POLICY", POLICY.replace("{", "{{").replace("}", "}}"))
    return LeavingFirm(folder)


def test_its_policy_says_what_it_said(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY, "utf-8")
    policy = policy_of(path)
    (company,) = policy.companies.values()
    assert (company.banner_bands.match_below, company.banner_bands.differs_above) == (1.5, 3.2)
    assert policy.ladder == ("saved_pages",)
    assert {(rule.rule.id, rule.severity) for rule in policy.rules} == {
        (one, None) for one in ("BNR001", "CMP001", "HDL001", "LVR001", "PRF001")
    }


def settings_of(schema: dict, whole: dict, before: str = "") -> Iterator[str]:
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if isinstance(schema.get("items"), dict) else ())]
    for one in inner:
        yield from settings_of(one, whole, before)
    for name, one in schema.get("properties", {}).items():
        yield f"{before}{name}"
        yield from settings_of(one, whole, f"{before}{name}.")


def test_no_setting_of_a_policy_has_gone():
    whole = PolicyFile.model_json_schema()
    known = set(settings_of(whole, whole))
    for rule in rules():
        known |= {f"rules.{rule.id}.{field.name}" for field in fields(rule.settings)}
    for name, source in sources().items():
        known |= {f"sources.{name}.{field.name}" for field in fields(source.settings)}
    # these stand in a section of their own now, and are still read here: the test above has them
    moved = {f"rules.BNR001.{one}" for one in ("match_below", "differs_above", "calibrated_on")}
    assert set((FIRST / "settings.txt").read_text("utf-8").split()) - known == moved


def test_its_store_goes_on(firm):
    assert revision(firm.store.engine) == newest_revision()
    assert firm.store.run_ids() == ["2026-10-20-01", "2026-09-20-01"]
    firm.audit(MONTHS[2], {**STAFF, "0102": WRONG, "0103": WRONG, "0201": STILL, "0202": GONE})
    still_open = firm.finding("0102")
    assert (still_open.state, still_open.first_seen) == (FindingState.OPEN, MONTHS[0])
    assert firm.state("0103") is FindingState.WAIVED
    leaver = firm.finding("0201", "LVR001")
    assert (leaver.state, leaver.first_seen) == (FindingState.OPEN, MONTHS[0])
    assert firm.record("0201").opened_on == MONTHS[0]
    done = firm.answer("0201", "O05")
    assert (done.state, done.evidence, done.done_by) == (StepState.DONE, "ticket 4711", "Marga Verzonnen")
    assert log_of(firm.policy, firm.store.engine).verify() is None


def test_its_reports_can_be_written_again(firm):
    done = call(
        "report", "2026-10-20-01", "--policy", firm.policy.path, "--output", firm.folder / "again",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before = json.loads((FIRST / "findings.json").read_text("utf-8"))
    content = findings_content(stored_report(firm.store, firm.store.run("2026-10-20-01"), firm.policy))
    assert set(names_in(before)) - set(names_in(content)) == set()
    assert told(content) == told(before)


def names_in(value: object, before: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{before}{name}"
            yield from names_in(inner, f"{before}{name}.")
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner, before)


def told(content):
    return {
        (person["employee_id"], result["rule"]): (result["outcome"], result["code"], result["state"])
        for person in content["employees"]
        for result in person["results"]
    }


def test_its_findings_are_loaded_by_the_python_interface():
    audit = auditor.load(FIRST / "findings.json")
    wrong = audit.findings[audit.findings["state"] == "open"]
    assert set(zip(wrong["employee_id"], wrong["rule"], strict=True)) == {
        ("0102", "HDL001"),
        ("0201", "LVR001"),
    }
    assert len(audit.people) == 7


def test_the_python_interface_is_the_one_that_the_page_promises():
    page = (ROOT / "docs" / "versions.md").read_text("utf-8")
    assert str(inspect.signature(auditor.load)).startswith("(where: ")
    assert list(inspect.signature(auditor.load).parameters) == ["where", "run"]
    assert [field.name for field in fields(Audit)] == ["findings", "people", "trend", "adoption"]
    promised = {
        name: re.findall(r"`(\w+)`", columns)
        for name, columns in re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE)
    }
    tables = {"findings": FINDINGS, "people": PEOPLE, "trend": TREND, "adoption": ADOPTION}
    assert promised == {name: list(columns) for name, columns in tables.items()}
