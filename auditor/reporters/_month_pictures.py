"""Small copies of the banners, as many as a page can carry."""

from __future__ import annotations

import base64
import io

from PIL import Image

from auditor.judging.banner import PictureTrouble, decode

SIZE = (320, 80)
QUALITY = 78
#: all pictures of a page together, as they stand in it
LARGEST_TOTAL = 2_800_000


class Thumbnails:
    """Collects thumbnails in base64; equal pictures once, and none beyond the limit."""

    def __init__(self, limit: int = LARGEST_TOTAL) -> None:
        self.bodies: list[str] = []
        self.left_out = 0
        self._places: dict[bytes, int] = {}
        self._room = limit

    def place(self, body: bytes) -> int:
        """Where the picture stands in `bodies`; -1 where there is none or no room for it."""
        if not body:
            return -1
        if body in self._places:
            return self._places[body]
        if self._room <= 0:
            self.left_out += 1
            return -1
        small = thumbnail(body)
        self._places[body] = len(self.bodies) if small else -1
        if small:
            self._room -= len(small)
            self.bodies.append(small)
        return self._places[body]


def thumbnail(body: bytes) -> str:
    """A JPEG of at most 320 x 80 in base64; empty where the bytes are no picture."""
    picture = decode(body)
    if isinstance(picture, PictureTrouble):
        return ""
    small = picture.image()
    small.thumbnail(SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")
