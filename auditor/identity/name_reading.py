"""Reads a shown name: titles, pronouns and style letters aside, every order and part that it can mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from auditor.files.tables import package_rows
from auditor.headline.normalise import SOFT, clean, fold
from auditor.identity.given_names import Given

_LATIN = regex.compile(r"\p{Script=Latin}")
_OTHER_SCRIPT = regex.compile(r"[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]")
_LETTER = regex.compile(r"\p{L}")
_BRACKETS = regex.compile(r"[(\[{\"“«„]([^)\]}\"”»“]*)[)\]}\"”»“]")
_TAIL = regex.compile(r"\s*(?:\||\s/\s|\s@\s).*$")
_DASH = regex.compile(r"\s+[-–—]+\s+")
_HYPHENS = regex.compile(r"[-‐-―]")
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}]+")
_SURE_TITLE = 4
#: what stands behind so many words belongs to no name
_LONGEST_NAME = 12
#: a bracket or a tail of more words is no name
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name; `tied` means that a hyphen joins it to the word before."""

    text: str
    tied: bool = False

    @property
    def key(self) -> str:
        """The word as it is looked up in lists."""
        return fold(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """One family name: the words before it (`van`, `de`) and the name itself."""

    prefixes: tuple[str, ...]
    main: str

    @property
    def joined(self) -> str:
        """All written as one word."""
        return "".join((*self.prefixes, self.main))


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart in one way; `turned` means that the family name is taken to stand first."""

    given: Given
    family: tuple[Unit, ...]
    turned: bool = False


def is_nobody(text: str) -> bool:
    """True for what stands where no name is shown: `LinkedIn Member` in any language, asterisks, signs."""
    plain = " ".join(clean(text).text.replace(SOFT, " ").split())
    if not _LETTER.search(plain):
        return True
    words = [fold(word) for word in _NOT_LETTERS.split(plain) if word]
    if "linkedin" in words or " ".join(words) in _nobody():
        return True
    return ("*" in plain or "•" in text) and all(len(word) <= 1 for word in words)


def is_of_another_script(text: str) -> bool:
    """True where no letter of the text is a Latin one."""
    plain = clean(text).text
    return bool(_LETTER.search(plain)) and not _LATIN.search(plain)


_GENERATION = regex.compile(r"(?<![\w.])(jr|jnr|jun|junior|fils|sr|snr|sen|senior|pere|ii|iii|iv)[.)]*$")


#: the word by its first letter: younger or elder
_GENERATIONS = {"j": "younger", "f": "younger", "s": "elder", "p": "elder"}


def generation(text: str) -> str:
    """What tells a child from a parent of the same name (jr, sr, iii), at the end of a name; else empty."""
    found = _GENERATION.search(fold(text).strip())
    return _GENERATIONS.get(found.group(1)[0], found.group(1)) if found else ""


#: `(she/her)`, `(hij/hem)` behind a name in any script
_PRONOUNS = regex.compile(r"\(\s*\p{Latin}{1,6}(?:\s*/\s*\p{Latin}{1,6}){1,2}\s*\)\s*$")


def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order, whatever its script."""
    named = _PRONOUNS.sub("", clean(text).text)
    return tuple(fold(word) for word in _NOT_LETTERS.split(named) if word)


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to take a shown name apart, without repetition."""
    found: list[Reading] = []
    for sequence in _sequences(text):
        found.extend(_taken_apart(sequence))
    return tuple(dict.fromkeys(found))


def parts_reading(given: str, family: str) -> Reading:
    """A name that comes in parts."""
    return Reading(groups(words_of(given)), units(words_of(family)))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a name in order; titles and degrees are left out unless nothing else is there."""
    cleaned = clean(text).text.replace(SOFT, " ").replace("'", "").replace("*", " ")
    chunks = cleaned.replace(",", " ").split()
    words = [word for chunk in _without_titles(chunks) for word in _chunk_words(chunk)]
    latin = tuple(word for word in words if not _OTHER_SCRIPT.search(word.text))
    return (latin or tuple(words))[:_LONGEST_NAME]


def groups(words: tuple[Word, ...]) -> Given:
    """Given names, those that a hyphen joins in one group; words such as `de` between them are left out."""
    kept = [word for word in words if word.key not in _listed("prefix") or len(words) == 1] or list(words)
    found: list[list[str]] = []
    for word in kept:
        if word.tied and found:
            found[-1].append(word.text)
        else:
            found.append([word.text])
    return tuple(tuple(group) for group in found)


def units(words: tuple[Word, ...]) -> tuple[Unit, ...]:
    """Family names with the prefix words that belong to each."""
    found: list[Unit] = []
    prefixes: list[str] = []
    for at, word in enumerate(words):
        lone = len(word.key) == 1 and word.text.islower()
        if at < len(words) - 1 and (word.key in _listed("prefix") or lone):
            prefixes.append(word.key)
        else:
            found.append(Unit(tuple(prefixes), word.text))
            prefixes = []
    return tuple(found)


def is_prefix(word: str) -> bool:
    """Whether a word (folded) stands before family names."""
    return word in _listed("prefix")


def _chunk_words(chunk: str) -> Iterator[Word]:
    tied = False
    for piece in _HYPHENS.split(chunk):
        for word in _NOT_LETTERS.split(piece):
            if word:
                yield Word(word, tied)
                tied = False
        tied = True


def _without_titles(chunks: list[str]) -> list[str]:
    """Titles in front, degrees behind; a capital alone is an initial, and `Ma` or `Ben` may be a name."""
    first, last = 0, len(chunks)
    while last - first > 1 and _is_title(chunks[first], last - first > 2):
        first += 1
    while last - first > 1 and _is_degree(chunks[last - 1], last - first > 2):
        last -= 1
    return chunks[first:last]


def _title_key(chunk: str) -> str:
    return fold(_NOT_LETTERS.sub("", chunk))


def _is_title(chunk: str, enough: bool) -> bool:
    key = _title_key(chunk)
    if not key:
        return True
    return key in _listed("title") and len(key) > 1 and (enough or "." in chunk or len(key) >= _SURE_TITLE)


def _is_degree(chunk: str, enough: bool) -> bool:
    key = _title_key(chunk)
    if not key:
        return True
    written = chunk.isupper() or "." in chunk or not (chunk.istitle() or chunk.islower())
    return key in _listed("title") and len(key) > 1 and enough and written


def _sequences(text: str) -> Iterator[tuple[Word, ...]]:
    """The words of the name in every order and choice that brackets, commas and tails allow."""
    plain = clean(text).text.replace(SOFT, " ")
    plain, born = _birth_names(plain)
    asides = [*born, *(aside for aside in _BRACKETS.findall(plain) if not _is_pronoun(aside))]
    plain = _without_pronouns(_TAIL.sub("", _BRACKETS.sub(" ", plain)))
    for base in _bases(plain):
        words = words_of(base)
        if not words:
            continue
        yield words
        for aside in asides:
            more = words_of(_birth_names(aside)[1][0] if _birth_names(aside)[1] else aside)
            if not 0 < len(more) <= _MOST_WORDS:
                continue
            yield (*words, *more)
            yield (words[0], *more)
            if len(words) > 1 and aside not in born:
                yield (*more, *words[1:])
                yield (words[0], *more, *words[1:])


def _bases(plain: str) -> Iterator[str]:
    """The text itself, `Berg, Jan van den` put right, and the text without what follows a comma or dash."""
    head, comma, tail = plain.partition(",")
    if not comma:
        yield plain
        pieces = _DASH.split(plain)
        if len(pieces) > 1 and len(pieces[0].split()) > 1:
            yield pieces[0]
        return
    if _is_suffix(tail):
        yield head
        return
    words = tail.split()
    if len(words) <= _MOST_WORDS + 1:
        yield " ".join((*words, head))
    if len(head.split()) > 1:
        yield head


def _is_suffix(text: str) -> bool:
    chunks = text.replace(",", " ").split()
    return bool(chunks) and all(
        _title_key(chunk) in _listed("title") or len(_title_key(chunk)) <= 1 or chunk.isupper()
        for chunk in chunks
    )


def _birth_names(plain: str) -> tuple[str, list[str]]:
    """The name without its birth or earlier name, and that name."""
    match = _birth_mark().search(plain)
    if not match:
        return plain, []
    rest = plain[match.end() :].strip(" )]")
    return plain[: match.start()].rstrip(" ([,"), [rest] if rest else []


@cache
def _birth_mark() -> regex.Pattern[str]:
    marks = "|".join(regex.escape(word) for word in sorted(_raw("birth"), key=len, reverse=True))
    return regex.compile(
        rf"(?:(?<=^|[\s(\[,]))(?:{marks})\.?(?=\s)(?:\s+(?:van|de|von))?\s+", regex.IGNORECASE
    )


def _is_pronoun(text: str) -> bool:
    words = [fold(word) for word in _NOT_LETTERS.split(text) if word]
    return not words or all(word in _listed("pronoun") for word in words)


def _without_pronouns(plain: str) -> str:
    chunks = plain.split()
    return " ".join(chunk for chunk in chunks if not ("/" in chunk and _is_pronoun(chunk)))


def _taken_apart(words: tuple[Word, ...]) -> Iterator[Reading]:
    if len(words) == 1:
        yield Reading(groups(words), ())
        yield Reading((), units(words))
        return
    for cut in range(1, len(words)):
        if words[cut].tied:  # what a hyphen joins is one name
            continue
        given, family = words[:cut], words[cut:]
        # a family name begins with its first prefix, never inside
        if cut == 1 or words[cut - 1].key not in _listed("prefix"):
            yield Reading(groups(given), units(family))
        if words[cut - 1].key not in _listed("prefix") or cut == len(words) - 1:
            yield Reading(groups(family), units(given), turned=True)


@cache
def _raw(kind: str) -> tuple[str, ...]:
    rows = package_rows("auditor.identity", "name_words.tsv")
    return tuple(word.strip() for row in rows if row["kind"] == kind for word in row["words"].split(";"))


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _raw(kind))


@cache
def _nobody() -> frozenset[str]:
    return frozenset(
        " ".join(fold(word) for word in _NOT_LETTERS.split(text) if word) for text in _raw("nobody")
    )
