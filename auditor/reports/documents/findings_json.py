"""findings.json: everything a program wants to know of a run, in one file with a schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from auditor.findings.assessment import group_of, not_assessed, rejected_rows
from auditor.findings.counting import count_entities, count_run, require_people_sum
from auditor.model.dates import local
from auditor.model.document import Document, JsonFile, JsonRows
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding, finding_of
from auditor.model.report import AuditReport
from auditor.model.rule import CheckResult, Failed, NotApplicable, Passed, Undetermined, outcome_word
from auditor.ports import Reporter
from auditor.reports.findings_schema import VERSION
from auditor.reports.notices import GRAVE, WEIGHTY
from auditor.reports.scope import Scope, whole
from auditor.reports.step_words import step_words

FILE_NAME = "findings.json"
_OF_FINDINGS = ("severity", "confidence", "state", "first_seen")
Tracked = Mapping[str, Sequence[TrackedFinding]]


def findings_json(report: AuditReport) -> Sequence[Document]:
    """One document; people by id, results by rule. The people are told one by one while it is written."""
    employees = JsonRows(partial(_employees, report))
    return [JsonFile(FILE_NAME, {**_head(report), "employees": employees})]


def findings_content(report: AuditReport) -> dict[str, Any]:
    """The content by the schema of `findings_schema`; the same report gives the same content."""
    return {**_head(report), "employees": list(_employees(report))}


def _employees(report: AuditReport) -> Iterator[dict[str, Any]]:
    scope = whole(replace(report, language="en"))
    tracked: dict[str, dict[str, list[TrackedFinding]]] = defaultdict(lambda: defaultdict(list))
    for found in report.findings:
        tracked[found.finding.employee_id][found.finding.rule_id].append(found)
    for one in sorted(report.examinations, key=lambda examination: examination.employee.employee_id):
        yield _employee(one, tracked.get(one.employee.employee_id, {}), scope)


def _head(report: AuditReport) -> dict[str, Any]:
    run = report.run
    return {
        "version": VERSION,
        "run": {
            "id": run.id,
            "started_at": _moment(run.started_at),
            "finished_at": _moment(run.finished_at),
            "today": run.today.isoformat(),
            "policy_sha256": run.policy_sha256,
            "roster_sha256": run.roster_sha256,
            "health": {
                "verdict": str(report.health.verdict),
                "reasons": list(map(str, report.health.reasons)),
            },
            "counts": _counts(report),
            "entity_counts": run.entity_counts
            or count_entities(report.examinations, report.findings, run.today),
            "notices": [
                {"code": one.code, "message": one.message}
                for one in report.notices
                if one.code in GRAVE | WEIGHTY
            ],
            "partial": run.left > 0,
            "left": run.left,
            "not_assessed": [
                {"reason": str(one.why), "word": one.word, "people": len(one.people), "settle": one.unsettled}
                for one in not_assessed(report.examinations)
            ],
        },
    }


def _counts(report: AuditReport) -> dict[str, int]:
    """The counts of the run's day, and what a version that counted less did not know."""
    counts = {**count_run(report.examinations, report.findings, report.run.today), **report.run.counts}
    counts["rejected_rows"] = len(rejected_rows(report.rows))
    if report.run.counts and "not_assessed" not in report.run.counts:
        del counts["assessed"], counts["not_assessed"]
    require_people_sum(counts)
    return counts


def _employee(examination: Examination, tracked: Tracked, scope: Scope) -> dict[str, Any]:
    employee, best, zone = examination.employee, examination.best, scope.report.time_zone
    results = {result.rule_id: result for result in examination.results}
    return {
        "employee_id": employee.employee_id,
        "entity": employee.entity,
        "roster_state": str(employee.roster_state),
        "group": str(group_of(examination)),
        "not_assessed": _why(examination),
        "source": best.source if best else None,
        "capture_status": str(examination.status) if examination.status else None,
        "page_kind": str(best.page_kind) if best and best.page_kind else None,
        "next_step": _next_step(examination, scope),
        "results": [
            {
                **_result(employee.employee_id, results.get(rule_id), tracked.get(rule_id, ()), rule_id),
                **_evidence(examination, results.get(rule_id), zone),
            }
            for rule_id in sorted(results.keys() | tracked.keys())
        ],
    }


def _next_step(examination: Examination, scope: Scope) -> dict[str, Any]:
    """What the workbook says in What to do, as words for programs and as the English sentence."""
    employee = examination.employee
    step = scope.step(employee.employee_id)
    assert step is not None
    return {
        "act": str(step.act),
        "why": str(step.why),
        "says": step_words(step, scope.words, scope.book, note=employee.address_note),
        "wait_until": step.on.isoformat() if step.on else None,
        "due": step.due.isoformat() if step.due else None,
    }


def _why(examination: Examination) -> dict[str, str] | None:
    groups = not_assessed([examination])
    return {"reason": str(groups[0].why), "word": groups[0].word} if groups else None


def _result(
    number: str, result: CheckResult | None, tracked: Sequence[TrackedFinding], rule_id: str
) -> dict[str, Any]:
    found = _matching(number, result, tracked)
    if result is None:
        code = found.finding.code if found else ""
        told = {
            "outcome": "undetermined",
            "code": code,
            "expected": "",
            "observed": "",
            "reason": "not checked in this run",
        }
    else:
        told = _told(result)
    history = dict.fromkeys(_OF_FINDINGS) if found is None else _history(found)
    merged = {"rule": rule_id, **told, **history}
    order = (
        "rule",
        "outcome",
        "code",
        "severity",
        "confidence",
        "expected",
        "observed",
        "reason",
        "state",
        "first_seen",
    )
    return {name: merged[name] for name in order}


def _evidence(examination: Examination, result: CheckResult | None, zone: str) -> dict[str, Any]:
    """The source of the evidence and its day: not its moment, so that a resumed run says the same."""
    trial = examination.evidence_of(result) if result else None
    seen_at = local(trial.captured_at, zone) if trial else None
    return {
        "source": trial.source if trial else None,
        "seen_on": seen_at.date().isoformat() if seen_at else None,
    }


def _told(result: CheckResult) -> dict[str, Any]:
    outcome = result.outcome
    told: dict[str, Any] = {
        "outcome": outcome_word(outcome),
        "code": outcome.code,
        "expected": "",
        "observed": "",
    }
    if isinstance(outcome, (Passed, Failed, Undetermined)):
        told |= {"expected": str(outcome.expected), "observed": str(outcome.observed)}
    reason = outcome.message if isinstance(outcome, Failed) else outcome.reason
    assert isinstance(outcome, (Passed, Failed, Undetermined, NotApplicable))
    return {**told, "reason": str(reason)}


def _matching(
    number: str, result: CheckResult | None, tracked: Sequence[TrackedFinding]
) -> TrackedFinding | None:
    """The finding of this very result; else one whose life this run changed or could not follow."""
    finding = finding_of(number, result) if result else None
    if finding:
        same = [found for found in tracked if found.finding.fingerprint == finding.fingerprint]
        if same:
            return same[0]
    rank = list(FindingState)
    return min(tracked, key=lambda found: (rank.index(found.state), found.finding.fingerprint), default=None)


def _history(found: TrackedFinding) -> dict[str, Any]:
    return {
        "severity": str(found.finding.severity),
        "confidence": str(found.finding.confidence),
        "state": str(found.state),
        "first_seen": found.first_seen.isoformat(),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


REPORTER = Reporter("findings_json", findings_json)
