"""Collects all mistakes of a policy file, each with its place and in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarbool import ScalarBoolean

from auditor.config.yaml_words import VALUE_UNREAD, trouble_in_words
from auditor.errors import ConfigError, Mistake

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known setting",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "string_type": "must be a text (put it in quotation marks)",
    "date_from_datetime_parsing": "must be a date such as 2026-11-30",
    "date_parsing": "must be a date such as 2026-11-30",
    "date_type": "must be a date such as 2026-11-30",
    "list_type": "must be a list",
    "dict_type": "must be a group of settings",
    "model_type": "must be a group of settings",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_unicode": "must be a text without broken characters",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "int_from_float": "must be a whole number",
    "tuple_type": "must be a list",
    "mapping_type": "must be a group of settings",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_long": "must not be longer than {max_length} characters",
}
_CHOICES = ("literal_error", "enum")


class MistakeList:
    """The mistakes found so far in one file."""

    def __init__(self, path: Path, tree: Any) -> None:
        self.path = path
        self.tree = tree
        self.found: list[Mistake] = []

    def add(self, keys: Sequence[Key], message: str) -> None:
        """Add a mistake at the deepest existing one of `keys`."""
        self.found.append(self.at(keys, message))

    def at(self, keys: Sequence[Key], message: str) -> Mistake:
        """A mistake at the deepest existing one of `keys`, without adding it."""
        line, column = position(self.tree, keys)
        return Mistake(str(self.path), line, column, dotted(keys), message)

    def add_unknown(self, keys: Sequence[Key], known: Iterable[str]) -> None:
        """Add an unknown key, with the most similar known one."""
        self.add(keys, "is not a known setting" + nearest(str(keys[-1]), known))

    def add_all(self, trouble: ValidationError, known: Iterable[str], before: Sequence[Key] = ()) -> None:
        """Add every mistake that pydantic found below the keys `before`."""
        for entry in trouble.errors():
            keys = (*before, *(key for key in entry["loc"] if not _is_type_name(key)))
            message = _message(entry)
            if entry["type"] == "extra_forbidden":
                message += nearest(str(keys[-1]), known)
            self.add(keys, message)


def _message(entry: Any) -> str:
    facts = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in entry.get("ctx", {}).items()
    }
    if entry["type"] in _CHOICES:
        named = str(facts["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        choices = [choice for choice in named if choice]
        one = "one of " if len(choices) > 1 else ""
        return f"must be {one}{', '.join(choices)}" + (", or empty" if "" in named else "")
    words = _WORDS.get(entry["type"])
    return words.format(**facts) if words else str(entry["msg"]).removeprefix("Value error, ")


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` or nothing."""
    by_letters = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(word[:100].casefold(), list(by_letters), n=1, cutoff=0.6)
    return f"; did you mean {by_letters[close[0]]}?" if close else ""


def dotted(keys: Sequence[Key]) -> str:
    """`entities[0].names` style."""
    text = ""
    for key in keys:
        if isinstance(key, str):
            key = "".join(sign if sign.isprintable() else "?" for sign in key[:80])
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def _is_type_name(key: Key) -> bool:
    return isinstance(key, str) and (
        key.startswith(("literal[", "function-", "constrained-")) or key in ("date", "str", "[key]")
    )


Key = str | int
#: no real policy is nested deeper
DEEPEST = 12
MOST_VALUES = 50_000
LARGEST_NUMBER = 10**15


def read_yaml(path: Path, text: str) -> CommentedMap:
    """Parse the text, to be read only: the same text gives the same tree again. Raises ConfigError with the
    position of what cannot be read or is not allowed."""
    try:
        if unwanted := _first_unwanted(text):
            _refuse(path, *unwanted)
        tree = _built(text)
    except MarkedYAMLError as trouble:
        _refuse(path, *trouble_in_words(trouble, text))
    except ReaderError as trouble:
        line, column = place_of(text[: trouble.position])
        sign = ord(text[trouble.position])
        _refuse(path, line, column, f"not valid YAML: the sign U+{sign:04X} may not stand here; delete it")
    except (YAMLError, ValueError) as trouble:
        _refuse(path, 1, 1, f"not valid YAML: {trouble}")
    if not isinstance(tree, CommentedMap):
        _refuse(path, 1, 1, "the file contains no settings")
    _require_text_keys(path, tree)
    return tree


