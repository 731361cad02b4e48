"""Audit reports about invented people, made by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from auditor.app.registry import rule_texts, source_titles
from auditor.model.capture import CaptureStatus
from auditor.model.employee import NEVER_OPENED, Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.finding import FindingState, TrackedFinding, finding_of
from auditor.model.health import HealthVerdict, RunHealth
from auditor.model.message import say_count
from auditor.model.profile import PageKind
from auditor.model.report import AuditReport, MonthCounts, RunFacts
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.model.rule import (
    CheckResult,
    Confidence,
    Failed,
    NotApplicable,
    Outcome,
    Passed,
    Severity,
    Undetermined,
)

TODAY = date(2026, 11, 22)
CAPTURED = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
SOUND = RunHealth({CaptureStatus.OK: 3}, {}, 0.1, HealthVerdict.SOUND, ())
DEGRADED = RunHealth(
    {CaptureStatus.AUTH_WALL: 1},
    {},
    0.0,
    HealthVerdict.DEGRADED,
    (
        say_count(
            "the site refused {n} visit(s)", "the site refused {n} visit", "the site refused {n} visits", n=4
        ),
        say_count(
            "people not reached: {n}", "{n} person was not reached", "{n} people were not reached", n=31
        ),
    ),
)
#: the rules that the program ships; another one in the folder must not change these reports
RULES = tuple(text for text in rule_texts() if text.id in ("BNR001", "CMP001", "HDL001", "LVR001", "PRF001"))
SEVERITY = {
    "BNR001": Severity.LOW,
    "HDL001": Severity.MEDIUM,
    "CMP001": Severity.LOW,
    "LVR001": Severity.HIGH,
}


def banner(seed: int, width: int = 800) -> bytes:
    """A small invented banner as a JPEG."""
    picture = Image.new("RGB", (width, width // 4), (20 + seed * 37 % 200, 60 + seed * 53 % 150, 120))
    draw = ImageDraw.Draw(picture)
    for step in range(6):
        left = (seed * 31 + step * width // 6) % width
        draw.ellipse((left, 10, left + width // 8, 10 + width // 8), fill=(250, 180, seed * 29 % 255))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def person(
    number: str = "1042", state: RosterState = RosterState.ACTIVE, name: str = "Anneke Voorbeeld", **more: Any
) -> Employee:
    """An invented person with an address."""
    facts: dict[str, Any] = {
        "profile_url": f"https://www.linkedin.com/in/invented-{number.strip()[:40]}",
        "title": "Software Engineer",
        "entity": "Noordlicht NV",
        "manager": "Piet Verzonnen",
        **more,
    }
    return Employee(number, name, state, **facts)


def examined(
    employee: Employee,
    outcomes: dict[str, Outcome] | None = None,
    status: CaptureStatus = CaptureStatus.OK,
    kind: PageKind | None = PageKind.PROFILE_FULL,
) -> Examination:
    """A person with one trial (none where the profile is never opened) and these outcomes."""
    results = tuple(
        CheckResult(rule, outcome, SEVERITY.get(rule, Severity.INFO), "public_page", CAPTURED)
        for rule, outcome in (outcomes or {}).items()
    )
    if employee.roster_state in NEVER_OPENED:
        return Examination(employee, (), results)
    page = kind if status is CaptureStatus.OK else None
    trial = Trial("public_page", status, page, CAPTURED, 200, decided=tuple(outcomes or ()))
    return Examination(employee, (trial,), results)


def tracked(
    examination: Examination,
    rule: str,
    state: FindingState = FindingState.NEW,
    first_seen: date = TODAY,
    **more: Any,
) -> TrackedFinding:
    """The finding of a person's result, with a history."""
    result = next(result for result in examination.results if result.rule_id == rule)
    finding = finding_of(examination.employee.employee_id, result)
    assert finding is not None
    return TrackedFinding(finding, state, first_seen, more.pop("last_seen", TODAY), **more)


