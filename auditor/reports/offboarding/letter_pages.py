"""HR's pages beside the letters: why there is none yet, and what to mind before sending one."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath

from auditor.language.locality import country_code
from auditor.language.words import Words, mark
from auditor.model.company import Company
from auditor.model.document import Framed, Heading, HtmlPage, Link, Notice, Paragraph, Quote, Steps, TextBlock
from auditor.model.employee import Employee, RosterState
from auditor.model.finding import TrackedFinding
from auditor.offboarding.cases import Case
from auditor.offboarding.letter_stage import OPTIONAL_LETTERS, LetterStage, Stage, letter_kind
from auditor.offboarding.steps import LETTER_STEPS
from auditor.reports.file_names import case_folder
from auditor.reports.finding_rows import said
from auditor.reports.offboarding.letter_text import LetterText
from auditor.reports.people import open_profile, shown
from auditor.reports.scope import Scope

REASONS: Mapping[Stage, str] = {
    Stage.NOT_SOUND: mark("This run cannot be trusted, so no letter is drafted from it."),
    Stage.NOT_ALLOWED: mark(
        "What was seen allows no letter: a person clarifies first what it means (see the leavers' sheet)."
    ),
    Stage.ANSWERED: mark("An answer of HR stands against a letter, so none is drafted."),
    Stage.NO_ENTITY: mark("The policy does not describe this person's entity, so nobody can sign a letter."),
    Stage.NO_LANGUAGE: mark(
        "In Belgium a letter is written in the language of the place of work. Name it in the policy: "
        "the entity's language (nl, fr or de), or letters.region."
    ),
    Stage.WAIT: mark("A letter was sent on {sent}. Nothing more is sent before {again}."),
    Stage.LOOK_FIRST: mark("A person must look at the profile first; no look is recorded yet."),
    Stage.LOOK_AGAIN: mark(
        "A person must look at the profile again: the last look, on {looked}, is older than 7 days or "
        "from before the last letter."
    ),
    Stage.DECIDE: mark(
        "Two letters were sent; there is no third. HR and the data protection officer decide: leave it, "
        "or report it to LinkedIn."
    ),
}
_LANGUAGE_NAMES = {"nl": mark("Dutch"), "fr": mark("French"), "de": mark("German"), "en": mark("English")}
_LOOKING = (Stage.LOOK_FIRST, Stage.LOOK_AGAIN)


def not_ready(scope: Scope, case: Case, tracked: TrackedFinding, stage: LetterStage) -> HtmlPage:
    """The page instead of a letter: why, and what a person does next."""
    say, words = scope.words.say, scope.words
    title = say("No letter") if stage.stage is Stage.DECIDE else say("Letter not ready")
    sent = words.day(stage.sent[-1]) if stage.sent else ""
    reason = say(
        REASONS[stage.stage], sent=sent, again=words.day(stage.again_on), looked=words.day(stage.looked_on)
    )
    blocks: list[TextBlock] = [Heading(title, 1), Notice(reason, grave=False), *_about(scope, case, tracked)]
    if stage.stage in _LOOKING:
        blocks += _how_to_look(scope, case)
    return _page("letter-not-ready.html", title, case, words, blocks)


def before_sending(
    scope: Scope, case: Case, tracked: TrackedFinding, stage: LetterStage, text: LetterText
) -> HtmlPage:
    """The page beside a draft: what was settled, what is missing, and how to record the sending."""
    say, words = scope.words.say, scope.words
    title = say("Reminder: before sending") if stage.sent else say("Letter: before sending")
    company = scope.report.company_of(case.employee)
    steps = [say("Read the draft. Say nothing in it that you did not see yourself.")]
    if text.to_fill:
        steps.append(say("Complete what stands in brackets: {what}.", what=", ".join(text.to_fill)))
    steps.append(_way(case.employee, words))
    steps.append(
        say(
            "Enter the day in the column Sent on of the sheet Leavers, or on the checklist (step {step}). "
            "The next run reads it.",
            step=LETTER_STEPS[min(len(stage.sent), 1)],
        )
    )
    blocks: list[TextBlock] = [
        Heading(title, 1),
        Notice(say("The program sends nothing. A person reads, completes and sends."), grave=False),
        *_about(scope, case, tracked),
        Paragraph(say("Looked at by a person on {day}.", day=words.day(stage.looked_on))),
        Paragraph(_language_note(company, text, words)),
    ]
    if letter_kind(tracked) in OPTIONAL_LETTERS:
        blocks.append(Paragraph(say("This letter is optional: usually nothing is sent for such a sighting.")))
    blocks += [Heading(say("Steps")), Steps(tuple(steps))]
    blocks.append(
        Framed(say("Two letters at most; the word stop in an answer ends it: record the objection."))
    )
    return _page("before-sending.html", title, case, words, blocks)


def _way(employee: Employee, words: Words) -> str:
    if employee.roster_state is RosterState.CONTRACTOR_ENDED:
        return words.say("Send it through the contract owner or the agency.")
    return words.say("Send it to the private address the person gave, else by post. No copy to anybody else.")


def _language_note(company: Company | None, text: LetterText, words: Words) -> str:
    names = [words.say(_LANGUAGE_NAMES[language]) for language in text.languages]
    if company and country_code(company.country) == "BE":
        note = words.say("Language: {name}, that of the place of work (Belgium).", name=names[0])
        if len(names) > 1:
            note += " " + words.say("A translation is added: {name}.", name=names[1])
        return note
    return words.say("Language: {name}.", name=names[0])


def _about(scope: Scope, case: Case, tracked: TrackedFinding) -> list[TextBlock]:
    words, employee = scope.words, case.employee
    facts = (
        (words.say("Employee no."), shown(employee.employee_id)),
        (words.say("Name"), shown(employee.full_name, 80)),
        (words.say("Entity"), shown(employee.entity)),
        (words.say("Last day"), words.day(employee.last_day)),
        (words.say("Seen"), " - ".join(said(tracked, words, scope.book).split("\n"))),
    )
    lines = "\n".join(words.labelled(label, value) for label, value in facts if value)
    profile = open_profile(case.examination, words)
    return [Paragraph(lines), *((profile,) if isinstance(profile, Link) else ())]


def _how_to_look(scope: Scope, case: Case) -> list[TextBlock]:
    words = scope.words
    return [
        Heading(words.say("Steps")),
        Steps(
            (
                words.say("Open the profile as a visitor and see whether it still shows what was seen."),
                words.say(
                    "If it does, enter the day in the column Looked on of the sheet Leavers and save the "
                    "workbook in its folder. A look holds for 7 days."
                ),
                words.say("The next run drafts the letter in this folder. To have it at once:"),
            )
        ),
        Quote("\n".join(_commands(scope, case.employee))),
        Paragraph(
            words.say("If it does not, record nothing: the next run sees it and closes the finding."),
            quiet=True,
        ),
    ]


def _commands(scope: Scope, employee: Employee) -> tuple[str, str]:
    """What records a look and writes the reports again, complete for this machine."""
    report = scope.report
    number = shlex.quote(shown(employee.employee_id))
    looked = f"{report.call} offboarding looked {number} {report.call_options}"
    output = f"--output {shlex.quote(str(PurePath(report.folder).parent))}" if report.folder else ""
    again = f"{report.call} report {report.run.id} {report.call_options} {output}"
    return looked.strip(), " ".join(again.split())


def _page(name: str, title: str, case: Case, words: Words, blocks: list[TextBlock]) -> HtmlPage:
    blocks.append(Paragraph(words.say("Confidential - HR only"), quiet=True))
    return HtmlPage(name, title, words.language, tuple(blocks), case_folder(case.employee))
