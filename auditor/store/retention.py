"""Deletes expired data from the store. Counts without names are kept with the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

from auditor.model.consent import ConsentState
from auditor.model.dates import months_before, period_of
from auditor.model.decision import DecisionWord
from auditor.model.employee import GONE, RosterState
from auditor.model.finding import FindingState
from auditor.model.policy import Retention
from auditor.store import persons, tables
from auditor.store.database import writing
from auditor.store.rosters import EMPLOYEES, entries_of

#: states in which a last day in the past means that somebody has left for good
_LEFT = frozenset({*GONE, RosterState.EXCLUDED, RosterState.VANISHED, RosterState.RELATED})
T = TypeVar("T")


class _DryRun(Exception):
    """Undoes the transaction of a trial."""


def purge(
    engine: sa.Engine,
    today: date,
    retention: Retention,
    *,
    dry_run: bool = False,
    gone: list[persons.PersonKnown] | None = None,
) -> dict[str, int]:
    """Let go of what is older than agreed; returns how many of each. `dry_run` changes nothing. The leavers
    who are let go of are added to `gone`."""
    leavers = [] if gone is None else gone
    work = partial(_purge, today=today, retention=retention, gone=leavers)
    return in_one_go(engine, work, dry_run=dry_run)


def erase_people(engine: sa.Engine, people: list[persons.PersonKnown]) -> dict[str, int]:
    """Take everything of these people out of the store; returns rows per table."""
    return in_one_go(engine, lambda connection: persons.erase(connection, people))


def in_one_go(engine: sa.Engine, work: Callable[[sa.Connection], T], *, dry_run: bool = False) -> T:
    """Do it in one transaction that leaves no deleted bytes behind in the file. Raises StoreError."""
    result: list[T] = []
    try:
        with writing(engine) as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            result.append(work(connection))
            if dry_run:
                raise _DryRun
    except _DryRun:
        return result[0]
    return result[0]


def _purge(
    connection: sa.Connection, today: date, retention: Retention, gone: list[persons.PersonKnown]
) -> dict[str, int]:
    # before old rosters are emptied, which may be the last that name a leaver
    leavers = _long_gone(connection, months_before(today, retention.leavers_months))
    counts = Counter({"pictures": _old_pictures(connection, today, retention)})
    counts.update({"judgements": _old_judgements(connection, today, retention)})
    counts.update(_old_runs(connection, months_before(today, retention.findings_months)))
    counts.update({"decisions": _old_decisions(connection, today, retention)})
    counts.update(_old_cases(connection, months_before(today, retention.leavers_months)))
    counts.update(end_consents(connection, today))
    counts.update(_old_consents(connection, today, retention))
    gone += leavers
    counts.update({"leavers": len(leavers)})
    if leavers:
        counts.update(persons.erase(connection, leavers, as_manager=False))
    return dict(counts)


def _old_pictures(connection: sa.Connection, today: date, retention: Retention) -> int:
    """Pictures older than agreed, and those of findings that were closed some days ago."""
    table, runs = tables.pictures, tables.runs
    oldest = today - timedelta(days=retention.pictures_days)
    too_old = sa.select(runs.c.id).where(runs.c.today < oldest)
    deleted = connection.execute(table.delete().where(table.c.run_id.in_(too_old))).rowcount
    latest = today - timedelta(days=retention.pictures_days_after_closing)
    for employee_id, rule_id, number in _closed_by(connection, latest):
        until = sa.select(runs.c.id).where(runs.c.number <= number)
        place = (table.c.employee_id == employee_id) & (table.c.rule_id == rule_id)
        deleted += connection.execute(table.delete().where(place & table.c.run_id.in_(until))).rowcount
    return deleted


def _old_judgements(connection: sa.Connection, today: date, retention: Retention) -> int:
    """What was made out of banners that nobody looked at since: with evidence pictures as long as those are
    kept, else as long as the examinations."""
    table = tables.judgements
    pictured = table.c.pictured & (table.c.used_on < today - timedelta(days=retention.pictures_days))
    old = table.c.used_on < months_before(today, retention.findings_months)
    return connection.execute(table.delete().where(pictured | old)).rowcount


def _closed_by(connection: sa.Connection, day: date) -> list[tuple[str, str, int]]:
    """(employee, rule, number of the closing run) of findings closed on or before a day."""
    tracked, runs = tables.tracked, tables.runs
    query = (
        sa.select(tracked.c.employee_id, tracked.c.content, runs.c.number)
        .join(runs, runs.c.id == tracked.c.run_id)
        .where((tracked.c.state == str(FindingState.RESOLVED)) & (runs.c.today <= day))
    )
    rows = connection.execute(query)
    return [(employee_id, content["finding"]["rule_id"], number) for employee_id, content, number in rows]


def _old_runs(connection: sa.Connection, cutoff: date) -> dict[str, int]:
    """What runs before the cutoff knew of people. A finding's closing is a row of its last run, so it
    goes when that run's day is old enough."""
    runs = tables.runs
    ids = list(connection.execute(sa.select(runs.c.id).where(runs.c.today < cutoff)).scalars())
    counts = {}
    for table in (tables.pictures, tables.examinations, tables.tracked):
        deleted = connection.execute(table.delete().where(table.c.run_id.in_(ids))).rowcount
        counts[table.name] = deleted
    counts["rosters"] = persons.empty_rosters(connection, ids)
    return counts


