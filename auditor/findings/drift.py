"""How often each field could be read in a run, per source and shape of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from auditor.model.capture import CaptureStatus
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding, finding_of
from auditor.model.health import SMALLEST_SAMPLE, Coverage
from auditor.model.message import Message, Text, say
from auditor.model.rule import CheckResult, Failed, NotApplicable, Passed, Undetermined


def measure(examinations: Iterable[Examination]) -> Coverage:
    """The coverage of all pages that could be read."""
    pages: Counter[str] = Counter()
    states: dict[str, Counter[str]] = {}
    for examination in examinations:
        for trial in examination.trials:
            if trial.status is not CaptureStatus.OK or trial.page_kind is None:
                continue
            shape = f"{trial.source}.{trial.page_kind}"
            pages[shape] += 1
            for name, state in trial.fields:
                states.setdefault(f"{shape}.{name}", Counter())[state] += 1
    read, shown = {}, {}
    for key, counts in sorted(states.items()):
        total = pages[key.rsplit(".", 1)[0]]
        shown[key] = counts["present"] / total
        read[key] = (counts["present"] + counts["absent"]) / total
    return Coverage(dict(sorted(pages.items())), read, shown)


#: a run with fewer readable pages of a shape proves nothing about that shape
FEWEST_PAGES = 10
#: so many earlier runs at most are compared with
EARLIER_RUNS = 6
LAYOUT_DRIFT = "LAYOUT_DRIFT"


@dataclass(frozen=True, slots=True)
class Drift:
    """A field of one source and page shape that is seen on far fewer pages than before.

    `now` and `before` are shares between 0 and 1. `vanished`: it is read as often as before but stands
    on fewer pages.
    """

    source: str
    shape: str
    field: str
    now: float
    before: float
    vanished: bool = False

    def words(self) -> Message:
        """What happened, as a short phrase that names the field."""
        facts = {
            "field": f"{self.source}.{self.shape}.{self.field}",
            "now": f"{self.now:.0%}",
            "before": f"{self.before:.0%}",
        }
        if self.vanished:
            return say("field {field} was shown on {now} of pages, earlier on {before}", **facts)
        return say("field {field} was read on {now} of pages, earlier on {before}", **facts)


def drifted_fields(now: Coverage, earlier: Sequence[Coverage], largest_fall: float) -> tuple[Drift, ...]:
    """The fields whose share fell by more than `largest_fall` below the median of earlier sound runs.

    `earlier` runs stand oldest first; of those with enough pages of a shape the last six count. A field
    that is found nowhere any more has drifted at any share, once ten or more pages should have had it.
    """
    found = []
    for key in now.read:
        shape = key.rsplit(".", 1)[0]
        pages = now.pages.get(shape, 0)
        runs = [run for run in earlier if run.pages.get(shape, 0) >= FEWEST_PAGES and key in run.read]
        if pages < FEWEST_PAGES or not runs:
            continue
        runs = runs[-EARLIER_RUNS:]
        read, shown = median(run.read[key] for run in runs), median(run.shown.get(key, 0.0) for run in runs)
        if _fell(now.read[key], read, pages, largest_fall):
            found.append(_drift(key, now.read[key], read))
        elif _fell(now.shown.get(key, 0.0), shown, pages, largest_fall):
            found.append(_drift(key, now.shown.get(key, 0.0), shown, vanished=True))
    return tuple(found)


def hold_back(
    examinations: Iterable[Examination],
    drifts: Sequence[Drift],
    rests_on: Mapping[str, frozenset[str] | None],
    history: Mapping[str, TrackedFinding],
) -> list[Examination]:
    """The examinations that change because no finding is newly made, or closed, from a drifted field.

    `rests_on` names the profile fields of each rule; None, or no entry, means any field. `history` is
    the latest known state of earlier findings. What was open before and is still seen stays as it is.
    """
    standing = {
        (found.finding.employee_id, found.finding.rule_id)
        for found in history.values()
        if found.state is not FindingState.RESOLVED
    }
    changed = []
    for examination in examinations:
        suspect = _suspect_fields(examination, drifts)
        if not suspect:
            continue
        number = examination.employee.employee_id
        results = tuple(
            _undetermined(result, _drift_reason(names))
            if (names := _touched(result, suspect, rests_on))
            and _says_more(number, result, history, standing)
            else result
            for result in examination.results
        )
        if results != examination.results:
            changed.append(replace(examination, results=results))
    return changed


def _fell(now: float, before: float, pages: int, largest_fall: float) -> bool:
    return before - now > largest_fall or (now == 0 and before * pages >= FEWEST_PAGES)


def _drift(key: str, now: float, before: float, *, vanished: bool = False) -> Drift:
    source, shape, name = key.rsplit(".", 2)
    return Drift(source, shape, name, now, before, vanished)


def _suspect_fields(examination: Examination, drifts: Sequence[Drift]) -> dict[str, frozenset[str]]:
    """By source, the drifted fields of the shape that this person's page has."""
    suspect = {}
    for trial in examination.trials:
        place = (trial.source, trial.page_kind)
        names = frozenset(drift.field for drift in drifts if (drift.source, drift.shape) == place)
        if names and trial.status is CaptureStatus.OK:
            suspect[trial.source] = names
    return suspect


