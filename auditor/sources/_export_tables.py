"""The tables of a member's export, cut down to the columns the audit needs.

Birth date, address, messengers and free text stay behind: they never leave this module.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from auditor.domain.decoding import decode_text

MOST_ROWS = 20_000
PROFILE = "Profile.csv"
POSITIONS = "Positions.csv"
RICH_MEDIA = "Rich_Media.csv"

#: the columns of each table that the audit needs
COLUMNS = {
    PROFILE: ("First Name", "Last Name", "Maiden Name", "Headline"),
    POSITIONS: ("Company Name", "Title", "Started On", "Finished On"),
    RICH_MEDIA: ("Date/Time", "Media Link", "Type", "Link"),
}
_BACKGROUND = re.compile(r"backgroundimage|background photo", re.IGNORECASE)


class BadTable(Exception):
    """The table cannot be read; the text says why, in plain words."""


def table_of(name: str) -> str | None:
    """Which of the three tables a file inside an export is, or None."""
    plain = PurePosixPath(name.replace("\\", "/")).name.casefold().replace(" ", "_")
    return next((table for table in COLUMNS if table.casefold() == plain), None)


def choose_tables(names: Sequence[str]) -> list[str]:
    """The names of the three tables, nearest to the top; macOS shadows are passed over."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        table = table_of(name)
        if table and not name.startswith("__MACOSX"):
            found.setdefault(table, name)
    top = found.get(PROFILE, "").rpartition("/")[0]
    return [name for name in found.values() if name.rpartition("/")[0] == top]


def trimmed(table: str, body: bytes) -> bytes:
    """The needed columns of a table, as CSV in UTF-8. Raises BadTable."""
    rows = _rows(table, decode_text(body))
    heading = [name.strip().casefold() for name in rows[0]] if rows else []
    kept = [(name, heading.index(name.casefold())) for name in COLUMNS[table] if name.casefold() in heading]
    if not kept:
        raise BadTable(f"{table} has none of the columns {', '.join(COLUMNS[table])}")
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([name for name, _ in kept])
    keep = names_background if table == RICH_MEDIA else _keep_all
    for row in rows[1:]:
        if len(row) != len(heading) and table != RICH_MEDIA:
            raise BadTable(f"{table} has a row that does not fit its columns")
        if keep(row):
            writer.writerow([row[place] if place < len(row) else "" for _, place in kept])
    return written.getvalue().encode("utf-8", "replace")


def _rows(table: str, text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=table != RICH_MEDIA):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise BadTable(f"{table} holds more than {MOST_ROWS} rows")
    except csv.Error as trouble:
        raise BadTable(f"{table} is damaged or cut off") from trouble
    return rows


def _keep_all(row: Sequence[str]) -> bool:
    return True


def names_background(row: Sequence[str]) -> bool:
    """True for a row about a profile background; portraits and posts stay behind."""
    return any(_BACKGROUND.search(cell) for cell in row)
