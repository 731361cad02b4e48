"""Tells whether words that spell the company's name are the company's name where they stand."""

from __future__ import annotations

from auditor.headline.expectation import Join, Standing
from auditor.headline.markers import book
from auditor.headline.own_job import Job, is_role
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import holds_title, is_year
from auditor.headline.titles import comparable
from auditor.headline.tokens import Kind, Token

_AFTER_NAME = (
    "function",
    "connector",
    "past_after",
    "past_behind",
    "past",
    "turn",
    "present",
    "relation",
    "future",
    "self_employed",
    "retired",
    "own_business",
)
_DEGREES = frozenset({"ing", "ir", "dr", "ma", "ba", "mr", "drs", "bsc", "msc"})
#: `Acme & Partners`, `Acme & Zonen`: another firm's name.
_PARTNERS = frozenset(
    {
        "associates",
        "associes",
        "bruder",
        "cie",
        "co",
        "compagnie",
        "company",
        "daughters",
        "fils",
        "freres",
        "gebroeders",
        "partner",
        "partners",
        "sohn",
        "sohne",
        "son",
        "sons",
        "vennoten",
        "zonen",
        "zoon",
    }
)


def read_as_name(around: Surroundings) -> Standing | None:
    """Whether the words are the company's name here at all; PRESENT where they are."""
    compound = _compound(around)
    if compound is not Standing.PRESENT:
        return compound
    if not around.found.name.ours:
        return Standing.SISTER
    written = _as_written(around)
    if written is not Standing.PRESENT:
        return written
    if _tag_or_mail(around):
        return Standing.UNCLEAR
    return _goes_on(around)


def _compound(around: Surroundings) -> Standing | None:
    """What a hyphen beside the name makes of it: `Ex-Acme`, `Acme-Noord`, `Buyer_Acme`."""
    tokens, start, end = around.reading.tokens, around.found.start, around.found.end
    if start >= 2 and tokens[start].glued and tokens[start - 1].kind is Kind.HYPHEN:
        if is_year(tokens[start - 2]):
            return Standing.UNCLEAR
        if book("past_prefix").holds(tokens[start - 2]):
            return Standing.PRESENT
        # `Buyer_Acme`, `Buyer-Acme`: written for a blank or a dash
        apart = tokens[start - 1].text in "_~" or is_role(tokens[start - 2])
        titled = holds_title(tokens[around.clause.start : start], around.expected.all_titles)
        return Standing.UNCLEAR if apart or titled else None
    if end + 1 < len(tokens) and tokens[end].kind is Kind.HYPHEN:
        if is_year(tokens[end + 1]):  # not another name: when somebody was there
            return Standing.UNCLEAR
        if around.join is Join.CONNECTOR:
            return Standing.SISTER
        apart = tokens[end].text in "_~" or book("employee_word").holds(tokens[end + 1])
        return Standing.UNCLEAR if apart else None
    return Standing.PRESENT


def _as_written(around: Surroundings) -> Standing | None:
    """Short names and names that are ordinary words ask for a closer look."""
    name = around.found.name
    if around.found.other_case:
        return _other_case(around)
    if not name.ordinary:
        return Standing.UNCLEAR if _in_small_letters(around) else Standing.PRESENT
    if around.join is Join.CONNECTOR:
        return _word_behind_connector(around)
    if _alone_in_part(around):
        return Standing.PRESENT if _capital(around) else None
    if around.join in (Join.WEAK, Join.RELATION):
        return Standing.PRESENT if _capital(around) else None
    return Standing.UNCLEAR if _capital(around) and _like_a_name(around) else None


def _other_case(around: Surroundings) -> Standing | None:
    """A short name in another case: the name where an employer must stand; initials may be a slip."""
    initials = around.found.name.initials
    if around.join is Join.CONNECTOR:
        return Standing.TYPO if initials else Standing.PRESENT
    if _alone_in_part(around) and _capital(around) and around.found.tokens[0].key not in _DEGREES:
        return Standing.TYPO if initials else Standing.PRESENT
    return None


