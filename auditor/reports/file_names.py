"""Names of files about one person: numbers and days, never the name."""

from __future__ import annotations

import re
import unicodedata

from auditor.files.names import number_part
from auditor.model.employee import Employee


def checklist_name(employee: Employee) -> str:
    """The file name of a leaver's checklist: number and last day, never the name."""
    day = employee.last_day.isoformat() if employee.last_day else "no-date"
    return f"checklist_{number_part(employee.employee_id)}_{day}.xlsx"


def case_folder(employee: Employee) -> str:
    """The folder of a departure below the report's folder."""
    return f"leavers/{checklist_name(employee).removeprefix('checklist_').removesuffix('.xlsx')}"


def plain_name(name: str) -> str:
    """A name as a file's name can hold it everywhere; letters lose their accents, not their place."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w-]+", "-", plain, flags=re.ASCII).strip("-_")[:60] or "entity"