def report(
    examinations: tuple[Examination, ...] = (), findings: tuple[TrackedFinding, ...] = (), **more: Any
) -> AuditReport:
    """A report of these people; every other part can be given by name."""
    counts = {str(fate): 0 for fate in RowFate} | {"header": 1, "person": len(examinations)}
    run = RunFacts(
        id="2026-11-22-0900",
        started_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        finished_at=datetime(2026, 11, 22, 9, 40, 12, tzinfo=UTC),
        today=TODAY,
        policy_sha256="ab" * 32,
        roster_sha256="cd" * 32,
        roster_name="roster-november.xlsx",
        roster_date=date(2026, 11, 17),
        source="public_page",
        program_version="0.1.0",
        row_counts=counts,
        retention_until=date(2027, 11, 22),
    )
    parts: dict[str, Any] = {
        "health": SOUND,
        "rows": (),
        "notices": (),
        "rules": RULES,
        "source_titles": source_titles(),
        "contacts": {"Data protection": "privacy@noordlicht.example"},
        "time_zone": "Europe/Brussels",
        **more,
    }
    return AuditReport(run=run, examinations=examinations, findings=findings, **parts)


WRONG_HEADLINE = Failed(
    "NO_COMPANY",
    "no company",
    "Software Engineer at Noordlicht",
    "Engineer, speaker, cyclist",
    remedy="Software Engineer at Noordlicht",
)
STILL_HERE = Failed(
    "LEAVER_CURRENT_LINKED",
    "Still shows a current position linked to the company page",
    "no current position, headline or banner of the company",
    "position at Noordlicht, linked to company/noordlicht, shown as current",
    severity=Severity.HIGH,
)
MAYBE_SISTER = Undetermined(
    "MAYBE_SISTER", "maybe a sister company", True, "Engineer at Noordlicht", "Engineer at Noordlicht Fonds"
)


def old_banner(seed: int) -> Failed:
    """Last year's banner, with the picture seen."""
    return Failed(
        "BANNER_PREVIOUS", "last year's", "Autumn 2026", "Autumn 2025", pictures=(("seen", banner(seed)),)
    )


_FIRST = ("Anneke", "Bram", "Chloé", "Dirk", "Eline", "François", "Greta", "Hannes", "Ines", "Jürgen")
_LAST = ("Voorbeeld", "van der Verzonnen", "Fictief-de Bedachte", "Exemple", "Musterfrau", "d'Inventé")


def sixty() -> AuditReport:
    """Sixty people in three entities with every kind of outcome, roster trouble and a history."""
    examinations: list[Examination] = []
    findings: list[TrackedFinding] = []
    for n in range(60):
        examination = _invented(n)
        examinations.append(examination)
        for result in examination.results:
            if finding_of(examination.employee.employee_id, result):
                age = n % 4
                state = (FindingState.NEW, FindingState.OPEN, FindingState.REOPENED, FindingState.OPEN)[age]
                first = TODAY - timedelta(days=31 * age)
                findings.append(tracked(examination, result.rule_id, state, first, months_open=age))
    findings.append(_lost(examinations[3], FindingState.UNVERIFIED, "BNR001"))
    findings.append(_lost(examinations[1], FindingState.RESOLVED, "HDL001"))
    findings.append(
        replace(
            _lost(examinations[2], FindingState.WAIVED, "HDL001"),
            note="Agreed until 2027-02-01: new name pending",
        )
    )
    rows = (
        RowRecord(1, RowFate.HEADER, sheet="Blad1"),
        *(RowRecord(n + 2, RowFate.PERSON, sheet="Blad1", person=str(1000 + n)) for n in range(60)),
        RowRecord(
            62,
            RowFate.REJECTED,
            "E11",
            "Blad1",
            "",
            "Employee number 1,23457E+11 was damaged by Excel; export as text.",
            "1,23457E+11",
        ),
        RowRecord(
            63,
            RowFate.NOT_A_PERSON,
            "P14",
            "Blad1",
            "",
            "Row 63 looks like a mailbox, room or service account.",
            "Vergaderzaal 2",
        ),
        RowRecord(64, RowFate.MERGED, "P02", "Blad1", "1004", "2 contracts merged for 1004.", "1004"),
    )
    notices = (
        RosterNotice("F08", "The roster is 47 days old.", facts=(("days", "47"),)),
        RosterNotice(
            "F07",
            "No leavers in the file: export again including inactive people. The leaver check could not run.",
        ),
    )
    trend = tuple(
        MonthCounts(
            f"r{n}",
            date(2026, n, 20),
            {
                "people": 55 + n // 2,
                "read": 40 + n,
                "could_not_verify": 15 - n,
                "high": 9 - n % 4,
                "medium": 14 - n,
                "low": 20 - n,
                "info": n,
                "new": n % 5,
                "resolved": n % 3,
            },
        )
        for n in range(3, 11)
    )
    standard = {entity: banner(40 + n) for n, entity in enumerate(_ENTITIES)}
    made = report(
        tuple(examinations),
        tuple(findings),
        rows=rows,
        notices=notices,
        trend=trend,
        standard_banners=standard,
    )
    counts = {"header": 1, "blank": 0, "not_a_person": 1, "merged": 1, "rejected": 1, "person": 60}
    return replace(made, run=replace(made.run, row_counts=counts))


