"""Markers of the past and what they can be said of; a word of the expected title is never a marker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.headline.markers import book, list_book, unaccented
from auditor.headline.moments import MONTH_NUMBER
from auditor.headline.normalise import fold
from auditor.headline.titles import Words, comparable
from auditor.headline.tokens import Kind, Token, clauses_of, tokenise, words_of

_ARTICLES = frozenset(
    {"the", "de", "het", "le", "la", "l", "die", "der", "das", "our", "onze", "notre", "unsere", "a"}
)
UNTIL = frozenset({"until", "till", "tot", "jusqu", "jusque", "bis"})
#: Words that begin a clause about the person: `who completed ten marathons`.
RELATIVE = frozenset(
    {"who", "that", "which", "where", "die", "dat", "waar", "qui", "ou", "der", "welche", "wo"}
)


def past_spans(tokens: Sequence[Token], titles: tuple[Words, ...] = ()) -> list[tuple[int, int]]:
    """Markers of the past; `oud-` and `alt-` count only with their hyphen or a job, `was` and `vh.` only as
    the first word, `the past` not at all."""
    spans = [span for span in book("past").spans(tokens) if not after_article(tokens, span[0])]
    spans = [span for span in spans if not any(one.key in _TERMS for one in tokens[span[1] : span[1] + 2])]
    prefixes = book("past_prefix")
    for index in range(len(tokens) - 1):
        hyphen = tokens[index + 1].kind is Kind.HYPHEN
        term = any(one.key in _TERMS for one in tokens[index + 2 : index + 3])
        if hyphen and not term and tokens[index].kind is Kind.WORD and prefixes.holds(tokens[index]):
            spans.append((index, index + 1))
    first = next((index for index, token in enumerate(tokens) if token.kind is Kind.WORD), None)
    verb = first + 1 if first is not None and tokens[first].key in _SPEAKERS else first
    if verb is not None and verb < len(tokens) and book("past_first").holds(tokens[verb]):
        asked = verb + 1 < len(tokens) and book("person").holds(tokens[verb + 1])
        spans += [] if asked else [(verb, verb + 1)]
    if first is not None and (_shortened(tokens, first) or _formerly(tokens, first, titles)):
        spans.append((first, first + 1))
    return sorted(set(spans))


def _shortened(tokens: Sequence[Token], index: int) -> bool:
    """`vh. planner`, `v.m. planner`: a short form with its point."""
    token, behind = tokens[index], tokens[index + 1 : index + 2]
    pointed = token.end - token.start > len(token.text) or any(one.text == "." for one in behind)
    return pointed and book("past_short").holds(token)


def _formerly(tokens: Sequence[Token], index: int, titles: tuple[Words, ...]) -> bool:
    """`Oud planner`, `Exbuchhalterin`: before or in one word with the job by the roster or a known role."""
    token, behind = tokens[index], tokens[index + 1 : index + 2]
    if token.key == "oud":
        return any(one.kind is Kind.MASK or list_book("roles.tsv").holds(one) for one in behind)
    job = next((token.key[len(one) :] for one in ("ex", "oud") if token.key.startswith(one)), "")
    if len(job) < _SHORTEST_JOB or token.key in _NO_PREFIX or list_book("roles.tsv").holds(token):
        return False
    known = list_book("roles.tsv").holds(words_of(job)[0])
    return known or any(title and job in (title[0], "".join(title)) for title in titles)


#: `ex works`, `ex officio`: no former anything.
_TERMS = frozenset({"works", "officio", "ante", "libris"})
_SPEAKERS = frozenset({"i", "ik", "ich", "we", "wij", "wir"})
_SHORTEST_JOB = 4
#: Words of their own that look like a former job.
_NO_PREFIX = frozenset({"exporter"})


def is_past_adjective(token: Token) -> bool:
    """`former`, `ancien`: behind other words they describe these (`meubles anciens`), unlike `formerly`."""
    return token.key.startswith(_PAST_ADJECTIVES)


_PAST_ADJECTIVES = (
    "ancien",
    "former",
    "voormalig",
    "ehemalig",
    "previous",
    "past",
    "einstig",
    "vormalig",
    "gewezen",
)


def says_retired(tokens: Sequence[Token]) -> bool:
    """Retired, met pensioen; `i. R.`, `a. D.`, `b.d.`, `e.r.` with points (`ir.` is a degree)."""
    points = (token for token in tokens if token.key in ("ir", "ad", "bd", "or", "er"))
    if any(book("retired").spans(tokens)) or any(one.end - one.start > len(one.text) for one in points):
        return True
    return not has_accents(tokens) and any(unaccented("retired").spans(tokens))


#: words that may stand behind such a phrase: they begin a time
_SINCE = frozenset(
    {"since", "from", "as", "in", "after", "sinds", "sedert", "vanaf", "per", "na", "depuis", "des", "apres"}
    | {"seit", "ab", "nach"}
)


def says_jobless(text: str) -> bool:
    """Unemployed, tussen twee banen: said in a clause of its own, perhaps with a time (a jobseeker coach has
    a job)."""
    for clause in clauses_of(tokenise(text), frozenset()):
        tokens = clause.tokens
        filled = {
            index for start, end in book("filler", "present").spans(tokens) for index in range(start, end)
        }
        for start, end in book("jobless").spans(tokens):
            begins = all(index in filled for index in range(start) if tokens[index].kind is Kind.WORD)
            behind = next((token.key for token in tokens[end:] if token.kind is Kind.WORD), None)
            if begins and (behind is None or behind in _SINCE):
                return True
    return False


def tells_a_day(token: Token) -> bool:
    """True for a word that tells a day or month without its year: `June`, `30`, `Friday`, `next`, `week`."""
    day = token.key.isdecimal() and len(token.key) <= 2
    return day or token.key in MONTH_NUMBER or book("calendar").holds(token)


def has_accents(tokens: Iterable[Token]) -> bool:
    """True where somebody writes accents, so that a word without one is meant to have none."""
    return any(token.kind is Kind.WORD and fold(token.text) != token.text.casefold() for token in tokens)


def maybe_past(tokens: Sequence[Token]) -> bool:
    """`TRAVAILLE CHEZ`: the accent would tell participle or present tense; `je travaille` is clear."""
    spans = unaccented("past", "past_behind").spans(tokens)
    return any(start == 0 or tokens[start - 1].key not in _PRONOUNS for start, _ in spans)


_PRONOUNS = frozenset({"je", "il", "elle", "on", "qui", "y"})


def is_year(token: Token) -> bool:
    """True for a year of the last or this century."""
    return token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")


def after_article(tokens: Sequence[Token], start: int) -> bool:
    """True behind the, de, le, die ...: `the future`, `le passé` are no markers."""
    return start > 0 and tokens[start - 1].key in _ARTICLES


def binding(token: Token) -> bool:
    """True for connectors, articles and fillers: words that name nothing."""
    return any(
        book(kind).holds(token) for kind in ("connector", "weak_connector", "relation", "filler", "article")
    )


def content_starts(tokens: Sequence[Token], *fillers: str) -> int:
    """The index behind the signs, years and `fillers` (kinds of words) that the tokens begin with."""
    phrases = book(*fillers)
    start = 0
    while start < len(tokens):
        length = phrases.length_at(tokens, start)
        if not length and tokens[start].kind is Kind.WORD and not is_year(tokens[start]):
            break
        start += max(1, length)
    return start


def holds_title(tokens: Iterable[Token], titles: tuple[Words, ...]) -> bool:
    """True where the tokens hold one of the titles, word by word."""
    words = comparable(tokens)
    return any(
        words[start : start + len(title)] == title
        for title in titles
        if title
        for start in range(len(words) - len(title) + 1)
    )


def without_titles(tokens: Sequence[Token], titles: tuple[Words, ...]) -> list[Token]:
    """The tokens with a gap for every expected title: its words are no markers, nor parts of one."""
    words = [index for index, token in enumerate(tokens) if token.kind is Kind.WORD]
    gone: set[int] = set()
    for title in titles:
        for start in range(len(words) - len(title) + 1):
            span = words[start : start + len(title)]
            if title and tuple(tokens[index].key for index in span) == title:
                gone.update(span)
    return [
        Token(Kind.MASK, "", token.start, token.start, glued=False) if index in gone else token
        for index, token in enumerate(tokens)
    ]


def unmarked_words(tokens: Sequence[Token], titles: tuple[Words, ...]) -> list[Token]:
    """The words that are no expected title, no marker of the past, and name something."""
    rest = without_titles(tokens, titles)
    marked = {i for start, end in past_spans(rest, titles) for i in range(start, end)}
    return [t for i, t in enumerate(rest) if i not in marked and t.kind is Kind.WORD and not binding(t)]


def only_marker_or_role(tokens: Sequence[Token], titles: tuple[Words, ...]) -> bool:
    """`Ex:`, `Former Software Engineer`: a clause that names no other organisation."""
    free = unmarked_words(tokens, titles)
    if holds_title(tokens, titles):
        return not free
    return all(list_book("roles.tsv").holds(token) for token in free)
