"""The pages of a member snapshot as handed over in files, cut down to what the audit needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain.capture import Artifact, ArtifactKind
from auditor.domain.decoding import decode_text
from auditor.sources._export_tables import COLUMNS, POSITIONS, PROFILE, RICH_MEDIA, names_background
from auditor.sources._file_bytes import MEGABYTE, read_bytes

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
    found = read_bytes(path, PAGE_LIMIT)
    if found.trouble:
        return _damaged(path, found.trouble)
    try:
        bodies = list(_bodies(decode_text(found.body)))
    except (ValueError, RecursionError):
        return _damaged(path, "the JSON is damaged or cut off")
    artifacts, claims = [], set()
    domain = _domain_in_name(path.name)
    for body in bodies:
        page = _trimmed(body, domain)
        if page is not None:
            domain = page["elements"][0]["snapshotDomain"] if page.get("elements") else domain
            artifacts.append(_artifact(path, page))
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


def _trimmed(body: dict[str, Any], domain: str) -> dict[str, Any] | None:
    if _NO_DATA.search(str(body.get("message", ""))[:500]):
        return {"message": "No data found", "snapshotDomain": domain}
    elements = body.get("elements")
    if not isinstance(elements, list):
        return None
    kept = [element for element in map(_element, elements) if element]
    paging = body.get("paging")
    return {"paging": paging if isinstance(paging, dict) else {}, "elements": kept} if kept else None


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
    kept = [{name: row[name] for name in columns if name in row} for row in rows]
    return {"snapshotDomain": domain, "snapshotData": kept}


def _artifact(path: Path, page: dict[str, Any]) -> Artifact:
    return Artifact(ArtifactKind.PART, json.dumps(page).encode("ascii"), path.name, "application/json")


def _damaged(path: Path, trouble: str) -> SnapshotFile:
    artifact = Artifact(ArtifactKind.PART, b"", path.name, "application/json", trouble=trouble)
    return SnapshotFile((artifact,), frozenset())


def _domain_in_name(name: str) -> str:
    found = _NAMED_DOMAIN.search(name.upper())
    return found.group(1).replace(" ", "_") if found else ""
