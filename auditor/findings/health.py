"""Can this run be trusted? Judged from what it saw, before anything is concluded from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.findings.assessment import not_assessed, unsettled_reasons
from auditor.findings.drift import Drift, measure
from auditor.model.capture import REFUSALS, CaptureStatus
from auditor.model.examination import Examination, Trial
from auditor.model.health import SMALLEST_SAMPLE, HealthLimits, HealthVerdict, RunHealth
from auditor.model.message import say, say_count
from auditor.model.roster import RowRecord


def _is_postponed(examination: Examination) -> bool:
    return examination.best is not None and examination.best.postponed


def _handed_over_nothing(examination: Examination, voluntary: frozenset[str]) -> bool:
    return all(
        trial.source in voluntary and trial.status is CaptureStatus.NOT_ATTEMPTED and not trial.postponed
        for trial in examination.trials
    )


def _status(trial: Trial) -> CaptureStatus:
    """The status by which a trial is counted: a saved copy of a refusal refuses nothing."""
    saved_refusal = trial.status in REFUSALS and trial.from_file
    return CaptureStatus.UNREADABLE if saved_refusal else trial.status


def judge_health(
    examinations: list[Examination],
    newly_failing: int,
    limits: HealthLimits,
    *,
    rows: Iterable[RowRecord] = (),
    crashed_rules: tuple[str, ...] = (),
    drifts: Sequence[Drift] = (),
    goes_on: bool = False,
    voluntary: frozenset[str] = frozenset(),
) -> RunHealth:
    """Judge a run.

    It is degraded when too many people were not assessed for reasons that must be settled or because their
    `rows` of the roster were rejected (said first),
    when the site refused, when people were left out, when nothing or too little could be read, when a rule,
    a source or an extractor crashed, when a field suddenly goes missing (`drifts`), or when so many people
    newly fail at once that a changed page is likelier than a changed staff. `goes_on`: the run has more
    days, so people who are left are no trouble yet. `voluntary` are the sources to which people hand over
    evidence as they please: whoever has only such sources and handed over nothing is not verified, which is
    counted elsewhere, and tells nothing against the run.
    """
    statuses = Counter(_status(e.best) for e in examinations if e.best)
    postponed = sum(1 for e in examinations if _is_postponed(e))
    wanted = [e for e in examinations if not (goes_on and _is_postponed(e))]
    opened = [
        e
        for e in wanted
        if e.trials and e.status is not CaptureStatus.NO_URL and not _handed_over_nothing(e, voluntary)
    ]
    readable = sum(1 for e in opened if e.status is CaptureStatus.OK)
    answered = sum(1 for e in opened if e.status in (CaptureStatus.OK, CaptureStatus.NOT_FOUND))
    coverage = measure(examinations)
    share = newly_failing / readable if readable else 0.0
    groups = not_assessed(examinations)
    reasons = list(unsettled_reasons(groups, len(examinations), limits.largest_not_assessed_share, rows))
    refused = sum(statuses[status] for status in REFUSALS)
    if refused:
        reasons.append(
            say_count(
                "the site refused {n} visit(s)",
                "the site refused {n} visit",
                "the site refused {n} visits",
                n=refused,
            )
        )
    if postponed and not goes_on:
        reasons.append(
            say_count(
                "people not reached: {n}",
                "{n} person was not reached",
                "{n} people were not reached",
                n=postponed,
            )
        )
    if any(e.trials for e in wanted) and not readable:
        reasons.append(say("no profile at all could be read"))
    elif len(opened) >= SMALLEST_SAMPLE and answered / len(opened) < limits.smallest_readable_share:
        reasons.append(
            say_count(
                "only {n} of {all} people had evidence that could be read",
                "a source could be read for only {n} person of {all}",
                "a source could be read for only {n} people of {all}",
                n=answered,
                all=len(opened),
            )
        )
    if readable >= SMALLEST_SAMPLE and share > limits.largest_newly_failing_share:
        reasons.append(
            say_count(
                "suddenly {n} of {all} people no longer meet the policy",
                "suddenly {n} of {all} people no longer meets the policy",
                "suddenly {n} of {all} people no longer meet the policy",
                n=newly_failing,
                all=readable,
            )
        )
    reasons.extend(drift.words() for drift in drifts)
    reasons.extend(say("rule {rule} crashed", rule=rule) for rule in crashed_rules)
    broken = sum(any(trial.crashed for trial in e.trials) for e in examinations)
    if broken:
        reasons.append(
            say_count(
                "the evidence of {n} people made the program fail",
                "the program failed on {n} person",
                "the program failed on {n} people",
                n=broken,
            )
        )
    verdict = HealthVerdict.DEGRADED if reasons else HealthVerdict.SOUND
    return RunHealth(
        dict(statuses),
        dict(coverage.read),
        share,
        verdict,
        tuple(reasons),
        dict(coverage.shown),
        dict(coverage.pages),
    )
