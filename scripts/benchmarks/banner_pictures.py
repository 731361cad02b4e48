"""The small pictures of docs/banner.md: what the judge tells apart, and the place that differs.

python -m scripts.benchmarks.banner_pictures docs/banner
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from auditor.banner import Picture, judge, prepare
from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, png
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.drawn_banners import edits, invent, render

_SEED = 77
_EDITS = (
    "only the year changed",
    "another slogan",
    "logo swapped",
    "logo removed",
    "text nudged",
    "sister brand",
)
_CHANGES = ("recoloured", "greyscale", "mirrored", "something added")
_WAYS = ("zoomed by up to 8 %", "letterboxed", "screenshot with portrait")


def write_pictures(folder: Path) -> None:
    """Small pictures for the documentation: what it tells apart, and what differs."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = invent(_SEED, 0)
    image = render(spec)
    library = prepare([ReferenceBanner("standard", BannerRole.CURRENT, png(image))])
    rng = np.random.default_rng(3)
    shown = {"standard": image}
    shown |= {family: render(changed) for family, changed in edits(spec) if family in _EDITS}
    shown |= {family: NEAR_MISSES[family](rng, image) for family in _CHANGES}
    shown |= {way: Image.open(io.BytesIO(JOURNEYS[way](rng, image))).convert("RGB") for way in _WAYS}
    for family, picture in shown.items():
        name = "_".join(word for word in family.split() if word.isalpha())
        small = picture.resize((330, round(330 * picture.height / picture.width)))
        small.save(folder / f"{name}.jpg", quality=70)
        said = judge(Picture(np.asarray(picture)), library)
        region = said.region_picture()
        if region is not None:
            Image.open(io.BytesIO(region)).save(folder / f"{name}_region.jpg", quality=70)
        print(f"{name:26s} {said.kind.value:8s} {said.code:18s} {said.distance:6.2f}  {said.reasons[0]}")


if __name__ == "__main__":
    write_pictures(Path(sys.argv[1]))