def _in_small_letters(around: Surroundings) -> bool:
    """`woont op een zolder`: in small letters, with nothing beside it that makes it a name."""
    name = around.found.name
    one_word = len(name.words) == 1 and name.words[0].text[:1].isupper() and not name.initials
    if not one_word or _capital(around) or around.join is Join.CONNECTOR or _alone_in_part(around):
        return False
    words = [token for token in (*around.left, *around.right) if token.kind is Kind.WORD]
    return not holds_title(words, around.expected.all_titles)


def _word_behind_connector(around: Surroundings) -> Standing | None:
    """An ordinary word behind a connector: connector, case and place in the part tell together.

    `Kok bij Tafel` names the company, `Samen aan tafel` and `Leben bei Sonne und Wind` do not.
    """
    if holds_title(around.left, around.expected.all_titles):
        return Standing.PRESENT
    joining = around.reading.tokens[around.begin : around.found.legal_start]
    employing = any(token.kind is Kind.AT for token in joining) or (
        bool(joining) and book("employing").length_at(joining, 0) > 0
    )
    capital = around.found.tokens[0].capital
    job = around.job is Job.OWN
    if not capital:
        return Standing.UNCLEAR if job and employing else None
    if job and employing and not _paired(around):
        return Standing.PRESENT
    goes_on = _paired(around) or any(token.kind is Kind.WORD for token in around.right)
    return Standing.UNCLEAR if job or not goes_on else None


def _paired(around: Surroundings) -> bool:
    """`Sonne und Wind`: a second noun on the same footing."""
    following = around.next_clause
    return following is not None and not around.right and following.boundary is Kind.AMP


def _capital(around: Surroundings) -> bool:
    return around.found.tokens[0].capital or around.reading.lower_case


def _like_a_name(around: Surroundings) -> bool:
    """A capitalised ordinary word that is more than the beginning of a sentence."""
    words = [token for token in (*around.left, *around.right) if token.kind is Kind.WORD]
    if holds_title(words, around.expected.all_titles):
        return True
    if around.found.name.flagged:
        return False
    following = next((token for token in around.right if token.kind is Kind.WORD), None)
    return bool(around.left) or following is None or following.capital


def _alone_in_part(around: Surroundings) -> bool:
    """True where no other word stands beside the name in its part or bracket."""
    following = around.next_clause
    closed = following is None or following.boundary in (Kind.HARD, Kind.OPEN)
    words = [t for t in (*around.left, *around.right) if t.kind in (Kind.WORD, Kind.CUT)]
    return not words and (around.clause.inside or (around.clause.boundary is Kind.HARD and closed))


def _tag_or_mail(around: Surroundings) -> bool:
    """True for `#Acme` without a connector, and for the name in an address: `jan@acme.com`."""
    tokens, start = around.reading.tokens, around.found.start
    before = tokens[start - 1] if start else None
    if before is None or not tokens[start].glued:
        return False
    if before.kind is Kind.HASH:
        return around.join is not Join.CONNECTOR
    return before.kind is Kind.AT and before.glued and around.found.legal_end > around.found.end


def _goes_on(around: Surroundings) -> Standing:
    """A further name word behind the name may make it a sister company."""
    right = around.right
    if right and right[0].text == "'":
        right = right[2:]
    if not right:
        partner = around.next_clause
        partnered = partner and partner.boundary is Kind.AMP and partner.tokens[0].key in _PARTNERS
        return Standing.SISTER if partnered else Standing.PRESENT
    if right[0].kind is Kind.CUT:
        return Standing.CUT
    spaced = right[0].kind in (Kind.INNER, Kind.OTHER)
    word = right[1] if spaced and len(right) > 1 else right[0]
    if word.kind is not Kind.WORD or (spaced and not word.glued):
        return Standing.PRESENT
    if any(around.reading.tokens[one.start] is word for one in around.reading.moments):
        return Standing.PRESENT
    if is_year(word):
        return Standing.UNCLEAR
    if _ends_name(around, right, right.index(word)):
        return Standing.PRESENT
    return Standing.SISTER


def _ends_name(around: Surroundings, right: tuple[Token, ...], index: int) -> bool:
    """True where a title, a small word or a marker shows that the name has ended: `Acme alumnus`."""
    words = comparable(right[index:])
    if any(title and words[: len(title)] == title for title in around.expected.all_titles):
        return True
    if not right[index].capital and book("filler").length_at(right, index):
        return True
    return any(book(kind).length_at(right, index) for kind in _AFTER_NAME)
