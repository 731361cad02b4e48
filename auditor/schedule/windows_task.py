"""Windows Task Scheduler: a task as XML, handed to schtasks."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from auditor.errors import UsageError
from auditor.schedule.call import JITTER_MINUTES, TITLE, Call, Piece, Programs

SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
#: Task Scheduler would put something else in the place of these, and knows no way to say them plainly
_REPLACED = re.compile(r"%[^%]+%|\$\(Arg\d")


def task_xml(call: Call) -> bytes:
    """The task of a call, in UTF-16 as schtasks reads it. Raises UsageError for paths it cannot contain."""
    for text in (*call.words, str(call.folder)):
        if _REPLACED.search(text):
            raise UsageError(
                f"Task Scheduler would read a variable in {text!r}.",
                "Use another folder.",
                code="PATH_NOT_ACCEPTED",
            )
    task = ElementTree.Element("Task", {"version": "1.3", "xmlns": SPACE})
    _add(task, "RegistrationInfo", {"Description": TITLE})
    trigger = ElementTree.SubElement(ElementTree.SubElement(task, "Triggers"), "CalendarTrigger")
    start = f"{date(2026, 1, 1)}T{call.hour:02d}:{call.minute:02d}:00"
    _fill(trigger, {"StartBoundary": start, "Enabled": "true", "RandomDelay": f"PT{JITTER_MINUTES}M"})
    _add(trigger, "ScheduleByDay", {"DaysInterval": "1"})
    principal = _add(ElementTree.SubElement(task, "Principals"), "Principal", {})
    principal.set("id", "Author")
    _fill(principal, {"LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"})
    _add(
        task,
        "Settings",
        {
            "MultipleInstancesPolicy": "IgnoreNew",
            "DisallowStartIfOnBatteries": "false",
            "StopIfGoingOnBatteries": "false",
            "StartWhenAvailable": "true",
            "ExecutionTimeLimit": "PT0S",
            "Priority": "7",
        },
    )
    actions = ElementTree.SubElement(task, "Actions", {"Context": "Author"})
    program, *arguments = call.words
    _add(
        actions,
        "Exec",
        {
            "Command": program,
            "Arguments": subprocess.list2cmdline(arguments),
            "WorkingDirectory": str(call.folder),
        },
    )
    ElementTree.indent(task)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + ElementTree.tostring(task, encoding="unicode")
    return text.encode("utf-16")


class WindowsTask:
    """The tasks of the user who calls."""

    kind = "windows"

    def __init__(self, programs: Programs) -> None:
        self._programs = programs

    def preview(self, call: Call) -> list[Piece]:
        """The task, and what is called with it."""
        xml = task_xml(call).decode("utf-16")
        return [Piece(f"{call.name}.xml", xml), Piece("then", " ".join(_create(call.name, "FILE.xml")))]

    def install(self, call: Call) -> None:
        """Hand the task over, in the place of an earlier one. Raises ScheduleError."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.xml"
            path.write_bytes(task_xml(call))
            self._programs.must(_create(call.name, str(path)))

    def show(self, name: str) -> str:
        """The installed task; empty when there is none."""
        answer = self._programs.run(("schtasks", "/Query", "/TN", name, "/XML"))
        return answer.out if answer.status == 0 else ""

    def remove(self, name: str) -> bool:
        """Delete the task; False when there was none."""
        if not self.show(name):
            return False
        self._programs.must(("schtasks", "/Delete", "/TN", name, "/F"))
        return True


def _create(name: str, path: str) -> tuple[str, ...]:
    return ("schtasks", "/Create", "/TN", name, "/XML", path, "/F")


def _add(parent: ElementTree.Element, tag: str, content: dict[str, str]) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    _fill(element, content)
    return element


def _fill(element: ElementTree.Element, content: dict[str, str]) -> None:
    for tag, text in content.items():
        ElementTree.SubElement(element, tag).text = text
