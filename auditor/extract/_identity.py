"""Whose page it is, by the page's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditor.domain.address import comparable_slug, page_link, profile_slug
from auditor.domain.profile import PageLink
from auditor.extract._document import Document, attribute

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})")
_SAVED_FROM_WITHIN = 4096
_LONGEST_DATA = 2_000_000
_ORGANISATION_URN = re.compile(r"urn:li:organization:(\d+)")
_MEMBER_ID = re.compile(r"aco?[rw]?aa[\w-]{8,}")
_ADDRESS_METAS = 'meta[property="og:url"], meta[name="og:url"], meta[property^="al:"][property$=":url"]'


def stated_slug(page: Document) -> str | None:
    """The comparable profile slug that the page gives as its own, or None."""
    for address in (canonical(page), *_meta_addresses(page), *_linked_data_addresses(page)):
        slug = slug_of(address)
        if slug:
            return slug
    return None


def saved_slug(text: str) -> str | None:
    """The slug in the comment a browser puts on top of a saved page, or None."""
    found = _SAVED_FROM.search(text[:_SAVED_FROM_WITHIN])
    return slug_of(found.group(1)) if found else None


def canonical(page: Document) -> str:
    """The page's canonical address, or nothing."""
    return attribute(page.first('link[rel="canonical"]'), "href")


def organisation(page: Document) -> PageLink | None:
    """The organisation whose page this is, by its canonical address or og:url."""
    for address in (canonical(page), *_meta_addresses(page)):
        link = page_link(address, page.own_host)
        if link:
            return link
    return None


def organisation_id(page: Document) -> str:
    """The numeric id of the organisation whose page this is, or nothing."""
    for name in ("data-semaphore-content-urn", "data-entity-id"):
        found = _ORGANISATION_URN.search(attribute(page.first(f"[{name}*=organization]"), name))
        if found:
            return found.group(1)
    return ""


def slug_of(address: str) -> str | None:
    """The comparable slug of a profile address, also where it is wrapped in a sign-in address.

    None for an opaque member id, which cannot be compared with a slug.
    """
    try:
        query = parse_qs(urlsplit(address).query)
        wrapped = query.get("sessionRedirect") or query.get("session_redirect")
        slug = profile_slug(address) or (profile_slug(wrapped[0]) if wrapped else None)
    except ValueError:
        return None
    # a second time: some tools escape an address that was escaped already
    slug = comparable_slug(slug).strip() if slug else None
    return None if not slug or _MEMBER_ID.fullmatch(slug) else slug


def _meta_addresses(page: Document) -> Iterator[str]:
    meta = page.first(_ADDRESS_METAS)
    if meta is not None:
        yield attribute(meta, "content")


def _linked_data_addresses(page: Document) -> Iterator[str]:
    """Addresses of the one Person that linked data describes; authors of articles do not count."""
    found = {}
    for script in page.tree.css('script[type="application/ld+json"]')[:20]:
        for node in _graph(script.text()):
            if _is_person(node):
                found.update({address: slug_of(address) for address in _addresses(node)})
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
