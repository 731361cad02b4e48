"""Evidence that people hand over: who is still wanted, and what becomes of a file that arrives.

The user's own browser visits the profiles. The program looks into one folder, ties each saved page or export
to its person by what the file itself says, moves it to its place and reads it. It opens nothing on any site.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from auditor.app.evidence_places import evidence_place
from auditor.app.examine import EvidenceStep, RunContext, examine, needs_visit
from auditor.app.keep_evidence import arriving, keep_export, keep_page
from auditor.app.latest_report import Reported
from auditor.app.registry import read_capture, readers, sources
from auditor.app.run_plan import RunPlan, today_of
from auditor.errors import AuditorError, UsageError
from auditor.files.names import number_part
from auditor.files.reading import MEGABYTE
from auditor.files.writing import write_atomic
from auditor.findings.counting import STANDING
from auditor.findings.decisions import heed
from auditor.identity.page_identity import page_identity
from auditor.identity.same_person import Identity, same_person
from auditor.model.address import profile_slug
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.dates import local
from auditor.model.decision import Decision
from auditor.model.employee import GONE, Employee, PersonName
from auditor.model.examination import Trial
from auditor.model.message import Text, say
from auditor.model.observed import Present
from auditor.model.policy import Policy
from auditor.model.profile import PageKind, Profile
from auditor.ports import OpenSource, SourceContext
from auditor.sources.member_export import capture_export
from auditor.sources.saved_pages import (
    READING,
    SUFFIXES,
    SavedPagesSettings,
    capture_saved_file,
    companion_folders,
    read_reading,
    read_saved_file,
)

log = structlog.get_logger()
PAGES, EXPORTS = "saved_pages", "member_export"
#: a file may be this large at most; an export holds everything its member ever posted
LARGEST_PAGE, LARGEST_EXPORT = 25 * MEGABYTE, 2_000 * MEGABYTE
#: so many arrivals are remembered
_MOST_ARRIVALS = 500
#: so many files of the folder are taken at once, so that the next look is not far
_MOST_AT_ONCE = 50


class Fate(StrEnum):
    """What became of a file that arrived."""

    READ = "read"
    AGAIN = "again"
    SAYS_NOTHING = "says_nothing"
    NOBODYS = "nobodys"
    WHOSE = "whose"
    NOT_WANTED = "not_wanted"
    OTHER_PERSON = "other_person"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that arrived and what became of it.

    `kind` is what its page is, `fields` what could be seen of each profile field (`present`, `absent`,
    `unseen`); `person` is whose it is, None where that is not known; `instead_of` who was expected.
    """

    file_name: str
    at: datetime
    fate: Fate
    person: Employee | None = None
    source: str = ""
    kind: PageKind | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    seen_on: date | None = None
    instead_of: Employee | None = None
    trouble: Text = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody whose evidence is still wanted; `seen_on` is the day of the newest evidence there is."""

    employee: Employee
    seen_on: date | None = None
    leaver: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Whom evidence may be collected of: everybody to be looked at, and the numbers of all the others, whose
    pages are not to be read. `objects` asks the register now, for a profile address and a person."""

    wanted: Mapping[str, Employee]
    not_wanted: Mapping[str, Employee] = field(default_factory=dict)
    objects: Callable[[str, Employee | None], bool] = lambda _address, _person: False


def people_of_plan(plan: RunPlan, decisions: Iterable[Decision], before: People | None = None) -> People:
    """The people of a planned run, as HR's decisions leave them; `before` are those of the same plan with
    fewer decisions, so that only people about whom something was decided are thought about again."""
    employees = heed(plan.people.employees, decisions, plan.today)
    ladders = plan.ladders
    wanted = {} if before is None else dict(before.wanted)
    others = {} if before is None else dict(before.not_wanted)
    known = {**others, **wanted}
    new = [one for one in employees if known.get(one.employee_id) != one]
    for one, refused in zip(new, plan.eligibility.refuses_each(new), strict=True):
        ladder = ladders.get(one.entity, ladders[""])
        collectable = PAGES in ladder or EXPORTS in ladder
        visit = needs_visit(one, plan.policy.rules) and plan.policy.company_of(one.entity) is not None
        may, not_now = (wanted, others) if collectable and visit and not refused else (others, wanted)
        may[one.employee_id] = one
        not_now.pop(one.employee_id, None)
    return People(wanted, others, plan.eligibility.objects)


