from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from auditor.app.registry import reporters
from auditor.findings.drift import Drift
from auditor.findings.health import judge_health
from auditor.language import words as _words
from auditor.language.words import Words, words_of
from auditor.model.capture import CaptureStatus
from auditor.model.examination import Examination
from auditor.model.health import HealthLimits
from auditor.reports import LANGUAGES, missing_texts
from auditor.reports.codes import RuleBook
from auditor.reports.decision_words import CERTAINTIES, DECISIONS, SEVERITIES, STATUSES
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.documents.checklist import offboarding_checklists
from auditor.reports.people import REASONS, STATES, shown
from tests.reports.invented import DEGRADED, RULES, examined, person, sixty

ROOT = Path(__file__).resolve().parents[2]
BOOK = RuleBook(RULES)
DESCRIBED = {one.code for one in BOOK.described()}
HR = ROOT.parent / "shared" / "hr"


def test_all_four_languages_are_complete() -> None:
    assert missing_texts() == []


def test_the_catalogues_hold_every_text_of_the_program() -> None:
    script = ROOT / "scripts" / "catalogues.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_text_and_a_lost_fact_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = _words._read

    def damaged(path: str) -> object:
        catalogue = real(path)
        if path.startswith("nl"):
            catalogue["No findings"].string = ""
            catalogue["Open profile {id}"].string = "Open profiel {nummer}"
            catalogue.delete("Finding")
        return catalogue

    monkeypatch.setattr(_words, "_read", damaged)
    assert missing_texts() == [
        'nl: no text for "Finding"',
        'nl: no text for "No findings"',
        'nl: the text for "Open profile {id}" has other {facts}: "Open profiel {nummer}"',
    ]


