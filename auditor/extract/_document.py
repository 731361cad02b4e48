"""A page parsed once, and what is known of its end: a page that breaks off proves no absence."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.model.address import page_link
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import PageLink

_TAIL = 4096
#: deeper than any real page; a longer way up is not followed
_MOST_ANCESTORS = 400


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. `address` is where it came from, "" where that is not known.

    `whole` is False where the page breaks off before its end; `open_nodes` are then the elements
    that were still open at the break, so that what they hold may be cut.
    """

    tree: LexborHTMLParser
    address: str
    whole: bool
    open_nodes: frozenset[int]

    @property
    def own_host(self) -> str:
        """The host (with port) that the page came from, or nothing."""
        try:
            return urlsplit(self.address).netloc
        except ValueError:
            return ""

    def first(self, selector: str) -> LexborNode | None:
        """The first element for a selector in the whole page."""
        return self.tree.css_first(selector)

    def finished(self, node: LexborNode) -> bool:
        """False where the page broke off inside this element."""
        return node.mem_id not in self.open_nodes

    def page_key(self) -> str:
        """The page's own name for its kind, in lower case; nothing where it gives none."""
        return self.meta("pageKey").casefold()

    def meta(self, name: str) -> str:
        """The content of a `<meta name>`, or nothing."""
        return attribute(self.first(f'meta[name="{name}"]'), "content").strip()


def parse(text: str, address: str) -> Document:
    """Parse a page's text. Raises nothing; whatever the parser makes of it is the page."""
    whole = "</html" in text[-_TAIL:].casefold()
    tree = LexborHTMLParser(text)
    return Document(tree, address, whole, frozenset() if whole else frozenset(_last_branch(tree)))


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute's value; nothing where node, attribute or value is missing."""
    return (node.attributes.get(name) or "") if node is not None else ""


def classes(node: LexborNode) -> frozenset[str]:
    """The single class names of an element."""
    return frozenset(attribute(node, "class").split())


def ancestors(node: LexborNode, upto: LexborNode | None = None) -> Iterator[LexborNode]:
    """The elements round a node, from the inside out, without `upto` and what lies round it."""
    around = node.parent
    for _ in range(_MOST_ANCESTORS):
        if around is None or (upto is not None and around.mem_id == upto.mem_id):
            return
        yield around
        around = around.parent


def _last_branch(tree: LexborHTMLParser) -> Iterator[int]:
    node = tree.root
    while node is not None:
        yield node.mem_id
        node = node.last_child


