"""Evidence that people hand over: who is still wanted, and what becomes of a file that arrives.

The user's own browser visits the profiles. The program looks into one folder, ties each saved page or export
to its person by what the file itself says, moves it to its place and reads it. It opens nothing on any site.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import structlog

from auditor.app.evidence_files import candidates, mark, remove
from auditor.app.file_evidence import Arrival, Fate, Filing, arrival
from auditor.app.latest_report import Reported
from auditor.app.run_plan import today_of
from auditor.app.wanted_people import People, Wanted, known_evidence, wanted_of
from auditor.errors import AuditorError, UsageError
from auditor.files.writing import write_atomic
from auditor.model.employee import Employee
from auditor.model.message import say
from auditor.model.policy import Policy

log = structlog.get_logger()
#: so many arrivals are remembered
_MOST_ARRIVALS = 500
#: so many files of the folder are taken at once, so that the next look is not far
_MOST_AT_ONCE = 50


class Collector:
    """The folder that is watched, the people who are wanted, and what has arrived. May be asked by several
    threads; one file is taken at a time."""

    def __init__(
        self,
        policy: Policy,
        people: People,
        reported: Reported | None,
        inbox: Path,
        places: Mapping[str, Path],
        before: Iterable[Arrival] = (),
    ) -> None:
        self._policy = policy
        self._inbox = inbox
        self._places = places
        #: one file is taken at a time; the lock of what is known is never held while a disk is waited for
        self._taking, self._lock = threading.RLock(), threading.Lock()
        self._arrivals = list(reversed(list(before)))
        self._looked: dict[Path, tuple[object, ...]] = {}
        self._told: dict[Path, tuple[object, ...]] = {}
        self._known = known_evidence(reported, policy.roster.time_zone)
        self._wanted: list[Wanted] | None = None
        self.people_are(people)
        #: why the folder cannot be looked into; empty while it can
        self.trouble = ""

    def people_are(self, people: People) -> None:
        """From now on, these are the people; HR may have answered something about them."""
        filing = Filing(self._policy, people, self._places)
        with self._lock:
            self._people, self._filing, self._wanted = people, filing, None

    @property
    def inbox(self) -> Path:
        """The folder that is watched."""
        return self._inbox

    def arrivals(self) -> list[Arrival]:
        """What has arrived, newest first."""
        with self._lock:
            return self._arrivals[::-1]

    def waiting(self) -> list[str]:
        """The files that still lie in the folder: of no use, or nobody knows whose they are."""
        with self._lock:
            return sorted(path.name for path in self._told)

    def wanted(self) -> Sequence[Wanted]:
        """Everybody whose evidence is missing or too old: leavers first, then the oldest evidence."""
        with self._lock:
            if self._wanted is None:
                today = today_of(self._policy)
                self._wanted = wanted_of(self._people, self._known, self._policy, today)
            return self._wanted

    def note_seen(self, person: Employee, day: date) -> None:
        """Take note that evidence of this day is there."""
        with self._lock:
            self._known.seen_on[person.employee_id] = day
            self._wanted = None

    @property
    def people(self) -> int:
        """How many people evidence may be collected of."""
        return len(self._people.wanted)

    def person(self, employee_id: str) -> Employee | None:
        """Somebody of whom evidence may be collected."""
        return self._people.wanted.get(employee_id)

    def note_kept(self) -> None:
        """Take note of the pages that already lie in their place and that no run has read yet."""
        for person, day in self._filing.kept_pages(self._known.last_run):
            self.note_seen(person, max(day, self._known.seen_on.get(person.employee_id, day)))

    def look(self, expected: Employee | None = None) -> list[Arrival]:
        """Look into the folder once and take every file that has not changed since the last look.

        A file that is still being written waits for the next look; what was of no use stays where it lies.
        """
        with self._taking:
            try:
                marks = {path: mark(path) for path in candidates(self._inbox)}
            except OSError as trouble:
                self.trouble = trouble.strerror or str(trouble)
                return []
            self.trouble = ""
            with self._lock:
                ready = [p for p, now in marks.items() if self._looked.get(p) == now != self._told.get(p)]
                self._looked = marks
                self._told = {path: before for path, before in self._told.items() if path in marks}
            return [self.take(path, expected) for path in ready[:_MOST_AT_ONCE]]

    def drop(self, name: str, content: bytes, expected: Employee | None = None) -> Arrival:
        """Put a file that was dropped into the folder, beside whatever lies there, and take it. Raises
        UsageError where the folder cannot be written to."""
        with self._taking:
            path, number = self._inbox / name, 1
            while os.path.lexists(path):
                number += 1
                path = self._inbox / f"{Path(name).stem} ({number}){Path(name).suffix}"
            try:
                write_atomic(path, content)
            except OSError as trouble:
                raise UsageError(
                    say(
                        "The file could not be put into {folder}: {why}.",
                        folder=self._inbox,
                        why=trouble.strerror or trouble,
                    ),
                    code="NOT_WRITABLE",
                ) from None
            return self.take(path, expected)

    def take(self, path: Path, expected: Employee | None = None, owner: Employee | None = None) -> Arrival:
        """Tie one file to its person, move it to its place and read it. Content never makes it raise.

        `expected` is the person whose page is being saved; `owner` the one whom somebody named as the owner
        of an export.
        """
        with self._taking:
            marked = mark(path)
            try:
                found = self._filing.take(path, owner, today_of(self._policy))
            except (OSError, AuditorError) as trouble:
                words = getattr(trouble, "strerror", None) or str(trouble)
                found = arrival(path, Fate.UNREADABLE, trouble=words)
            except Exception as fault:  # a fault of ours with one file; the next ones are still taken
                log.error("file_failed", kind=type(fault).__name__)
                found = arrival(path, Fate.UNREADABLE, trouble=type(fault).__name__)
            if found.fate is Fate.READ and found.person and found.seen_on:
                self.note_seen(found.person, found.seen_on)
            if expected and found.person and found.person.employee_id != expected.employee_id:
                found = replace(found, instead_of=expected)
            stays = os.path.lexists(path)
            with self._lock:
                self._arrivals = [*self._arrivals, found][-_MOST_ARRIVALS:]
                self._told.pop(path, None)
                if stays:
                    self._told[path] = marked
            return found

    def delete(self, file_name: str) -> bool:
        """Delete a useless file that lies in the folder, with its pictures; False where there is none.
        Raises UsageError where it cannot be deleted."""
        with self._lock:
            path = next((one for one in self._told if one.name == file_name), None)
        if path is None:
            return False
        try:
            if os.path.lexists(path):
                remove(path)
        except OSError as trouble:
            raise UsageError(
                say("The file cannot be deleted: {why}.", why=trouble.strerror or trouble),
                code="FILE_NOT_DELETED",
            ) from None
        with self._lock:
            self._told.pop(path, None)
        return True

    def left_export(self, file_name: str) -> Path | None:
        """The export of this name that lies in the folder and waits for an owner."""
        with self._lock:
            return next((one for one in self._told if one.name == file_name), None)
