"""Reads a headline template of the policy: `{job title} at {company} | slogan [| #tag]`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from auditor.headline.markers import book
from auditor.headline.normalise import clean, fold
from auditor.headline.tokens import Kind, Token, tokenise

_TITLE_NAMES = """
    job title; job_title; jobtitle; title; role; function; position; functie; functietitel; rol; fonction;
    poste; titre; titre du poste; intitulé; intitulé du poste; funktion; stelle; rolle; jobtitel; beruf;
    berufsbezeichnung
"""
_COMPANY_NAMES = """
    company; company name; company_name; employer; organisation; organization; entity; firm; bedrijf;
    bedrijfsnaam; werkgever; organisatie; onderneming; entreprise; société; firme; employeur; firma;
    firmenname; unternehmen; arbeitgeber
"""


def _names(text: str) -> frozenset[str]:
    return frozenset(fold(name.strip()) for name in text.split(";"))


TITLE_WORDS = _names(_TITLE_NAMES)
COMPANY_WORDS = _names(_COMPANY_NAMES)
_PLACEHOLDER = regex.compile(r"\{([^{}]*)\}")
_OPTIONAL = regex.compile(r"\[([^\[\]]*)\]")
_DANGLING = regex.compile(r"^[\s|•·–—/,;:-]+|[\s|•·–—/,;:-]+$")
_DOUBLED = regex.compile(r"([|•·–—/])(?:\s*[|•·–—/])+")


@dataclass(frozen=True, slots=True)
class Literal:
    """Fixed words of a template: a slogan or a hashtag."""

    words: tuple[Token, ...]
    hashtag: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A template taken apart. `join` are the words between title and company (empty: a sign).

    `title_first` is None where one of the two is not asked for.
    """

    text: str
    wants_title: bool
    wants_company: bool
    title_first: bool | None
    join: tuple[str, ...]
    literals: tuple[Literal, ...]


@cache
def parse_template(text: str) -> Template:
    """Take a template apart; placeholders it does not know stand for any text."""
    pieces = _pieces(text)
    places = {kind: index for index, (kind, _, optional) in reversed(list(enumerate(pieces))) if not optional}
    title, company = places.get("title"), places.get("company")
    title_first = None if title is None or company is None else title < company
    join: tuple[str, ...] = ()
    literals: list[Literal] = []
    for index, (kind, piece, optional) in enumerate(pieces):
        if kind != "text":
            continue
        tokens = tokenise(clean(piece).text)
        if title is not None and company is not None and min(title, company) < index < max(title, company):
            tokens, join = _take_join(tokens)
        literals += _literals(tokens, optional)
    return Template(text, title is not None, company is not None, title_first, join, tuple(literals))


def fill(text: str, title: str, company: str) -> str:
    """The exact text to paste: placeholders filled, optional parts left out."""
    values = {"title": title, "company": company}

    def value(match: regex.Match[str]) -> str:
        return values.get(_placeholder_kind(match.group(1))) or match.group()

    filled = _PLACEHOLDER.sub(value, _OPTIONAL.sub(" ", text))
    tidy = _DOUBLED.sub(r"\1", " ".join(filled.split()))
    return _DANGLING.sub("", tidy)


def _placeholder_kind(name: str) -> str:
    key = fold(" ".join(name.split()))
    return "title" if key in TITLE_WORDS else "company" if key in COMPANY_WORDS else "other"


def _pieces(text: str) -> list[tuple[str, str, bool]]:
    """(title|company|other|text, text, optional) in order."""
    found: list[tuple[str, str, bool]] = []
    for index, part in enumerate(_OPTIONAL.split(text)):
        for place, piece in enumerate(_PLACEHOLDER.split(part)):
            kind = _placeholder_kind(piece) if place % 2 else "text"
            found.append((kind, piece, index % 2 == 1))
    return found


def _take_join(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """The joining words at the end of the text between title and company, and what stands before."""
    last = max((i for i, token in enumerate(tokens) if token.kind is Kind.HARD), default=-1)
    tail = tokens[last + 1 :]
    words = tuple(token.key for token in tail if token.kind is Kind.WORD)
    if tail and tail[0].kind is Kind.AT:
        return tokens[: last + 1], ("@",)
    joining = book("connector", "weak_connector", "relation")
    for start in range(len(tail)):
        if tail[start].kind is Kind.WORD and start + joining.length_at(tail, start) == len(tail):
            return tokens[: last + 1 + start], tuple(t.key for t in tail[start:] if t.kind is Kind.WORD)
    if len(words) <= 2:
        return tokens[: last + 1], words
    return tokens, ()


def _literals(tokens: tuple[Token, ...], optional: bool) -> list[Literal]:
    found: list[Literal] = []
    words: list[Token] = []
    hashtag = False
    for token in (*tokens, Token(Kind.HARD, "", 0, 0, False)):
        if token.kind in (Kind.WORD, Kind.AMP):
            words.append(token)
            if hashtag:
                found.append(Literal((words.pop(),), True, optional))
        ends = token.kind in (Kind.HARD, Kind.HASH)
        hashtag = token.kind is Kind.HASH
        if ends and words:
            if not all(_binds_only(word) for word in words):
                found.append(Literal(tuple(words), False, optional))
            words = []
    return found


def _binds_only(word: Token) -> bool:
    return word.kind is Kind.AMP or book("function", "connector").holds(word)
