"""The JSON Schema of findings.json, made from the enumerations of the domain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.findings.assessment import Group, Why
from auditor.model.capture import CaptureStatus
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState
from auditor.model.health import HealthVerdict
from auditor.model.profile import PageKind
from auditor.model.rule import OUTCOME_WORDS, Confidence, Severity
from auditor.offboarding.next_step import Act
from auditor.offboarding.next_step import Why as StepWhy

#: of the form of findings.json: the second number goes up where something is added, the first where a
#: program that read the former version would be misled
VERSION = "1.1"

_TEXT = {"type": "string"}
_NOT_ASSESSED_WORD = {"type": "string", "description": "the roster's status word or the entity; may be empty"}
_FINGERPRINT = {"type": "string", "description": "SHA-256 as hexadecimal digits"}


def findings_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) that every findings.json of this version meets."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "findings.json",
        "description": "What one audit run found. Employees by employee_id, results by rule id.",
        **_record(
            {
                "version": {"const": VERSION, "description": "of this form; files of 1.0 did not name it"},
                "run": _run(),
                "employees": {"type": "array", "items": _employee()},
            }
        ),
    }


def _run() -> dict[str, Any]:
    health = {"verdict": _one_of(HealthVerdict), "reasons": {"type": "array", "items": _TEXT}}
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    return _record(
        {
            "id": _TEXT,
            "started_at": {"type": "string", "format": "date-time"},
            "finished_at": {"type": ["string", "null"], "format": "date-time"},
            "today": {"type": "string", "format": "date"},
            "policy_sha256": _FINGERPRINT,
            "roster_sha256": _FINGERPRINT,
            "health": _record(health),
            "counts": counts,
            "entity_counts": {
                "type": "object",
                "description": "the counts by entity; people without one stand under an empty name",
                "additionalProperties": counts,
            },
            "notices": {
                "type": "array",
                "description": "what was noticed on the whole run or roster",
                "items": _record({"code": _TEXT, "message": _TEXT}),
            },
            "partial": {
                "type": "boolean",
                "description": "some people have not been reached yet; a later call writes it again",
            },
            "left": {"type": "integer", "minimum": 0},
            "not_assessed": {"type": "array", "items": _not_assessed()},
        }
    )


def _not_assessed() -> dict[str, Any]:
    return _record(
        {
            "reason": _one_of(Why),
            "word": _NOT_ASSESSED_WORD,
            "people": {"type": "integer", "minimum": 1},
            "settle": {"type": "boolean", "description": "the roster or the policy must be settled"},
        }
    )


def _employee() -> dict[str, Any]:
    return _record(
        {
            "employee_id": _TEXT,
            "entity": {"type": "string", "description": "as in the roster; may be empty"},
            "roster_state": _one_of(RosterState),
            "group": _one_of(Group),
            "not_assessed": {
                "anyOf": [_record({"reason": _one_of(Why), "word": _NOT_ASSESSED_WORD}), {"type": "null"}],
                "description": "why no rule was tried; null: the person was to be looked at",
            },
            "source": {"type": ["string", "null"], "description": "null: nothing was attempted"},
            "capture_status": _one_of(CaptureStatus, nullable=True, note="null: no page was wanted"),
            "page_kind": _one_of(PageKind, nullable=True),
            "next_step": _next_step(),
            "results": {"type": "array", "items": _result()},
        }
    )


def _next_step() -> dict[str, Any]:
    day = {"type": ["string", "null"], "format": "date"}
    return _record(
        {
            "act": _one_of(Act, note="what somebody does now about the person"),
            "why": _one_of(StepWhy, note="own_words: what the finding's own code says"),
            "says": {"type": "string", "description": "the same in English, as the workbook says it"},
            "wait_until": {**day, "description": "nothing is asked before this day"},
            "due": {**day, "description": "by when it should be done; null: no hurry"},
        }
    )


def _result() -> dict[str, Any]:
    return _record(
        {
            "rule": _TEXT,
            "outcome": _one_of(OUTCOME_WORDS.values()),
            "code": _TEXT,
            "severity": _one_of(Severity, nullable=True, note="null: the result is no finding"),
            "confidence": _one_of(Confidence, nullable=True),
            "expected": _TEXT,
            "observed": _TEXT,
            "reason": _TEXT,
            "state": _one_of(FindingState, nullable=True),
            "first_seen": {"type": ["string", "null"], "format": "date"},
            "source": {"type": ["string", "null"], "description": "the evidence it rests on; null: none"},
            "seen_on": {
                "type": ["string", "null"],
                "format": "date",
                "description": "day of that evidence, in the policy's time zone",
            },
        }
    )


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(words: Iterable[str], *, nullable: bool = False, note: str = "") -> dict[str, Any]:
    values: list[str | None] = [str(word) for word in words]
    schema: dict[str, Any] = {"enum": [*values, None] if nullable else values}
    return {**schema, "description": note} if note else schema
