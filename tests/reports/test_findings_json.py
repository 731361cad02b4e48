from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor.model.capture import CaptureStatus
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState, fingerprint
from auditor.model.report import AuditReport
from auditor.model.rule import NotApplicable, Passed, Undetermined
from auditor.reports.documents.findings_json import findings_content
from auditor.reports.findings_schema import findings_schema
from auditor.reports.scope import whole
from tests.reports.invented import (
    DEGRADED,
    TODAY,
    WRONG_HEADLINE,
    examined,
    old_banner,
    person,
    report,
    sixty,
    tracked,
)

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "findings.schema.json"


def checked(made: AuditReport) -> dict[str, Any]:
    content = json.loads(json.dumps(findings_content(made), allow_nan=False))
    jsonschema.validate(content, findings_schema(), format_checker=jsonschema.FormatChecker())
    return content  # type: ignore[no-any-return]


def test_the_published_schema_is_the_one_of_the_program() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == findings_schema()


def test_the_schema_refuses_what_is_not_agreed() -> None:
    content = checked(sixty())
    for path, wrong in (
        (("run", "health", "verdict"), "fine"),
        (("employees", 0, "capture_status"), "maybe"),
    ):
        broken: Any = json.loads(json.dumps(content))
        at = broken
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, findings_schema())


def test_a_result_that_is_a_finding_carries_its_history() -> None:
    examination = examined(person(), {"HDL001": WRONG_HEADLINE, "CMP001": Passed("OK_LINKED", "a", "b", "c")})
    made = report((examination,), (tracked(examination, "HDL001", FindingState.OPEN, date(2026, 9, 20)),))
    (employee,) = checked(made)["employees"]
    assert employee == {
        "employee_id": "1042",
        "entity": "Noordlicht NV",
        "roster_state": "active",
        "group": "assessed",
        "not_assessed": None,
        "source": "public_page",
        "capture_status": "ok",
        "page_kind": "profile_full",
        "next_step": {
            "act": "write", "why": "kit",
            "says": "Send the person one friendly message about all open points.",
            "wait_until": None, "due": "2026-10-20",
        },
        "results": [
            {
                "rule": "CMP001", "outcome": "passed", "code": "OK_LINKED",
                "severity": None, "confidence": None,
                "expected": "a", "observed": "b", "reason": "c", "state": None, "first_seen": None,
                "source": "public_page", "seen_on": "2026-11-22",
            },
            {
                "rule": "HDL001", "outcome": "failed", "code": "NO_COMPANY",
                "severity": "medium", "confidence": "sure",
                "expected": "Software Engineer at Noordlicht", "observed": "Engineer, speaker, cyclist",
                "reason": "no company", "state": "open", "first_seen": "2026-09-20",
                "source": "public_page", "seen_on": "2026-11-22",
            },
        ],
    }  # fmt: skip


def test_the_next_step_is_the_one_of_the_workbook_in_whatever_language_that_is() -> None:
    made = replace(sixty(), language="nl")
    content = checked(made)
    book = whole(made)
    for one in content["employees"]:
        step = book.step(one["employee_id"])
        assert step is not None
        day = step.due.isoformat() if step.due else None
        assert (one["next_step"]["act"], one["next_step"]["due"]) == (step.act, day)
        assert one["next_step"]["says"]
    assert content == checked(sixty())


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Passed("OK_EXACT"), FindingState.RESOLVED),
        (Undetermined("NOT_READ", "hidden"), FindingState.UNVERIFIED),
        (NotApplicable("STATE_LONG_LEAVE", "absent"), FindingState.UNVERIFIED),
    ],
)
def test_what_became_of_an_earlier_finding_stands_on_its_result(outcome: Any, state: FindingState) -> None:
    before = examined(person(), {"HDL001": WRONG_HEADLINE})
    earlier = tracked(before, "HDL001", state, date(2026, 9, 20))
    (employee,) = checked(report((examined(person(), {"HDL001": outcome}),), (earlier,)))["employees"]
    (result,) = employee["results"]
    assert (result["state"], result["first_seen"]) == (str(state), "2026-09-20")
    assert result["code"] == outcome.code


def test_a_finding_of_a_rule_that_was_not_checked_is_not_lost() -> None:
    before = examined(person(), {"HDL001": WRONG_HEADLINE})
    earlier = tracked(before, "HDL001", FindingState.UNVERIFIED)
    (employee,) = checked(report((examined(person(), {}, CaptureStatus.NOT_ATTEMPTED),), (earlier,)))[
        "employees"
    ]
    assert [(r["rule"], r["outcome"], r["state"]) for r in employee["results"]] == [
        ("HDL001", "undetermined", "unverified")
    ]


def test_the_finding_of_this_very_result_wins_over_a_resolved_one() -> None:
    examination = examined(person(), {"BNR001": old_banner(1)})
    now = tracked(examination, "BNR001", FindingState.NEW)
    other = replace(now.finding, fingerprint=fingerprint("BNR001", "1042", "another key"))
    resolved = replace(now, finding=other, state=FindingState.RESOLVED, first_seen=date(2026, 1, 1))
    (employee,) = checked(report((examination,), (resolved, now)))["employees"]
    assert employee["results"][0]["state"] == "new"


def test_people_and_results_stand_in_order_whatever_the_order_of_the_run() -> None:
    made = sixty()
    mixed = list(made.examinations)
    random.Random(7).shuffle(mixed)
    turned = tuple(replace(e, results=tuple(reversed(e.results))) for e in mixed)
    other = replace(made, examinations=turned, findings=tuple(reversed(made.findings)))
    assert checked(other) == checked(made)
    numbers = [employee["employee_id"] for employee in checked(made)["employees"]]
    assert numbers == sorted(numbers)


def test_people_whose_page_was_not_wanted_have_no_capture() -> None:
    (employee,) = checked(report((examined(person("9", RosterState.LONG_LEAVE)),), health=DEGRADED))[
        "employees"
    ]
    assert (employee["source"], employee["capture_status"], employee["page_kind"]) == (None, None, None)


def test_the_run_is_described_with_its_health_and_counts() -> None:
    run = checked(replace(sixty(), health=DEGRADED))["run"]
    assert run["health"] == {"verdict": "degraded", "reasons": list(map(str, DEGRADED.reasons))}
    assert run["today"] == TODAY.isoformat()
    assert run["started_at"] == "2026-11-22T09:00:00+00:00"
    assert run["counts"]["people"] == 60
    assert run["counts"]["in_scope"] + run["counts"]["not_checked"] == 60
