"""The draft of the mail with a person's own link to the member's page."""

from __future__ import annotations

from datetime import date

from auditor.language.locality import letter_languages
from auditor.language.words import words_of
from auditor.model.company import Company
from auditor.model.document import Link, MailDraft, Paragraph
from auditor.model.employee import Employee
from auditor.reports.messages import message
from auditor.reports.offboarding.letter_text import company_name, first_name
from auditor.reports.people import shown


def invitation_draft(
    employee: Employee,
    company: Company,
    address: str,
    until: date,
    *,
    contact: str,
    renews: bool,
    form: str,
    file_name: str,
) -> MailDraft:
    """The mail in the person's language; the person's own counts first, as nothing in it is binding."""
    language = next(iter(reversed(letter_languages(employee, company))), company.language or "en")
    facts = {
        "first_name": first_name(employee),
        "full_name": shown(employee.full_name, 80),
        "company": company_name(company),
        "privacy_contact": shown(contact),
        "until": words_of(language).day(until),
    }
    kind = "renew" if renews else "invite"

    def text(key: str) -> str:
        return message(key, language, form, **facts)

    blocks = (
        Paragraph(text("hello")),
        Paragraph(text(f"{kind}.why")),
        Paragraph(text(f"{kind}.what")),
        Link(address, text("invite.open")),
        Paragraph(text("invite.free")),
        Paragraph(text("invite.yours"), quiet=True),
    )
    return MailDraft(file_name, text(f"{kind}.subject"), language, blocks)
