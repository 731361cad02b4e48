"""Answers of the Member Data Portability API that the member hands over as files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.files.decoding import decode_text
from auditor.files.reading import MEGABYTE, modified_at, try_to_read
from auditor.language.words import mark
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.message import say
from auditor.model.profile import BANNER_PICTURE, COMPANY_LINK
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._folder import evidence_folder, files_in, left_out_notice, tie, without_evidence
from auditor.sources.member_export import COLUMNS, POSITIONS, PROFILE, RICH_MEDIA, names_background

NAME = "dma_snapshot"
MOST_FILES = 200
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class DmaSnapshotSettings:
    """`folder`: where the answers are (`<employee id>.json`, `<employee id>/...`), relative to the
    policy file."""

    folder: str = ""


class DmaSnapshots:
    """A folder of handed-over snapshots, indexed once by employee id."""

    def __init__(self, folder: Path, employees: Sequence[Employee]) -> None:
        self._tied = tie(files_in(folder, SUFFIXES), folder, employees)
        self.notices = left_out_notice(self._tied.of_left_out(employees), folder)

    def fetch(self, employee: Employee) -> Capture:
        """The pages of the person's newest snapshot, those of one folder together."""
        if employee.employee_id in self._tied.contested:
            trouble = say("the name of a snapshot file holds the ids of two people")
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        paths = self._tied.by_id.get(employee.employee_id, ())
        if not paths:
            trouble = say("no snapshot file bears the person's employee id")
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        own = _newest_folder(paths)
        return _capture(employee, own, several=len(own) < len(paths))

    def files(self, employee: Employee) -> list[Path]:
        """Every file of this person's snapshots."""
        return list(self._tied.by_id.get(employee.employee_id, ()))


def _newest_folder(paths: Sequence[Path]) -> list[Path]:
    """The files of the folder with the newest one, newest first."""
    newest = max(paths, key=lambda path: (_time(path), path)).parent
    own = [path for path in paths if path.parent == newest]
    return sorted(own, key=lambda path: (_time(path), path), reverse=True)


def _capture(employee: Employee, paths: list[Path], *, several: bool) -> Capture:
    if len(paths) > MOST_FILES:
        many = say("more than {n} snapshot files of one person", n=MOST_FILES)
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, many)
    artifacts, captured_at, passed_over = _newest_snapshot(paths)
    several_read = (say("several snapshots of this person; the newest was read"),)
    if not any(b'"elements"' in artifact.body for artifact in artifacts):
        nothing = say("the files hold no PROFILE or POSITIONS data")
        trouble = next((a.trouble for a in artifacts if a.trouble), None) or nothing
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble, captured_at=captured_at)
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=CaptureStatus.OK,
        captured_at=captured_at,
        source=NAME,
        format=CaptureFormat.DMA_SNAPSHOT,
        artifacts=_main_first(artifacts),
        notes=several_read if several or passed_over else (),
    )


def _newest_snapshot(paths: Iterable[Path]) -> tuple[list[Artifact], datetime, bool]:
    """The pieces of the newest snapshot, its age (that of its oldest page), and whether files of
    earlier ones were passed over.

    A file that holds what a newer one holds as well belongs to an earlier snapshot.
    """
    artifacts: list[Artifact] = []
    claimed: set[str] = set()
    captured_at = datetime.max.replace(tzinfo=UTC)
    passed_over = False
    for path in paths:
        file = read_snapshot_file(path)
        if not claimed.isdisjoint(file.claims):
            passed_over = True
        elif file.artifacts:
            claimed |= file.claims
            artifacts.extend(file.artifacts)
            captured_at = min(captured_at, _time(path))
    return artifacts, (captured_at if artifacts else datetime.min.replace(tzinfo=UTC)), passed_over


def _main_first(artifacts: list[Artifact]) -> tuple[Artifact, ...]:
    pages = [artifact for artifact in artifacts if b'"elements"' in artifact.body]
    main = next((page for page in pages if b'"PROFILE"' in page.body), pages[0])
    rest = (artifact for artifact in artifacts if artifact is not main)
    return (replace(main, kind=ArtifactKind.MAIN), *rest)


def _time(path: Path) -> datetime:
    return modified_at(path) or datetime.min.replace(tzinfo=UTC)


