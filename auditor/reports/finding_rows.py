"""A finding in words, and as a row of the sheets that HR fills in and sends back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from auditor.language.words import Words, mark
from auditor.model.dates import local
from auditor.model.decision import Decision
from auditor.model.document import CellKind, Column, InputLimit, Picture
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.judgement import SEEN
from auditor.model.message import Message
from auditor.model.returned import row_check
from auditor.model.rule import Confidence, Criterion, Failed, Passed, Undetermined
from auditor.offboarding.next_step import Why
from auditor.reports.codes import RuleBook, owner_word
from auditor.reports.decision_words import (
    CERTAINTIES,
    DECISIONS,
    SEVERITIES,
    STATUSES,
    decision_note,
    decision_word,
    severity_words,
    spoken,
)
from auditor.reports.evidence import finding_evidence
from auditor.reports.messages import quoted
from auditor.reports.people import open_profile, shown, shown_text
from auditor.reports.scope import Scope
from auditor.reports.step_words import person_step

#: codes of the banner whose sentence needs no name of a picture beside it
_SAY_IT_ALL = frozenset({"BANNER_UNKNOWN", "BANNER_PLAIN", "BANNER_LINKEDIN_DEFAULT", "BANNER_REVIEW_PLAIN"})
#: of these the sentence says what was seen; the rest is another company's, or a name
_SAY_NOTHING_MORE = frozenset({Criterion.LEAVER, Criterion.COMPANY_LINK, Criterion.IDENTITY})
#: steps that send one message about all findings, beside which each says what it adds to it
_MESSAGES = frozenset({Why.KIT, Why.KIT_AGAIN, Why.ASKED_ONCE})
_NOT_APPLIED = mark("Your answer {answer} was not applied: {why}")
_EMPTY_ANSWER = mark("(no decision)")
_OTHER_FIRST = mark("First the other point ({criterion}): {first} Then one message about everything.")
_NO_HEALTH_DATA = mark("No health data and no opinions, please; at most 200 signs.")
_PAST_DATE = mark("A date, today at the latest.")
_WITHIN_A_YEAR = mark("Only with Waived until: a date within twelve months.")


def finding_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a finding, in the order HR reads them."""
    say = words.say
    return (
        Column("finding", say("Finding"), 14),
        Column("severity", say("Severity"), 12, CellKind.SEVERITY, choices=severity_words(words)),
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 20, CellKind.WRAPPED),
        Column("entity", say("Entity"), 15, CellKind.WRAPPED),
        Column("manager", say("Manager"), 16, CellKind.WRAPPED),
        Column("criterion", say("Criterion"), 16, CellKind.WRAPPED),
        Column("expected", say("Expected"), 28, CellKind.WRAPPED),
        Column("seen", say("Seen"), 32, CellKind.WRAPPED),
        Column("why", say("Why it matters"), 24, CellKind.WRAPPED),
        Column("seen_on", say("Seen on"), 16, CellKind.DATETIME),
        Column("evidence", say("Source and age"), 16, CellKind.WRAPPED),
        Column("certainty", say("Certainty"), 14, CellKind.WRAPPED),
        Column("profile", say("Profile"), 19, CellKind.LINK),
        Column("banner", say("Banner seen"), 23, CellKind.PICTURE),
        Column("standard_banner", say("Our banner"), 23, CellKind.PICTURE),
        Column("action", say("What to do"), 32, CellKind.WRAPPED),
        Column("owner", say("Owner"), 16, CellKind.WRAPPED),
        Column("due", say("Due"), 12, CellKind.DUE),
        Column("open_since", say("Open since"), 12, CellKind.DATE),
        Column("months_open", say("Months open"), 9, CellKind.NUMBER),
        Column("status", say("Status"), 14, CellKind.WRAPPED),
        *decision_columns(words),
        Column("row_check", say("Row check"), 10, CellKind.QUIET),
    )


