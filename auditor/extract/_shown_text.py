"""The text a visitor sees in an element, and whether it is only a mask."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import islice

from selectolax.lexbor import LexborNode

from auditor.domain.observed import Observed, Present, Unseen
from auditor.extract._document import Document

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
    return "blur" in (node.attributes.get("class") or "").split()


def read_text(page: Document, node: LexborNode, what: str) -> Observed[str]:
    """The element's text, or why it cannot be relied on. `what` names it, for the reason."""
    if not page.finished(node):
        return Unseen(f"the page breaks off inside the {what}")
    text = shown_text(node)
    if is_damaged(text):
        return Unseen(f"the {what} {DAMAGED}")
    return Unseen(f"the {what} is masked or blank") if is_masked(text) else Present(text)
