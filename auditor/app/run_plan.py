"""What is known before anything is opened: the roster, the selected people and their ladders."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.app.eligibility import Eligibility, existing_register, objected, register_of, without_details
from auditor.app.paths import state_folder
from auditor.app.policy_review import reviews_of
from auditor.app.registry import leaver_rules, sources
from auditor.config.kinds import definite_address
from auditor.errors import StoreError, UsageError
from auditor.findings.duty_to_inform import privacy_notices, waiting_for_council
from auditor.findings.run_notices import banner_notices, review_notices, run_notices, signed_in_notices
from auditor.headline.name_notices import name_notices
from auditor.model.company import Company
from auditor.model.dates import period_of
from auditor.model.employee import Employee, number_meant
from auditor.model.policy import Policy
from auditor.model.policy_review import due_day
from auditor.model.roster import Population, RosterNotice, RosterReading
from auditor.roster import read_roster
from auditor.roster.population import population
from auditor.sources.saved_pages import SOURCE, SavedPagesSettings
from auditor.store.database import open_database, sqlite_address
from auditor.store.history import seen_clean
from auditor.store.runs import RunStore, StoredRun


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What the user asks of a run. `source` overrides the policy's ladder; `resume`: True resumes
    the period's unfinished run, False starts a new one, None resumes one if there is one."""

    roster: Path
    policy: Path
    output: Path
    source: str = ""
    captures: Path | None = None
    today: date | None = None
    select: tuple[str, ...] = ()
    limit: int | None = None
    resume: bool | None = None
    accept_shrink: bool = False
    keep: bool = True
    decisions: tuple[Path, ...] = ()
    #: processes that judge files side by side; None: as the policy says
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run needs. `unfinished` is the period's run to resume, if any; `ladders` maps entity to source
    names, the empty name is everybody else's; `eligibility` knows who may not be looked at. `roster_keys` are
    all keys by which the roster names its people; the people of `reading` themselves are left out, since
    nothing needs them once `people` are made of them."""

    request: RunRequest
    policy: Policy
    reading: RosterReading
    people: Population
    ladders: dict[str, tuple[str, ...]]
    input_sha256: str
    today: date
    unfinished: StoredRun | None
    eligibility: Eligibility
    roster_keys: frozenset[str]


def today_of(policy: Policy, today: date | None = None) -> date:
    """The day given, else today where the company is."""
    return today or datetime.now(ZoneInfo(policy.roster.time_zone)).date()


def open_store(policy: Policy, *, keep: bool = True) -> RunStore:
    """The policy's store; with `keep` False, one in memory."""
    return RunStore(open_database(store_address(policy) if keep else "sqlite://"))


def _signed_in_notices(
    policy: Policy, ladders: Mapping[str, Sequence[str]], described: Sequence[Company], today: date
) -> list[RosterNotice]:
    settings = policy.source_settings.get(SOURCE.name)
    used = any(SOURCE.name in ladder for ladder in ladders.values())
    if not used or not isinstance(settings, SavedPagesSettings) or settings.decided_on is None:
        return []
    if not settings.accepts_signed_in(today):
        return []
    return signed_in_notices(settings.decided_by, settings.decided_on, settings.reason, described)


def store_address(policy: Policy) -> str:
    """Where the store is: the policy's address, else a file in `state/`. A relative file counts from the
    policy's folder, wherever the program is called. Raises StoreError, UsageError."""
    typed = policy.store_address
    if typed.startswith("env:"):
        typed = os.environ.get(typed.removeprefix("env:"), "").strip()
        if not typed:
            raise StoreError(
                f"The store has no address: {policy.store_address.removeprefix('env:')} is not set.",
                "Set the variable that store.address in the policy names.",
                code="STORE_ADDRESS",
            )
        try:
            return definite_address(typed, policy.path.parent)
        except ValueError as trouble:
            name = policy.store_address.removeprefix("env:")
            raise UsageError(
                f"The address of the store in {name}: {trouble}.", code="STORE_ADDRESS"
            ) from None
    if not typed:
        return sqlite_address(state_folder(policy.path) / "auditor.sqlite3")
    return definite_address(typed, policy.path.parent)


