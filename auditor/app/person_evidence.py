"""The files of the evidence folders that are one person's: found for access, erasure and retention."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from auditor.app.evidence_places import evidence_place, evidence_root
from auditor.app.hand_over import OWN
from auditor.app.registry import read_capture, sources
from auditor.errors import SourceUnavailable
from auditor.files.names import number_part
from auditor.files.reading import MEGABYTE, modified_at, try_to_read
from auditor.model.employee import Employee, RosterState
from auditor.model.policy import Policy
from auditor.ports import SourceContext
from auditor.store import persons
from auditor.store.database import reading
from auditor.store.persons import PersonKnown

_DAY_OR_YEAR = re.compile(r"\d{1,2}|(?:19|20)\d{2}")
#: a file up to this size is handed to the person as it is
LARGEST_SHOWN = 2 * MEGABYTE


def evidence_of(
    policy: Policy, engine: sa.Engine, people: Iterable[PersonKnown], captures: Path | None = None
) -> list[Path]:
    """The files that a run would take for these people's, and all that lies in a folder of their number.

    A form or a licensed file with the rows of many people is none of them. Nothing is visited.
    """
    chosen = list(people)
    if not chosen:
        return []
    with reading(engine) as connection:
        known = {**persons.people_known(connection), **{one.employee_id: one for one in chosen}}
    root = evidence_root(policy, captures)
    everybody = [one for person in known.values() for one in _as_employees(person)]
    context = SourceContext(
        policy=policy,
        employees=everybody,
        folder=root if root and root.is_dir() else None,
        stopping=lambda: False,
        today=datetime.now(UTC).date(),
        read_page=read_capture,
    )
    theirs = [one for person in chosen for one in _as_employees(person)]
    found: set[Path] = set()
    for name, source in sources().items():
        if source.touches_network:
            continue
        with (
            suppress(SourceUnavailable),
            source.open(policy.source_settings[name], context) as opened,
        ):
            files = getattr(opened, "files", None)
            if files is None:
                continue
            own = {path for one in theirs for path in files(one)}
            others = {path for one in everybody if one not in theirs for path in files(one)}
            place = evidence_place(policy, name, captures) if name in _with_folders(policy) else None
            if place:
                numbers = {number_part(one.employee_id) for one in chosen}
                own |= {path for number in numbers for path in _files_below(place / number)} - others
            found |= own
    return sorted(found)


def evidence_facts(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """What there is of a person in the evidence folders, as plain JSON values: each file with its day, and
    its content where it is small."""
    facts = []
    for path in paths:
        found = try_to_read(path, LARGEST_SHOWN)
        day = modified_at(path)
        fact: dict[str, Any] = {"file": str(path), "changed": day.isoformat() if day else ""}
        if not found.trouble:
            fact |= {
                "sha256": hashlib.sha256(found.body).hexdigest(),
                "content": _content(found.body),
            }
        facts.append(fact)
    return facts


def remove_evidence(policy: Policy, paths: Sequence[Path], captures: Path | None = None) -> int:
    """Delete these files and the folders that are empty then; returns how many are gone. What cannot be
    deleted stays where it is."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    places = {evidence_root(policy, captures)}
    places |= {evidence_place(policy, name, captures) for name in _with_folders(policy)}
    for path in paths:
        folder = path.parent
        while folder not in places and any(one in folder.parents for one in places if one):
            try:
                folder.rmdir()
            except OSError:  # something else lies in it
                break
            folder = folder.parent
    return sum(not path.exists() for path in paths)


def _as_employees(person: PersonKnown) -> list[Employee]:
    """A person as the roster would name them, once for each profile address that is known."""
    name = min(person.names, default="")
    addresses: list[str | None] = [*sorted(person.profile_urls)]
    return [
        Employee(person.employee_id, name, RosterState.ACTIVE, address) for address in addresses or [None]
    ]


def _with_folders(policy: Policy) -> list[str]:
    """The sources whose evidence lies in a folder."""
    return [name for name, settings in policy.source_settings.items() if hasattr(settings, "folder")]


def _files_below(folder: Path) -> Iterator[Path]:
    """All files of a person's folder, also hidden ones; links are files here and lead nowhere. Of one whose
    number may as well be a day or a year, only what the person handed over."""
    if _DAY_OR_YEAR.fullmatch(folder.name):
        folder = folder / OWN
    if folder.is_dir() and not folder.is_symlink():
        yield from (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _content(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(body).decode("ascii")
