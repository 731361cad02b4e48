"""The experience lists of the invented people, and what each shows of the tie with the company."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PASS, FAIL, OPEN = "pass", "fail", "open"
SHOWN, CLEAN = "shown", "clean"


class At(StrEnum):
    """Where a job is."""

    OURS = "ours"
    SISTER = "sister"
    #: another organisation that bears our name and has a page of its own
    NAMESAKE = "namesake"
    #: a foundation whose name begins with ours, without a page: only a person can tell whose it is
    FOUNDATION = "foundation"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Part:
    """A job as a career names it. `title`: the roster's, an earlier one, or words of its own; `since`,
    `until`: years before the audit, None = it goes on; `dated` False: the row shows no dates. `group`: jobs
    of one number stand under one header."""

    at: At
    since: int
    until: int | None = None
    title: str = "{title}"
    linked: bool = True
    dated: bool = True
    group: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether the job goes on, and shows it."""
        return self.until is None and self.dated


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is to be concluded from one sort of evidence: about the company link of somebody in service
    (pass, fail, open) and about a leaver (shown as working here, clean, open)."""

    link: str
    leaver: str


@dataclass(frozen=True, slots=True)
class Career:
    """A line of the table. `linked`: where the list is seen with its links; `named`: where it is seen
    without links, as in a member's own data; `card`: where only the one employer of the top card is seen.

    `weight`: how often it comes up among people in service, and among those who left. `pages_only`: no
    record can say it. `volunteers`: the page shows voluntary work for the company, linked, that goes on.
    """

    name: str
    parts: tuple[Part, ...]
    linked: Sighting
    named: Sighting
    card: Sighting
    weight: tuple[int, int]
    pages_only: bool = False
    volunteers: bool = False

    @property
    def shown_first(self) -> Part | None:
        """The job of the top card: the first that goes on, or the first without dates."""
        going_on = (part for part in self.parts if part.goes_on)
        return next(going_on, next((part for part in self.parts if not part.dated), None))


_OURS, _ELSEWHERE, _SISTER = At.OURS, At.ELSEWHERE, At.SISTER
_EARLIER = Part(_ELSEWHERE, 12, 9, "{earlier}")
_NOW_ELSEWHERE = Part(_ELSEWHERE, 1, None, "{earlier}")
_AS_EMPLOYEE = (Sighting(PASS, SHOWN), Sighting(OPEN, SHOWN), Sighting(PASS, SHOWN))
#: our position is there, and the top card shows another employer
_BEHIND = (Sighting(PASS, SHOWN), Sighting(OPEN, SHOWN), Sighting(OPEN, OPEN))
_GONE = (Sighting(FAIL, CLEAN), Sighting(FAIL, CLEAN), Sighting(OPEN, OPEN))

#: the table: what the list says -> links seen, names seen, top card only; weight in service, weight of
#: leavers
CAREERS: tuple[Career, ...] = (
    Career("linked", (Part(_OURS, 5), _EARLIER), *_AS_EMPLOYEE, (90, 24)),
    Career("linked, nothing else", (Part(_OURS, 5),), *_AS_EMPLOYEE, (12, 4)),
    Career(
        "several roles here, the last goes on",
        (Part(_OURS, 2, group=1), Part(_OURS, 5, 2, "{earlier}", group=1), _EARLIER),
        *_AS_EMPLOYEE,
        (20, 6),
    ),
    Career(
        "a second employer beside",
        (Part(_OURS, 5), Part(_ELSEWHERE, 4, None, "{earlier}")),
        *_AS_EMPLOYEE,
        (8, 4),
    ),
    Career("behind a newer employer", (_NOW_ELSEWHERE, Part(_OURS, 5), _EARLIER), *_BEHIND, (6, 12)),
    Career(
        "behind a firm of the group", (Part(_SISTER, 1, None, "{earlier}"), Part(_OURS, 5)), *_BEHIND, (4, 3)
    ),
    Career("behind a namesake", (Part(At.NAMESAKE, 1, None, "{earlier}"), Part(_OURS, 5)), *_BEHIND, (2, 2)),
    Career(
        "left and came back",
        (Part(_OURS, 2), _EARLIER, Part(_OURS, 16, 13, "{earlier}")),
        *_AS_EMPLOYEE,
        (4, 1),
    ),
    Career(
        "twice, once without a link",
        (Part(_OURS, 5), Part(_OURS, 3, None, "{earlier}", linked=False)),
        *_AS_EMPLOYEE,
        (2, 1),
    ),
    Career(
        "without a link",
        (Part(_OURS, 5, linked=False), _EARLIER),
        Sighting(FAIL, SHOWN),
        Sighting(OPEN, SHOWN),
        Sighting(OPEN, OPEN),
        (12, 8),
    ),
    Career(
        "without dates",
        (Part(_OURS, 5, dated=False), _EARLIER),
        Sighting(PASS, SHOWN),
        Sighting(OPEN, OPEN),
        Sighting(PASS, SHOWN),
        (3, 1),
        pages_only=True,
    ),
    Career(
        "a namesake's page",
        (Part(At.NAMESAKE, 5), _EARLIER),
        Sighting(FAIL, CLEAN),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        (6, 4),
    ),
    Career(
        "a firm of the group",
        (Part(_SISTER, 5), _EARLIER),
        Sighting(FAIL, OPEN),
        Sighting(FAIL, OPEN),
        Sighting(OPEN, OPEN),
        (6, 4),
    ),
    Career("ended here, elsewhere now", (_NOW_ELSEWHERE, Part(_OURS, 5, 1), _EARLIER), *_GONE, (4, 34)),
    Career(
        "ended here, several roles",
        (_NOW_ELSEWHERE, Part(_OURS, 3, 1, group=1), Part(_OURS, 6, 3, "{earlier}", group=1)),
        *_GONE,
        (2, 12),
    ),
    Career("ended here, nothing since", (Part(_OURS, 5, 1), _EARLIER), *_GONE, (2, 8)),
    Career("elsewhere only", (_NOW_ELSEWHERE, _EARLIER), *_GONE, (4, 10)),
    Career(
        "ended here, now its foundation",
        (Part(At.FOUNDATION, 1, None, "{earlier}"), Part(_OURS, 5, 1)),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        (2, 5),
    ),
    Career(
        "ended here, now a client's adviser",
        (Part(_ELSEWHERE, 1, None, "Account Lead for {name}"), Part(_OURS, 5, 1)),
        *_GONE,
        (1, 4),
    ),
    Career(
        "ended here, volunteers for us", (_NOW_ELSEWHERE, Part(_OURS, 5, 1)), *_GONE, (1, 6), volunteers=True
    ),
    Career(
        "on the advisory board since",
        (_NOW_ELSEWHERE, Part(_OURS, 1, None, "Member of the Advisory Board"), Part(_OURS, 5, 1)),
        Sighting(PASS, OPEN),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        (0, 5),
    ),
    Career(
        "freelance for us since",
        (_NOW_ELSEWHERE, Part(_OURS, 1, None, "Freelance {title}"), Part(_OURS, 5, 1)),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        Sighting(OPEN, OPEN),
        (0, 4),
    ),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job with its words and days; `ended` None: it goes on. `page` and `number` name the page that it
    leads to; both are empty where it has no link. Days are year and month."""

    part: Part
    title: str
    employer: str
    page: str
    number: str
    started: tuple[int, int]
    ended: tuple[int, int] | None
