"""The invented company's audit as a process of its own, and what it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def start(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.Popen:
    """`auditor ...` as a new process; `before` runs in it first."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "auditor", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def run(*arguments: str) -> subprocess.CompletedProcess:
    """`auditor ...`, awaited."""
    process = start(*arguments)
    out, err = process.communicate(timeout=280)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def findings(output: Path) -> dict:
    """The newest findings.json below a report folder."""
    newest = max(output.glob("*/findings.json"), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(newest.read_text("utf-8"))


def timeless(content: dict) -> dict:
    """The same without what no two runs share: the run's id and its moments."""
    run_facts = {k: v for k, v in content["run"].items() if k not in ("id", "started_at", "finished_at")}
    return {**content, "run": run_facts}


def browsers_of(process_id: int) -> list[int]:
    """Processes that still use the temporary browser folder of a run."""
    marker = f"auditor-browser-{process_id}-".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (folder / "environ").read_bytes() and folder.name != str(process_id):
                found.append(int(folder.name))
        except OSError:
            continue
    return found
