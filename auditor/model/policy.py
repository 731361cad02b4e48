"""The policy: what the company expects and what it allows the program to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from auditor.errors import Mistake
from auditor.model.company import Company
from auditor.model.health import HealthLimits
from auditor.model.notice import Notices
from auditor.model.rule import BoundRule


@dataclass(frozen=True, slots=True)
class Permission:
    """The recorded permission without which linkedin.com is never opened by a browser."""

    decided_by: str
    basis: str
    decided_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Privacy:
    """What must be settled before people are checked (see docs/privacy.md)."""

    purpose: str
    ground: str
    balancing_note_date: date
    contact: str
    notice_date: date
    #: the notice is handed out with the joining papers, so that people who start later have it
    notice_in_joining_papers: bool = True
    #: which text people were given
    notice_version: str = ""
    #: NL: date or file of the works council's consent, or why none is needed
    works_council: str = ""
    #: BE: date or file of the information and consultation of the staff's delegates
    consultation: str = ""
    #: where the data protection impact assessment is filed
    dpia_ref: str = ""

    @property
    def rests_on_legitimate_interest(self) -> bool:
        """Whether the ground, written in any of the four languages, is that of Article 6(1)(f) GDPR; for
        it there are words in each of them."""
        return self.ground.strip().casefold() in _LEGITIMATE_INTEREST


_LEGITIMATE_INTEREST = frozenset(
    {"legitimate interest", "gerechtvaardigd belang", "intérêt légitime", "berechtigtes interesse"}
)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept (see docs/privacy.md). Counts without names stay."""

    pictures_days: int = 30
    pictures_days_after_closing: int = 7
    findings_months: int = 12
    leavers_months: int = 12
    reports_months: int = 12


@dataclass(frozen=True, slots=True)
class RosterPolicy:
    """How to read the roster and when somebody counts as gone. Days are calendar days."""

    grace_days: int = 14
    leaving_soon_days: int = 60
    #: nobody is asked anything within so many days of the start
    settling_in_days: int = 30
    retention_months: int = 12
    day_first: bool = True
    end_date_is_last_day: bool = True
    time_zone: str = "Europe/Brussels"
    columns: Mapping[str, str] = field(default_factory=dict)
    status_words: Mapping[str, str] = field(default_factory=dict)
    #: "active": a roster without a status and an end date holds only people in service
    everyone_is: str = ""
    shrink_limit: float = 0.2


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy, checked. `companies` by entity name; `ladder` is the order of sources;
    `source_settings` holds one frozen settings value per source name."""

    companies: Mapping[str, Company]
    default_entity: str
    rules: tuple[BoundRule, ...]
    roster: RosterPolicy
    ladder: tuple[str, ...]
    source_settings: Mapping[str, Any]
    evidence_days: Mapping[str, int]
    health: HealthLimits
    privacy: Mapping[str, Privacy]
    allowed_hosts: frozenset[str]
    permission: Permission | None
    store_address: str
    language: str
    thumbnails: str
    keep_captures_days: int
    path: Path
    sha256: str
    retention: Retention = field(default_factory=Retention)
    #: name of the environment variable that holds the password of the workbooks; empty = none
    reports_password_env: str = ""
    #: whether fix kits and leavers' packs are made
    packs: bool = True
    #: the short form of the reports, for very large groups
    summary: bool = False
    #: the form in which people are addressed
    letter_form: str = "formal"
    notices: Notices = field(default_factory=Notices)
    #: processes that judge files side by side, 0 = one for each core; or the scheduler of a cluster
    workers: int = 0
    cluster: str = ""
    #: so many people a month are asked for a page, leavers apart; 0 = everybody
    sample: int = 0
    #: decisions that must be taken before people are checked and are still open in the file
    to_fill_in: tuple[Mistake, ...] = ()

    def company_of(self, entity: str) -> Company | None:
        """The entity's description; an empty entity is the policy's only or default one."""
        return self.companies.get(entity or self.default_entity)
