"""Pieces of HTML: every text from outside goes through here and comes out harmless."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, SupportsBytes

from PIL import Image

from auditor.banner import PictureTrouble, decode

#: signs that could end a script element or a line of JavaScript, as JSON escapes
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def text(value: object) -> str:
    """A text as HTML, for elements and for attributes in double quotes."""
    return html.escape(str(value), quote=True)


def element(name: str, content: str, /, **attributes: str) -> str:
    """An element round ready HTML. Attribute names: `class_`, `aria_label` ... as in Python."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{named}>{content}</{name}>"


def script_data(content: Mapping[str, Any]) -> str:
    """JSON that may stand in a script element, whatever its texts hold."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(
        _IN_SCRIPT
    )


def table(
    caption: str, headings: Sequence[str], rows: Iterable[Sequence[str | int | None]], number: Any
) -> str:
    """A table whose first column names the row. Whole numbers are written by `number` and aligned right;
    None is a number that is not known."""
    shown = [tuple(row) for row in rows]
    numeric = [
        bool(shown) and all(isinstance(row[n], int | None) for row in shown) for n in range(len(headings))
    ]
    head = "".join(
        element("th", text(heading), scope="col", class_="number" if numeric[n] else "text")
        for n, heading in enumerate(headings)
    )
    body = "".join(
        element("tr", "".join(_cell(n, value, number) for n, value in enumerate(row))) for row in shown
    )
    inner = f"{element('caption', text(caption))}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    whole = element("table", inner)
    return element("div", whole, class_="card scroll", tabindex="0", role="region", aria_label=caption)


def _cell(place: int, value: str | int | None, number: Any) -> str:
    if place == 0:
        return element("th", element("bdi", text(value)), scope="row")
    if value is None:
        return element("td", "–", class_="number nothing")
    if isinstance(value, int):
        return element("td", text(number(value)), class_="number" if value else "number nothing")
    return element("td", text(value))


SIZE = (320, 80)
QUALITY = 78
#: all pictures of a page together, as they stand in it
LARGEST_TOTAL = 2_800_000


class Thumbnails:
    """Collects thumbnails in base64; equal pictures once, and none beyond the limit."""

    def __init__(self, limit: int = LARGEST_TOTAL) -> None:
        self.bodies: list[str] = []
        self.left_out = 0
        self._places: dict[str, int] = {}
        self._room = limit

    def place(self, picture: SupportsBytes | None) -> int:
        """Where the picture stands in `bodies`; -1 where there is none or no room for it."""
        body = bytes(picture) if picture is not None else b""
        if not body:
            return -1
        key = hashlib.sha256(body).hexdigest()
        if key in self._places:
            return self._places[key]
        if self._room <= 0:
            self.left_out += 1
            return -1
        small = thumbnail(body)
        self._places[key] = len(self.bodies) if small else -1
        if small:
            self._room -= len(small)
            self.bodies.append(small)
        return self._places[key]


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
