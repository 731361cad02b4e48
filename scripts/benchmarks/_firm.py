"""An invented group of any size, with saved pages of a part of it: the people of the demo many times over."""

from __future__ import annotations

import csv
import hashlib
import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.demo.addresses import DEFAULT_BANNER, banner_address, profile_path
from auditor.demo.banners import banner_of, brand_file
from auditor.demo.cases import Address, Banner, Shape
from auditor.demo.firms import FIRMS
from auditor.demo.pages.profile import profile_page
from auditor.demo.pages.refusals import not_found_page
from auditor.demo.people import Person, invent
from auditor.demo.world import banner_files, policy_text

SITE = "https://www.linkedin.com"
TODAY = "2026-11-22"
_SAVED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC).timestamp()
_SEED = 20261122
#: so many people are drawn; everybody after them is one of these with another name, number and address
_DRAWN = 400
#: so many banners are drawn of each kind for a firm, then used again; docs/banner.md says how long one takes
_OF_A_KIND = 12
#: stands in names and addresses for what tells one copy from another
_MARK = "qqqqq"
_HEADINGS = (
    "Employee number", "First name", "Last name", "Legal entity", "Job title", "Manager", "Language",
    "Status", "Worker type", "Start date", "End date", "LinkedIn profile",
)  # fmt: skip
_SOURCES = "sources: {ladder: [saved_pages], saved_pages: {folder: ../saved}}\n"


def make_firm(folder: Path, people: int, evidence: int, more: str = "", *, distinct: bool = False) -> None:
    """Policy, brand folder, a roster of `people` rows and saved pages of those of the first `evidence` who
    have one: four in five are as they should be, the others go through all situations of the demo.

    `more` is added to the policy; `distinct`: no two people's banners have the same bytes.
    """
    for name in ("config/brand", "saved/pictures"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for firm in FIRMS:
        for last_year, name in enumerate(banner_files(firm)):
            (folder / "config" / name).write_bytes(brand_file(firm, last_year=bool(last_year)))
    policy = policy_text("www.linkedin.com").partition("\nsources:")[0] + f"\n{_SOURCES}{more}"
    (folder / "config" / "policy.yaml").write_text(policy, "utf-8")
    cast = [one for one in invent(_DRAWN, _SEED) if one.case.address is not Address.COPIED]
    drawn = [replace(one, last=f"{one.last}{_MARK}", slug=f"{one.slug}-{_MARK}") for one in cast]
    fine = [one for one in drawn if one.case.name.startswith("right")]
    others = [one for one in drawn if one not in fine]

    def who(n: int) -> Person:
        return others[n // 5 % len(others)] if n % 5 == 4 else fine[n % len(fine)]

    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(_HEADINGS)
        for n in range(people):
            out.writerows(_rows(who(n), n))
    pool: dict[tuple[str, Banner], list[bytes]] = {}
    shown = range(min(people, evidence))
    looked_at = {who(n).slug for n in shown}
    pages = {one.slug: _page(one, folder / "saved", pool) for one in drawn if one.slug in looked_at}
    for n in shown:
        page, picture = pages[who(n).slug]
        if not page:
            continue
        path = folder / "saved" / f"{n:07}.html"
        if distinct and DEFAULT_BANNER not in picture:
            own = f"pictures/{int(picture[9:22]) + n}.jpg"
            body = (folder / "saved" / picture).read_bytes()
            (folder / "saved" / own).write_bytes(body + f"{n}".encode())
            page = page.replace(picture, own)
        path.write_text(page.replace(_MARK, _letters(n)), "utf-8")
        os.utime(path, (_SAVED, _SAVED))


def _page(person: Person, folder: Path, pool: dict[tuple[str, Banner], list[bytes]]) -> tuple[str, str]:
    """The saved page and its banner's file; no page of somebody whose page nobody saves. `pool` are the
    banners drawn so far."""
    if not person.is_asked_for:
        return "", ""
    if person.case.shape is Shape.NOT_FOUND:
        return not_found_page(person.slug, SITE), DEFAULT_BANNER
    drawn = pool.setdefault((person.firm.entity, person.case.banner), [])
    if len(drawn) < _OF_A_KIND:
        drawn.append(banner_of(person))
    body = drawn[person.index % len(drawn)] if len(drawn) == _OF_A_KIND else drawn[-1]
    digits = int(hashlib.sha256(body).hexdigest()[:12], 16) % 10**12
    # as a browser names them: by the moment of the upload, the default one by its own name
    name = f"pictures/{DEFAULT_BANNER if person.case.banner is Banner.DEFAULT else f'1{digits:012}'}.jpg"
    (folder / name).write_bytes(body)
    address = (SITE + banner_address(person)).replace("&", "&amp;")
    return profile_page(person, SITE).replace(address, name), name


def _rows(person: Person, n: int) -> Iterator[Sequence[str]]:
    address = SITE + profile_path(person) if person.case.address is Address.GIVEN else ""
    for spell in person.spells:
        cells = (
            f"{n + 1:07}", person.first, person.last, person.firm.entity, person.title,
            f"Manager {n // 20 % 5000}", person.language, spell.status, spell.worker_type,
            f"{spell.start or ''}", f"{spell.end or ''}", address,
        )  # fmt: skip
        yield [cell.replace(_MARK, _letters(n)) for cell in cells]


def _letters(n: int) -> str:
    signs = "bcdfghjklmnprstvwxz"
    places = itertools.accumulate(range(4), lambda left, _: left // len(signs), initial=n)
    return "".join(signs[left % len(signs)] for left in places)
