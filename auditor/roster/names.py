"""Puts a person's name together from the parts or the text that a roster gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.model.employee import PersonName
from auditor.roster.words import folded, visible, word_list

_TITLES = re.compile(
    r"^(?:(?:dr|drs|ir|ing|prof|mr|mrs|ms|bc|mgr|dhr|mevr|mw|mme|mlle|herr|frau|dipl)\.(?:-?(?:ing"
    r"|med|inf|kfm)\.)?\s*)+"
    r"|^(?:(?:herr|frau|dhr|mevr|mevrouw|meneer|madame|monsieur|mme|drs)\s+)+"
    r"(?=\S+\s+\S)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:[,\s]+(?:(?i:m\.?sc\.?|b\.?sc\.?|ph\.?d\.?|m\.?b\.?a\.?|ll\.?[mb]\.?|m\.eng\.?|b\.eng\.?|dipl\.-ing\.)"
    r"|b\.a\.|m\.a\.|m\.d\.|PMP|EMBA|ir\.|ing\.))+$"
)
_REMARK = re.compile(r"\s*(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})")
_DAMAGED = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â€")
_MID_CAPITAL = re.compile(r"[a-zà-ÿ][À-ÖØ-Þ](?![A-ZÀ-ÖØ-Þ])")
#: `v.d.`, `v/d`, `van d.`: as forms shorten a prefix
_SHORT_PREFIX = re.compile(r"(?:v|van|a|aan|i|o|u)[./ ]{0,2}(?:d[enr]?|h|'?t)\.?|v\.?", re.IGNORECASE)
_BORN = re.compile(r"\s+(?:geb\.?|geboren|née?|épouse|ép\.|veuve|geborene)\s+", re.IGNORECASE)
_ORDERS = {
    "own": "1|e|eigen|eigen naam|eigen achternaam|geboortenaam|own",
    "partner": "2|p|partner|naam partner|achternaam partner|partnernaam|geboortenaam partner",
    "partner own": "3|b|partner eigen|partner eigen naam|geboortenaam partner geboortenaam"
    "|naam partner eigen naam|achternaam partner eigen achternaam|partner own",
    "own partner": "4|c|eigen partner|eigen naam partner|geboortenaam geboortenaam partner"
    "|eigen naam naam partner|eigen achternaam achternaam partner|own partner",
}
_ORDER_OF = {word: order for order, listed in _ORDERS.items() for word in listed.split("|")}


@dataclass(frozen=True, slots=True)
class NameParts:
    """The name cells of one row, as typed."""

    full: str = ""
    calling: str = ""
    given: str = ""
    initials: str = ""
    prefix: str = ""
    last: str = ""
    birth: str = ""
    partner: str = ""
    partner_prefix: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name with what was found on the way: remarks behind it, damage, codes of the intake table."""

    name: PersonName
    remarks: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    #: the text as typed, where an encoding accident was seen
    damaged: str = ""


@dataclass(slots=True)
class _Findings:
    remarks: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    damaged: str = ""


def read_name(parts: NameParts) -> ReadName:
    """The name as people show it: calling name, prefix, family name; else the full text."""
    found = _Findings()
    last, prefix = _cleaned(parts.last, found), visible(parts.prefix)
    birth = _cleaned(parts.birth, found)
    first = _cleaned(parts.calling, found) or _cleaned(parts.given, found) or visible(parts.initials)
    whole = birth if _is_whole(birth, first, last) else ""
    birth = "" if whole else birth
    if (last or birth) and first:
        name = _from_parts(parts, first, prefix, last, birth)
    elif parts.full or whole:
        name = _from_text(_cleaned(parts.full, found) or whole, found)
    else:
        name = _from_parts(parts, first, prefix, last, birth)
        if not name.first and "," in name.last:
            name = _from_text(name.last, found)
    return ReadName(name, tuple(found.remarks), tuple(dict.fromkeys(found.codes)), found.damaged)


def _is_whole(birth: str, first: str, last: str) -> bool:
    """True where a column `Name` beside the parts of the name holds all of it."""
    words = folded(birth).split()
    within = set(folded(first).split()) <= set(words) and len(words) > len(folded(first).split())
    return within if first else bool(words) and not last


def _from_parts(parts: NameParts, first: str, prefix: str, last: str, birth: str) -> PersonName:
    last, prefix = _unsorted(last, prefix)
    if prefix and (prefix.isdecimal() or not _is_prefix(prefix)):
        prefix = ""
    own = _joined(prefix, birth or last)
    partner = _joined(visible(parts.partner_prefix), visible(parts.partner))
    shown_prefix, shown = _family(_ORDER_OF.get(folded(parts.order), ""), prefix, birth or last, own, partner)
    if last and birth and folded(last) != folded(birth):
        shown_prefix, shown = ("" if _starts_with_prefix(last, prefix) else prefix), last
    if _starts_with_prefix(shown, shown_prefix):
        shown_prefix = ""
    display = _joined(first, shown_prefix, shown)
    families = [own, partner, _hyphened(partner, own), _hyphened(own, partner)] if partner else [own]
    if last and birth:
        families.append(last)
    firsts = list(dict.fromkeys(text for text in (first, visible(parts.given)) if text))
    others = [_joined(one, family) for one in firsts for family in families if family]
    others = [text for text in dict.fromkeys(others) if text != display]
    return PersonName(display, first, shown_prefix, shown, tuple(others))


