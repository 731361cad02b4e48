"""What the words of a position's title say of the tie: that it is over, a board seat, self-employed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from auditor.files.tables import package_rows
from auditor.headline.aliases import find_names, names_of
from auditor.headline.markers import PhraseBook, book, list_book
from auditor.headline.moments import MomentKind, When, find_moments
from auditor.headline.normalise import clean
from auditor.headline.tenses import is_year
from auditor.headline.tokens import Clause, Kind, Token, clauses_of, is_and, tokenise
from auditor.model.company import CompanyName
from auditor.model.day import OnDay


def says(kind: str, text: str) -> bool:
    """True where a title or name holds a word of this kind (`board`, `freelance` ...)."""
    return any(_book(kind).spans(tokenise(clean(text).text)))


def says_over(title: str, today: OnDay | None = None) -> bool:
    """True where a title says that the job is over, or that the person is retired or an alumnus.

    A word before a job holds for all of that job, whatever it is: `Former Sales Manager`, `Oud-medewerker`.
    `Alumni Manager` and `Ex-vivo researcher` are jobs, and `Ex-nurse | Planner` has one that goes on. A year
    is past only as seen from `today`.
    """
    tokens = tokenise(clean(title).text)
    parts = _parts(tokens)
    if not parts:
        return False
    first, *later = parts
    if _covered(first, "only_word") and not later:
        return True
    if any(_goes_on(part) for part in later) and not _covered(first, *_OVER):
        return False
    return (
        _former_at(first, _content(first))
        or _ends_at_rest(first)
        or any(_covered(part, *_OVER) for part in parts)
        or (any(_spans("alumni", first)) and not says("alumni_unless", title))
        or _timed_out(tokens, today)
    )


_OVER = ("former", "resting", "ended")


def says_board(title: str, names: tuple[CompanyName, ...]) -> bool:
    """True for a board or advisory role.

    Words that name other jobs too count where nothing stands with them but what goes with a seat, and the
    company: `Administrateur`, `Bestuurder Acme NV`; not `Administrateur Salesforce`, `Bestuurder heftruck`.
    """
    if says("board", title):
        return not says("board_unless", title)
    tokens = tokenise(clean(title).text)
    return any(_is_seat(part, names) for part in _parts(tuple(t for t in tokens if t.kind not in _BRACKETS)))


def says_freelance(title: str) -> bool:
    """True for somebody self-employed; not for who looks after such people (`Contractor Safety Officer`), nor
    for an employee's grade (`Zelfstandig werkend kok`)."""
    tokens = tokenise(clean(title).text)
    if any(_spans("freelance_unless", tokens)):
        return False
    return any(not _looked_after(tokens, end) for _, end in _spans("freelance", tokens))


def _looked_after(tokens: Sequence[Token], end: int) -> bool:
    served = tokens[end - 1].key in ("contractor", "freelancer") and end < len(tokens)
    return served and _book("serves_them").length_at(tokens, end) > 0


_BRACKETS = frozenset({Kind.OPEN, Kind.CLOSE})


def _is_seat(part: Sequence[Token], names: tuple[CompanyName, ...]) -> bool:
    named = {
        i for one in find_names(part, names_of(names, ()), frozenset()) for i in range(one.start, one.end)
    }
    timed = {i for one in find_moments(part, frozenset()) for i in range(one.start, one.end)}
    free = [token for index, token in enumerate(part) if index not in named | timed]
    return any(_spans("seat", free)) and _covered(free, "seat", "seat_beside")


def _parts(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], ...]:
    """The words between bars, commas and brackets; those of `Sales & Marketing`, `Lead/Planner` go together.
    A bar stays before its part."""
    joined = frozenset(i for i, one in enumerate(tokens) if one.kind is Kind.SLASH or is_and(one))
    return tuple(_with_bar(tokens, clause) for clause in clauses_of(tokens, joined))


def _with_bar(tokens: tuple[Token, ...], clause: Clause) -> tuple[Token, ...]:
    bar = clause.boundary is Kind.HARD and clause.start > 0
    return (tokens[clause.start - 1], *clause.tokens) if bar else clause.tokens


