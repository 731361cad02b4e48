"""An invented firm whose people connect LinkedIn: policy, roster, store, and the replica that they meet."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

from auditor.app.connect_member import Look, come_back, consent_address
from auditor.app.consent import consents_of
from auditor.app.invite_members import Invited, invite_members, open_link
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store, prepare, today_of
from auditor.demo.consent_site import CLIENT_ID, SECRET, ConsentSite, Member
from auditor.model.consent import Invitation
from auditor.model.employee import Employee
from auditor.store.database import open_database, sqlite_address
from tests.calling import call
from tests.privacy.firm import HEAD, POLICY

FIRST = ("Tjeerd", "Femke", "Wybren", "Sietske", "Roelof", "Aukje", "Bauke", "Hylke", "Gerwin", "Nynke")
LAST = ("Verzinsel", "Schijnbaar", "Nergenshuis", "Kwelbrinker", "Zandwieke", "Mistkreek", "Rietstuiver")
BANNER = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/{ms}"
BROWSER = "a secret of the browser"
SETTINGS = """sources:
  ladder: [member_consent]
  member_consent:
    client_id: {client}
    secret_env: INVENTED_APP_SECRET
    page_address: https://profile.noordlicht.example
    sign_in_address: {origin}
    api_address: {origin}
    seconds_between: 0
    answer_seconds: 2
    daily_cap: {cap}
"""


def name_of(place: int) -> tuple[str, str]:
    """A first and a family name that nobody else has."""
    return FIRST[place % len(FIRST)], f"{LAST[place % len(LAST)]}{_letters(place)}"


def _letters(number: int) -> str:
    """A number as letters of a name, so that no two people's names are alike."""
    syllables = ("ba", "ke", "di", "fo", "gu", "la", "me", "ni", "po", "ru")
    return "".join(syllables[int(sign)] for sign in str(number))


def number_of(place: int) -> str:
    return f"NL-{1000 + place}"


def member_of(place: int, headline: str = "Grid Planner at Noordlicht Energie", **changes: object) -> Member:
    first, last = name_of(place)
    positions = (
        ("Noordlicht Energie", "Grid Planner", "Mar 2019", ""),
        ("Kwelderveen Papier", "Trainee", "2011", "2014"),
        ("Mistzee Bank", "Clerk", "2009", "2011"),
    )
    known = {"positions": positions, "banner": BANNER.format(ms=1_700_000_000_000 + place)}
    return Member(number_of(place), first, last, headline, **{**known, **changes})


@cache
def _empty_store() -> bytes:
    """A store with nothing in it, made once: it takes longer than all that most tests do with it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.sqlite3"
        open_database(sqlite_address(path)).dispose()
        return path.read_bytes()


class Door:
    """The folder of an installation with its replica running; `today` is the real day."""

    def __init__(self, folder: Path, people: int = 4, *, cap: int = 100_000, **site: object) -> None:
        self.folder = folder
        (folder / "config").mkdir(parents=True)
        self.site = ConsentSite([member_of(place) for place in range(people)], **site)
        self.cap = cap
        self.write_policy()
        self.write_roster(people)
        (folder / "state").mkdir(mode=0o700)
        (folder / "state" / "auditor.sqlite3").write_bytes(_empty_store())
        self.engine = open_store(self.policy).engine
        plan = self.plan
        self.employees = {one.employee_id: one for one in plan.people.employees}
        self.invited: Invited = invite_members(plan, self.engine, datetime.now(UTC))

    def write_policy(self, more: str = "") -> None:
        path = self.folder / "config" / "policy.yaml"
        path.write_text(self.policy_text(more), encoding="utf-8")
        self.policy = policy_of(path)

    def policy_text(self, more: str) -> str:
        text = POLICY.format(notice="2026-02-01", second_notice="2026-02-01", more="", tail="")
        own = SETTINGS.format(client=CLIENT_ID, origin=self.site.origin, cap=self.cap)
        return text[: text.index("sources:")] + own + more

    def write_roster(self, people: int) -> None:
        rows = [
            f"{number_of(place)};{' '.join(name_of(place))};Noordlicht;active;2019-03-01;;Grid Planner;;;"
            f"https://www.linkedin.com/in/person-{place}x"
            for place in range(people)
        ]
        (self.folder / "people.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")

    @property
    def plan(self):
        request = RunRequest(
            self.folder / "people.csv", self.policy.path, self.folder / "reports", resume=False
        )
        return prepare(request, self.policy, open_store(self.policy))

    @property
    def today(self):
        return today_of(self.policy)

    @property
    def consents(self):
        return consents_of(self.policy, self.engine)

    def person(self, place: int = 0) -> Employee:
        return self.employees[number_of(place)]

    def address(self, place: int = 0) -> str:
        (link,) = (one for one in self.invited.links if one.employee.employee_id == number_of(place))
        return link.address

    def invitation(self, place: int = 0) -> Invitation:
        _, _, _, _, purpose, text = self.address(place).split("/")
        found = open_link(self.policy, self.engine, purpose, text, datetime.now(UTC))
        assert found.invitation, found.words
        return found.invitation

    def leave(self, place: int = 0, member: int | None = None) -> dict[str, str]:
        """Out to the consent page and what stands behind the return address."""
        address = consent_address(
            self.policy, self.engine, self.invitation(place), BROWSER, datetime.now(UTC)
        )
        assert parse_qs(urlsplit(address).query)["scope"] == ["r_dma_portability_3rd_party"]
        return self.site.visit(address, number_of(place if member is None else member))

    def back(self, query: dict[str, str], browser: str = BROWSER, now: datetime | None = None) -> Look:
        return come_back(
            self.policy, self.engine, query, browser, self.employees.get, now or datetime.now(UTC)
        )

    def connect(self, place: int = 0, member: int | None = None) -> Look:
        return self.back(self.leave(place, member))

    def run(self, *more: str):
        return call(
            *("run", "--roster", self.folder / "people.csv", "--policy", self.policy.path),
            *("--output", self.folder / "reports", "--no-progress", *more),
        )

    def close(self) -> None:
        self.engine.dispose()
        self.site.close()


def environment() -> dict[str, str]:
    return {"INVENTED_APP_SECRET": SECRET}
