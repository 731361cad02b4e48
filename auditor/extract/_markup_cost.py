"""Refuses markup that no profile page has and that would take a parser seconds or minutes.

The parser walks the open elements at most tags and the earlier attributes at each attribute, so
both very deep nesting and thousands of attributes on one tag make it quadratic.
"""

from __future__ import annotations

import re

LARGEST_PAGE = 16_000_000
MOST_TAGS = 300_000
#: tags, closing tags and comments together
MOST_MARKS = 600_000
#: steps through open elements; a real page of 10 MB takes about 2 million
MOST_STEPS = 40_000_000
MOST_ATTRIBUTES = 4_000

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_LEAF = "path|circle|rect|line|polygon|polyline|ellipse|use|stop"
#: drawings are written as self-closed leaves, which do not nest: matched first and given no name
_TAG = re.compile(
    rf"<(?:{_LEAF})\b[^<>]*+(?<=/)>|<(?!(?:{_VOID})[\s/>])(/?[a-zA-Z][a-zA-Z0-9:-]*+)", re.IGNORECASE
)
_ATTRIBUTE = r"""[\s/]++[^\s/<>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/<>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")


def too_costly(text: str) -> str:
    """Why this text is not worth parsing, or nothing where it is."""
    if len(text) > LARGEST_PAGE:
        return "larger than any profile page"
    marks = text.count("<")
    if marks > MOST_MARKS:
        return "more markup than on any profile page"
    if _LONG_TAG.search(text):
        return "an element with thousands of attributes"
    # so few marks cannot make more steps however they are nested
    return _nesting_trouble(text) if marks * marks // 2 > MOST_STEPS else ""


def _nesting_trouble(text: str) -> str:
    names = _TAG.findall(text)
    if len(names) > MOST_TAGS:
        return "more elements than any profile page"
    open_elements: dict[str, int] = {}
    depth = steps = 0
    for name in names:
        if name.startswith("/"):
            still_open = open_elements.get(name[1:], 0)
            if still_open:
                open_elements[name[1:]] = still_open - 1
                depth -= 1
        elif name:
            open_elements[name] = open_elements.get(name, 0) + 1
            depth += 1
        steps += depth
    return "elements nested deeper than on any profile page" if steps > MOST_STEPS else ""
