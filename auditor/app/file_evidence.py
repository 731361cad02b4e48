"""A file of evidence is tied to its person by what the file itself says, moved to its place and read.

It opens nothing on any site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from auditor.app.evidence import EvidenceStep
from auditor.app.evidence_files import is_there, move, newer_pages, remove
from auditor.app.evidence_places import EXPORTS, PAGES
from auditor.app.examine import RunContext, examine
from auditor.app.keep_evidence import arriving, keep_export, keep_page
from auditor.app.registry import read_capture, readers, sources
from auditor.app.wanted_people import People, evidence_days
from auditor.files.names import number_part
from auditor.files.reading import MEGABYTE
from auditor.identity.page_identity import page_identity
from auditor.identity.same_person import Identity, same_person
from auditor.model.address import profile_slug
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.dates import local
from auditor.model.employee import GONE, Employee, PersonName
from auditor.model.examination import Trial
from auditor.model.message import Text
from auditor.model.observed import Present
from auditor.model.policy import Policy
from auditor.model.profile import PageKind
from auditor.ports import OpenSource, SourceContext
from auditor.sources.member_export import capture_export
from auditor.sources.saved_pages import (
    READING,
    SavedPagesSettings,
    capture_saved_file,
    read_reading,
    read_saved_file,
)

#: a file may be this large at most; an export holds everything its member ever posted
LARGEST_PAGE, LARGEST_EXPORT = 25 * MEGABYTE, 2_000 * MEGABYTE


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


def arrival(
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
    """What became of a file just now."""
    now = datetime.now(UTC)
    return Arrival(path.name, now, fate, person, source, kind, fields or {}, seen_on, None, trouble)


class Filing:
    """The people whose files may come, and the places where these are filed."""

    def __init__(self, policy: Policy, people: People, places: Mapping[str, Path]) -> None:
        self._policy = policy
        self._people = people
        self._places = places
        everybody = (*people.not_wanted.values(), *people.wanted.values())
        self._slugs = {slug: one for one in everybody if (slug := profile_slug(one.profile_url or ""))}
        addresses = (one.profile_url for one in self._slugs.values())
        #: one address for each site on which the roster has profiles
        self._origins = tuple({urlsplit(url).netloc: url for url in addresses if url}.values())

    def kept_pages(self, since: date | None) -> Iterator[tuple[Employee, date]]:
        """The pages that already lie in their place and are not older: whose, and of which day."""
        folder = self._places.get(PAGES)
        for path in newer_pages(folder, since) if folder else ():
            if path.suffix.lower() == READING:
                reading = read_reading(path)
                slug, moment = reading.slug, reading.seen_at
            else:
                page = read_saved_file(path)
                identity = page_identity(page.text, page.origin, *self._origins)
                slug, moment = identity.slug if identity else "", page.saved_at
            person = self._slugs.get(slug)
            if person and moment:
                yield person, moment.date()

    def take(self, path: Path, owner: Employee | None, today: date) -> Arrival:
        """Tie one file to its person, move it to its place and read it. `owner` is whom somebody named as the
        owner of an export. Raises OSError, AuditorError."""
        if path.is_symlink():
            return arrival(path, Fate.LINK)
        export = path.suffix.lower() == ".zip"
        if path.stat().st_size > (LARGEST_EXPORT if export else LARGEST_PAGE):
            return arrival(path, Fate.TOO_LARGE)
        return self._take_export(path, owner, today) if export else self._take_page(path, today)

    def _take_page(self, path: Path, today: date) -> Arrival:
        page = read_saved_file(path)
        if page.trouble:
            return arrival(path, Fate.UNREADABLE, trouble=page.trouble)
        identity = page_identity(page.text, page.origin, *self._origins)
        person = self._slugs.get(identity.slug) if identity else None
        settings = self._policy.source_settings[PAGES]
        signed_in = isinstance(settings, SavedPagesSettings) and settings.accepts_signed_in(today)
        capture = capture_saved_file(path, person.employee_id if person else "", signed_in=signed_in)
        if capture.status is not CaptureStatus.OK:
            return arrival(path, Fate.UNREADABLE, person, trouble=capture.trouble)
        address = identity.address if identity else ""
        if (person and person.employee_id not in self._people.wanted) or (
            address and self._people.objects(address, person)
        ):
            return arrival(path, Fate.NOT_WANTED, person)  # unread
        profile = read_capture(capture)
        kind = profile.page_kind
        if kind is PageKind.PROFILE_SIGNED_IN:  # the owner that the page itself shows is whose it is
            person = self._slugs.get(profile.slug) if profile.slug else None
            if person and person.employee_id not in self._people.wanted:
                return arrival(path, Fate.NOT_WANTED, person)
        if kind not in _SHOWS_PROFILE:
            return arrival(path, Fate.SAYS_NOTHING, person, kind=kind)
        if person is None:
            return arrival(path, Fate.NOBODYS, kind=kind)
        if kind is not PageKind.PROFILE_SIGNED_IN:
            return self._keep(path, person, PAGES, kind, today)
        # such a page shows whoever was signed in, and others: only what was read of it is kept
        keep = partial(keep_page, capture, profile, profile.slug or "")
        return self._keep(path, person, PAGES, kind, today, keep)

    def _take_export(self, path: Path, owner: Employee | None, today: date) -> Arrival:
        blank = owner or Employee("", "", next(iter(GONE)))
        capture = capture_export(path, blank)
        if capture.status is not CaptureStatus.OK:
            return arrival(path, Fate.UNREADABLE, source=EXPORTS, trouble=capture.trouble)
        name = read_capture(capture).full_name
        shown = name.value if isinstance(name, Present) else ""
        person = owner or self._owner_by_name(shown)
        if person is None:
            return arrival(path, Fate.WHOSE, source=EXPORTS, trouble=shown)
        if person.employee_id not in self._people.wanted or self._people.objects(
            person.profile_url or "", person
        ):
            return arrival(path, Fate.NOT_WANTED, person, source=EXPORTS)
        if shown and same_person(_name(person), shown) is Identity.DIFFERS:
            return arrival(path, Fate.OTHER_PERSON, person, source=EXPORTS, trouble=shown)
        # an export holds all that its member ever wrote: only the audited columns are kept
        keep = partial(keep_export, path, path.name)
        return self._keep(path, person, EXPORTS, PageKind.RECORD, today, keep)

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
        today: date,
        keep: Callable[[Path], Path | None] | None = None,
    ) -> Arrival:
        """Put a file, or the part of it that `keep` writes into a folder, in its place, and read it."""
        if source not in self._places:
            return arrival(path, Fate.UNREADABLE, person, source, kind, trouble=_NO_PLACE)
        place = self._places[source] / number_part(person.employee_id)
        with arriving(place) as work:
            kept = keep(work) if keep else path
            if kept is None:
                return arrival(path, Fate.UNREADABLE, person, source, kind)
            again = is_there(kept, place)
            target = kept if again else move(kept, place)
        if again or keep:
            remove(path)
        if again:
            return arrival(path, Fate.AGAIN, person, source, kind)
        trial, seen_on = self._examine(person, source, place, target, today)
        if trial.status is not CaptureStatus.OK:
            fate = Fate.OTHER_PERSON if trial.status is CaptureStatus.WRONG_PERSON else Fate.SAYS_NOTHING
            fate = Fate.WHOSE if trial.status is CaptureStatus.WHO_IS_THIS else fate
            found = arrival(path, fate, person, source, kind, seen_on=seen_on)
            return replace(found, trouble=trial.trouble)
        fields = dict(trial.fields)
        return arrival(path, Fate.READ, person, source, kind, fields=fields, seen_on=seen_on)

    def _examine(
        self, person: Employee, source: str, place: Path, target: Path, today: date
    ) -> tuple[Trial, date]:
        """What a run would see in the person's folder, and of which day that is."""
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
            step = EvidenceStep(source, opened, evidence_days(self._policy, source), can_refuse=False)
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


def _name(person: Employee) -> PersonName:
    return person.name or PersonName(person.full_name)
