"""Damaged, hostile and huge pages: no crash, no long reading, nothing concluded from a break."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.extract.page import read_page
from auditor.proof.pages.visitor import full_page, masked_page
from tests.extract.test_page_captures import PAGES
from tests.extract.test_page_traps import PERSON
from tests.pages.reading import facts_of, page_capture

SECONDS = 1.0
FULL = full_page(PERSON, "2024")
_FRAGMENTS = st.sampled_from(
    [
        *FULL.split(">")[:40],
        "<html>",
        "</html>",
        '<meta name="pageKey" content="public_profile_v3_desktop">',
        '<section class="top-card-layout">',
        '<h1 class="top-card-layout__title">x</h1>',
        '<h2 class="top-card-layout__headline">*',
        '<section data-section="experience"><ul class="experience__list">',
        '<li class="experience-item experience-group">',
        '<span class="date-range"><time>',
        '<figure class="cover-img"><img class="cover-img__image" src="http://[',
        '<a href="//[x/company/',
        '<script type="application/ld+json">{"@graph":[{"@type":["Person"],"url":[1,null]}]}</script>',
        '<link rel="canonical" href="https://[/in/x">',
        "&amp;amp;",
        "<!--",
        "\0",
        "﻿",
        "<template>",
        "<table><div>",
    ]
)


def read_in_time(page: bytes) -> str:
    """The kind of page, after checking that the reading took less than a second of work."""
    begun = time.process_time()
    kind = read_page(page_capture(page)).page_kind
    assert time.process_time() - begun < SECONDS
    return kind


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_FRAGMENTS, st.text(max_size=20)), max_size=40))
def test_any_markup_is_read_without_a_crash(pieces: list[str]):
    read_in_time("".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=2000),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from([None, 200, 404, 999]),
)
def test_any_bytes_and_addresses_are_read_without_a_crash(
    body: bytes, asked: str, final: str, status: int | None
):
    facts_of(body, asked, final, status)


def mutated(body: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them changed, lost, doubled or moved."""
    found = bytearray(body)
    for _ in range(chance.choice((1, 5, 40))):
        at, length = chance.randrange(len(found) or 1), chance.choice((1, 3, 50, 3000))
        piece = found[at : at + length]
        match chance.randrange(4):
            case 0:
                found[at : at + length] = chance.randbytes(len(piece))
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = piece
            case _:
                del found[at : at + length]
                to = chance.randrange(len(found) or 1)
                found[to:to] = piece
    return bytes(found)


def _mutate_captures(times: int) -> None:
    for page in PAGES:
        chance = random.Random(page.stem)
        for _ in range(times):
            read_in_time(mutated(page.read_bytes(), chance))


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
def test_mutated_captures_are_read_without_a_crash():
    _mutate_captures(12)


@pytest.mark.long
@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
def test_many_mutated_captures_are_read_without_a_crash():
    _mutate_captures(400)


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", [p for p in PAGES if p.parent.name == "profile"], ids=lambda page: page.stem)
def test_a_capture_cut_anywhere_is_never_read_wrongly(page: Path):
    wanted = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    body = page.read_bytes()
    chance = random.Random(3)
    for length in sorted(chance.randrange(len(body) - 8) for _ in range(25)):
        facts = facts_of(body[:length])
        assert list(_misread(facts, wanted)) == [], f"cut at {length}"


def _misread(facts: dict, wanted: dict) -> Iterator[str]:
    if facts["page_kind"] not in ("unreadable", wanted["page_kind"]):
        yield "page_kind"
    for key in ("banner", "headline", "topcard_company"):
        if facts[key]["state"] != "unseen" and facts[key] != wanted[key]:
            yield key
    if facts["positions"] not in ([], wanted["positions"]):
        yield "positions"


@pytest.mark.parametrize("end", ["</main>", "</footer>", "</body>"])
def test_a_page_without_its_end_proves_no_absence(end: str):
    alone = replace(PERSON.shown_employer, link=None)
    bare = replace(PERSON, headline=None, experience=(alone,), shown_employer=alone)
    page = full_page(bare, "2024")
    assert "Absent" in repr(read_page(page_capture(page)))
    assert "Absent" not in repr(read_page(page_capture(page[: page.index(end)])))


