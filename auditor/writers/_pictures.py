"""Thumbnails: small, plain copies of pictures whose origin nobody vouches for."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache

from PIL import Image

#: the size a thumbnail is shown at, and twice that as stored for sharp screens
SHOWN = (160, 40)
STORED = (320, 80)
LARGEST_PIXELS = 40_000_000
LARGEST_BYTES = 20_000_000


@lru_cache(maxsize=1024)
def thumbnail(body: bytes, largest: tuple[int, int] = STORED) -> tuple[bytes, int, int] | None:
    """A JPEG of at most the `largest` size, its width and height; None where there is no picture in it."""
    if not body or len(body) > LARGEST_BYTES:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _shrink(body, largest)
    except Exception:  # Pillow raises many kinds for hostile files; none may stop a report
        return None


def _shrink(body: bytes, largest: tuple[int, int]) -> tuple[bytes, int, int] | None:
    with Image.open(io.BytesIO(body)) as picture:
        if picture.width * picture.height > LARGEST_PIXELS:
            return None
        picture.draft("RGB", largest)
        small = (
            picture.convert("RGBA") if picture.mode in ("P", "LA", "PA", "RGBA") else picture.convert("RGB")
        )
    small.thumbnail(largest, Image.Resampling.BILINEAR)
    if small.mode == "RGBA":
        white = Image.new("RGB", small.size, "white")
        white.paste(small, mask=small.getchannel("A"))
        small = white
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue(), small.width, small.height
