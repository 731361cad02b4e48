"""`auditor ...` with a clock at each step: CPU seconds, wall seconds and the peak of memory so far, as JSON.

The figures are written down every few seconds, so that a run which is ended early says what it had done.

    python -m scripts.benchmarks._scale_child STEPS.json run --roster ...

The program is the real one; only the functions at the joints of a run are watched.
"""

from __future__ import annotations

import functools
import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: where a step is, and what it is called
WATCHED = (
    ("auditor.app.perform_run", "prepare", "roster"),
    ("auditor.app.run_audit", "purge_before_run", "retention"),
    ("auditor.app.run_audit", "load_history", "history"),
    ("auditor.app.run_audit", "_begin", "begin"),
    ("auditor.app.run_audit", "_examine_everybody", "examine"),
    ("auditor.app.run_audit", "open_ladder", "open sources"),
    ("auditor.app.run_audit", "conclude", "conclude"),
    ("auditor.app.run_audit", "report_of", "report"),
    ("auditor.app.run_audit", "seal_report", "seal"),
    ("auditor.store.runs:RunStore", "examinations", "load people"),
    ("auditor.store.runs:RunStore", "finish", "store findings"),
    ("auditor.store.runs:RunStore", "save", "store people"),
    ("auditor.app.publish", "write_reports", "reports"),
)
#: between two times that the figures are written
_SECONDS_BETWEEN = 10.0


class Steps:
    """What each step took, without the steps inside it; written to `out` as it comes."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.taken: dict[str, list[float]] = {}
        self._written = time.perf_counter()
        self._inside: list[list[float]] = []

    def watch(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        """The action with a clock round it."""

        @functools.wraps(action)
        def clocked(*arguments: Any, **named: Any) -> Any:
            self._inside.append([0.0, 0.0])
            begun = _clock()
            try:
                return action(*arguments, **named)
            finally:
                took = [end - start for end, start in zip(_clock(), begun, strict=True)]
                within = self._inside.pop()
                taken = self.taken.setdefault(name, [0.0, 0.0, 0.0])
                for place in (0, 1):
                    taken[place] += took[place] - within[place]
                    if self._inside:
                        self._inside[-1][place] += took[place]
                taken[2] = max(taken[2], _peak())
                if time.perf_counter() - self._written > _SECONDS_BETWEEN:
                    self.write(status=None)

        return clocked

    def write(self, status: int | None) -> None:
        """Write the figures down; `status` None: the run goes on."""
        cpu, _ = _clock()
        found = {"steps": self.taken, "cpu": cpu, "peak": _peak(), "status": status}
        self.out.write_text(json.dumps(found), "utf-8")
        self._written = time.perf_counter()


def _clock() -> tuple[float, float]:
    here, below = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in (here, below)), time.perf_counter()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _watch_reports(steps: Steps) -> None:
    from dataclasses import replace

    from auditor.app import publish

    found = publish.reporters()
    clocked = tuple(replace(one, make=steps.watch(f"make {one.name}", one.make)) for one in found)
    publish.reporters = lambda: clocked  # type: ignore[assignment]
    write = publish._write

    def write_one(document: Any, *rest: Any) -> Any:
        kind = type(document).__name__
        return steps.watch(f"write {kind}", write)(document, *rest)

    publish._write = write_one


def main() -> int:
    """Run the program and write down its steps."""
    out, arguments = Path(sys.argv[1]), sys.argv[2:]
    steps = Steps(out)
    for place, name, step in WATCHED:
        module, _, inside = place.partition(":")
        owner = importlib.import_module(module)
        owner = getattr(owner, inside) if inside else owner
        setattr(owner, name, steps.watch(step, getattr(owner, name)))
    _watch_reports(steps)
    from auditor.cli.main import run_program

    status = steps.watch("rest", run_program)(arguments)
    steps.write(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
