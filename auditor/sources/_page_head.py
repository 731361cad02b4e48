"""A light look at the first bytes of a saved page: whose page does it say it is?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditor.domain.address import profile_slug

#: the addresses stand in the first kilobytes of every page seen; inlined styles may push them down
HEAD_LENGTH = 256 * 1024

_TAG = re.compile(rb"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})", re.IGNORECASE)
_LINKED_DATA = re.compile(rb"application/ld\+json[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """The address a page gives as its own, and the comparable profile slug in it."""

    address: str
    slug: str


def page_identity(head: bytes, origin: str = "") -> PageIdentity | None:
    """Whose profile page this is by its own words; None where it names no profile.

    What the page says of itself (canonical link, og:url, linked data) outranks the address it was
    saved from (`origin`, else the saver's comment).
    """
    for address in (*_own_addresses(head), origin or saved_from(head)):
        slug = slug_of(address)
        if slug:
            return PageIdentity(address, slug)
    return None


def saved_from(head: bytes) -> str:
    """The address in the comment that browsers and savers put on top of a saved page, or nothing."""
    for comment in (_SAVED_FROM, _SINGLE_FILE):
        found = comment.search(head[:8192])
        if found:
            return found.group(1).decode("utf-8", "replace")
    return ""


def slug_of(address: str) -> str | None:
    """The comparable slug of a profile address, also of one wrapped in a sign-in address."""
    try:
        query = parse_qs(urlsplit(address).query)
        wrapped = query.get("sessionRedirect") or query.get("session_redirect")
        return profile_slug(address) or (profile_slug(wrapped[0]) if wrapped else None)
    except ValueError:
        return None


def _own_addresses(head: bytes) -> Iterator[str]:
    tags = [_attributes(found) for found in _TAG.findall(head) if b"canonical" in found or b"og:url" in found]
    yield from (tag.get("href", "") for tag in tags if tag.get("rel", "").lower() == "canonical")
    yield from (tag.get("content", "") for tag in tags if "og:url" in (tag.get("property"), tag.get("name")))
    yield from _linked_data_addresses(head)


def _attributes(tag: bytes) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in pairs}


def _linked_data_addresses(head: bytes) -> Iterator[str]:
    opening = _LINKED_DATA.search(head)
    if opening is None:
        return
    closing = head.find(b"</script", opening.end())
    try:
        content = json.loads(head[opening.end() : closing]) if closing > 0 else None
    except (ValueError, RecursionError):
        return
    nodes: Any = content.get("@graph", [content]) if isinstance(content, dict) else content
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict) and node.get("@type") == "Person" and isinstance(node.get("url"), str):
            yield node["url"]