def collected_places(policy: Policy, captures: Path | None = None) -> dict[str, Path]:
    """Where collected evidence lies, by source, of each that has a place; see `evidence_place`."""
    found = {name: evidence_place(policy, name, captures) for name in (PAGES, EXPORTS)}
    return {name: place for name, place in found.items() if place}


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
        self._seen_on = _evidence_days(reported, policy.roster.time_zone) if reported else {}
        self._flagged = _flagged(reported) if reported else frozenset()
        self._last_run = reported.run.facts.today if reported else None
        self._today = today_of(policy, None)
        self._days = self._evidence_days(PAGES)
        self._wanted: list[Wanted] | None = None
        self.people_are(people)
        #: why the folder cannot be looked into; empty while it can
        self.trouble = ""

    def people_are(self, people: People) -> None:
        """From now on, these are the people; HR may have answered something about them."""
        everybody = (*people.not_wanted.values(), *people.wanted.values())
        slugs = {slug: one for one in everybody if (slug := profile_slug(one.profile_url or ""))}
        addresses = (one.profile_url for one in slugs.values())
        with self._lock:
            self._people, self._slugs, self._wanted = people, slugs, None
            #: one address for each site on which the roster has profiles
            self._origins = tuple({urlsplit(url).netloc: url for url in addresses if url}.values())

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
                order = sorted(self._still_wanted(), key=_turn)
                self._wanted = self._sample(order) if self._policy.sample else order
            return self._wanted

    def _still_wanted(self) -> Iterator[Wanted]:
        for one in self._people.wanted.values():
            day = self._seen_on.get(one.employee_id)
            leaver = one.roster_state in GONE
            if one.profile_url and (day is None or self._is_stale(one, day, leaver=leaver)):
                yield Wanted(one, day, leaver)

    def _sample(self, order: list[Wanted]) -> list[Wanted]:
        """The leavers, and of the others so many as are still asked for this month. Whoever was looked at
        longest ago comes first, so that over the months everybody's turn comes."""
        first = today_of(self._policy).replace(day=1)
        others = (one for one in self._people.wanted.values() if one.roster_state not in GONE)
        done = sum(self._seen_on.get(one.employee_id, date.min) >= first for one in others)
        left = max(self._policy.sample - done, 0)
        leavers = [one for one in order if one.leaver]
        return leavers + [one for one in order if not one.leaver][:left]

    def note_seen(self, person: Employee, day: date) -> None:
        """Take note that evidence of this day is there."""
        with self._lock:
            self._seen_on[person.employee_id] = day
            self._wanted = None

    @property
    def people(self) -> int:
        """How many people evidence may be collected of."""
        return len(self._people.wanted)

    def person(self, employee_id: str) -> Employee | None:
        """Somebody of whom evidence may be collected."""
        return self._people.wanted.get(employee_id)

    def _is_stale(self, employee: Employee, day: date, *, leaver: bool) -> bool:
        """Whether somebody should look again: the evidence is too old for a run of today, or it is what a
        leaver was flagged by."""
        age = (self._today - day).days
        flagged = leaver and employee.employee_id in self._flagged
        return age > self._days or (flagged and self._last_run is not None and day <= self._last_run)

    def _evidence_days(self, source: str) -> int:
        return self._policy.evidence_days.get(source, sources()[source].evidence_days)

    def note_kept(self) -> None:
        """Take note of the pages that already lie in their place and that no run has read yet."""
        folder = self._places.get(PAGES)
        for path in _newer_pages(folder, self._last_run) if folder else ():
            if path.suffix.lower() == READING:
                reading = read_reading(path)
                slug, moment = reading.slug, reading.seen_at
            else:
                page = read_saved_file(path)
                identity = page_identity(page.text, page.origin, *self._origins)
                slug, moment = identity.slug if identity else "", page.saved_at
            person = self._slugs.get(slug)
            if person and moment:
                day = moment.date()
                self.note_seen(person, max(day, self._seen_on.get(person.employee_id, day)))

    def look(self, expected: Employee | None = None) -> list[Arrival]:
        """Look into the folder once and take every file that has not changed since the last look.

        A file that is still being written waits for the next look; what was of no use stays where it lies.
        """
        with self._taking:
            try:
                marks = {path: _mark(path) for path in _candidates(self._inbox)}
            except OSError as trouble:
                self.trouble = trouble.strerror or str(trouble)
                return []
            self.trouble = ""
            with self._lock:
                ready = [p for p, mark in marks.items() if self._looked.get(p) == mark != self._told.get(p)]
                self._looked = marks
                self._told = {path: mark for path, mark in self._told.items() if path in marks}
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
            mark = _mark(path)
            try:
                arrival = self._take(path, owner)
            except (OSError, AuditorError) as trouble:
                words = getattr(trouble, "strerror", None) or str(trouble)
                arrival = _arrival(path, Fate.UNREADABLE, trouble=words)
            except Exception as fault:  # a fault of ours with one file; the next ones are still taken
                log.error("file_failed", kind=type(fault).__name__)
                arrival = _arrival(path, Fate.UNREADABLE, trouble=type(fault).__name__)
            if expected and arrival.person and arrival.person.employee_id != expected.employee_id:
                arrival = replace(arrival, instead_of=expected)
            stays = os.path.lexists(path)
            with self._lock:
                self._arrivals = [*self._arrivals, arrival][-_MOST_ARRIVALS:]
                self._told.pop(path, None)
                if stays:
                    self._told[path] = mark
            return arrival

    def delete(self, file_name: str) -> bool:
        """Delete a useless file that lies in the folder, with its pictures; False where there is none.
        Raises UsageError where it cannot be deleted."""
        with self._lock:
            path = next((one for one in self._told if one.name == file_name), None)
        if path is None:
            return False
        try:
            if os.path.lexists(path):
                _remove(path)
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

    def _take(self, path: Path, owner: Employee | None) -> Arrival:
        if path.is_symlink():
            return _arrival(path, Fate.LINK)
        export = path.suffix.lower() == ".zip"
        if path.stat().st_size > (LARGEST_EXPORT if export else LARGEST_PAGE):
            return _arrival(path, Fate.TOO_LARGE)
        return self._take_export(path, owner) if export else self._take_page(path)

    def _take_page(self, path: Path) -> Arrival:
        page = read_saved_file(path)
        if page.trouble:
            return _arrival(path, Fate.UNREADABLE, trouble=page.trouble)
        identity = page_identity(page.text, page.origin, *self._origins)
        person = self._slugs.get(identity.slug) if identity else None
        settings = self._policy.source_settings[PAGES]
        signed_in = isinstance(settings, SavedPagesSettings) and settings.accepts_signed_in(
            today_of(self._policy)
        )
        capture = capture_saved_file(path, person.employee_id if person else "", signed_in=signed_in)
        if capture.status is not CaptureStatus.OK:
            return _arrival(path, Fate.UNREADABLE, person, trouble=capture.trouble)
        address = identity.address if identity else ""
        if (person and person.employee_id not in self._people.wanted) or (
            address and self._people.objects(address, person)
        ):
            return _arrival(path, Fate.NOT_WANTED, person)  # unread
        profile = _read(capture)
        kind = profile.page_kind
        if kind is PageKind.PROFILE_SIGNED_IN:  # the owner that the page itself shows is whose it is
            person = self._slugs.get(profile.slug) if profile.slug else None
            if person and person.employee_id not in self._people.wanted:
                return _arrival(path, Fate.NOT_WANTED, person)
        if kind not in _SHOWS_PROFILE:
            return _arrival(path, Fate.SAYS_NOTHING, person, kind=kind)
        if person is None:
            return _arrival(path, Fate.NOBODYS, kind=kind)
        if kind is not PageKind.PROFILE_SIGNED_IN:
            return self._keep(path, person, PAGES, kind)
        # such a page shows whoever was signed in, and others: only what was read of it is kept
        keep = partial(keep_page, capture, profile, profile.slug or "")
        return self._keep(path, person, PAGES, kind, keep)

    def _take_export(self, path: Path, owner: Employee | None) -> Arrival:
        blank = owner or Employee("", "", next(iter(GONE)))
        capture = capture_export(path, blank)
        if capture.status is not CaptureStatus.OK:
            return _arrival(path, Fate.UNREADABLE, source=EXPORTS, trouble=capture.trouble)
        name = _read(capture).full_name
        shown = name.value if isinstance(name, Present) else ""
        person = owner or self._owner_by_name(shown)
        if person is None:
            return _arrival(path, Fate.WHOSE, source=EXPORTS, trouble=shown)
        if person.employee_id not in self._people.wanted or self._people.objects(
            person.profile_url or "", person
        ):
            return _arrival(path, Fate.NOT_WANTED, person, source=EXPORTS)
        if shown and same_person(_name(person), shown) is Identity.DIFFERS:
            return _arrival(path, Fate.OTHER_PERSON, person, source=EXPORTS, trouble=shown)
        # an export holds all that its member ever wrote: only the audited columns are kept
        return self._keep(path, person, EXPORTS, PageKind.RECORD, partial(keep_export, path, path.name))

    def _owner_by_name(self, shown: str) -> Employee | None:
        """The one person of the roster whose name this surely is."""
        words = set(shown.casefold().split())
        everybody = (*self._people.wanted.values(), *self._people.not_wanted.values())
        near = [one for one in everybody if words & set(one.full_name.casefold().split())]
        same = [one for one in near if shown and same_person(_name(one), shown) is Identity.SAME]
        return same[0] if len(same) == 1 else None

    def _keep(
        self,
        path: Path,
        person: Employee,
        source: str,
        kind: PageKind,
        keep: Callable[[Path], Path | None] | None = None,
    ) -> Arrival:
        """Put a file, or the part of it that `keep` writes into a folder, in its place, and read it."""
        if source not in self._places:
            return _arrival(path, Fate.UNREADABLE, person, source, kind, trouble=_NO_PLACE)
        place = self._places[source] / number_part(person.employee_id)
        with arriving(place) as work:
            kept = keep(work) if keep else path
            if kept is None:
                return _arrival(path, Fate.UNREADABLE, person, source, kind)
            again = _is_there(kept, place)
            target = kept if again else _move(kept, place)
        if again or keep:
            _remove(path)
        if again:
            return _arrival(path, Fate.AGAIN, person, source, kind)
        trial, seen_on = self._examine(person, source, place, target)
        if trial.status is not CaptureStatus.OK:
            fate = Fate.OTHER_PERSON if trial.status is CaptureStatus.WRONG_PERSON else Fate.SAYS_NOTHING
            fate = Fate.WHOSE if trial.status is CaptureStatus.WHO_IS_THIS else fate
            arrival = _arrival(path, fate, person, source, kind, seen_on=seen_on)
            return replace(arrival, trouble=trial.trouble)
        self.note_seen(person, seen_on)
        fields = dict(trial.fields)
        return _arrival(path, Fate.READ, person, source, kind, fields=fields, seen_on=seen_on)

    def _examine(self, person: Employee, source: str, place: Path, target: Path) -> tuple[Trial, date]:
        """What a run would see in the person's folder, and of which day that is."""
        today = self._today
        context = SourceContext(
            policy=self._policy,
            employees=(person,),
            folder=place,
            stopping=_never,
            today=today,
            read_page=read_capture,
        )
        company = self._policy.company_of(person.entity)
        with ExitStack() as stack:
            opened: OpenSource = _OneExport(target)
            if source == PAGES:
                settings = self._policy.source_settings[source]
                opened = stack.enter_context(sources()[source].open(settings, context))
            step = EvidenceStep(source, opened, self._evidence_days(source), can_refuse=False)
            made = examine(person, company, [step], RunContext(readers(), self._policy.rules, today))
        trial = made.trials[0]
        there = local(trial.captured_at, self._policy.roster.time_zone)
        return trial, there.date() if there else today


