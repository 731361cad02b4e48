"""What a person needs to judge an unclear finding: the pictures side by side, the words that differ."""

from __future__ import annotations

import difflib
import io
import re

import numpy as np
from PIL import Image, ImageDraw

from auditor.banner import PictureTrouble, decode

#: the size at which banners are shown
WIDTH, HEIGHT = 1584, 396
#: the grid in which differences are sought, and how much a cell must differ (0-255) to be outlined
_CELL, _DIFFERS = 22, 28
_QUALITY = 85
_WORD = re.compile(r"\w+|[^\w\s]|\s+")


def picture_to_show(body: bytes) -> bytes:
    """A picture from outside as a plain JPEG of at most the size of a banner; empty where it is none."""
    picture = decode(body)
    if isinstance(picture, PictureTrouble):
        return b""
    image = picture.image().convert("RGB")
    image.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
    return _jpeg(image)


def differences(seen: bytes, ours: bytes) -> bytes:
    """The seen banner with the places outlined that differ from ours, both at the same size; empty where one
    of them is no picture. It helps to look and judges nothing."""
    pictures = [decode(one) for one in (seen, ours)]
    if any(isinstance(one, PictureTrouble) for one in pictures):
        return b""
    images = [
        one.image().convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        for one in pictures
        if not isinstance(one, PictureTrouble)
    ]
    first, second = (np.asarray(one, dtype=np.int16) for one in images)
    apart = np.abs(first - second).max(axis=2)
    rows, columns = HEIGHT // _CELL, WIDTH // _CELL
    cells = apart[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL).mean(axis=(1, 3))
    marked = cells > _DIFFERS
    drawn = images[0].copy()
    pen = ImageDraw.Draw(drawn)
    for row, column in zip(*np.nonzero(marked), strict=True):
        _outline(pen, marked, int(row), int(column))
    return _jpeg(drawn)


def _outline(pen: ImageDraw.ImageDraw, marked: np.ndarray, row: int, column: int) -> None:
    """Draw those sides of a cell behind which nothing differs, so that a region has one outline."""
    left, top = column * _CELL, row * _CELL
    right, bottom = left + _CELL, top + _CELL
    sides = (
        (row - 1, column, (left, top, right, top)),
        (row + 1, column, (left, bottom, right, bottom)),
        (row, column - 1, (left, top, left, bottom)),
        (row, column + 1, (right, top, right, bottom)),
    )
    for other_row, other_column, line in sides:
        inside = 0 <= other_row < marked.shape[0] and 0 <= other_column < marked.shape[1]
        if not inside or not marked[other_row, other_column]:
            pen.line(line, fill=(255, 255, 255), width=8)
            pen.line(line, fill=(200, 0, 80), width=4)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def differing_words(seen: str, expected: str) -> list[tuple[str, bool]]:
    """The seen text in pieces, each with whether the expected one lacks it."""
    pieces, wanted = _WORD.findall(seen), _WORD.findall(expected)
    matcher = difflib.SequenceMatcher(
        None, [p.casefold() for p in pieces], [w.casefold() for w in wanted], False
    )
    found: list[tuple[str, bool]] = []
    for kind, start, end, _, _ in matcher.get_opcodes():
        text = "".join(pieces[start:end])
        if text:
            found.append((text, kind != "equal" and bool(text.strip())))
    return found
