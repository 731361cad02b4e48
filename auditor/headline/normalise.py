"""Brings a headline into one comparable form: style letters folded, emoji and invisible signs out."""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

#: Stands for an emoji or icon in cleaned text: a soft boundary, never a word.
SOFT = "\ue000"
#: LinkedIn takes 220 signs, 240 in its apps; what stands behind this many is not judged.
LONGEST = 600
_MARKS = dict.fromkeys(map(ord, "™®©℠"))
_QUOTES = {ord(sign): "'" for sign in "´`’‘ʼ′‛ʹ"}
_BARS = {ord(sign): "|" for sign in "•·∙⋅●■▪▫◾◽◆◇►▶➤›¦‖║│┃∣❘❙‧・※★☆✦✧❖♦ǀ"}
_SMALL_CAPITALS = dict(
    zip(
        map(ord, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"),
        "ABCDEFGHIJKLMNOPQRSTUVWYZ",
        strict=True,
    )
)
_EMOJI = regex.compile(
    r"(?:[0-9#*]\uFE0F?\u20E3"
    r"|[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{Co}]"
    r"[\uFE0E\uFE0F\u200D\u20E3\p{Emoji_Modifier}\U000E0020-\U000E007F]*)+"
)
#: Arrows of all kinds, drawn ones among them, are one sign.
_ARROW = regex.compile(r"[⟶⟹⇨➜➝➞⮕🔜👉⏩⏭]\uFE0F?|[➡▶]\uFE0F|➡|[-=]{1,2}>")
_SOFT_RUN = regex.compile(rf"{SOFT}+")
_SELECTORS = regex.compile(r"[\uFE00-\uFE0F\u20E3]+")
_GENDER_MARK = regex.compile(
    r"\(\s*(?:[mwfdhvxig]\s*[/|,.:*]\s*){1,3}[mwfdhvxign*]\s*\)|\(\s*(?:gn|all genders|m|f|w|v|h)\s*\)"
    r"|(?<![\p{L}\p{N}/])(?:m/[wfvx](?:/[dxigv*])?|[wfv]/m(?:/[dxi*])?|h/f(?:/x)?|f/h(?:/x)?)(?![\p{L}\p{N}/])",
    regex.IGNORECASE,
)
_INCLUSIVE = regex.compile(
    r"(?<=\p{L}{3})(?:[*:_]|/-?|\()(?:innen|in|e|ne|rice|trice|euse|ère|ière|sse|ster|ve|se|le)s?\)?(?!\p{L})"
    r"|(?<=\p{L}{3})[·.](?:e|rice|trice|euse|ère|ne|ve|le)(?:[·.]?s)?(?![\p{L}\p{N}])",
    regex.IGNORECASE,
)
#: `&amp;`, `&#39;` from a page or an export that was encoded once too often.
_ENTITY = regex.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d{0,2});", regex.IGNORECASE)
#: What one round takes away may bring signs together that the next one folds.
_ROUNDS = 5
#: Strokes over letters.
_STRUCK = regex.compile(r"[\u0335-\u0338]")
_MANY_STRUCK = 3
_OVERRIDES = frozenset("\u202d\u202e")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and what had to be done to it (`unicode`, `emoji`, `gender`, `override`); `struck` where
    letters are struck through."""

    text: str
    changes: frozenset[str]


def clean(raw: str) -> Cleaned:
    """The text as it reads, in NFKC; cleaning twice changes nothing more."""
    text, changes = raw[:LONGEST], frozenset[str]()
    for _ in range(_ROUNDS):
        once = _clean_once(text)
        changes |= once.changes
        if once.text == text:
            break
        text = once.text
    return Cleaned(text, changes)


def _clean_once(raw: str) -> Cleaned:
    changes = set()
    text = unicodedata.normalize("NFC", _ENTITY.sub(lambda match: html.unescape(match.group()), raw))
    text = _ARROW.sub("→", text)
    if _OVERRIDES.intersection(text):
        changes.add("override")
    if len(_STRUCK.findall(text)) >= _MANY_STRUCK:
        changes.add("struck")
    folded = text.translate(_MARKS).translate(_QUOTES).translate(_style_letters())
    if folded != text.translate(_QUOTES):
        changes.add("unicode")
    text, inclusive = _INCLUSIVE.subn("", folded)
    text, marks = _GENDER_MARK.subn(" ", text.translate(_BARS))
    if marks or inclusive:
        changes.add("gender")
    text, emoji = _EMOJI.subn(SOFT, text)
    if emoji and SOFT not in raw:
        changes.add("emoji")
    visible = _SOFT_RUN.sub(SOFT, _visible(unicodedata.normalize("NFKC", _SELECTORS.sub("", text))))
    if _plain_words(visible) != _plain_words(_SELECTORS.sub("", text)):
        changes.add("unicode")
    return Cleaned(_tidy(visible), frozenset(changes))


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Case-folded, without accents: the key by which words are compared."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")
    return plain.translate(_LETTERS)


@lru_cache(maxsize=20_000)
def fold_german(word: str) -> str:
    """Like `fold`, with ä, ö, ü, å and ø written out (Müller = Mueller)."""
    return fold(unicodedata.normalize("NFC", word).casefold().translate(_WRITTEN_OUT))


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"})
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@cache
def _style_letters() -> dict[int, str]:
    """Letters that NFKC leaves alone: small capitals, negative circled and squared letters, Ⓜ."""
    letters = dict(_SMALL_CAPITALS)
    for first in (0x1F150, 0x1F170):
        letters.update({first + offset: chr(ord("A") + offset) for offset in range(26)})
    letters[ord("Ⓜ")] = "M"
    return letters


def _plain_words(text: str) -> list[str]:
    return text.replace(SOFT, " ").split(" ")


def _visible(text: str) -> str:
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    if sign in "\n\r\u2028\u2029\x85":
        return "\n"
    category = unicodedata.category(sign)
    if category == "Cc" or category == "Zs":
        return " "
    if category == "Cs":
        return SOFT
    return "" if category in ("Cf", "Cn") else sign


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def without_gender_marks(title: str) -> str:
    """A title as a person would write it: `Ingenieur (m/w/d)` becomes `Ingenieur`."""
    return " ".join(_GENDER_MARK.sub(" ", title).split())