@dataclass(frozen=True, slots=True)
class _OneExport:
    """One archive as a source."""

    path: Path

    def fetch(self, employee: Employee) -> Capture:
        """The archive as this person's."""
        return capture_export(self.path, employee)


_NO_PLACE = "the policy names no folder for exports"
_SHOWS_PROFILE = frozenset({PageKind.PROFILE_FULL, PageKind.PROFILE_MASKED, PageKind.PROFILE_SIGNED_IN})


def _never() -> bool:
    return False


def _turn(one: Wanted) -> tuple[bool, date, str, str]:
    employee = one.employee
    return not one.leaver, one.seen_on or date.min, employee.full_name.casefold(), employee.employee_id


def _read(capture: Capture) -> Profile:
    return read_capture(capture)


def _name(person: Employee) -> PersonName:
    return person.name or PersonName(person.full_name)


def _arrival(
    path: Path,
    fate: Fate,
    person: Employee | None = None,
    source: str = PAGES,
    kind: PageKind | None = None,
    *,
    fields: Mapping[str, str] | None = None,
    seen_on: date | None = None,
    trouble: Text = "",
) -> Arrival:
    now = datetime.now(UTC)
    return Arrival(path.name, now, fate, person, source, kind, fields or {}, seen_on, None, trouble)


