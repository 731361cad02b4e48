"""Finds when something held: `until 2024`, `2015–2022`, `since 2019`, `after ten years`, in nl fr de en."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from auditor.headline.tokens import Kind, Token
from auditor.model.day import OnDay


class When(StrEnum):
    """What a moment says of the job beside it."""

    ENDED = "ended"
    #: it began and goes on, or ends in a later year
    GOES_ON = "goes_on"
    #: it may have ended: this year, a month without a year, a bare duration
    UNSURE = "unsure"


class MomentKind(StrEnum):
    """How the moment is written."""

    RANGE = "range"
    UNTIL = "until"
    SINCE = "since"
    AFTER = "after"
    DURATION = "duration"
    DURING = "during"


@dataclass(frozen=True, slots=True)
class Moment:
    """Tokens from `start` to `end` that tell a time.

    `year` and `month` are those of the end, `began` the year of the beginning; None where the words give
    none. `past`: the words themselves say that it is over (`last year`); `open`: that it is not (`heden`).
    """

    start: int
    end: int
    kind: MomentKind
    year: int | None = None
    month: int | None = None
    past: bool = False
    open: bool = False
    began: int | None = None

    def before(self, later: Moment) -> bool:
        """Whether it had ended when `later` began."""
        if self.open or self.year is None or later.began is None:
            return False
        return self.kind in (MomentKind.RANGE, MomentKind.UNTIL) and self.year <= later.began

    def when(self, today: OnDay | None) -> When:
        """What it says on a day; without a day a bare year tells nothing for sure."""
        if self.kind is MomentKind.SINCE or self.open:
            return When.GOES_ON
        if self.kind not in (MomentKind.RANGE, MomentKind.UNTIL):
            return When.UNSURE
        if self.past:
            return When.ENDED
        if self.year is None or today is None:
            return When.UNSURE
        if self.year == today.year:
            return When.ENDED if self.month and self.month < today.month else When.UNSURE
        return When.ENDED if self.year < today.year else When.GOES_ON


def find_moments(tokens: Sequence[Token], skip: frozenset[int]) -> tuple[Moment, ...]:
    """Every moment in the tokens, from left to right; none that takes in a token of `skip` (a name)."""
    text, places = _spelled(tokens)
    found = (_moment(match, places) for match in _MOMENT.finditer(text))
    return tuple(one for one in found if skip.isdisjoint(range(one.start, one.end)))


#: The names and short forms of the months, in the folded writing of `Token.key`.
_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "january januari janvier januar janner jan",
        "february februari fevrier februar feb fev",
        "march maart mars marz maerz mar mrt",
        "april avril apr avr",
        "may mei mai",
        "june juni juin jun",
        "july juli juillet jul",
        "august augustus aout aug",
        "september septembre sep sept",
        "october oktober octobre oct okt",
        "november novembre nov",
        "december decembre dezember dec dez",
    )
)
#: The number of a month by its folded name.
MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"0[1-9]|1[0-2]"
#: What stands before the year of a date: `31 march`, `3 /`, `31 03`, `31 / 03 /`, `03 -` (without points).
_BEFORE_YEAR = rf"(?:(?:\d\d? )?(?:{_MONTH}) |(?:\d\d? (?:[/-] )?)?(?:{_NUMBER}) (?:[/-] )?|\d\d? / )?"
_FIRST = rf"{_BEFORE_YEAR}{_YEAR}"
_FIRST_YEAR = rf"{_BEFORE_YEAR}(?P<first>{_YEAR})"
_BEGAN = rf"{_BEFORE_YEAR}(?P<began>{_YEAR})"
_LAST = (
    rf"(?:(?:\d\d? )?(?P<name>{_MONTH}) |(?:\d\d? (?:[/-] )?)?(?P<number>{_NUMBER}) (?:[/-] )?"
    rf"|(?P<number>\d\d?) / )?(?P<year>{_YEAR})"
)
_SHORT_DATE = rf"(?:(?:{_MONTH}|\d\d? /) )?\d\d"
_OPEN = (
    r"(?:the )?present|now|today|current(?:ly)?|ongoing|(?:op )?heden|nu|vandaag|aujourd hui|(?:a )?present"
    r"|actuel(?:lement)?|maintenant|ce jour|ici|heute|jetzt|aktuell|dato"
)
_LATELY = (
    rf"last (?:year|month|week|summer|winter|spring|autumn|fall|{_MONTH})|recently|yesterday"
    rf"|(?:vorige?|afgelopen) (?:\w*jaar|maand|week|weekend|zomer|winter|lente|herfst|{_MONTH})"
    r"|(?:voor )?kort|onlangs|gisteren|l an (?:dernier|passe)"
    r"|l annee (?:derniere|passee)|recemment|il y a peu|hier"
    r"|(?:la |le |l )?(?:mois|ete|hiver|printemps|automne|semaine) (?:derniere?|passee?)"
    r"|(?:letzt|vergangen|vorig)e[mnrs]? (?:jahr\w*|monat\w*|woche|sommer\w*|winter\w*|fruhling\w*|herbst\w*)"
    r"|vor kurzem|kurzlich|neulich|gestern|kurzem"
)
_COUNT = (
    r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|many|several|some|few"
    r"|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|veel|vele|enkele|meerdere"
    r"|une?|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|quinze|vingt|trente|plusieurs|quelques"
    r"|eine?[mnrs]?|zwei|drei|funf|sechs|sieben|neun|zehn|zwolf|funfzehn|zwanzig|dreissig|viele[n]?|einige[n]?"
    r"|mehrere[n]?"
)
_SEASON = (
    "spring|summer|autumn|fall|winter|lente|voorjaar|zomer|herfst|najaar|printemps|ete|automne|hiver|fruhling"
    "|fruhjahr|sommer|herbst"
)
_UNIT = (
    r"years?|yrs?|months|decades?|jaar|jaren|jaartjes|maanden|decenni(?:a|um)|ans?|annees?|mois|decennies?"
    r"|jahre?n?|monate[n]?|jahrzehnte?n?"
)
_LONG = (
    r"jarenlang\w*|(?<=^|\| )jaren|jahrelang|lange jahre|longtemps|for years|lange tijd|lange zeit"
    r"|(?:durant|pendant) des annees"
)
#: Words of somebody who came back.
_AGAIN = (
    "again|back|once more|returned|opnieuw|terug|weer|nogmaals|de nouveau|a nouveau|de retour|wieder|erneut"
    "|zuruck"
)
_BEGUN = (
    "begonnen|gestart|angefangen|started|begun|rejoined|returned|teruggekeerd|revenue?|retournee?"
    "|zuruckgekehrt"
)
_LENGTH = rf"(?:{_COUNT}) (?:(?:\w+) )??(?:{_UNIT})"
_MOMENT = regex.compile(
    r"(?<=^| )(?:"
    rf"(?P<range>(?P<first>{_YEAR}) [/-] (?:{_NUMBER}) [->] (?P<year>{_YEAR}) [/-] (?P<number>{_NUMBER})"
    rf"|(?:(?:from|between|van|tussen|de|du|entre|von|vom|zwischen) )?{_FIRST_YEAR} "
    rf"(?:[-/>]|to|till|until|through|tot|tot en met|t / m|tem|a|au|jusqu (?:a|en|au)|bis"
    r"|(?<=(?:between|tussen|entre|zwischen) \d{4} )(?:and|en|et|und)) "
    rf"(?:{_LAST}|(?P<short>\d\d)(?! /)|(?P<open>{_OPEN}))"
    rf"|{_FIRST_YEAR} (?P<ongoing>-(?= \)| \||$)|>(?= \)|$))"
    # they may be days or years: `jan 15 - mar 23`, `2011 - jun 23`, `(11-23)`, `(03/11 > 06/23)`
    rf"|(?:{_MONTH}) \d\d [->] (?:{_MONTH}) \d\d|{_FIRST} [->] (?:{_MONTH}|\d\d? /) \d\d"
    # `(> 2023)`: until then or from then on; `2011 | 2023`: two years, or a span
    rf"|(?<=\| )(?:{_SHORT_DATE} [->] {_SHORT_DATE}|[->] {_FIRST}|{_YEAR} \| {_YEAR})(?= \)| \||$))"
    r"|(?P<until>(?:up to|up until|until|till|til|tot en met|tot aan|tot|t / m|tem"
    r"|jusque?(?: a| en| au| aux)?|bis(?: zu[mr]?)?) "
    r"(?:(?:the )?(?:end of|early|late|eind[e]?|begin|medio|fin|debut|mi|ende|anfang|mitte) )?"
    rf"(?:{_LAST}|(?P<lately>{_LATELY})|(?P<open>{_OPEN})|(?:{_MONTH})"
    r"|(?:(?:my|mijn|ma|meiner?|la|the|de) )?(?:retirement|pensioen|retraite|rente|pension|pensionierung)))"
    rf"|(?P<since>(?:(?:{_AGAIN}) )?(?:since|sinds|sedert|depuis|seit|ab|vanaf|des) (?:{_BEGAN}|{_MONTH})"
    rf"(?: (?:{_AGAIN}))?|(?:since|sinds|sedert|depuis|seit|ab) (?:{_LATELY})"
    rf"|(?:(?:{_AGAIN})(?: from)?|(?:{_BEGUN})(?: (?:in|op|im|on|en))?) {_BEGAN}"
    rf"|(?:since|sinds|sedert|al|reeds|already|depuis|seit) (?:\w+ ){{0,2}}?{_LENGTH})"
    rf"|(?P<after>(?:after|na|apres|nach) (?:\w+ ){{0,3}}?{_LENGTH})"
    rf"|(?P<duration>{_LONG}|(?P<lately>{_LATELY})"
    rf"|(?:(?:for|during|pendant|durant|gedurende|wahrend) )?{_LENGTH})"
    rf"|(?P<during>(?:(?:in|en|im|im jahr|anno|during|courant) )?(?:(?:{_SEASON}) )?{_FIRST})"
    r")(?= |$)"
)


def _moment(match: regex.Match[str], places: list[int]) -> Moment:
    kind = next(kind for kind in MomentKind if match[kind.value])
    words = match.string[: match.start()].count(" "), match.string[: match.end()].count(" ")
    year = int(match["year"]) if match["year"] else None
    if match["short"]:
        year = int(match["first"][:2] + match["short"])
        year = year if year >= int(match["first"]) else None  # a month: `2021-09`
    month = int(match["number"]) if match["number"] else MONTH_NUMBER.get(match["name"] or "")
    return Moment(
        places[words[0]],
        places[words[1]] + 1,
        kind,
        year,
        month,
        past=bool(match["lately"]),
        open=bool(match["open"]) or bool(match["ongoing"]),
        began=int(began) if (began := match["first"] or match["began"]) else None,
    )


_DASHES = frozenset("-‐‑‒–—−~")
_ARROWS = frozenset(">→➔⇒»▸")


def _spelled(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """The keys of the tokens with one blank between them, and the index that each came from."""
    spelled = [(sign, index) for index in range(len(tokens)) for sign in _sign(tokens, index)]
    return " ".join(sign for sign, _ in spelled), [index for _, index in spelled]


def _sign(tokens: Sequence[Token], index: int) -> Iterator[str]:
    token = tokens[index]
    if token.kind is Kind.WORD:
        before = tokens[index - 1] if index else None
        short_year = before is not None and before.text == "'" and token.glued and len(token.text) == 2
        if short_year and token.text.isdigit():
            yield ("20" if token.text < "50" else "19") + token.text
        else:
            yield token.key
    elif token.text in _DASHES or token.text in _ARROWS:
        doubled = index > 0 and token.glued and tokens[index - 1].text in _DASHES | _ARROWS
        if not doubled:  # `2011 -- 2023`, `2011 >> 2023`
            yield "-" if token.text in _DASHES else ">"
    elif token.text == "/":
        yield "/"
    elif token.kind not in (Kind.INNER, Kind.OTHER) and token.text != ".":
        if token.kind is Kind.CLOSE:
            yield ")"
        yield "|"
