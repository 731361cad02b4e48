"""Pictures with next to nothing on them: plain colours, gradients, blurs."""

from __future__ import annotations

import numpy as np
from PIL import Image

from auditor.judging.banner.raster import blur, grey_at_width

_WIDTH = 400
_STEEP = 3.0


def steep_share(image: Image.Image) -> float:
    """The share of pixels (at 400 px) where brightness changes as it does on strokes and edges."""
    grey = blur(grey_at_width(image, _WIDTH), 0.8)
    gy, gx = np.gradient(grey)
    slope = np.sqrt(gx * gx + gy * gy)[3:-3, 3:-3]
    return float((slope > _STEEP).mean())


def one_colour(image: Image.Image) -> bool:
    """Whether the picture is one flat colour, recompression aside."""
    small = np.asarray(image.resize((64, 16), Image.Resampling.BOX), dtype=np.float32)
    return bool(np.percentile(np.abs(small - np.median(small, axis=(0, 1))), 98) < 6.0)
