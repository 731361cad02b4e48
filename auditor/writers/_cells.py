"""Puts one value of one kind into a cell. Text is always a string, never a formula or a guess."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from PIL import Image

from auditor.model.document import CellKind, Column, Link, Picture
from auditor.writers._clean import cell_text, would_act

LARGEST_ADDRESS = 2_000
LINKS_A_SHEET = 65_000
_LAST_DAY = date(9999, 12, 31)
Put = Callable[[int, int, Any], None]


@dataclass(slots=True)
class CellWriter:
    """Writes the cells of one sheet and counts its links. `in_cell`: pictures are cell values."""

    sheet: Any
    formats: Formats
    in_cell: bool = False
    links: int = 0
    #: the thumbnails so far: one that comes again is held once
    thumbnails: dict[bytes, bytes] = field(default_factory=dict)

    def put(self, column: Column) -> Put:
        """The function that writes this column's values at (row, column number)."""
        look: dict[str, Any] = {**LINE, "align": "left", "indent": 1}
        if column.editable:
            look |= {"bg_color": EDITABLE[0], "locked": False}
        special: dict[CellKind, Callable[[dict[str, Any]], Put]] = {
            CellKind.NUMBER: partial(self._numbers, "#,##0"),
            CellKind.SHARE: partial(self._numbers, "0%"),
            CellKind.DATE: self._dates,
            CellKind.DUE: self._dates,
            CellKind.DATETIME: self._dates,
            CellKind.LINK: self._links,
            CellKind.PICTURE: self._pictures,
        }
        if column.kind in special:
            return special[column.kind](look)
        if column.kind is CellKind.QUIET:
            look |= {"font_size": 8, "font_color": QUIET[1]}
        if column.kind is CellKind.WRAPPED:
            look |= {"text_wrap": True}
        if column.kind is CellKind.SEVERITY:
            look |= {"bold": True}
        return self._texts(look)

    def _texts(self, look: dict[str, Any]) -> Put:
        plain = self.formats.of(**look)
        quoted = self.formats.of(**look, quote_prefix=True)
        write, blank = self.sheet.write_string, self.sheet.write_blank

        def put(row: int, number: int, value: Any) -> None:
            if value is None or value == "":
                blank(row, number, None, plain)
                return
            text = cell_text(value)
            write(row, number, text, quoted if would_act(text) else plain)

        return put

    def _numbers(self, num_format: str, look: dict[str, Any]) -> Put:
        form = self.formats.of(**{**look, "num_format": num_format, "align": "right"})
        text = self._texts(look)

        def put(row: int, number: int, value: Any) -> None:
            if isinstance(value, (int, float)) and math.isfinite(value):
                self.sheet.write_number(row, number, value, form)
            else:
                text(row, number, "" if isinstance(value, float) else value)

        return put

    def _dates(self, look: dict[str, Any]) -> Put:
        day = self.formats.of(**look, num_format=self.formats.day)
        moment = self.formats.of(**look, num_format=self.formats.moment)
        text = self._texts(look)

        def put(row: int, number: int, value: Any) -> None:
            if isinstance(value, datetime):
                self.sheet.write_datetime(row, number, value.replace(tzinfo=None), moment)
            elif isinstance(value, date) and date(1900, 1, 1) <= value <= _LAST_DAY:
                self.sheet.write_datetime(row, number, value, day)
            else:
                text(row, number, value)

        return put

    def _links(self, look: dict[str, Any]) -> Put:
        form = self.formats.of(**look, font_color=LINK_COLOUR, underline=1)
        text = self._texts(look)

        def put(row: int, number: int, value: Any) -> None:
            if isinstance(value, Link) and self._linkable(value.address):
                self.links += 1
                self.sheet.write_url(row, number, value.address, form, cell_text(value.words)[:250])
            else:
                text(row, number, value.words if isinstance(value, Link) else value)

        return put

    def _linkable(self, address: str) -> bool:
        good = address.startswith(("https://", "http://")) and len(address) <= LARGEST_ADDRESS
        return good and cell_text(address) == address and self.links < LINKS_A_SHEET

    def _pictures(self, look: dict[str, Any]) -> Put:
        form = self.formats.of(**look)
        text = self._texts({**look, "text_wrap": True})

        def put(row: int, number: int, value: Any) -> None:
            small = thumbnail(bytes(value.body)) if isinstance(value, Picture) else None
            if small is None:
                text(row, number, value.words if isinstance(value, Picture) else value)
                return
            self._insert(row, number, small, cell_text(value.words)[:250], form)

        return put

    def _insert(self, row: int, number: int, small: tuple[bytes, int, int], words: str, form: Any) -> None:
        body, width, height = small
        body = self.thumbnails.setdefault(body, body)
        options = {"image_data": io.BytesIO(body), "description": words, "cell_format": form}
        if self.in_cell:
            self.sheet.embed_image(row, number, "banner.jpg", options)
            return
        self.sheet.write_blank(row, number, None, form)
        scale = min(SHOWN[0] / width, SHOWN[1] / height)
        options |= {"x_scale": scale, "y_scale": scale, "x_offset": 4, "y_offset": 4, "object_position": 1}
        self.sheet.insert_image(row, number, "banner.jpg", options)


FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "font_color": "#1B1F24"}
LINE = {"bottom": 1, "bottom_color": "#D0D7DE"}
#: (fill, text) of the four severities, from most to least severe
SEVERITY_COLOURS = (
    ("#F9D2D0", "#7A1210"),
    ("#FFE2B8", "#663A00"),
    ("#FFF6C2", "#554A00"),
    ("#DCE9F8", "#16447A"),
)
HEADING = ("#1F3A5F", "#FFFFFF")
EDITABLE_HEADING = ("#6B5200", "#FFFFFF")
EDITABLE = ("#FFFBE3", "#1B1F24")
GRAVE = ("#A61B1B", "#FFFFFF")
MILD = ("#FFE2B8", "#663A00")
PAST = ("#F9D2D0", "#7A1210")
QUIET = ("#FFFFFF", "#656D76")
LINK_COLOUR = "#0B57D0"
DAY_FORMATS = {"en": "yyyy-mm-dd", "nl": "dd-mm-yyyy", "fr": "dd/mm/yyyy", "de": "dd.mm.yyyy"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of one workbook, made once each. `book` is XlsxWriter's workbook."""

    book: Any
    language: str
    made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def of(self, **properties: Any) -> Any:
        """The format with these properties over the common font."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, **properties})
        return self.made[key]

    def colours(self, pair: tuple[str, str], **properties: Any) -> Any:
        """A format with fill and text colour."""
        return self.of(bg_color=pair[0], font_color=pair[1], **properties)

    @property
    def day(self) -> str:
        """The number format of a day in the document's language."""
        return DAY_FORMATS.get(self.language, DAY_FORMATS["en"])

    @property
    def moment(self) -> str:
        """The number format of a day with a time."""
        return f"{self.day} hh:mm"


#: the size a thumbnail is shown at, and twice that as stored for sharp screens
SHOWN = (160, 40)
STORED = (320, 80)
LARGEST_PIXELS = 40_000_000
LARGEST_BYTES = 20_000_000


#: as often as one picture comes again within a workbook
@lru_cache(maxsize=32)
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
