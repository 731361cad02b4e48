"""Finds the names of a company in a headline: whole words only, legal forms aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from auditor.files.tables import package_rows
from auditor.headline.markers import PACKAGE, book
from auditor.headline.normalise import clean, fold
from auditor.headline.tokens import JOINING, Kind, Token, is_and, same_word, tokenise, words_of
from auditor.model.company import CompanyName

#: Names with fewer letters are compared with regard to upper and lower case.
SHORT = 3
#: Names with fewer letters have no near misses.
TYPO_LETTERS = 4
#: Names with fewer letters are not looked for within a longer word.
GLUED_LETTERS = 5
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for. `initials`: short and in capitals (ING); `ordinary`: also a common word."""

    text: str
    words: tuple[Token, ...]
    squashed: str
    ours: bool
    short: bool
    initials: bool
    ordinary: bool
    flagged: bool
    domain: bool


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in the tokens from `start` to `end`; `legal_start`/`legal_end` take legal forms in.

    `other_case`: a short name in another case than it is written.
    """

    name: Name
    start: int
    end: int
    legal_start: int
    legal_end: int
    other_case: bool = False
    tokens: tuple[Token, ...] = field(default=(), compare=False)

    @property
    def has_legal_form(self) -> bool:
        """True where a legal form stands beside the name."""
        return (self.legal_start, self.legal_end) != (self.start, self.end)


@cache
def names_of(names: tuple[CompanyName, ...], sisters: tuple[CompanyName, ...]) -> tuple[Name, ...]:
    """The names to look for, longest first; an own name outranks a sister's of the same words."""
    found = [_name(one, ours=True) for one in names] + [_name(one, ours=False) for one in sisters]
    return tuple(
        sorted((one for one in found if one.words), key=lambda one: (-len(one.squashed), not one.ours))
    )


def is_ordinary_word(name: CompanyName) -> bool:
    """True for a name of one word that the languages of the audit use as a word too (Orange, Tafel)."""
    words = _without_legal_forms(words_of(clean(name.text).text))
    return len(words) == 1 and book("ordinary").holds(words[0])


def find_names(tokens: Sequence[Token], names: tuple[Name, ...], skip: frozenset[int]) -> list[NameFound]:
    """Every name in the tokens, the longest at each place; tokens in `skip` (a slogan) are passed over."""
    found: list[NameFound] = []
    index = 0
    while index < len(tokens):
        match = None if index in skip else _first_match(tokens, index, names)
        if match is None:
            index += 1
            continue
        found.append(match)
        index = match.end
    return found


def is_slip(tokens: Sequence[Token], names: tuple[Name, ...]) -> bool:
    """True where the words are an own name of four letters or more with one typing slip."""
    squashed = "".join(token.key for token in tokens if token.kind is Kind.WORD)
    return any(name.ours and _slip(squashed, name) for name in names)


def is_glued(token: Token, names: tuple[Name, ...]) -> bool:
    """True where one word holds an own name of five letters or more beside a known addition or a capital:
    `AcmeBelgium`, `atAcme`, `acmegroep`; `Architect` holds no Arc."""
    return any(
        _parts_off(token, name)
        for name in names
        if name.ours and not name.ordinary and len(name.squashed) >= GLUED_LETTERS
    )


def _parts_off(token: Token, name: Name) -> bool:
    start = token.key.find(name.squashed)
    if start < 0 or len(token.key) != len(token.text):
        return False
    end = start + len(name.squashed)
    before, inside, after = token.text[:start], token.text[start:end], token.text[end:]
    begins = not before or _added(before) or (before[-1].islower() and inside[0].isupper())
    ends = not after or _added(after) or (inside[-1].islower() and after[0].isupper())
    return bool(before or after) and begins and ends


def _added(text: str) -> bool:
    return any(book("addition", "legal_form", "domain_end").holds(word) for word in words_of(text))


def near_miss(tokens: Sequence[Token], start: int, end: int, names: tuple[Name, ...]) -> Name | None:
    """The own name that the words from `start` to `end` nearly are.

    One or two typing slips, a part of it, its halves turned, a number in other writing, its initials.
    """
    words = [token for token in tokens[start:end] if token.kind is Kind.WORD]
    behind = [token for token in tokens[end:] if token.kind is Kind.WORD]
    plain = [token for token in words if not _legal(token)]
    for name in names:
        readings = (reading for reading in (words, plain) if reading and _may_be(reading, name))
        if name.ours and any(_nearly(reading, behind, name) for reading in readings):
            return name
    return None


def _may_be(words: list[Token], name: Name) -> bool:
    """A name that is an ordinary word has near misses only where they are written like a name."""
    return not name.ordinary or (words[0].capital and "".join(w.key for w in words) != name.squashed)


