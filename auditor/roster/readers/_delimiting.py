"""Cuts a delimited text into rows, line by line, so that one stray quotation mark costs nobody a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.roster.grid import Row

#: How many lines one quoted cell may span.
_LONGEST_CELL = 40


def rows_of(lines: Sequence[str], delimiter: str, first: int = 1) -> Iterator[Row]:
    """The rows of a text; every line belongs to exactly one. `first` is the number of the first line."""
    index, width = 0, 0
    while index < len(lines):
        cells, used, loose = _record(lines, index, delimiter, width)
        yield Row(first + index, cells, loose_quote=loose)
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
