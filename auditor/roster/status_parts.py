"""Status words made of several: `Terminated (Voluntary)`, `Active - On Leave`, `Austritt geplant`.

Closed vocabulary: one word that is not known, and the whole is unknown. So a negation (`not terminated`,
`ontslag ingetrokken`) never passes, and a plan (`termination pending`) is no departure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from auditor.model.roster import StatusClass
from auditor.roster.words import word_table

#: one part of a status: the class of a whole status word, or what it is beside others
Part = StatusClass | str


_ACTIVE, _ABSENT, _LEAVING, _LEFT = (
    StatusClass.ACTIVE,
    StatusClass.ABSENT,
    StatusClass.LEAVING,
    StatusClass.LEFT,
)


_AMBIGUOUS, _NOT_STARTED, _EXCLUDED = StatusClass.AMBIGUOUS, StatusClass.NOT_STARTED, StatusClass.EXCLUDED


#: what several classes in one status say together; every other mixture is a contradiction
_TOGETHER: Mapping[frozenset[StatusClass], StatusClass] = {
    frozenset({_LEFT, _AMBIGUOUS}): _LEFT,
    frozenset({_ACTIVE, _ABSENT}): _ABSENT,
    frozenset({_ABSENT, _AMBIGUOUS}): _ABSENT,
    frozenset({_LEAVING, _ACTIVE}): _LEAVING,
    frozenset({_LEAVING, _AMBIGUOUS}): _LEAVING,
    frozenset({_LEAVING, _ACTIVE, _AMBIGUOUS}): _LEAVING,
    frozenset({_LEAVING, _ABSENT}): _ABSENT,
    frozenset({_LEAVING, _ACTIVE, _ABSENT}): _ABSENT,
    frozenset({_EXCLUDED, _LEFT}): _EXCLUDED,
    frozenset({_EXCLUDED, _AMBIGUOUS}): _EXCLUDED,
    frozenset({_EXCLUDED, _LEFT, _AMBIGUOUS}): _EXCLUDED,
}


_LONGEST = 6


_ENDINGS = ("es", "er", "en", "em", "e", "s", "n", "r")


@cache
def status_words() -> Mapping[str, StatusClass]:
    """The class of every whole status word, folded."""
    return {word: StatusClass(kind) for kind, word in reversed(word_table("_status_words.tsv")) if word}


def parts_of(status: str) -> Sequence[Part]:
    """The parts of a folded status, the longest known words first; empty where one is not known."""
    tokens = [_base(token) for token in status.split()]
    parts: list[Part] = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            part = _part(" ".join(tokens[at : at + length]))
            if part is not None:
                break
        else:
            part, length = (FRACTION, 1) if tokens[at].isdecimal() else (None, 1)
        if part is None:
            return ()
        parts.append(part)
        at += length
    return parts


#: the share of a working time: `Tijdskrediet 1/5`
FRACTION = "fraction"


def class_of_parts(parts: Sequence[Part]) -> StatusClass:
    """What the parts say together; UNKNOWN where that is not certain."""
    told = {part for part in parts if isinstance(part, StatusClass)}
    classes = told - {StatusClass.NONE}
    if FRACTION in parts and not classes <= {_ACTIVE, _ABSENT}:
        return StatusClass.UNKNOWN
    if "plan" in parts:
        return _planned(classes, parts)
    if "hire" in parts:
        return StatusClass.UNKNOWN
    if "running" in parts and classes <= {_LEFT, _AMBIGUOUS}:
        return _LEAVING if classes else StatusClass.UNKNOWN
    if len(classes) > 1:
        return _TOGETHER.get(frozenset(classes), StatusClass.UNKNOWN)
    return next(iter(classes or told), StatusClass.UNKNOWN)


def _planned(classes: set[StatusClass], parts: Sequence[Part]) -> StatusClass:
    """Something that is still to come: a departure, an entry, or a person who is yet to start."""
    if classes & {_LEFT, _AMBIGUOUS} and classes <= {_LEFT, _AMBIGUOUS, _ACTIVE, _LEAVING}:
        return StatusClass.UNKNOWN if "hire" in parts else _LEAVING
    if classes <= {_NOT_STARTED} and (classes or "hire" in parts or StatusClass.NONE in parts):
        return _NOT_STARTED
    return StatusClass.UNKNOWN


@cache
def _beside() -> Mapping[str, Part]:
    """What each word is beside others. An ambiguous word counts only where it is a known reason."""
    rows = word_table("_status_parts.tsv")
    reasons = {word for kind, word in rows if kind == "reason"}
    words: dict[str, Part] = {
        word: found for word, found in status_words().items() if found is not _AMBIGUOUS or word in reasons
    }
    return words | {word: kind for kind, word in rows if kind != "reason"}


def _part(words: str) -> Part | None:
    return _beside().get(words)


@cache
def _known_tokens() -> frozenset[str]:
    return frozenset(token for words in _beside() for token in words.split())


def _base(token: str) -> str:
    """The token, or its form without an ending of gender or number where only that is known."""
    if token in _known_tokens():
        return token
    shorter: Iterator[str] = (token.removesuffix(ending) for ending in _ENDINGS if token.endswith(ending))
    return next((one for one in shorter if len(one) > 4 and one in _known_tokens()), token)
