"""Cuts cleaned text into words and signs, and says how strongly each sign parts them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum

import regex

from auditor.headline.normalise import SOFT, fold, fold_german


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    #: | / - between spaces, line end: parts of a headline
    HARD = "hard"
    #: comma, colon, full stop, emoji: clauses inside a part
    WEAK = "weak"
    OPEN = "open"
    CLOSE = "close"
    AMP = "amp"
    SLASH = "slash"
    HYPHEN = "hyphen"
    AT = "at"
    HASH = "hash"
    #: glued signs inside a name: apostrophe, dot
    INNER = "inner"
    MASK = "mask"
    #: here the text was cut off
    CUT = "cut"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of cleaned text. `glued`: no blank stands before it."""

    kind: Kind
    text: str
    start: int
    end: int
    glued: bool
    key: str = ""
    key_german: str = ""

    @property
    def capital(self) -> bool:
        """True for a word that begins like a name: a capital, a digit, or a letter without case."""
        first = self.text[:1]
        return self.kind is Kind.WORD and not first.islower()


#: Signs that may stand between the words of one name or phrase.
JOINING = frozenset({Kind.HYPHEN, Kind.INNER, Kind.OTHER})
AND_WORDS = frozenset({"and", "en", "et", "und"})
_HARD_SIGNS = frozenset("|\n\\¬>»—–→➔⇒")
_INITIALS = r"(?<![\p{L}\p{N}])(?:\p{L}(?:\.\p{L})+\.?(?![\p{L}\p{N}])|[ai]\. [DR](?:\.|(?![\p{L}\p{N}])))"
_TOKEN = regex.compile(
    rf"(?P<initials>{_INITIALS})|(?P<word>[\p{{L}}\p{{N}}][\p{{L}}\p{{N}}\p{{M}}]*)|(?P<mask>\*{{2,}})"
    r"|(?P<sign>[^\s\p{L}\p{N}]|\n)"
)
_FIXED = {
    ",": Kind.WEAK,
    ";": Kind.WEAK,
    "!": Kind.WEAK,
    "?": Kind.WEAK,
    ":": Kind.WEAK,
    SOFT: Kind.WEAK,
    "(": Kind.OPEN,
    "[": Kind.OPEN,
    ")": Kind.CLOSE,
    "]": Kind.CLOSE,
    "@": Kind.AT,
    "&": Kind.AMP,
}


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of cleaned text, in order; linear in its length."""
    found = []
    end = 0
    for match in _TOKEN.finditer(text):
        glued = match.start() == end and match.start() > 0
        end = match.end()
        if match.lastgroup in ("word", "initials"):
            found.append(_word(match.group(), match.start(), match.end(), glued))
        else:
            kind = Kind.MASK if match.lastgroup == "mask" else Kind.OTHER
            found.append(Token(kind, match.group(), match.start(), match.end(), glued))
    return tuple(_with_kind(found, index) for index in range(len(found)))


def words_of(text: str) -> tuple[Token, ...]:
    """Only the words of a short text, `&` and `+` among them."""
    return tuple(token for token in tokenise(text) if token.kind in (Kind.WORD, Kind.AMP))


def same_word(one: Token, other: Token) -> bool:
    """Equal but for case, accents and the writing of umlauts; `&` equals and, en, et, und."""
    if one.key in (other.key, other.key_german) or one.key_german in (other.key, other.key_german):
        return True
    return is_and(one) and is_and(other)


def is_and(token: Token) -> bool:
    """`&`, `+`, and, en, et, und."""
    return token.kind is Kind.AMP or (token.kind is Kind.WORD and token.key in AND_WORDS)


def _word(text: str, start: int, end: int, glued: bool) -> Token:
    plain = text.replace(".", "").replace(" ", "")
    return Token(Kind.WORD, plain, start, end, glued, fold(plain), fold_german(plain))


def _with_kind(tokens: list[Token], index: int) -> Token:
    token = tokens[index]
    if token.kind is not Kind.OTHER:
        return token
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    glued_on = following is not None and following.glued
    before = tokens[index - 1] if index else None
    kind = _FIXED.get(token.text) or _sign_kind(token, before, following, glued_on)
    key = "&" if kind is Kind.AMP else ""
    return replace(token, kind=kind, key=key, key_german=key)


def _sign_kind(token: Token, before: Token | None, following: Token | None, glued_on: bool) -> Kind:
    inside = token.glued and glued_on
    sign = token.text
    if sign == "#":
        return (
            Kind.HASH
            if glued_on and not (token.glued and before and before.kind is Kind.WORD)
            else Kind.OTHER
        )
    if sign == "+":
        return Kind.OTHER if token.glued else Kind.AMP
    if sign == "'":
        return Kind.INNER if inside else Kind.OTHER
    if sign == ".":
        leads = glued_on and not token.glued and before is not None  # `.NET`
        return Kind.INNER if inside or leads or _abbreviated(before) else Kind.WEAK
    if sign == "/":
        return Kind.SLASH if inside else Kind.HARD
    if unicodedata.category(sign) == "Pd" or sign in "−_~":
        return _dash_kind(sign, before, following, inside)
    return Kind.HARD if sign in _HARD_SIGNS else Kind.OTHER


def _abbreviated(before: Token | None) -> bool:
    if before is None or before.kind is not Kind.WORD:
        return False
    year = before.text.isdigit() and len(before.text) == 4
    return (len(before.text) <= 4 and not year) or before.key == "voorm"


def _dash_kind(sign: str, before: Token | None, following: Token | None, inside: bool) -> Kind:
    if not inside:
        return Kind.HARD
    years = before is not None and following is not None and (before.text + following.text).isdigit()
    past = before is not None and before.key in ("ex", "oud", "alt")
    return Kind.HYPHEN if sign in "-‐‑_~" or years or past else Kind.HARD


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of tokens between boundaries; `boundary` is the strongest sign before it.

    `inside` tells that it stands in brackets.
    """

    start: int
    end: int
    boundary: Kind
    inside: bool = False
    tokens: tuple[Token, ...] = field(default=(), compare=False)


_STRENGTH = {Kind.AMP: 1, Kind.SLASH: 1, Kind.WEAK: 2, Kind.OPEN: 2, Kind.CLOSE: 2, Kind.HARD: 3}


def clauses_of(tokens: tuple[Token, ...], fused: frozenset[int]) -> tuple[Clause, ...]:
    """The clauses of a headline. Tokens in `fused` (inside a name) never part it."""
    clauses: list[Clause] = []
    start, pending, depth = 0, Kind.HARD, 0
    for index, token in enumerate((*tokens, Token(Kind.HARD, "", 0, 0, False))):
        kind = Kind.AMP if is_and(token) else token.kind
        if index in fused or kind not in _STRENGTH:
            continue
        if index > start:
            clauses.append(Clause(start, index, pending, depth > 0, tokens[start:index]))
            pending = kind
        else:
            pending = max(pending, kind, key=lambda one: _STRENGTH[one])
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE and depth > 0)
        start = index + 1
    return tuple(clauses)
