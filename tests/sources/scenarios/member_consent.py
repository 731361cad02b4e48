from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from unittest import mock

from auditor.demo.consent_site import CLIENT_ID, SECRET, ConsentSite, Fault, Member
from auditor.model.consent import FetchedPages, Grant, Token
from auditor.model.employee import Employee
from auditor.sources.member_consent import MemberConsentSettings, connected

from ..invented import ADDRESSLESS, BAS, NOBODY, ODA, context
from ..scenario import Scenario

ROWS = (("Vintergloed", "Grid planner", "Jan 2020", ""), ("Lunabrava", "Trainee", "2017", "Dec 2019"))
BANNER = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/1700000000000"


@dataclass
class Desk:
    """The consents of a scenario, in memory."""

    tokens: dict[str, Token]
    kept: dict[str, FetchedPages] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)

    def standing(self, employee: Employee) -> Grant | None:
        token = self.tokens.get(employee.employee_id)
        return Grant(f"grant of {employee.employee_id}", token, date(2026, 3, 1)) if token else None

    def fetched(self, employee: Employee) -> FetchedPages | None:
        return self.kept.get(employee.employee_id)

    def keep(self, employee: Employee, grant: str, found: FetchedPages) -> str:
        self.kept[employee.employee_id] = found
        return ""

    def renew(self, employee: Employee, grant: str, token: Token) -> bool:
        self.tokens[employee.employee_id] = token
        return True

    def expire(self, employee: Employee, grant: str) -> None:
        self.ended.append(employee.employee_id)

    def fetches_since(self, moment: datetime) -> int:
        return sum(one.fetched_at >= moment for one in self.kept.values())


def settings_for(site: ConsentSite) -> MemberConsentSettings:
    return MemberConsentSettings(
        CLIENT_ID,
        "INVENTED_APP_SECRET",
        "https://profile.example.com",
        sign_in_address=site.origin,
        api_address=site.origin,
        seconds_between=0,
        answer_seconds=2,
    )


def member(employee: Employee) -> Member:
    first, _, last = employee.full_name.partition(" ")
    return Member(employee.employee_id, first, last, "Grid planner", ROWS, BANNER)


def token_of(site: ConsentSite, employee: Employee) -> Token:
    with connected(settings_for(site)) as data:
        code = site.visit(data.consent_page("state"), employee.employee_id)["code"]
        token = data.exchange(code)
    assert isinstance(token, Token)
    return token


@contextmanager
def build(folder: Path) -> Iterator[Scenario]:
    variables = mock.patch.dict(os.environ, {"INVENTED_APP_SECRET": SECRET})
    with variables, ConsentSite([member(ODA), member(BAS)]) as site:
        desk = Desk({"E-101": token_of(site, ODA), "E-102": token_of(site, BAS)})

        def break_for(member: str, domain: str) -> None:
            (site.faults.add if member == "E-102" else site.faults.discard)(Fault.BROKEN)

        site.on_page = break_for
        there = replace(context(None), consents=desk)
        yield Scenario(settings_for(site), there, ODA, BAS, NOBODY, ADDRESSLESS, None)
