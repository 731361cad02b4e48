"""The class of a status word and the kind of a worker; the words themselves go no further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from auditor.domain.roster import StatusClass, WorkerType
from auditor.rosters._folding import folded, visible
from auditor.rosters._words import word_list

#: Words that may tell of somebody's health: never repeated in a message.
_HEALTH = re.compile(
    r"\b(wao|wia|wga|iva|zw|ziek\w*|krank\w*|malad\w*|sick\w*|ill|burn\w*|depress\w*|zwanger\w*"
    r"|enceinte|schwanger\w*"
    r"|pregnan\w*|invalid\w*|arbeidsong\w*|incapacit\w*|disab\w*|handicap\w*|operat\w*|kanker|cancer"
    r"|krebs|medi\w*)\b"
)
_CODED = re.compile(r"^(?:\d+|[A-Z]{1,3})\s*[-–:.=]\s*(?=\D)|\s*\((?:\d+|[A-Z]{1,2})\)$")


def status_class(text: str, own_words: Mapping[str, str], *, account: bool = False) -> StatusClass:
    """The class of a status cell. `own_words` are the policy's; an unknown word is UNKNOWN.

    `account`: the column tells the state of a sign-in account, where "suspended" says nothing.
    """
    plain = visible(text)
    if not any(sign.isalnum() for sign in plain):
        return StatusClass.NONE
    own = {folded(word): meaning for word, meaning in own_words.items()}
    readings = (folded(plain), folded(_CODED.sub("", plain)))
    for word in readings:
        if word in own:
            return _own_class(own[word])
    for word in readings:
        if account and f"{word} account" in _statuses():
            return _statuses()[f"{word} account"]
        if word in _statuses():
            return _statuses()[word]
    return StatusClass.UNKNOWN


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


def _table(name: str) -> list[tuple[str, str]]:
    text = resources.files("auditor.rosters").joinpath(name).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines()[1:])
    return [(kind, folded(word)) for kind, word in pairs]


@cache
def _statuses() -> Mapping[str, StatusClass]:
    return {word: StatusClass(kind) for kind, word in reversed(_table("_status_words.tsv")) if word}


@cache
def _types() -> Mapping[str, WorkerType]:
    return {word: WorkerType(kind) for kind, word in reversed(_table("_worker_types.tsv")) if word}
