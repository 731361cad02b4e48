"""`auditor explain`: what was tried for one person, what it gave, and what follows from it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from auditor.app.eligibility import register_of
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.cli.main import run_program
from auditor.findings.health import judge_health
from auditor.findings.tracking import track
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.health import HealthLimits
from auditor.model.profile import PageKind
from auditor.model.report import RunFacts
from auditor.model.rule import CheckResult, Failed, NotApplicable, Passed, Severity, Undetermined
from auditor.model.run_result import RosterKept, RunResult
from auditor.store.database import open_database, sqlite_address
from auditor.store.objections import marks_of
from auditor.store.runs import Examined, RunStore
from tests.cli.test_commands import POLICY

TODAY = date(2026, 11, 22)
PAGE_TIME = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
EXPORT_TIME = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)  # 10 November in Brussels
PERSON = Employee(
    "0042",
    "Quilla Ostrander",
    RosterState.ACTIVE,
    "https://www.linkedin.com/in/quilla/",
    entity="Noordlicht Energie",
)
TRIALS = (
    Trial("saved_pages", CaptureStatus.NOT_ATTEMPTED, None, PAGE_TIME, attempts=0, trouble="no saved page"),
    Trial(
        "public_page", CaptureStatus.OK, PageKind.PROFILE_MASKED, PAGE_TIME, 200, 2,
        layout="desktop 2024", notes=("a dialogue covered the page",), decided=("CMP001",),
        fields=(("headline", "unseen"), ("positions", "present"), ("banner", "absent")),
    ),
    Trial(
        "member_export", CaptureStatus.OK, PageKind.RECORD, EXPORT_TIME, decided=("HDL001",),
        fields=(("headline", "present"),),
    ),
)  # fmt: skip


def result(rule, outcome, source, moment=PAGE_TIME, severity=Severity.LOW):
    return CheckResult(rule, outcome, severity, source, moment)


HOSTILE = "Engineer\x1b[31m\u202e at nobody"
RESULTS = (
    result("BNR001", Undetermined("BANNER_UNSEEN", "hidden"), "public_page"),
    result("CMP001", Passed("OK_LINKED", "link", "linked"), "public_page"),
    result(
        "HDL001", Failed("NO_COMPANY", "The company is not named.", "Engineer at Noordlicht", HOSTILE),
        "member_export", EXPORT_TIME, Severity.MEDIUM,
    ),
    CheckResult("LVR001", NotApplicable("STATE_ACTIVE", "in service"), Severity.HIGH),
    result("PRF001", Undetermined("NAME_UNSEEN", "no name"), "saved_pages"),
)  # fmt: skip
NEVER_OPENED = Examination(Employee("KV-7", "Ivo Long", RosterState.LONG_LEAVE), (), ())


def keep(store, run_id, examinations):
    facts = RunFacts(run_id, PAGE_TIME, PAGE_TIME, TODAY, "p" * 64, "r" * 64, "x.csv", None, "", "0.1.0")
    run = store.begin(facts, RosterKept(tuple(e.employee for e in examinations), (), ()), run_id)
    for place, examination in enumerate(examinations):
        store.save(run_id, [Examined(place, examination, True)])
    findings = track(store.history(run.number), examinations, TODAY)
    health = judge_health(examinations, 0, HealthLimits())
    store.finish(RunResult(facts, health, run.roster, tuple(examinations), findings), complete=True)


@pytest.fixture
def policy(tmp_path):
    (tmp_path / "config").mkdir()
    path = tmp_path / "config" / "policy.yaml"
    path.write_text(POLICY, "utf-8")
    store = RunStore(open_database(sqlite_address(tmp_path / "state" / "auditor.sqlite3")))
    keep(store, "first", [Examination(PERSON, TRIALS, RESULTS), NEVER_OPENED])
    mended = replace(RESULTS[2], outcome=Passed("OK_EXACT"))
    keep(store, "second", [Examination(PERSON, TRIALS, (*RESULTS[:2], mended, *RESULTS[3:])), NEVER_OPENED])
    return path


def explain(policy, capsys, *arguments):
    status = run_program(["explain", *arguments, "--policy", str(policy)])
    out, err = capsys.readouterr()
    return status, out, err


def facts_of(policy, capsys, *arguments):
    status, out, err = explain(policy, capsys, *arguments, "--format", "json")
    assert status == 0, err
    return json.loads(out)


def test_every_rung_says_what_it_gave_and_what_it_decided(policy, capsys):
    rungs = facts_of(policy, capsys, "0042", "--run", "first")["rungs"]
    assert [(r["source"], r["status"], r["page_kind"], r["age_days"], r["decided"]) for r in rungs] == [
        ("saved_pages", "not_attempted", None, 0, []),
        ("public_page", "ok", "profile_masked", 0, ["CMP001"]),
        ("member_export", "ok", "record", 12, ["HDL001"]),
    ]
    assert rungs[0]["trouble"] == "no saved page"
    assert rungs[1]["notes"] == ["a dialogue covered the page"]
    assert rungs[1]["fields"]["headline"] == "unseen"
    assert rungs[2]["seen_at"].startswith("2026-11-10T00:30:00")


def test_every_rule_names_its_source_and_age(policy, capsys):
    results = {r["rule"]: r for r in facts_of(policy, capsys, "0042", "--run", "first")["results"]}
    headline = results["HDL001"]
    assert (headline["outcome"], headline["code"], headline["severity"]) == ("failed", "NO_COMPANY", "medium")
    assert (headline["expected"], headline["reason"]) == (
        "Engineer at Noordlicht",
        "The company is not named.",
    )
    assert (headline["source"], headline["age_days"], headline["state"]) == ("member_export", 12, "new")
    assert (results["CMP001"]["source"], results["CMP001"]["age_days"]) == ("public_page", 0)
    nothing_seen = [(results[r]["source"], results[r]["seen_at"]) for r in ("LVR001", "PRF001")]
    assert nothing_seen == [(None, None)] * 2, "what was never opened is no evidence"


def test_the_latest_run_is_explained_unless_another_is_named(policy, capsys):
    facts = facts_of(policy, capsys, "0042")
    assert facts["run"]["id"] == "second"
    headline = next(r for r in facts["results"] if r["rule"] == "HDL001")
    assert (headline["outcome"], headline["state"]) == ("passed", "resolved")


def test_the_text_says_it_in_words_and_carries_no_control_signs(policy, capsys):
    status, out, _ = explain(policy, capsys, "0042", "--run", "first")
    assert status == 0
    for words in (
        "Quilla Ostrander (0042)",
        "1. saved_pages: not attempted",
        "2. public_page: ok, profile_masked, layout desktop 2024, 2026-11-22 09:30:00+01:00 (same day)",
        "HTTP 200, 2 attempts",
        "not visible: headline",
        "certainly not there: banner",
        "decided: CMP001",
        "HDL001  Headline: failed NO_COMPANY (severity medium, sure)",
        "from: member_export, 2026-11-10 00:30:00+01:00 (12 days old)",
    ):
        assert words in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_somebody_who_is_never_opened_has_no_evidence(policy, capsys):
    _, out, _ = explain(policy, capsys, "KV-7")
    assert "none was needed" in out


def test_a_number_without_its_zeros_finds_the_person(policy, capsys):
    status, out, _ = explain(policy, capsys, "42")
    assert (status, out.splitlines()[0]) == (
        0,
        "Quilla Ostrander (0042): Noordlicht Energie, roster state active",
    )


def test_somebody_who_objected_is_said_to_have_objected(policy, capsys):
    loaded = policy_of(policy)
    register_of(loaded, open_store(loaded).engine).record(marks_of(("KV-7",), None), date(2026, 11, 20))
    _, out, _ = explain(policy, capsys, "KV-7")
    assert "Objected, recorded on 2026-11-20: the profile is not opened any more." in out
    assert "none was needed: the person objected" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("0-042",), "Similar: 0042"),
        (("kv7",), "Similar: KV-7"),
        (("zzzzzz",), "contains nobody with the number 'zzzzzz'"),
        (("0042", "--run", "third"), "Stored runs: second, first"),
    ],
)
def test_an_unknown_person_or_run_ends_with_usage(policy, capsys, arguments, words):
    status, out, err = explain(policy, capsys, *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_without_any_run_it_says_so(tmp_path, capsys):
    path = tmp_path / "config" / "policy.yaml"
    path.parent.mkdir()
    path.write_text(POLICY, "utf-8")
    status, _, err = explain(path, capsys, "0042")
    assert status == 2
    assert "no stored run" in err
