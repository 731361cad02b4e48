"""Profile and organisation addresses in all the forms people paste them in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from auditor.model.accents import without_accents
from auditor.model.profile import PageLink, PageLinkKind

LINKEDIN = "linkedin.com"
NO_HOSTS: frozenset[str] = frozenset()
#: what people type where there is no address: letters and digits only, without accents
_FOR_NONE = """
x 0 na nil null nihil
geen nee neen nvt nietvantoepassing nietaanwezig nietbekend nietbeschikbaar heeftgeen heeftergeen onbekend
zonder leeg
none no notapplicable notavailable hasnone doesnothaveone doesnthaveone unknown without empty
aucun aucune non neant sans sansobjet so nonapplicable nondisponible indisponible nenapas inconnu inconnue
kein keine keiner keines keins nein ka keineangabe keineangaben hatkeins hatkeines nichtvorhanden
nichtbekannt nichtzutreffend entfallt unbekannt ohne leer
"""
_NO_ADDRESS = frozenset(_FOR_NONE.split())
_NO_PROFILE = re.compile(
    r"\b(geen|no|pas de|aucun|kein|keine|keinen|n'a pas de|zonder|without|sans|ohne)\s+"
    r"(linkedin|profiel|profile?|account|compte|konto)"
    r"|\b(niet op|not on|pas sur|nicht auf|nicht bei)\s+linkedin(?!\.)",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(
    r"(?:https?:/{1,2}|//)[^\s<>\"]+"
    r"|(?<![\w@.])(?:[\w-]+\.)*(?:linkedin\.com|lnkd\.in)(?:/[^\s<>\"]*)?"
    r"|(?<![\w/.])/?in/[^\s<>\"/]+/?"
    r"|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}/[^\s<>\"]*",
    re.IGNORECASE,
)
#: a profile's address that a space and a word follow: `/in/jan peeters` is not the page of `/in/jan`
_NAME_AT_THE_END = re.compile(r"/?\bin/[^/?#]*[^/?#.,;:)>\]'\"]$", re.IGNORECASE)
_WORD_BEHIND = re.compile(r" (?!https?:|www\.|(?:[\w-]+\.)+[a-z]{2,}/|/?in/)-?[\w&%]", re.IGNORECASE)
#: an address that begins with its host
_NO_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?/", re.IGNORECASE)
#: what may stand directly before an address in a cell: a bracket, a quotation mark, a label
_BEFORE = re.compile(r"[<>()\[\]{}\"'„“”‘’,;|*•·-]*(?:(?P<label>[^\W\d_][\w-]{0,40})[:=])?[<>()\[\]\"'„“”]*")
_OTHER_SCHEMES = frozenset(
    ["javascript", "vbscript", "data", "file", "ftp", "ftps", "sftp", "blob", "about", "view-source",
     "filesystem",
     "jar", "mailto", "tel", "intent", "ws", "wss", "chrome", "ms-word", "ldap", "gopher", "script"]
)  # fmt: skip
#: as the site's signed-in pages write it (`ACoAA...`); no slug has been seen that looks so
_MEMBER_ID = re.compile(r"AC[orw]AA[\w-]{8,}", re.IGNORECASE)


class AddressKind(StrEnum):
    """What a text given as a profile address turned out to be."""

    PROFILE = "profile"
    EMPTY = "empty"
    NO_PROFILE = "no_profile"
    AMBIGUOUS = "ambiguous"
    MEMBER_ID = "member_id"
    OLD_PUB = "old_pub"
    SHORT_LINK = "short_link"
    OWN_PROFILE_LINK = "own_profile_link"
    NOT_A_PROFILE = "not_a_profile"
    OTHER_SITE = "other_site"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ProfileAddress:
    """A text read as a profile address. `canonical` and `slug` are set for PROFILE only."""

    kind: AddressKind
    canonical: str | None = None

    @property
    def slug(self) -> str | None:
        """The name behind `/in/`, comparable."""
        return unquote(self.canonical.partition("/in/")[2].removesuffix("/")) if self.canonical else None


def read_profile_address(raw: str, hosts: frozenset[str] = NO_HOSTS) -> ProfileAddress:
    """Read what a roster gives as a profile address; never guesses and never searches.

    `hosts` are further `host[:port]` names, besides linkedin.com, whose `/in/<slug>` pages count.
    """
    text = visible(raw)
    word = "".join(sign for sign in without_accents(text.casefold()) if sign.isalnum())
    if not word or word in _NO_ADDRESS:
        return ProfileAddress(AddressKind.EMPTY)
    if _NO_PROFILE.search(text):
        return ProfileAddress(AddressKind.NO_PROFILE)
    matches = [match for match in _CANDIDATE.finditer(text) if _stands_alone(text[: match.start()])]
    if any(
        _NAME_AT_THE_END.search(match.group()) and _WORD_BEHIND.match(text, match.end()) for match in matches
    ):
        return ProfileAddress(AddressKind.TEXT)
    candidates = [match.group().strip("<>()[]\"',;") for match in matches]
    found = list(dict.fromkeys(_read_one(candidate, hosts) for candidate in candidates))
    if not found:
        return ProfileAddress(AddressKind.TEXT)
    profiles = [address for address in found if address.kind is AddressKind.PROFILE]
    if len(profiles) > 1:
        return ProfileAddress(AddressKind.AMBIGUOUS)
    return profiles[0] if profiles else found[0]


@lru_cache(maxsize=100_000)
def profile_slug(address: str, hosts: frozenset[str] | None = None) -> str | None:
    """The comparable slug of a profile's address, or None where it is none. Never raises.

    Only web addresses count (`http`, `https`, or a path of the site itself), without a user name
    before the host. With `hosts`, only LinkedIn and these `host[:port]` names count; without, any host.
    """
    parts = _web_address(address)
    if parts is None:
        return None
    if hosts is not None and parts.netloc and not _is_known(parts.netloc, parts.hostname or "", hosts):
        return None
    segments = _profile_path(parts.path)
    return comparable_slug(segments[1]) or None if segments[:1] == ["in"] and len(segments) > 1 else None


def with_scheme(address: str) -> str:
    """An address as people and vendors shorten it (`linkedin.com/in/x`), with its scheme."""
    address = address.strip()
    return f"https://{address}" if _NO_SCHEME.match(address) else address


def comparable_slug(slug: str) -> str:
    """Percent-decoded, composed (NFC), case-folded."""
    return unicodedata.normalize("NFC", unquote(slug)).casefold()


def page_link(address: str, own_host: str = "") -> PageLink | None:
    """The organisation's page an address leads to, or None where it leads elsewhere.

    Only linkedin.com and its country hosts count, and `own_host` (the `host[:port]` the page
    itself came from), so that a link to a look-alike is not taken for the company's page. Signs that nobody
    sees, copied along with an address, name no other page.
    """
    parts = _web_address(visible(address))
    if parts is None or not _leads_home(parts, own_host):
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    # the sales product names the same pages by their numbers
    if [segment.casefold() for segment in segments[:2]] == ["sales", "company"]:
        segments = segments[1:]
    if len(segments) < 2 or segments[0].casefold() not in set(PageLinkKind):
        return None
    # a slash that was encoded ends the slug too
    slug = visible(comparable_slug(segments[1])).partition("/")[0].strip()
    return PageLink(PageLinkKind(segments[0].casefold()), slug) if slug else None


def _leads_home(parts: SplitResult, own_host: str) -> bool:
    """True for a relative link and for one to LinkedIn or to the page's own host."""
    if not parts.netloc:
        return not parts.scheme
    return _is_known(parts.netloc, parts.hostname or "", frozenset({own_host.casefold()} - {""}))


