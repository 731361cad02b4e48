"""The words of a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.banner.evidence import RegionEvidence
from auditor.banner.window import Box, Window


class VerdictKind(StrEnum):
    """What may be said of a picture. REVIEW: a person must look; UNDETERMINED: nothing to look at."""

    MATCH = "match"
    DIFFERS = "differs"
    REVIEW = "review"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, eq=False)
class BannerVerdict:
    """The verdict on one picture.

    `name`: the reference it is, or was compared with, or a class such as "plain colour".
    `distance`: strongest difference in units of what recompression explains (99 = nothing in common).
    `margin`: for a match the distance left to the threshold, otherwise to the next reference.
    `region`: the box that differs, in candidate pixels (left, top, right, bottom).
    `crop`: where the reference lies in the candidate; `visible`: the share of it in sight.
    """

    kind: VerdictKind
    name: str
    code: str
    distance: float
    margin: float
    reasons: tuple[str, ...]
    region: Box | None = None
    crop: Window | None = None
    visible: float = 0.0
    evidence: RegionEvidence | None = None

    def region_picture(self) -> bytes | None:
        """A small PNG for the report: the place that differs, as seen and as expected below it."""
        return self.evidence.png() if self.evidence is not None else None


def percent(share: float) -> str:
    """A share as people write it."""
    if 0 < share < 0.01:
        return "less than 1 %"
    return f"{round(100 * min(share, 1.0))} %"
