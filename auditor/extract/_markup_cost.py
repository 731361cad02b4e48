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
MOST_ATTRIBUTES = 2_000

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_TAG = re.compile(rf"<(/?)(?!(?:{_VOID})[\s/>])([a-zA-Z][a-zA-Z0-9:-]*+)")
#: drawings are written as self-closed leaves, which do not nest
_LEAF = re.compile(
    r"<(?:path|circle|rect|line|polygon|polyline|ellipse|use|stop)\b[^<>]*+(?<=/)>", re.IGNORECASE
)
_ATTRIBUTE = r"""[\s/]++[^\s/<>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/<>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")


def too_costly(text: str) -> str:
    """Why this text is not worth parsing, or nothing where it is."""
    if len(text) > LARGEST_PAGE:
        return "larger than any profile page"
    if text.count("<") > MOST_MARKS:
        return "more markup than on any profile page"
    if _LONG_TAG.search(text):
        return "an element with thousands of attributes"
    return _nesting_trouble(text)


def _nesting_trouble(text: str) -> str:
    leaves = {found.start() for found in _LEAF.finditer(text)}
    open_elements: dict[str, int] = {}
    depth = steps = 0
    for count, found in enumerate(_TAG.finditer(text)):
        closing, name = found.groups()
        if closing and open_elements.get(name):
            open_elements[name] -= 1
            depth -= 1
        elif not closing and found.start() not in leaves:
            open_elements[name] = open_elements.get(name, 0) + 1
            depth += 1
        steps += depth
        if count > MOST_TAGS:
            return "more elements than any profile page"
        if steps > MOST_STEPS:
            return "elements nested deeper than on any profile page"
    return ""
