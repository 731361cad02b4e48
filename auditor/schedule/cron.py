"""cron: one marked block in the user's crontab; every other line stays as it is."""

from __future__ import annotations

import re
import shlex

from auditor.errors import ScheduleError, UsageError
from auditor.schedule.call import Call, Piece, Programs

_NONE_YET = "no crontab for"


def block(call: Call, host: str) -> str:
    """The marked lines of a call. Raises UsageError for paths that cron cannot be given."""
    words = [*(f"{name}={shlex.quote(value)}" for name, value in call.environment)]
    program = " ".join(shlex.quote(word) for word in call.words)
    words.append(f"{program} >> {shlex.quote(str(call.log))} 2>&1")
    command = f"umask 077; cd {shlex.quote(str(call.folder))} && {' '.join(words)}"
    if "\\" in command:
        raise UsageError(
            "cron does not accept a path with a backslash.",
            "Choose another --kind.",
            code="PATH_NOT_ACCEPTED",
        )
    hour, minute = call.spread(host)
    line = f"{minute} {hour} * * * {command}".replace("%", r"\%")
    return "\n".join((_begin(call.name), line, _end(call.name))) + "\n"


def with_block(crontab: str, call: Call, host: str) -> str:
    """The crontab with the call's block, once."""
    rest = without_block(crontab, call.name)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return rest + block(call, host)


def without_block(crontab: str, name: str) -> str:
    """The crontab without the call's block. Raises ScheduleError if its end mark is missing."""
    rest = _block(name).sub("", crontab)
    if _begin(name) in rest.splitlines():
        raise ScheduleError(
            f"The block of {name} in the crontab has no end mark.",
            "Correct it with `crontab -e`; nothing was changed.",
            code="CRONTAB_DAMAGED",
        )
    return rest


class Cron:
    """The crontab of the user who calls."""

    kind = "cron"

    def __init__(self, programs: Programs, host: str) -> None:
        self._programs = programs
        self._host = host

    def preview(self, call: Call) -> list[Piece]:
        """The block."""
        return [Piece("crontab", block(call, self._host))]

    def install(self, call: Call) -> None:
        """Put the block into the crontab. Raises ScheduleError."""
        self._programs.must(("crontab", "-"), with_block(self._crontab(), call, self._host))

    def show(self, name: str) -> str:
        """The block; empty when there is none."""
        found = _block(name).search(self._crontab())
        return found[0] if found else ""

    def remove(self, name: str) -> bool:
        """Remove the block; a crontab that is then empty is removed too."""
        before = self._crontab()
        rest = without_block(before, name)
        if rest == before:
            return False
        if rest.strip():
            self._programs.must(("crontab", "-"), rest)
        else:
            self._programs.must(("crontab", "-r"))
        return True

    def _crontab(self) -> str:
        answer = self._programs.run(("crontab", "-l"))
        if answer.status == 0:
            return answer.out
        if _NONE_YET in answer.err.lower():
            return ""
        raise ScheduleError(
            f"The crontab cannot be read: {answer.err.strip() or 'no reason given'}", code="SCHEDULER_FAILED"
        )


def _begin(name: str) -> str:
    return f"# >>> {name}: written by `auditor schedule install`"


def _end(name: str) -> str:
    return f"# <<< {name}"


def _block(name: str) -> re.Pattern[str]:
    begin, end = re.escape(_begin(name)), re.escape(_end(name))
    return re.compile(rf"^{begin}\n(?:(?!# >>> ).*\n)*?{end}(?:\n|\Z)", re.MULTILINE)
