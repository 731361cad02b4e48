"""Writes calendar files (RFC 5545): whole-day entries with ids that stay, for publishing only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import icalendar

from auditor.files.writing import write_document
from auditor.model.document import Calendar, CalendarEvent
from auditor.ports import Writer
from auditor.writers._clean import cell_text

_MAKER = "-//profile-consistency-auditor//offboarding//EN"


def write_ics(document: Calendar, folder: Path) -> Sequence[Path]:
    """Write one calendar and return its path. Raises ReportError where nothing can be written."""
    body = calendar_bytes(document)
    return [write_document(folder / document.folder, document.file_name, body)]


def calendar_bytes(document: Calendar) -> bytes:
    """The calendar: UTF-8, CRLF, lines folded at 75 bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(document.name))
    for event in document.events:
        calendar.add_component(_event(event, document))
    return bytes(calendar.to_ical(sorted=False))


def _event(event: CalendarEvent, document: Calendar) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", _line(event.uid))
    entry.add("dtstamp", document.stamp.astimezone(UTC))
    entry.add("dtstart", event.day)
    entry.add("sequence", event.version)
    entry.add("summary", _line(event.summary))
    entry.add("description", cell_text(event.description))
    entry.add("class", "CONFIDENTIAL")
    entry.add("transp", "TRANSPARENT")
    return entry


def _line(text: str) -> str:
    return " ".join(cell_text(text).split())


WRITER = Writer("ics", (Calendar,), write_ics)
