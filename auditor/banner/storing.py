"""How a JPEG file was stored, and other pictures stored in the same way: what that leaves can be foretold."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, JpegImagePlugin

from auditor.banner.raster import Pixels

#: as Pillow counts how colours lie: as large as the picture, half as wide, half as wide and high
_SAMPLINGS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Storing:
    """The quantisation tables of a JPEG file, 64 steps each, and how its colours lie, as Pillow counts."""

    tables: tuple[tuple[int, ...], ...]
    sampling: int

    def again(self, pixels: Pixels) -> Pixels:
        """RGB `pixels` as they are seen when they were stored so."""
        buffer = io.BytesIO()
        tables = [list(table) for table in self.tables]
        Image.fromarray(pixels).save(buffer, "JPEG", qtables=tables, subsampling=self.sampling)
        buffer.seek(0)
        with Image.open(buffer) as stored:
            return np.asarray(stored.convert("RGB"))


def storing_of(image: Image.Image) -> Storing | None:
    """How `image` was stored; None where it is no JPEG file in colour, or none that Pillow could write."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode != "RGB":
        return None
    sampling = JpegImagePlugin.get_sampling(image)
    tables = tuple(tuple(table) for _, table in sorted(image.quantization.items()))
    return Storing(tables, sampling) if sampling in _SAMPLINGS and tables else None
