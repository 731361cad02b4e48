"""Whose profile page it is, by the page's own words: the one reader for sources, `inspect` and runs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditor.model.address import comparable_slug, is_linkedin, is_member_id, profile_slug

_OPENING = re.compile(r"<(?:!--|(?P<raw>script|style|template|noscript)\b|(?:link|meta)\b)", re.IGNORECASE)
#: the addresses stand near the top; styles that a saver put into the page may push them down
_LOOKED_AT = 2_000_000
_LONGEST_TAG = 4_000
_MOST_TAGS = 20_000
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})", re.IGNORECASE)
_SAVED_DATE = re.compile(r"<!--\s*Page saved with SingleFile[^>]{0,2500}?saved date:\s*([^\n>]{1,100})")
_COMMENT_WITHIN = 8192
_LONGEST_DATA = 2_000_000


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """The address that a page gives as its own, and the comparable profile slug in it."""

    address: str
    slug: str


def page_identity(text: str, *origins: str) -> PageIdentity | None:
    """Whose profile page this is; None where it names no profile.

    What the page says of itself (canonical link, og:url, linked data) outranks the address in the
    saver's comment. Addresses on LinkedIn count, and on the hosts of `origins`: where the page came
    from or was asked for.
    """
    comment = saved_from(text)
    hosts = frozenset(filter(None, map(_host, (*origins, comment))))
    for address in (*_own_addresses(text, hosts), *origins[:1], comment):
        slug = slug_of(address, hosts)
        if slug:
            return PageIdentity(address, slug)
    return None


def saved_from(text: str) -> str:
    """The web address in the comment that browsers and savers put on top of a saved page, or nothing."""
    for comment in (_SAVED_FROM, _SINGLE_FILE):
        found = comment.search(text[:_COMMENT_WITHIN])
        # `about:internet` and `file:` tell how the file was opened, not where the page came from
        if found and found[1].lower().startswith(("http://", "https://")):
            return found[1]
    return ""


def saved_date(text: str) -> str:
    """The date that the saver wrote on top of the page, as it stands there, or nothing."""
    found = _SAVED_DATE.search(text[:_COMMENT_WITHIN])
    return found[1].strip() if found else ""


def slug_of(address: str, hosts: frozenset[str] | None = None) -> str | None:
    """The comparable slug of a profile address, also where it is wrapped in a sign-in address.

    None for an opaque member id, which cannot be compared with a slug. `hosts` as for `profile_slug`.
    """
    try:
        query = parse_qs(urlsplit(address).query)
    except ValueError:
        return None
    wrapped = query.get("sessionRedirect") or query.get("session_redirect")
    slug = profile_slug(address, hosts) or (profile_slug(wrapped[0], hosts) if wrapped else None)
    # a second time: some tools escape an address that was escaped already
    slug = comparable_slug(slug).strip() if slug else None
    return None if not slug or is_member_id(slug) else slug


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return "" if is_linkedin(parts.hostname or "") else parts.netloc.casefold()
    except ValueError:
        return ""


def _own_addresses(text: str, hosts: frozenset[str]) -> Iterator[str]:
    canonical, shown, described = [], [], []
    for opening, content in _pieces(text[:_LOOKED_AT]):
        tag = _attributes(opening)
        if tag.get("rel", "").lower() == "canonical":
            canonical.append(tag.get("href", ""))
        name = tag.get("property") or tag.get("name") or ""
        if name == "og:url" or (name.startswith("al:") and name.endswith(":url")):
            shown.append(tag.get("content", ""))
        if tag.get("type", "").lower() == "application/ld+json":
            described.append(content)
    yield from (*canonical[:1], *shown[:1], *_person_addresses(described[:20], hosts))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The tags that can name an address, with what stands in a script; comments and styles count as none."""
    here = 0
    for _ in range(_MOST_TAGS):
        found = _OPENING.search(text, here)
        if found is None:
            return
        if found.group() == "<!--":
            end = text.find("-->", found.end())
            here = end + 3
        else:
            close = text.find(">", found.end(), found.end() + _LONGEST_TAG)
            raw, end = found["raw"], close
            if raw:
                end = _end_of(raw, text, found.end())
            if close >= 0:
                yield text[found.start() : close + 1], text[close + 1 : end] if raw else ""
            here = max(close, end, found.end())
        if end < 0 and (found["raw"] or found.group() == "<!--"):
            return  # the page breaks off inside


def _end_of(name: str, text: str, start: int) -> int:
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return found.start() if found else -1


def _attributes(tag: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(tag)
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in pairs}


def _person_addresses(scripts: list[str], hosts: frozenset[str]) -> Iterator[str]:
    """Addresses of the one Person that linked data describes; authors of articles do not count."""
    found = {}
    for script in scripts:
        for node in _graph(script):
            if _is_person(node):
                found.update({address: slug_of(address, hosts) for address in _addresses(node)})
    if len({slug for slug in found.values() if slug}) == 1:
        yield from found


def _graph(text: str) -> list[Any]:
    try:
        content = json.loads(text) if len(text) <= _LONGEST_DATA else None
    except (ValueError, RecursionError):
        return []
    nodes = content.get("@graph", [content]) if isinstance(content, dict) else content
    return nodes if isinstance(nodes, list) else []


def _is_person(node: Any) -> bool:
    kind = node.get("@type") if isinstance(node, dict) else None
    return kind == "Person" or (isinstance(kind, list) and "Person" in kind)


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "sameAs"):
        value = node.get(key)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
