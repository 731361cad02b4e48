"""Links from a profile page to the pages of organisations."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from auditor.domain.address import page_link
from auditor.domain.observed import Absent, Observed, Present, Unseen
from auditor.domain.profile import PageLink
from auditor.extract._document import Document, attribute
from auditor.extract._shown_text import unescape_again


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
