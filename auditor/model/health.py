"""Whether a run can be trusted, and how often each field could be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.capture import CaptureStatus
from auditor.model.message import Message


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the pages of a run let us read.

    `pages` counts the readable pages by `<source>.<shape>`. By `<source>.<shape>.<field>`, as shares
    between 0 and 1: `read` of the pages on which the field was decided (shown, or surely not there),
    `shown` of those on which it stood.
    """

    pages: Mapping[str, int] = field(default_factory=dict)
    read: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, float] = field(default_factory=dict)


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
    largest_not_assessed_share: float = 0.05


@dataclass(frozen=True, slots=True)
class RunHealth:
    """Counts of capture statuses, the share of read pages on which each field was decided, the share
    of checked people who newly fail, and what follows; then what else `Coverage` holds."""

    captures_by_status: dict[CaptureStatus, int]
    field_coverage: dict[str, float]
    newly_failing_share: float
    verdict: HealthVerdict
    reasons: tuple[Message, ...]
    field_shown: dict[str, float] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    @property
    def coverage(self) -> Coverage:
        """How often each field could be read, as later runs compare it."""
        return Coverage(self.pages, self.field_coverage, self.field_shown)