LARGEST_PAGE = 16_000_000
MOST_TAGS = 300_000
#: tags, closing tags and comments together
MOST_MARKS = 600_000
#: steps through open elements; a real page of 10 MB takes about 2 million
MOST_STEPS = 40_000_000
MOST_ATTRIBUTES = 4_000
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_LEAF = "path|circle|rect|line|polygon|polyline|ellipse|use|stop"
#: drawings are written as self-closed leaves, which do not nest: matched first and given no name
_TAG = re.compile(
    rf"<(?:{_LEAF})\b[^<>]*+(?<=/)>|<(?!(?:{_VOID})[\s/>])(/?[a-zA-Z][a-zA-Z0-9:-]*+)", re.IGNORECASE
)
_ATTRIBUTE = r"""[\s/]++[^\s/<>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/<>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")


def too_costly(text: str) -> str:
    """Why this text is not worth parsing, or nothing where it is."""
    if len(text) > LARGEST_PAGE:
        return "larger than any profile page"
    marks = text.count("<")
    if marks > MOST_MARKS:
        return "more markup than on any profile page"
    if _LONG_TAG.search(text):
        return "an element with thousands of attributes"
    # so few marks cannot make more steps however they are nested
    return _nesting_trouble(text) if marks * marks // 2 > MOST_STEPS else ""


def _nesting_trouble(text: str) -> str:
    names = _TAG.findall(text)
    if len(names) > MOST_TAGS:
        return "more elements than any profile page"
    open_elements: dict[str, int] = {}
    depth = steps = 0
    for name in names:
        if name.startswith("/"):
            still_open = open_elements.get(name[1:], 0)
            if still_open:
                open_elements[name[1:]] = still_open - 1
                depth -= 1
        elif name:
            open_elements[name] = open_elements.get(name, 0) + 1
            depth += 1
        steps += depth
    return "elements nested deeper than on any profile page" if steps > MOST_STEPS else ""


#: longer than any headline, title or name that can be typed, with the page's indentation
_LONGEST = 10_000
_MOST_NODES = 400
_BREAKS = frozenset({"br", "p", "div", "li", "button"})
_NOT_SHOWN = frozenset({"script", "style", "template", "code", "noscript"})
_STILL_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
#: why a text that `is_damaged` is not judged
DAMAGED = "holds signs that were damaged when the file was saved"
#: the replacement sign, control signs, and UTF-8 that was read as Windows-1252 or Latin-1
_DAMAGE = re.compile(
    "[\ufffd\u0080-\u009f]"
    "|[\u00c2-\u00c5\u00d0\u00d1][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00e2[\u0080\u20ac\u201e\u2026]|\u00f0\u0178"
)
_MASK_RUN = re.compile(r"\*{2,}")


def shown_text(node: LexborNode | None) -> str:
    """The text of an element, white space collapsed, escapes undone; "" where there is none."""
    if node is None:
        return ""
    pieces: list[str] = []
    for piece in islice(node.traverse(include_text=True), _MOST_NODES):
        if piece.is_text_node:
            pieces.append(_shown(piece))
        elif piece.tag in _BREAKS:
            pieces.append(" ")
    raw = "".join(pieces)
    return unescape_again(" ".join(raw.split())) if len(raw) <= _LONGEST else ""


def shows_text(node: LexborNode | None) -> bool:
    """True where an element shows any text near its beginning, however long it is."""
    pieces = islice(node.traverse(include_text=True), 5 * _MOST_NODES) if node is not None else ()
    return any(piece.is_text_node and _shown(piece)[:_LONGEST].strip() for piece in pieces)


def _shown(piece: LexborNode) -> str:
    hidden = piece.parent is not None and piece.parent.tag in _NOT_SHOWN
    return " " if hidden else piece.text_content or ""


def unescape_again(text: str) -> str:
    """Text that was escaped twice (`&amp;amp;`) still shows an entity after parsing."""
    return html.unescape(text) if _STILL_ESCAPED.search(text) else text


def is_masked(text: str) -> bool:
    """True where the site shows only asterisks in place of words, or nothing readable at all.

    Mask runs keep the word lengths; a literal `undefined` can stand among them. A single `*` in
    real text is no mask.
    """
    rest = re.sub(r"\bundefined\b", " ", text)
    if all(unicodedata.category(sign)[0] in "PZC" or sign == "|" for sign in rest):
        return True
    words = text.split()
    return 2 * sum(1 for word in words if _MASK_RUN.search(word)) > len(words)


def is_damaged(text: str) -> bool:
    """True where signs were lost or turned into others on the way (`J\ufffdrg`, `JÃ¶rg`, `donâ€™t`)."""
    return _DAMAGE.search(text) is not None


def is_blurred(node: LexborNode) -> bool:
    """True where the element itself is shown out of focus."""
    return "blur" in classes(node)


def read_text(page: Document, node: LexborNode, what: str) -> Observed[str]:
    """The element's text, or why it cannot be relied on. `what` names it, for the reason."""
    if not page.finished(node):
        return Unseen(f"the page breaks off inside the {what}")
    return readable(shown_text(node), what)


def readable(text: str, what: str) -> Observed[str]:
    """A text of a page, or why it cannot be relied on."""
    if is_masked(text) and not is_damaged(text):
        return Unseen(f"the {what} is masked or blank")
    return undamaged(text, what)


def undamaged(text: str, what: str) -> Observed[str]:
    """The text, unseen where signs were lost or turned into others on the way."""
    return Unseen(f"the {what} {DAMAGED}") if is_damaged(text) else Present(text)


_ORGANISATION_URN = re.compile(r"urn:li:organization:(\d+)")
_ADDRESS_METAS = 'meta[property="og:url"], meta[name="og:url"], meta[property^="al:"][property$=":url"]'


def canonical(page: Document) -> str:
    """The page's canonical address, or nothing."""
    return attribute(page.first('link[rel="canonical"]'), "href")


def organisation(page: Document) -> PageLink | None:
    """The organisation whose page this is, by its canonical address or og:url."""
    for address in (canonical(page), attribute(page.first(_ADDRESS_METAS), "content")):
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
