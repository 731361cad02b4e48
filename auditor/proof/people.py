"""The invented people of a seed: who they are, what the roster says, what stands in their evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from auditor.proof.banners import DEFAULT, NOT_LOADED, Carried, Kind
from auditor.proof.careers import CAREERS, CLEAN, At, Career, Job, Part
from auditor.proof.doors import SHARES, SIGHTS, Door, Places, Sight
from auditor.proof.firms import Firm, sister_of
from auditor.proof.headlines import ELSEWHERE, WORDINGS, Wording, two_titles
from auditor.proof.names import FORMS, NameForm, roster_name

#: the day of the audit
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the table of what the roster says. `asked`: in service, left, or nobody (no rule asks
    anything of the person). `weight`: how often it comes up."""

    name: str
    asked: str
    status: str
    worker: str
    days: tuple[int, int] | None
    weight: int


IN_SERVICE, LEFT, NOBODY = "in service", "left", "nobody"
#: the table: what the roster says -> what is asked; `days`: since the last day (negative: still to come)
STANDINGS: tuple[Standing, ...] = (
    Standing("in service", IN_SERVICE, "Active", "Permanent", None, 62),
    Standing("left", LEFT, "Terminated", "Permanent", (25, 300), 22),
    Standing("assignment ended", LEFT, "Terminated", "Contractor", (25, 300), 4),
    Standing("left days ago", NOBODY, "Terminated", "Permanent", (2, 13), 4),
    Standing("left long ago", NOBODY, "Terminated", "Permanent", (460, 700), 1),
    Standing("leaves soon", NOBODY, "Active", "Permanent", (-45, -10), 1),
    Standing("on leave", NOBODY, "On leave", "Permanent", None, 2),
    Standing("contractor", NOBODY, "Active", "Contractor", None, 2),
    Standing("contradiction", NOBODY, "Terminated", "Permanent", None, 1),
)
#: so many in a thousand work for the firm whose people may not be checked yet
_UNTOLD = 15
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person. `shown` is the name on the page, `headline` what stands there, `carried` the
    banner's picture where it is one."""

    number: str
    first: str
    last: str
    shown: str
    slug: str
    language: str
    firm: Firm
    title: str
    standing: Standing
    started: date
    ended: date | None
    form: NameForm
    wording: Wording
    headline: str
    career: Career
    jobs: tuple[Job, ...]
    banner: Kind
    carried: Carried | None
    sight: Sight
    index: int

    @property
    def asked(self) -> str:
        """Whether rules ask something of the person: in service, left, or nobody."""
        return self.standing.asked if self.firm.told else NOBODY

    @property
    def stale(self) -> bool:
        """Whether the evidence is too old."""
        return self.sight.condition == "stale"

    def key(self, purpose: str) -> str:
        """A stable string of hexadecimal digits."""
        return hashlib.sha256(f"{self.slug}/{purpose}".encode()).hexdigest()

    @property
    def situation(self) -> str:
        """The situation in words, by the lines of the tables."""
        lines = (
            self.sight.door,
            self.sight.condition,
            self.standing.name,
            self.career.name,
            self.wording.name,
            self.banner.name,
            self.form.name,
        )
        return " / ".join(lines)

    @property
    def kind(self) -> tuple[str | bool, ...]:
        """All that the truth rests on, without the very words, names and pictures."""
        where = (self.sight.door, self.sight.condition, self.standing.name)
        if self.asked == NOBODY:
            return where
        left = self.asked == LEFT
        headline = self.wording.leaver if left else self.wording.in_service
        banner = self.banner.leaver if left else self.banner.in_service
        return (*where, self.career.name, headline, banner, self.form.same)


def people_of(
    seed: int, count: int, group: tuple[Firm, ...], carried: Sequence[Carried], *, rare: bool = False
) -> tuple[Person, ...]:
    """`count` people; the same seed gives the same. People of one firm and banner stand side by side.

    `rare`: of these, one of each kind of situation.
    """
    random = Random(f"people/{seed}")
    pools = {firm.entity: [one for one in carried if one.firm == firm.entity] for firm in group}
    doors = [door for door, share in SHARES.items() for _ in range(max(1, round(share * count / 100)))]
    drawn = [_person(place, doors[place % len(doors)], group, pools, random) for place in range(count)]
    kept = {one.kind: one for one in drawn}.values() if rare else drawn
    return tuple(sorted(kept, key=_order))


def _order(person: Person) -> tuple[str, str, str]:
    return person.firm.entity, person.carried.file if person.carried else "", person.number


def _chosen(random: Random, lines: Sequence[T], weights: Sequence[int]) -> T:
    return random.choices(lines, weights)[0]


