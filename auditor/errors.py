"""Errors outside the loop over people, in the user's words, each with its exit status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitStatus(IntEnum):
    """How a command ends. If several apply, `worst` decides."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOT_SOUND = 3
    INTERNAL = 4
    INTERRUPTED = 130


def worst(*statuses: ExitStatus) -> ExitStatus:
    """The status to end with: an internal error outranks an unsound run, which outranks findings."""
    rank = (ExitStatus.CLEAN, ExitStatus.FINDINGS, ExitStatus.NOT_SOUND, ExitStatus.INTERNAL)
    ranked = [status for status in statuses if status in rank]
    return max(ranked, key=rank.index, default=ExitStatus.CLEAN)


class AuditorError(Exception):
    """An error that ends the command. `hint` says in one sentence what to do about it; `code` names the
    kind of error in `auditor messages` and docs/messages.md, and never changes.

    Both texts may be given as messages (`auditor.model.message`), which the desk says in its reader's
    language: they stand in `said`. `message` and `hint` are English.
    """

    exit_status = ExitStatus.INTERNAL

    def __init__(self, message: object, hint: object = "", *, code: str) -> None:
        super().__init__(str(message))
        self.said = (message, hint)
        self.message = str(message)
        self.hint = str(hint)
        self.code = code


def hint_of_extra(extra: str) -> str:
    """What to do where the packages of an optional extra are missing."""
    # never `pip install NAME`: an index may hold a stranger's package of this name
    return (
        f"Install the program again with the extra {extra}, such as: "
        f"pipx install --force 'FILE.whl[{extra}]' (docs/install.md)."
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file that a person wrote. Line and column count from 1; 0 means unknown."""

    path: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}"
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


class ConfigError(AuditorError):
    """The policy cannot be used. Holds all mistakes in the file, not only the first."""

    exit_status = ExitStatus.USAGE

    def __init__(self, mistakes: list[Mistake], hint: str = "", *, code: str) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes), hint, code=code)
        self.mistakes = mistakes


class UsageError(AuditorError):
    """The command was asked for something it cannot do."""

    exit_status = ExitStatus.USAGE


class RosterError(AuditorError):
    """The whole roster file cannot be used. A problem in a single row is reported with that row instead.

    `code` is the rule of the intake table (F02, F03, H06 ...); `row` counts from 1, 0 means the file.
    """

    exit_status = ExitStatus.USAGE

    def __init__(self, path: Path, message: str, *, code: str, row: int = 0, hint: str = "") -> None:
        where = f"{path}:{row}" if row else str(path)
        super().__init__(f"{where}: {message}", hint, code=code)
        self.path = path
        self.row = row
        self.plain_message = message


class SourceUnavailable(AuditorError):
    """A source cannot start at all: no browser, no permission, no folder."""

    exit_status = ExitStatus.USAGE


class StoreError(AuditorError):
    """The store cannot be opened, read or written; what it held before is intact."""


class ReportError(AuditorError):
    """A report could not be written."""


class ScheduleError(AuditorError):
    """The system's scheduler could not be changed; its earlier entries are intact."""
