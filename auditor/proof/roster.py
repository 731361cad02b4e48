"""The roster and the policy of an invented group, for one door."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.demo.consent_site import CLIENT_ID
from auditor.demo.world import SECRET_VARIABLE
from auditor.proof.doors import Door
from auditor.proof.firms import Firm
from auditor.proof.people import Person
from auditor.proof.records import table_text

HEADING = (
    "Employee number",
    "First name",
    "Last name",
    "Work e-mail",
    "Legal entity",
    "Job title",
    "Language",
    "Status",
    "Worker type",
    "Start date",
    "End date",
    "LinkedIn profile",
)
SOURCES: Mapping[Door, str] = {
    Door.VISITOR: "saved_pages",
    Door.SIGNED_IN: "saved_pages",
    Door.EXPORT: "member_export",
    Door.SNAPSHOT: "dma_snapshot",
    Door.CONSENT: "member_consent",
    Door.VENDOR: "vendor_file",
    Door.ATTESTATION: "attestation",
}
_TEMPLATES = {
    "nl": "{functie} bij {bedrijf}",
    "fr": "{fonction} chez {entreprise}",
    "de": "{Funktion} bei {Firma}",
    "en": "{job title} at {company}",
}
_LAW = {
    "NL": "works_council: 2026-01-20",
    "FR": "consultation: 2026-01-20",
    "DE": "works_council: 2026-01-20",
}
_SIGNED_IN = """\
    signed_in: accept
    decided_by: Ilse Brandhorst, data protection officer
    decided_on: 2026-01-15
    reason: our people save their own page and are signed in when they do
"""


def roster_text(people: Iterable[Person]) -> bytes:
    """The roster as a CSV file."""
    return table_text(HEADING, (_row(person) for person in people))


def _row(person: Person) -> tuple[str, ...]:
    ended = person.ended.isoformat() if person.ended else ""
    return (
        person.number,
        person.first,
        person.last,
        f"{person.number.lower()}@group.example",
        person.firm.entity,
        person.title,
        person.language,
        person.standing.status,
        person.standing.worker,
        person.started.isoformat(),
        ended,
        f"https://www.linkedin.com/in/{person.slug}",
    )


@dataclass(frozen=True, slots=True)
class BannerFiles:
    """The names of a firm's banner files beside the policy."""

    current: str
    previous: str


def banner_files(place: int) -> BannerFiles:
    """The banner files of the firm with this place in the group."""
    return BannerFiles(f"brand/{place}-2026.png", f"brand/{place}-2025.png")


def policy_text(group: tuple[Firm, ...], door: Door, consents_at: str = "") -> str:
    """The policy as YAML; `consents_at` is the address of the replica of LinkedIn's consent page."""
    entities = "".join(_entity(firm, place) for place, firm in enumerate(group))
    settings = {
        Door.VISITOR: "  saved_pages:\n    signed_in: refuse\n",
        Door.SIGNED_IN: f"  saved_pages:\n{_SIGNED_IN}",
        Door.VENDOR: "  vendor_file:\n    file: leads.jsonl\n",
        Door.ATTESTATION: "  attestation:\n    file: answers.csv\n    pictures: pictures\n",
        Door.CONSENT: _consents(consents_at),
    }
    return (
        "# Written by `auditor proof`; nobody and nothing in it is real.\n"
        f"version: 1\nlanguage: en\ndefault_entity: {_text(group[0].entity)}\nentities:\n{entities}"
        f"roster:\n  grace_days: 14\nsources:\n  ladder: [{SOURCES[door]}]\n{settings.get(door, '')}"
    )


def _consents(origin: str) -> str:
    return f"""\
  member_consent:
    client_id: {CLIENT_ID}
    secret_env: {SECRET_VARIABLE}
    page_address: https://profile.group.example
    sign_in_address: {origin}
    api_address: {origin}
    seconds_between: 0
    daily_cap: 100000
"""


def _entity(firm: Firm, place: int) -> str:
    headlines = "".join(
        f"      - {{text: {_text(_TEMPLATES[language])}, language: {language}}}\n"
        for language in firm.languages
    )
    files = banner_files(place)
    # the firm whose people may not be checked yet told them a week ago
    told = "2026-02-01" if firm.told else "2026-11-16"
    law = f"      {_LAW[firm.country]}\n" if firm.country in _LAW else ""
    other = f"https://www.linkedin.com/company/{firm.other_slug}"
    return f"""\
  - name: {_text(firm.entity)}
    names: [{_text(firm.name)}, {_text(firm.short)}]
    language: {firm.languages[0]}
    country: {firm.country}
    pages: [{_text(firm.page())}, {_text(firm.page(by_number=True))}]
    namesake_pages: [{_text(other)}]
    banners:
      - {{name: "Autumn 2026", file: {files.current}, role: current, valid_from: 2026-09-01}}
      - {{name: "Autumn 2025", file: {files.previous}, role: previous}}
    headline:
{headlines}    privacy:
      purpose: Correct and recognisable presentation of our people on LinkedIn
      ground: legitimate interest
      balancing_note_date: 2026-01-15
      contact: privacy@group.example
      notice_date: {told}
      notice_in_joining_papers: true
      dpia_ref: DPIA 2026-01 (invented)
{law}"""


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
