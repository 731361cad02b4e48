"""One stage at a time: how a file, page, picture or headline is read and judged, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from auditor.app.facts import profile_facts, roster_details, roster_facts
from auditor.app.registry import read_capture
from auditor.banner import PictureTrouble, decode, judge, prepare
from auditor.errors import RosterError, UsageError
from auditor.files.tables import read_table
from auditor.headline.cases import CaseResult, FormerResult, judge_cases, judge_former_cases
from auditor.headline.cases import decode as decode_escapes
from auditor.headline.expectation import HeadlineExpectation, HeadlineVerdict
from auditor.headline.verdict import judge_headline
from auditor.identity.same_person import Identity, judge_identity
from auditor.language.roster_messages import told_once
from auditor.model.capture import CaptureStatus
from auditor.model.company import BannerRole, CompanyName, ReferenceBanner
from auditor.model.employee import PersonName
from auditor.model.observed import Present
from auditor.model.policy import Policy, RosterPolicy
from auditor.model.profile import PageKind, Profile, nothing_seen
from auditor.roster import read_full_name, read_roster
from auditor.roster.population import population
from auditor.sources.saved_pages import SOURCE, SavedPagesSettings, capture_saved_file


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page file and, where known, how it was fetched."""

    path: Path
    asked_url: str = ""
    http_status: int | None = None
    final_url: str = ""


def inspect_roster(
    path: Path,
    today: date,
    policy: RosterPolicy,
    hosts: frozenset[str],
    *,
    entities: Collection[str] = (),
    details: bool = False,
) -> dict[str, Any]:
    """The roster as one object: accepted or not, the people, the fate of every row.

    `entities` are those of the policy, where there is one. `details` adds the mapping and the notices.
    """
    try:
        reading = read_roster(path, policy, hosts)
        people = population(reading, today, policy, entities=entities)
    except RosterError as trouble:
        return roster_facts(trouble)
    once = replace(people, notices=tuple(told_once(people.notices)))
    return {**roster_facts(people), **(roster_details(once) if details else {})}


def inspect_page(page: PageToRead, *, signed_in: bool = False) -> dict[str, Any]:
    """What a page file shows, field by field; `signed_in`: also one that was saved while signed in."""
    capture = capture_saved_file(
        page.path,
        asked_url=page.asked_url,
        http_status=page.http_status,
        final_url=page.final_url,
        signed_in=signed_in,
    )
    profile: Profile
    if capture.status is CaptureStatus.OK:
        profile = read_capture(capture)
    else:
        profile = nothing_seen(PageKind.UNREADABLE, str(capture.trouble))
    return profile_facts(str(page.path), profile)


def accepts_signed_in(policy: Policy, today: date) -> bool:
    """Whether runs under this policy read pages that were saved while signed in."""
    settings = policy.source_settings.get(SOURCE.name)
    return isinstance(settings, SavedPagesSettings) and settings.accepts_signed_in(today)


def pages_of(files: Sequence[Path], manifest: Path | None) -> list[PageToRead]:
    """The files with their entries in the manifest. Raises UsageError for an unusable manifest."""
    if manifest is None:
        return [PageToRead(path) for path in files]
    rows = {
        row["file"]: row for row in read_table(manifest, ("file", "asked_url", "http_status", "final_url"))
    }
    if not files:
        files = [_beside(manifest, name) for name in rows]
    return [
        _page(path, rows.get(str(path)) or rows.get(path.name) or _row_of(path, manifest, rows))
        for path in files
    ]


