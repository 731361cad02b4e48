"""Reads csv and other delimited text, whatever its delimiter and encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.files.decoding import DecodedText, decode_table
from auditor.language.roster_messages import notice
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterNotice, RosterReading
from auditor.ports import RosterReader
from auditor.roster.columns import header_score
from auditor.roster.grid import Grid, OpenedRoster, Row
from auditor.roster.intake import read_opened, rejected
from auditor.roster.reading import kind_of

#: How many lines one quoted cell may span.
_LONGEST_CELL = 40


def rows_of(lines: list[str], delimiter: str) -> Iterator[Row]:
    """The rows of a text; every line belongs to exactly one. A line that was read is emptied: all those of a
    large roster fill the memory."""
    index, width = 0, 0
    while index < len(lines):
        cells, used, loose = _record(lines, index, delimiter, width)
        lines[index : index + used] = [""] * used
        yield Row(1 + index, cells, loose_quote=loose)
        width = max(width, len(cells))
        index += used


def _record(lines: Sequence[str], index: int, delimiter: str, width: int) -> tuple[list[str], int, bool]:
    """The cells of the row that begins here, the lines it takes, and whether a quote was loose."""
    line = lines[index]
    if '"' not in line:
        return line.split(delimiter), 1, False
    cells, closed, tidy = split_quoted(line, delimiter)
    if closed:
        return cells, 1, not tidy
    full = width if width > 1 else len(line) + _LONGEST_CELL
    text = line
    for used in range(2, _LONGEST_CELL + 1):
        following = lines[index + used - 1] if index + used <= len(lines) else ""
        if index + used > len(lines) or following.count(delimiter) + 1 >= full:
            break
        text += "\n" + following
        cells, closed, tidy = split_quoted(text, delimiter)
        if closed and (not width or len(cells) <= width + 1):
            return cells, used, not tidy
    return line.split(delimiter), 1, True


def split_quoted(text: str, delimiter: str) -> tuple[list[str], bool, bool]:
    """The cells, whether the last quoted one is closed, and whether every quote stood where it belongs."""
    cells: list[str] = []
    position, tidy = 0, True
    while True:
        if text[position : position + 1] == '"':
            cell, position, closed, clean = _quoted(text, position + 1, delimiter)
            if not closed:
                return cells, False, False
            tidy = tidy and clean
        else:
            end = text.find(delimiter, position)
            end = len(text) if end < 0 else end
            cell, position = text[position:end], end
            tidy = tidy and cell.count('"') % 2 == 0
            if '"' in cell and cell.strip()[0] == cell.strip()[-1] == '"':
                cell = cell.strip()[1:-1].replace('""', '"')
        cells.append(cell)
        if position >= len(text):
            return cells, True, tidy
        position += len(delimiter)


def _quoted(text: str, start: int, delimiter: str) -> tuple[str, int, bool, bool]:
    """A quoted cell: its text, where it ends, whether it is closed, whether its quotes are clean."""
    parts, position, clean = [], start, True
    while True:
        end = text.find('"', position)
        if end < 0:
            return "", position, False, False
        parts.append(text[position:end])
        behind = text[end + 1 : end + 2]
        if behind in ("", delimiter, "\n"):
            return "".join(parts), end + 1, True, clean
        parts.append('"')
        position = end + 2 if behind == '"' else end + 1
        clean = clean and behind == '"'


_DELIMITERS = (";", ",", "\t", "|")
#: a delimiter that cannot be seen; the others are named by their sign, which every language understands
_NAMES = {"\t": "Tab"}
_LINE_END = re.compile(r"\r\n|\n|\r")
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_LOOK = 60


def accepts(body: bytes) -> bool:
    """True for everything that is no other container: the last reader to be asked."""
    return kind_of(body) == "text"


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read a delimited file. Raises RosterError (F03, F10, H06) where it is no roster."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise rejected(path, "F03")
    try:
        decoded = decode_table(body)
    except ValueError:
        raise rejected(path, "F10", reason="it is neither a workbook nor a text") from None
    lines = _LINE_END.split(decoded.text)
    decoded = replace(decoded, text="")
    if lines and not lines[-1]:
        lines.pop()
    separator = _SEPARATOR_LINE.match(lines[0]) if lines else None
    delimiter = separator[1] if separator else _delimiter(lines[:_LOOK], policy)
    grid = Grid("", rows_of(lines, delimiter), ruled=True)
    notices = _notices(path, decoded, delimiter)
    return read_opened(
        OpenedRoster((grid,), notices, samples_wanted=decoded.guessed), path, body, policy, hosts
    )


def _delimiter(head: Sequence[str], policy: RosterPolicy) -> str:
    """The delimiter under which the most headings are recognised and the rows are the most alike."""

    def merit(delimiter: str) -> tuple[int, float, int]:
        rows = list(rows_of(list(head), delimiter))
        headings = max((header_score(row.cells, policy) for row in rows[:30]), default=0)
        return headings, _constancy(rows), max((len(row.cells) for row in rows), default=0)

    return max(_DELIMITERS, key=merit)


def _constancy(rows: Sequence[Row]) -> float:
    widths = [len(row.cells) for row in rows if not row.is_blank()]
    return max((widths.count(width) for width in set(widths) if width > 1), default=0) / max(len(widths), 1)


def _notices(path: Path, decoded: DecodedText, delimiter: str) -> tuple[RosterNotice, ...]:
    notices = []
    if delimiter != ",":
        notices.append(notice("E05", file=path.name, d=_NAMES.get(delimiter, delimiter)))
    if decoded.encoding not in ("utf-8", "cp1252"):
        notices.append(notice("E01", file=path.name, kind=decoded.encoding))
    return tuple(notices)


READER = RosterReader(name="delimited", accepts=accepts, read=read)