def _nearly(words: list[Token], behind: list[Token], name: Name) -> bool:
    squashed = "".join(word.key for word in words)
    if squashed == name.squashed and len(squashed) >= TYPO_LETTERS:
        return True
    return (
        _slip(squashed, name)
        or _slips(words, name)
        or _part(words, behind, name)
        or _initials(words, name)
        or _other_order(words, name)
    )


def _slip(squashed: str, name: Name) -> bool:
    if len(name.squashed) < TYPO_LETTERS:
        return False
    if squashed.startswith(name.squashed) and _YEAR.fullmatch(squashed, len(name.squashed)):
        return True  # written together with a year
    if abs(len(squashed) - len(name.squashed)) > 1:
        return False
    return DamerauLevenshtein.distance(squashed, name.squashed, score_cutoff=1) == 1


def _slips(words: list[Token], name: Name) -> bool:
    """Word by word, so that shared words (`CHU de`) excuse nothing: two slips, both in long words."""
    wanted = [word for word in name.words if word.kind is Kind.WORD]
    if len(words) != len(wanted):
        return False
    pairs = [(one, other) for one, other in zip(words, wanted, strict=True) if not same_in_name(one, other)]
    slips = [DamerauLevenshtein.distance(one.key, other.key, score_cutoff=2) for one, other in pairs]
    long = all(len(other.key) >= LONG_NAME for _, other in pairs)
    return (
        bool(pairs) and sum(slips) <= (2 if long else 1) and all(len(o.key) >= TYPO_LETTERS for _, o in pairs)
    )


def _part(words: list[Token], behind: list[Token], name: Name) -> bool:
    """`Acme` for `Acme Group`, `Sint-Wivina` for `AZ Sint-Wivina`: the first or the last words of it.

    Words that many organisations share (`Klinik`, `CHU`) are no part that tells; nor are those that
    go on differently (`Onder de Toren` for `Onder de Linde`).
    """
    length = len(words)
    common = book("article", "generic")
    telling = "".join(word.key for word in words if not common.holds(word))
    if length >= len(name.words) or len(telling) < SHORT:
        return False
    if _all_close(words, name.words[-length:]):
        return True
    if not _all_close(words, name.words[:length]):
        return False
    rest = name.words[length:]
    goes_on = bool(behind) and same_in_name(behind[0], rest[0])
    return not goes_on or len(rest) == 1 or _all_same(behind[: len(rest)], rest[: len(behind)])


def _other_order(words: list[Token], name: Name) -> bool:
    """`Daelman-Wouters` for `Wouters-Daelman`, `3rd Harbour` for `Third Harbour`."""
    wanted = [word for word in name.words if word.kind is Kind.WORD]
    if len(words) != len(wanted) or len(words) < 2:
        return False
    turned = _all_same([*reversed(words)], wanted)
    return turned or [_number(word.key) for word in words] == [_number(word.key) for word in wanted]


def _all_close(words: Sequence[Token], others: Sequence[Token]) -> bool:
    """Like `_all_same`; a long word may hold one slip."""
    return all(
        same_in_name(one, other)
        or (
            len(other.key) >= LONG_NAME
            and DamerauLevenshtein.distance(one.key, other.key, score_cutoff=1) <= 1
        )
        for one, other in zip(words, others, strict=False)
    )


def _all_same(words: Sequence[Token], others: Sequence[Token]) -> bool:
    return all(same_in_name(one, other) for one, other in zip(words, others, strict=False))


def same_in_name(one: Token, other: Token) -> bool:
    """Like `same_word`; the saints of all languages and their short forms are the same."""
    return same_word(one, other) or (one.key in _SAINTS and other.key in _SAINTS)


_SAINTS = frozenset({"st", "ste", "sint", "saint", "sainte", "sankt", "sanct"})
#: A word of a name with this many letters may hold two slips.
LONG_NAME = 8


@cache
def _numbers() -> dict[str, str]:
    rows = package_rows(PACKAGE, "numbers.tsv")
    return {fold(word.strip()): row["number"] for row in rows for word in row["writings"].split(";")}


def _number(key: str) -> str:
    return _numbers().get(key, key)


def _initials(words: list[Token], name: Name) -> bool:
    if len(words) != 1 or not words[0].text.isupper() or len(name.words) < 2:
        return False
    big = [word for word in name.words if word.kind is Kind.WORD]
    letters = {"".join(word.key[0] for word in big), "".join(word.key[0] for word in big if not is_and(word))}
    return words[0].key in letters or words[0].key == name.squashed


def _name(name: CompanyName, *, ours: bool) -> Name:
    words = _without_legal_forms(words_of(clean(name.text).text))
    real = [word for word in words if word.kind is Kind.WORD]
    letters = "".join(word.text for word in real)
    signed = any(
        token.kind in (Kind.AMP, Kind.SLASH, Kind.INNER) for token in tokenise(clean(name.text).text)
    )
    short = len(letters) <= SHORT and not (signed and len(words) > 1)
    return Name(
        text=name.text,
        words=words,
        squashed="".join(word.key for word in real),
        ours=ours,
        short=short,
        initials=short and letters.isupper(),
        ordinary=is_ordinary_word(name) if name.needs_connector is None else name.needs_connector,
        flagged=bool(name.needs_connector),
        domain=len(real) > 1 and book("domain_end").holds(real[-1]) and "." in name.text,
    )


