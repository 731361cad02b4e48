"""Opens an Office package without trusting it: sizes are checked before anything is unpacked."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from auditor.files.archives import BadArchive, PartsArchive

LARGEST_PART = 1_500_000_000
LARGEST_RATIO = 250
_CHUNK = 1 << 20
_MOST_PARTS = 20_000


class Package(PartsArchive):
    """A zip of XML parts. Raises BadArchive for a damaged one, ArchiveTooLarge."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body, LARGEST_PART, LARGEST_RATIO, _MOST_PARTS)

    def mentions(self, name: str, words: tuple[bytes, ...]) -> bool:
        """True where one of the words (16 bytes at most) stands in a part."""
        tail = b""
        with self.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                if any(word in tail + chunk for word in words):
                    return True
                tail = chunk[-16:]
        return False

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements of these local names, one by one; each is emptied once it was used."""
        wanted = tuple("{*}" + tag for tag in tags)
        with self.open(name) as stream:
            try:
                walk = etree.iterparse(
                    stream,
                    tag=wanted,
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                )
                for _, element in walk:
                    yield element
                    element.clear(keep_tail=False)
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            except etree.XMLSyntaxError as trouble:
                raise BadArchive(f"part {name} is damaged") from trouble

    def links_of(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to (kind, target); inner targets as names of parts."""
        folder, base = posixpath.split(name.lstrip("/"))
        relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        found = {}
        if not self.has(relations):
            return {}
        for element in self.elements(relations, "Relationship"):
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[element.get("Id", "")] = (kind, target)
        return found


def local_name(element: Any) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its local name, whatever its namespace; empty where there is none."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(text) for key, text in element.items() if str(key).endswith("}" + name)), "")


def whole_number(text: str | None) -> int:
    """A number of up to nine digits as an attribute gives it; 0 where there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