def prepare(request: RunRequest, policy: Policy, store: RunStore) -> RunPlan:
    """Read the roster and work out who is to be examined and from which sources.

    Raises RosterError, UsageError, StoreError.
    """
    reading = read_roster(request.roster, policy.roster, policy.allowed_hosts)
    today = today_of(policy, request.today)
    ladders = ladders_of(request, policy)
    key = _key(request, today)
    unfinished = None if request.resume is False else store.unfinished(key)
    if request.resume and unfinished is None:
        raise UsageError(
            f"There is no unfinished run of {period_of(today)} to resume.",
            "Leave out --resume.",
            code="NOTHING_TO_RESUME",
        )
    before = store.latest(unfinished.number if unfinished else None)
    earlier = before.roster.employees if before else ()
    register = (
        register_of(policy, store.engine)
        if request.keep
        else existing_register(policy, store_address(policy))
    )
    objects = objected(register, reading, today, keep=request.keep)
    people = population(
        reading,
        today,
        policy.roster,
        earlier,
        objects,
        entities=policy.companies,
        accept_shrink=request.accept_shrink,
        previous_sha256=before.facts.roster_sha256 if before else "",
    )
    roster_keys = frozenset(key for one in reading.people for key in (one.key, *one.other_keys))
    reading = replace(reading, people=())
    employees = tuple(map(without_details, _chosen(people.employees, request)))
    of_the_run = run_notices(
        policy.sha256,
        today,
        unfinished.facts if unfinished else None,
        unfinished.roster.notices if unfinished else (),
        before.facts if before else None,
    )
    waiting = waiting_for_council(policy, before.roster.notices if before else ())
    seen = {one.entity or policy.default_entity for one in employees}
    described = [one for name, one in policy.companies.items() if name in seen]
    of_the_run += banner_notices(described)
    of_the_run += _signed_in_notices(policy, ladders, described, today)
    of_the_run += review_notices(due_day(reviews_of(policy), store.first_day() or today), today)
    names = name_notices(policy.companies.values())
    notices = (*people.notices, *privacy_notices(policy, employees, today, waiting), *names, *of_the_run)
    people = replace(people, employees=employees, reading=reading, notices=notices)
    clean = frozenset.intersection(*(seen_clean(store.engine, employees, one) for one in leaver_rules()))
    eligibility = Eligibility(policy, register, today, clean, waiting)
    return RunPlan(
        request, policy, reading, people, ladders, key, today, unfinished, eligibility, roster_keys
    )


def ladders_of(request: RunRequest, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Source names by entity; the empty name is everybody else's ladder. Raises UsageError."""
    if request.source:
        if request.source not in sources():
            raise UsageError(
                f"There is no source {request.source!r}.",
                f"Known: {', '.join(sources())}.",
                code="SOURCE_UNKNOWN",
            )
        return {"": (request.source,)}
    own = {name: company.ladder for name, company in policy.companies.items() if company.ladder}
    return {"": policy.ladder, **own}


def _key(request: RunRequest, today: date) -> str:
    """What makes two calls parts of one run: the period and what was asked of it. Not the roster or
    the policy, which may change within the month."""
    captures = str(request.captures.resolve()) if request.captures else ""
    parts = (period_of(today), request.source, captures, ",".join(request.select), str(request.limit))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _chosen(employees: tuple[Employee, ...], request: RunRequest) -> tuple[Employee, ...]:
    if request.select:
        known = [employee.employee_id for employee in employees]
        meant = {one: number_meant(one, known) for one in request.select}
        unknown = [one for one, number in meant.items() if number is None]
        if unknown:
            raise UsageError(
                f"Not in the roster: {', '.join(unknown)}.",
                "--select takes employee numbers.",
                code="PERSON_NOT_IN_ROSTER",
            )
        employees = tuple(e for e in employees if e.employee_id in meant.values())
    return employees[: request.limit] if request.limit is not None else employees
