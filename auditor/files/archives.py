"""ZIP archives, with every limit looked at before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from auditor.files.reading import MEGABYTE

ARCHIVE_LIMIT = 2_000 * MEGABYTE
DIRECTORY_LIMIT = 20 * MEGABYTE
ENTRY_LIMIT = 20 * MEGABYTE
MOST_ENTRIES = 50_000
#: text shrinks to a tenth, hardly ever to a hundredth
HIGHEST_RATIO = 200
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BadArchive(Exception):
    """The archive cannot or must not be unpacked; the text says why, in plain words."""


class ArchiveTooLarge(BadArchive):
    """The archive would unpack to more than anybody needs; nothing was unpacked."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One unpacked file."""

    name: str
    body: bytes
    written_at: datetime | None


def unpack(path: Path, choose: Callable[[Sequence[str]], Sequence[str]]) -> list[Unpacked]:
    """Unpack the files that `choose` picks of all names, into memory. Raises BadArchive."""
    with _opened(path, ARCHIVE_LIMIT) as archive:
        return _unpack(archive, choose)


def check_archive(path: Path | bytes, limit: int) -> None:
    """Raises BadArchive for what must not be handed to a reader of ZIP-based documents, whose parts may be
    named from the root."""
    with _opened(path, limit, rooted=True) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > 10 * limit:
            raise BadArchive("the file unpacks to too much")


class PartsArchive:
    """An archive of the parts of one document, read part by part; names without regard to case.

    Only the parts that are opened have to pass the limits, of which a document's are wide. Raises BadArchive.
    """

    def __init__(self, body: bytes, largest: int, highest_ratio: int, most: int) -> None:
        self._largest, self._highest_ratio = largest, highest_ratio
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as trouble:
            raise BadArchive("the zip container is damaged") from trouble
        entries = self._archive.infolist()
        if len(entries) > most:
            raise ArchiveTooLarge(f"{len(entries)} parts")
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def has(self, name: str) -> bool:
        """True where the archive holds this part."""
        return name.lstrip("/").lower() in self._entries

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part to read as a stream; its declared size and ratio are checked first."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            raise BadArchive(f"part {name} is missing")
        if entry.file_size > self._largest or (
            entry.file_size > 10 * MEGABYTE
            and entry.file_size > self._highest_ratio * max(entry.compress_size, 1)
        ):
            raise ArchiveTooLarge(f"{entry.file_size // MEGABYTE} MB from {entry.compress_size // 1_000} kB")
        if entry.flag_bits & 1:
            raise BadArchive("a part is encrypted")
        try:
            with self._archive.open(entry) as stream:
                yield stream
        except _DAMAGE as trouble:
            raise BadArchive(f"part {name} is damaged") from trouble


@contextmanager
def _opened(path: Path | bytes, limit: int, *, rooted: bool = False) -> Iterator[zipfile.ZipFile]:
    """An archive whose list of contents has passed the limits; all its troubles as BadArchive."""
    try:
        if isinstance(path, Path) and not path.is_file():
            raise BadArchive("it is not a file")
        with path.open("rb") if isinstance(path, Path) else io.BytesIO(path) as file:
            _check_directory(file, limit)
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                if len(entries) > MOST_ENTRIES:
                    raise BadArchive(f"the archive holds more than {MOST_ENTRIES} files")
                for entry in entries:
                    _check_entry(entry, rooted=rooted)
                yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as trouble:
        raise BadArchive("the archive is damaged or cut off") from trouble
    except OSError as trouble:
        raise BadArchive(f"the archive cannot be read: {trouble.strerror or 'a broken file'}") from trouble
    except (ValueError, RuntimeError, LookupError) as trouble:
        raise BadArchive("the archive is damaged or of an unknown kind") from trouble


def _unpack(archive: zipfile.ZipFile, choose: Callable[[Sequence[str]], Sequence[str]]) -> list[Unpacked]:
    entries = archive.infolist()
    wanted = set(choose([entry.filename for entry in entries if not entry.is_dir()]))
    chosen = [entry for entry in entries if entry.filename in wanted]
    if len(chosen) > len(wanted):
        raise BadArchive("the archive holds two files of the same name")
    return [Unpacked(entry.filename, _body(archive, entry), _written_at(entry)) for entry in chosen]


def _check_directory(file: BinaryIO, limit: int) -> None:
    """Look at the size of the list of contents before it is loaded."""
    size = file.seek(0, 2)
    if size > limit:
        raise BadArchive(f"the archive is larger than {limit // MEGABYTE} MB")
    start = max(0, size - 66_000)
    file.seek(start)
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise BadArchive("it is not a ZIP archive, or it is cut off")
    length = _END.unpack_from(tail, at)[5]
    locator_at = at - _LOCATOR.size
    if locator_at >= 0 and tail.startswith(b"PK\x06\x07", locator_at):
        file.seek(min(_LOCATOR.unpack_from(tail, locator_at)[2], size))
        record = file.read(_END_64.size)
        length = _END_64.unpack(record)[8] if len(record) == _END_64.size else size
    if length > DIRECTORY_LIMIT:
        raise BadArchive("the archive's list of contents is too long")
    file.seek(0)


def _check_entry(entry: zipfile.ZipInfo, *, rooted: bool) -> None:
    name = entry.filename.replace("\\", "/")
    if rooted:
        name = name.removeprefix("/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        raise BadArchive("the archive holds a path that leads out of it")
    if entry.file_size > MEGABYTE and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise BadArchive(f"the archive holds a file that unpacks to more than {HIGHEST_RATIO} times its size")


def _body(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    name = PurePosixPath(entry.filename).name
    if entry.flag_bits & 1:
        raise BadArchive("the archive is locked with a password")
    if entry.compress_type not in _PLAIN_METHODS:
        raise BadArchive("the archive is packed in a way that is not read")
    if entry.file_size > ENTRY_LIMIT:
        raise BadArchive(f"{name} is larger than {ENTRY_LIMIT // MEGABYTE} MB")
    with archive.open(entry) as file:
        body = file.read(ENTRY_LIMIT + 1)
    if len(body) > ENTRY_LIMIT:
        raise BadArchive(f"{name} is larger than {ENTRY_LIMIT // MEGABYTE} MB")
    return body


def _written_at(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        written = datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return written if written.year >= 2003 else None
