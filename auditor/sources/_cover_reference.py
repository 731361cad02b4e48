"""Which picture of a saved page is the banner: only that one may be loaded, never a portrait."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_MARKERS = re.compile(rb"cover-img__image|cover-image|profile-background-image")
_CLASSES = frozenset({"cover-img__image", "profile-background-image__image"})
_ATTRIBUTE = re.compile(
    rb"([\w:-]{1,64})(?:\s{0,20}=\s{0,20}(?:\"([^\"]{0,65536})\"|'([^']{0,65536})'|([^\s\"'<>]{1,8192})))?[\s/]{0,200}"
)
#: a picture that stands in the tag itself
_EMBEDDED = re.compile(rb"src\s{0,5}=\s{0,5}([\"'])data:", re.IGNORECASE)
_LONGEST_EMBEDDED = 21_000_000
_LONGEST_TAG = 128 * 1024
_MOST_MARKERS = 2_000


def cover_references(page: bytes) -> tuple[str, ...]:
    """The references of the page's banner picture as they stand in its tag, unescaped.

    Usually one (`src`, which holds the picture itself on a page saved as a single file); a second
    where the picture had not been swapped in yet. Empty: no banner tag.
    """
    for tag in _image_tags(page):
        if _is_cover(tag):
            found = (tag.get("src", ""), tag.get("data-delayed-url", ""))
            return tuple(dict.fromkeys(name for name in found if name))
    return ()


def _image_tags(page: bytes) -> Iterator[dict[str, str]]:
    last = -1
    for count, marker in enumerate(_MARKERS.finditer(page)):
        if count == _MOST_MARKERS:
            return
        start = page.rfind(b"<", max(0, marker.start() - _LONGEST_TAG), marker.start())
        if start > last and page[start : start + 4].lower() == b"<img":
            last = start
            yield _attributes(page, start + 4)


def _attributes(page: bytes, position: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while page[position : position + 1] in (b" ", b"\n", b"\t", b"\r", b"/"):
        position += 1
    while True:
        embedded = _EMBEDDED.match(page, position)
        end = page.find(embedded[1], embedded.end(), embedded.end() + _LONGEST_EMBEDDED) if embedded else -1
        if embedded and end > 0:
            attributes.setdefault("src", page[embedded.end() - 5 : end].decode("utf-8", "replace"))
            position = end + 1
            while page[position : position + 1].isspace():
                position += 1
        found = _ATTRIBUTE.match(page, position)
        if found is None:
            break
        name, double, single, bare = found.groups()
        value = (double or single or bare or b"").decode("utf-8", "replace")
        attributes.setdefault(name.decode("ascii").lower(), html.unescape(value))
        position = found.end()
        if len(attributes) > 100:
            break
    return attributes


def _is_cover(tag: dict[str, str]) -> bool:
    if tag.get("data-embed-id") == "cover-image" or "profile-background-image" in tag.get("id", ""):
        return True
    return not _CLASSES.isdisjoint(tag.get("class", "").split())
