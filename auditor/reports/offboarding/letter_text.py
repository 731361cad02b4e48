"""The text of a letter or reminder to somebody who left: facts, a request, and the way to object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from babel.units import format_unit

from auditor.language.locality import country_code, letter_languages, working_day
from auditor.language.words import Words, words_of
from auditor.model.company import Company
from auditor.model.document import Framed, Heading, NewPage, Notice, Paragraph, TextBlock
from auditor.model.employee import Employee, RosterState
from auditor.model.finding import TrackedFinding
from auditor.model.kept_data import profile_data, staff_data
from auditor.model.report import AuditReport
from auditor.offboarding.letter_stage import SEEN, LetterStage, Stage
from auditor.reports.messages import has_message, kept_words, message
from auditor.reports.people import shown

#: days the reader has before the wished date
WISH_DAYS = 14


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter's subject and blocks; `to_fill` are the placeholders left in it."""

    subject: str
    languages: tuple[str, ...]
    blocks: tuple[TextBlock, ...]
    to_fill: tuple[str, ...]


def letter_text(
    report: AuditReport, employee: Employee, company: Company, tracked: TrackedFinding, stage: LetterStage
) -> LetterText:
    """The letter, or the reminder; in Belgium followed by a marked translation where one helps."""
    subject = "subject.reminder" if stage.stage is Stage.REMINDER else "subject.letter"
    body = partial(_letter_body, report, employee, tracked, stage)
    return _in_languages(report, employee, company, stage, subject, body)


def exit_note_text(report: AuditReport, employee: Employee, company: Company) -> LetterText:
    """The note of the exit pack to somebody who leaves soon: it asks ahead and says what will follow."""
    stage = LetterStage(Stage.NOT_ALLOWED)
    return _in_languages(report, employee, company, stage, "subject.exit", partial(_exit_body, report))


def _in_languages(
    report: AuditReport,
    employee: Employee,
    company: Company,
    stage: LetterStage,
    subject: str,
    body: Callable[[str, Mapping[str, str]], list[TextBlock]],
) -> LetterText:
    languages = letter_languages(employee, company)
    blocks: list[TextBlock] = []
    blanks: list[str] = []
    for place, language in enumerate(languages):
        facts = _facts(report, employee, company, stage, language)
        if place:
            blocks += translation_head(language, report.letter_form)
        blocks += body(language, facts)
        blanks += [fact for key, fact in facts.items() if fact and fact == _blank(key, language)]
    title = message(subject, languages[0], report.letter_form, company=company_name(company))
    return LetterText(title, languages, tuple(blocks), blanks_in(blocks, blanks))


def draft_notice(words: Words, to_fill: Sequence[str]) -> Notice:
    """The line on top of a draft, to be deleted by the person who sends it."""
    line = words.say("Draft. Read it before sending, then delete this line.")
    if to_fill:
        line = words.say(
            "Draft. Complete before sending: {what}. Then delete this line.", what=", ".join(to_fill)
        )
    return Notice(line, grave=False)


def translation_head(language: str, form: str) -> list[TextBlock]:
    """What stands above a translation, on a page of its own."""
    note = message("translation.note", language, form)
    return [NewPage(), Heading(message("translation.heading", language, form)), Paragraph(note, quiet=True)]


def blanks_in(blocks: Iterable[TextBlock], blanks: Iterable[str]) -> tuple[str, ...]:
    """Those of the placeholders that stand in the text, each once."""
    text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Framed))
    return tuple(dict.fromkeys(blank for blank in blanks if blank in text))


def company_name(company: Company) -> str:
    """The name by which the entity is spoken of."""
    return shown(company.names[0].text if company.names else company.entity)


def first_name(employee: Employee) -> str:
    """The first name where the roster tells it, else the whole name; nothing is guessed."""
    return shown((employee.name.first if employee.name else "") or employee.full_name, 80)


def authority(company: Company, language: str, form: str) -> str:
    """With whom people can complain: the policy's word, else that of the entity's country."""
    key = f"authority.{country_code(company.country)}"
    known = key if has_message(key) else "authority"
    return shown(company.letters.authority) or message(known, language, form)


def or_blank(value: str, key: str, language: str) -> str:
    """The value, or a placeholder in brackets that a person must fill."""
    return shown(value) or _blank(key, language)


def _blank(key: str, language: str) -> str:
    return message(f"blank.{key}", language, "") if has_message(f"blank.{key}") else ""


def _facts(
    report: AuditReport, employee: Employee, company: Company, stage: LetterStage, language: str
) -> Mapping[str, str]:
    words, own = words_of(language), company.letters
    wish = working_day(report.as_of + timedelta(days=WISH_DAYS), company.country)
    return {
        "first_name": first_name(employee),
        "full_name": shown(employee.full_name, 80),
        "company": company_name(company),
        "entity": shown(company.entity),
        "seen_on": words.day(stage.looked_on),
        "last_day": words.day(employee.last_day) if employee.last_day else _blank("last_day", language),
        "wish_date": words.day(wish),
        "sent_on": words.day(stage.sent[0]) if stage.sent else _blank("sent_on", language),
        "staff_data": kept_words(staff_data(), language, report.letter_form),
        "profile_data": kept_words(profile_data(), language, report.letter_form),
        "retention": format_unit(report.retention_months, "duration-month", locale=language),
        "authority": authority(company, language, report.letter_form),
        "privacy_contact": or_blank(report.contacts.get(company.entity, ""), "privacy_contact", language),
        "hr_name": or_blank(own.hr_name, "hr_name", language),
        "hr_phone": or_blank(own.hr_phone, "hr_phone", language),
        "howto_url": or_blank(own.howto_url, "howto_url", language),
        "recovery_url": shown(own.recovery_url),
    }


def _letter_body(
    report: AuditReport,
    employee: Employee,
    tracked: TrackedFinding,
    stage: LetterStage,
    language: str,
    facts: Mapping[str, str],
) -> list[TextBlock]:
    seen = SEEN[tracked.finding.code]
    asked = seen if seen in ("headline", "banner") else "position"
    contractor = employee.roster_state is RosterState.CONTRACTOR_ENDED
    sighting = [f"L02.{seen}", *(["L02.oversight"] if tracked.finding.code.endswith("_MULTI") else [])]
    paragraphs = (
        ["hello"],
        ["L01", *(["R01"] if stage.stage is Stage.REMINDER else [])],
        [*sighting, "L03.assignment" if contractor else "L03"],
        [f"L04.{asked}"],
        *([["L13"]] if asked == "position" else []),
        ["L05", "L06", "L07"],
        ["L11", *(["L12"] if facts["recovery_url"] else [])],
        ["L08"],
    )
    return _compose(paragraphs, language, report.letter_form, facts)


def _exit_body(report: AuditReport, language: str, facts: Mapping[str, str]) -> list[TextBlock]:
    paragraphs = (["hello"], ["E01"], ["E02"], ["E03"], ["L13"], ["L05", "L06"], ["E04"])
    return _compose(paragraphs, language, report.letter_form, facts)


def _compose(
    paragraphs: Iterable[Sequence[str]], language: str, form: str, facts: Mapping[str, str]
) -> list[TextBlock]:
    """The paragraphs, then the right to object apart from all else (art. 21(4) GDPR), then the others."""

    def tell(*keys: str) -> str:
        return " ".join(message(key, language, form, **facts) for key in keys)

    return [
        *(Paragraph(tell(*keys)) for keys in paragraphs),
        Framed(tell("L09")),
        Paragraph(tell("rights")),
        Paragraph(tell("greeting.end") + "\n" + tell("L10")),
    ]
