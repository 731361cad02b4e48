"""The figures of the scale benchmark as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Measured = Sequence[Mapping[str, Any]]


def spoken(measured: Measured) -> str:
    """For each size its figures, then its steps."""
    lines = []
    for one in measured:
        people = one["people"]
        for name in ("first", "again"):
            run = one[name]
            if run is None:
                continue
            files = ", ".join(f"{key} {size:.1f}" for key, size in run["files_mb"].items())
            cpu = f"CPU {run['cpu']:.1f} s ({run['cpu'] / people * 1000:.2f} ms a person)"
            sizes = f"store {run['store_mb']:.1f} MB, reports {run['reports_mb']:.1f} MB ({files})"
            lines.append(
                f"{people:,} people, {one['evidence']:,} pages, {name}: {cpu}, "
                f"wall {run['wall']:.1f} s, peak {run['peak']:.0f} MB, {sizes}"
            )
            for step, (cpu, wall, peak) in sorted(run["steps"].items(), key=lambda item: -item[1][0]):
                lines.append(
                    f"    {step:22} {cpu:9.2f} s  {cpu / people * 1000:8.3f} ms a person  "
                    f"wall {wall:8.1f}  peak {peak:7.0f} MB"
                )
    return "\n".join(lines)
