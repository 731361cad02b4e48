"""Calls the system's own programs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.errors import ScheduleError

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """How a program ended and what it said."""

    status: int
    out: str
    err: str


class Programs:
    """The programs of this machine, in plain English, never waiting for a person."""

    def run(self, words: Sequence[str], text: str | None = None) -> Answer:
        """Call a program with `text` as its input. Raises ScheduleError where there is none such."""
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
            raise ScheduleError(f"There is no {words[0]} here.", "Choose another --kind.") from None
        except (OSError, subprocess.TimeoutExpired) as trouble:
            raise ScheduleError(f"{words[0]} could not be called: {trouble}") from None
        return Answer(done.returncode, done.stdout, done.stderr)

    def must(self, words: Sequence[str], text: str | None = None) -> str:
        """The same, for calls that have to work. Raises ScheduleError with what the program said."""
        answer = self.run(words, text)
        if answer.status != 0:
            said = (answer.err or answer.out).strip().splitlines() or ["no reason given"]
            raise ScheduleError(
                f"{' '.join(words[:3])} failed: {said[0]}", "Nothing was installed; see docs/schedule.md."
            )
        return answer.out
