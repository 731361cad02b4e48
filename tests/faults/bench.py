"""The invented company without a browser or a site: its pages are answered from memory, each asked-for
page is noted in a file that outlives the audit, and each call of the audit is a child process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor.app import examine as pipeline
from auditor.app import registry as families
from auditor.cli.main import run_program
from auditor.demo.addresses import banner_address
from auditor.demo.banners import banner_of, unchosen_banner
from auditor.demo.cases import CAST, Banner, Shape
from auditor.demo.pages.profile import profile_page
from auditor.demo.pages.refusals import not_found_page, wall_page
from auditor.demo.people import Person, invent
from auditor.demo.world import PEOPLE, SEED, write_files
from auditor.errors import ExitStatus
from auditor.model.address import profile_slug
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.ports import Source
from auditor.reports.documents import findings_json
from auditor.roster import read_roster
from auditor.roster.population import population
from auditor.rules import _evidence as _banner
from auditor.sources.public_page import PublicPageSettings
from auditor.writers import plain_file

INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_JUDGE = _banner.judge
HOST = "127.0.0.1:9"
ORIGIN = f"http://{HOST}"
DAY, MONTH_BEFORE = "2026-11-22", "2026-10-22"
#: one of most situations, so that an audit takes a second
CHOSEN = (
    "right", "right_former_slug", "masked_linked", "headline_senior", "banner_last_year",
    "banner_default_headline_other", "headline_no_title", "headline_past", "headline_no_company_namesake",
    "not_found", "no_address", "wrong_person", "grace_linked", "leaver_linked", "leaver_named",
    "leaver_clean", "contractor_ended_linked", "long_leave", "conflict_no_end_date",
)  # fmt: skip
#: what some of them looked like a month before, so that findings are also closed, kept and unverified
BEFORE = {
    "right": "headline_no_title",
    "headline_past": "headline_no_company_namesake",
    "leaver_clean": "leaver_named",
}


@dataclass(slots=True)
class Weather:
    """How the site behaves in one call of the audit: what happens at the n-th page asked for (from 0)."""

    at: dict[int, Callable[[Employee, Capture], Capture | None]] = field(default_factory=dict)
    always: Callable[[Employee, Capture], Capture | None] | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which pages were asked for in which call, kept in a file that a killed call cannot take along."""

    path: Path

    def note(self, call: int, slug: str) -> None:
        line = f"{call} {slug}\n".encode()
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, line)
        os.close(handle)

    def asked(self) -> list[tuple[int, str]]:
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        return [(int(call), slug) for call, slug in (line.split(" ", 1) for line in lines)]


class Pages:
    """What the site would answer, by slug; made once."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self._bodies: dict[str, tuple[int, bytes, tuple[Artifact, ...]]] = {}
        for person in people:
            self._bodies.setdefault(person.slug, self._answer(person))

    def _answer(self, person: Person) -> tuple[int, bytes, tuple[Artifact, ...]]:
        if person.case.shape is Shape.NOT_FOUND:
            return 404, not_found_page(person.slug, ORIGIN).encode(), ()
        body = unchosen_banner() if person.case.banner is Banner.DEFAULT else banner_of(person)
        address = ORIGIN + banner_address(person)
        banner = Artifact(ArtifactKind.BANNER, body, address, "image/jpeg")
        return 200, profile_page(person, ORIGIN).encode(), (banner,)

    def capture(self, employee: Employee) -> Capture:
        url = employee.profile_url or ""
        status, main, more = self._bodies[profile_slug(url) or ""]
        parts = (Artifact(ArtifactKind.MAIN, main, url, "text/html"), *more)
        return capture(employee, CaptureStatus.OK, http_status=status, artifacts=parts)


def capture(employee: Employee, status: CaptureStatus, **more) -> Capture:
    url, now = employee.profile_url or "", datetime.now(UTC)
    more = {"http_status": None, **more}
    return Capture(employee.employee_id, url, url, status, now, "public_page", CaptureFormat.PAGE, **more)


def walled(employee: Employee) -> Capture:
    """The sign-up wall, as a page to be recognised."""
    page = Artifact(ArtifactKind.MAIN, wall_page(ORIGIN).encode(), ORIGIN + "/authwall", "text/html")
    bare = capture(employee, CaptureStatus.OK, http_status=200, artifacts=(page,))
    return replace(bare, final_url=ORIGIN + "/authwall")


@dataclass(slots=True)
class _Visitor:
    pages: Pages
    ledger: Ledger
    call: int
    weather: Weather
    asked: int = 0

    def fetch(self, employee: Employee) -> Capture:
        if not employee.profile_url:
            return capture(employee, CaptureStatus.NO_URL, trouble="no profile address on file")
        self.ledger.note(self.call, profile_slug(employee.profile_url) or "")
        number, self.asked = self.asked, self.asked + 1
        honest = self.pages.capture(employee)
        happens = self.weather.at.get(number) or self.weather.always
        return (happens(employee, honest) if happens else None) or honest


def source_of(pages: Pages, ledger: Ledger, call: int, weather: Weather) -> Source:
    """The network source of one call of the audit."""

    @contextmanager
    def opened(settings, context):
        yield _Visitor(pages, ledger, call, weather)

    reach = frozenset({"full_name", "headline", "banner", "topcard_company", "positions"})
    return Source(
        "public_page",
        "a test's own",
        PublicPageSettings,
        reach,
        opened,
        touches_network=True,
        evidence_days=31,
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended: its exit status, negative = the signal that killed it; and what it said."""

    status: int
    said: str


