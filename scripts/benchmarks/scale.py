"""How a run grows with the roster: CPU and wall time a person, peak memory, store and reports, by step.

    python -m scripts.benchmarks.scale --people 1000 10000              two sizes, with evidence for everybody
    python -m scripts.benchmarks.scale --people 1000000 --evidence 100000 --more 'reports: {extent: summary}'
    python -m scripts.benchmarks.scale --people 1000 --keep FILE        adds the figures to FILE
    python -m scripts.benchmarks.scale --keep FILE --chart PICTURE      draws the figures in FILE

For each size a group of firms is invented: a roster and saved pages of a part of its people. The real program
audits it in a process of its own, with one worker unless told otherwise, then once more, as a month in which
nothing changed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.benchmarks._firm import TODAY, make_firm
from scripts.benchmarks._scale_chart import draw
from scripts.benchmarks._scale_figures import spoken

ROOT = Path(__file__).resolve().parents[2]
#: of these so many pages are saved at most, unless told otherwise
MOST_EVIDENCE = 100_000


def measure(
    people: int, evidence: int, workers: int, more: str, where: Path | None, *, distinct: bool, once: bool
) -> dict[str, Any]:
    """The figures of one size: a first run and one more of the same evidence."""
    with tempfile.TemporaryDirectory(dir=where) as name:
        folder = Path(name)
        make_firm(folder, people, evidence, more, distinct=distinct)
        first = _run(folder, workers)
        again = None if once else _run(folder, workers)
        return {
            "people": people,
            "evidence": evidence,
            "more": more.strip(),
            "workers": workers,
            "distinct": distinct,
            "first": first,
            "again": again,
            "pages_mb": _megabytes(folder / "saved"),
        }


def _run(folder: Path, workers: int) -> dict[str, Any]:
    steps = folder / "steps.json"
    command = [
        sys.executable, "-m", "scripts.benchmarks._scale_child", str(steps), "run", "--fresh", "--quiet",
        "--no-progress", "--roster", str(folder / "people.csv"),
        "--policy", str(folder / "config/policy.yaml"),
        "--output", str(folder / "reports"), "--today", TODAY, "--workers", str(workers),
    ]  # fmt: skip
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
        ended = subprocess.run(command, env=environment, stdout=said, stderr=said, check=False)
        wall = time.perf_counter() - begun
        if ended.returncode not in (0, 1, 3):
            said.seek(0)
            raise SystemExit(f"The run ended with {ended.returncode}: {said.read()[-3000:]}")
    reports = max((folder / "reports").glob("*-*"), key=lambda path: path.name)
    found = json.loads(steps.read_text("utf-8"))
    sizes = {"findings.json": "findings.json", "workbook": "linkedin-audit_all_*.xlsx"}
    found |= {
        "wall": wall,
        "store_mb": sum(map(_megabytes, folder.rglob("*.sqlite3"))),
        "reports_mb": _megabytes(reports),
        "files_mb": {one: sum(map(_megabytes, reports.glob(name))) for one, name in sizes.items()},
    }
    return found


def _megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main() -> int:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, nargs="+", default=[])
    options.add_argument("--evidence", type=int, default=MOST_EVIDENCE, help="saved pages at most")
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--more", default="", help="further lines of the policy")
    options.add_argument("--where", type=Path, help="folder for the invented group")
    options.add_argument("--keep", type=Path, help="file to add the figures to")
    options.add_argument("--chart", type=Path, help="picture to draw of all figures, those kept too")
    options.add_argument("--title", default="", help="what stands above the chart: machine and commit")
    options.add_argument(
        "--distinct", action="store_true", help="no two people's banners have the same bytes"
    )
    options.add_argument("--once", action="store_true", help="without the month in which nothing changed")
    wanted = options.parse_args()
    measured = json.loads(wanted.keep.read_text("utf-8")) if wanted.keep and wanted.keep.exists() else []
    for people in wanted.people:
        evidence = min(people, wanted.evidence)
        found = measure(
            people,
            evidence,
            wanted.workers,
            wanted.more,
            wanted.where,
            distinct=wanted.distinct,
            once=wanted.once,
        )
        print(spoken([found]), flush=True)
        measured.append(found)
        if wanted.keep:
            wanted.keep.write_text(json.dumps(measured, indent=1), "utf-8")
    if wanted.chart:
        draw(measured, wanted.chart, wanted.title)
    return 0


if __name__ == "__main__":
    sys.exit(main())
