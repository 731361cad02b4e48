"""An optional password on the workbooks, by the file format's own encryption (AES)."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from auditor.errors import ReportError, UsageError
from auditor.files.writing import temporary_neighbour
from auditor.model.policy import Policy

_LOCKED = ".xlsx"


def password_of(policy: Policy) -> str:
    """The password in the policy's environment variable; empty if none is configured.

    Raises UsageError where one is wanted and not there: a report is never written open by mistake.
    """
    name = policy.reports_password_env
    password = os.environ.get(name, "") if name else ""
    if name and not password:
        raise UsageError(
            f"reports.password_env names {name}, but that variable is not set.",
            "Set it for this account, or remove the setting from the policy.",
            code="PASSWORD_NOT_SET",
        )
    return password


def lock(paths: Iterable[Path], password: str) -> None:
    """Protect the workbooks among the files with the password. Raises ReportError."""
    for path in paths:
        if password and path.suffix == _LOCKED:
            _lock(path, password)


def unlocker_of(policy: Policy) -> Callable[[bytes], bytes] | None:
    """What takes the policy's password off a returned workbook; one that it does not fit stays locked."""
    name = policy.reports_password_env
    password = os.environ.get(name, "") if name else ""
    if not password:
        return None

    def unlock(body: bytes) -> bytes:
        try:
            return unlocked(body, password)
        except UsageError:
            return body

    return unlock


def unlocked(body: bytes, password: str) -> bytes:
    """The workbook inside an encrypted one; a plain one as it is. Raises UsageError for a wrong password."""
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(body))
        if not file.is_encrypted():
            return body
        opened = io.BytesIO()
        file.load_key(password=password)
        file.decrypt(opened)
        return opened.getvalue()
    except (DecryptionError, InvalidKeyError):
        raise UsageError("The password does not open this workbook.", code="PASSWORD_WRONG") from None
    except FileFormatError:
        return body


def _lock(path: Path, password: str) -> None:
    try:
        with temporary_neighbour(path) as aside:
            with path.open("rb") as plain, aside.open("wb") as locked:
                OOXMLFile(plain).encrypt(password, locked)
            aside.replace(path)
    except BaseException as trouble:
        # rather no workbook than an open one
        path.unlink(missing_ok=True)
        if isinstance(trouble, Exception):
            raise ReportError(
                f"{path} could not be protected with the password: {trouble}", code="REPORT_NOT_PROTECTED"
            ) from None
        raise
