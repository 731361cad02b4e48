"""launchd (macOS): a property list, the user's own agent or, as root, the machine's daemon."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from auditor.errors import ScheduleError
from auditor.schedule.call import Call, Piece, Programs, write_schedule_file


def property_list(call: Call, host: str) -> bytes:
    """The property list of a call. A time that passed while the Mac slept is made up for on waking."""
    hour, minute = call.spread(host)
    content: Mapping[str, Any] = {
        "Label": label(call.name),
        "ProgramArguments": list(call.words),
        "WorkingDirectory": str(call.folder),
        "EnvironmentVariables": dict(call.environment),
        "StartCalendarInterval": {"Hour": hour, "Minute": minute},
        "RunAtLoad": False,
        "ProcessType": "Background",
        "Umask": 0o077,
        "ExitTimeOut": 300,
        "StandardOutPath": str(call.log),
        "StandardErrorPath": str(call.log),
    }
    return plistlib.dumps({key: value for key, value in content.items() if value != {}}, sort_keys=False)


def label(name: str) -> str:
    """The name of a call as launchd wants it."""
    return f"local.{name}"


class Launchd:
    """The agents of one user, or the daemons of the machine."""

    kind = "launchd"

    def __init__(self, programs: Programs, host: str, folder: Path, domain: str) -> None:
        self._programs = programs
        self._host = host
        self._folder = folder
        self._domain = domain

    @classmethod
    def here(cls, programs: Programs, host: str) -> Launchd:
        """Root's calls belong to the machine, anybody else's to the user."""
        user = os.geteuid() if hasattr(os, "geteuid") else 0
        if user == 0:
            return cls(programs, host, Path("/Library/LaunchDaemons"), "system")
        return cls(programs, host, Path.home() / "Library" / "LaunchAgents", f"gui/{user}")

    def preview(self, call: Call) -> list[Piece]:
        """The property list, and what is called afterwards."""
        path = self._path(call.name)
        then = f"launchctl bootstrap {self._domain} {path}"
        return [Piece(str(path), property_list(call, self._host).decode()), Piece("then", then)]

    def install(self, call: Call) -> None:
        """Write and load the call. Raises ScheduleError, leaving nothing half done."""
        path = self._path(call.name)
        self._unload(call.name)
        try:
            write_schedule_file(path, property_list(call, self._host))
            self._programs.must(("launchctl", "bootstrap", self._domain, str(path)))
        except ScheduleError:
            path.unlink(missing_ok=True)
            raise

    def show(self, name: str) -> str:
        """The installed property list; empty when there is none."""
        path = self._path(name)
        return f"<!-- {path} -->\n{path.read_text(encoding='utf-8')}" if path.exists() else ""

    def remove(self, name: str) -> bool:
        """Unload and delete the call; False when there was none."""
        path = self._path(name)
        if not path.exists():
            return False
        self._unload(name)
        with suppress(FileNotFoundError):
            path.unlink()
        return True

    def _unload(self, name: str) -> None:
        if self._path(name).exists():
            self._programs.run(("launchctl", "bootout", f"{self._domain}/{label(name)}"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{label(name)}.plist"
