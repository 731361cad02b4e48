"""Everything that a firm's folder holds after a run, as text to search: also inside office files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_PACKED = (".xlsx", ".docx", ".zip")


def texts_below(*folders: Path) -> Iterator[tuple[str, str]]:
    """(where, lower-case text) of every file, members of packed files apart. Bytes that are no text stay
    recognisable as Latin letters, so that a database file or a picture can be searched too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield from _texts(path)


def places_of(text: str, *folders: Path) -> list[str]:
    """Where a text stands below these folders, in any of the usual encodings."""
    wanted = text.casefold()
    return [where for where, content in texts_below(*folders) if wanted in content]


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    yield f"name of {path.name}", path.name.casefold()
    if path.suffix in _PACKED and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield f"{path.name}:{name}", _text(packed.read(name))
    else:
        yield path.name, _text(path.read_bytes())


def _text(body: bytes) -> str:
    readings = (body.decode("utf-8", "ignore"), body.decode("latin-1"), body.decode("utf-16-le", "ignore"))
    escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), readings[0])
    return "\n".join((*readings, escaped)).casefold()
