"""The member's page: who opened it, what HR's run would conclude about them today, and their objection."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from auditor.app.apply_decisions import planned
from auditor.app.consent import RunConsents, consents_of, has_objected, note
from auditor.app.data_rights import object_as_member
from auditor.app.eligibility import register_of
from auditor.app.evidence import EvidenceStep
from auditor.app.examine import RunContext, examine
from auditor.app.hand_over import EXPORTS, FORM, PAGES, Places, kept_captures, remove_handed_over
from auditor.app.read_back import must_be_there
from auditor.app.registry import policy_of, readers, rule_texts, sources
from auditor.app.run_plan import RunRequest, ladders_of, open_store, prepare, today_of
from auditor.errors import UsageError
from auditor.model.capture import Capture
from auditor.model.company import Company
from auditor.model.consent import Consent
from auditor.model.employee import GONE, NEVER_OPENED, Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.policy import Policy, Privacy
from auditor.reports.codes import RuleBook
from auditor.sources.member_consent import NAME, capture_pages
from auditor.store.objections import marks_of
from auditor.store.runs import RunStore

CONNECTION = NAME
#: the doors that a person can open, in the order in which the page offers them
DOORS = (CONNECTION, PAGES, EXPORTS, FORM)


#: who is not looked at has no page; whoever objected is left out as well, and must be able to see that
_NOT_SHOWN = (GONE | NEVER_OPENED) - {RosterState.EXCLUDED}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A source that brings the one capture there is."""

    capture: Capture

    def fetch(self, employee: Employee) -> Capture:
        return self.capture


@dataclass(frozen=True, slots=True)
class MemberPageSettings:
    """What the page is served with."""

    policy: Path
    roster: Path
    captures: Path | None = None


class MemberPeople:
    """The policy, its store and the people who may use the page, as they stand now; asked by several
    threads."""

    def __init__(self, settings: MemberPageSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._policy: tuple[int, Policy] | None = None
        self._people: tuple[tuple[object, ...], dict[str, Employee]] | None = None
        self._store: tuple[str, RunStore] | None = None

    @property
    def policy(self) -> Policy:
        """The policy; read anew when its file changed. Raises ConfigError."""
        stamp = self.settings.policy.stat().st_mtime_ns if self.settings.policy.exists() else 0
        with self._lock:
            if self._policy is None or self._policy[0] != stamp:
                self._policy = (stamp, policy_of(self.settings.policy))
            return self._policy[1]

    @property
    def engine(self) -> sa.Engine:
        """The policy's store. Raises StoreError."""
        policy = self.policy
        with self._lock:
            if self._store is None or self._store[0] != policy.store_address:
                self._store = (policy.store_address, open_store(policy))
            return self._store[1].engine

    def person(self, employee_id: str) -> Employee | None:
        """Somebody of the roster who is in service; None otherwise. Raises RosterError."""
        return self._known().get(employee_id)

    def read_anew(self) -> None:
        """Read the roster anew when somebody is next asked for: whoever objected is read without details."""
        with self._lock:
            self._people = None

    def _known(self) -> dict[str, Employee]:
        policy, engine = self.policy, self.engine
        roster = self.settings.roster
        marks = (roster.stat().st_mtime_ns if roster.exists() else 0, policy.sha256, today_of(policy))
        with self._lock:
            if self._people is None or self._people[0] != marks:
                request = RunRequest(
                    roster, policy.path, Path("reports"), resume=False, captures=self.settings.captures
                )
                plan = prepare(request, policy, RunStore(engine))
                people = {
                    one.employee_id: one
                    for one in planned(plan)
                    if one.roster_state not in _NOT_SHOWN and policy.company_of(one.entity) is not None
                }
                self._people = (marks, people)
            return self._people[1]


def doors_of(policy: Policy, places: Places, employee: Employee) -> tuple[str, ...]:
    """The doors that are open to a person: those on the ladder of their entity for which all is set up."""
    request = RunRequest(Path(), policy.path, Path())
    ladders = ladders_of(request, policy)
    ladder = ladders.get(employee.entity, ladders[""])
    ready = {
        CONNECTION: bool(policy.source_settings[CONNECTION].client_id),
        PAGES: bool(employee.profile_url) and places.pages is not None,
        EXPORTS: places.exports is not None,
        FORM: places.form is not None,
    }
    return tuple(door for door in DOORS if door in ladder and ready[door])


def verdict_of(policy: Policy, engine: sa.Engine, places: Places, employee: Employee) -> Examination | None:
    """What a run of today would conclude from all that the person let us see; None where that is nothing.

    LinkedIn is not asked.
    """
    today = today_of(policy)
    captures = kept_captures(policy, places, employee)
    if RunConsents(policy, engine, today).standing(employee):
        pages = consents_of(policy, engine).fetched(employee.employee_id)
        if pages:
            captures[CONNECTION] = capture_pages(employee, pages)
    ladders = ladders_of(RunRequest(Path(), policy.path, Path()), policy)
    ladder = ladders.get(employee.entity, ladders[""])
    steps = [
        EvidenceStep(name, _Kept(captures[name]), _days(policy, name), can_refuse=False)
        for name in ladder
        if name in captures
    ]
    if not steps:
        return None
    context = RunContext(readers(), policy.rules, today)
    return examine(employee, policy.company_of(employee.entity), steps, context)


def _days(policy: Policy, source: str) -> int:
    return policy.evidence_days.get(source, sources()[source].evidence_days)


def consent_line(policy: Policy, engine: sa.Engine, employee: Employee) -> Consent | None:
    """The person's line of the register where the consent stands."""
    line = consents_of(policy, engine).of(employee.employee_id)
    return line if line and line.stands(today_of(policy)) else None


def object_here(policy: Policy, engine: sa.Engine, places: Places, employee: Employee) -> None:
    """Record the person's own objection, with effect at once; what they connected or handed over goes.

    Raises StoreError, OSError.
    """
    object_as_member(policy, engine, employee, today_of(policy))
    remove_handed_over(places, employee.employee_id)


def take_objection_back(policy: Policy, engine: sa.Engine, employee: Employee) -> None:
    """Withdraw the person's own objection, for instance after a wrong press of the button."""
    register_of(policy, engine).withdraw(marks_of((employee.employee_id,), employee.profile_url))
    must_be_there(policy, "The withdrawal", lambda anew: not has_objected(policy, anew, employee))
    note(policy, engine, "objection_withdrawn", employee.employee_id)


def privacy_of(policy: Policy, employee: Employee) -> tuple[Company, Privacy]:
    """Who asks, why, on what ground, and whom to write to. Raises UsageError."""
    company = policy.company_of(employee.entity)
    privacy = policy.privacy.get(company.entity) if company else None
    if company is None or privacy is None:
        raise UsageError(
            "The policy does not say why people of this entity are looked at.", code="PURPOSE_MISSING"
        )
    return company, privacy


@cache
def rule_book() -> RuleBook:
    """The rules in words."""
    return RuleBook(rule_texts())