def _evidence_days(reported: Reported, zone: str) -> dict[str, date]:
    """The day of the newest readable evidence of everybody in a report, by employee id."""
    found: dict[str, date] = {}
    for one in reported.scope.examinations:
        moments = (trial.captured_at for trial in one.trials if trial.status is CaptureStatus.OK)
        there = local(max(moments, default=None), zone)
        if there:
            found[one.employee.employee_id] = there.date()
    return found


def _flagged(reported: Reported) -> frozenset[str]:
    """The leavers about whom a finding stands."""
    return frozenset(one.finding.employee_id for one in reported.findings if one.state in STANDING)


def _candidates(inbox: Path) -> Iterator[Path]:
    """The files of a folder that may be evidence, in the order of their names. Raises OSError."""
    with os.scandir(inbox) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "~$")))
    for name in names:
        path = inbox / name
        if path.suffix.lower() in SUFFIXES | {".zip"} and (path.is_file() or path.is_symlink()):
            yield path


def _mark(path: Path) -> tuple[object, ...]:
    """What changes while a file, or the folder of pictures beside it, is still being written."""
    try:
        facts = path.lstat()
        beside = [
            (one.name, one.lstat().st_size) for place in companion_folders(path) for one in place.iterdir()
        ]
    except OSError:
        return (datetime.now(UTC),)
    return (facts.st_size, facts.st_mtime_ns, *sorted(beside))


