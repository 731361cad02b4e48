#!/usr/bin/env python3
"""All gates and tests: formatter, linter, types, documentation, import layers, tests (also in a browser).

python3 scripts/test.py                 what CI runs
python3 scripts/test.py --long          also the tests that take minutes
python3 scripts/test.py --coverage      also which lines of auditor/ no test reaches
python3 scripts/test.py --mutation      only this: changes of the rules that no test notices; hours
python3 scripts/test.py -- -k roster    only pytest, with these arguments
"""

# ruff: noqa: PTH100, PTH109, PTH120
import os
import sys

# nothing is imported from the current folder, whatever PYTHONPATH says; -I leaves this folder out
sys.path[:] = [os.path.dirname(os.path.abspath(__file__)), *(p for p in sys.path if p != os.getcwd() and p)]

import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import _setup

#: tests run side by side, a file at a time: what a file sets up (a browser, an audit) is set up once.
#: One more runs than there are processors: many wait for a browser or for another process
MOST_WORKERS = 5
#: a file system in memory, used where this much is free: on a disk a store waits for every commit
MEMORY, LEAST_FREE = Path("/dev/shm"), 3_000_000_000
GATES = (
    ("formatter", ["-m", "ruff", "format", "--check", "-q", "."]),
    ("linter", ["-m", "ruff", "check", "-q", "."]),
    ("types", ["-m", "mypy"]),
    ("documentation", ["-m", "sphinx", "-aEqnW", "--keep-going", "docs", ".cache/site"]),
    ("import layers", ["-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"]),
)


def main() -> int:
    _setup.ready("requirements-dev.txt")
    _setup.browser()
    _setup.database()
    arguments = sys.argv[1:]
    if "--mutation" in arguments:
        return mutate()
    failed = [] if "--" in arguments else failed_gates()
    workers = min((os.cpu_count() or 1) + 1, MOST_WORKERS)
    chosen = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    chosen += arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    if "--coverage" in arguments:
        chosen += ["--cov", "--cov-report", "term"]
    if "--long" in arguments:
        chosen += ["-m", "long or not long"]
    started = time.monotonic()
    done = called(["-m", "pytest", *chosen], memory())
    tell("tests", done, started)
    if done.returncode != 0:
        failed.append("tests")
    _setup.say(f"Failed: {', '.join(failed)}" if failed else "All gates are green.")
    return 1 if failed else 0


def mutate() -> int:
    """Run the tests of the rules and the leaver table on each of their mutants; takes hours."""
    _setup.ready("requirements-release.txt")
    # the mutants are imported, not this checkout
    environment = {name: value for name, value in _setup.surroundings().items() if name != "PYTHONPATH"}
    for step in ("run", "results"):
        done = subprocess.run([str(_setup.PYTHON), "-m", "mutmut", step], cwd=_setup.ROOT, env=environment)
    return done.returncode


def failed_gates() -> list[str]:
    """Run the gates, two at a time; the names of those that fail. The documentation is not among them: its
    tests build it with the same command."""
    gates = [(name, command) for name, command in GATES if name != "documentation"]
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(passes, gates))
    return [name for (name, _), green in zip(gates, passed, strict=True) if not green]


def passes(gate: tuple[str, list[str]]) -> bool:
    name, command = gate
    started = time.monotonic()
    done = called(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tell(name, done, started)
    return done.returncode == 0


def called(
    command: list[str], variables: dict[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess:
    environment = {**_setup.surroundings(), **(variables or {})}
    return subprocess.run([str(_setup.PYTHON), "-P", *command], cwd=_setup.ROOT, env=environment, **more)


def tell(name: str, done: subprocess.CompletedProcess, started: float) -> None:
    if done.returncode != 0 and done.stdout:
        _setup.say(done.stdout)
    _setup.say(f"{name}: {'green' if done.returncode == 0 else 'RED'} ({time.monotonic() - started:.0f} s)")


def memory() -> dict[str, str]:
    """The variable that puts the tests' temporary folders into memory, if that can hold them."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < LEAST_FREE:
        return {}
    return {"PYTEST_DEBUG_TEMPROOT": str(MEMORY)}


if __name__ == "__main__":
    raise SystemExit(main())
