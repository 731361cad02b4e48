"""`auditor schedule`: the daily call, the machine's scheduler, and whether the audit is due."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Protocol

import auditor
from auditor.app.paths import base_folder, state_folder
from auditor.app.run_plan import today_of
from auditor.errors import ScheduleError, UsageError
from auditor.model.policy import Policy
from auditor.schedule.call import Call, EndedRun, Piece, Programs, call_name, is_due
from auditor.schedule.cron import Cron
from auditor.schedule.launchd import Launchd
from auditor.schedule.systemd import Systemd
from auditor.schedule.windows_task import WindowsTask
from auditor.store.history import endings
from auditor.store.runs import RunStore

KINDS = ("systemd", "cron", "launchd", "windows")
#: environment variables that the audit needs and a scheduler would not pass on
SURROUNDINGS = ("AUDITOR_BROWSER",)
ENVIRONMENT_FILE = "schedule.env"


class Scheduler(Protocol):
    """A scheduler of an operating system."""

    kind: str

    def preview(self, call: Call) -> list[Piece]:
        """What `install` would write and call."""
        ...

    def install(self, call: Call) -> None:
        """Install the call, replacing an earlier one of the same name. Raises ScheduleError."""
        ...

    def show(self, name: str) -> str:
        """What is installed under the name; empty if nothing is."""
        ...

    def remove(self, name: str) -> bool:
        """Remove it; returns False if there was nothing."""
        ...


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """The audit that is to be run each month: its files, and the day and the earliest time of its start."""

    roster: Path
    policy: Path
    output: Path
    captures: Path | None
    source: str
    monthly_on: int
    at: time


def scheduler(kind: str = "") -> Scheduler:
    """The scheduler of this kind, or the machine's own if none is given. Raises ScheduleError."""
    programs, host = Programs(), socket.gethostname()
    chosen = kind or _own_kind()
    if chosen == "systemd":
        return Systemd.here(programs)
    if chosen == "launchd":
        return Launchd.here(programs, host)
    return Cron(programs, host) if chosen == "cron" else WindowsTask(programs)


def call_of(run: ScheduledRun) -> Call:
    """The daily call of this installation, every path absolute. Raises UsageError."""
    if not run.roster.exists():
        raise UsageError(
            f"There is no roster {run.roster}.",
            "Give the file that HR keeps up to date.",
            code="ROSTER_MISSING",
        )
    words = [*program(), "schedule", "run", "--monthly-on", str(run.monthly_on)]
    for name, path in (("roster", run.roster), ("policy", run.policy), ("output", run.output)):
        words += [f"--{name}", str(path.absolute())]
    if run.captures:
        words += ["--captures", str(run.captures.absolute())]
    if run.source:
        words += ["--source", run.source]
    environment = tuple((name, os.environ[name]) for name in SURROUNDINGS if os.environ.get(name))
    return Call(
        call_name(run.policy),
        tuple(words),
        base_folder(run.policy),
        state_folder(run.policy) / "schedule.log",
        run.at.hour,
        run.at.minute,
        environment,
    )


def program() -> list[str]:
    """How this installation is called: by its script, which also repairs its environment, if it has one.

    A call stands in the company's folder, so Python is told to import nothing from there (-P), or from
    where its own variables say (-I).
    """
    script = Path(auditor.__file__).resolve().parents[1] / "scripts" / "audit.py"
    if not script.exists():
        return [sys.executable, "-P", "-m", "auditor"]
    python = getattr(sys, "_base_executable", None) or sys.executable
    return [str(python), "-I", str(script)]


def prepare_log(call: Call) -> None:
    """The private folder that takes the scheduler's log. Raises ScheduleError."""
    try:
        call.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise ScheduleError(
            f"{call.log.parent} cannot be created: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None


def shown(policy: Path, system: Scheduler) -> str:
    """What is installed for this policy; empty for nothing."""
    return system.show(call_name(policy))


def forget(policy: Path, system: Scheduler) -> bool:
    """Take this installation out of the scheduler; False where it was not in it."""
    gone = system.remove(call_name(policy))
    folder = state_folder(policy)
    with suppress(OSError):
        (folder / "schedule.log").unlink(missing_ok=True)
        folder.rmdir()  # only where the audit never ran: otherwise the store is in it
    return gone


def hints(kind: str) -> list[str]:
    """What the user should know about the scheduler just used."""
    lines = ["See it with: auditor schedule show; take it out with: auditor schedule remove"]
    if kind == "systemd" and hasattr(os, "geteuid") and os.geteuid() != 0:
        lines.append("It runs while you are signed in; to let it run always: loginctl enable-linger")
    if kind == "windows":
        lines.append("It runs while you are signed in; docs/schedule.md tells how to use a service account.")
    return lines


def due(store: RunStore, policy: Policy, monthly_on: int, today: date | None = None) -> bool:
    """Whether the month's audit is still to be done. Runs of a chosen few people do not count."""
    ended = (EndedRun(one.day, one.complete) for one in endings(store.engine) if not one.partial)
    return is_due(ended, today_of(policy, today), monthly_on)


def take_surroundings(policy: Path) -> None:
    """Set the variables of `config/schedule.env` (NAME=VALUE lines) that are not set yet.

    There secrets stand that a scheduler would not pass on. Raises UsageError where others may read it.
    """
    path = policy.resolve().parent / ENVIRONMENT_FILE
    if not path.exists():
        return
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageError(
            f"{path} can be read by others.", f"Correct this with: chmod 600 {path}", code="FILE_NOT_PRIVATE"
        )
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        name, sign, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not sign or not name.strip().isidentifier():
            raise UsageError(
                f"{path}:{number}: every line must be NAME=VALUE or a comment.", code="SCHEDULE_ENV"
            )
        os.environ.setdefault(name.strip(), value.strip())


def _own_kind() -> str:
    own = {"Windows": "windows", "Darwin": "launchd"}.get(platform.system())
    if own:
        return own
    if Path("/run/systemd/system").exists() and shutil.which("systemctl"):
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise ScheduleError(
        "No scheduler was found here: neither systemd nor cron.",
        "Install cron, or let another scheduler run this every day: auditor schedule run",
        code="NO_SCHEDULER",
    )
