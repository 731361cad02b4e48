"""A page parsed once, and what is known of its end: a page that breaks off proves no absence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
