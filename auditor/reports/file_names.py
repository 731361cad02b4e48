"""Names of files about one person: numbers and days, never the name."""

from __future__ import annotations

import re
import unicodedata

from auditor.model.employee import Employee
from auditor.model.finding import fingerprint

#: numbers that are a file's name as they stand, on every system: no two differ only in case
_PLAIN = re.compile(r"(?=.{1,40}\Z)[A-Z0-9]+(-[A-Z0-9]+)*", re.ASCII)
#: names that Windows keeps for its devices, with whatever ending
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])", re.IGNORECASE)


def checklist_name(employee: Employee) -> str:
    """The file name of a leaver's checklist: number and last day, never the name."""
    day = employee.last_day.isoformat() if employee.last_day else "no-date"
    return f"checklist_{number_part(employee.employee_id)}_{day}.xlsx"


def case_folder(employee: Employee) -> str:
    """The folder of a departure below the report's folder."""
    return f"leavers/{checklist_name(employee).removeprefix('checklist_').removesuffix('.xlsx')}"


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


def plain_name(name: str) -> str:
    """A name as a file's name can hold it everywhere; letters lose their accents, not their place."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w-]+", "-", plain, flags=re.ASCII).strip("-_")[:60] or "entity"
