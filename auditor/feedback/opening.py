"""Looks at a file before it is opened: only a whole, unlocked workbook without macros goes further."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from auditor.files.archives import BadArchive, check_archive
from auditor.files.locks import is_open
from auditor.files.reading import MEGABYTE, FileTooLarge, NoPlainFile, read_file

LARGEST_FILE = 80 * MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "spreadsheetml.sheet.main+xml"
#: gives the workbook inside an encrypted file; the bytes as they are where it cannot
Unlock = Callable[[bytes], bytes]


class RefusedWorkbook(Exception):
    """The file cannot or must not be read; the text says why, in plain words."""


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook open for reading, and the fingerprint of its bytes."""

    book: Any
    sha256: str


def open_workbook(path: Path, unlock: Unlock | None = None) -> OpenedWorkbook:
    """Open a returned file for reading; `unlock` takes off a password that we put on ourselves.

    Raises RefusedWorkbook.
    """
    _look_at_name(path)
    body = _body(path, unlock)
    try:
        check_archive(body, LARGEST_FILE)
        _look_at_parts(body)
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    except RefusedWorkbook:
        raise
    except BadArchive as trouble:
        raise RefusedWorkbook(str(trouble)) from trouble
    except Exception as trouble:  # a damaged part can end in any of the reader's exceptions
        raise RefusedWorkbook("the workbook is damaged") from trouble
    return OpenedWorkbook(book, hashlib.sha256(body).hexdigest())


def _look_at_name(path: Path) -> None:
    if path.name.startswith(("~$", ".~lock.")):
        raise RefusedWorkbook("it is only the lock file of a workbook that is open")
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlam"):
        raise RefusedWorkbook("workbooks with macros are not read; save it as .xlsx")
    if path.suffix.lower() != ".xlsx":
        raise RefusedWorkbook("only .xlsx workbooks are read")
    if is_open(path):
        raise RefusedWorkbook(
            "it is open in a spreadsheet program (a lock file lies beside it); close it and read it again"
        )


def _body(path: Path, unlock: Unlock | None) -> bytes:
    try:
        body = read_file(path, LARGEST_FILE)
    except FileNotFoundError as trouble:
        raise RefusedWorkbook("there is no such file") from trouble
    except (IsADirectoryError, NoPlainFile) as trouble:
        raise RefusedWorkbook("it is not a file") from trouble
    except FileTooLarge as trouble:
        raise RefusedWorkbook(f"it is larger than {LARGEST_FILE // MEGABYTE} MB") from trouble
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or "a broken name"
        raise RefusedWorkbook(f"it cannot be read: {reason}") from trouble
    if body.startswith(_OLE) and unlock is not None:
        body = unlock(body)
    if body.startswith(_OLE):
        raise RefusedWorkbook("it is locked with a password, or in the format before .xlsx; save it without")
    return body


def _look_at_parts(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = {name.lower() for name in archive.namelist()}
        kinds = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in kinds or any(name.endswith("vbaproject.bin") for name in names):
        raise RefusedWorkbook("workbooks with macros are not read; save it as .xlsx")
    if _WORKBOOK not in kinds:
        raise RefusedWorkbook("it is no Excel workbook")
