"""The seams of the program: what a source, an extractor, a reporter, a writer must offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from auditor.model.capture import Capture, CaptureFormat
from auditor.model.consent import FetchedPages, Grant, Token
from auditor.model.document import Document
from auditor.model.employee import Employee
from auditor.model.message import Text
from auditor.model.policy import Policy, RosterPolicy
from auditor.model.profile import Profile
from auditor.model.report import AuditReport
from auditor.model.roster import RosterReading


class OpenSource(Protocol):
    """A source that has started. It brings evidence and never reads it.

    One of files also has `notices`, what is to be said of its folder as a whole, and `files(employee)`, every
    file that is this person's, read or not: access, erasure and retention ask for them.
    """

    def fetch(self, employee: Employee) -> Capture:
        """Bring one person's evidence. Trouble is a status of the capture, not an exception."""
        ...


@runtime_checkable
class ChoosingSource(Protocol):
    """A source of files that may have several of a person, of which it reads some to choose the one to go by.

    Nothing but what it brings decides which it chooses.
    """

    def fetch(self, employee: Employee) -> Capture:
        """As every source."""
        ...

    def bring(self, employee: Employee) -> tuple[Capture, ...]:
        """Everything that there is of a person, at least one capture; nothing of it is read."""
        ...

    def choose(self, employee: Employee, brought: Sequence[Capture]) -> Capture:
        """The capture to go by of those that it brought."""
        ...


class ConsentDesk(Protocol):
    """The consents of members as a source may use them: it sees none but those that stand right now."""

    def standing(self, employee: Employee) -> Grant | None:
        """The consent under which the person's data may be fetched; None where none stands."""
        ...

    def fetched(self, employee: Employee) -> FetchedPages | None:
        """What was fetched for the person within the period of the run; None where nothing was."""
        ...

    def keep(self, employee: Employee, grant: str, found: FetchedPages) -> Text:
        """Keep what was fetched; says why it was dropped, empty where it was kept."""
        ...

    def renew(self, employee: Employee, grant: str, token: Token) -> bool:
        """Keep a grant's new token; False where it stands no more."""
        ...

    def expire(self, employee: Employee, grant: str) -> None:
        """Note that LinkedIn does not accept a grant any more."""
        ...

    def fetches_since(self, moment: datetime) -> int:
        """How many people's data was fetched since a moment (aware, UTC)."""
        ...


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What a source may know when it starts. `folder` is the evidence folder of this run;
    `stopping` turns true once the user has asked to stop; `visited` holds when earlier
    runs opened pages during the last 24 hours; `today` is the day of the calendar, for permissions;
    `judged_on` the day that the run judges by, where it is another; `read_page` tells what a brought
    page is, so that a source can name the files that show no profile; `objects` whether the person of a
    profile address has objected, so that it does not name theirs; `consents` are those of the store, None
    where there is none."""

    policy: Policy
    employees: Sequence[Employee]
    folder: Path | None
    stopping: Callable[[], bool]
    today: date
    visited: tuple[datetime, ...] = ()
    judged_on: date | None = None
    read_page: Callable[[Capture], Profile] | None = None
    consents: ConsentDesk | None = None
    objects: Callable[[str], bool] = lambda _address: False


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of evidence. One file in `sources/` declares one as `SOURCE`.

    `settings` is the frozen dataclass of its options in the policy. `reach` names the profile
    fields it can ever show, `lacks` the parts of them that it never shows (COMPANY_LINK, BANNER_PICTURE).
    `title` is its name for people (empty: `name` is shown), `needs` says what it takes to use it and `takes`
    how long that is for each person; all three have their translations in the catalogues.
    `touches_network` sources need a pace and can be refused. `try_out` looks, with the settings, whether this
    machine has what the source needs; visits nothing, raises SourceUnavailable. `voluntary`: people hand over
    this evidence as they please, so that none of somebody is no trouble of the run.
    """

    name: str
    summary: str
    settings: type[Any]
    reach: frozenset[str]
    open: Callable[[Any, SourceContext], AbstractContextManager[OpenSource]]
    touches_network: bool = False
    evidence_days: int = 45
    try_out: Callable[[Any], None] | None = None
    title: str = ""
    needs: str = ""
    takes: str = ""
    lacks: frozenset[str] = frozenset()
    voluntary: bool = False


@dataclass(frozen=True, slots=True)
class Extractor:
    """A pure reader of one capture format. One file in `extract/` declares one as `EXTRACTOR`."""

    format: CaptureFormat
    read: Callable[[Capture], Profile]


@dataclass(frozen=True, slots=True)
class RosterReader:
    """A reader of one container of rosters, declared as `READER`. `accepts` looks at the bytes.

    `read` takes the path, the bytes, the policy and further hosts whose `/in/` pages are profiles.
    """

    name: str
    accepts: Callable[[bytes], bool]
    read: Callable[[Path, bytes, RosterPolicy, frozenset[str]], RosterReading]


@dataclass(frozen=True, slots=True)
class Reporter:
    """A pure maker of documents, declared as `REPORTER` in one file of `reports/documents/`. Many or large
    ones may be made one by one, each when the one before is written."""

    name: str
    make: Callable[[AuditReport], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts documents of some kinds into files. One file in `writers/` declares one as `WRITER`.

    `write` returns the files it wrote.
    """

    name: str
    kinds: tuple[type[Any], ...]
    write: Callable[[Any, Path], Sequence[Path]]
