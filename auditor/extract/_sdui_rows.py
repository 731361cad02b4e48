"""The experience list of signed-in pages of the third generation, and the keys that name its parts."""

from __future__ import annotations

from datetime import date

from selectolax.lexbor import LexborNode

from auditor.extract._document import Document, ancestors, attribute, shown_text
from auditor.extract._period import NO_PERIOD, first_period
from auditor.extract._signed_in import (
    MOST_ROWS,
    Experience,
    Role,
    agreed,
    described,
    employer_name,
    employer_page,
    experience_of,
    outermost,
    role_of,
    stands_apart,
)
from auditor.identity.page_identity import slug_of
from auditor.model.address import comparable_slug, is_member_id
from auditor.model.observed import Absent, Present, Unseen

SCREEN = '[role="main"][data-sdui-screen="com.linkedin.sdui.flagshipnav.profile.Profile"]'
PREFIX = "com.linkedin.sdui.profile.card.ref"
TOP_CARD, _EXPERIENCE = "Topcard", "ExperienceTopLevelSection"
#: the links in a top card that surely lead to its owner's own pages
OWNER_LINKS = 'a[href*="/overlay/background-photo"], a[href*="/overlay/contact-info"]'
_ROW = '[componentkey^="entity-collection-item-"]'
_MORE = 'a[href*="/details/experience"], a[data-view-name^="experience-see-all"]'
_DESCRIPTION = "expandable-text-box"


def reference(key: str) -> str:
    """Whose card a component's key names: a slug, or a member id, which cannot be compared with one."""
    for end in (TOP_CARD, _EXPERIENCE):
        if key.startswith(PREFIX) and key.endswith(end):
            return key.removeprefix(PREFIX).removesuffix(end)
    return ""


def hosts_of(page: Document) -> frozenset[str]:
    """The host that the page came from, besides LinkedIn's own."""
    return frozenset({page.own_host} - {""})


def is_beside(node: LexborNode) -> bool:
    """True for what stands beside the profile, also where its key bears the owner's slug."""
    return stands_apart(node) or any(
        attribute(around, "componentkey").startswith("profileAside") for around in ancestors(node)
    )


def read_experience(page: Document, card: LexborNode, seen_on: date) -> Experience:
    """The rows of the owner's list, where it was loaded."""
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
    strays = [employer_page(page, [one]) for one in links if not _lies_in(one, known)]
    # an employer outside the rows is that of a row that was not recognised
    stray = any(isinstance(one, Present | Absent) for one in strays)
    whole = not cut and len(rows) == len(marked) and not stray
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
    slugs = {slug_of(attribute(link, "href"), hosts_of(page)) for link in card.css(OWNER_LINKS)}
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


def _lists(page: Document) -> list[LexborNode]:
    """The outermost element of each experience list; without a heading its card was not loaded."""
    key = f'[componentkey^="{PREFIX}"][componentkey$="{_EXPERIENCE}"]'
    found = page.tree.css(f"{SCREEN} {key}")[:MOST_ROWS]
    return outermost(one for one in found if one.css_first("h2") is not None and not is_beside(one))
