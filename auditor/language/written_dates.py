"""Dates and the ends of periods as vendors, exports, forms and saved pages write them.

A date that can be read in two ways, or in none, is not read. What stands where a period ends is
ongoing, over or unknown; only a present-word makes it ongoing, only a past date makes it over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from auditor.model.accents import without_accents
from auditor.model.observed import Observed, Present, Unseen


class DateOrder(StrEnum):
    """How a file writes its numeric dates. Where that is not stated, 03/04/2026 is not read."""

    NOT_STATED = ""
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


#: how an end that has not come is written, by language
PRESENT_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": ("present", "now", "current", "currently", "today", "ongoing", "to date", "the present", "date"),
    "nl": ("heden", "nu", "huidig", "vandaag", "lopend", "op heden", "momenteel", "nog steeds"),
    "fr": ("aujourd'hui", "présent", "maintenant", "en cours", "actuel", "actuellement", "ce jour"),
    "de": ("heute", "gegenwart", "jetzt", "aktuell", "laufend", "derzeit", "dato"),
    "es": ("actualidad", "la actualidad", "actual", "actualmente", "hoy", "presente", "el presente",
        "la fecha"),
    "pt": ("o momento", "momento", "presente", "o presente", "atual", "atualmente", "hoje", "atualidade"),
    "it": ("presente", "oggi", "ad oggi", "attuale", "attualmente", "in corso"),
    "pl": ("obecnie", "teraz", "dziś", "dzisiaj", "chwili obecnej"),
    "sv": ("nu", "nuvarande", "idag", "pågående", "nutid"),
    "da": ("nu", "nuværende", "i dag", "nutid", "igangværende"),
    "no": ("nå", "nåværende", "i dag", "pågående"),
    "fi": ("nykyhetki", "nykyinen", "nyt", "tänään", "nykyään"),
    "cs": ("současnost", "současnosti", "dosud", "nyní", "dnes", "současné době"),
    "sk": ("súčasnosť", "súčasnosti", "doteraz", "dnes"),
    "hu": ("jelenleg", "jelen", "napjainkig", "jelenig"),
    "ro": ("prezent", "în prezent", "acum", "astăzi"),
    "tr": ("halen", "günümüz", "şu anda", "bugün", "devam ediyor"),
    "ru": ("настоящее время", "н. в", "н.в", "сейчас", "сегодня"),
    "uk": ("теперішній час", "зараз", "дотепер"),
    "el": ("σήμερα", "παρόν", "τώρα"),
    "ja": ("現在", "今"),
    "zh": ("至今", "现在", "現在", "目前", "今"),
    "ko": ("현재", "지금"),
    "ar": ("الحاضر", "حتى الآن", "الآن"),
}  # fmt: skip
_MONTHS: tuple[str, ...] = (
    "january januari janvier januar janner enero janeiro gennaio styczen stycznia tammikuu tammikuuta"
    " leden ledna"
    " ianuarie ocak января январь jan janv jann ene gen sty tammi led ian янв",
    "february februari fevrier februar feber febrero fevereiro febbraio luty lutego helmikuu helmikuuta"
    " unor unora"
    " februarie subat февраля февраль feb febr fevr fev lut helmi uno sub фев",
    "march maart mars marz marts marzo marco marzec marca maaliskuu maaliskuuta brezen brezna martie mart"
    " марта март mar mrt mrz maalis bre мар",
    "april avril abril aprile kwiecien kwietnia huhtikuu huhtikuuta duben dubna aprilie nisan"
    " апреля апрель apr avr abr kwi huhti dub nis апр",
    "may mei mai mayo maio maggio maj maja toukokuu toukokuuta kveten kvetna mayıs mayis мая май mag"
    " touko kve",
    "june juni juin junio junho giugno czerwiec czerwca kesakuu kesakuuta cerven cervna iunie haziran"
    " июня июнь jun giu cze kesa iun haz июн",
    "july juli juillet julio julho luglio lipiec lipca heinakuu heinakuuta cervenec cervence iulie temmuz"
    " июля июль jul juil lug lip heina iul tem июл",
    "august augustus aout agosto sierpien sierpnia elokuu elokuuta srpen srpna agustos августа август"
    " aug ago sie elo srp agu авг",
    "september septembre septiembre setembro settembre wrzesien wrzesnia syyskuu syyskuuta zari"
    " septembrie eylul"
    " сентября сентябрь sep sept set wrz syys zar eyl сен сент",
    "october oktober octobre octubre outubro ottobre pazdziernik pazdziernika lokakuu lokakuuta rijen rijna"
    " octombrie ekim октября октябрь oct okt out ott paz loka rij eki окт",
    "november novembre noviembre novembro listopad listopada listopadu marraskuu marraskuuta noiembrie kasım"
    " kasim ноября ноябрь nov lis marras noi kas ноя нояб",
    "december decembre dezember diciembre dezembro dicembre desember grudzien grudnia joulukuu joulukuuta"
    " prosinec prosince decembrie aralık aralik декабря декабрь dec dez dic des gru joulu pro ara дек",
)  # fmt: skip
_MONTH_NUMBERS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
UNREADABLE_END = "the end date cannot be read"
_LONGEST = 200
_WORD = r"[^\W\d_]+"
_REST = r"(?P<rest>(?:[T\s,].*)?)$"
_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<y>\d{{4}})(?P<mark>[-/.])(?P<m>\d{{1,2}})(?P=mark)(?P<d>\d{{1,2}}){_REST}",
        rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_REST}",
        r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일])?$",
        rf"(?:{_WORD}\.?,?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:of\s|de\s)?(?P<name>{_WORD})\.?,?[\s-]+"
        rf"(?:de\s|del\s)?(?P<y>\d{{4}}){_REST}",
        rf"(?:{_WORD}\.?,?\s+)?(?P<name>{_WORD})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_REST}",
        rf"(?P<name>{_WORD})\.?,?[\s/-]+(?:de\s|del\s)?(?P<y>\d{{4}})$",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})$",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})$",
    )
)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_REST}", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}$")
#: seconds since 1970, milliseconds, microseconds
_EPOCH = re.compile(r"\d{9,10}|\d{13}|\d{16}")
_CLOCK = re.compile(
    r"[T\s,]*(?:at\s|um\s|om\s|à\s)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?([ap]\.?m\.?)?"
    r"\s?(Z|UTC|GMT)?\s?([+-]\d{2}:?\d{2})?\s?(?:\([^()]{1,60}\))?$",
    re.IGNORECASE,
)
#: LinkedIn opened in 2003: nothing was seen on it earlier
_EARLIEST_SIGHTING = datetime(2003, 1, 1, tzinfo=UTC)
_NO_DAYS: tuple[date, ...] = ()


def read_moment(value: object, order: DateOrder = DateOrder.NOT_STATED) -> datetime | None:
    """The one moment (UTC) that a date of evidence means, or None where it cannot be told.

    Read are ISO dates, numbers of seconds, milliseconds or microseconds since 1970, dates with the
    month's name, and numeric dates with only one reading (or with a stated `order`). A month without
    a day counts from its first day; a year alone is no date.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = _tidy(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
    moment = _epoch(text) if _EPOCH.fullmatch(text) else _written_moment(text, order)
    return moment if moment is not None and moment >= _EARLIEST_SIGHTING else None


def read_period_end(text: str, today: date) -> Observed[bool]:
    """Whether a period goes on (True) or is over (False), by the words where its end stands.

    `today` is the day of the evidence. A date later than that, and what is neither a present-word
    nor a date, is Unseen.
    """
    pieces = [piece for piece in _PIECES.split(_plain(text)) if piece.strip(_SIGNS)]
    kinds = [_piece(piece.strip(_SIGNS)) for piece in pieces]
    if any(kind.ongoing for kind in kinds):
        return Present(True)
    days = [kind.days for kind in kinds if kind.days]
    if not days or len(days) > 2 or any(kind.unknown for kind in kinds):
        return Unseen(UNREADABLE_END)
    if max(days[-1]) > today:
        return Unseen("the end date lies after the day of the evidence")
    return Present(False)


_SIGNS = " .,·•-–—:;()[]"
_PIECES = re.compile(
    r"\s*[·•|;()\[\]]\s*|\s+-\s+|\s*[–—~〜]\s*|(?<=\d{4})-(?=\d{4}(?!\d))"
    r"|(?:^|\s+)(?:to|until|till|up to|through|tot en met|tot op|tot|bis|jusqu'a|jusqu'en|jusque|hasta|ate"
    r"|fino ad|fino a|fino al|do|az do|til|pana in|по|до|a|à|au)\s+"
)
_DURATION = re.compile(rf"(?:\d{{1,3}}\+?\s?{_WORD}\.?\s?(?:{_WORD}\s)?)+")


@dataclass(frozen=True, slots=True)
class _Piece:
    ongoing: bool = False
    days: tuple[date, ...] = _NO_DAYS
    unknown: bool = False


#: `mar '23`: a year with its apostrophe, behind the month's name
_SHORT_YEAR = re.compile(rf"({_WORD}\.?)\s*'(\d\d)")


def _piece(text: str) -> _Piece:
    short = _SHORT_YEAR.fullmatch(text)
    text = f"{short[1]} {'20' if short[2] < '50' else '19'}{short[2]}" if short else text
    if text in _PRESENT or re.sub(r"\s+\d.*$", "", text) in _PRESENT:
        return _Piece(ongoing=True)
    days = _days(text)
    if days:
        return _Piece(days=days)
    return _Piece(unknown=_DURATION.fullmatch(text) is None)


def _days(text: str) -> tuple[date, ...]:
    """All days that a text can mean; of a month or year the first. Empty where it is no date."""
    if _EPOCH.fullmatch(text):
        return (_epoch(text).date(),)
    if _YEAR.fullmatch(text):
        return _valid(int(text), 1, 1)
    return _shaped(text)[0] or _numeric(text, DateOrder.NOT_STATED)[0]


def _written_moment(text: str, order: DateOrder) -> datetime | None:
    days, rest = _shaped(text)
    if not days:
        days, rest = _numeric(text, order)
    clock = _clock(rest)
    if len(days) != 1 or clock is None:
        return None
    midnight = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC)
    try:
        return midnight + clock
    except OverflowError:
        return None


