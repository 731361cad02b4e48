"""Of those who could be judged, how many carry the banner, the headline and the link; no names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.rule import (
    CheckResult,
    Criterion,
    Failed,
    NotApplicable,
    Passed,
    Undetermined,
    outcome_word,
)

#: what a profile is asked to carry, in the order in which reports show it
CARRIED = (Criterion.BANNER, Criterion.HEADLINE, Criterion.COMPANY_LINK)
#: people in service, also those whom a run leaves alone
STAFF = frozenset({RosterState.ACTIVE, RosterState.LEAVING_SOON, RosterState.LONG_LEAVE})
About = Callable[[str], Criterion]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run knows of one person in service and one criterion.

    `outcome` is passed, failed or undetermined; `door` the source that decided it, empty where nothing did;
    `banner` the name of the banner that the person carries, where it is one of the company's.
    """

    employee: Employee
    criterion: Criterion
    outcome: str
    door: str = ""
    banner: str = ""

    @property
    def judged(self) -> bool:
        """Whether it is known."""
        return self.outcome != "undetermined"


def adoption_answers(examinations: Collection[Examination], about: About) -> tuple[Answer, ...]:
    """One answer for each person in service and criterion that some rule looks at.

    Who is in service but was left alone (leaves soon, absent for a long time) could not be judged. A
    criterion that the policy does not ask of a person's entity gives no answer.
    """
    used = {
        about(result.rule_id)
        for one in examinations
        for result in one.results
        if not isinstance(result.outcome, NotApplicable)
    }
    wanted = [criterion for criterion in CARRIED if criterion in used]
    return tuple(
        answer
        for one in examinations
        for criterion, results in _by_criterion(one, about, wanted).items()
        for answer in _answer(one.employee, criterion, results)
    )


def count_adoption(
    answers: Iterable[Answer], group_of: Callable[[Answer], str] = lambda one: one.employee.entity
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """The counts of all people, and those of each group (entity): for each criterion `<criterion>_people` in
    service, `..._judged` of these, and `..._passed` of those."""
    times = Counter((group_of(one), one.criterion, one.outcome) for one in answers)
    overall: Counter[str] = Counter()
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for (group, criterion, outcome), n in sorted(times.items()):
        for counts in (overall, groups[group]):
            counts[f"{criterion}_people"] += n
            counts[f"{criterion}_judged"] += n if outcome != "undetermined" else 0
            counts[f"{criterion}_passed"] += n if outcome == "passed" else 0
    return dict(overall), {group: dict(counts) for group, counts in groups.items()}


def count_banners(answers: Iterable[Answer]) -> dict[str, dict[str, int]]:
    """By entity and name of the banner: how many people carry it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers:
        if one.banner:
            found[one.employee.entity][one.banner] += 1
    return {entity: dict(sorted(names.items())) for entity, names in sorted(found.items())}


def _by_criterion(
    examination: Examination, about: About, wanted: Iterable[Criterion]
) -> Mapping[Criterion, list[CheckResult]]:
    found: dict[Criterion, list[CheckResult]] = {criterion: [] for criterion in wanted}
    for result in examination.results:
        criterion = about(result.rule_id)
        if criterion in found:
            found[criterion].append(result)
    return found


def _answer(employee: Employee, criterion: Criterion, results: Iterable[CheckResult]) -> Iterator[Answer]:
    """The answer of all rules about a criterion together: one that fails is enough."""
    listed = list(results)
    asked = [one for one in listed if not isinstance(one.outcome, NotApplicable)]
    for kind in (Failed, Undetermined, Passed):
        of_kind = [one for one in asked if isinstance(one.outcome, kind)]
        if of_kind:
            outcome = of_kind[0].outcome
            door = "" if kind is Undetermined else of_kind[0].source
            banner = ""
            if criterion is Criterion.BANNER and isinstance(outcome, Passed):
                banner = str(outcome.observed)
            yield Answer(employee, criterion, outcome_word(outcome), door, banner)
            return
    left_alone = all(one.outcome.code.startswith("STATE_") for one in listed)
    if employee.roster_state in STAFF and left_alone:
        yield Answer(employee, criterion, "undetermined")