def inspect_banner(reference: Path, candidates: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Every candidate judged against one reference banner. Raises UsageError for a broken reference."""
    body = _bytes(reference)
    trouble = decode(body)
    if isinstance(trouble, PictureTrouble):
        raise UsageError(
            f"{reference}: {trouble.reason}.",
            "The reference must be a readable picture.",
            code="PICTURE_UNREADABLE",
        )
    library = prepare((ReferenceBanner(reference.name, BannerRole.CURRENT, body),))
    for path in candidates:
        yield {"candidate": str(path), **_banner_facts(_bytes(path, missing_is_empty=True), library)}


def inspect_headline(text: str, expectation: HeadlineExpectation) -> HeadlineVerdict:
    """The verdict on one headline."""
    return judge_headline(Present(text), expectation)


def expectation_of(template: str, companies: str, title: str, today: date) -> HeadlineExpectation:
    """What is expected, from the command line's words; company names are separated by `;`."""
    names = tuple(CompanyName(name.strip()) for name in companies.split(";") if name.strip())
    return HeadlineExpectation(template=template, names=names, title=title, today=today)


def inspect_cases(path: Path, today: date) -> list[CaseResult]:
    """A labelled table of headlines, judged. Raises UsageError for an unusable table."""
    needed = ("id", "template", "company_aliases", "person_title", "headline", "expected")
    return judge_cases(read_table(path, needed), today)


def inspect_former_cases(path: Path, today: date) -> list[FormerResult]:
    """A labelled table of former employees' headlines, read. Raises UsageError for an unusable table."""
    return judge_former_cases(read_table(path, ("id", "company_names", "headline", "expected")), today)


def inspect_name(roster_name: str, page_name: str) -> dict[str, Any]:
    """How the name on a page stands to a full name as the roster would read it."""
    return _name_facts(read_full_name(roster_name), page_name)


def inspect_name_cases(path: Path) -> list[dict[str, Any]]:
    """A labelled table of names, judged. Raises UsageError for an unusable table."""
    needed = ("id", "display", "first", "prefix", "last", "others", "page", "expected")
    return [_name_case(row) for row in read_table(path, needed)]


def _name_case(row: dict[str, str]) -> dict[str, Any]:
    cells = {key: decode_escapes(cell).strip() for key, cell in row.items()}
    others = tuple(text.strip() for text in cells["others"].split(";") if text.strip())
    first, prefix, last = cells["first"], cells["prefix"], cells["last"]
    display = cells["display"] or " ".join(part for part in (first, prefix, last) if part)
    facts = _name_facts(PersonName(display, first, prefix, last, others), cells["page"])
    return {"id": cells["id"], "expected": cells["expected"].casefold(), **facts}


def _name_facts(name: PersonName, page_name: str) -> dict[str, Any]:
    verdict = judge_identity(name, page_name)
    # a page without a name tells nothing either way
    given = Identity.UNSURE if verdict.answer is Identity.UNSEEN else verdict.answer
    return {"given": str(given), "reason_code": verdict.code}


def _banner_facts(body: bytes, library: Any) -> dict[str, Any]:
    picture = decode(body)
    if isinstance(picture, PictureTrouble):
        return {"verdict": "undetermined", "name": "", "distance": None, "reasons": [picture.reason]}
    verdict = judge(picture, library)
    return {
        "verdict": str(verdict.kind),
        "name": verdict.name,
        "distance": round(verdict.distance, 4),
        "reasons": list(verdict.reasons),
        "code": verdict.code,
    }


def _bytes(path: Path, *, missing_is_empty: bool = False) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        if missing_is_empty:
            return b""
        raise UsageError(
            f"{path} cannot be read: {trouble.strerror or trouble}.", code="FILE_UNREADABLE"
        ) from None


def _beside(manifest: Path, name: str) -> Path:
    path = Path(name)
    return path if path.is_absolute() or path.exists() else manifest.parent / name


def _row_of(path: Path, manifest: Path, rows: dict[str, dict[str, str]]) -> dict[str, str]:
    for name, row in rows.items():
        if _beside(manifest, name).resolve() == path.resolve():
            return row
    return {}


def _page(path: Path, row: dict[str, str]) -> PageToRead:
    status = row.get("http_status", "").strip()
    return PageToRead(
        path,
        row.get("asked_url", "").strip(),
        int(status) if status.isdigit() else None,
        row.get("final_url", "").strip(),
    )
