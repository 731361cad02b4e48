"""What `inspect roster` prints of a roster as one JSON object."""

from __future__ import annotations

from typing import Any

from auditor.domain.address import profile_slug
from auditor.domain.employee import RosterState
from auditor.domain.roster import Population
from auditor.errors import RosterError


def roster_facts(outcome: Population | RosterError) -> dict[str, Any]:
    """The people and the fate of every row; of a refused file why it was refused.

    People who vanished since the last roster stand in no row and are not listed.
    """
    if isinstance(outcome, RosterError):
        return {
            "accepted": False,
            "error": f"{outcome.code}: {outcome.plain_message}",
            "people": [],
            "rows": [],
        }
    people = [
        {
            "key": one.employee_id,
            "full_name": one.full_name,
            "roster_state": str(one.roster_state),
            "profile_slug": profile_slug(one.profile_url) if one.profile_url else None,
            "last_day": one.last_day.isoformat() if one.last_day else None,
        }
        for one in outcome.employees
        if one.roster_state is not RosterState.VANISHED
    ]
    rows = [{"row": one.row, "fate": str(one.fate), "code": one.code} for one in outcome.reading.rows]
    return {"accepted": True, "error": None, "people": people, "rows": rows}


def roster_details(population: Population) -> dict[str, Any]:
    """Further facts for a person who looks: the mapping found, counts and every notice."""
    reading = population.reading
    notices = [
        {"code": one.code, "sheet": one.sheet, "row": one.row, "message": one.message}
        for one in population.notices
    ]
    mapping = [{"heading": heading, "field": name} for heading, name in reading.mapping]
    return {"mapping": mapping, "counts": reading.counts(), "notices": notices}
