"""Adoption in the words of the reports: shares with the confidence that their numbers deserve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.findings.adoption import CARRIED, Answer, adoption_answers, count_adoption, count_banners
from auditor.language.words import Words
from auditor.model.company import BannerRole
from auditor.model.rule import Criterion
from auditor.model.share import wilson
from auditor.reports.evidence import source_words
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.trend import MONTHS, SMALLEST_ENTITY, calendar_months

#: with fewer people judged a share says nothing; a smaller group is not shown by itself
FEWEST_JUDGED = SMALLEST_GROUP = SMALLEST_ENTITY
MOST_CAMPAIGNS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the `people` in service were `judged`, and how many of these `passed`: carry what is asked.

    `low` and `high` bound the share by the 95 % interval (Wilson). All three are None where too few people
    were judged to say.
    """

    people: int
    judged: int
    passed: int
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def coverage(self) -> float:
        """The share of the people who were judged."""
        return self.judged / self.people if self.people else 0.0

    @property
    def complete(self) -> bool:
        """Whether everybody was judged, so that nothing is left to chance."""
        return self.judged == self.people


Shares = Mapping[Criterion, Share]


@dataclass(frozen=True, slots=True)
class Group:
    """An entity or a team with its shares; `people` is everybody of it in service."""

    name: str
    people: int
    shares: Shares


@dataclass(frozen=True, slots=True)
class Campaign:
    """A banner, or several of the same first day, with its share in each month since; None: not known."""

    name: str
    entities: tuple[str, ...]
    since: date
    months: tuple[tuple[date, Share | None], ...]


def answers(scope: Scope) -> tuple[Answer, ...]:
    """What this run knows of the people of a scope."""
    return adoption_answers(scope.examinations, scope.book.about)


def shares_of(counts: Mapping[str, int]) -> Shares:
    """The shares in the counts of a run; a criterion that was not counted is left out."""
    return shares_by_group({"": counts})[""]


def shares_by_group(groups: Mapping[str, Mapping[str, int]]) -> Mapping[str, Shares]:
    """The shares in the counts of each group."""
    return {
        name: {
            one: _share(*(counts[f"{one}_{kind}"] for kind in ("people", "judged", "passed")))
            for one in CARRIED
            if f"{one}_people" in counts
        }
        for name, counts in groups.items()
    }


def current_shares(found: Sequence[Answer]) -> Shares:
    """The shares of this run."""
    return shares_of(count_adoption(found)[0])


def monthly_shares(scope: Scope, found: Sequence[Answer]) -> Sequence[tuple[date, Shares]]:
    """The last thirteen months from the first that was counted, this one last. No shares stand where none are
    known: without a run, with people left, or of a version that did not count them."""
    known: dict[date, tuple[date, Mapping[str, int]]] = {}
    for month in scope.report.trend:
        counts = month.counts if scope.entity is None else month.entities.get(scope.entity, {})
        first = month.today.replace(day=1)
        if any(key.endswith("_judged") for key in counts) and known.get(first, (date.min,))[0] <= month.today:
            known[first] = (month.today, counts)
    by_month = {first: counts for first, (_, counts) in known.items()}
    now = {} if scope.report.run.left else count_adoption(found)[0]
    by_month[scope.today.replace(day=1)] = now
    return [(month, shares_of(counts or {})) for month, counts in calendar_months(by_month, MONTHS)]


def entity_groups(found: Sequence[Answer]) -> list[Group]:
    """Each entity of ten people or more, by name; none where there is one only."""
    several = len({one.employee.entity for one in found}) > 1
    return _groups(found, lambda one: one.employee.entity) if several else []


def team_groups(found: Sequence[Answer]) -> list[Group]:
    """The people of each manager, from ten in service on, by name and never by share."""
    return _groups(found, lambda one: shown(one.employee.manager, 60))


def doors(scope: Scope, found: Sequence[Answer]) -> list[tuple[str, Mapping[Criterion, int]]]:
    """By source, for how many people it decided each criterion; the most telling source first."""
    counted: dict[str, Counter[Criterion]] = {}
    for one in found:
        if one.judged:
            counted.setdefault(one.door, Counter())[one.criterion] += 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))
    return [(source_words(door, scope) if door else "-", numbers) for door, numbers in ordered]


def people_judged(found: Sequence[Answer]) -> tuple[int, int]:
    """Of how many people in service something could be judged, and how many they are."""
    judged = {one.employee.employee_id for one in found if one.judged}
    return len(judged), len({one.employee.employee_id for one in found})


