"""An invented firm of any size that takes up a banner, month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model.company import BannerRole, Company, CompanyName, ReferenceBanner
from auditor.model.employee import RosterState
from auditor.model.examination import Examination
from auditor.model.report import AuditReport, MonthCounts
from auditor.model.rule import Failed, Outcome, Passed, Undetermined
from tests.reports.invented import WRONG_HEADLINE, examined, person, report, tracked

AUTUMN = Passed("OK_BANNER", "Autumn 2026", "Autumn 2026")
#: an earlier one that still counts
SUMMER = Passed("OK_BANNER", "Autumn 2026", "Summer 2026")
OTHER_BANNER = Failed("BANNER_UNKNOWN", "another picture", "Autumn 2026", "another picture")
NOT_LINKED = Failed("ACT_NOT_LINKED", "plain text", "linked to the company page", "a position without a link")
RIGHT_HEADLINE = Passed("OK_EXACT")
LINKED = Passed("OK_LINKED")
UNSEEN = Undetermined("BANNER_UNSEEN", "the page hides it")
WALLED = Undetermined("AUTH_WALL", "the site asked the visitor to sign in")
BANNERS = (
    ReferenceBanner("Summer 2026", BannerRole.CURRENT, b"", date(2026, 6, 1), date(2026, 9, 30), 90),
    ReferenceBanner("Autumn 2026", BannerRole.CURRENT, b"", date(2026, 10, 1)),
)
ENTITIES = ("Noordlicht NV", "Zuiderzon BV", "Groupe Étoile SA", "Kleinwerk GmbH")
MANAGERS = ("Mia Verzonnen", "Piet Bedacht", "Chloé Fictive", "Jürgen Erfunden", "Anna Niemand")


def carrying(
    number: int,
    banner: Outcome = AUTUMN,
    headline: Outcome = RIGHT_HEADLINE,
    link: Outcome = LINKED,
    entity: str = "Noordlicht NV",
    manager: str = "",
    source: str = "saved_pages",
) -> Examination:
    """Somebody in service with these outcomes."""
    employee = person(f"{number:05d}", name=f"Invented Person {number}", entity=entity, manager=manager)
    one = examined(employee, {"BNR001": banner, "HDL001": headline, "CMP001": link})
    return replace(one, results=tuple(replace(result, source=source) for result in one.results))


def company(entity: str = "Noordlicht NV") -> Company:
    """An entity with a summer banner, in its days of grace, and an autumn one."""
    return Company(entity, (CompanyName(entity),), (), banners=BANNERS)


def month(number: int, judged: int, passed: int, people: int = 60, year: int = 2026) -> MonthCounts:
    """What a run of a month stored: so many carry the banner, and the headline and the link a few more."""
    counts = {"people": people, "read": judged, "high": 2, "medium": 9 - number % 4, "low": judged - passed}
    counts |= {"could_not_verify": people - judged, "info": 0, "new": 1, "resolved": 2}
    for place, criterion in enumerate(("banner", "headline", "company_link")):
        counts[f"{criterion}_people"] = people
        counts[f"{criterion}_judged"] = judged
        counts[f"{criterion}_passed"] = min(passed + 4 * place, judged)
    name = "Autumn 2026" if (year, number) >= (2026, 10) else "Summer 2026"
    banners = {"Noordlicht NV": {name: passed}}
    return MonthCounts(
        f"r{year}-{number}", date(year, number, 20), counts, {"Noordlicht NV": counts}, banners
    )


def firm(size: int, language: str = "en") -> AuditReport:
    """A firm of so many people in up to four entities, with the months that went before."""
    people, findings = [], []
    for n in range(size):
        entity = ENTITIES[(n * 7 % 20) // 7 if n % 22 else 3] if size > 20 else ENTITIES[0]
        if n % 15 == 14:
            state = RosterState.LONG_LEAVE if n % 2 else RosterState.LEAVING_SOON
            people.append(examined(person(f"{n:05d}", state, f"Invented Person {n}", entity=entity)))
            continue
        banner = UNSEEN if n % 5 == 3 else OTHER_BANNER if n % 4 == 2 else SUMMER if n % 9 == 4 else AUTUMN
        headline = WRONG_HEADLINE if n % 6 == 5 else RIGHT_HEADLINE
        link = NOT_LINKED if n % 11 == 10 else LINKED
        if n % 8 == 7:
            banner = headline = link = WALLED
        source = "public_page" if n % 3 else "saved_pages"
        one = carrying(n, banner, headline, link, entity, MANAGERS[n % 5], source)
        people.append(one)
        findings += [tracked(one, r.rule_id) for r in one.results if isinstance(r.outcome, Failed)]
    scale = size / 60
    months = tuple(
        month(n, *(round(value * scale) for value in (30 + 2 * n, 12 + 2 * n + n % 3, 60)))
        for n in (1, 2, 3, 4, 6, 7, 8, 9, 10)
    )
    companies = {entity: company(entity) for entity in ENTITIES}
    return report(tuple(people), tuple(findings), language=language, companies=companies, trend=months)