def _old_decisions(connection: sa.Connection, today: date, retention: Retention) -> int:
    """Decisions read long ago whose end, where they have one, has passed."""
    table = tables.decisions
    old = table.c.read_on < months_before(today, retention.findings_months)
    over = table.c.until.is_(None) | (table.c.until < today)
    # a withdrawn address belongs to somebody else: it must not come back into use
    withdrawn = table.c.applied & (table.c.decision == DecisionWord.WRONG_PERSON)
    return connection.execute(table.delete().where(old & over & ~withdrawn)).rowcount


def _old_cases(connection: sa.Connection, cutoff: date) -> dict[str, int]:
    """Departures whose last day is long past, also of people whom no roster names any more; without a last
    day the opening or the reading counts."""
    cases, notes = tables.cases, tables.step_notes
    old = sa.func.coalesce(cases.c.last_day, cases.c.opened_on) < cutoff
    is_old = sa.func.coalesce(notes.c.last_day, notes.c.read_on) < cutoff
    return {
        "cases": connection.execute(cases.delete().where(old)).rowcount,
        "step_notes": connection.execute(notes.delete().where(is_old)).rowcount,
    }


def end_consents(connection: sa.Connection, today: date) -> dict[str, int]:
    """Consents whose last day has passed end, and what is kept under them goes; so do pages fetched for an
    earlier period, which nothing reads any more."""
    lines, pages = tables.consents, tables.consent_snapshots
    stands = lines.c.state == str(ConsentState.CONSENTED)
    over = connection.execute(
        sa.select(lines.c.employee_id).where(stands & (lines.c.ends_on < today))
    ).scalars()
    ended = list(over)
    for one in ended:
        for table in (tables.consent_tokens, pages, tables.consent_requests):
            connection.execute(table.delete().where(table.c.employee_id == one))
        values = {"state": str(ConsentState.EXPIRED), "expired_on": today, "grant": ""}
        connection.execute(lines.update().where(lines.c.employee_id == one).values(values))
    stale = connection.execute(pages.delete().where(pages.c.period < period_of(today))).rowcount
    return {"consents_ended": len(ended), "fetched_pages": stale}


def _old_consents(connection: sa.Connection, today: date, retention: Retention) -> dict[str, int]:
    """Lines of consents that ended long ago, links that stopped working then, and what lasts for a day."""
    lines, links = tables.consents, tables.consent_invitations
    cutoff = months_before(today, retention.findings_months)
    not_before = datetime.combine(cutoff, time.min, UTC).isoformat()
    days = (lines.c.invited_on, lines.c.refused_on, lines.c.withdrawn_on, lines.c.expired_on)
    recent = sa.or_(*(sa.func.coalesce(day, date.min) >= cutoff for day in days))
    old = (lines.c.state != str(ConsentState.CONSENTED)) & ~recent
    yesterday = datetime.combine(today - timedelta(days=1), time.min, UTC).isoformat()
    requests, throttles = tables.consent_requests, tables.throttles
    connection.execute(requests.delete().where(requests.c.issued_at < yesterday))
    connection.execute(throttles.delete().where(throttles.c.began_at < yesterday))
    return {
        "consents": connection.execute(lines.delete().where(old)).rowcount,
        "consent_links": connection.execute(links.delete().where(links.c.expires_at < not_before)).rowcount,
    }


def _long_gone(connection: sa.Connection, cutoff: date) -> list[persons.PersonKnown]:
    """People whose newest known last day is before the cutoff."""
    newest: dict[str, tuple[str, date | None]] = {}
    for one in entries_of(connection, EMPLOYEES):
        last = date.fromisoformat(one["last_day"]) if one["last_day"] else None
        newest[one["employee_id"]] = (one["roster_state"], last)
    gone = {key for key, (state, last) in newest.items() if last and last < cutoff and state in _LEFT}
    known = persons.people_known(connection, gone) if gone else {}
    return [known[key] for key in sorted(gone)]
