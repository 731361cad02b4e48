"""Reads csv and other delimited text, whatever its delimiter and encoding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from auditor.files.decoding import DecodedText, decode_table
from auditor.language.roster_messages import notice
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterNotice, RosterReading
from auditor.ports import RosterReader
from auditor.roster.columns import header_score
from auditor.roster.grid import Grid, OpenedRoster, Row
from auditor.roster.intake import read_opened, rejected
from auditor.roster.readers._delimiting import rows_of
from auditor.roster.reading import is_container

_DELIMITERS = (";", ",", "\t", "|")


_NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}


_LINE_END = re.compile(r"\r\n|\n|\r")


_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)


_LOOK = 60


def accepts(body: bytes, name: str) -> bool:
    """True for everything that is no other container: the last reader to be asked."""
    return not is_container(body)


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read a delimited file. Raises RosterError (F03, F10, H06) where it is no roster."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise rejected(path, "F03")
    try:
        decoded = decode_table(body)
    except ValueError:
        raise rejected(path, "F10", reason="it is neither a workbook nor a text") from None
    lines = _LINE_END.split(decoded.text)
    if lines and not lines[-1]:
        lines.pop()
    told = _SEPARATOR_LINE.match(lines[0]) if lines else None
    delimiter = told[1] if told else _delimiter(lines[:_LOOK], policy)
    grid = Grid("", rows_of(lines, delimiter), ruled=True)
    notices = _notices(path, decoded, delimiter)
    return read_opened(
        OpenedRoster((grid,), notices, samples_wanted=decoded.guessed), path, body, policy, hosts
    )


def _delimiter(head: Sequence[str], policy: RosterPolicy) -> str:
    """The delimiter under which the most headings are recognised and the rows are the most alike."""

    def merit(delimiter: str) -> tuple[int, float, int]:
        rows = list(rows_of(head, delimiter))
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