def _shaped(text: str) -> tuple[tuple[date, ...], str]:
    """The day of a date with the year first or with the month's name, and what stands after it."""
    for shape in _SHAPES:
        found = shape.match(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = _MONTH_NUMBERS.get(_plain(parts["name"])) if "name" in parts else int(parts["m"])
        days = _valid(int(parts["y"]), month, int(parts.get("d") or 1)) if month else _NO_DAYS
        if days:
            return days, parts.get("rest") or ""
    return _NO_DAYS, ""


def _numeric(text: str, order: DateOrder) -> tuple[tuple[date, ...], str]:
    """The days that two small numbers and a year can mean, and what stands after them."""
    found = _NUMERIC.match(text)
    if found is None:
        return _NO_DAYS, ""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    by_day = _valid(year, second, first) if order is not DateOrder.MONTH_FIRST else _NO_DAYS
    by_month = _valid(year, first, second) if order is not DateOrder.DAY_FIRST else _NO_DAYS
    return tuple(dict.fromkeys(by_day + by_month)), found["rest"]


def _clock(rest: str) -> timedelta | None:
    """The time of day in UTC as hours since midnight; None where the rest is no time."""
    if not rest.strip(" ,"):
        return timedelta()
    found = _CLOCK.match(rest)
    if found is None:
        return None
    hour, minute, second, half, _, offset = found.groups()
    hours = int(hour) % 12 + 12 * half.lower().startswith("p") if half else int(hour)
    if hours > 24 or int(minute) > 59 or int(second or 0) > 60:
        return None
    clock = timedelta(hours=hours, minutes=int(minute), seconds=int(second or 0))
    return clock - _offset(offset) if offset else clock


def _offset(text: str) -> timedelta:
    digits = text[1:].replace(":", "")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -length if text[0] == "-" else length


def _epoch(text: str) -> datetime:
    """The moment of a number of seconds, milliseconds (13 digits) or microseconds (16 digits)."""
    return datetime.fromtimestamp(float(text) / {13: 1e3, 16: 1e6}.get(len(text), 1), UTC)


def _valid(year: int, month: int, day: int) -> tuple[date, ...]:
    """The day, unless the calendar has none such or it only stands for "no date" in a database."""
    try:
        day_of = date(year, month, day)
    except ValueError:
        return _NO_DAYS
    return (day_of,) if year >= 1930 and day_of != date(1970, 1, 1) else _NO_DAYS


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())


def _plain(text: str) -> str:
    """Lower case without accents, with the plain apostrophe."""
    return unicodedata.normalize("NFC", without_accents(_tidy(text).casefold().replace("’", "'")))


_PRESENT = frozenset(_plain(word) for words in PRESENT_WORDS.values() for word in words)
