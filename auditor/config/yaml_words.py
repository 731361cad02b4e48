"""What YAML cannot read, in plain words: what stands there, and what to do about it."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import FlowMappingEndToken, FlowSequenceEndToken, ScalarToken

#: line and column, from 1, and what is wrong there
Trouble = tuple[int, int, str]

#: how a value is called that looks like a number or a date and is none
VALUE_UNREAD = "this value cannot be read"
_QUOTE_IT = "put the text in straight quotation marks"
_INDENTED = "indent it with spaces like the lines of its group"
_NO_COLON = "a colon and a space are missing between setting and value, or a dash and a space before an entry"
_TWICE = re.compile(r'found duplicate key "(.*?)" with value', re.DOTALL)
_BAD_START = re.compile(r"found character '(.+?)' that cannot start any token|found undefined alias")
_COLON_ALONE = re.compile(r"\s*(- )?[^\s:#]+:[^\s:/]")
#: what the reader says -> what it means; the others are said as they are
_SAID = {
    "found unknown escape character": (
        "in double quotation marks \\ has a meaning of its own; write / instead, or use single ones"
    ),
    "expected ',' or '": f"a comma or a closing bracket is missing before this; or {_QUOTE_IT}",
    "could not find expected ':'": _NO_COLON,
    "expected '<document start>'": f"this does not belong to what stands above; {_INDENTED}",
    "expected alphabetic or numeric character": f"a text may not begin with & or *; {_QUOTE_IT}",
    "but found another document": "a line --- may not stand here; the policy is one document",
    "expected the node content": "a value is missing before this",
    "sequence entries are not allowed here": f"a dash may not stand here; {_INDENTED}",
}


def trouble_in_words(trouble: MarkedYAMLError, text: str) -> Trouble:
    """Where the text cannot be read, and why. The reader stops only where it can go no further: a quotation
    mark that is not closed, a missing colon or a missing dash is told where it began."""
    problem = str(trouble.problem or trouble).splitlines()[0]
    mark = trouble.problem_mark or trouble.context_mark
    if mark is None:
        return 1, 1, f"not valid YAML: {problem}"
    line, column = mark.line + 1, mark.column + 1
    twice = _TWICE.match(str(trouble.problem or ""))
    if twice:
        return line, column, _said_twice(twice[1], text, line, column)
    return (
        _left_open(trouble, text)
        or _bad_start(problem, line, column)
        or _misplaced(problem, mark, text)
        or _by_its_words(problem, trouble.context_mark, line, column)
    )


def _said_twice(key: str, text: str, line: int, column: int) -> str:
    """Which setting stands there a second time, and where the first is: the nearest in the same column."""
    same = re.compile(rf"[\s-]{{{column - 1}}}[\"']?{re.escape(key)}[\"']?\s*:")
    above = [number for number, one in enumerate(text.splitlines()[: line - 1], 1) if same.match(one)]
    first = f" (first in line {above[-1]})" if above else ""
    return f"{key[:60]} stands here a second time{first}; write all that belongs to it in one place"


def _left_open(trouble: MarkedYAMLError, text: str) -> Trouble | None:
    """A quotation mark that a later one closes by mistake, or none; text behind a closing one."""
    start = trouble.context_mark
    if start and "quoted scalar" in str(trouble.context) and "end of stream" in str(trouble.problem):
        return start.line + 1, start.column + 1, "the quotation mark that begins here is not closed"
    mark = trouble.problem_mark
    last = _last_token(text, mark) if mark else None
    if last is None or last.end_mark.line != mark.line:
        return None
    line, column = last.start_mark.line + 1, last.start_mark.column + 1
    if isinstance(last, ScalarToken) and last.style in ("'", '"'):
        if last.start_mark.line < mark.line:
            return line, column, "the quotation mark that begins here is not closed in its line"
        words = "something stands behind the closing quotation mark; put the whole text in double ones"
        return mark.line + 1, mark.column + 1, words
    if isinstance(last, FlowMappingEndToken | FlowSequenceEndToken) and "block end" in str(trouble.problem):
        words = f"something stands behind the closing bracket; {_QUOTE_IT} if the brackets belong to it"
        return mark.line + 1, mark.column + 1, words
    return None


def _last_token(text: str, mark: Any) -> Any:
    """The last sign or text that ends before a place."""
    last = None
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            if (token.end_mark.line, token.end_mark.column) > (mark.line, mark.column):
                break
            last = token
    except MarkedYAMLError:
        pass
    return last


def _bad_start(problem: str, line: int, column: int) -> Trouble | None:
    found = _BAD_START.match(problem)
    if found is None:
        return None
    if found[1] == r"\t":
        return line, column, "a tab stands here; use spaces instead"
    return line, column, f"a text may not begin with {found[1] or '*'}; {_QUOTE_IT}"


def _misplaced(problem: str, mark: Any, text: str) -> Trouble | None:
    """A line that does not fit the ones above, since one of them is not written right."""
    line, column = mark.line + 1, mark.column + 1
    if problem.startswith("mapping values are not allowed"):
        if re.search(r":\s", text.splitlines()[mark.line][: mark.column]):
            return line, column, f"a colon and a space may not stand inside a text; {_QUOTE_IT}"
        words = f"this line is indented deeper than the one above, which has its value already; {_INDENTED}"
        return _in_line_above(mark, text) or (line, column, words)
    if problem.endswith("found '<block mapping start>'"):
        words = f"this line is not indented like the one above; {_INDENTED}"
        return _in_line_above(mark, text) or (line, column, words)
    if problem.startswith("expected <block end>"):
        return line, column, f"this does not belong to the group above; {_INDENTED}"
    return None


def _in_line_above(mark: Any, text: str) -> Trouble | None:
    """What is wrong with the line above, which the reader took for the beginning of a longer text."""
    lines = [line.split("#")[0].rstrip() for line in text.splitlines()[: mark.line]]
    number = max((n for n, line in enumerate(lines, 1) if line), default=0)
    if not number:
        return None
    above = lines[number - 1]
    indent = len(above) - len(above.lstrip())
    if "\u00a0" in above[:indent]:
        return number, 1, "a no-break space stands here; indent with ordinary spaces"
    if re.search(r":(\s|$)", above) or above.lstrip().startswith("- "):
        return None
    glued = _COLON_ALONE.match(above)
    return number, indent + 1, "a space is missing after the colon" if glued else _NO_COLON


def _by_its_words(problem: str, context: Any, line: int, column: int) -> Trouble:
    for said, words in _SAID.items():
        if problem.startswith(said):
            at_context = "could not find" in said and context is not None
            place = (context.line + 1, context.column + 1) if at_context else (line, column)
            return *place, words
    return line, column, problem if problem.startswith(VALUE_UNREAD) else f"not valid YAML: {problem}"
