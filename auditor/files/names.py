"""Employee numbers as names of files and folders."""

from __future__ import annotations

import re

from auditor.model.finding import fingerprint

#: numbers that are a file's name as they stand, on every system: no two differ only in case
_PLAIN = re.compile(r"(?=.{1,40}\Z)[A-Z0-9]+(-[A-Z0-9]+)*", re.ASCII)
#: names that Windows keeps for its devices, with whatever ending
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])", re.IGNORECASE)


def number_part(number: str) -> str:
    """An employee number as part of a file's or folder's name, or as the whole of it.

    Safe on Windows, macOS and Linux, and another one for every number, even where the system sees no
    difference between `a` and `A`. What does not stand for itself carries `--` and a short hash, which
    no other number can.
    """
    if _PLAIN.fullmatch(number) and not _DEVICES.fullmatch(number):
        return number
    cleaned = re.sub(r"[^A-Za-z0-9]+", "-", number[:400]).strip("-")[:40].rstrip("-")
    return f"{cleaned or 'number'}--{fingerprint('', number)[:10]}"
