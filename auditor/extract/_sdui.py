"""Signed-in profile pages of the third generation (seen 2026): keys name the parts, classes mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from auditor.extract._cover import read_cover
from auditor.extract._document import Document, ancestors, attribute, readable, shown_text
from auditor.extract._sdui_rows import (
    OWNER_LINKS,
    PREFIX,
    SCREEN,
    TOP_CARD,
    hosts_of,
    is_beside,
    read_experience,
)
from auditor.extract._signed_in import (
    MOST_ROWS,
    NO_EMPLOYER,
    Experience,
    Generation,
    only_text,
    outermost,
    shown_company,
)
from auditor.identity.page_identity import slug_of
from auditor.model.capture import Capture
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, CompanyShown


def _cards(page: Document) -> list[LexborNode]:
    """The innermost element of each card, as a key stands on several that lie in one another."""
    key = f'[componentkey^="{PREFIX}"][componentkey$="{TOP_CARD}"]'
    found = page.tree.css(f"{SCREEN} {key}")[:MOST_ROWS]
    holding = [one for one in found if one.css_first("h2") is not None and not is_beside(one)]
    around = {outer.mem_id for one in holding for outer in ancestors(one)}
    return [one for one in holding if one.mem_id not in around]


def _is_own(card: LexborNode) -> bool | None:
    others = card.css_first('a[href*="screenContext=NON_SELF_PROFILE_VIEW"]')
    return False if others is not None else None


def _name_of(page: Document, card: LexborNode) -> LexborNode | None:
    """The card's only heading; of several the one in a link to the owner's page."""
    headings = card.css("h2")[:20]
    if len(headings) > 1:
        linked = [
            one for one in headings if any(_leads_to_profile(page, around) for around in ancestors(one, card))
        ]
        headings = linked
    return headings[0] if len(headings) == 1 else None


def _leads_to_profile(page: Document, node: LexborNode) -> bool:
    return node.tag == "a" and slug_of(attribute(node, "href"), hosts_of(page)) is not None


def _read_name(page: Document, card: LexborNode) -> Observed[str]:
    heading = _name_of(page, card)
    return only_text([heading] if heading is not None else [], "name")


def _read_headline(page: Document, card: LexborNode) -> Observed[str]:
    """The first paragraph behind the row of the name, unless it is the line of company and school."""
    heading = _name_of(page, card)
    texts = _behind_name(page, card, heading) if heading is not None else []
    if not texts:
        return Unseen("the page shows nothing where the headline stands")
    organisations = [shown_text(one) for one in card.css('div[role="button"]')[:40] if _accent(one)]
    lines = {*organisations, " · ".join(organisations)}
    # a headline may be the company's name: then that line follows
    if texts[0] in lines and not lines.intersection(texts[1:2]):
        return Unseen("the page does not show the headline")
    return readable(texts[0], "headline")


def _behind_name(page: Document, card: LexborNode, heading: LexborNode) -> list[str]:
    """The paragraphs behind the row that holds the name, the degree of connection and the like.

    That row is recognised by what follows it: the line of the place, with a link to the owner's pages.
    Without that line, by the only level on which a paragraph follows that is no degree (`· 2nd`).
    """
    levels = []
    for around in (heading, *ancestors(heading, card)):
        following = list(islice(_following(around), 20))
        paragraphs = [text for one in following if one.tag == "p" and (text := shown_text(one))]
        if not paragraphs:
            continue
        if any(_leads_to_profile(page, link) for one in following for link in one.css("a[href]")[:20]):
            return paragraphs
        if not any(shown_text(one).startswith("·") for one in following):
            levels.append(paragraphs)
    return levels[0] if len(levels) == 1 else []


def _following(node: LexborNode) -> Iterator[LexborNode]:
    after = node.next
    while after is not None:
        if not after.is_text_node:
            yield after
        after = after.next


def _accent(button: LexborNode) -> str:
    """`company` or `school` by the drawing behind the logo of one of the card's buttons."""
    for kind in ("company", "school"):
        if button.css_first(f'svg[id^="{kind}-accent"]') is not None:
            return kind
    return ""


def _read_company(card: LexborNode, _experience: Experience) -> Observed[CompanyShown]:
    buttons = [one for one in card.css('div[role="button"]')[:40] if _accent(one) == "company"]
    name = only_text(outermost(buttons), "current employer")
    return shown_company(name.value) if isinstance(name, Present) else NO_EMPLOYER


def _read_banner(page: Document, card: LexborNode, capture: Capture) -> Observed[Banner]:
    """Without a picture nothing is concluded: it is loaded late, and the drawn one is on every page."""
    return read_cover(page, card.css_first('a[href*="/overlay/background-photo"] img'), capture)


GENERATION = Generation(
    name="sdui",
    cards=_cards,
    owner_links=OWNER_LINKS,
    is_own=_is_own,
    read_name=_read_name,
    read_headline=_read_headline,
    read_company=_read_company,
    read_banner=_read_banner,
    read_experience=read_experience,
)