def _web_address(address: str) -> SplitResult | None:
    """The parts of an http or relative address; None for every other scheme and for disguises.

    A browser reads a backslash as a slash, and what stands before an @ is no host: both are used
    to make an address look like another's.
    """
    try:
        parts = urlsplit(address.strip())
        parts.port  # noqa: B018  # a port that is no number raises here
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or "\\" in parts.netloc or "@" in parts.netloc:
        return None
    return parts if parts.netloc.isascii() and (parts.netloc or not parts.scheme) else None


def _is_known(netloc: str, host: str, hosts: frozenset[str]) -> bool:
    return is_linkedin(host) or netloc.casefold() in hosts


def _profile_path(path: str) -> list[str]:
    """The segments of a path without what LinkedIn itself puts before `/in/`."""
    segments = [segment for segment in path.split("/") if segment]
    while segments and segments[0].casefold() in ("mwlite", "public-profile", "profile"):
        segments = segments[1:]
    return [segments[0].casefold(), *segments[1:]] if segments else []


def is_linkedin(host: str) -> bool:
    """True for linkedin.com, www and country hosts; false for look-alikes."""
    host = host.lower().rstrip(".")
    return host == LINKEDIN or host.endswith("." + LINKEDIN)


def is_member_id(slug: str) -> bool:
    """True for an opaque member id in the place of a slug; it cannot be compared with one."""
    return _MEMBER_ID.fullmatch(slug) is not None


