"""A first policy from a dozen answers: asked one by one, or read from a workbook that HR filled in.

What only a person may decide (purpose, ground, dates, contact) is never proposed. What is left empty stays
marked in the policy, and blocks the run until it is filled in.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from auditor.app.registry import policy_of, writers
from auditor.app.start import FILES, start_installation
from auditor.config.editing import edit_policy
from auditor.errors import RosterError, UsageError
from auditor.feedback.opening import RefusedWorkbook, open_workbook
from auditor.language.words import LANGUAGES, Words, mark, words_of
from auditor.model.document import CellKind, Column, Table, Workbook
from auditor.model.policy import RosterPolicy
from auditor.roster import read_roster

#: headlines to propose, by language
HEADLINES = {
    "en": "{job title} at {company}",
    "nl": "{functie} bij {bedrijf}",
    "fr": "{fonction} chez {entreprise}",
    "de": "{Funktion} bei {Firma}",
}
#: answers are read from at most so many rows and entities of a workbook
_MOST_ROWS, MOST_ENTITIES = 60, 20


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer. `decide`: only a person can, so nothing is proposed. `each`: once for each entity.
    `choices` empty: free text. `propose` gives the suggestion from the answers before."""

    key: str
    text: str
    help: str = ""
    decide: bool = False
    each: bool = False
    choices: tuple[str, ...] = ()
    propose: Callable[[Mapping[str, str]], str] = lambda before: ""


QUESTIONS = (
    Question("language", mark("Language of the reports"), choices=LANGUAGES, propose=lambda before: "nl"),
    Question(
        "page",
        mark("Address of the company page on LinkedIn"),
        mark("such as https://www.linkedin.com/company/example-works"),
        decide=True,
        each=True,
    ),
    Question(
        "names",
        mark("Other names of the company in headlines"),
        mark("separated by semicolons; may stay empty"),
        each=True,
    ),
    Question(
        "country",
        mark("Country"),
        mark("two letters: BE, NL, FR, DE, LU"),
        each=True,
        propose=lambda before: "BE",
    ),
    Question(
        "headline",
        mark("Headline that is asked for"),
        mark("the words in braces stand for job title and company"),
        each=True,
        propose=lambda before: HEADLINES.get(before.get("language", "en"), HEADLINES["en"]),
    ),
    Question(
        "purpose",
        mark("Why profiles are checked, in a sentence that you can tell your people"),
        decide=True,
    ),
    Question(
        "ground", mark("Legal ground"), mark("for example: legitimate interest; never consent"), decide=True
    ),
    Question(
        "balancing_note_date",
        mark("Date of the note that weighs your interest against theirs"),
        mark("YYYY-MM-DD"),
        decide=True,
    ),
    Question("contact", mark("Whom people can ask about their data"), decide=True),
    Question(
        "notice_date",
        mark("Day on which people were informed of the checks"),
        mark("YYYY-MM-DD; nobody is checked in the 14 days after it"),
        decide=True,
    ),
    Question(
        "letter_form",
        mark("Form of address in letters"),
        choices=("formal", "informal"),
        propose=lambda before: "formal",
    ),
)
#: what is said before the first question
ROSTER_NAMES = mark("People in the roster: {n}. Entities: {entities}")
COMPANY = mark("Name of the company, as in the roster")
_PRIVACY = ("purpose", "ground", "balancing_note_date", "contact", "notice_date")
#: where one question asks for several entities, its key ends in the entity's name behind this sign
_OF = "\x1f"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a roster tells before anything is asked: the entities, most people first, and how it was read."""

    entities: tuple[str, ...] = ()
    people: int = 0
    mapping: tuple[tuple[str, str], ...] = ()


def propose(roster: Path | None) -> Proposal:
    """Read a roster for its entities. Raises UsageError where it cannot be read."""
    if roster is None:
        return Proposal()
    try:
        reading = read_roster(roster, RosterPolicy(), frozenset({"www.linkedin.com"}))
    except RosterError as trouble:
        raise UsageError(f"{roster}: {trouble.message}", trouble.hint, code=trouble.code) from None
    counts = Counter(one.entity.strip() for one in reading.people if one.entity.strip())
    names = tuple(name for name, _ in counts.most_common(MOST_ENTITIES))
    return Proposal(names, len(reading.people), reading.mapping)


def keys_for(entities: tuple[str, ...]) -> Iterator[tuple[str, Question, str]]:
    """Every answer that is wanted: its key, its question, and the entity (empty: of the whole company)."""
    for question in QUESTIONS:
        for entity in entities if question.each else ("",):
            yield (f"{question.key}{_OF}{entity}" if question.each else question.key), question, entity


def write_policy(folder: Path, entities: tuple[str, ...], answers: Mapping[str, str]) -> list[Path]:
    """Write the starting files with the answers in the policy; returns what was written.

    Raises UsageError where files are there already, ConfigError for an answer that the policy refuses (then
    nothing is left behind), ReportError.
    """
    if not entities:
        raise UsageError(
            "The company has no name yet.",
            "Give it with --roster, or in the workbook.",
            code="COMPANY_UNNAMED",
        )
    written = start_installation(folder)
    policy = folder / FILES["policy.yaml"]
    try:
        edit_policy(policy, partial(_fill, entities, answers), partial(policy_of, unfinished=True))
    except Exception:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _fill(entities: tuple[str, ...], answers: Mapping[str, str], tree: CommentedMap) -> None:
    if answers.get("language"):
        tree["language"] = answers["language"]
    if answers.get("letter_form"):
        tree["reports"]["letter_form"] = answers["letter_form"]
    first = tree["entities"][0]
    blocks = [first, *(copy.deepcopy(first) for _ in entities[1:])]
    for block, entity in zip(blocks, entities, strict=True):
        _fill_entity(block, entity, answers)
    for block in blocks[1:]:
        tree["entities"].append(block)


def _fill_entity(block: CommentedMap, entity: str, answers: Mapping[str, str]) -> None:
    def said(key: str) -> str:
        return answers.get(f"{key}{_OF}{entity}", "").strip()

    block["name"] = entity
    others = [name.strip() for name in said("names").split(";") if name.strip() and name.strip() != entity]
    block["names"] = CommentedSeq([entity, *others])
    block["pages"] = CommentedSeq([said("page")] if said("page") else [])
    if answers.get("language"):
        block["language"] = answers["language"]
    if said("country"):
        block["country"] = said("country").upper()
    if said("headline"):
        block["headline"] = said("headline")
    for key in _PRIVACY:
        value = answers.get(key, "").strip()
        block["privacy"][key] = _day(value) if key.endswith("_date") else value or None


def _day(text: str) -> date | str | None:
    """A day as the policy's file has it; a text that is none is kept, so that its mistake is said there."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def answers_workbook(entities: tuple[str, ...], language: str, folder: Path) -> Path:
    """Write the workbook with the questions, one row each, for HR to fill in. Raises ReportError."""
    words = words_of(language)
    names = entities or ("",)
    rows = tuple(_row(key, question, entity, words) for key, question, entity in keys_for(names))
    if not entities:
        rows = (("company", words.say(COMPANY), "", "", ""), *rows)
    columns = (
        Column("key", words.say("Code"), 22, CellKind.QUIET),
        Column("question", words.say("Question"), 52, CellKind.WRAPPED),
        Column("entity", words.say("Entity"), 24, CellKind.WRAPPED),
        Column("help", words.say("Help"), 46, CellKind.WRAPPED),
        Column("answer", words.say("Answer"), 52, CellKind.WRAPPED, editable=True),
    )
    lead = (words.say("Fill in the last column. What stays empty can be filled in later, in the policy."),)
    title = words.say("Questions for the first policy")
    book = Workbook(
        "first-policy.xlsx",
        title,
        (Table("answers", title, columns, rows, lead),),
        language=language,
        page_of=words.say("Page {page} of {pages}"),
    )
    (writer,) = [one for one in writers() if one.name == "xlsx"]
    return writer.write(book, folder)[0]


