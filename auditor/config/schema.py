"""What may stand in `config/policy.yaml`. Pydantic stands here and nowhere deeper."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from auditor.config.notices import checked_address
from auditor.domain.company import BannerRole
from auditor.domain.health import HealthLimits
from auditor.domain.notice import NoticeKind
from auditor.domain.policy import Retention, RosterPolicy

Language = Literal["en", "nl", "fr", "de"]
Text = Annotated[str, Field(min_length=1)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=3660)]

#: what holds where the file says nothing
_ROSTER, _HEALTH, _KEPT = RosterPolicy(), HealthLimits(), Retention()


#: people who depend on their employer cannot freely consent, so this is no ground
_CONSENT = ("consent", "toestemming", "einwilligung")


class Section(BaseModel):
    """A part of the policy file: unknown keys are mistakes, not comments."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NameSection(Section):
    """A name of the entity. `needs_connector` for names that are ordinary words."""

    text: Text
    needs_connector: bool = False


class BannerSection(Section):
    """A reference banner; `file` is relative to the policy file."""

    name: Text
    file: Text
    role: BannerRole = BannerRole.CURRENT
    valid_from: date | None = None
    valid_to: date | None = None
    grace_days: Days = 0
    language: Language | Literal[""] = ""
    tier: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> BannerSection:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


class TemplateSection(Section):
    """A headline template for one language or tier; both empty = for everyone."""

    text: Text
    language: Language | Literal[""] = ""
    tier: str = ""


class PrivacySection(Section):
    """What must be settled before people are checked."""

    purpose: Words
    ground: Words = "legitimate interest"
    balancing_note_date: date
    contact: Words
    notice_date: date
    notice_in_joining_papers: bool = True
    notice_version: str = ""
    works_council: str = ""
    consultation: str = ""
    dpia_ref: str = ""

    @field_validator("ground")
    @classmethod
    def _not_consent(cls, value: str) -> str:
        if any(word in value.casefold() for word in _CONSENT):
            raise ValueError("consent cannot carry the monitoring of employees; name another ground")
        return value

    @field_validator("works_council", "consultation", mode="before")
    @classmethod
    def _dates_are_texts(cls, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class LettersSection(Section):
    """What the letters of an entity say; what is left out stays a placeholder in the drafts."""

    hr_name: str = ""
    hr_phone: str = ""
    howto_url: Annotated[str, Field(pattern=r"^(https://\S+)?$")] = ""
    recovery_url: Annotated[str, Field(pattern=r"^(https://\S+)?$")] = ""
    authority: str = ""
    region: Literal["", "flanders", "wallonia", "german_speaking", "brussels"] = ""


class EntitySection(Section):
    """A legal entity: its names, its pages, its banners, its headline, its people's privacy."""

    name: Text
    names: Annotated[list[NameSection], Field(min_length=1)]
    language: Language = "en"
    country: str = ""
    pages: Annotated[list[Text], Field(min_length=1)]
    namesake_pages: list[Text] = []
    banners: list[BannerSection] = []
    headline: list[TemplateSection] = []
    privacy: PrivacySection
    ladder: list[Text] = []
    letters: LettersSection = LettersSection()

    @field_validator("names", "headline", mode="before")
    @classmethod
    def _plain_strings(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list):
            return [{"text": entry} if isinstance(entry, str) else entry for entry in value]
        return value


StatusWord = Literal["active", "absent", "leaving", "left", "not_started", "ambiguous", "excluded", "ignore"]


class RosterSection(Section):
    """How to read the roster and when somebody counts as gone."""

    grace_days: Days = _ROSTER.grace_days
    leaving_soon_days: Days = _ROSTER.leaving_soon_days
    retention_months: Annotated[int, Field(ge=1, le=120)] = _ROSTER.retention_months
    day_first: bool = _ROSTER.day_first
    end_date_is_last_day: bool = _ROSTER.end_date_is_last_day
    time_zone: str = _ROSTER.time_zone
    columns: dict[str, str] = {}
    status_words: dict[str, StatusWord] = {}
    everyone_is: Literal["", "active"] = ""
    shrink_limit: Share = _ROSTER.shrink_limit


class HealthSection(Section):
    """When a run is not to be trusted."""

    smallest_readable_share: Share = _HEALTH.smallest_readable_share
    largest_newly_failing_share: Share = _HEALTH.largest_newly_failing_share
    largest_coverage_fall: Share = _HEALTH.largest_coverage_fall
    largest_not_assessed_share: Share = _HEALTH.largest_not_assessed_share


class PermissionSection(Section):
    """The recorded permission for automated reading of linkedin.com."""

    decided_by: Text
    basis: Text
    decided_on: date
    ends_on: date

    @model_validator(mode="after")
    def _in_order(self) -> PermissionSection:
        if self.ends_on < self.decided_on:
            raise ValueError("ends_on lies before decided_on")
        return self


class ReportsSection(Section):
    """How the reports look."""

    thumbnails: Literal["in_cell", "floating", "none"] = "floating"
    packs: bool = True
    letter_form: Literal["formal", "informal"] = "formal"
    password_env: str = ""


class StoreSection(Section):
    """Where results are kept: an address, or `env:NAME` for one with a password in it. Empty = an
    SQLite file in `state/` beside the policy's folder."""

    address: str = ""
    keep_captures_days: Days = 0

    @field_validator("address")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value and not re.match(r"(env:[A-Za-z_]\w*$|sqlite:///|postgresql(\+psycopg)?://)", value):
            raise ValueError("must begin with postgresql:// or sqlite:///, or be env:NAME")
        return value


class RetentionSection(Section):
    """How long things are kept; never for ever."""

    pictures_days: Annotated[int, Field(ge=1, le=90)] = _KEPT.pictures_days
    pictures_days_after_closing: Annotated[int, Field(ge=0, le=90)] = _KEPT.pictures_days_after_closing
    findings_months: Annotated[int, Field(ge=1, le=24)] = _KEPT.findings_months
    leavers_months: Annotated[int, Field(ge=1, le=24)] = _KEPT.leavers_months
    reports_months: Annotated[int, Field(ge=1, le=24)] = _KEPT.reports_months


class NoticesSection(Section):
    """Who is told how a run ended: addresses as Apprise writes them, or `env:NAME`."""

    urls: list[Annotated[str, AfterValidator(checked_address)]] = []
    on: Annotated[list[NoticeKind], Field(min_length=1)] = list(NoticeKind)


class PolicyFile(Section):
    """The whole file. `rules` and `sources` are checked against each rule's and source's settings."""

    version: Literal[1]
    language: Language = "en"
    default_entity: str = ""
    entities: Annotated[list[EntitySection], Field(min_length=1)]
    rules: dict[str, dict[str, Any]] = {}
    roster: RosterSection = RosterSection()
    sources: dict[str, Any] = {}
    health: HealthSection = HealthSection()
    permission: PermissionSection | None = None
    reports: ReportsSection = ReportsSection()
    store: StoreSection = StoreSection()
    retention: RetentionSection = RetentionSection()
    notices: NoticesSection = NoticesSection()
