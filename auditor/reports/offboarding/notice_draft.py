"""A draft of LinkedIn's notice of inaccurate profile information, for when HR and DPO so decide."""

from __future__ import annotations

from auditor.model.company import Company
from auditor.model.document import Heading, Notice, Paragraph, Steps, TextBlock, TextDocument
from auditor.model.finding import TrackedFinding
from auditor.offboarding.cases import Case
from auditor.offboarding.letter_stage import SEEN
from auditor.reports.file_names import case_folder
from auditor.reports.offboarding.letter_text import or_blank
from auditor.reports.people import shown
from auditor.reports.scope import Scope

#: the notice is for wrong employment entries only: headline and banner lie outside it
_EMPLOYMENT = ("current", "position")


def notice_draft(
    scope: Scope, case: Case, tracked: TrackedFinding, company: Company | None
) -> TextDocument | None:
    """The answers to the form's questions; None where the form does not cover what was seen."""
    if company is None or SEEN.get(tracked.finding.code) not in _EMPLOYMENT:
        return None
    say, words, employee = scope.words.say, scope.words, case.employee
    blank = or_blank("", "hr_name", words.language)
    signer = shown(company.letters.hr_name) or blank
    facts = (
        (say("Profile"), shown(employee.profile_url or "")),
        (say("Organisation"), shown(company.entity)),
        (
            say("Explanation"),
            say(
                "The profile names our organisation as the current employer; according to our records the "
                "last day of employment was {day}.",
                day=words.day(employee.last_day),
            ),
        ),
        (say("Signed by"), signer),
    )
    blocks: tuple[TextBlock, ...] = (
        Heading(say("Draft: Notice of Inaccurate Profile Information"), 1),
        Notice(
            say("Only after HR and the data protection officer decided, and after a fresh look."), grave=True
        ),
        *(Paragraph(words.labelled(label, value)) for label, value in facts if value),
        Heading(say("Before signing")),
        Steps(
            (
                say("The form is for wrong employment entries only, not for headline or banner."),
                say("Statements in the form carry legal weight: sign only what you know yourself."),
                say(
                    "LinkedIn informs the person and decides; the entry may be removed after 14 days unless "
                    "they file a counter-notice."
                ),
            )
        ),
    )
    run = scope.report.run
    to_fill = (blank,) if signer == blank else ()
    title = say("Draft: Notice of Inaccurate Profile Information")
    created = run.written_at
    return TextDocument(
        "notice-draft.docx", title, words.language, blocks, case_folder(case.employee), to_fill, created
    )