def _without_legal_forms(words: tuple[Token, ...]) -> tuple[Token, ...]:
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1].kind is Kind.WORD and _legal(words[end - 1]):
        end -= 1
    while end - start > 1 and _legal(words[start]) and words[start].text.isupper():
        start += 1
    rest = words[start:end]
    while len(rest) > 1 and rest[-1].kind is Kind.AMP:
        rest = rest[:-1]
    return rest if any(word.kind is Kind.WORD for word in rest) else words


def _legal(token: Token) -> bool:
    return book("legal_form").holds(token)


def _first_match(tokens: Sequence[Token], index: int, names: tuple[Name, ...]) -> NameFound | None:
    if tokens[index].kind is not Kind.WORD:
        return None
    for name in names:
        end = _match_words(tokens, index, name) or _match_squashed(tokens, index, name)
        if not end:
            continue
        seen = "".join(token.text for token in tokens[index:end] if token.kind is Kind.WORD)
        written = "".join(word.text for word in name.words if word.kind is Kind.WORD)
        other_case = name.short and seen != written
        start, stop = _legal_before(tokens, index), _legal_after(tokens, end)
        return NameFound(name, index, end, start, stop, other_case, tuple(tokens[index:end]))
    return None


def _match_words(tokens: Sequence[Token], index: int, name: Name) -> int:
    position = index
    same = same_in_name if len(name.words) > 1 else same_word
    for place, word in enumerate(name.words):
        while (
            place and position < len(tokens) and (tokens[position].kind in _INSIDE or _dash(tokens, position))
        ):
            position += 1
        if position >= len(tokens) or not same(tokens[position], word):
            return 0
        position += 1
    return position


def _match_squashed(tokens: Sequence[Token], index: int, name: Name) -> int:
    """`Blue Sky` for `BlueSky`, `McDonalds` for `McDonald's`: only the gaps differ."""
    if len(name.squashed) < TYPO_LETTERS or any(word.kind is Kind.AMP for word in name.words):
        return 0
    built, position = "", index
    while position < len(tokens) and len(built) < len(name.squashed):
        token = tokens[position]
        if token.kind is Kind.WORD:
            built += token.key
        elif token.kind not in JOINING:
            return 0
        position += 1
    return position if built == name.squashed else 0


def _dash(tokens: Sequence[Token], index: int) -> bool:
    """A dash without blanks, written for the hyphen of a double name."""
    glued = tokens[index].glued and index + 1 < len(tokens) and tokens[index + 1].glued
    return glued and tokens[index].text in "–—"


_INSIDE = JOINING | {Kind.SLASH}


def _legal_after(tokens: Sequence[Token], end: int) -> int:
    """The end with `B.V.`, `(NV)`, `SA/NV`, `GmbH & Co. KG`, `.com` behind the name."""
    position = end
    while position < len(tokens):
        ahead = position
        while ahead < len(tokens) and (tokens[ahead].kind in _AROUND_LEGAL or tokens[ahead].text == ","):
            ahead += 1
        if ahead >= len(tokens) or tokens[ahead].kind is not Kind.WORD:
            break
        glued_dot = ahead == position + 1 and tokens[position].text == "." and tokens[ahead].glued
        if glued_dot and book("domain_end").holds(tokens[ahead]):
            position = ahead + 1
            continue
        length = book("legal_form").length_at(tokens, ahead)
        if not length or not _looks_legal(tokens[ahead]):
            break
        position = ahead + length
    if position > end and position < len(tokens) and tokens[position].kind is Kind.CLOSE:
        position += any(token.kind is Kind.OPEN for token in tokens[end:position])
    return position


_AROUND_LEGAL = frozenset({Kind.INNER, Kind.SLASH, Kind.OPEN, Kind.AMP, Kind.OTHER})
#: Words that are a legal form only in capitals, or with a point (`co`, `as`, `se` are common words).
_COMMON = frozenset(
    {"as", "se", "co", "ab", "ag", "cv", "sa", "eg", "ev", "ug", "lp", "sl", "oy", "spa", "cic"}
)


def _looks_legal(token: Token) -> bool:
    return token.key not in _COMMON or not token.text.islower() or token.end - token.start > len(token.text)


def _legal_before(tokens: Sequence[Token], start: int) -> int:
    position = start
    while position > 0 and tokens[position - 1].kind in (Kind.INNER, Kind.SLASH):
        position -= 1
    before = tokens[position - 1] if position else None
    if (
        before
        and before.kind is Kind.WORD
        and _legal(before)
        and before.text.isupper()
        and len(before.text) > 1
    ):
        return _legal_before(tokens, position - 1) if position > 1 else position - 1
    return start
