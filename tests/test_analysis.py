from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import auditor
from auditor.analysis import ADOPTION, FINDINGS, PEOPLE, TREND, Audit, tables_of
from auditor.errors import AuditorError, ReportError
from auditor.model.examination import Examination
from auditor.model.finding import FindingState
from auditor.model.report import AuditReport
from auditor.model.rule import NotApplicable, Outcome, Passed, Undetermined
from auditor.reports.documents.findings_json import findings_content
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm
from tests.reports.invented import WRONG_HEADLINE, examined, person, report, tracked

OK, ASIDE = Passed("OK_LINKED", "a", "b", "c"), NotApplicable("NOT_EMPLOYED", "no longer in service")
UNSEEN = Undetermined("BANNER_NOT_SEEN", "the banner could not be seen")


def somebody(number: str, entity: str, **outcomes: Outcome) -> Examination:
    return examined(replace(person(number), entity=entity), dict(outcomes))


def made() -> AuditReport:
    """In A two of three headlines are right and one of two banners was seen; in B nothing could be judged."""
    people = (
        somebody("1", "A", HDL001=OK, BNR001=OK),
        somebody("2", "A", HDL001=OK, BNR001=UNSEEN),
        somebody("3", "A", HDL001=WRONG_HEADLINE, BNR001=ASIDE),
        somebody("4", "B", HDL001=UNSEEN),
        somebody("5", "", HDL001=OK),
    )
    return report(people, (tracked(people[2], "HDL001", FindingState.OPEN, date(2026, 9, 20)),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "findings.json").write_text(json.dumps(findings_content(made())), "utf-8")
    return tmp_path


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(kind) for name, kind in frame.dtypes.items()}


def adoption(audit: Audit, entity: str, rule: str) -> dict[str, float]:
    rows = audit.adoption[(audit.adoption["entity"] == entity) & (audit.adoption["rule"] == rule)]
    (row,) = rows[["people", "judged", "passed", "coverage", "share", "low", "high"]].to_dict("records")
    return {str(name): round(float(value), 4) for name, value in row.items()}


def test_adoption_counts_whom_the_rule_concerns_and_says_how_sure_the_share_is(folder: Path) -> None:
    audit = auditor.load(folder)
    # Wilson, z = 1.96, n = 3, p = 2/3: middle (0.6667 + 0.6402) / 2.2805, half 0.8595 * sqrt(0.0741 + 0.1067)
    assert adoption(audit, "A", "HDL001") == pytest.approx(
        {"people": 3, "judged": 3, "passed": 2, "coverage": 1, "share": 0.6667, "low": 0.2077, "high": 0.9385}
    )
    # one of two was seen; n = 1, p = 1: low 1 / (1 + z²)
    assert adoption(audit, "A", "BNR001") == pytest.approx(
        {"people": 2, "judged": 1, "passed": 1, "coverage": 0.5, "share": 1, "low": 0.2065, "high": 1}
    )
    unknown = adoption(audit, "B", "HDL001")
    assert (unknown["people"], unknown["judged"], unknown["coverage"]) == (1, 0, 0)
    assert all(math.isnan(unknown[name]) for name in ("share", "low", "high"))
    everybody = adoption(audit, "", "HDL001")
    assert (everybody["people"], everybody["judged"], everybody["passed"]) == (5, 4, 3)


def test_people_and_findings_have_a_row_each(folder: Path) -> None:
    audit = auditor.load(folder / "findings.json")
    assert audit.people.set_index("employee_id")[["judged", "undetermined", "failed"]].to_dict("index") == {
        "1": {"judged": 2, "undetermined": 0, "failed": 0},
        "2": {"judged": 1, "undetermined": 1, "failed": 0},
        "3": {"judged": 1, "undetermined": 0, "failed": 1},
        "4": {"judged": 0, "undetermined": 1, "failed": 0},
        "5": {"judged": 1, "undetermined": 0, "failed": 0},
    }
    (finding,) = audit.findings.to_dict("records")
    assert (finding["employee_id"], finding["entity"], finding["rule"]) == ("3", "A", "HDL001")
    assert finding["first_seen"] == pd.Timestamp(2026, 9, 20)


