"""Pages that HR or the employee saved by hand, matched to people by the page's own address."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from auditor.identity.page_identity import page_identity
from auditor.language.words import mark
from auditor.model.address import profile_slug
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.message import Message, say, say_count
from auditor.model.profile import PageKind
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._folder import (
    LeftOut,
    evidence_folder,
    files_in,
    left_out_notice,
    without_evidence,
)
from auditor.sources._page_readings import READING, capture_reading, read_reading, reading_text
from auditor.sources._saved_files import NAME, SavedPage, capture_saved_file, read_saved_file
from auditor.sources._saved_pictures import companion_folders

__all__ = [
    "READING",
    "SOURCE",
    "SavedPages",
    "SavedPagesSettings",
    "capture_reading",
    "capture_saved_file",
    "companion_folders",
    "read_reading",
    "read_saved_file",
    "reading_text",
]

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"})
#: what people put into the folder in place of a saved page
_OTHER_FILES: Mapping[str, str] = {
    ".pdf": mark("a PDF '{file}': sign out and save the person's profile page again"),
    ".docx": mark("a document '{file}': sign out and save the person's profile page again"),
    ".txt": mark("a text file '{file}': sign out and save the person's profile page again"),
    **dict.fromkeys(
        (".eml", ".msg"), mark("an e-mail '{file}': sign out and save the person's profile page again")
    ),
    **dict.fromkeys(
        (".url", ".webloc"), mark("a shortcut '{file}': sign out and save the person's profile page again")
    ),
}
_SIGN_IN = mark("sign-in page '{file}': save the profile again, signed out, once it is shown")
#: what a file that shows no profile is, and what to do about it
_ADVICE: Mapping[PageKind, str] = {
    PageKind.LOGGED_IN: mark("signed-in page '{file}': sign out and save again"),
    PageKind.AUTH_WALL: _SIGN_IN,
    PageKind.LOGIN: _SIGN_IN,
    PageKind.CHALLENGE: mark("security check '{file}': open the profile again later and save it"),
    PageKind.THROTTLED_999: mark("refusal by the site '{file}': open the profile again later and save it"),
    PageKind.NOT_FOUND: mark(
        "page of a profile that was not found '{file}': check the address in the roster"
    ),
    PageKind.COMPANY_PAGE: mark("company page '{file}': save the person's profile page"),
    PageKind.WRONG_PAGE: mark("page that is no profile '{file}': save the person's profile page"),
    PageKind.UNREADABLE: mark(
        "page that cannot be read '{file}': sign out and save the person's profile page again"
    ),
}
#: a signed-in page that shows no profile, where such pages are accepted
_SHELL = mark(
    "signed-in page without one profile '{file}': open the profile, scroll to its end and save it again"
)
#: pages that say nothing about the person, so that an older page of the same person is better
_SAYS_NOTHING = frozenset(_ADVICE) - {PageKind.NOT_FOUND}
_MOST_NAMED = 20
_MOST_HINTS = 3
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SavedPagesSettings:
    """`folder`: where the saved pages are, relative to the policy file. `signed_in`: accept: pages saved
    while signed in are read too, the four audited facts and nothing else. `decided_by`: name and role of the
    person who decided to accept them. `decided_on`: the first day on which they are accepted. `reason`: why
    they are accepted, in a sentence that you can tell your people."""

    folder: str = ""
    signed_in: Literal["refuse", "accept"] = "refuse"
    decided_by: str = ""
    decided_on: date | None = None
    reason: str = ""

    def accepts_signed_in(self, today: date) -> bool:
        """Whether pages saved while signed in are read on this day."""
        decided = bool(self.decided_by and self.reason)
        return (
            self.signed_in == "accept"
            and decided
            and self.decided_on is not None
            and self.decided_on <= today
        )


@dataclass(frozen=True, slots=True)
class _Saved:
    path: Path
    saved_at: datetime


class SavedPages:
    """A folder of saved pages, indexed once by the profile that each page names as its own."""

    def __init__(self, folder: Path, context: SourceContext, *, signed_in: bool = False) -> None:
        self._read_page = context.read_page
        self._signed_in = signed_in
        addresses = [employee.profile_url or "" for employee in context.employees]
        wanted = {profile_slug(address) for address in addresses} - {None}
        self._by_slug: dict[str, list[_Saved]] = {}
        untied: list[Message] = []
        further = of_left_out = 0
        left_out = LeftOut.of(context)
        sites = _sites(addresses)
        for path in files_in(folder, SUFFIXES | frozenset({READING, *_OTHER_FILES})):
            if path.suffix.lower() == READING:
                if not self._take_reading(path, wanted) and left_out.owns(path, folder):
                    of_left_out += 1
                continue
            page = read_saved_file(path) if path.suffix.lower() in SUFFIXES else None
            identity = page_identity(page.text, page.origin, *sites) if page else None
            slug = identity.slug if identity else None
            if slug is None and page is not None and signed_in:
                slug = self._owner(path)
            if page is not None and slug is not None and slug in wanted:
                saved = _Saved(path, page.saved_at or _OLDEST)
                self._by_slug.setdefault(slug, []).append(saved)
            elif left_out.owns(path, folder, identity.address if identity else _address(slug)):
                of_left_out += 1
            elif len(untied) < _MOST_NAMED:
                untied.append(self._untied(path, page, names_somebody=slug is not None))
            else:
                further += 1
        #: the files that belong to nobody, each with what to do
        self._untied_files = tuple(untied)
        self.notices: tuple[Message, ...] = (*left_out_notice(of_left_out, folder), *untied)
        if further:
            self.notices += (
                say_count(
                    "{n} further files in the folder belong to nobody",
                    "{n} further file in the folder belongs to nobody",
                    "{n} further files in the folder belong to nobody",
                    n=further,
                ),
            )

    def _take_reading(self, path: Path, wanted: Container[str | None]) -> bool:
        """A kept reading whose page was this person's; one of a page saved while signed in needs the policy's
        acceptance as the page does."""
        found = read_reading(path)
        if found.seen_at and found.slug in wanted and (self._signed_in or not found.signed_in):
            self._by_slug.setdefault(found.slug, []).append(_Saved(path, found.seen_at))
        return found.slug in wanted

    def fetch(self, employee: Employee) -> Capture:
        """The newest saved page whose own address is this person's and that shows a profile."""
        return self.choose(employee, self.bring(employee))

    def bring(self, employee: Employee) -> tuple[Capture, ...]:
        """Every saved page whose own address is this person's, the newest first."""
        slug = profile_slug(employee.profile_url or "")
        if slug is None:
            no_address = say("the roster gives no profile address")
            return (without_evidence(employee, NAME, CaptureStatus.NO_URL, no_address),)
        found = sorted(
            self._by_slug.get(slug, ()), key=lambda saved: (saved.saved_at, saved.path), reverse=True
        )
        if not found:
            why = self._nothing_for(employee)
            nothing = without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, why, notes=self.notices)
            return (nothing,)
        return tuple(
            replace(self._capture(saved.path, employee), file_name=saved.path.name) for saved in found
        )

    def choose(self, employee: Employee, brought: Sequence[Capture]) -> Capture:
        """The newest page that shows a profile, or else the newest; if it shows none, `trouble` names the
        file and what to do."""
        advised = map(self._advised, brought)
        first = next(advised)
        # a wall or a signed-in page saved later says nothing: the page before it does
        capture = first if not first.trouble else next((one for one in advised if not one.trouble), first)
        if len(brought) == 1:
            return capture
        note = mark("{n} saved pages of this person; the newest, of {day}, was read")
        if capture is not first:
            note = mark(
                "{n} saved pages of this person; the newest that shows the profile, of {day}, was read"
            )
        told = say(note, n=len(brought), day=capture.captured_at.date())
        return replace(capture, notes=(*capture.notes, told))

    def files(self, employee: Employee) -> list[Path]:
        """Every file of the folder that is of this person's page, with the pictures beside it."""
        own = [saved.path for saved in self._by_slug.get(profile_slug(employee.profile_url or "") or "", ())]
        beside = [one for path in own for folder in companion_folders(path) for one in folder.rglob("*")]
        return [*own, *(path for path in beside if path.is_file())]

    def _nothing_for(self, employee: Employee) -> Message:
        """That there is no page, with the files that may be meant: those with the person's name, or else a
        few."""
        name = employee.full_name.casefold()
        hints = tuple(one for one in self._untied_files if name and name in str(one).casefold())
        if not hints and len(self._untied_files) <= _MOST_HINTS:
            hints = self._untied_files
        said = say("no saved page for this person in the folder")
        for hint in hints:
            said = say("{first}; {second}", first=said, second=hint)
        return said

    def _capture(self, path: Path, employee: Employee) -> Capture:
        """One file as a capture, unread; `trouble` names the file where it is none."""
        asked = employee.profile_url or ""
        if path.suffix.lower() == READING:
            return capture_reading(path, employee.employee_id, asked)
        capture = capture_saved_file(path, employee.employee_id, asked, signed_in=self._signed_in)
        if capture.status is not CaptureStatus.OK:
            return replace(capture, trouble=say("'{file}': {why}", file=path.name, why=capture.trouble))
        return capture

    def _advised(self, capture: Capture) -> Capture:
        """The capture, with what to do in `trouble` where its page shows no profile."""
        kind = None if capture.format is CaptureFormat.PAGE_READING else self._kind(capture)
        if kind is None or kind not in _SAYS_NOTHING:
            return capture
        return replace(capture, trouble=self._advice(kind, capture.file_name))

    def _advice(self, kind: PageKind, file_name: str) -> Message:
        shell = self._signed_in and kind is PageKind.LOGGED_IN
        return say(_SHELL if shell else _ADVICE[kind], file=file_name)

    def _untied(self, path: Path, page: SavedPage | None, *, names_somebody: bool) -> Message:
        if page is None:
            return say(_OTHER_FILES[path.suffix.lower()], file=path.name)
        if page.trouble:
            return say(
                "'{file}': {why}; sign out and save the person's profile page again",
                file=path.name,
                why=page.trouble,
            )
        kind = self._kind(capture_saved_file(path, signed_in=self._signed_in))
        if kind is not None and kind in _ADVICE:
            return self._advice(kind, path.name)
        if names_somebody:
            return say(
                "page '{file}': its profile is nobody's in the roster; check the address there",
                file=path.name,
            )
        if kind is PageKind.PROFILE_SIGNED_IN:
            return say(
                "page saved while signed in '{file}': it does not say whose it is, and the name alone is not "
                "enough; save the profile page again",
                file=path.name,
            )
        return say("page '{file}': it does not say whose it is; save the profile page again", file=path.name)

    def _owner(self, path: Path) -> str | None:
        """The owner's slug as a page saved while signed in shows it; such a page states none elsewhere."""
        capture = capture_saved_file(path, signed_in=True)
        if self._read_page is None or capture.status is not CaptureStatus.OK:
            return None
        profile = self._read_page(capture)
        return profile.slug if profile.page_kind is PageKind.PROFILE_SIGNED_IN else None

    def _kind(self, capture: Capture) -> PageKind | None:
        """What the file's page is, where the run brought a reader."""
        if self._read_page is None or capture.status is not CaptureStatus.OK:
            return None
        return self._read_page(capture).page_kind


@contextmanager
def open_saved_pages(settings: SavedPagesSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Index the folder; raises SourceUnavailable if there is none."""
    signed_in = settings.accepts_signed_in(context.judged_on or context.today)
    yield SavedPages(evidence_folder(NAME, settings.folder, context), context, signed_in=signed_in)


def _address(slug: str | None) -> str:
    return f"https://www.linkedin.com/in/{slug}" if slug else ""


def _sites(addresses: Iterable[str]) -> tuple[str, ...]:
    """One address for each site on which the roster has profiles."""
    return tuple({urlsplit(address).netloc: address for address in addresses if address}.values())


SOURCE = Source(
    name=NAME,
    summary="pages saved by hand: .html, .html with its folder, or MHTML",
    settings=SavedPagesSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_saved_pages,
    evidence_days=45,
    title=mark("Saved page"),
    needs=mark("somebody who opens and saves each page; visitors see only a part of most pages"),
    takes=mark("about a minute for each person"),
)