def visible(raw: str) -> str:
    """A text without the signs that nobody sees, and with single blanks."""
    kept = (sign for sign in raw if unicodedata.category(sign) not in ("Cf", "Cc", "Cs") or sign in "\t\n\r")
    return " ".join("".join(kept).split())


def _stands_alone(before: str) -> bool:
    """False where what stands directly before an address makes it part of another one."""
    found = _BEFORE.fullmatch(before.rpartition(" ")[2])
    return found is not None and (found["label"] or "").casefold() not in _OTHER_SCHEMES


def _read_one(candidate: str, hosts: frozenset[str]) -> ProfileAddress:
    if re.match(r"/?in/", candidate, re.IGNORECASE):
        candidate = "https://www.linkedin.com/" + candidate.lstrip("/")
    candidate = re.sub(r"^(https?):/+", r"\1://", candidate, flags=re.IGNORECASE)
    if candidate.startswith("//"):
        candidate = "https:" + candidate
    if not re.match(r"https?://", candidate, re.IGNORECASE):
        candidate = "https://" + candidate
    parts = _web_address(candidate)
    if parts is None:
        return ProfileAddress(AddressKind.OTHER_SITE)
    host, port = parts.hostname or "", parts.port
    if host == "lnkd.in":
        return ProfileAddress(AddressKind.SHORT_LINK)
    authority = host if port is None else f"{host}:{port}"
    if not is_linkedin(host) and authority not in hosts:
        return ProfileAddress(AddressKind.OTHER_SITE)
    wrapped = parse_qs(parts.query).get("sessionRedirect") or parse_qs(parts.query).get("session_redirect")
    if wrapped and "/in/" not in parts.path:
        return _read_one(wrapped[0], hosts)
    base = "https://www.linkedin.com" if is_linkedin(host) else f"{parts.scheme}://{authority}"
    return _read_path(_profile_path(parts.path), base)


def _read_path(segments: list[str], base: str) -> ProfileAddress:
    head = segments[0] if segments else ""
    if head == "pub":
        return ProfileAddress(AddressKind.OLD_PUB)
    if head in ("sales", "talent", "recruiter"):
        return ProfileAddress(AddressKind.MEMBER_ID)
    if head != "in" or len(segments) < 2:
        return ProfileAddress(AddressKind.NOT_A_PROFILE)
    typed = unquote(segments[1]).strip().rstrip(".,;:!?)>")
    slug = comparable_slug(typed)
    if not slug:
        return ProfileAddress(AddressKind.NOT_A_PROFILE)
    if slug == "me":
        return ProfileAddress(AddressKind.OWN_PROFILE_LINK)
    if is_member_id(typed):
        return ProfileAddress(AddressKind.MEMBER_ID)
    return ProfileAddress(AddressKind.PROFILE, f"{base}/in/{quote(slug)}/")
