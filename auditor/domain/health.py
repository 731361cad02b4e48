"""Can this run be trusted? Judged from what it saw, before anything is concluded from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.capture import REFUSALS, CaptureStatus
from auditor.domain.examination import Examination

#: fewer opened profiles than this prove nothing about shares
SMALLEST_SAMPLE = 10


class HealthVerdict(StrEnum):
    """SOUND: the results may be used. DEGRADED: look at `reasons` first."""

    SOUND = "sound"
    DEGRADED = "degraded"


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """Shares between 0 and 1. See `judge_health` for what each guards."""

    smallest_readable_share: float = 0.5
    largest_newly_failing_share: float = 0.5
    largest_coverage_fall: float = 0.3


@dataclass(frozen=True, slots=True)
class RunHealth:
    """Counts of capture statuses, the share of read pages on which each field was seen, the share
    of checked people who newly fail, and what follows."""

    captures_by_status: dict[CaptureStatus, int]
    field_coverage: dict[str, float]
    newly_failing_share: float
    verdict: HealthVerdict
    reasons: tuple[str, ...]


def field_coverage(examinations: list[Examination]) -> dict[str, float]:
    """Per page shape and field (`profile_full.headline`) the share of readings that decided it."""
    seen: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    for examination in examinations:
        for trial in examination.trials:
            if trial.status is not CaptureStatus.OK or trial.page_kind is None:
                continue
            shape = f"{trial.source}.{trial.page_kind}"
            shapes[shape] += 1
            seen.update(f"{shape}.{name}" for name, state in trial.fields if state != "unseen")
            for name, _ in trial.fields:
                seen.setdefault(f"{shape}.{name}", 0)
    return {key: count / shapes[key.rsplit(".", 1)[0]] for key, count in sorted(seen.items())}


def judge_health(
    examinations: list[Examination],
    newly_failing: int,
    limits: HealthLimits,
    *,
    crashed_rules: tuple[str, ...] = (),
    earlier_coverage: dict[str, float] | None = None,
) -> RunHealth:
    """Judge a run.

    It is degraded when the site refused, when people were left out, when nothing or too little
    could be read, when a rule crashed, when a field suddenly goes missing, or when so many people
    newly fail at once that a changed page is likelier than a changed staff.
    """
    statuses = Counter(e.status for e in examinations if e.status is not None)
    opened = [e for e in examinations if e.trials and e.status is not CaptureStatus.NO_URL]
    readable = sum(1 for e in opened if e.status is CaptureStatus.OK)
    answered = sum(1 for e in opened if e.status in (CaptureStatus.OK, CaptureStatus.NOT_FOUND))
    coverage = field_coverage(examinations)
    share = newly_failing / readable if readable else 0.0
    reasons = []
    refused = sum(statuses[status] for status in REFUSALS)
    if refused:
        reasons.append(f"the site refused {refused} visit(s)")
    left_out = sum(1 for e in examinations if e.best and e.best.postponed)
    if left_out:
        reasons.append(f"{left_out} people were not attempted")
    if opened and not readable:
        reasons.append("no profile at all could be read")
    elif len(opened) >= SMALLEST_SAMPLE and answered / len(opened) < limits.smallest_readable_share:
        reasons.append(f"only {answered} of {len(opened)} people had evidence that could be read")
    if readable >= SMALLEST_SAMPLE and share > limits.largest_newly_failing_share:
        reasons.append(f"{newly_failing} of {readable} people newly fail at once")
    for key, before in (earlier_coverage or {}).items():
        now = coverage.get(key)
        if now is not None and before - now > limits.largest_coverage_fall:
            reasons.append(f"field {key} was read on {now:.0%} of pages, earlier on {before:.0%}")
    reasons.extend(f"rule {rule} crashed" for rule in crashed_rules)
    verdict = HealthVerdict.DEGRADED if reasons else HealthVerdict.SOUND
    return RunHealth(dict(statuses), coverage, share, verdict, tuple(reasons))
