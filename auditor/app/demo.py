"""The invented company for `auditor demo`: its world in a folder, and the request to audit it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from auditor.app.connect_member import come_back, consent_address, look_again
from auditor.app.consent import withdraw_consent
from auditor.app.invite_members import PersonalLink, invite_members, open_link
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store, prepare, today_of
from auditor.demo.consent_site import SECRET, ConsentSite
from auditor.demo.consents import Reaction, members_of, reaction_of
from auditor.demo.people import LARGEST, SMALLEST
from auditor.demo.site import SCENARIOS as PAGES_SCENARIOS
from auditor.demo.world import PEOPLE, SECRET_VARIABLE, World, build_world, policy_text
from auditor.errors import ReportError, UsageError
from auditor.files.writing import write_atomic
from auditor.model.policy import Policy

__all__ = ["LARGEST", "PEOPLE", "SCENARIOS", "SMALLEST", "demo_request", "demo_world"]
#: a changed page is noticed against earlier runs only, so this scenario goes on in another one's world
FOLLOWS = {"drifted": "sound"}
CONSENT = "consent"
SCENARIOS = (*PAGES_SCENARIOS, CONSENT)


@contextmanager
def demo_world(output: Path, people: int, scenario: str, *, resume: bool) -> Iterator[World]:
    """The world of a scenario with its site running. Raises UsageError, ReportError."""
    folder = output / "demo" / f"{FOLLOWS.get(scenario, scenario)}-{people}"
    try:
        pages = "sound" if scenario == CONSENT else scenario
        world = build_world(folder, people, pages, resume=resume)
    except ValueError as trouble:
        raise UsageError(f"--people: {trouble}.", code="DEMO_SIZE") from None
    except OSError as trouble:
        raise ReportError(
            f"The invented company cannot be written to {folder}: {trouble.strerror or trouble}",
            "Choose another folder with --output.",
            code="NOT_WRITABLE",
        ) from None
    with world, _consents(world, output) if scenario == CONSENT else nullcontext():
        yield world


@contextmanager
def _consents(world: World, output: Path) -> Iterator[None]:
    """A replica of LinkedIn's consent page, and what each person of the world does there."""
    with ConsentSite(members_of(world.people)) as site:
        write_atomic(world.policy, policy_text(world.site.host, site.origin), mode=None)
        os.environ[SECRET_VARIABLE] = SECRET
        policy = policy_of(world.policy)
        store = open_store(policy)
        plan = prepare(demo_request(world, output, resume=False), policy, store)
        now = datetime.now(UTC)
        invited = invite_members(plan, store.engine, now, again=True)
        people = {person.number: person for person in world.people}
        for link in invited.links:
            person = people[link.employee.employee_id]
            _react(policy, store.engine, site, link, reaction_of(person), now)
        yield


def _react(
    policy: Policy,
    engine: sa.Engine,
    site: ConsentSite,
    link: PersonalLink,
    reaction: Reaction,
    now: datetime,
) -> None:
    """Open the link and do what the person does; all but the silent ones reach LinkedIn's page."""
    employee = link.employee
    purpose, text = link.address.split("/")[-2:]
    opened = open_link(policy, engine, purpose, text, now)
    if reaction is Reaction.SILENT or opened.invitation is None:
        return
    browser = secrets.token_hex(16)
    address = consent_address(policy, engine, opened.invitation, browser, now)
    query = site.visit(address, employee.employee_id)
    come_back(policy, engine, query, browser, {employee.employee_id: employee}.get, now)
    if reaction is Reaction.WITHDRAWS:
        withdraw_consent(policy, engine, employee.employee_id, today_of(policy))
    if reaction is Reaction.ENDS:
        site.end_consent(employee.employee_id)
        look_again(policy, engine, employee, now)


def demo_request(world: World, output: Path, *, resume: bool) -> RunRequest:
    """The audit of the world: the very request that `auditor run` makes of a real roster."""
    return RunRequest(
        roster=world.roster, policy=world.policy, output=output, today=world.today, resume=resume
    )