def _unsorted(last: str, prefix: str) -> tuple[str, str]:
    """A family name that was sorted away, `Berg, van der`, put right."""
    main, comma, behind = (piece.strip() for piece in last.partition(","))
    return (main, prefix or behind) if comma and main and _is_prefix(behind) else (last, prefix)


def _family(order: str, prefix: str, last: str, own: str, partner: str) -> tuple[str, str]:
    if not partner or order in ("", "own"):
        return prefix, last
    if order == "partner":
        return "", partner
    return "", _hyphened(partner, own) if order == "partner own" else _hyphened(own, partner)


def _from_text(text: str, found: _Findings) -> PersonName:
    born = _BORN.split(text)
    if len(born) > 1:
        found.codes.append("N04")
    name = _split(born[0], found)
    extra = [_joined(name.first, other) for other in born[1:]]
    extra += [_joined(name.first, part) for part in _married_parts(name.last)]
    if extra and "N04" not in found.codes:
        found.codes.append("N04")
    others = tuple(dict.fromkeys(other for other in extra if other != name.display))
    return PersonName(name.display, name.first, name.prefix, name.last, others)


def _split(text: str, found: _Findings) -> PersonName:
    pieces = [bare for piece in text.split(",") if (bare := piece.strip(" ;"))]
    if len(pieces) >= 2:
        found.codes.append("N02")
        return _last_first(pieces)
    words = text.split()
    if len(words) < 2:
        return PersonName(text, "", "", text)
    capitals = _leading_capitals(words)
    if capitals:
        return PersonName(text, " ".join(words[capitals:]), "", " ".join(words[:capitals]))
    start = next(
        (i for i, word in enumerate(words[1:-1], 1) if folded_word(word) in word_list("name prefix")), None
    )
    if start is None:
        return PersonName(text, words[0], "", " ".join(words[1:]))
    end = start
    while end < len(words) - 1 and folded_word(words[end]) in word_list("name prefix"):
        end += 1
    return PersonName(text, " ".join(words[:start]), " ".join(words[start:end]), " ".join(words[end:]))


def _leading_capitals(words: list[str]) -> int:
    """How many words `DUPONT Marie` gives to the family name; 0 where the capitals tell nothing."""
    count = 0
    while count < len(words) and words[count].isupper() and len(words[count]) > 2 - bool(count):
        count += 1
    has_word = any(len(word) > 3 and word.isalpha() for word in words[:count])
    return count if has_word and count < len(words) and not words[-1].isupper() else 0


def _last_first(pieces: list[str]) -> PersonName:
    """`Jansen, Jan`, `Vries, Jan de`, `Berg, van der, Jan`, `Berg, van der` (a family name alone)."""
    last, *rest = pieces
    prefix = ""
    if _is_prefix(rest[0]):
        prefix, rest = rest[0], rest[1:]
    words = " ".join(rest).split()
    cut = len(words)
    while cut > 1 and folded_word(words[cut - 1]) in word_list("name prefix"):
        cut -= 1
    first, behind = " ".join(words[:cut]), " ".join(words[cut:])
    prefix = prefix or behind
    return PersonName(_joined(first, prefix, last), first, prefix, last)


def folded_word(word: str) -> str:
    """A word for the prefix list: lower case, one kind of apostrophe."""
    return word.casefold().replace("’", "'").strip(".")


def match_words(name: PersonName) -> frozenset[str]:
    """The comparable words of a name, without prefix words."""
    return frozenset(folded(name.display).split()) - _FOLDED_PREFIXES


_FOLDED_PREFIXES = frozenset(folded(word) for word in word_list("name prefix"))


def _is_prefix(text: str) -> bool:
    """True where every word stands before family names; `d'` may cling to the next word."""
    if _SHORT_PREFIX.fullmatch(text.strip()):
        return True
    spaced = folded_word(text).replace("d'", "d' ").split()
    return bool(spaced) and all(word in word_list("name prefix") or word == "t" for word in spaced)


def _starts_with_prefix(last: str, prefix: str) -> bool:
    return bool(prefix) and folded(last).startswith(folded(prefix) + " ")


def _married_parts(last: str) -> list[str]:
    parts = re.split(r"\s*[-–]\s*", last)
    return parts if len(parts) == 2 and all(len(part) > 1 for part in parts) else []


def _cleaned(text: str, found: _Findings) -> str:
    plain = visible(text)
    if not plain:
        return ""
    plain = visible(_mended(plain, found))
    remarks = [remark.strip()[1:-1].strip() for remark in _REMARK.findall(plain)]
    bare = _REMARK.sub("", plain).strip()
    bare = _DEGREES.sub("", _TITLES.sub("", bare)).strip(" ,;")
    if remarks or bare != plain:
        found.codes.append("N03")
    found.remarks.extend(remarks)
    # one remark may stand in another, or between what was damaged
    return bare if bare == plain else _cleaned(bare, found)


def _mended(text: str, found: _Findings) -> str:
    """UTF-8 once read as Windows-1252 is undone where that is lossless; other damage is only told."""
    if not _DAMAGED.search(text) and not _MID_CAPITAL.search(text):
        return text
    found.codes.append("E04")
    found.damaged = found.damaged or text
    try:
        mended = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    return mended if _DAMAGED.search(text) and not _DAMAGED.search(mended) else text


def _joined(*parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return re.sub(r"(\b[dDlL]['’]) ", r"\1", text)


def _hyphened(first: str, second: str) -> str:
    return f"{first}-{second}" if first and second else first or second
