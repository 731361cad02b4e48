"""The class of a status word and the kind of a worker; the words themselves go no further."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from auditor.model.roster import StatusClass, WorkerType
from auditor.roster.words import folded, visible, word_list, word_table

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
            part = _beside().get(" ".join(tokens[at : at + length]))
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
    found_classes = {part for part in parts if isinstance(part, StatusClass)}
    classes = found_classes - {StatusClass.NONE}
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
    return next(iter(classes or found_classes), StatusClass.UNKNOWN)


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
        word: found
        for word, found in status_words().items()
        if (found is not _AMBIGUOUS or word in reasons) and word not in word_list("no number")
    }
    return words | {word: kind for kind, word in rows if kind != "reason"}


@cache
def _known_tokens() -> frozenset[str]:
    return frozenset(token for words in _beside() for token in words.split())


def _base(token: str) -> str:
    """The token, or its form without an ending of gender or number where only that is known."""
    if token in _known_tokens():
        return token
    shorter: Iterator[str] = (token.removesuffix(ending) for ending in _ENDINGS if token.endswith(ending))
    return next((one for one in shorter if len(one) > 4 and one in _known_tokens()), token)


#: Words that may tell of somebody's health: never repeated in a message.
_HEALTH = re.compile(
    r"\b(wao|wia|wga|iva|zw|ziek\w*|krank\w*|malad\w*|sick\w*|ill|burn\w*|depress\w*|zwanger\w*"
    r"|enceinte|schwanger\w*"
    r"|pregnan\w*|invalid\w*|arbeidsong\w*|incapacit\w*|disab\w*|handicap\w*|operat\w*|kanker|cancer"
    r"|krebs|medi\w*)\b"
)
#: what turns the word behind it round, or says that none applies: no picklist's code (but `IN - In dienst`)
_TURNS_ROUND = r"(?:NO|NOT|NON|NEE|NIE|PAS|PRE|UN|N|IN(?!\W+In\b)|OUT|OFF|EX|OUD|OLD|DE|DIS|DES|NVT|NA|TBD)"
#: `IN-ACTIEF`, `de_activated`: one word, written apart
_PREFIX_APART = re.compile(r"^(in|de|dis|des|dés|dé)\s*[-–—:/=|_.]\s*(?=\w)", re.IGNORECASE)
#: both at once, as a heading says it: `IN/UIT DIENST`
_EITHER_WAY = re.compile(r"\b(in (en |of )?uit|in (and |or )?out|en (ou |et )?hors|ein (und |oder )?aus)\b")
#: a picklist's code before or behind the word: `A - Actief`, `3 Active`, `[T] Terminated`, `Actief (A)`
_CODED = re.compile(
    r"^[\[(]?(?!"
    + _TURNS_ROUND
    + r"(?![A-Z]))(?:\d{1,4}|[A-Z]{1,3}\d{0,3})(?:[\])]\s*|\s*[-–—:./=|_]\s*)(?=[^\W\d])"
    r"|^\d{1,4}\s+(?=[^\W\d])"
    r"|\s*[\[(](?!(?:NO|N)\b)(?:\d{1,4}|[A-Z]{1,2})[\])]$"
)
#: both genders in one word: `Licencié(e)`, `Licencié·e`, `Ehemalige/r`, `Mitarbeiter*in`, `medewerk(st)er`
_BOTH_GENDERS = re.compile(
    r"(?<=\w)(?:\((?:e|es|s|st|in|innen|n|r|ne|ve)\)|[·•∙](?:e|es|s|ne|ve)\b|[*:/]-?(?:in|innen|r|n|e|ne|ve)\b|-e\b)"
)


def status_class(text: str, own_words: Mapping[str, str], *, account: bool = False) -> StatusClass:
    """The class of a status cell. `own_words` are the policy's; an unknown word is UNKNOWN.

    `account`: the column tells the state of a sign-in account, where "suspended" says nothing.
    """
    plain = visible(text)
    if not any(sign.isalnum() for sign in plain):
        return StatusClass.NONE
    own = {folded(word): meaning for word, meaning in own_words.items()}
    readings = _readings(plain)
    for word in readings:
        if word in own:
            return _own_class(own[word])
    if "?" in plain or _EITHER_WAY.search(readings[0]):
        return StatusClass.UNKNOWN
    for word in readings:
        if account and f"{word} account" in status_words():
            return status_words()[f"{word} account"]
        if word in status_words():
            return status_words()[word]
    parted = [parts for word in readings if (parts := parts_of(word))]
    if _PREFIX_APART.match(plain):
        parted = [parts for parts in parted if parts[0] != "neutral"]
    composed = (class_of_parts(parts) for parts in parted)
    return next((found for found in composed if found is not StatusClass.UNKNOWN), StatusClass.UNKNOWN)


def _readings(plain: str) -> tuple[str, ...]:
    """The word as typed, without a picklist's code, and in one gender."""
    bare = _CODED.sub("", plain)
    together = _PREFIX_APART.sub(r"\1", plain)
    texts = (plain, bare, _BOTH_GENDERS.sub("", plain), _BOTH_GENDERS.sub("", bare), together)
    return tuple(dict.fromkeys(folded(text) for text in texts if folded(text)))


def yes_or_no(text: str) -> bool | None:
    """A yes or no in four languages; None where the text is neither."""
    word = folded(text)
    return True if word in word_list("yes") else False if word in word_list("no") else None


def worker_type(text: str, heading_language: str) -> WorkerType:
    """What kind of worker a type cell means; words that are not known are employees.

    "Intern" is a trainee under an English heading only: in Dutch and German it means "own staff".
    """
    plain = visible(text)
    for word in (folded(plain), folded(_CODED.sub("", plain))):
        if word in ("intern", "interne") and heading_language != "en":
            return WorkerType.EMPLOYEE
        if word in _types():
            return _types()[word]
    return WorkerType.EMPLOYEE


def is_kind_of_worker(text: str) -> bool:
    """True for `ouvrier`, `bediende`, `indépendant`: what somebody is, whether in service or not."""
    words = [word for word in _readings(visible(text)) if any(sign.isalpha() for sign in word)]
    if any(status_words().get(word, _NO_CLASS) is not _NO_CLASS for word in words):
        return False
    return any(word in _types() or (word in status_words() and word not in _NO_WORKER) for word in words)


_NO_CLASS = StatusClass.NONE
#: words for "nothing to say", which have no class either
_NO_WORKER = ("n v t", "n a")


def may_tell_health(text: str) -> bool:
    """True where repeating the word could repeat something about a person's health."""
    return bool(_HEALTH.search(folded(text)))


def _own_class(meaning: str) -> StatusClass:
    named = meaning.strip().lower().replace(" ", "_")
    if named in ("ignore", "none"):
        return StatusClass.NONE
    return StatusClass(named) if named in set(StatusClass) else StatusClass.UNKNOWN


@cache
def _types() -> Mapping[str, WorkerType]:
    return {word: WorkerType(kind) for kind, word in reversed(word_table("_worker_types.tsv")) if word}
