#!/usr/bin/env python3
"""How long the exception workbook takes beside a bare XlsxWriter script that writes the same cells.

python scripts/benchmarks/workbook.py [--people 20000] [--pictures 500] [--rounds 3]

Both sides write the same sheets, rows, texts, dates, links and thumbnails in one process, in turns. The
bare script gets its thumbnails ready made; ours shrinks the pictures it is given. Printed are CPU seconds
(best of the rounds), the ratio (goal: at most 1.5) and the sizes.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from auditor.model.capture import CaptureStatus
from auditor.model.document import (
    Grid,
    Link,
    Picture,
    Table,
    Workbook,
)
from auditor.model.employee import (
    Employee,
    RosterState,
)
from auditor.model.examination import (
    Examination,
    Trial,
)
from auditor.model.finding import (
    FindingState,
    TrackedFinding,
    finding_of,
)
from auditor.model.health import (
    HealthVerdict,
    RunHealth,
)
from auditor.model.profile import PageKind
from auditor.model.report import (
    AuditReport,
    RunFacts,
)
from auditor.model.rule import (
    CheckResult,
    Failed,
    Passed,
    Severity,
)
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.writers._cells import thumbnail
from auditor.writers.xlsx import write_xlsx

TODAY = date(2026, 11, 22)
#: thumbnails for the bare script, made before the clock runs
READY: dict[bytes, tuple[bytes, int, int]] = {}
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def invented_report(people: int, pictures: int) -> AuditReport:
    """A report of invented people: each has one headline finding, the first ones a banner finding."""
    examinations, findings = [], []
    for n in range(people):
        employee = Employee(
            f"{n:06}", f"Person {n} Fictief", RosterState.ACTIVE, f"https://x.example/in/invented-{n}",
            "Engineer", "Noordlicht NV", f"Manager {n % 90}",
        )  # fmt: skip
        outcomes = {
            "HDL001": _headline(n),
            "BNR001": _banner(n) if n < pictures else Passed("BANNER_CURRENT"),
        }
        results = tuple(
            CheckResult(rule, employee.employee_id, outcome, Severity.MEDIUM, "public_page", NOW)
            for rule, outcome in outcomes.items()
        )
        trial = Trial("public_page", CaptureStatus.OK, PageKind.PROFILE_FULL, NOW, decided=tuple(outcomes))
        examinations.append(Examination(employee, (trial,), results))
        for result in results:
            finding = finding_of(result)
            if finding:
                first = TODAY - timedelta(days=n % 90)
                findings.append(TrackedFinding(finding, FindingState.OPEN, first, TODAY, n % 4))
    run = RunFacts(
        "benchmark", NOW, NOW, TODAY, "a" * 64, "b" * 64, "roster.xlsx", TODAY, "public_page", "0", {}, {}
    )
    sound = RunHealth({}, {}, 0.0, HealthVerdict.SOUND, ())
    banners = {"Noordlicht NV": _picture(-1)}
    return AuditReport(run, sound, tuple(examinations), tuple(findings), (), (), (), standard_banners=banners)


def write_bare(workbook: Workbook, path: Path) -> None:
    """The same cells with XlsxWriter and nothing else."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        wrap = book.add_format({"text_wrap": True})
        for part in workbook.tables:
            sheet = book.add_worksheet(part.title)
            rows = part.rows if isinstance(part, Table) else _page_rows(part.blocks)
            for row, values in enumerate(rows, 1):
                for column, value in enumerate(values):
                    _bare_cell(sheet, row, column, value, day, wrap)


def _page_rows(blocks: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [row for block in blocks if isinstance(block, Grid) for row in block.rows]


def _bare_cell(sheet: object, row: int, column: int, value: object, day: object, wrap: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, wrap)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), day)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, Link):
        sheet.write_url(row, column, value.address, None, value.words)
    elif isinstance(value, Picture):
        body, _, _ = READY[value.body]
        options = {"image_data": io.BytesIO(body), "description": value.words, "x_scale": 0.5, "y_scale": 0.5}
        sheet.insert_image(row, column, "x.jpg", options)
    else:
        sheet.write_blank(row, column, None, wrap)


def _headline(n: int) -> Failed:
    expected = f"Engineer {n} at Noordlicht"
    return Failed("NO_COMPANY", "no company", expected, f"Engineer {n}, speaker and cyclist", remedy=expected)


def _banner(n: int) -> Failed:
    return Failed(
        "BANNER_PREVIOUS", "last year's", "Autumn 2026", "Autumn 2025", pictures=(("seen", _picture(n)),)
    )


def _picture(n: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((800, 200)).rotate(n % 360).convert("RGB").save(
        out, "JPEG", comment=str(n)
    )
    return out.getvalue()


def _cpu(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> int:
    """Measure and print; exit status 1 where the goal is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--pictures", type=int, default=500)
    options.add_argument("--rounds", type=int, default=3)
    wanted = options.parse_args()
    report = invented_report(wanted.people, wanted.pictures)
    made = _cpu(lambda: exception_workbooks(report))
    workbook = exception_workbooks(report)[0]
    assert isinstance(workbook, Workbook)
    for part in workbook.tables:
        for row in part.rows if isinstance(part, Table) else ():
            READY.update((cell.body, thumbnail(cell.body)) for cell in row if isinstance(cell, Picture))
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(wanted.rounds):
            thumbnail.cache_clear()
            ours.append(_cpu(lambda: write_xlsx(workbook, Path(folder))))
            bare.append(_cpu(lambda: write_bare(workbook, Path(folder) / "bare.xlsx")))
        sizes = [path.stat().st_size / 1e6 for path in sorted(Path(folder).glob("*.xlsx"))]
    ratio = min(ours) / min(bare)
    print(f"{wanted.people} people, {wanted.pictures} pictures; CPU seconds, best of {wanted.rounds}")
    print(f"tables made      {made:6.2f}")
    print(f"workbook written {min(ours):6.2f}")
    print(f"bare script      {min(bare):6.2f}")
    print(f"ratio            {ratio:6.2f}   (goal: at most 1.5)")
    print(f"sizes in MB      {', '.join(f'{size:.1f}' for size in sizes)} (bare, ours)")
    return 0 if ratio <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