@pytest.mark.parametrize("end", ["time>", "</span></p>", "</li>", 'education__list">'])
def test_a_break_inside_the_list_hides_the_whole_list(end: str):
    inside = FULL.index('class="experience__list"')
    facts = facts_of(FULL[: FULL.index(end, inside) + len(end)])
    seen = end.startswith("education")
    assert (facts["positions"] != [], facts["current_companies"] is not None) == (seen, seen)


MASKED = masked_page(PERSON, "2026", listed="Brinkveld Stroom")
ROW = '<li class="experience-item"><h3>x</h3><h4>y</h4></li>'
#: built one at a time: all together they would fill the memory
BIG_PAGES: dict[str, Callable[[], str]] = {
    "many posts": lambda: FULL.replace(
        "</main>", '<div><p class="a b">w &amp; w</p></div>' * 60_000 + "</main>"
    ),
    "one long comment": lambda: FULL.replace("</main>", f"<!--{'x' * 9_900_000}--></main>"),
    "one long text": lambda: FULL.replace("Heat &amp; power", "y " * 4_900_000),
    "one long address": lambda: FULL.replace('src="https://static', f'src="{"a" * 9_900_000}', 1),
    "many rows": lambda: FULL.replace(
        'class="experience__list">', 'class="experience__list">' + ROW * 70_000
    ),
    "many masked rows": lambda: MASKED.replace(
        'class="visible-list">', 'class="visible-list">' + ROW * 70_000
    ),
    "deep": lambda: f"<html><body>{'<div>' * 100_000}</html>",
    "deep rows": lambda: (
        f'<section class="experience">{"<ul><li class=experience-item>" * 50_000}</section></html>'
    ),
    "deep, then stray ends": lambda: f"{'<span>' * 90_000}{'</b>' * 90_000}",
    "many attributes": lambda: f"<div {' '.join(f'a{number}=1' for number in range(80_000))}>",
    "many attributes behind a quote": lambda: f'<p a=">" {" ".join(f"a{n}=1" for n in range(80_000))}>',
    "only opening marks": lambda: "<" * 10_000_000,
    "only openings": lambda: "<a " * 3_000_000,
    "unclosed quotes": lambda: '<a b="' * 1_600_000,
    "deep data": lambda: f'{FULL[:-7]}<script type="application/ld+json">{"[" * 5_000_000}</script></html>',
    "escapes": lambda: "&amp;" * 2_000_000,
}


@pytest.mark.parametrize("name", BIG_PAGES)
def test_a_page_of_ten_megabytes_takes_less_than_a_second(name: str):
    read_in_time(BIG_PAGES[name]().encode()[:10_000_000])


@pytest.mark.parametrize(
    ("charset", "declared", "media_type"),
    [
        ("utf-8", "iso-8859-1", ""),
        ("utf-8-sig", "", ""),
        ("utf-16", "", ""),
        ("utf-16-le", "", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "", "text/html; charset=windows-1252"),
        ("cp1252", "no-such-charset", ""),
    ],
)
def test_the_charset_is_found_whatever_is_declared(charset: str, declared: str, media_type: str):
    name = "Siân Brandtörp-Œuvré " + "é" * 40
    page = FULL.replace("Jorrit Veldhamer", name).replace("<head>", f'<head><meta charset="{declared}">')
    page = page.encode(charset, "replace").decode(charset) if charset == "cp1252" else page
    profile = read_page(page_capture(page.encode(charset), media_type=media_type))
    assert profile.full_name.value == name


def test_a_few_broken_bytes_do_not_spoil_the_rest():
    body = FULL.replace("Jorrit", "Siân").encode().replace(b"Plans a", b"Pl\xff\xfe a")
    profile = read_page(page_capture(body))
    assert (profile.page_kind, profile.full_name.value) == ("profile_full", "Siân Veldhamer")