@contextmanager
def open_snapshots(settings: DmaSnapshotSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Index the folder; raises SourceUnavailable if there is none."""
    yield DmaSnapshots(evidence_folder(NAME, settings.folder, context), context.employees)


SOURCE = Source(
    name=NAME,
    summary="snapshots of the Member Data Portability API, handed over by the member",
    settings=DmaSnapshotSettings,
    reach=frozenset({"full_name", "headline", "banner", "positions"}),
    open=open_snapshots,
    evidence_days=90,
    title=mark("The member's own data"),
    needs=mark("each member's own data, handed over as files; it has no link to the company page"),
    takes=mark("some minutes of the member"),
    lacks=frozenset({COMPANY_LINK, BANNER_PICTURE}),
    voluntary=True,
)
PAGE_LIMIT = 20 * MEGABYTE
MOST_ROWS = 20_000
DOMAINS = {"PROFILE": PROFILE, "POSITIONS": POSITIONS, "RICH_MEDIA": RICH_MEDIA}
_NO_DATA = re.compile(r"no data found", re.IGNORECASE)
_NAMED_DOMAIN = re.compile(r"(?<![A-Z])(RICH[_ ]MEDIA|POSITIONS|PROFILE)(?![A-Z])")


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """What one file holds. `claims` are what no second file of the same snapshot can hold as well."""

    artifacts: tuple[Artifact, ...]
    claims: frozenset[str]


def read_snapshot_file(path: Path) -> SnapshotFile:
    """The pages of one file in the API's own shape; other domains and columns stay behind.

    The end mark ("No data found") is given the domain that the page before it, or the file's
    name, tells. A file that is no snapshot at all gives nothing, a damaged one a trouble.
    """
    found = try_to_read(path, PAGE_LIMIT)
    if found.trouble:
        return _damaged(path, str(found.trouble))
    try:
        bodies = list(_bodies(decode_text(found.body)))
    except (ValueError, RecursionError):
        return _damaged(path, "the JSON is damaged or cut off")
    artifacts, claims = [], set()
    named = _NAMED_DOMAIN.search(path.name.upper())
    domain = named.group(1).replace(" ", "_") if named else ""
    for body in bodies:
        page = trim_answer(body, domain)
        if page is not None:
            domain = page["elements"][0]["snapshotDomain"] if page.get("elements") else domain
            artifacts.append(
                Artifact(ArtifactKind.PART, json.dumps(page).encode("ascii"), path.name, "application/json")
            )
            claims |= _claims(page)
    return SnapshotFile(tuple(artifacts), frozenset(claims))


def _claims(page: dict[str, Any]) -> set[str]:
    """A profile is there once; so is each numbered page of a domain."""
    start = page.get("paging", {}).get("start")
    domains = {element["snapshotDomain"] for element in page.get("elements", ())}
    return {f"{d} {start}" for d in domains if isinstance(start, int)} | (domains & {"PROFILE"})


def _bodies(text: str) -> Iterator[dict[str, Any]]:
    """The answers in a file: one, a list of them, or one after the other."""
    reader = json.JSONDecoder()
    place, end = 0, len(text)
    while place < end:
        if text[place].isspace():
            place += 1
            continue
        value, place = reader.raw_decode(text, place)
        for body in value if isinstance(value, list) else (value,):
            if isinstance(body, dict):
                yield body


def trim_answer(body: dict[str, Any], domain: str) -> dict[str, Any] | None:
    """An answer of the API with the audited domains and columns only; None where it holds none of them."""
    if _NO_DATA.search(str(body.get("message", ""))[:500]):
        return {"message": "No data found", "snapshotDomain": domain}
    elements = body.get("elements")
    if not isinstance(elements, list):
        return None
    elements_read = [element for element in map(_element, elements) if element]
    paging = body.get("paging")
    return (
        {"paging": paging if isinstance(paging, dict) else {}, "elements": elements_read}
        if elements_read
        else None
    )


def _element(element: Any) -> dict[str, Any] | None:
    if not isinstance(element, dict) or element.get("snapshotDomain") not in DOMAINS:
        return None
    domain = element["snapshotDomain"]
    data = element.get("snapshotData")
    rows = data if isinstance(data, list) and all(isinstance(row, dict) for row in data) else None
    if rows is None or len(rows) > MOST_ROWS:
        return {"snapshotDomain": domain, "snapshotData": None}
    if domain == "RICH_MEDIA":
        rows = [row for row in rows if names_background([str(value) for value in row.values()])]
    columns = COLUMNS[DOMAINS[domain]]
    own_rows = [{name: row[name] for name in columns if name in row} for row in rows]
    return {"snapshotDomain": domain, "snapshotData": own_rows}


def _damaged(path: Path, trouble: str) -> SnapshotFile:
    artifact = Artifact(ArtifactKind.PART, b"", path.name, "application/json", trouble=trouble)
    return SnapshotFile((artifact,), frozenset())
