"""The class of a status word and the kind of a worker; the words themselves go no further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from auditor.model.roster import StatusClass, WorkerType
from auditor.roster.status_parts import class_of_parts, parts_of
from auditor.roster.status_parts import status_words as _statuses
from auditor.roster.words import folded, visible, word_list, word_table

#: Words that may tell of somebody's health: never repeated in a message.
_HEALTH = re.compile(
    r"\b(wao|wia|wga|iva|zw|ziek\w*|krank\w*|malad\w*|sick\w*|ill|burn\w*|depress\w*|zwanger\w*"
    r"|enceinte|schwanger\w*"
    r"|pregnan\w*|invalid\w*|arbeidsong\w*|incapacit\w*|disab\w*|handicap\w*|operat\w*|kanker|cancer"
    r"|krebs|medi\w*)\b"
)


#: a picklist's code before or behind the word: `A - Actief`, `3 Active`, `[T] Terminated`, `Actief (A)`
_CODED = re.compile(
    r"^[\[(]?(?!(?:NO|NOT|NON|NEE|NIE|PAS|PRE|UN|N)\b)(?:\d{1,4}|[A-Z]{1,3}\d{0,3})(?:[\])]\s*|\s*[-–—:./=|_]\s*)(?=[^\W\d])"
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
    if "?" in plain:
        return StatusClass.UNKNOWN
    for word in readings:
        if account and f"{word} account" in _statuses():
            return _statuses()[f"{word} account"]
        if word in _statuses():
            return _statuses()[word]
    composed = (class_of_parts(parts) for word in readings if (parts := parts_of(word)))
    return next((found for found in composed if found is not StatusClass.UNKNOWN), StatusClass.UNKNOWN)


def _readings(plain: str) -> tuple[str, ...]:
    """The word as typed, without a picklist's code, and in one gender."""
    bare = _CODED.sub("", plain)
    texts = (plain, bare, _BOTH_GENDERS.sub("", plain), _BOTH_GENDERS.sub("", bare))
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
