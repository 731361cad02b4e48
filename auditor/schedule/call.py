"""What every scheduler needs: which command, where, and when."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from auditor.errors import ScheduleError, UsageError
from auditor.files.writing import write_atomic
from auditor.model.dates import period_of

#: calls of different installations are spread over this many minutes
JITTER_MINUTES = 30
TITLE = "LinkedIn profile audit: called daily, runs when the month's audit is due"


@dataclass(frozen=True, slots=True)
class Call:
    """A command to be called every day at a time of the local clock.

    The command itself knows whether the month's audit is due, so a day on which the machine was off,
    or on which the audit failed, is made good on the next. `words` and paths are absolute; `log`
    takes what the command says where the scheduler keeps no journal of its own.
    """

    name: str
    words: tuple[str, ...]
    folder: Path
    log: Path
    hour: int
    minute: int
    environment: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        pairs = (f"{name}{value}" for name, value in self.environment)
        for text in (*self.words, str(self.folder), str(self.log), *pairs):
            if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
                raise UsageError(
                    f"{text!r} contains a control character; schedulers do not accept such a path.",
                    code="PATH_NOT_ACCEPTED",
                )

    def spread(self, host: str) -> tuple[int, int]:
        """Hour and minute of this installation on this host: the same ones each time they are asked."""
        seed = hashlib.sha256(f"{host}\x1f{self.name}".encode()).digest()
        minutes = self.hour * 60 + self.minute + int.from_bytes(seed[:4]) % JITTER_MINUTES
        return minutes // 60 % 24, minutes % 60


def call_name(policy: Path) -> str:
    """The name of an installation in the scheduler: one entry per policy file."""
    digest = hashlib.sha256(str(policy.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return f"profile-audit-{digest[:8]}"


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run that was reported: its day, and whether everybody was attempted."""

    day: date
    complete: bool


def is_due(runs: Iterable[EndedRun], today: date, monthly_on: int) -> bool:
    """Whether no audit was finished since the month's day came round last.

    A month that was missed stays due after its end, until it is made good or the next one begins.
    A run that left people out may be gone on with in its own calendar month, so it is still due then.
    """
    since = last_start(today, monthly_on)
    return not any(
        run.day >= since and (run.complete or period_of(run.day) < period_of(today)) for run in runs
    )


def last_start(today: date, monthly_on: int) -> date:
    """The latest day of the month's number (1 to 28) that is not in the future."""
    month = today if today.day >= monthly_on else today.replace(day=1) - timedelta(days=1)
    return month.replace(day=monthly_on)


PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """The exit status and output of a program."""

    status: int
    out: str
    err: str


class Programs:
    """The programs of this machine, in plain English, never waiting for a person."""

    def run(self, words: Sequence[str], text: str | None = None) -> Answer:
        """Run a program with `text` as its input. Raises ScheduleError if it does not exist."""
        try:
            done = subprocess.run(
                words,
                input=text or "",
                capture_output=True,
                encoding="utf-8",
                errors="surrogateescape",
                timeout=PATIENCE,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise ScheduleError(
                f"{words[0]} is not available on this machine.", "Choose another --kind.", code="NO_SCHEDULER"
            ) from None
        except (OSError, subprocess.TimeoutExpired) as trouble:
            raise ScheduleError(f"{words[0]} could not be run: {trouble}", code="SCHEDULER_FAILED") from None
        return Answer(done.returncode, done.stdout, done.stderr)

    def must(self, words: Sequence[str], text: str | None = None) -> str:
        """Run a program that must succeed. Raises ScheduleError with its output."""
        answer = self.run(words, text)
        if answer.status != 0:
            lines = (answer.err or answer.out).strip().splitlines() or ["no reason given"]
            raise ScheduleError(
                f"{' '.join(words[:3])} failed: {lines[0]}",
                "Nothing was installed; see docs/schedule.md.",
                code="SCHEDULER_FAILED",
            )
        return answer.out


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a preview: where it will be written, and its text."""

    where: str
    text: str


def write_schedule_file(path: Path, body: bytes) -> None:
    """Write a file that the scheduler must be able to read. Raises ScheduleError."""
    try:
        write_atomic(path, body, mode=0o644)
    except OSError as trouble:
        raise ScheduleError(
            f"{path} cannot be written: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
