"""A verdict in words for the person whom it is about: what is right, what differs and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.language.words import Words
from auditor.model.company import Company, ReferenceBanner
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding, finding_of
from auditor.model.rule import CheckResult, Criterion, Failed, NotApplicable, Passed
from auditor.reports.codes import RuleBook
from auditor.reports.finding_rows import said
from auditor.reports.kit_parts import (
    banner_for,
    change_key,
    changes_banner,
    headline_to_paste,
    is_telling,
    may_be_shown,
    needs_page,
)
from auditor.reports.messages import message, quoted
from auditor.reports.people import shown


class Light(StrEnum):
    """How one thing stands. ASK: a person of HR must look before anything is said about it."""

    RIGHT = "right"
    DIFFERS = "differs"
    UNSEEN = "unseen"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is looked at. `says` is what was seen, `seen` a quotation of it, `change` what to do."""

    about: Criterion
    name: str
    light: Light
    says: str
    seen: str = ""
    change: str = ""
    source: str = ""
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberVerdict:
    """The lines, and what helps to mend what differs; empty where nothing needs it."""

    lines: tuple[Line, ...]
    headline: str = ""
    banner: ReferenceBanner | None = None
    page_address: str = ""

    def has(self, light: Light) -> bool:
        """Whether a line stands so."""
        return any(line.light is light for line in self.lines)

    @property
    def all_right(self) -> bool:
        """Whether everything was seen and nothing differs."""
        return bool(self.lines) and all(line.light is Light.RIGHT for line in self.lines)


#: what asks for something to be done comes first
_ORDER = (Light.DIFFERS, Light.RIGHT, Light.ASK, Light.UNSEEN)
#: what people are told about; the rest concerns the roster, or nobody in service
_TOLD = (Criterion.BANNER, Criterion.HEADLINE, Criterion.COMPANY_LINK, Criterion.OTHER, Criterion.IDENTITY)


def member_verdict(
    examination: Examination, company: Company, book: RuleBook, words: Words, form: str, today: date
) -> MemberVerdict:
    """The verdict of one examination in the words of the person's language and form of address."""
    told: dict[str, TrackedFinding] = {}
    lines = []
    for result in examination.results:
        tracked = _to_tell(result, examination, book, today)
        if tracked:
            told[result.rule_id] = tracked
        line = _line(result, tracked, company, book, words, form)
        if line:
            lines.append(line)
    findings = list(told.values())
    lines.sort(key=lambda line: _ORDER.index(line.light))
    banner = banner_for(company, examination.employee, words.language, today)
    return MemberVerdict(
        tuple(lines),
        shown(headline_to_paste(findings, book), 400),
        banner if banner and changes_banner(findings, book) else None,
        own_page(company) if needs_page(findings, book) else "",
    )


def own_page(company: Company) -> str:
    """The address of the company's own page on LinkedIn; empty where the policy has none."""
    address = company.page_address
    if not address or "://" in address:
        return address
    kind, _, slug = address.strip("/").rpartition("/")
    return f"https://www.linkedin.com/{kind or 'company'}/{slug}"


def _to_tell(
    result: CheckResult, examination: Examination, book: RuleBook, today: date
) -> TrackedFinding | None:
    """A finding that is sure and theirs to change."""
    number = examination.employee.employee_id
    finding = finding_of(number, result) if isinstance(result.outcome, Failed) else None
    tracked = TrackedFinding(finding, FindingState.NEW, today, today) if finding else None
    return tracked if tracked and may_be_shown(tracked, examination, book) else None


def _line(
    result: CheckResult,
    tracked: TrackedFinding | None,
    company: Company,
    book: RuleBook,
    words: Words,
    form: str,
) -> Line | None:
    about, outcome = book.about(result.rule_id), result.outcome
    quiet = about is Criterion.IDENTITY and isinstance(outcome, Passed)
    if about not in _TOLD or quiet or isinstance(outcome, NotApplicable):
        return None
    name = book.criterion(result.rule_id, words)

    def text(key: str, **facts: str) -> str:
        return message(key, words.language, form, **facts)

    day = result.captured_at.date() if result.captured_at else None
    if isinstance(outcome, Passed):
        return Line(about, name, Light.RIGHT, text("page.right"), "", "", result.source, day)
    if tracked:
        sentence, *more = said(tracked, words, book).split("\n")
        # of a headline that says nothing of us, nothing was kept
        telling = more and is_telling(tracked, book) and any(sign.isalnum() for sign in more[0])
        seen = quoted(more[0], words.language) if telling else ""
        change = _change(tracked, company, book, words, text)
        return Line(about, name, Light.DIFFERS, sentence, seen, change, result.source, day)
    if isinstance(outcome, Failed) or outcome.review:
        return Line(about, name, Light.ASK, text("page.ask"), "", "", result.source, day)
    return Line(about, name, Light.UNSEEN, text("page.unseen"))


def _change(
    tracked: TrackedFinding, company: Company, book: RuleBook, words: Words, text: Callable[..., str]
) -> str:
    key = change_key(tracked, book)
    if not key:
        return words.say(book.words_of(tracked.finding.code, tracked.finding.rule_id).do)
    sentence = text(key, page=own_page(company))
    return f"{sentence[:1].upper()}{sentence[1:]}."


#: how each door is called in a sentence, by its source
DOOR_KEYS: Mapping[str, str] = {
    "member_consent": "page.door.connect",
    "saved_pages": "page.door.page",
    "member_export": "page.door.export",
    "attestation": "page.door.form",
}