def _content(part: Sequence[Token]) -> int:
    """Where the words of a part begin, articles aside."""
    skipped = (i for i, one in enumerate(part) if one.kind is Kind.WORD and not book("article").holds(one))
    return next(skipped, 0)


def _goes_on(part: Sequence[Token]) -> bool:
    """True for a later part that begins with `now`, or names a job behind a bar: `Ex-nurse | Planner`."""
    start = _content(part)
    if book("present").length_at(part, start):
        return True
    job = part[0].kind is Kind.HARD and any(list_book("roles.tsv").holds(token) for token in part)
    return job and not _former_at(part, start) and not _ends_at_rest(part)


def _former_at(part: Sequence[Token], index: int) -> bool:
    if _book("former_unless").length_at(part, index) or not _length("former", part, index):
        return False
    # `EX Designer`, `VM Engineer`: in capitals among other words they shorten something else
    word, following = part[index], part[index + 1 : index + 2]
    short = word.text.isupper() and len(word.text) <= 3 and len(word.text) == word.end - word.start
    others = any(token.kind is Kind.WORD and not token.text.isupper() for token in part)
    return not (short and others and not any(token.kind is Kind.HYPHEN for token in following))


def _ends_at_rest(part: Sequence[Token]) -> bool:
    """`Nurse retired`, `Planner op rust`, `Ingenieur a.D.`; not `Coach mise à la retraite`."""
    words = [token for token in part if token.kind is Kind.WORD]
    if words and words[-1].key in _POINTED and words[-1].end - words[-1].start > len(words[-1].text):
        return True
    unless = any(_book("resting_unless").spans(part))
    return not unless and any(end == len(part) for _, end in _spans("resting", part))


#: `a.D.`, `i.R.`, `b.d.`: written with points, unlike the degree `ir.`
_POINTED = frozenset({"ad", "ir", "bd"})


def _covered(part: Sequence[Token], *kinds: str) -> bool:
    """True for a part that holds words of these kinds, and years and small words at most beside them."""
    inside = {index for kind in kinds for span in _spans(kind, part) for index in range(*span)}
    small = book("article", "filler", "connector", "weak_connector", "legal_form")
    return bool(inside) and all(
        index in inside or token.kind is not Kind.WORD or is_year(token) or small.holds(token)
        for index, token in enumerate(part)
    )


def _timed_out(tokens: tuple[Token, ...], today: OnDay | None) -> bool:
    """`Nurse (2012-2020)`, `Nurse until 2020`; not `Horizon 2014-2020 Coordinator`, nor where a later time
    goes on."""
    spans = [
        one
        for one in find_moments(tokens, frozenset())
        if one.kind is MomentKind.UNTIL or (one.kind is MomentKind.RANGE and _of_a_job(tokens, one.start))
    ]
    whens = {one.when(today) for one in spans}
    return When.ENDED in whens and When.GOES_ON not in whens


def _of_a_job(tokens: Sequence[Token], start: int) -> bool:
    """True for a time that stands by itself, or right behind a job."""
    if not start or tokens[start - 1].kind is not Kind.WORD:
        return True
    return list_book("roles.tsv").holds(tokens[start - 1])


def _spans(kind: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    return [span for span in _book(kind).spans(tokens) if _length(kind, tokens, span[0])]


def _length(kind: str, tokens: Sequence[Token], index: int) -> int:
    """How many tokens a phrase of the kind takes from `index` on.

    `retraité` is a person and `retraite` a field (`Conseiller retraite`): there the accent tells.
    """
    person = kind in ("former", "resting") and tokens[index].key.endswith("retraite")
    if person and not tokens[index].text.casefold().endswith("é"):
        return 0
    return _book(kind).length_at(tokens, index)


@cache
def _book(kind: str) -> PhraseBook:
    rows = package_rows("auditor.position", "role_words.tsv")
    return PhraseBook(p.strip() for row in rows if row["kind"] == kind for p in row["phrases"].split(";"))
