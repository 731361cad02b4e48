"""The place that differs, as a small picture for the report."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.comparison import Comparison, Prepared, difference_box
from auditor.banner.window import Box

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
        held = io.BytesIO()
        sheet.save(held, "PNG", optimize=True)
        return held.getvalue()


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
    scale = prepared.image.width / prepared.working.width
    return RegionEvidence(
        tuple(round(v * scale) for v in box),  # type: ignore[arg-type]
        residue.seen[cut].copy(),
        residue.expected[cut].copy(),
    )


def _small(image: Image.Image) -> Image.Image:
    if image.width <= _WIDTH:
        return image
    return image.resize(
        (_WIDTH, max(1, round(image.height * _WIDTH / image.width))), Image.Resampling.LANCZOS
    )
