"""Reports about invented people who left, and about colleagues with something to mend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from auditor.model.company import (
    BannerRole,
    Company,
    CompanyName,
    HeadlineTemplate,
    LetterFacts,
    ReferenceBanner,
)
from auditor.model.document import Document, Framed, Paragraph, TextBlock
from auditor.model.employee import PersonName, RosterState
from auditor.model.examination import Examination
from auditor.model.report import AuditReport
from auditor.model.rule import Confidence, Failed, Severity
from tests.reports.invented import TODAY, banner, examined, person, report, tracked

LAST_DAY = date(2026, 10, 23)
LETTERS = LetterFacts(
    "Karel Bedacht", "+32 2 555 01 23", "https://noordlicht.example/linkedin", "https://help.example/login"
)


def still_shown(code: str = "LEAVER_CURRENT_LINKED", letter: str = "leaver letter", **more: Any) -> Failed:
    """A leaver's finding as the decision table gives it."""
    return Failed(
        code,
        "Still shows a current position linked to the company page",
        "no current position, headline or banner of the company",
        "a current position linked to the company page",
        severity=more.pop("severity", Severity.HIGH),
        facts=(("letter", letter), ("checklist", "start")),
        **more,
    )


def company(entity: str = "Noordlicht NV", country: str = "BE", language: str = "nl", **more: Any) -> Company:
    """An invented entity with a banner and complete facts for letters."""
    facts: dict[str, Any] = {
        "names": (CompanyName("Noordlicht"),),
        "pages": (),
        "page_address": "https://www.linkedin.com/company/noordlicht",
        "banners": (ReferenceBanner("Autumn 2026", BannerRole.CURRENT, banner(3, 1584)),),
        "templates": (HeadlineTemplate("{job title} at {company}"),),
        "letters": LETTERS,
        **more,
    }
    return Company(entity, language=language, country=country, **facts)


def leaver(
    number: str = "77",
    outcome: Failed | None = None,
    state: RosterState = RosterState.LEAVER_OVERDUE,
    **more: Any,
) -> Examination:
    """Somebody who left on 23 October 2026 and is still shown."""
    facts: dict[str, Any] = {
        "name": "Jürgen van der Fictief",
        "last_day": LAST_DAY,
        "language": "nl",
        **more,
    }
    one = person(number, state, **facts)
    if one.name is None:
        one = replace(one, name=PersonName(one.full_name, one.full_name.split(" ")[0]))
    return examined(one, {"LVR001": outcome or still_shown()})


def leavers_report(*people: Examination, own: Company | None = None, **more: Any) -> AuditReport:
    """A sound report of leavers, each looked at yesterday where nothing else is said."""
    entity = own or company()
    facts: dict[str, Any] = {
        "companies": {entity.entity: entity},
        "default_entity": entity.entity,
        "contacts": {entity.entity: "privacy@noordlicht.example"},
        "looks": {one.employee.employee_id: TODAY - timedelta(days=1) for one in people},
        **more,
    }
    findings = tuple(tracked(one, "LVR001") for one in people)
    return replace(report(people, findings), **facts)


def colleague(number: str = "55", **more: Any) -> Examination:
    """Somebody in service whose headline, banner and company link are to be mended."""
    facts: dict[str, Any] = {"name": "Chloé Verzonnen-Bedacht", "language": "nl", **more}
    one = person(number, RosterState.ACTIVE, **facts)
    one = replace(one, name=PersonName(one.full_name, one.full_name.split(" ")[0]))
    outcomes = {
        "HDL001": Failed(
            "NO_COMPANY",
            "no company",
            "Software Engineer at Noordlicht",
            "Engineer, speaker",
            remedy="Software Engineer at Noordlicht",
        ),
        "BNR001": Failed("BANNER_PREVIOUS", "last year's", "Autumn 2026", "Autumn 2025"),
        "CMP001": Failed(
            "ACT_NOT_LINKED",
            "plain text",
            "current position linked to https://www.linkedin.com/company/noordlicht",
            "a current position that names the company without a link",
            Confidence.PROBABLE,
            facts=(("letter", "how-to note"), ("checklist", "no")),
        ),
    }
    return examined(one, dict(outcomes))


def kits_report(*people: Examination, own: Company | None = None, **more: Any) -> AuditReport:
    """A sound report in which everything that failed is a finding."""
    made = leavers_report(own=own, **more)
    findings = tuple(tracked(one, result.rule_id) for one in people for result in one.results)
    return replace(made, examinations=people, findings=findings)


def text_of(blocks: tuple[TextBlock, ...]) -> str:
    """The running text of blocks."""
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Framed))


def named(documents: list[Document], ending: str) -> list[Any]:
    """The documents whose file name ends so."""
    return [document for document in documents if document.file_name.endswith(ending)]
