"""Reads the tables of a member's data export."""

from __future__ import annotations

import csv
import io

from auditor.extract._own_data import Row, profile_of, read_banner, read_positions
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat
from auditor.model.observed import Observed, Unseen
from auditor.model.profile import Banner, PageKind, Position, Profile, nothing_seen
from auditor.ports import Extractor


class _Damaged(Exception):
    pass


def read(capture: Capture) -> Profile:
    """The profile of one export; a table that cannot be read leaves its fields unseen."""
    main = capture.first(ArtifactKind.MAIN)
    try:
        people = _table(main)[1] if main else []
    except _Damaged:
        people = []
    if len(people) != 1:
        return nothing_seen(PageKind.UNREADABLE, "the export's profile table does not describe one person")
    return profile_of(people[0], _positions(capture), _banner(capture), "member-export")


def _positions(capture: Capture) -> Observed[tuple[Position, ...]]:
    table = _part(capture, "positions")
    if table is None:
        return Unseen("the export lacks Positions.csv")
    if table.trouble:
        return Unseen(table.trouble)
    try:
        heading, rows = _table(table)
    except _Damaged:
        return Unseen("Positions.csv is damaged or cut off")
    if "Company Name" not in heading:
        return Unseen("Positions.csv names no companies")
    return read_positions(rows, capture.captured_at.date())


def _banner(capture: Capture) -> Observed[Banner]:
    table = _part(capture, "rich_media") or _part(capture, "rich media")
    if table is None:
        return Unseen("the export lacks the list of media")
    if table.trouble:
        return Unseen(table.trouble)
    try:
        return read_banner(_table(table, whole=False)[1])
    except _Damaged:
        return Unseen("the export's list of media is damaged")


def _part(capture: Capture, name: str) -> Artifact | None:
    parts = (artifact for artifact in capture.artifacts if artifact.kind is ArtifactKind.PART)
    return next((part for part in parts if part.address.casefold().endswith(f"{name}.csv")), None)


def _table(table: Artifact, *, whole: bool = True) -> tuple[list[str], list[Row]]:
    """The heading, and the rows by column. Raises _Damaged where (`whole`) a row swallowed another."""
    text = table.body.decode("utf-8-sig", "replace")
    try:
        lines = [row for row in csv.reader(io.StringIO(text, newline=""), strict=whole) if any(row)]
    except csv.Error as trouble:
        raise _Damaged from trouble
    heading = [name.strip() for name in lines[0]] if lines else []
    if not heading or (whole and any(len(line) != len(heading) for line in lines)):
        raise _Damaged
    return heading, [dict(zip(heading, line, strict=False)) for line in lines[1:]]


EXTRACTOR = Extractor(CaptureFormat.MEMBER_EXPORT, read)
