"""systemd: a service and its timer, the user's own or, as root, the system's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from auditor.errors import ScheduleError, UsageError
from auditor.schedule.call import JITTER_MINUTES, TITLE, Call, Piece, Programs, write_schedule_file

SERVICE = """\
[Unit]
Description={title}

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
{environment}UMask=0077
# the audit ends the browser itself; what is left after five minutes is ended by force
KillMode=mixed
TimeoutStartSec=infinity
TimeoutStopSec=5min
Nice=10
"""

TIMER = """\
[Unit]
Description={title}

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
RandomizedDelaySec={jitter}min
# a call that was missed because the machine was off is made up for at once
Persistent=true

[Install]
WantedBy=timers.target
"""


def units(call: Call) -> Mapping[str, str]:
    """File name -> text of the two units."""
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in call.environment)
    service = SERVICE.format(
        title=TITLE,
        folder=_specifiers(str(call.folder)),
        command=command_line(call.words),
        environment=environment,
    )
    timer = TIMER.format(title=TITLE, hour=call.hour, minute=call.minute, jitter=JITTER_MINUTES)
    return {f"{call.name}.service": service, f"{call.name}.timer": timer}


def command_line(words: tuple[str, ...]) -> str:
    """The words as `ExecStart=` wants them; only arguments know variables, the program does not.

    Raises UsageError for a program that systemd refuses to call.
    """
    if any(sign in words[0] for sign in "\"'\\"):
        raise UsageError(
            f"systemd does not accept quotes or backslashes in {words[0]!r}.",
            "Choose another --kind.",
            code="PATH_NOT_ACCEPTED",
        )
    program, *arguments = (_quoted(word) for word in words)
    return " ".join([program, *(word.replace("$", "$$") for word in arguments)])


class Systemd:
    """The timers of one user, or of the machine."""

    kind = "systemd"

    def __init__(self, programs: Programs, folder: Path, stamps: Path, *, system: bool) -> None:
        self._programs = programs
        self._folder = folder
        self._stamps = stamps
        self._control = ("systemctl",) if system else ("systemctl", "--user")

    @classmethod
    def here(cls, programs: Programs) -> Systemd:
        """Root's timers belong to the machine, anybody else's to the user."""
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            return cls(programs, Path("/etc/systemd/system"), Path("/var/lib/systemd/timers"), system=True)
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        return cls(programs, config / "systemd" / "user", data / "systemd" / "timers", system=False)

    def preview(self, call: Call) -> list[Piece]:
        """The files, and what is called afterwards."""
        files = [Piece(str(self._folder / name), text) for name, text in units(call).items()]
        commands = "\n".join(" ".join(words) for words in self._activating(call.name))
        return [*files, Piece("then", commands)]

    def install(self, call: Call) -> None:
        """Write and start the timer. Raises ScheduleError, leaving nothing half done."""
        try:
            for name, text in units(call).items():
                write_schedule_file(self._folder / name, text.encode())
            for words in self._activating(call.name):
                self._programs.must(words)
        except ScheduleError:
            self.remove(call.name)
            raise

    def show(self, name: str) -> str:
        """The installed units; empty when there are none."""
        files = [self._folder / f"{name}.service", self._folder / f"{name}.timer"]
        texts = [f"# {path}\n{path.read_text(encoding='utf-8')}" for path in files if path.exists()]
        return "\n".join(texts)

    def remove(self, name: str) -> bool:
        """Stop and delete the timer; False when there was none."""
        files = [self._folder / f"{name}.service", self._folder / f"{name}.timer"]
        there = any(path.exists() for path in files)
        if there:
            self._programs.run((*self._control, "disable", "--now", f"{name}.timer"))
        for path in (
            *files,
            self._folder / "timers.target.wants" / f"{name}.timer",
            self._stamps / f"stamp-{name}.timer",
        ):
            with suppress(FileNotFoundError):
                path.unlink()
        if there:
            self._programs.run((*self._control, "daemon-reload"))
            self._programs.run((*self._control, "reset-failed", f"{name}.service"))
        return there

    def _activating(self, name: str) -> list[tuple[str, ...]]:
        return [(*self._control, "daemon-reload"), (*self._control, "enable", "--now", f"{name}.timer")]


def _quoted(word: str) -> str:
    inner = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_specifiers(inner)}"'


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")
