"""HR's decisions about people and addresses, applied to the people of a roster before anybody is visited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from auditor.domain.address import profile_slug
from auditor.domain.decision import (
    Decision,
    confirmed_pages,
    excluded_by_decisions,
    new_addresses,
    withdrawn_addresses,
)
from auditor.domain.employee import NEVER_OPENED, Employee, RosterState

#: why somebody has no address, or is not looked at, by HR's word
WITHDRAWN, NO_PROFILE = "withdrawn", "no_profile"


def heed(employees: Iterable[Employee], decisions: Iterable[Decision], today: date) -> tuple[Employee, ...]:
    """The same people, in order: who has no profile is left out for twelve months, an address of
    somebody else is withdrawn until the roster has another, an address that HR gave is used until
    the roster changes, and a shown name that HR confirmed counts at that address. Heeding twice
    changes nothing.
    """
    listed = tuple(decisions)
    excluded = excluded_by_decisions(listed, today)
    withdrawn = withdrawn_addresses(listed)
    given = new_addresses(listed)
    confirmed = confirmed_pages(listed)
    people = tuple(employees)
    owners = {_slug(one.profile_url): one.employee_id for one in people if one.profile_url}

    def heeded(employee: Employee) -> Employee:
        if employee.roster_state in NEVER_OPENED:
            return employee
        if employee.employee_id in excluded:
            return replace(
                employee, roster_state=RosterState.EXCLUDED, profile_url=None, address_note=NO_PROFILE
            )
        employee = _with_given(employee, given.get(employee.employee_id), owners)
        mine = {_slug(address) for address in withdrawn.get(employee.employee_id, ())}
        if employee.profile_url and _slug(employee.profile_url) in mine:
            return replace(employee, profile_url=None, address_note=WITHDRAWN)
        pages = confirmed.get(employee.employee_id, ())
        names = {name for address, name in pages if _slug(address) == _slug(employee.profile_url)}
        return replace(employee, confirmed_names=tuple(sorted(names)))

    return tuple(heeded(employee) for employee in people)


def _with_given(employee: Employee, given: Decision | None, owners: dict[str, str]) -> Employee:
    """An address that HR gave counts while the roster still has the one it was to replace, and while
    nobody else of the roster has it."""
    if given is None or _slug(employee.profile_url) != _slug(given.replaces):
        return employee
    if owners.get(_slug(given.address), employee.employee_id) != employee.employee_id:
        return employee
    return replace(employee, profile_url=given.address, address_note="")


def _slug(address: str | None) -> str:
    return (profile_slug(address) or address) if address else ""
