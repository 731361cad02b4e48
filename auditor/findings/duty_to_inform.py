"""Who may be checked on a day, and until when things may be kept. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from auditor.language.locality import country_code
from auditor.model.employee import NEVER_OPENED, Employee
from auditor.model.examination import Examination
from auditor.model.health import HealthVerdict, RunHealth
from auditor.model.message import Text, say
from auditor.model.policy import Policy, Privacy
from auditor.model.roster import RosterNotice

#: people have been told only when the notice is this many days old on the day of the audit
NOTICE_DAYS = 14
NOBODY_TOLD = say("nobody could be checked: people have not been told in time")
_COUNCIL_CODES = frozenset({"G06A", "G06B"})


class Told(StrEnum):
    """Whether somebody has been told of the checks in time; the values are the codes of results."""

    YES = "TOLD"
    TOO_NEW = "NOTICE_TOO_NEW"
    NOT_PROVEN = "NOT_TOLD"
    NOT_AGREED = "WORKS_COUNCIL_OPEN"


def told(privacy: Privacy, start_day: date | None, today: date) -> Told:
    """Whether a person who started on `start_day` may be checked today.

    Somebody hired after the notice never saw it, unless it is part of the joining papers; a start
    day that is not known proves nothing.
    """
    if today < checks_begin(privacy):
        return Told.TOO_NEW
    if privacy.notice_in_joining_papers:
        return Told.YES
    return Told.YES if start_day is not None and start_day < privacy.notice_date else Told.NOT_PROVEN


def checks_begin(privacy: Privacy) -> date:
    """The first day on which people of the entity may be checked."""
    return privacy.notice_date + timedelta(days=NOTICE_DAYS)


def told_of(employee: Employee, policy: Policy, today: date, waiting: Collection[str] = ()) -> Told:
    """`told` for a person; people of an entity that the policy does not describe are not opened anyway,
    and nobody of an entity whose notice is still to be filled in was told.

    `waiting`: the entities whose works council must agree before the next person is checked.
    """
    entity = employee.entity or policy.default_entity
    if entity in waiting:
        return Told.NOT_AGREED
    privacy = policy.privacy.get(entity)
    if privacy is None:
        return Told.TOO_NEW if entity in policy.companies else Told.YES
    return told(privacy, employee.start_day, today)


def waiting_for_council(policy: Policy, earlier: Iterable[RosterNotice]) -> frozenset[str]:
    """The entities whose works council is still not on record though the run before (its notices are
    `earlier`) warned of it: one run is the grace."""
    warned = {dict(one.facts).get("entity", "") for one in earlier if one.code in _COUNCIL_CODES}
    return frozenset(entity for entity in warned if _council_is_open(policy, entity))


def _council_is_open(policy: Policy, entity: str) -> bool:
    privacy, company = policy.privacy.get(entity), policy.companies.get(entity)
    if privacy is None or company is None:
        return False
    return country_code(company.country) == "NL" and not privacy.works_council


def why_not_told(employee: Employee, policy: Policy, standing: Told) -> Text:
    """The reason in plain words."""
    privacy = policy.privacy.get(employee.entity or policy.default_entity)
    if privacy is None:
        return "the day on which people were told is still to be filled in"
    if standing is Told.TOO_NEW:
        return say(
            "people were told on {day}; checks begin on {begin}",
            day=privacy.notice_date,
            begin=checks_begin(privacy),
        )
    if standing is Told.NOT_AGREED:
        return "the works council's consent is not on record"
    return say("it is not proven that the person was told of the checks before starting")


def privacy_notices(
    policy: Policy, employees: Iterable[Employee], today: date, waiting: Collection[str] = ()
) -> list[RosterNotice]:
    """What HR must know about the entities of these people: not told yet, or a field left open."""
    by_entity: dict[str, list[Employee]] = {}
    for employee in employees:
        by_entity.setdefault(employee.entity or policy.default_entity, []).append(employee)
    notices = []
    for entity in sorted(by_entity.keys() & policy.privacy.keys()):
        notices += _untold_notices(policy, entity, by_entity[entity], today)
        notices += _open_fields(policy, entity, blocked=entity in waiting)
    return notices


def _untold_notices(
    policy: Policy, entity: str, people: Iterable[Employee], today: date
) -> list[RosterNotice]:
    privacy = policy.privacy[entity]
    begin = checks_begin(privacy)
    if today < begin:
        facts = {"entity": entity, "notice": str(privacy.notice_date), "begin": str(begin)}
        text = (
            f"{entity}: nobody was checked. People were told on {privacy.notice_date}; "
            f"checks begin on {begin}, {NOTICE_DAYS} days later."
        )
        return [_notice("G05A", text, facts)]
    left_out = sum(
        told(privacy, one.start_day, today) is Told.NOT_PROVEN
        for one in people
        if one.roster_state not in NEVER_OPENED
    )
    if not left_out:
        return []
    text = (
        f"{entity}: {_people(left_out)} not checked, since they started after the notice of "
        f"{privacy.notice_date} and it is not part of the joining papers."
    )
    facts = {"entity": entity, "notice": str(privacy.notice_date), "n": str(left_out)}
    return [_notice("G05B", text, facts)]


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number} people were"


def _open_fields(policy: Policy, entity: str, *, blocked: bool) -> list[RosterNotice]:
    notices = []
    privacy, company = policy.privacy[entity], policy.companies.get(entity)
    if blocked:
        text = (
            f"{entity}: nobody was checked. The run before warned that the works council's consent is not on "
            "record, and it still is not (works_council)."
        )
        notices.append(_notice("G06B", text, {"entity": entity}))
    elif _council_is_open(policy, entity):
        text = (
            f"{entity}: the works council's consent is not on record (works_council). The next run checks "
            "nobody here until it is."
        )
        notices.append(_notice("G06A", text, {"entity": entity}))
    if company and country_code(company.country) == "BE" and not privacy.consultation:
        text = f"{entity}: information and consultation of the delegates is not on record (consultation)."
        notices.append(_notice("G07", text, {"entity": entity}))
    if not privacy.dpia_ref:
        text = f"{entity}: no data protection impact assessment is on record (dpia_ref)."
        notices.append(_notice("G09", text, {"entity": entity}))
    return notices


def nobody_told(health: RunHealth, examinations: Iterable[Examination]) -> RunHealth:
    """The health of a run in which nobody could be checked because nobody had been told: not sound."""
    codes = set(Told) - {Told.YES}
    wanted = [one for one in examinations if one.results and one.employee.roster_state not in NEVER_OPENED]
    if not wanted or not all(any(r.outcome.code in codes for r in one.results) for one in wanted):
        return health
    reasons = (*health.reasons, NOBODY_TOLD)
    return replace(health, verdict=HealthVerdict.DEGRADED, reasons=reasons)


def _notice(code: str, text: str, facts: Mapping[str, str]) -> RosterNotice:
    return RosterNotice(code, text, facts=tuple(sorted(facts.items())))
