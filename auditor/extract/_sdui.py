"""Signed-in profile pages of the third generation (seen 2026): keys name the parts, classes mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborNode

from auditor.extract._cover import read_cover
from auditor.extract._document import Document, ancestors, attribute, readable, shown_text
from auditor.extract._signed_in import (
    MOST_ROWS,
    NO_EMPLOYER,
    NO_PERIOD,
    Experience,
    Generation,
    Role,
    agreed,
    described,
    employer_name,
    employer_page,
    experience_of,
    first_period,
    only_text,
    outermost,
    role_of,
    shown_company,
    stands_apart,
)
from auditor.identity.page_identity import slug_of
from auditor.model.address import comparable_slug, is_member_id
from auditor.model.capture import Capture
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import Banner, CompanyShown

_SCREEN = '[role="main"][data-sdui-screen="com.linkedin.sdui.flagshipnav.profile.Profile"]'
_PREFIX = "com.linkedin.sdui.profile.card.ref"
_TOP_CARD, _EXPERIENCE = "Topcard", "ExperienceTopLevelSection"
_ROW = '[componentkey^="entity-collection-item-"]'
_MORE = 'a[href*="/details/experience"], a[data-view-name^="experience-see-all"]'
_DESCRIPTION = "expandable-text-box"


def reference(key: str) -> str:
    """Whose card a component's key names: a slug, or a member id, which cannot be compared with one."""
    for end in (_TOP_CARD, _EXPERIENCE):
        if key.startswith(_PREFIX) and key.endswith(end):
            return key.removeprefix(_PREFIX).removesuffix(end)
    return ""


def _cards(page: Document) -> list[LexborNode]:
    """The innermost element of each card, as a key stands on several that lie in one another."""
    key = f'[componentkey^="{_PREFIX}"][componentkey$="{_TOP_CARD}"]'
    found = page.tree.css(f"{_SCREEN} {key}")[:MOST_ROWS]
    holding = [one for one in found if one.css_first("h2") is not None and not _is_beside(one)]
    around = {outer.mem_id for one in holding for outer in ancestors(one)}
    return [one for one in holding if one.mem_id not in around]


def _lists(page: Document) -> list[LexborNode]:
    """The outermost element of each experience list; without a heading its card was not loaded."""
    key = f'[componentkey^="{_PREFIX}"][componentkey$="{_EXPERIENCE}"]'
    found = page.tree.css(f"{_SCREEN} {key}")[:MOST_ROWS]
    return outermost(one for one in found if one.css_first("h2") is not None and not _is_beside(one))


def _is_beside(node: LexborNode) -> bool:
    return stands_apart(node) or any(
        attribute(around, "componentkey").startswith("profileAside") for around in ancestors(node)
    )


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
    return node.tag == "a" and slug_of(attribute(node, "href"), _hosts(page)) is not None


def _hosts(page: Document) -> frozenset[str]:
    return frozenset({page.own_host} - {""})


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


def _read_experience(page: Document, card: LexborNode, seen_on: date) -> Experience:
    components = _lists(page)
    if len(components) != 1:
        return Experience(Unseen("the experience was not loaded when the page was saved"))
    if not _is_same_owner(page, card, components[0]):
        return Experience(Unseen("the experience in the file is another person's"))
    if not page.finished(components[0]):
        return Experience(Unseen("the page breaks off inside the experience section"))
    marked = components[0].css(_ROW)[: MOST_ROWS + 1]
    rows = outermost(marked)
    if len(rows) > MOST_ROWS:
        return Experience(Unseen("the experience section has more rows than can be right"))
    found: list[Role] = []
    links = components[0].css("a[href]")[: 20 * MOST_ROWS]
    known = _ids(rows)
    cut = components[0].css_first(_MORE) is not None
    strays = [one for one in links if not _lies_in(one, known)]  # of a row that was not recognised
    whole = (
        not cut and len(rows) == len(marked) and not isinstance(employer_page(page, strays), Present | Absent)
    )
    for row in rows:
        read = _roles(page, row, seen_on)
        whole = whole and bool(read)
        found += read
    return experience_of(found, whole=whole)


def _is_same_owner(page: Document, card: LexborNode, component: LexborNode) -> bool:
    """False where the list's key names somebody else than the top card; its key may be either name."""
    ours, theirs = (reference(attribute(one, "componentkey")) for one in (card, component))
    if is_member_id(ours) == is_member_id(theirs):
        return comparable_slug(ours) == comparable_slug(theirs)
    if is_member_id(theirs):
        return True
    slugs = {slug_of(attribute(link, "href"), _hosts(page)) for link in card.css(GENERATION.owner_links)}
    return comparable_slug(theirs) in slugs


def _roles(page: Document, row: LexborNode, seen_on: date) -> list[Role]:
    """The roles of a row: one, or those of a group, each with dates of its own."""
    items = [one for one in outermost(row.css("ul > li")[:MOST_ROWS]) if not _is_description(one, row)]
    below = _ids(items)
    texts = _texts(row, below)
    period = first_period(texts, seen_on)
    links = employer_page(page, [one for one in row.css("a[href]") if not _lies_in(one, below)])
    proofs = tuple(described(row))
    roles = [
        (found, first_period(found, seen_on), item) for item in items if (found := _texts(item, frozenset()))
    ]
    if texts and roles and (period is None or any(when for _, when, _ in roles)):
        return [
            role_of(
                found[0],
                texts[0],
                agreed((links, employer_page(page, item.css("a[href]")[:20]))),
                when or NO_PERIOD,
            )
            for found, when, item in roles
        ]
    if not texts or (period is None and any(texts[0] in proof for proof in proofs)):
        return []  # the header of a group whose roles are not in the file
    before = next((i for i, text in enumerate(texts) if first_period([text], seen_on)), len(texts))
    company = employer_name(texts[1], proofs) if before > 1 else ""
    return [role_of(texts[0] if before else "", company, links, period or NO_PERIOD)]


def _texts(node: LexborNode, without: frozenset[int]) -> list[str]:
    """The paragraphs of the first link with any, else all; no descriptions and nothing of `without`."""
    own = [
        one
        for one in node.css("p")[:MOST_ROWS]
        if not _lies_in(one, without) and not _is_description(one, node) and shown_text(one)
    ]
    linked = [(one, around.mem_id) for one in own for around in ancestors(one, node) if around.tag == "a"]
    if linked:
        own = [one for one, link in linked if link == linked[0][1]]
    return [shown_text(one) for one in own]


def _ids(nodes: list[LexborNode]) -> frozenset[int]:
    return frozenset(node.mem_id for node in nodes)


def _lies_in(node: LexborNode, ids: frozenset[int]) -> bool:
    return bool(ids) and any(one.mem_id in ids for one in (node, *ancestors(node)))


def _is_description(node: LexborNode, row: LexborNode) -> bool:
    inside = node.css_first(f'[data-testid="{_DESCRIPTION}"]') is not None and node.tag == "p"
    return inside or any(attribute(one, "data-testid") == _DESCRIPTION for one in ancestors(node, row))


GENERATION = Generation(
    name="sdui",
    cards=_cards,
    owner_links='a[href*="/overlay/background-photo"], a[href*="/overlay/contact-info"]',
    is_own=_is_own,
    read_name=_read_name,
    read_headline=_read_headline,
    read_company=_read_company,
    read_banner=_read_banner,
    read_experience=_read_experience,
)
