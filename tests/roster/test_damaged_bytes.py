"""Bytes changed at random: a roster is read or refused in its own words, never a crash."""

from __future__ import annotations

import io
import random
from pathlib import Path

import openpyxl
import pytest

from auditor.errors import RosterError
from auditor.model.roster import rows_add_up
from tests.roster.making import THREE, judged, text_of

PAGE = b"<html><table><tr><th>Personeelsnummer<th>Naam<th>Status</tr>"
PAGE += b"<tr><td rowspan=3 colspan=2>1<td>Ann</table>"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Personeelsnummer", "Naam", "Status"], [1, "Ann Verzonnen", "Actief"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def damaged(body: bytes, draw: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(draw.randint(1, 20)):
        place, kind = draw.randrange(len(changed) + 1), draw.random()
        noise = bytes(draw.randrange(256) for _ in range(draw.randint(1, 8)))
        if kind < 0.5:
            changed[place : place + 1] = noise[:1]
        elif kind < 0.75:
            del changed[place : place + draw.randint(1, 40)]
        else:
            changed[place:place] = noise
    return bytes(changed)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "page"])
def test_damage_is_survived(tmp_path: Path, kind: str) -> None:
    old = Path(__file__).parent / "fixtures" / "old_workbook.xls"
    bodies = {"csv": text_of(*THREE).encode(), "xlsx": workbook(), "xls": old.read_bytes(), "page": PAGE}
    draw, codes = random.Random(2026), set()
    for _ in range(150):
        try:
            people = judged(tmp_path, damaged(bodies[kind], draw), f"roster.{kind}")
        except RosterError as refused:
            codes.add(refused.code)
        else:
            assert rows_add_up(people.reading)
    assert codes <= {"F02", "F03", "F10", "F11", "H06"}
