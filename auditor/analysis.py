"""A finished run as typed pandas tables, for notebooks.

    import auditor
    audit = auditor.load("reports/2026-11-22-01")
    audit.adoption[audit.adoption["entity"] == ""]

The tables hold employee numbers and no names: handle them as you handle findings.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditor.errors import ReportError
from auditor.model.share import wilson

#: column -> dtype of each table; every table has exactly these columns, also when it is empty
FINDINGS = {
    "run_id": "string",
    "day": "datetime64[ns]",
    "employee_id": "string",
    "entity": "string",
    "rule": "string",
    "code": "string",
    "severity": "string",
    "confidence": "string",
    "state": "string",
    "first_seen": "datetime64[ns]",
    "source": "string",
    "seen_on": "datetime64[ns]",
}
PEOPLE = {
    "run_id": "string",
    "day": "datetime64[ns]",
    "employee_id": "string",
    "entity": "string",
    "roster_state": "string",
    "group": "string",
    "capture_status": "string",
    "source": "string",
    "judged": "int64",
    "undetermined": "int64",
    "failed": "int64",
}
TREND = {"run_id": "string", "day": "datetime64[ns]", "entity": "string", "count": "string", "value": "int64"}
ADOPTION = {
    "entity": "string",
    "rule": "string",
    "people": "int64",
    "judged": "int64",
    "passed": "int64",
    "coverage": "float64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}


@dataclass(frozen=True, slots=True)
class Audit:
    """The tables of one run. The entity "" stands for all people; who has none counts there only.

    - `findings`: a row for each finding of `findings.json`, with its `state`.
    - `people`: a row for each person, with how many rules were `judged`, `undetermined` and `failed`.
    - `trend`: a row for each run, entity and count, the oldest run first; `count` is a name from the counts
      of `findings.json`.
    - `adoption`: for each entity and rule, how many `people` the rule concerns, for how many it was `judged`
      and how many `passed`; `coverage` is judged / people, `share` is passed / judged with its 95 % interval
      (Wilson) from `low` to `high`. Where nobody was judged, the share is not known: NaN.
    """

    findings: pd.DataFrame
    people: pd.DataFrame
    trend: pd.DataFrame
    adoption: pd.DataFrame


def load_run_folder(folder: Path) -> Audit:
    """The tables of the run whose reports lie in `folder`, or of a findings.json. Raises ReportError."""
    path = folder / "findings.json" if folder.is_dir() else folder
    try:
        return tables_of(json.loads(path.read_text(encoding="utf-8")))
    except OSError as trouble:
        raise ReportError(
            f"{path} cannot be read: {trouble.strerror or trouble}.",
            "Name a run's folder below reports/, its findings.json or the policy.",
            code="FINDINGS_UNREADABLE",
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise ReportError(
            f"{path} is no findings.json of this program ({trouble}).", code="FINDINGS_UNREADABLE"
        ) from None


def tables_of(content: Mapping[str, Any], months: Iterable[Mapping[str, Any]] = ()) -> Audit:
    """The tables of the content of a findings.json.

    `months` are earlier runs, oldest first, each with `run_id`, `day`, `counts` and `entities`. Content that
    an earlier version wrote names no entities: everybody then counts under "" only. Raises KeyError,
    TypeError, AttributeError or ValueError where the content has another form.
    """
    run = content["run"]
    own = {"run_id": run["id"], "day": run["today"]}
    people: list[Mapping[str, Any]] = []
    findings: list[Mapping[str, Any]] = []
    answers: list[tuple[str, str, str]] = []
    for person in content["employees"]:
        entity = person.get("entity", "")
        same = {**own, "employee_id": person["employee_id"], "entity": entity}
        outcomes = [result["outcome"] for result in person["results"]]
        people.append(
            {
                **same,
                **{key: person[key] for key in ("roster_state", "capture_status", "source")},
                "group": person.get("group"),
                "judged": outcomes.count("passed") + outcomes.count("failed"),
                "undetermined": outcomes.count("undetermined"),
                "failed": outcomes.count("failed"),
            }
        )
        answers += [(entity, one["rule"], one["outcome"]) for one in person["results"]]
        findings += [{**same, **one} for one in person["results"] if one["severity"] is not None]
    this = {**own, "counts": run["counts"], "entities": run.get("entity_counts", {})}
    trend = [
        {"run_id": month["run_id"], "day": month["day"], "entity": entity, "count": name, "value": value}
        for month in (*months, this)
        for entity, counts in {**month["entities"], "": month["counts"]}.items()
        for name, value in counts.items()
    ]
    return Audit(
        _table(findings, FINDINGS), _table(people, PEOPLE), _table(trend, TREND), adoption_of(answers)
    )


def adoption_of(answers: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """How many people meet each rule, by entity and over all (entity "").

    `answers` are entity, rule and outcome (passed, failed, undetermined, not_applicable) of each result;
    people whom a rule does not concern are left out of its counts.
    """
    asked = pd.DataFrame(answers, columns=["entity", "rule", "outcome"], dtype="object")
    asked = asked[asked["outcome"] != "not_applicable"]
    asked = pd.concat([asked, asked[asked["entity"] != ""].assign(entity="")])
    passed = asked["outcome"] == "passed"
    flags = asked.assign(people=1, judged=passed | (asked["outcome"] == "failed"), passed=passed)
    counted = flags.groupby(["entity", "rule"], as_index=False)[["people", "judged", "passed"]].sum()
    counted = counted.astype({name: ADOPTION[name] for name in counted.columns})
    return _with_shares(counted).astype(ADOPTION)[list(ADOPTION)]


def _with_shares(counted: pd.DataFrame) -> pd.DataFrame:
    """Rows with `people`, `judged` and `passed` together with their coverage, share and its 95 % interval
    (Wilson); not known (NaN) where nobody was judged."""
    judged = counted["judged"].where(counted["judged"] > 0).astype("float64")
    low, high = wilson(counted["passed"], judged)
    shares = {
        "coverage": counted["judged"] / counted["people"],
        "share": counted["passed"] / judged,
        "low": low.clip(lower=0.0),
        "high": high.clip(upper=1.0),
    }
    return counted.assign(**shares)


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))
