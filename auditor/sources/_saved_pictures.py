"""The bytes of a saved page's banner: next to the page, in its folder, or inside the file."""

from __future__ import annotations

import base64
import binascii
import html
import os
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from PIL import Image

from auditor.files.reading import MEGABYTE, try_to_read
from auditor.model.capture import Artifact, ArtifactKind

PICTURE_LIMIT = 15 * MEGABYTE
#: pixels; pages show a tiny picture in place of a banner that has not been loaded
_NARROWEST_BANNER = 200
_SAVED_FOLDERS = (
    "_files", " files", ".files", "-Dateien", "_bestanden", "_fichiers", "_archivos", "_file", "_filer",
    "-filer", "_ficheiros", "_arquivos", "_pliki", "_tiedostot", "_soubory",
)  # fmt: skip


def companion_folders(page: Path) -> list[Path]:
    """The folders of pictures that a browser put beside a saved page."""
    wanted = (page.with_name(f"{page.stem}{suffix}") for suffix in _SAVED_FOLDERS)
    # os.path: a name that grows too long for the file system is no folder, and no error
    return [folder for folder in wanted if os.path.isdir(folder) and not os.path.islink(folder)]  # noqa: PTH112, PTH114


def picture_artifact(body: bytes, address: str, media_type: str = "") -> Artifact:
    """A banner's bytes as an artifact; too large or empty ones stay behind, with the reason."""
    if len(body) > PICTURE_LIMIT:
        return missing_picture(address, f"the picture is larger than {PICTURE_LIMIT // MEGABYTE} MB")
    if not body:
        return missing_picture(address, "the picture is empty")
    return Artifact(ArtifactKind.BANNER, body, address, media_type)


def missing_picture(address: str, trouble: str) -> Artifact:
    """A banner that is known to exist and whose bytes are not here."""
    return Artifact(ArtifactKind.BANNER, b"", address, trouble=trouble)


def embedded_picture(reference: str) -> Artifact | None:
    """The picture that a `data:` reference holds itself; None for a placeholder or what is no picture.

    Its address is shortened to its type.
    """
    head, _, content = reference.partition(",")
    try:
        if head.lower().endswith(";base64"):
            body = base64.b64decode(unquote(content), validate=False)
        else:
            body = unquote_to_bytes(content)
        with Image.open(BytesIO(body)) as picture:
            if picture.width < _NARROWEST_BANNER:
                return None
    except (binascii.Error, ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        return None
    return picture_artifact(body, head.partition(";")[0].lower())


def picture_beside(page: Path) -> Callable[[str], Artifact]:
    """A finder of pictures that a page saved as a file refers to; it stays in the page's folder."""

    def find(reference: str) -> Artifact:
        if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", reference, re.IGNORECASE):
            return missing_picture(reference, "the page was saved without its pictures")
        for place in _places(page, reference):
            if os.path.isfile(place) and stays_in(place, page.parent):  # noqa: PTH113  as above
                return picture_at(place, reference)
        return missing_picture(reference, "the folder saved with the page does not hold the picture")

    return find


def picture_at(place: Path, address: str) -> Artifact:
    """The picture in a file, or why its bytes are not here."""
    found = try_to_read(place, PICTURE_LIMIT)
    if found.trouble:
        return missing_picture(address, str(found.trouble).replace("the file", "the picture"))
    return picture_artifact(found.body, address)


def _places(page: Path, reference: str) -> list[Path]:
    """Where the picture may be: as written, or in the folder with the page's present name."""
    plain = reference.split("?", 1)[0].split("#", 1)[0]
    written = [name for name in dict.fromkeys((plain, unquote(plain))) if name and "\0" not in name]
    last = [Path(name.replace("\\", "/")).name for name in written]
    folder = page.parent
    places = [folder / name for name in written]
    places += [folder / f"{page.stem}{suffix}" / name for suffix in _SAVED_FOLDERS for name in last if name]
    return places


def stays_in(place: Path, folder: Path) -> bool:
    """Whether the file is in the folder; False where its links cannot be followed."""
    try:
        return place.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


_COVER_LINK = re.compile(rb"/overlay/background-photo/?[^\"'<>]{0,500}[\"'][^<>]{0,5000}>")
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
    for tag in chain(filter(_is_cover, _image_tags(page)), _linked_image_tags(page)):
        found = (tag.get("src", ""), tag.get("data-delayed-url", ""))
        return tuple(dict.fromkeys(name for name in found if name))
    return ()


def _linked_image_tags(page: bytes) -> Iterator[dict[str, str]]:
    """The picture in the first link to a profile's cover: what pages of 2026 show to a signed-in viewer."""
    link = _COVER_LINK.search(page)
    end = page.find(b"</a", link.end(), link.end() + _LONGEST_EMBEDDED) if link else -1
    start = page.find(b"<img", link.end(), end) if link and end > 0 else -1
    if start >= 0:
        yield _attributes(page, start + 4)


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