class Bench:
    """An installation in a folder, on which the audit is called again and again."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.ledger = Ledger(folder / "asked")
        self.calls = 0
        shutil.copytree(world.folder / "config", folder / "config")
        shutil.copytree(world.folder / "state", folder / "state")
        shutil.copy(world.roster, folder / "roster.xlsx")

    @property
    def store(self) -> Path:
        return self.folder / "state" / "auditor.sqlite3"

    def begin(
        self, weather: Weather | None = None, prepare: Callable[[], None] | None = None, *more: str
    ) -> int:
        """Start a call in a child process; `prepare` runs in it first. Returns its process id."""
        self.calls += 1
        arguments = self.world.arguments(self.folder, DAY) + list(more)
        source = source_of(self.world.pages, self.ledger, self.calls, weather or Weather())
        return in_child(lambda: call_audit(self.world, arguments, source, prepare), self.said(self.calls))

    def end(self, process: int) -> Ended:
        """Wait for a call."""
        _, status = os.waitpid(process, 0)
        return Ended(os.waitstatus_to_exitcode(status), self.said(self.calls).read_text("utf-8"))

    def call(
        self, weather: Weather | None = None, prepare: Callable[[], None] | None = None, *more: str
    ) -> Ended:
        return self.end(self.begin(weather, prepare, *more))

    def said(self, call: int) -> Path:
        return self.folder / f"said-{call}"

    def query(self, statement: str) -> list[tuple]:
        connection = sqlite3.connect(self.store)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def stored(self) -> dict[str, str]:
        """What is stored for good of this month's people: employee id -> content."""
        return dict(
            self.query(
                "select employee_id, content from examinations e join runs r on r.id = e.run_id "
                f"where e.final and r.today >= '{DAY}'"
            )
        )

    def is_complete(self) -> bool:
        states = self.query(f"select state from runs where today >= '{DAY}'")
        return bool(states) and all(state == "complete" for (state,) in states)

    def findings(self) -> dict:
        """This month's findings.json, without its id and its times."""
        (path,) = (self.folder / "reports").glob(f"{DAY}-*/findings.json")
        content = json.loads(path.read_text("utf-8"))
        run = {k: v for k, v in content["run"].items() if k not in ("id", "started_at", "finished_at")}
        for result in (result for person in content["employees"] for result in person["results"]):
            result.pop("seen_on", None)
        return {**content, "run": run}


