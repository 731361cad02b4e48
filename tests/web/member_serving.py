"""The member's page served for a test, with the invented firm and the replica of LinkedIn behind it."""

from __future__ import annotations

import asyncio
import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image

from auditor.app.hand_over import make_places, places_of
from auditor.app.member_page import MemberPageSettings, MemberPeople
from auditor.proof.pages.signed_in import Job, Member, mercado
from auditor.proof.pages.visitor import full_page
from auditor.web.member.gate import PublicAddress
from auditor.web.member.server import make_server
from tests.app.consenting import Door, name_of, number_of
from tests.pages.people import BannerForm, Link, Person, Role
from tests.pages.variants import LANGUAGES
from tests.web.serving import Answer, Browser

LADDER = "[member_consent, saved_pages, member_export, attestation]"
FILES = """  saved_pages: {folder: ../evidence/saved_pages%s}
  member_export: {folder: ../evidence/member_export}
  attestation: {file: answers.csv, pictures: pictures}
"""


class MemberDoor(Door):
    """A firm whose four doors are open and whose page is reached at `address`."""

    def __init__(self, folder: Path, address: str, **more: object) -> None:
        self.page_address, self.signed_in = address, ""
        super().__init__(folder, **more)

    def write_policy(self, more: str = "") -> None:
        (self.folder / "config" / "brand").mkdir(exist_ok=True)
        (self.folder / "config" / "brand" / "autumn.png").write_bytes(picture())
        super().write_policy(more)

    def policy_text(self, more: str) -> str:
        text = super().policy_text(FILES % self.signed_in + more)
        text = text.replace("[member_consent]", LADDER)
        text = text.replace("https://profile.noordlicht.example", self.page_address)
        banner = "    banners: [{name: Autumn, file: brand/autumn.png, role: current}]\n"
        headline = '    headline: "{job title} at {company}"\n'
        return text.replace(headline, headline + banner, 1)

    def accept_signed_in(self) -> None:
        """The policy accepts pages that were saved while signed in."""
        self.signed_in = ", signed_in: accept, decided_by: Ilse, decided_on: 2026-01-05, reason: usual"
        self.write_policy()

    def signed_in_page(
        self, place: int = 0, build: Callable[[Member], str] = mercado, **more: object
    ) -> bytes:
        """The person's own page of this month, saved while signed in; it shows others as well."""
        months = (self.today.year - 2019) * 12 + self.today.month - 2
        length = f"{months // 12} yrs {months % 12} mos"
        job = Job("Grid Planner", "Noordlicht Energie", "18364207", "Mar 2019", None, length=length)
        headline = "Grid Planner at Noordlicht Energie"
        name, slug = " ".join(name_of(place)), f"person-{place}x"
        member = Member(slug, name, headline, ((job,),), job.company, own=True)
        return build(replace(member, **more)).encode()

    def speaks(self, place: int, language: str) -> None:
        """The roster gives the language of a person."""
        self.write_roster(4, {place: language})

    def write_roster(self, people: int, languages: dict[int, str] | None = None) -> None:
        super().write_roster(people)
        file = self.folder / "people.csv"
        head, *rows = file.read_text(encoding="utf-8").splitlines()
        known = languages or {}
        rows = [f"{row};{known.get(place, 'en')}" for place, row in enumerate(rows)]
        file.write_text("\n".join([f"{head};Language", *rows]) + "\n", encoding="utf-8")

    def saved_page(self, place: int = 0, headline: str = "Grid Planner at Noordlicht Energie") -> bytes:
        """A page of the person's, saved signed out."""
        link = Link("https://www.linkedin.com/company/noordlicht-energie", slug="noordlicht-energie")
        role = Role("Grid Planner", "Noordlicht Energie", link, "Mar 2019")
        name = " ".join(name_of(place))
        person = Person(f"person-{place}x", name, headline, BannerForm(None), (role,), LANGUAGES[0], role)
        return full_page(person, "2024").encode()


@cache
def picture(colour: str = "teal") -> bytes:
    """A banner of one colour with a stripe."""
    made = Image.new("RGB", (1584, 396), colour)
    made.paste("white", (200, 120, 900, 180))
    made.paste("orange", (1100, 40, 1300, 350))
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


class ServedMember:
    """The page while it is served."""

    def __init__(self, door: MemberDoor, port: int) -> None:
        self.door, self.port = door, port
        self.address = f"http://127.0.0.1:{port}"

    def path(self, place: int = 0) -> str:
        """The path of a person's link."""
        return self.door.address(place).removeprefix(self.address)

    def browser(self, place: int = 0) -> Browser:
        """A browser that opened a person's link."""
        found = Browser(self.port)
        assert found.get(self.path(place)).status == 200
        return found

    def connect(self, browser: Browser, place: int = 0, member: int | None = None) -> Answer:
        """Out to the replica's consent page and back."""
        query = self.leave(browser, place, member)
        return browser.get(f"/return?{query}")

    def leave(self, browser: Browser, place: int = 0, member: int | None = None) -> str:
        """Out to the replica's consent page; the query of the return."""
        out = browser.post("/connect", browser.get("/").form("/connect"))
        (address,) = out.links(self.door.site.origin)
        return urlencode(self.door.site.visit(address, number_of(place if member is None else member)))


@contextmanager
def served_member(folder: Path, **more: object) -> Iterator[ServedMember]:
    """Serve the page of a firm in a folder."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(128)
        port = bound.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        door = MemberDoor(folder, address, **more)
        make_places(places_of(door.policy))
        settings = MemberPageSettings(door.policy.path, folder / "people.csv")
        server = make_server(MemberPeople(settings), PublicAddress.of(address))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), daemon=True)
        thread.start()
        try:
            yield ServedMember(door, port)
        finally:
            server.should_exit = True
            thread.join(10)
            door.close()
