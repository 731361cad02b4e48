"""Writes a page of shares as a PDF with ReportLab: real text, and equal pages give equal bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from auditor.files.writing import write_document
from auditor.model.accents import without_accents
from auditor.model.document import ShareBar, ShareLines, SharePage
from auditor.ports import Writer
from auditor.writers._clean import cell_text

#: points; an upright A4
_WIDTH, _HEIGHT = 595.28, 841.89
_MARGIN = 48.0
_BAR_LEFT, _BAR_RIGHT = 178.0, 395.0
_TALLEST_LINES = 230.0
_INK, _QUIET, _LINE, _TRACK = "#1B1F24", "#545C66", "#D5D9DF", "#EAECEF"
_COLOURS = ("#0B5CAD", "#1D6B3A", "#8A4B00")
_DASHES = ((), (7, 4), (2, 4))


def write_pdf(document: SharePage, folder: Path) -> Sequence[Path]:
    """Write one file and return its path. Raises ReportError."""
    return [write_document(folder, document.file_name, _pdf(document), document.created)]


def _pdf(page: SharePage) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # here: few commands write a PDF

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1, lang=page.language)
    canvas.setTitle(_plain(page.title))
    canvas.setSubject(_plain(page.description))
    pen = _Pen(canvas)
    pen.text(_MARGIN, 56, page.title, size=22, bold=True)
    top = pen.paragraph(_MARGIN, 78, page.subtitle, size=10.5) + 14
    for place, bar in enumerate(page.bars):
        _bar(pen, bar, top + 36 * place, place)
    top += 36 * len(page.bars) + 18
    below = _HEIGHT - _MARGIN - 13 * len(page.notes) - 15 * len(page.table)
    if page.lines:
        bottom = min(below - 26, top + _TALLEST_LINES)
        _lines(pen, page.lines, top, bottom)
        below = bottom + 30
    else:
        below = top
    bottom = _table(pen, page.table, below) if page.table else below
    for place, note in enumerate(page.notes):
        pen.text(_MARGIN, bottom + 10 + 13 * place, note, size=8.5, colour=_QUIET)
    canvas.save()
    return out.getvalue()


class _Pen:
    """Draws on a canvas whose y runs downwards from the top, in points."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def text(
        self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False, colour: str = _INK,
        anchor: str = "left", room: float = _WIDTH - 2 * _MARGIN,
    ) -> None:  # fmt: skip
        """A line of text; a smaller one where it would be wider than its `room`."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        width = self.canvas.stringWidth(_plain(text), font, size)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size * min(1.0, room / max(width, 1.0)))
        draw = {
            "left": self.canvas.drawString,
            "middle": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }[anchor]
        draw(x, _HEIGHT - y, _plain(text))

    def words(self, x: float, y: float, text: str, *, size: float, room: float, rise: float = 0.5) -> None:
        """Bold words on one line, or round it on two; with a `rise` of 1 above it."""
        from reportlab.lib.utils import simpleSplit

        lines = simpleSplit(_plain(text), "Helvetica-Bold", size, room)
        for place, line in enumerate(lines):
            above = (len(lines) - 1) * size * 1.2 * rise
            self.text(x, y - above + place * size * 1.2, line, size=size, bold=True, room=room)

    def paragraph(self, x: float, y: float, text: str, *, size: float) -> float:
        """Quiet running text across the page; the y of its last line."""
        from reportlab.lib.utils import simpleSplit

        lines = simpleSplit(_plain(text), "Helvetica", size, _WIDTH - 2 * _MARGIN)
        for place, line in enumerate(lines):
            self.text(x, y + place * size * 1.35, line, size=size, colour=_QUIET)
        return y + (len(lines) - 1) * size * 1.35

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, _HEIGHT - y - height, width, height, stroke=0, fill=1)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 0.6,
        dashes: Sequence[int] = (),
    ) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.setDash(*((list(dashes), 0) if dashes else ()))
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], _HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, _HEIGHT - y)
        self.canvas.drawPath(path)

    def mark(self, order: int, x: float, y: float, colour: str) -> None:
        """A disc, a square or a triangle: the lines differ without colour."""
        self.canvas.setFillColor(colour)
        if order == 0:
            self.canvas.circle(x, _HEIGHT - y, 3, stroke=0, fill=1)
        elif order == 1:
            self.box(x - 2.8, y - 2.8, 5.6, 5.6, colour)
        else:
            path = self.canvas.beginPath()
            path.moveTo(x, _HEIGHT - y + 3.8)
            path.lineTo(x + 3.6, _HEIGHT - y - 2.8)
            path.lineTo(x - 3.6, _HEIGHT - y - 2.8)
            path.close()
            self.canvas.drawPath(path, stroke=0, fill=1)


def _bar(pen: _Pen, bar: ShareBar, y: float, order: int) -> None:
    width, colour = _BAR_RIGHT - _BAR_LEFT, _COLOURS[order % len(_COLOURS)]
    pen.mark(order, _MARGIN + 4, y + 10, colour)
    pen.words(_MARGIN + 14, y + 14, bar.name, size=10.5, room=_BAR_LEFT - _MARGIN - 24)
    pen.box(_BAR_LEFT, y, width, 20, _TRACK)
    if bar.share is not None:
        pen.box(_BAR_LEFT, y, width * bar.share, 20, colour)
    if bar.low is not None and bar.high is not None and bar.low < bar.high:
        ends = [_BAR_LEFT + width * bar.low, _BAR_LEFT + width * bar.high]
        pen.line([(ends[0], y + 10), (ends[1], y + 10)], _INK, 2)
    left, room = _BAR_RIGHT + 12, _WIDTH - _MARGIN - _BAR_RIGHT - 12
    pen.text(left, y + (8 if bar.note else 14), bar.words, size=11, room=room)
    pen.text(left, y + 20, bar.note, size=8.5, colour=_QUIET, room=room)


def _lines(pen: _Pen, drawn: ShareLines, top: float, bottom: float) -> None:
    pen.text(_MARGIN, top, drawn.title, size=11, bold=True)
    left, right, top, bottom = _MARGIN + 34, _WIDTH - _MARGIN - 8, top + 14, bottom - 24
    for step in range(5):
        y = bottom - (bottom - top) * step / 4
        pen.line([(left, y), (right, y)], _LINE)
        pen.text(left - 8, y + 3, f"{step * 25} %", size=8.5, colour=_QUIET, anchor="right")
    room = (right - left - 24) / max(len(drawn.months) - 1, 1)
    places = [left + 12 + room * place for place in range(len(drawn.months))]
    for x, month in zip(places, drawn.months, strict=True):
        for line, part in enumerate(month.split("\n")):
            pen.text(x, bottom + 13 + 10 * line, part, size=8.5, colour=_QUIET, anchor="middle")
    for order, values in enumerate(drawn.lines):
        colour = _COLOURS[order % len(_COLOURS)]
        points = [
            None if value is None else (x, bottom - (bottom - top) * value)
            for x, value in zip(places, values, strict=True)
        ]
        for before, after in pairwise(points):
            if before and after:
                pen.line([before, after], colour, 1.6, _DASHES[order % len(_DASHES)])
        for point in filter(None, points):
            pen.mark(order, *point, colour)


def _table(pen: _Pen, rows: Sequence[Sequence[str]], top: float) -> float:
    """The y below the table: names, a number aligned right, and texts in columns of equal width."""
    texts = max(len(rows[0]) - 2, 1)
    wide = (_WIDTH - 2 * _MARGIN - 170) / texts
    for place, row in enumerate(rows):
        y, bold = top + 15 * place, place == 0
        pen.text(_MARGIN, y, row[0], size=8.5, bold=bold, room=105)
        pen.text(_MARGIN + 160, y, row[1], size=8.5, bold=bold, anchor="right", room=50)
        for number, text in enumerate(row[2:]):
            left = _MARGIN + 170 + wide * number
            if bold:
                pen.words(left, y, text, size=8.5, room=wide - 6, rise=1)
            else:
                pen.text(left, y, text, size=8.5, room=wide - 6)
        pen.line([(_MARGIN, y + 4), (_WIDTH - _MARGIN, y + 4)], _LINE)
    return top + 15 * len(rows)


def _plain(text: str) -> str:
    """The text in the signs of the PDF's own fonts: others without accents, or as a question mark."""
    shown = cell_text(text)
    return "".join(
        sign if _known(sign) else without_accents(sign).encode("cp1252", "replace").decode("cp1252")
        for sign in shown.replace("\u202f", "\u00a0")
    )


def _known(sign: str) -> bool:
    return sign.encode("cp1252", "ignore") != b""


WRITER = Writer("pdf", (SharePage,), write_pdf)