def _person(
    place: int, door: Door, group: tuple[Firm, ...], pools: Mapping[str, Sequence[Carried]], random: Random
) -> Person:
    told = [firm for firm in group if firm.told]
    firm = random.choice(told) if random.randrange(1000) >= _UNTOLD else group[-1]
    language = random.choice(firm.languages)
    standing = _chosen(random, STANDINGS, [one.weight for one in STANDINGS])
    if door is Door.ATTESTATION and standing.asked == LEFT:
        standing = STANDINGS[0]  # leavers are not asked to state anything
    sight = _sight(door, standing, random)
    first, last, hostile = roster_name(language, random)
    form = _form(hostile, sight, random)
    title, earlier = two_titles(language, random)
    career = _career(standing, sight, random)
    wording = _wording(standing, career, language, random)
    banner, carried = _banner(pools[firm.entity], sight, standing, random)
    elsewhere = random.choice(ELSEWHERE)
    shown = form.shown(first, last, language, random)
    words = f"{first}-{last}-{place}".casefold()
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    started = TODAY - timedelta(days=random.randint(1700, 2400))
    return Person(
        number=f"{firm.country}{10_001 + place}",
        first=first,
        last=last,
        shown=shown,
        slug=f"p{place}-{digest}"
        if not first.isascii()
        else f"{first.casefold().replace(' ', '-')}-{digest}",
        language=language,
        firm=firm,
        title=title,
        standing=standing,
        started=started,
        ended=TODAY - timedelta(days=random.randint(*standing.days)) if standing.days else None,
        form=form,
        wording=wording,
        headline=wording.written(firm, title, earlier, elsewhere, language),
        career=career,
        jobs=tuple(_job(part, firm, group, (title, earlier, elsewhere), random) for part in career.parts),
        banner=banner,
        carried=carried,
        sight=sight,
        index=place,
    )


def _sight(door: Door, standing: Standing, random: Random) -> Sight:
    sights = [one for one in SIGHTS if one.door is door]
    if door is Door.CONSENT and standing.asked != IN_SERVICE:
        return next(
            one for one in sights if one.condition == "never given"
        )  # only people in service are asked
    return _chosen(random, sights, [one.weight for one in sights])


def _form(hostile: bool, sight: Sight, random: Random) -> NameForm:
    fitting = [one for one in FORMS if one.hostile or not hostile]
    if not sight.name:
        return FORMS[0]
    return _chosen(random, fitting, [one.weight for one in fitting])


def _career(standing: Standing, sight: Sight, random: Random) -> Career:
    left = standing.asked == LEFT or bool(standing.days and standing.days[0] > 0)
    fitting = [one for one in CAREERS if one.weight[left]]
    if sight.door not in (Door.VISITOR,) or sight.places is not Places.LINKED:
        fitting = [one for one in fitting if not one.pages_only]
    return _chosen(random, fitting, [one.weight[left] for one in fitting])


def _wording(standing: Standing, career: Career, language: str, random: Random) -> Wording:
    """A headline that can stand with the career: who says on the list to work here says so or nothing."""
    fitting = [one for one in WORDINGS if one.language in ("*", language)]
    if standing.asked == LEFT:
        ties = career.linked.leaver == CLEAN
        fitting = [one for one in fitting if one.leaver != "open" and (ties or one.leaver != "present")]
        weights = [one.weight if one.leaver == "present" else 8 * one.weight for one in fitting]
        return _chosen(random, fitting, weights)
    return _chosen(random, fitting, [one.weight for one in fitting])


#: the pictures that people of a door carry, by number: so that each is judged once
_PICTURES = {Door.VISITOR: (0, 1), Door.SIGNED_IN: (2,), Door.ATTESTATION: (3,)}


def _banner(
    carried: Sequence[Carried], sight: Sight, standing: Standing, random: Random
) -> tuple[Kind, Carried | None]:
    """What stands as banner: the default one, one not loaded, or a picture of the pool."""
    drawn = random.randrange(100)
    if drawn < 9 or not carried:
        return DEFAULT, None
    if drawn < 12:
        return NOT_LOADED, None
    shown = [one for one in carried if one.number % 4 in _PICTURES.get(sight.door, (0, 1, 2, 3))] or carried
    # of a leaver's banner it is certain whose it is; of one that was cut or toned far it need not be
    fitting = [one for one in shown if standing.asked != LEFT or one.kind.leaver != "open"]
    if not fitting:
        return DEFAULT, None
    one = random.choice(fitting)
    return one.kind, one


def _job(part: Part, firm: Firm, group: tuple[Firm, ...], words: tuple[str, str, str], random: Random) -> Job:
    title, earlier, elsewhere = words
    sister = sister_of(firm, group) if firm.told else group[0]
    names = {
        At.OURS: (firm.name, firm.slug, firm.number),
        At.SISTER: (sister.name, sister.slug, sister.number),
        At.NAMESAKE: (firm.name, firm.other_slug, firm.other_number),
        At.FOUNDATION: (f"{firm.short} Foundation for the Arts", "", ""),
        At.ELSEWHERE: (elsewhere, "-".join(elsewhere.casefold().split()), f"70{len(elsewhere):03}11"),
    }
    employer, slug, number = names[part.at]
    return Job(
        part,
        part.title.format(title=title, earlier=earlier, name=firm.name),
        employer,
        slug if part.linked else "",
        number if part.linked else "",
        (TODAY.year - part.since, random.choice((1, 5, 9))),
        None if part.until is None else (TODAY.year - part.until, random.choice((1, 5, 9))),
    )