def test_the_trend_has_earlier_runs_first_and_everybody_under_an_empty_name() -> None:
    before = {"run_id": "2026-10-22-01", "day": date(2026, 10, 22), "counts": {"people": 4}, "entities": {}}
    trend = tables_of(findings_content(made()), [before]).trend
    people = trend[trend["count"] == "people"]
    found = list(zip(people["day"].dt.month, people["entity"], people["value"], strict=True))
    assert found[0] == (10, "", 4)
    assert sorted(found[1:]) == [(11, "", 5), (11, "A", 3), (11, "B", 1)]


def test_every_table_has_its_columns_and_types_also_when_it_is_empty(folder: Path) -> None:
    empty = tables_of({"run": {"id": "r", "today": "2026-11-22", "counts": {}}, "employees": []})
    for audit in (auditor.load(folder), empty):
        tables = (audit.findings, audit.people, audit.trend, audit.adoption)
        for frame, columns in zip(tables, (FINDINGS, PEOPLE, TREND, ADOPTION), strict=True):
            assert dtypes(frame) == columns


def test_a_file_of_a_version_that_named_no_entities_is_still_read() -> None:
    content = findings_content(made())
    del content["run"]["entity_counts"]
    for one in content["employees"]:
        del one["entity"]
    audit = tables_of(content)
    assert set(audit.adoption["entity"]) == set(audit.trend["entity"]) == {""}
    assert adoption(audit, "", "HDL001")["people"] == 5


@pytest.mark.parametrize("content", [None, "[]", "{}", "not JSON", '{"run": {}, "employees": []}', '"text"'])
def test_what_is_no_report_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "findings.json").write_text(content, "utf-8")
    with pytest.raises(ReportError, match=r"findings\.json"):
        auditor.load(tmp_path)
    with pytest.raises(AuditorError):
        auditor.load(tmp_path / "nowhere.yaml")


def test_importing_the_program_does_not_wait_for_pandas() -> None:
    imports = "sys, auditor, auditor.cli.main, auditor.reports.month.parts"
    code = f"import {imports}; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_example_of_the_documentation_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[1] / "docs" / "analysis.md").read_text("utf-8")
    lines = [line for line in page.split("```python\n")[1].split("```")[0].splitlines() if line]
    assert len(lines) == 3
    there = folder / "elsewhere"
    (there / "reports").mkdir(parents=True)
    (there / "reports" / "2026-11-22-01").symlink_to(folder)
    monkeypatch.chdir(there)
    names: dict[str, object] = {}
    exec("\n".join(lines[:-1]), names)
    shown = eval(lines[-1], names)
    assert dict(zip(shown["rule"], shown["passed"], strict=True)) == {"BNR001": 1, "HDL001": 3}
    for name, columns in (
        ("findings", FINDINGS),
        ("people", PEOPLE),
        ("trend", TREND),
        ("adoption", ADOPTION),
    ):
        row = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")][-1]
        assert [part.strip(" `|") for part in row.split("|")[3].split(",")] == list(columns)


def test_the_store_gives_the_same_tables_and_the_months_before(tmp_path: Path) -> None:
    firm = Firm(tmp_path / "firm")
    first = firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG})
    second = firm.audit(MONTHS[1], {"0101": RIGHT, "0102": WRONG})
    audit = auditor.load(firm.policy.path)
    pd.testing.assert_frame_equal(audit.people, tables_of(findings_content(second)).people)
    headline = audit.adoption[(audit.adoption["rule"] == "HDL001") & (audit.adoption["entity"] == "")]
    assert headline[["people", "judged", "passed"]].to_dict("records") == [
        {"people": 4, "judged": 2, "passed": 1}
    ]
    closed = audit.trend[(audit.trend["count"] == "resolved") & (audit.trend["entity"] == "")]
    assert list(zip(closed["day"].dt.date, closed["value"], strict=True)) == [(MONTHS[0], 0), (MONTHS[1], 1)]
    judged = audit.trend[(audit.trend["count"] == "headline_judged") & (audit.trend["entity"] == "")]
    assert list(judged["value"]) == [2, 2], "every run stores what adoption needs"
    before = auditor.load(firm.policy.path, first.run.id)
    assert set(before.trend["run_id"]) == {first.run.id}
    with pytest.raises(AuditorError, match="no stored run nowhere"):
        auditor.load(firm.policy.path, "nowhere")