def _row(key: str, question: Question, entity: str, words: Words) -> tuple[str, ...]:
    proposal = "" if question.decide else question.propose({"language": words.language})
    if question.key == "language":
        proposal = words.language
    choices = ", ".join(question.choices)
    return (
        key.replace(_OF, "@"),
        words.say(question.text),
        entity,
        choices or words.say(question.help),
        proposal,
    )


def read_answers(path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """The entities and the answers of a filled-in workbook. Raises UsageError for a file that is none."""
    try:
        book = open_workbook(path).book
    except RefusedWorkbook as trouble:
        raise UsageError(f"{path} was not read: {trouble}.", code="FILE_UNREADABLE") from None
    known = {question.key for question in QUESTIONS}
    entities: dict[str, None] = {}
    answers: dict[str, str] = {}
    company = ""
    for cells in book.worksheets[0].iter_rows(max_row=_MOST_ROWS * 5, max_col=12, values_only=True):
        code = str(cells[0] or "").strip() if cells else ""
        key, _, entity = code.partition("@")
        value = _text(cells[4]) if len(cells) > 4 else ""
        if code == "company":
            company = value
        elif key in known:
            if entity:
                entities.setdefault(entity)
            answers[f"{key}{_OF}{entity}" if "@" in code else key] = value
    if not answers:
        raise UsageError(
            f"{path} holds none of the questions.",
            "Write it with: auditor init --excel",
            code="QUESTIONS_MISSING",
        )
    if not entities and company:
        answers = {f"{key[:-1]}{_OF}{company}" if key.endswith(_OF) else key: v for key, v in answers.items()}
        entities = {company: None}
    return tuple(entities), answers


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return " ".join(str(value).split()) if value is not None else ""