def campaigns(scope: Scope, found: Sequence[Answer]) -> list[Campaign]:
    """The banners that people may carry today, the newest first, each since its own first day."""
    begun: dict[date, dict[str, set[str]]] = {}
    for company in scope.report.companies.values():
        for banner in company.banners if scope.entity in (None, company.entity) else ():
            if banner.role is BannerRole.CURRENT and banner.valid_from and banner.holds_on(scope.today):
                begun.setdefault(banner.valid_from, {}).setdefault(company.entity, set()).add(banner.name)
    months = _banner_months(scope, found) if begun else {}
    return [_campaign(scope, *one, months) for one in sorted(begun.items(), reverse=True)[:MOST_CAMPAIGNS]]


def share_words(share: Share | None, words: Words) -> str:
    """`67 % (between 49 % and 81 %)`, without the bounds where they say the same; `too few to say` where few
    were judged; a dash where none are known."""
    if share is None:
        return "–"
    if share.judged == 0:
        return words.say("nobody could be checked")
    if share.share is None or share.low is None or share.high is None:
        return words.say("too few to say")
    said, low, high = (words.share(one) for one in (share.share, share.low, share.high))
    if share.complete or low == high:
        return said
    return words.say("{share} (between {low} and {high})", share=said, low=low, high=high)


def count_words(share: Share, words: Words) -> str:
    """`14 of the 21 people checked`; empty where nobody could be."""
    if share.judged == 0:
        return ""
    return words.count(
        "{passed} of the one person checked",
        "{passed} of the {n} people checked",
        share.judged,
        passed=words.number(share.passed),
    )


def coverage_words(found: Sequence[Answer], words: Words) -> str:
    """For how many people in service something could be judged at all."""
    judged, people = people_judged(found)
    share = words.share(judged / people) if people else words.share(0)
    counted = words.count(
        "{judged} of {n} employee could be checked ({share}).",
        "{judged} of {n} employees could be checked ({share}).",
        people,
        judged=words.number(judged),
        share=share,
    )
    unseen = words.say("Whoever could not be seen is not counted as missing anything.")
    return f"{counted} {unseen}"


def _share(people: int, judged: int, passed: int) -> Share:
    if judged < FEWEST_JUDGED:
        return Share(people, judged, passed)
    low, high = wilson(passed, judged)
    return Share(people, judged, passed, passed / judged, max(low, 0.0), min(high, 1.0))


def _groups(found: Sequence[Answer], name_of: Callable[[Answer], str]) -> list[Group]:
    members: dict[str, set[str]] = {}
    for one in found:
        members.setdefault(name_of(one), set()).add(one.employee.employee_id)
    sizes = {name: len(ids) for name, ids in members.items() if name and len(ids) >= SMALLEST_GROUP}
    counted = count_adoption((one for one in found if name_of(one) in sizes), name_of)[1]
    shares = shares_by_group(counted)
    return [Group(name, sizes[name], shares[name]) for name in sorted(sizes, key=str.casefold)]


#: by entity: the counts of a run, and how many people carry a banner, by its name
_BannerMonth = tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]


def _banner_months(scope: Scope, found: Sequence[Answer]) -> dict[date, _BannerMonth]:
    """What is known by first day of the month; of several runs the latest, this run last."""
    known: dict[date, _BannerMonth] = {}
    for month in sorted(scope.report.trend, key=lambda one: one.today):
        if month.banners is not None and month.run_id != scope.report.run.id:
            known[month.today.replace(day=1)] = (month.entities, month.banners)
    if not scope.report.run.left:
        known[scope.today.replace(day=1)] = (count_adoption(found)[1], count_banners(found))
    return known


def _campaign(
    scope: Scope, since: date, names: Mapping[str, set[str]], known: Mapping[date, _BannerMonth]
) -> Campaign:
    carriers = dict(names)
    if scope.report.default_entity in names:  # people without an entity belong there
        carriers[""] = names[scope.report.default_entity]
    months = [scope.today.replace(day=1)]
    while months[0] > since and len(months) < MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    listed = sorted({name for wanted in names.values() for name in wanted})
    title = " / ".join(shown(name, 40) for name in listed[:3]) + (" …" if len(listed) > 3 else "")
    shares = ((month, _carried(carriers, *known[month]) if month in known else None) for month in months)
    return Campaign(title, tuple(sorted(names)), since, tuple(shares))


def _carried(
    carriers: Mapping[str, set[str]],
    entities: Mapping[str, Mapping[str, int]],
    banners: Mapping[str, Mapping[str, int]],
) -> Share | None:
    """The share of some entities' people who carry the banners of these names."""
    people, judged = (
        sum(entities.get(one, {}).get(f"banner_{n}", 0) for one in carriers) for n in ("people", "judged")
    )
    passed = sum(banners.get(one, {}).get(name, 0) for one, wanted in carriers.items() for name in wanted)
    counts = {"banner_people": people, "banner_judged": judged, "banner_passed": passed}
    return shares_of(counts)[Criterion.BANNER] if people else None
