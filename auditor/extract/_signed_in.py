"""What the three generations of signed-in profile pages have in common: periods, employers, owner links.

Nothing here depends on a language: such a page is written in the language of whoever was signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborNode

from auditor.extract._document import (
    Document,
    ancestors,
    attribute,
    classes,
    is_damaged,
    is_masked,
    readable,
    shown_text,
    unescape_again,
)
from auditor.extract._period import Period
from auditor.model.address import is_linkedin, page_link
from auditor.model.capture import Capture
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import Banner, CompanyShown, PageLink, Position

#: more rows than any list shows
MOST_ROWS = 1000
#: texts of the page that are no part of what it shows, or that are about other people
_ASIDE = frozenset({"aside", "code", "noscript", "template"})
NO_LINK = Unseen("the top card names the employer on a button, without a link")
NO_EMPLOYER = Unseen("the top card names no current employer, which proves nothing")


@dataclass(frozen=True, slots=True)
class Experience:
    """The roles in the file. `whole` is False where the list is cut or a row of it could not be read;
    `saved_until` is the last day on which the page can have been saved, None where it does not tell."""

    positions: Observed[tuple[Position, ...]]
    whole: bool = True
    saved_until: date | None = None

    @property
    def employers(self) -> frozenset[str]:
        """The names of the employers in the list."""
        rows = self.positions.value if isinstance(self.positions, Present) else ()
        return frozenset(row.company_name for row in rows if row.company_name)


@dataclass(frozen=True, slots=True)
class Generation:
    """How one generation of the site shows a profile to somebody who is signed in.

    `cards` gives the top cards of a page; `owner_links` selects the links in a card that surely lead to
    its owner's own pages; `is_own` tells whether the viewer is the owner, None where it cannot be told.
    """

    name: str
    cards: Callable[[Document], list[LexborNode]]
    owner_links: str
    is_own: Callable[[LexborNode], bool | None]
    read_name: Callable[[Document, LexborNode], Observed[str]]
    read_headline: Callable[[Document, LexborNode], Observed[str]]
    read_company: Callable[[LexborNode, Experience], Observed[CompanyShown]]
    read_banner: Callable[[Document, LexborNode, Capture], Observed[Banner]]
    read_experience: Callable[[Document, LexborNode, date], Experience]


def stands_apart(node: LexborNode) -> bool:
    """True for what stands beside the profile or in embedded data."""
    return node.tag in _ASIDE or any(around.tag in _ASIDE for around in ancestors(node))


def outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in none of the others."""
    found = list(nodes)
    ids = {node.mem_id for node in found}
    return [node for node in found if not any(around.mem_id in ids for around in ancestors(node))]


def only_text(nodes: Iterable[LexborNode], what: str) -> Observed[str]:
    """The text that all these elements show; unseen where they differ or there is none."""
    texts = {text for node in islice(nodes, 20) if (text := visible_text(node))}
    if len(texts) != 1:
        return Unseen(f"the page shows {'several texts' if texts else 'nothing'} where the {what} stands")
    return readable(texts.pop(), what)


def shown_company(name: str) -> Observed[CompanyShown]:
    """The top card's employer, which never has a link; unseen where its name cannot be read."""
    if is_masked(name) or is_damaged(name):
        return NO_EMPLOYER
    return Present(CompanyShown(name, NO_LINK))


def visible_text(node: LexborNode | None) -> str:
    """The text as it is seen, without what is repeated in other words for screen readers."""
    if node is None:
        return ""
    if node.css_first(".visually-hidden") is None:
        return "" if "visually-hidden" in classes(node) else shown_text(node)
    return shown_text(node.css_first('[aria-hidden="true"]'))


def employer_name(text: str, proofs: Iterable[str]) -> str:
    """The employer in `Employer · kind of contract`.

    `proofs` are texts that hold the bare name (the logo's description, the words of a search link): the
    longest beginning that one of them holds is the name. Else the kind is what follows the last dot.
    """
    parts = text.split(" · ")
    known = list(proofs)
    for count in range(len(parts), 0, -1):
        name = " · ".join(parts[:count])
        if any(name in proof for proof in known):
            return name
    return " · ".join(parts[:-1]) or text


def employer_page(page: Document, links: Iterable[LexborNode]) -> Observed[PageLink]:
    """The organisation's page that a row's links lead to.

    Absent where they lead to a search for the name: so the site links an employer without a page. Unseen
    where two links differ or none tells.
    """
    addresses = [unescape_again(attribute(link, "href")) for link in links]
    pages = {found for address in addresses if (found := page_link(address, page.own_host))}
    if len(pages) > 1:
        return Unseen("the row links to two organisations")
    if pages:
        return Present(pages.pop())
    return Absent() if any(map(searched_name, addresses)) else Unseen("the row shows no link to an employer")


def searched_name(address: str) -> str:
    """The words of a link to the site's own search (`*` where it names none), nothing for other links."""
    try:
        parts = urlsplit(address)
        home = is_linkedin(parts.hostname or "") if parts.netloc else not parts.scheme
        words = parse_qs(parts.query, max_num_fields=20).get("keywords", ["*"])
    except ValueError:
        return ""
    searches = parts.path.split("/")[1:3] == ["search", "results"]
    return words[0] if home and searches else ""


def agreed(pages: Iterable[Observed[PageLink]]) -> Observed[PageLink]:
    """What a role's links and those of its group say together."""
    found = list(pages)
    seen = {one for one in found if isinstance(one, Present)}
    if len(seen) > 1:
        return Unseen("the row links to two organisations")
    return seen.pop() if seen else next((one for one in found if isinstance(one, Absent)), found[0])


def described(node: LexborNode) -> Iterator[str]:
    """The descriptions of a row's logo, and the words of its search links."""
    for picture in node.css("img[alt], svg[aria-label], figure[aria-label]")[:20]:
        yield attribute(picture, "alt") or attribute(picture, "aria-label")
    for link in node.css("a[href]")[:20]:
        yield searched_name(unescape_again(attribute(link, "href")))


@dataclass(frozen=True, slots=True)
class Role:
    """A row of the list with its period."""

    position: Position
    period: Period


def role_of(title: str, company: str, company_page: Observed[PageLink], period: Period) -> Role:
    """A role; what is masked or damaged in it counts as not seen."""
    hidden = is_masked(company) or is_damaged(company)
    position = Position(
        title=readable(title, "title"),
        company_name="" if hidden else company,
        company_page=company_page,
        current=period.current,
        started=period.started,
        ended=period.ended,
    )
    return Role(position, period)


def experience_of(roles: list[Role], *, whole: bool) -> Experience:
    """The list; a list without rows proves nothing."""
    if not roles:
        return Experience(Unseen("no row of the experience section could be read"), whole=False)
    months = [one.period.saved_until for one in roles if one.period.saved_until is not None]
    after = min(months) + 1 if months else None
    until = date(after // 12, after % 12 + 1, 1) - timedelta(days=1) if after else None
    return Experience(Present(tuple(one.position for one in roles)), whole, until)
