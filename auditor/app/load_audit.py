"""A finished run as tables, from the folder of its reports or from the store of a policy."""

from __future__ import annotations

from pathlib import Path

from auditor.analysis import Audit, load_run_folder, tables_of
from auditor.app.publish import findings_content, stored_report
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.app.stored_runs import stored_run


def load(where: str | Path, run: str = "") -> Audit:
    """The tables of a run.

    `where` is a run's folder below `reports/` (or its findings.json), or the policy: then the run with the id
    `run`, without one the latest that ended, is taken from the store, and the twelve runs before it stand in
    `trend`. Raises ReportError, ConfigError, StoreError, and UsageError for a run that does not exist.
    """
    path = Path(where)
    if path.suffix not in (".yaml", ".yml"):
        return load_run_folder(path)
    policy = policy_of(path, unfinished=True)
    store = open_store(policy)
    report = stored_report(store, stored_run(store, run), policy)
    months = [
        {"run_id": month.run_id, "day": month.today, "counts": month.counts, "entities": month.entities}
        for month in report.trend
        if month.run_id != report.run.id
    ]
    return tables_of(findings_content(report), months)