def decision_columns(words: Words) -> tuple[Column, ...]:
    """The columns HR fills in."""
    say = words.say
    past, year = InputLimit.UP_TO_TODAY, InputLimit.WITHIN_A_YEAR
    return (
        Column("decision", say("Decision"), 20, CellKind.CHOICE, True, spoken(DECISIONS, words)),
        Column("decision_date", say("Decision date"), 13, CellKind.DATE, True, (), say(_PAST_DATE), past),
        Column("waived_until", say("Waived until"), 13, CellKind.DATE, True, (), say(_WITHIN_A_YEAR), year),
        Column(
            "remark",
            say("Remark (no health data)"),
            30,
            CellKind.WRAPPED,
            editable=True,
            note=say(_NO_HEALTH_DATA),
            limit=InputLimit.SHORT_TEXT,
        ),
    )


def said(tracked: TrackedFinding, words: Words, book: RuleBook) -> str:
    """The finding in words: what the code says, then what was read."""
    finding = tracked.finding
    described = book.words_of(finding.code, finding.rule_id).says
    sentence = words.say(described) if described else shown_text(finding.message, words)
    silent = book.about(finding.rule_id) in _SAY_NOTHING_MORE or finding.code in _SAY_IT_ALL
    observed = "" if described and silent else shown_text(finding.observed, words)
    if observed and observed.casefold().rstrip(".") != sentence.casefold().rstrip("."):
        sentence = f"{sentence}\n{observed}" if sentence else observed
    if tracked.state is FindingState.UNVERIFIED:
        day = words.day(tracked.last_seen)
        return words.say("Seen earlier, on {day}; not verifiable this time.", day=day) + f"\n{sentence}"
    return sentence


def to_do(scope: Scope, tracked: TrackedFinding) -> str:
    """The next step for the person, the same beside each of their findings; where something is to be written
    or looked at, with what this finding adds to it: a headline with the exact text to paste.

    The remedy of a rule stands for itself where nobody has described its code.
    """
    finding, words, book = tracked.finding, scope.words, scope.book
    text = book.words_of_finding(tracked)
    remedy = shown(finding.remedy)
    own = words.say(text.do) if text.says or not remedy else ""
    step = scope.step(finding.employee_id)
    if remedy and book.about(finding.rule_id) is Criterion.HEADLINE:
        detail = quoted(remedy, words.language)
    else:
        detail = "" if text.says else remedy
    if step is None:
        return f"{own}\n{detail}".strip()
    said_of_person = person_step(scope, finding.employee_id)
    if step.why in _MESSAGES:
        return "\n".join(dict.fromkeys(line for line in (said_of_person, own, detail) if line))
    other = step.rests_on
    if step.why is not Why.OWN_WORDS or other is None or other == tracked:
        return said_of_person
    if finding.confidence is Confidence.REVIEW:
        return own
    criterion = book.criterion(other.finding.rule_id, words)
    return words.say(_OTHER_FIRST, criterion=criterion, first=said_of_person)


def answer_trouble(scope: Scope, tracked: TrackedFinding) -> str:
    """What HR answered about a finding and was not applied, with the reason; empty where nothing was."""
    return trouble_lines(scope.rejected.get((tracked.finding.fingerprint, ""), ()), scope.words)


def person_trouble(scope: Scope, employee_id: str) -> str:
    """The same about a person as a whole (sheet Could not verify)."""
    return trouble_lines(scope.rejected.get(("", employee_id), ()), scope.words)


def trouble_lines(rejected: Iterable[Decision], words: Words) -> str:
    """A line for each answer that was not applied, with the reason."""
    lines = [
        words.say(
            _NOT_APPLIED,
            answer=decision_word(one, words) or words.say(_EMPTY_ANSWER),
            why=decision_note(one, words).split("\n")[0],
        )
        for one in rejected
    ]
    return "\n".join(dict.fromkeys(lines))