def _newer_pages(folder: Path, day: date | None) -> Iterator[Path]:
    """The saved pages below a folder that are newer than a day."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place) / name
            if path.suffix.lower() in SUFFIXES | {READING}:
                try:
                    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
                except (OSError, ValueError, OverflowError):
                    continue
                if day is None or changed >= day:
                    yield path


def _is_there(path: Path, place: Path) -> bool:
    """Whether the very same file, or what was read of the same page, lies in a person's folder already."""
    if not place.is_dir():
        return False
    if path.suffix == READING:
        read = (read_reading(one).page_sha256 for one in place.rglob(f"*{READING}"))
        return read_reading(path).page_sha256 in read
    size = path.stat().st_size
    same = [one for one in place.rglob("*") if one.is_file() and one.stat().st_size == size]
    return bool(same) and _digest(path) in map(_digest, same)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(path: Path) -> None:
    for companion in companion_folders(path):
        shutil.rmtree(companion, ignore_errors=True)
    path.unlink()


def _move(path: Path, place: Path) -> Path:
    """Move a file and the folder of its pictures, which must keep its name, into a folder of the person's."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    companions = companion_folders(path)
    number, target = 1, place
    while any((target / one.name).exists() for one in (path, *companions)):
        number += 1
        target = place / str(number)
    target.mkdir(exist_ok=True, mode=0o700)
    for companion in companions:
        shutil.move(companion, target / companion.name)
    shutil.move(path, target / path.name)
    return target / path.name
