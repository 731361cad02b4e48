"""The words of a verdict, and the place that differs as a small picture for the report."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.comparison import Comparison, difference_box
from auditor.banner.prepared import Prepared
from auditor.banner.window import Box, Window

_WIDTH = 360
_MARGIN = 14


@dataclass(frozen=True, slots=True, eq=False)
class RegionEvidence:
    """The region in candidate pixels, with what is seen there and what the reference has there."""

    box: Box
    seen: npt.NDArray[np.uint8]
    expected: npt.NDArray[np.uint8]

    def png(self) -> bytes:
        """Seen above, expected below, at most 360 pixels wide."""
        parts = [_small(Image.fromarray(pixels)) for pixels in (self.seen, self.expected)]
        sheet = Image.new("RGB", (parts[0].width, parts[0].height * 2 + 4), (255, 255, 255))
        sheet.paste(parts[0], (0, 0))
        sheet.paste(parts[1], (0, parts[0].height + 4))
        buffer = io.BytesIO()
        sheet.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def region_evidence(comparison: Comparison, prepared: Prepared) -> RegionEvidence | None:
    """The strongest difference of `comparison`; None where there is none."""
    box = difference_box(comparison)
    if box is None:
        return None
    residue = comparison.residue
    x0, y0 = residue.box[:2]
    high, wide = residue.seen.shape[:2]
    left, top = max(0, box[0] - x0 - _MARGIN), max(0, box[1] - y0 - _MARGIN)
    right, bottom = min(wide, box[2] - x0 + _MARGIN), min(high, box[3] - y0 + _MARGIN)
    cut = (slice(top, bottom), slice(left, right))
    scale = prepared.pixels.shape[1] / prepared.width
    return RegionEvidence(
        tuple(round(v * scale) for v in box),
        residue.seen[cut].copy(),
        residue.expected[cut].copy(),
    )


def _small(image: Image.Image) -> Image.Image:
    if image.width <= _WIDTH:
        return image
    return image.resize(
        (_WIDTH, max(1, round(image.height * _WIDTH / image.width))), Image.Resampling.LANCZOS
    )


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