def owner(tracked: TrackedFinding, words: Words, book: RuleBook) -> str:
    """Who acts."""
    return owner_word(book.words_of(tracked.finding.code, tracked.finding.rule_id).owner, words)


def finding_row(scope: Scope, tracked: TrackedFinding) -> tuple[Any, ...]:
    """The cells of `finding_columns`."""
    words, book, finding = scope.words, scope.book, tracked.finding
    person = scope.person(tracked)
    employee = person.employee if person else None
    seen, standard = _pictures(scope, tracked)
    cells: dict[str, Any] = {
        "finding": finding.fingerprint,
        "severity": words.say(SEVERITIES[finding.severity]),
        "employee_no": shown(finding.employee_id),
        "name": shown(employee.full_name) if employee else "",
        "entity": shown(employee.entity) if employee else "",
        "manager": shown(employee.manager) if employee else "",
        "criterion": book.criterion(finding.rule_id, words),
        "expected": shown_text(finding.expected, words),
        "seen": said(tracked, words, book),
        "why": words.say(book.words_of(finding.code, finding.rule_id).why),
        "seen_on": _seen_on(scope, tracked),
        "evidence": finding_evidence(scope, tracked),
        "certainty": words.say(CERTAINTIES[finding.confidence]),
        "profile": open_profile(person, words) if person else "",
        "banner": seen,
        "standard_banner": standard,
        "action": to_do(scope, tracked),
        "owner": owner(tracked, words, book),
        "due": scope.due(tracked),
        "open_since": tracked.first_seen,
        "months_open": tracked.months_open,
        "status": _status(scope, tracked),
    }
    check = row_check(scope.report.run.id, scope.report.run.policy_sha256, cells)
    return (*cells.values(), None, None, None, None, check)


def _status(scope: Scope, tracked: TrackedFinding) -> str:
    """The state in a word, and below it what HR's decision has to do with it; an answer that was not applied
    stands first."""
    words = scope.words
    status = words.say(STATUSES[tracked.state])
    # the reason of an outcome that saw nothing is a plain text, and stands on another sheet
    seen = tracked.state is not FindingState.UNVERIFIED
    note = tracked.note if seen or isinstance(tracked.note, Message) else ""
    lines = (answer_trouble(scope, tracked), status, shown_text(note, words) if note else "")
    return "\n".join(line for line in lines if line)


def _seen_on(scope: Scope, tracked: TrackedFinding) -> datetime | date:
    result = scope.result(tracked)
    if tracked.state is FindingState.UNVERIFIED or result is None or result.captured_at is None:
        return tracked.last_seen
    return local(result.captured_at, scope.report.time_zone) or tracked.last_seen


def _pictures(scope: Scope, tracked: TrackedFinding) -> tuple[Picture | str, Picture | str]:
    body = dict(tracked.finding.pictures).get(SEEN)
    person = scope.person(tracked)
    if person is None or scope.report.thumbnails == "none":
        return _banner_word(scope, tracked), ""
    if body is None:
        return "", ""
    employee = person.employee
    say = scope.words.say
    words = say("Banner on the profile of {name}", name=shown(employee.full_name))
    standard = scope.report.standard_banners.get(employee.entity, b"")
    ours = Picture(standard, say("The current banner of {entity}", entity=shown(employee.entity) or "-"))
    return Picture(body, words), ours if standard else ""


def _banner_word(scope: Scope, tracked: TrackedFinding) -> str:
    """Without pictures: whether the banner is right."""
    answers: tuple[tuple[type[Any], str], ...] = (
        (Passed, mark("Yes")),
        (Failed, mark("No")),
        (Undetermined, mark("Not readable")),
    )
    person = scope.person(tracked)
    for result in person.results if person else ():
        if scope.book.about(result.rule_id) is Criterion.BANNER:
            return next(
                (scope.words.say(word) for kind, word in answers if isinstance(result.outcome, kind)), ""
            )
    return ""