class Recording(gettext.NullTranslations):
    """Notes what is said but stands in no catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.template = _words._read("auditor.pot")
        self.unknown: set[str] = set()

    def gettext(self, message: str) -> str:
        if not self.template.get(message):
            self.unknown.add(message)
        return message


def test_everything_that_is_said_stands_in_the_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording()
    monkeypatch.setattr("auditor.reports.scope.words_of", lambda language: Words("nl", recording))
    made = replace(sixty(), health=DEGRADED, language="nl")
    exception_workbooks(made)
    offboarding_checklists(made)
    assert recording.unknown == set()


#: terms that the later review of the wording settled otherwise (tests/reports/test_terminology.py)
REVISED = frozenset(
    {
        "Waived until",
        "Roster is wrong",
        "Severity",
        "A person must look",
        "Could not verify",
        "Not verifiable this time",
        "Roster check",
        "Run info",
    }
)


def test_the_terms_agreed_with_hr_are_used() -> None:
    path = HR / "terms_nl_fr_de_en.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    terms = {row[1]: dict(zip(lines[0][1:], row[1:], strict=True)) for row in lines[1:]}
    wanted = [
        *DECISIONS.values(),
        *SEVERITIES.values(),
        *CERTAINTIES.values(),
        "Findings",
        "Could not verify",
    ]
    wanted += [
        "Summary",
        "Roster check",
        "Decisions",
        "Trend",
        "Legend",
        "Run info",
        "Finding",
        "Severity",
        "Seen on",
    ]
    wanted += ["Confidential - HR only", "LinkedIn consistency report", "Open profile {id}", "Not found"]
    checked = 0
    for english in wanted:
        for language in LANGUAGES:
            if english in terms and english not in REVISED:
                assert words_of(language).say(english) == terms[english][language]
                checked += 1
    assert checked > 80


@pytest.mark.parametrize("table", [STATES, REASONS, STATUSES, SEVERITIES, CERTAINTIES])
def test_every_member_of_an_enumeration_has_a_word(table: dict[object, str]) -> None:
    kind = type(next(iter(table)))
    assert set(table) == set(kind)  # type: ignore[call-overload]


def test_numbers_days_and_plurals_follow_the_language() -> None:
    day = date(2026, 3, 1)
    assert [words_of(language).day(day) for language in LANGUAGES] == [
        "1 March 2026",
        "1 maart 2026",
        "1er mars 2026",
        "1. März 2026",
    ]
    assert words_of("de").number(20_000) == "20.000"
    one, many = "within {n} day", "within {n} days"
    assert [words_of("fr").count(one, many, n) for n in (0, 1, 2)] == [
        "sous 0 jour",
        "sous 1 jour",
        "sous 2 jours",
    ]
    assert words_of("nl-BE").language == "nl"
    assert words_of("tlh").language == "en"


def test_facts_are_filled_in_once_and_never_read_as_templates() -> None:
    assert words_of("nl").say("Open profile {id}", id="{day} {0}") == "Open profiel {day} {0}"


def test_every_code_of_the_decision_table_that_can_be_a_finding_is_described() -> None:
    path = HR / "leaver_decision_table.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    codes = {row[5] for row in rows if row[6] not in ("ok", "none")}
    assert codes - DESCRIBED == set()


def test_every_headline_code_that_does_not_pass_is_described() -> None:
    path = HR / "headline_cases.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    at, code = lines[0].index("expected"), lines[0].index("reason_code")
    assert {row[code] for row in lines[1:] if row[at] != "pass"} - DESCRIBED == set()


@pytest.mark.parametrize("rule", ["XYZ999", "BNR001", "PRF001"])
@pytest.mark.parametrize(
    "code", ["NEVER_HEARD_OF", "", "BANNER_REVIEW_SOMETHING", "BANNER_SISTER_REVIEW", "=1"]
)
def test_an_unknown_code_gets_careful_words(code: str, rule: str) -> None:
    text = BOOK.words_of(code, rule)
    assert text.why
    assert text.do
    assert text.owner == "hr"


def test_every_reason_of_the_health_check_is_said_in_dutch() -> None:
    def one(status: CaptureStatus, n: int) -> Examination:
        examination = examined(person(str(n)), {}, status)
        fields = (("headline", "unseen"),)
        return replace(
            examination,
            trials=tuple(
                replace(t, fields=fields, postponed=status is CaptureStatus.NOT_ATTEMPTED)
                for t in examination.trials
            ),
        )

    walled = [one(CaptureStatus.AUTH_WALL, n) for n in range(12)]
    walled.append(one(CaptureStatus.NOT_ATTEMPTED, 99))
    mostly = [*walled, one(CaptureStatus.OK, 50)]
    readable = [one(CaptureStatus.OK, n) for n in range(12)]
    drifts = tuple(Drift("public_page", "profile_full", "headline", 0.0, 0.9, gone) for gone in (True, False))
    runs = (
        judge_health(walled, 0, HealthLimits()),
        judge_health(mostly, 0, HealthLimits()),
        judge_health(readable, 12, HealthLimits(), crashed_rules=("HDL001",), drifts=drifts),
    )
    reasons = {reason for run in runs for reason in run.reasons}
    assert len(reasons) >= 8
    dutch = words_of("nl")
    assert not [reason for reason in reasons if dutch.render(reason) == str(reason)]


def test_what_is_shown_is_short_and_printable() -> None:
    assert shown("a\x00b\u202ec\r\n d") == "abc d"
    assert len(shown("x" * 40_000)) == 220
    assert shown("x" * 220) == "x" * 220


def test_every_verdict_on_a_headline_or_a_banner_has_words_and_what_is_to_be_decided_is_hr_s() -> None:
    table = resources.files("auditor.headline").joinpath("reasons.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    answers = {row[0]: row[1] for row in rows[1:] if row[1] in ("fail", "review")}
    assert len(answers) > 10
    assert {code for code in answers if not BOOK.words_of(code, "HDL001").says} == set()
    assert {
        code
        for code, answer in answers.items()
        if answer == "review" and BOOK.words_of(code, "HDL001").owner != "hr"
    } == set()
    source = resources.files("auditor.banner").joinpath("verdict.py").read_text("utf-8")
    source += resources.files("auditor.banner").joinpath("naming.py").read_text("utf-8")
    passed = {"BANNER_CURRENT"}
    banners = set(re.findall(r'"(BANNER_[A-Z_]+)"', source)) - passed
    assert {code for code in banners if not BOOK.words_of(code, "BNR001").says} == set()


def test_no_colon_stands_without_its_space_in_a_french_report() -> None:
    made = replace(sixty(), language="fr")
    found = []
    for reporter in reporters():
        if reporter.name == "findings_json":  # for programs, in English
            continue
        for document in reporter.make(made):
            found += [text for text in _texts(document) if _GLUED.search(text)]
    assert found == []


#: a word, its colon and a value, all in one piece; not an address, a time or a file
_GLUED = re.compile(r"[A-Za-zÀ-ÿ)»]: +\w")


def _texts(value: object) -> Iterator[str]:
    """Every text within a document; of HTML what stands on the page."""
    if isinstance(value, str):
        yield from re.findall(r"[^<>]+", re.sub(r"<(script|style)\b.*?</\1>", "", value, flags=re.DOTALL))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for inner in value:
            yield from _texts(inner)
