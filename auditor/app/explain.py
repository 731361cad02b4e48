"""Why a person got a verdict: sources tried, rules decided. Reads the store only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from auditor.app.registry import rules
from auditor.app.stored_runs import stored_run
from auditor.errors import UsageError
from auditor.model.dates import local
from auditor.model.employee import Employee
from auditor.model.examination import Examination, Trial
from auditor.model.finding import TrackedFinding, finding_of
from auditor.model.history import EndedRun
from auditor.model.rule import CheckResult, Failed, NotApplicable, outcome_word
from auditor.store.history import examination_of, findings_about, people_of
from auditor.store.objections import Objections, marks_of
from auditor.store.runs import RunStore, StoredRun

#: so many similar employee numbers are offered at most
_OFFERED = 5


def explain(
    store: RunStore, person: str, run_id: str, zone: str, register: Objections | None = None
) -> dict[str, Any]:
    """Everything a run (the latest that ended, without a `run_id`) learnt about an employee number.

    Ages are days before the run's own day, in the time zone `zone`; `register` tells who objected. Raises
    UsageError for a run or a person that the store does not hold.
    """
    run = stored_run(store, run_id)
    facts = explain_in(store, run, person, zone, register)
    about = facts["run"]
    return {**facts, "run": {"id": about["id"], "today": about["today"], "state": run.state, **about}}


def explain_in(
    store: RunStore, run: StoredRun | EndedRun, person: str, zone: str, register: Objections | None = None
) -> dict[str, Any]:
    """The same for a run at hand: reading one with everybody in its roster takes long in a large firm."""
    examination = examination_of(store.engine, run.facts.id, person.strip())
    if examination is None:
        raise _unknown(person, people_of(store.engine, run.facts.id), run.facts.id)
    employee, health = examination.employee, run.health
    today = run.facts.today
    tracked = {
        found.finding.fingerprint: found
        for found in findings_about(store.engine, run.facts.id, employee.employee_id)
    }
    return {
        "run": {
            "id": run.facts.id,
            "today": today.isoformat(),
            "health": {
                "verdict": str(health.verdict) if health else None,
                "reasons": list(map(str, health.reasons)) if health else [],
            },
        },
        "employee": {
            "employee_id": employee.employee_id,
            "full_name": employee.full_name,
            "entity": employee.entity,
            "roster_state": str(employee.roster_state),
            "last_day": employee.last_day.isoformat() if employee.last_day else None,
            "profile_url": employee.profile_url,
            "address_note": employee.address_note,
            "objected_on": _objected_on(register, employee),
        },
        "rungs": [_rung(trial, today, zone) for trial in examination.trials],
        "results": [_result(examination, result, tracked, today, zone) for result in examination.results],
        "earlier_findings": _without_result(examination, tracked),
    }


def months_of(store: RunStore, employee_id: str, runs: Sequence[EndedRun]) -> list[dict[str, Any]]:
    """Those of the runs that had a person: id, day, how the evidence came, states of findings."""
    found = []
    for run in runs:
        examination = examination_of(store.engine, run.facts.id, employee_id)
        if examination is not None:
            tracked = findings_about(store.engine, run.facts.id, employee_id)
            found.append(
                {
                    "id": run.facts.id,
                    "day": run.facts.today,
                    "status": str(examination.status) if examination.status else "",
                    "states": [one.state for one in tracked],
                }
            )
    return found


def _objected_on(register: Objections | None, employee: Employee) -> str | None:
    """The day on which the person's objection was recorded; None where there is none."""
    if register is None:
        return None
    names = register.of(marks_of((employee.employee_id,), employee.profile_url))
    return min((str(one.recorded_on) for one in register.all() if one.name in names), default=None)


def _rung(trial: Trial, today: date, zone: str) -> dict[str, Any]:
    return {
        "source": trial.source,
        "status": str(trial.status),
        "page_kind": str(trial.page_kind) if trial.page_kind else None,
        "layout": trial.layout,
        **_when(trial.captured_at, today, zone),
        "http_status": trial.http_status,
        "attempts": trial.attempts,
        "trouble": str(trial.trouble),
        "postponed": trial.postponed,
        "fields": dict(trial.fields),
        "decided": list(trial.decided),
        "notes": list(map(str, trial.notes)),
    }


def _result(
    examination: Examination,
    result: CheckResult,
    tracked: Mapping[str, TrackedFinding],
    today: date,
    zone: str,
) -> dict[str, Any]:
    outcome, finding = result.outcome, finding_of(examination.employee.employee_id, result)
    found = tracked.get(finding.fingerprint) if finding else _lost(result, tracked)
    trial = examination.evidence_of(result)
    return {
        "rule": result.rule_id,
        "name": next((rule.name for rule in rules() if rule.id == result.rule_id), ""),
        "outcome": outcome_word(outcome),
        "code": outcome.code,
        "severity": str(finding.severity) if finding else None,
        "confidence": str(finding.confidence) if finding else None,
        "expected": "" if isinstance(outcome, NotApplicable) else str(outcome.expected),
        "observed": "" if isinstance(outcome, NotApplicable) else str(outcome.observed),
        "reason": str(outcome.message if isinstance(outcome, Failed) else outcome.reason),
        "state": str(found.state) if found else None,
        "first_seen": found.first_seen.isoformat() if found else None,
        "source": trial.source if trial else None,
        **_when(trial.captured_at if trial else None, today, zone),
    }


def _lost(result: CheckResult, tracked: Mapping[str, TrackedFinding]) -> TrackedFinding | None:
    """An earlier finding of the same rule that this run closed or could not follow."""
    same = [found for found in tracked.values() if found.finding.rule_id == result.rule_id]
    return min(same, key=lambda found: found.finding.fingerprint, default=None)


def _without_result(examination: Examination, tracked: Mapping[str, TrackedFinding]) -> list[dict[str, str]]:
    asked = {result.rule_id for result in examination.results}
    return [
        {"rule": found.finding.rule_id, "code": found.finding.code, "state": str(found.state)}
        for found in tracked.values()
        if found.finding.rule_id not in asked
    ]


def _when(moment: datetime | None, today: date, zone: str) -> dict[str, Any]:
    there = local(moment, zone)
    if there is None:
        return {"seen_at": None, "age_days": None}
    return {"seen_at": there.isoformat(timespec="seconds"), "age_days": max((today - there.date()).days, 0)}


def _unknown(person: str, known: list[str], run_id: str) -> UsageError:
    near = _near(person, known)
    hint = f"Similar: {', '.join(near)}." if near else "PERSON is an employee number, as in the roster."
    return UsageError(
        f"Run {run_id} contains nobody with the number {person!r}.", hint, code="PERSON_NOT_IN_RUN"
    )


def _near(person: str, known: list[str]) -> list[str]:
    """Numbers that differ in zeros in front, signs or case first, then those spelled alike."""
    wanted = _bare(person)
    same = [one for one in known if wanted and _bare(one) == wanted]
    alike = get_close_matches(person, known, _OFFERED, cutoff=0.6)
    return list(dict.fromkeys([*same, *alike]))[:_OFFERED]


def _bare(number: str) -> str:
    return "".join(sign for sign in number.casefold() if sign.isalnum()).lstrip("0")
