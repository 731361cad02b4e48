"""What every scheduler is told: which command, where, and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import UsageError

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
                raise UsageError(f"{text!r} holds a control sign; no scheduler can be given that path.")

    def spread(self, host: str) -> tuple[int, int]:
        """Hour and minute of this installation on this host: the same ones each time they are asked."""
        seed = hashlib.sha256(f"{host}\x1f{self.name}".encode()).digest()
        minutes = self.hour * 60 + self.minute + int.from_bytes(seed[:4]) % JITTER_MINUTES
        return minutes // 60 % 24, minutes % 60


def call_name(policy: Path) -> str:
    """The name under which an installation stands in the scheduler: one entry for each policy file."""
    digest = hashlib.sha256(str(policy.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return f"profile-audit-{digest[:8]}"
