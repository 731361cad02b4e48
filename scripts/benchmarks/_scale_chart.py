"""The figures of the scale benchmark as a picture: what a person costs by step, and the memory, by size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.benchmarks._scale_figures import Measured

#: steps that get a colour of their own; the others are drawn together
_MOST_STEPS = 6


def draw(measured: Measured, out: Path, title: str) -> None:
    """Write the chart of first runs of everybody with evidence, a pair of bars for each size."""
    import matplotlib as mpl  # here: it takes a second, and only this needs it

    mpl.use("svg" if out.suffix == ".svg" else "agg")
    from matplotlib import pyplot

    runs = [(_label(one), one["people"], one["first"]) for one in measured]
    each = {name: sum(run["steps"].get(name, [0])[0] for _, _, run in runs) for name in _steps(measured)}
    named = sorted(each, key=lambda name: -each[name])[:_MOST_STEPS]
    figure, (cpu, memory) = pyplot.subplots(
        1, 2, figsize=(11, 4.2), width_ratios=(1, 1), layout="constrained"
    )
    base = [0.0] * len(runs)
    for name in (*named, "other steps"):
        share = [_a_person(run, people, name, named) for _, people, run in runs]
        cpu.bar([label for label, _, _ in runs], share, bottom=base, label=name, width=0.6)
        base = [low + more for low, more in zip(base, share, strict=True)]
    cpu.set_ylabel("CPU milliseconds a person")
    cpu.legend(fontsize="small", reverse=True)
    memory.bar([label for label, _, _ in runs], [run["peak"] for _, _, run in runs], width=0.6, color="0.45")
    memory.set_ylabel("peak of memory, MB")
    for axes in (cpu, memory):
        axes.tick_params(axis="x", labelsize="x-small")
    figure.suptitle(title, fontsize="medium")
    figure.savefig(out, dpi=110, metadata={"Date": None} if out.suffix == ".svg" else None)


def _label(one: Mapping[str, Any]) -> str:
    evidence = "" if one["evidence"] == one["people"] else f"\n{one['evidence']:,} pages"
    return f"{one['people']:,}{evidence}" + ("\nsummary" if "summary" in one["more"] else "")


def _steps(measured: Measured) -> set[str]:
    return {name for one in measured for name in one["first"]["steps"]}


def _a_person(run: Mapping[str, Any], people: int, name: str, named: list[str]) -> float:
    steps = run["steps"]
    seconds = steps.get(name, [0.0])[0]
    if name not in steps and name not in named:
        seconds = sum(taken[0] for step, taken in steps.items() if step not in named)
    return float(seconds) / people * 1000