class World:
    """Roster, policy, the pages of this month, and a store that knows the month before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        people = invent(PEOPLE, SEED)
        cases = {case.name: case for case in CAST}
        chosen = {name: next(person for person in people if person.case.name == name) for name in CHOSEN}
        self.people = tuple(chosen.values())
        self.truth = {person.number: person.expected() for person in self.people}
        self.slugs = {person.number: person.slug for person in self.people}
        self.pages = Pages(people)
        files = write_files(folder, people, HOST)
        # among these few, the leaver without an end date alone would make every month unsound
        with files.policy.open("a", encoding="utf-8") as policy:
            policy.write("\nhealth: {largest_not_assessed_share: 1}\n")
        self.roster = files.roster
        self._verdicts: dict[tuple, object] = {}
        self._warm_up(files.policy)
        before = {chosen[now].slug: replace(chosen[now], case=cases[then]) for now, then in BEFORE.items()}
        earlier = Pages(tuple(before.get(person.slug, person) for person in people))
        source = source_of(earlier, Ledger(folder / "asked-before"), 0, Weather())
        arguments = self.arguments(folder, MONTH_BEFORE)
        status = end_of(in_child(lambda: call_audit(self, arguments, source, None), folder / "said-before"))
        assert status == 1, (folder / "said-before").read_text("utf-8")

    def _warm_up(self, policy: Path) -> None:
        """Judge every page once here, so that the child processes find everything loaded."""
        loaded = self.policy = families.policy_of(policy)
        employees = population(
            read_roster(self.roster, loaded.roster, loaded.allowed_hosts),
            date.fromisoformat(DAY),
            loaded.roster,
        ).employees
        visitor = _Visitor(self.pages, Ledger(self.folder / "warmed"), 0, Weather())
        bench = pipeline.RunContext(families.readers(), loaded.rules, date.fromisoformat(DAY))
        for employee in (one for one in employees if one.employee_id in self.truth):
            rungs = [pipeline.EvidenceStep("public_page", visitor, 31, can_refuse=True)]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(_banner, "judge", self.judge)
                pipeline.examine(employee, loaded.company_of(employee.entity), rungs, bench)

    def judge(self, candidate, library, today, *bands):
        """The program's own verdict, worked out once: it takes four fifths of an audit's time."""
        names = tuple(reference.name for reference in library.references)
        key = (candidate.rgb.tobytes(), names, today, bands)
        if key not in self._verdicts:
            self._verdicts[key] = _JUDGE(candidate, library, today, *bands)
        return self._verdicts[key]

    def arguments(self, folder: Path, day: str) -> list[str]:
        return [
            "run", "--roster", str(folder / "roster.xlsx"),
            "--policy", str(folder / "config" / "policy.yaml"),
            "--output", str(folder / "reports"), "--today", day, "--no-progress",
            "--select", ",".join(person.number for person in self.people),
        ]  # fmt: skip


def call_audit(world: World, arguments: list[str], source: Source, prepare: Callable[[], None] | None) -> int:
    """`auditor run` with one source of ours and one report (findings.json); in a child process."""
    from auditor.app import evidence_ladder as evidence
    from auditor.app import perform_run
    from auditor.app import publish as reporting
    from auditor.app import run_plan as ground
    from auditor.store import database

    reporting.reporters = lambda: [findings_json.REPORTER]
    reporting.writers = lambda: [plain_file.WRITER]
    known = {**families.sources(), source.name: source}
    for module in (evidence, ground, families):
        module.sources = lambda: known
    perform_run.require_texts = lambda: None  # other tests look at the catalogues
    _banner.judge = world.judge
    perform_run.policy_of = lambda path: replace(world.policy, path=path)
    database.PATIENCE = 0.5
    if prepare:
        prepare()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
    except KeyboardInterrupt:  # it came before the program had begun
        return int(ExitStatus.INTERRUPTED)
    return int(run_program(arguments))


def in_child(work: Callable[[], int], said: Path) -> int:
    """Do work in a forked process session of its own; returns the process id. What interrupts waits until
    the program itself has begun."""
    said.touch(mode=0o600)
    signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    process = os.fork()
    if process:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
        return process
    status = 70
    try:
        os.setsid()
        for number in INTERRUPTS:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, 1), os.dup2(handle, 2)
        sys.stdout = sys.stderr = open(handle, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stderr.flush()
        finally:
            os._exit(status)


def end_of(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def left_behind(session: int) -> list[int]:
    """Living processes of a call's session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def counted(asked: list[tuple[int, str]]) -> Counter[str]:
    return Counter(slug for _, slug in asked)
