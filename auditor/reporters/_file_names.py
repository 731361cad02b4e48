"""Names of files about one person: numbers and days, never the name."""

from __future__ import annotations

import re
import unicodedata

from auditor.domain.employee import Employee
from auditor.domain.finding import fingerprint


def checklist_name(employee: Employee) -> str:
    """The file name of a leaver's checklist: number and last day, never the name.

    A number that had to be cleaned carries a short hash, so that two people never share a file.
    """
    number = re.sub(r"[^A-Za-z0-9-]+", "-", employee.employee_id).strip("-")[:60]
    if number != employee.employee_id:
        number += f"-{fingerprint('', employee.employee_id)[:6]}"
    day = employee.last_day.isoformat() if employee.last_day else "no-date"
    return f"checklist_{number}_{day}.xlsx"


def plain_name(name: str) -> str:
    """A name as a file's name can hold it everywhere; letters lose their accents, not their place."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w-]+", "-", plain, flags=re.ASCII).strip("-_")[:60] or "entity"
