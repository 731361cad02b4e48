"""The invented world, built into a folder: roster, policy, banners, and the site they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

from auditor.demo.banners import brand_file
from auditor.demo.careers import TODAY
from auditor.demo.firms import FIRMS
from auditor.demo.people import Person, invent
from auditor.demo.policy import banner_files, policy_text
from auditor.demo.roster import write_roster
from auditor.demo.site import LOOPBACK, Site
from auditor.demo.truth import ExpectedPerson
from auditor.files.writing import write_atomic

PEOPLE = 64
SEED = 20261122

#: keeps the port, so that the roster of an interrupted audit stays the same
_PORT = "site-port"


@dataclass(frozen=True, slots=True)
class Files:
    """Where the parts of the world lie."""

    roster: Path
    policy: Path


@dataclass(frozen=True, slots=True)
class World:
    """A built world with its running site; leave its `with` statement to stop the site.

    `truth` holds one entry per person, in roster order; `today` is the day of the audit.
    """

    folder: Path
    roster: Path
    policy: Path
    today: date
    people: tuple[Person, ...]
    truth: tuple[ExpectedPerson, ...]
    site: Site

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.site.close()


def build_world(
    folder: Path, people: int = PEOPLE, scenario: str = "sound", seed: int = SEED, *, resume: bool = False
) -> World:
    """Start the site and write roster, policy and banners into `folder`.

    The site takes the port it had in this folder before, if that is free, so that a resumed audit
    finds its roster unchanged. `resume` also takes away a wall that stopped the earlier audit.
    Raises ValueError for fewer people than there are situations to show, or too many to look at.
    """
    invented = invent(people, seed)
    folder.mkdir(parents=True, exist_ok=True)
    site = _start_site(invented, folder, scenario)
    if resume:
        site.lift_wall()
    else:
        site.raise_wall()
    files = write_files(folder, invented, site.host)
    truth = tuple(person.expected() for person in invented)
    return World(folder, files.roster, files.policy, TODAY, invented, truth, site)


def write_files(folder: Path, people: tuple[Person, ...], host: str) -> Files:
    """Write roster, policy and brand folder; the same people and host give the same bytes."""
    config = folder / "config"
    for firm in FIRMS:
        for last_year, name in enumerate(banner_files(firm)):
            write_atomic(config / name, brand_file(firm, last_year=bool(last_year)), mode=None)
    files = Files(folder / "roster.xlsx", config / "policy.yaml")
    write_atomic(files.policy, policy_text(host), mode=None)
    write_roster(files.roster, people, f"http://{host}")
    return files


def _start_site(people: tuple[Person, ...], folder: Path, scenario: str) -> Site:
    memory = folder / _PORT
    earlier = memory.read_text().strip() if memory.exists() else ""
    try:
        site = Site(people, folder, scenario, int(earlier) if earlier.isdigit() else 0)
    except (OSError, OverflowError):
        site = Site(people, folder, scenario)
    write_atomic(memory, site.host.removeprefix(f"{LOOPBACK}:"), mode=None)
    return site
