"""Which leavers have been seen clean often enough that nobody looks any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from auditor.domain.employee import GONE, Employee
from auditor.store import tables
from auditor.store.database import reading

#: on so many days, without a sighting since
DAYS_CLEAN = 2
#: databases take no longer list of names in one question
MOST_NAMED = 10_000


def seen_clean(engine: sa.Engine, employees: Iterable[Employee], rule_id: str) -> frozenset[str]:
    """The leavers who passed the rule on two days since they left, with no other verdict after the first.

    Only the present departure counts: who came back and left again starts anew.
    """
    ends = {one.employee_id: one.last_day for one in employees if one.roster_state in GONE}
    if not ends:
        return frozenset()
    examinations, runs = tables.examinations, tables.runs
    query = (
        sa.select(examinations.c.employee_id, examinations.c.content, runs.c.today)
        .join(runs, runs.c.id == examinations.c.run_id)
        .order_by(runs.c.number)
    )
    if len(ends) <= MOST_NAMED:
        query = query.where(examinations.c.employee_id.in_(list(ends)))
    days: dict[str, set[object]] = defaultdict(set)
    with reading(engine) as connection:
        for employee_id, content, today in connection.execute(query):
            last_day = ends.get(employee_id)
            if last_day is None or content["employee"]["last_day"] != last_day.isoformat():
                continue
            for verdict in _verdicts(content, rule_id):
                if verdict == "Passed":
                    days[employee_id].add(today)
                elif verdict == "Failed":
                    days[employee_id].clear()
    return frozenset(key for key, clean in days.items() if len(clean) >= DAYS_CLEAN)


def _verdicts(content: Mapping[str, Any], rule_id: str) -> Iterator[str]:
    return (one["outcome"]["outcome"] for one in content["results"] if one["rule_id"] == rule_id)