_ENTITIES = ("Noordlicht NV", "Zuiderzon BV", "Groupe Étoile SA")


def _invented(n: int) -> Examination:
    name = f"{_FIRST[n % 10]} {_LAST[n % 6]}"
    last_day = TODAY - timedelta(days=20 + n)
    entity = _ENTITIES[n % 3]
    if n % 10 == 9:
        employee = person(str(1000 + n), RosterState.LEAVER_OVERDUE, name, last_day=last_day, entity=entity)
        return examined(employee, {"LVR001": STILL_HERE})
    if n == 24:
        employee = person(
            "1024", RosterState.LEAVING_SOON, name, last_day=TODAY + timedelta(days=25), entity=entity
        )
        return examined(employee)
    if n == 26:
        return examined(person("1026", RosterState.LONG_LEAVE, name, entity=entity))
    employee = person(str(1000 + n), RosterState.ACTIVE, name, entity=entity)
    if n % 10 == 8:
        walled = Undetermined("AUTH_WALL", "the site asked the visitor to sign in")
        return examined(employee, {"BNR001": walled, "HDL001": walled}, CaptureStatus.AUTH_WALL)
    if n % 10 == 7:
        employee = replace(employee, profile_url=None, address_note="empty")
        return examined(employee, {"HDL001": Undetermined("NO_URL", "no address")}, CaptureStatus.NO_URL)
    return examined(employee, _outcomes(n))


def _outcomes(n: int) -> dict[str, Outcome]:
    if n % 10 == 3:
        return {
            "BNR001": Undetermined("BANNER_UNSEEN", "the page hides it"),
            "HDL001": Undetermined(
                "TRUNCATED", "the headline was cut", True, "Engineer at Noordlicht", "Engineer at No…"
            ),
            "CMP001": Undetermined("UNV_HIDDEN", "Neither position nor headline could be read"),
        }
    banner_outcome = old_banner(n) if n % 10 in (0, 4) else Passed("OK_BANNER", "Autumn 2026", "Autumn 2026")
    headline = WRONG_HEADLINE if n % 10 == 5 else MAYBE_SISTER if n % 10 == 6 else Passed("OK_EXACT")
    link = (
        Failed(
            "ACT_NOT_LINKED",
            "plain text",
            "current position linked to https://www.linkedin.com/company/noordlicht",
            "position at Noordlicht, no link",
            Confidence.PROBABLE,
        )
        if n % 10 == 4
        else Passed("OK_LINKED")
    )
    return {
        "BNR001": banner_outcome,
        "HDL001": headline,
        "CMP001": link,
        "LVR001": NotApplicable("NOT_A_LEAVER", "in service"),
    }


def _lost(examination: Examination, state: FindingState, rule: str) -> TrackedFinding:
    failed = WRONG_HEADLINE if rule == "HDL001" else old_banner(7)
    result = CheckResult(rule, failed, Severity.MEDIUM)
    finding = finding_of(examination.employee.employee_id, result)
    assert finding is not None
    return TrackedFinding(finding, state, date(2026, 9, 20), date(2026, 10, 20), months_open=2)
