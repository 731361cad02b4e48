"""The wording of every intake code, in English and Dutch, from `roster_messages.tsv`."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from auditor.files.tables import package_rows
from auditor.model.roster import EMPTY, NOT_SHOWN, RosterNotice


@dataclass(frozen=True, slots=True)
class IntakeCode:
    """One code of the intake table. `action` is accept, normalise, warn, reject-row or reject-file.

    `priority` orders the codes that fit one row, 1 first; 0 = a code of the whole file.
    """

    code: str
    action: str
    priority: int
    messages: Mapping[str, str]


@cache
def intake_codes() -> Mapping[str, IntakeCode]:
    """All codes by name."""
    codes = {}
    for row in package_rows("auditor.language", "roster_messages.tsv"):
        messages = MappingProxyType({"en": row["message_en"], "nl": row["message_nl"]})
        codes[row["code"]] = IntakeCode(row["code"], row["action"], int(row["priority"]), messages)
    return MappingProxyType(codes)


def wording(code: str, facts: Iterable[tuple[str, str]], language: str = "en") -> str:
    """The message of a code with its facts filled in; other languages than nl read English.

    A fact that is not known stays empty.
    """
    messages = intake_codes()[code].messages
    template = messages.get(language, messages["en"])
    known = dict(facts)
    parts = []
    for literal, name, _, _ in string.Formatter().parse(template):
        parts.append(literal + (known.get(name, "") if name else ""))
    return without_open_end("".join(parts))


def facts_wanted(template: str) -> set[str]:
    """The names of the facts that a template holds."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def without_open_end(text: str) -> str:
    """The message without the colon at its end behind which nothing follows, since the row has no text."""
    return text.rstrip(" :\u00a0")


def notice(
    code: str, *, row: int = 0, sheet: str = "", raw: str = "", **facts: str | int | date
) -> RosterNotice:
    """A notice with its English message; a row's number is always among its facts."""
    texts = {name: str(value) for name, value in facts.items()}
    if row:
        texts.setdefault("row", str(row))
    if raw:
        texts["raw"] = raw
    pairs = tuple(sorted(texts.items()))
    return RosterNotice(code, wording(code, pairs), row, sheet, pairs, raw)


def quoted(word: str) -> str:
    """A status word as messages show it."""
    return word if word in (EMPTY, NOT_SHOWN) else f"'{word}'"


def told_once(notices: Iterable[RosterNotice]) -> list[RosterNotice]:
    """Notices that say the same, each once, in the order of the first; the message tells the rows.

    Two say the same where nothing but the number of the row differs.
    """
    groups: dict[tuple[str, str, str], list[RosterNotice]] = {}
    for one in notices:
        groups.setdefault((one.code, one.sheet, _without_row(one)), []).append(one)
    return [_of_rows(group) for group in groups.values()]


def row_ranges(rows: Iterable[int]) -> str:
    """Row numbers as people write them: `2-4, 9`."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = ranges[-1][0], row
        else:
            ranges.append((row, row))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _without_row(one: RosterNotice) -> str:
    if one.code not in intake_codes():
        return one.message
    return wording(one.code, [pair for pair in one.facts if pair[0] != "row"])


def _of_rows(group: Sequence[RosterNotice]) -> RosterNotice:
    first = group[0]
    rows = {one.row for one in group if one.row}
    if not rows:
        return first
    ranges = row_ranges(rows)
    known = intake_codes().get(first.code)
    message = first.message
    if known and "{row}" in known.messages["en"]:
        message = wording(first.code, [*first.facts, ("row", ranges)])
        message += f" ({len(rows)} rows)" if len(rows) > 1 else ""
    else:
        message += f" ({len(rows)} rows: {ranges})" if len(rows) > 1 else f" (row {ranges})"
    return replace(first, message=message, row=first.row if len(rows) == 1 else 0)


def leading_code(codes: Iterable[str]) -> str:
    """The code that a row shows where several fit: the one that HR must see first."""
    table = intake_codes()
    ranked = [code for code in codes if code in table and table[code].priority]
    return min(ranked, key=lambda code: table[code].priority, default="")