def _touched(
    result: CheckResult, suspect: Mapping[str, frozenset[str]], rests_on: Mapping[str, frozenset[str] | None]
) -> frozenset[str]:
    drifted = suspect.get(result.source, frozenset())
    wanted = rests_on.get(result.rule_id)
    return drifted if wanted is None else drifted & wanted


def _says_more(
    number: str,
    result: CheckResult,
    history: Mapping[str, TrackedFinding],
    standing: set[tuple[str, str]],
) -> bool:
    """Whether the result would open a finding, open one again, or close one."""
    closes = isinstance(result.outcome, Passed) and (number, result.rule_id) in standing
    return closes or _begins(number, result, history)


def _drift_reason(names: frozenset[str]) -> Text:
    fields = ", ".join(sorted(names))
    return say("the layout of the page has changed; not judged from: {fields}", fields=fields)


def _begins(number: str, result: CheckResult, history: Mapping[str, TrackedFinding]) -> bool:
    """Whether the result would open a finding or open one again."""
    finding = finding_of(number, result)
    if finding is None:
        return False
    before = history.get(finding.fingerprint)
    return before is None or before.state is FindingState.RESOLVED


def _undetermined(result: CheckResult, reason: Text) -> CheckResult:
    """The result as it is held back: nothing is said, what is expected remains."""
    expected = "" if isinstance(result.outcome, NotApplicable) else result.outcome.expected
    return replace(result, outcome=Undetermined(LAYOUT_DRIFT, reason, expected=expected))


REASON = "so many people newly fail this rule at once that the page may have changed; not judged"


def mass_failing(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], largest_share: float
) -> frozenset[str]:
    """The rules that more than `largest_share` of at least ten judged people newly fail."""
    judged: Counter[str] = Counter()
    for examination in examinations:
        judged.update(one.rule_id for one in examination.results if isinstance(one.outcome, Passed | Failed))
    begun = (FindingState.NEW, FindingState.REOPENED)
    newly = Counter(found.finding.rule_id for found in findings if found.state in begun)
    return frozenset(
        rule
        for rule, count in judged.items()
        if count >= SMALLEST_SAMPLE and newly[rule] / count > largest_share
    )


def without_mass_failures(
    examinations: Iterable[Examination], rules: frozenset[str], history: Mapping[str, TrackedFinding]
) -> list[Examination]:
    """The examinations that change because nothing is newly said by the mass-failing rules."""
    changed = []
    for examination in examinations:
        number = examination.employee.employee_id
        results = tuple(
            _undetermined(one, REASON) if one.rule_id in rules and _begins(number, one, history) else one
            for one in examination.results
        )
        if results != examination.results:
            changed.append(replace(examination, results=results))
    return changed
