"""The part of a headline that may be kept: our name, the title, fixed words; the rest is `[...]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.headline.expectation import Join
from auditor.headline.markers import book, list_book
from auditor.headline.mention import Mention
from auditor.headline.normalise import SOFT
from auditor.headline.reading import Reading
from auditor.headline.tokens import Kind

CUT_OUT = "[...]"
#: Reports show no more of a headline than this.
LONGEST_SHOWN = 220
_SHOWN_WORDS = (
    "connector", "weak_connector", "relation", "past", "past_after", "past_behind", "turn", "present",
    "future", "retired", "self_employed", "own_business", "seniority", "employee_word", "legal_form",
)  # fmt: skip
_SHOWN_SIGNS = frozenset("|-–—,&/@()+")


def redact(reading: Reading, mentions: Iterable[Mention], title: frozenset[int], *, wanted: bool) -> str:
    """The headline with every word cut out that the verdict does not need.

    `title` are the tokens of the title, `wanted` whether a certain one is asked for: only its own words
    are kept where they are sensitive. Without a title the words that a connector joins to our name are
    kept, since they are what the person says to be here.
    """
    kept = _kept(reading, tuple(mentions), title, wanted=wanted)
    pieces = list(_pieces(reading, kept))
    text = " ".join("".join(pieces).split())
    if reading.cut_off:
        text += "…"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _kept(
    reading: Reading, mentions: tuple[Mention, ...], title: frozenset[int], *, wanted: bool
) -> frozenset[int]:
    ours = {i for name in reading.names if name.name.ours for i in range(name.legal_start, name.legal_end)}
    certain = ours | reading.literal_tokens | (title if wanted else frozenset())
    words = certain | title | reading.timed
    for mention in mentions:
        if not title and mention.join is Join.CONNECTOR:
            words |= _before_name(reading, mention)
    for one in (book(*_SHOWN_WORDS), list_book("roles.tsv")):
        for start, end in one.spans(reading.tokens):
            words.update(range(start, end))
    for start, end in list_book("sensitive.tsv").spans(reading.tokens):
        words.difference_update(set(range(start, end)) - certain)
    return frozenset(words)


def _before_name(reading: Reading, mention: Mention) -> set[int]:
    """The words of the mention's clause, up to a connector that leads to somebody else."""
    kept: set[int] = set()
    start, end = mention.before
    tokens = reading.tokens
    for index in range(start, end):
        if tokens[index].kind is Kind.AT or book("connector", "relation", "past").length_at(tokens, index):
            return kept
        kept.add(index)
    return kept


def _pieces(reading: Reading, kept: frozenset[int]) -> Iterator[str]:
    gap = False
    for index, token in enumerate(reading.tokens):
        blank = "" if token.glued and not gap else " "
        if token.kind is Kind.HARD and not token.text:
            if not gap:
                yield f" {CUT_OUT} "
            gap = True
        elif token.kind is Kind.WORD and index not in kept:
            if not gap:
                yield f"{blank}{CUT_OUT}"
            gap = True
        elif token.kind is Kind.WORD or index in kept:
            yield blank + reading.text[token.start : token.end].replace(SOFT, "")
            gap = False
        elif (token.text in _SHOWN_SIGNS or token.text == "\n") and not (gap and token.glued):
            yield blank + (token.text if token.text != "\n" else "|")
            gap = gap and token.kind is not Kind.HARD