def place_of(before: str) -> tuple[int, int]:
    """Line and column (from 1) of what follows a text."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def position(tree: Any, keys: Sequence[Key]) -> tuple[int, int]:
    """Line and column (from 1) of the deepest of `keys` that is in the file."""
    line, column = 1, 1
    for key in keys:
        if isinstance(tree, CommentedMap) and key in tree:
            if key not in (tree.lc.data or {}):  # it came through a merge (<<)
                break
            at = tree.lc.key(key)
        elif isinstance(tree, CommentedSeq) and isinstance(key, int) and 0 <= key < len(tree):
            at = tree.lc.item(key)
        else:
            break
        line, column = at[0] + 1, at[1] + 1
        tree = tree[key]
    return line, column


def plain(value: Any) -> Any:
    """The tree as plain dicts, lists and scalars."""
    if isinstance(value, CommentedMap):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, CommentedSeq):
        return [plain(entry) for entry in value]
    if isinstance(value, ScalarBoolean):
        return bool(value)
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


class _Constructor(RoundTripConstructor):
    """Reports the position of a value that looks like a number or a date but is not valid."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep=deep)
            if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
                raise ValueError("the number is too large")
            return value
        except (ValueError, ArithmeticError, TypeError, AttributeError) as trouble:
            words = f"{VALUE_UNREAD} ({str(trouble)[:100]})"
            raise ConstructorError(None, None, words, node.start_mark) from None


@lru_cache(maxsize=4)  # a command, and each page of the desk, reads the policy several times
def _built(text: str) -> Any:
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    reader.allow_duplicate_keys = False
    return reader.load(text)


@lru_cache(maxsize=4)
def _first_unwanted(text: str) -> tuple[int, int, str] | None:
    """Line, column and trouble of what grows beyond measure or is more than settings; to be looked for
    before anything is built."""
    measure = _Measure()
    for event in YAML(typ="rt").parse(text):
        trouble = _unwanted(event) or measure.take(event)
        if trouble:
            return event.start_mark.line + 1, event.start_mark.column + 1, trouble
    return None


def _unwanted(event: Any) -> str:
    if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
        return "lines that begin with % have no place here"
    if isinstance(event, NodeEvent) and getattr(event, "tag", None):
        return "words with ! in front have no place here; put texts in quotes"
    return ""


class _Measure:
    """How many values a text comes to, every repetition of an anchor counted, and how deep they lie."""

    def __init__(self) -> None:
        self._values = 0
        self._sizes: dict[str, int] = {}
        self._open: list[tuple[str, int]] = []

    def take(self, event: Any) -> str:
        """Count the event; returns what is wrong, empty for nothing."""
        trouble = ""
        if isinstance(event, AliasEvent):
            trouble = self._repeat(str(event.anchor))
        elif isinstance(event, NodeEvent):
            trouble = self._enter(str(event.anchor or ""))
        if isinstance(event, (ScalarEvent, SequenceEndEvent, MappingEndEvent)):
            anchor, before = self._open.pop()
            self._sizes[anchor] = self._values - before
        if self._values > MOST_VALUES:
            trouble = f"the file contains more than {MOST_VALUES:,} values"
        return trouble

    def _repeat(self, anchor: str) -> str:
        self._values += self._sizes.get(anchor, 1)
        return f"*{anchor} stands inside itself" if any(name == anchor for name, _ in self._open) else ""

    def _enter(self, anchor: str) -> str:
        self._open.append((anchor, self._values))
        self._values += 1
        if len(self._open) > DEEPEST:
            return f"groups lie inside each other more than {DEEPEST} deep"
        return f"&{anchor} is given twice" if anchor and anchor in self._sizes else ""


def _require_text_keys(path: Path, tree: Any) -> None:
    for owner, key in _keys(tree):
        if not isinstance(key, str):
            line, column = (at + 1 for at in owner.lc.key(key))
            name = key.isoformat() if isinstance(key, date) else str(key)
            words = f"the setting {name[:60]} must be a text; put it in quotes"
            if key is None or isinstance(key, Mapping | Sequence):
                words = "the name of a setting is missing before the colon, or a text needs quotation marks"
            _refuse(path, line, column, words)


def _keys(tree: Any) -> Iterator[tuple[CommentedMap, Any]]:
    if isinstance(tree, CommentedMap):
        for key in tree.lc.data or {}:
            yield tree, key
        for entry in tree.values():
            yield from _keys(entry)
    elif isinstance(tree, CommentedSeq):
        for entry in tree:
            yield from _keys(entry)


def _refuse(path: Path, line: int, column: int, message: str) -> NoReturn:
    raise ConfigError([Mistake(str(path), line, column, "", message)], code="POLICY_UNREADABLE")
