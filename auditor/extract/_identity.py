"""Which organisation's page it is, by the page's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from auditor.extract._document import Document, attribute, unescape_again
from auditor.model.address import page_link
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import PageLink

_ORGANISATION_URN = re.compile(r"urn:li:organization:(\d+)")


_ADDRESS_METAS = 'meta[property="og:url"], meta[name="og:url"], meta[property^="al:"][property$=":url"]'


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


def _meta_addresses(page: Document) -> Iterator[str]:
    meta = page.first(_ADDRESS_METAS)
    if meta is not None:
        yield attribute(meta, "content")


def read_page_link(page: Document, links: Iterable[LexborNode | None]) -> Observed[PageLink]:
    """The first link that leads to an organisation's page.

    Absent where a whole page has no link at all: an employer without a page is plain text. Unseen
    where the links that are there lead elsewhere.
    """
    seen = [link for link in links if link is not None]
    for link in seen:
        target = page_link(unescape_again(attribute(link, "href")), page.own_host)
        if target:
            return Present(target)
    if seen:
        return Unseen("the link leads to no organisation's page")
    return Absent() if page.whole else Unseen("the page breaks off before its end")
