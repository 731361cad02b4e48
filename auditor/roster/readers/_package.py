"""Opens an Office package without trusting it: sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

LARGEST_PART = 1_500_000_000


LARGEST_RATIO = 250


_SMALL = 10_000_000


_CHUNK = 1 << 20


_MOST_PARTS = 20_000


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError)


class PackageTooLargeError(ValueError):
    """The package would unpack to more than a roster can need; nothing was unpacked."""


class NoWorkbookError(ValueError):
    """The package is damaged or holds something else than a workbook."""


class Package:
    """A zip of XML parts. Raises PackageTooLargeError, NoWorkbookError."""

    def __init__(self, body: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as trouble:
            raise NoWorkbookError("the zip container is damaged") from trouble
        entries = self._zip.infolist()
        if len(entries) > _MOST_PARTS:
            raise PackageTooLargeError(f"{len(entries)} parts")
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def has(self, name: str) -> bool:
        """True where the package holds this part."""
        return name.lstrip("/").lower() in self._entries

    def names(self) -> list[str]:
        """The parts' names, in lower case."""
        return list(self._entries)

    def open(self, name: str) -> IO[bytes]:
        """A part to read as a stream; its declared size and ratio are checked first."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            raise NoWorkbookError(f"part {name} is missing")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGEST_PART or (entry.file_size > _SMALL and ratio > LARGEST_RATIO):
            raise PackageTooLargeError(
                f"{entry.file_size // 1_000_000} MB from {entry.compress_size // 1_000} kB"
            )
        if entry.flag_bits & 1:
            raise NoWorkbookError("a part is encrypted")
        try:
            return self._zip.open(entry)
        except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as trouble:
            raise NoWorkbookError(f"part {name} is damaged") from trouble

    def mentions(self, name: str, words: tuple[bytes, ...]) -> bool:
        """True where one of the words (16 bytes at most) stands in a part."""
        tail = b""
        with self.open(name) as stream:
            try:
                while chunk := stream.read(_CHUNK):
                    if any(word in tail + chunk for word in words):
                        return True
                    tail = chunk[-16:]
            except _DAMAGE as trouble:
                raise NoWorkbookError(f"part {name} is damaged") from trouble
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
            except (etree.XMLSyntaxError, *_DAMAGE) as trouble:
                raise NoWorkbookError(f"part {name} is damaged") from trouble

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
