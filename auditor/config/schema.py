"""What may stand in `config/policy.yaml`. Pydantic stands here and nowhere deeper.

The text below a setting is its meaning in docs/policy.md; its type, from `kinds`, says what it may hold.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from auditor.config.kinds import (
    Country,
    Day,
    Days,
    Line,
    Name,
    Number,
    Path,
    Prose,
    Share,
    Variable,
    WebAddress,
    Zone,
    whole,
)
from auditor.config.notices import checked_address
from auditor.model.company import BannerRole
from auditor.model.health import HealthLimits
from auditor.model.notice import NoticeKind
from auditor.model.policy import Retention, RosterPolicy

Language = Literal["en", "nl", "fr", "de"]
AnyLanguage = Literal["", "en", "nl", "fr", "de"]

#: what holds where the file says nothing
_ROSTER, _HEALTH, _KEPT = RosterPolicy(), HealthLimits(), Retention()


#: people who depend on their employer cannot freely consent, so this is no ground
_CONSENT = ("consent", "toestemming", "einwilligung")


class Section(BaseModel):
    """A part of the policy file: unknown keys are mistakes, not comments."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _is_one(value: Any) -> Any:
    if type(value) is not int or value != 1:
        raise ValueError("must be 1")
    return value


class NameSection(Section):
    """A name of the entity."""

    text: Name
    """a name by which people may call the entity in a headline or a position"""
    needs_connector: bool | None = None
    """true: an ordinary word, only behind at, bij, chez or bei; false: counts anywhere; left out: asked"""


class BannerSection(Section):
    """A reference banner."""

    name: Name
    """what the reports call the banner"""
    file: Annotated[Path, Field(min_length=1)]
    """the picture, relative to the policy file: JPEG, PNG, WebP, GIF, BMP or TIFF of at most 20 MB;
    no device, and no link that leads out of the folder"""
    role: BannerRole = BannerRole.CURRENT
    """what the banner is to the entity"""
    valid_from: Day | None = None
    """the first day on which a current banner holds; empty: it always did"""
    valid_to: Day | None = None
    """the last day on which it holds; empty: no end"""
    grace_days: Days = 0
    """so many days after valid_to it still counts as current"""
    language: AnyLanguage = ""
    """only for people of this language; empty: for everyone"""
    tier: Line = ""
    """only for people of this tier of the roster; empty: for everyone"""

    @model_validator(mode="after")
    def _in_order(self) -> BannerSection:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


class BannerBandsSection(Section):
    """Where a match ends and where another picture begins, as `auditor banner calibrate` measures it."""

    match_below: Annotated[Number, Field(ge=0.5, le=3)] | None = None
    """a banner nearer than this to a reference is that one; empty: the shipped value"""
    differs_above: Annotated[Number, Field(ge=0.5, le=10)] | None = None
    """one farther than this is another picture; between the two a person looks; empty: the shipped value"""
    calibrated_on: Day | None = None
    """the day on which they were measured"""


class TemplateSection(Section):
    """A headline template for one language or tier."""

    text: Name
    """the headline as it is to be, with {placeholders} and optional parts in [brackets]"""
    language: AnyLanguage = ""
    """only for people of this language; empty: for everyone"""
    tier: Line = ""
    """only for people of this tier of the roster; empty: for everyone"""


class PrivacySection(Section):
    """What must be settled before people are checked."""

    purpose: Prose
    """why the profiles are checked, in a sentence that your people can be told"""
    ground: Prose = "legitimate interest"
    """the legal ground; consent is refused"""
    balancing_note_date: Day
    """the day of the note that weighs the company's interest against that of your people"""
    contact: Prose
    """whom people can ask about their data"""
    notice_date: Day
    """the day on which people were told of the checks; nobody is checked within 14 days after it"""
    notice_in_joining_papers: bool = True
    """false: people who started after the notice are not checked"""
    notice_version: Line = ""
    """which text people were given"""
    works_council: Line = ""
    """Netherlands: the day of the consent, or why none is needed"""
    consultation: Line = ""
    """Belgium: the day of information and consultation"""
    dpia_ref: Line = ""
    """where the impact assessment is filed"""

    @field_validator("ground")
    @classmethod
    def _not_consent(cls, value: str) -> str:
        if any(word in value.casefold() for word in _CONSENT):
            raise ValueError("consent cannot carry the monitoring of employees; name another ground")
        return value

    @field_validator("notice_version", "works_council", "consultation", "dpia_ref", mode="before")
    @classmethod
    def _dates_are_texts(cls, value: Any) -> Any:
        """A date is kept as it is typed; what stands empty is still open."""
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, date) else value


class LettersSection(Section):
    """What the letters of an entity say; what is left out stays a placeholder in the drafts."""

    hr_name: Line = ""
    """name of the HR contact"""
    hr_phone: Line = ""
    """telephone number of the HR contact"""
    howto_url: WebAddress = ""
    """your own page that explains what to change"""
    recovery_url: WebAddress = ""
    """the page for people who cannot sign in any more"""
    authority: Line = ""
    """the data protection authority, where it is not the usual one of the country"""
    region: Literal["", "flanders", "wallonia", "german_speaking", "brussels"] = ""
    """the place of work in Belgium"""


class EntitySection(Section):
    """A legal entity: its names, its pages, its banners, its headline, its people's privacy."""

    name: Name
    """the entity's name as the roster writes it"""
    names: Annotated[list[NameSection], Field(min_length=1)]
    language: Language = "en"
    """the language of the entity's reports and letters"""
    country: Country = ""
    """the country in two letters"""
    pages: Annotated[list[Name], Field(min_length=1)]
    """the company's pages; the first is the one to link to"""
    namesake_pages: list[Name] = []
    """pages of strangers that bear the same name"""
    banners: list[BannerSection] = []
    headline: list[TemplateSection] = []
    privacy: PrivacySection
    ladder: list[Name] = []
    """the order of sources for this entity; empty: that of sources.ladder"""
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
    """days after the last day before a leaver is looked at"""
    leaving_soon_days: Days = _ROSTER.leaving_soon_days
    """people whose last day lies at most so many days ahead are listed as leaving soon"""
    retention_months: whole(1, 120) = _ROSTER.retention_months  # type: ignore[valid-type]
    """leavers who are longer gone are never opened"""
    day_first: bool = _ROSTER.day_first
    """true: 03-04-2026 is 3 April"""
    end_date_is_last_day: bool = _ROSTER.end_date_is_last_day
    """false: the end date of the roster is the first day after the employment"""
    time_zone: Zone = _ROSTER.time_zone
    """where the company's day begins and ends"""
    columns: dict[Name, Name] = {}
    """your own headings and the fields that they hold"""
    status_words: dict[Name, StatusWord] = {}
    """your own status words and what they mean"""
    everyone_is: Literal["", "active"] = ""
    """active: the roster names people in service only and tells no status; leavers cannot be found"""
    shrink_limit: Share = _ROSTER.shrink_limit
    """a roster that has lost more than this share of its people since the last run is refused"""


class HealthSection(Section):
    """When a run is not to be trusted."""

    smallest_readable_share: Share = _HEALTH.smallest_readable_share
    """fewer readable pages than this share of those opened: the run is not sound"""
    largest_newly_failing_share: Share = _HEALTH.largest_newly_failing_share
    """more people than this share who newly fail: the run is not sound"""
    largest_coverage_fall: Share = _HEALTH.largest_coverage_fall
    """a field that is decided on so much smaller a share of pages than before: the run is not sound"""
    largest_not_assessed_share: Share = _HEALTH.largest_not_assessed_share
    """more people than this share who could not be assessed: the run is not sound"""


class PermissionSection(Section):
    """The recorded permission for automated reading of linkedin.com."""

    decided_by: Prose
    """name and role of who decided"""
    basis: Prose
    """the written basis and where it is filed"""
    decided_on: Day
    """the first day of the permission"""
    ends_on: Day
    """its last day"""

    @model_validator(mode="after")
    def _in_order(self) -> PermissionSection:
        if self.ends_on < self.decided_on:
            raise ValueError("ends_on lies before decided_on")
        return self


class ReportsSection(Section):
    """How the reports look."""

    thumbnails: Literal["in_cell", "floating", "none"] = "floating"
    """pictures in the workbook: in_cell needs Microsoft 365"""
    packs: bool = True
    """fix kits for employees and packs for leavers are written"""
    letter_form: Literal["formal", "informal"] = "formal"
    """how letters and kits address people"""
    password_env: Variable = ""
    """name of the environment variable with a password for the workbooks"""


class StoreSection(Section):
    """Where results are kept."""

    address: Path = ""
    """postgresql://..., sqlite:///FILE (counted from the policy's folder) or env:NAME;
    empty: state/auditor.sqlite3; a store in memory is refused"""
    keep_captures_days: Days = 0
    """older page copies in the evidence folder are deleted; 0: never"""


class RetentionSection(Section):
    """How long things are kept; never for ever."""

    pictures_days: whole(1, 90) = _KEPT.pictures_days  # type: ignore[valid-type]
    """pictures kept as evidence"""
    pictures_days_after_closing: whole(0, 90) = _KEPT.pictures_days_after_closing  # type: ignore[valid-type]
    """the same, counted from the closing of the finding"""
    findings_months: whole(1, 24) = _KEPT.findings_months  # type: ignore[valid-type]
    """examinations, rosters, findings and decisions"""
    leavers_months: whole(1, 24) = _KEPT.leavers_months  # type: ignore[valid-type]
    """everything about a leaver, from the last day on"""
    reports_months: whole(1, 24) = _KEPT.reports_months  # type: ignore[valid-type]
    """whole report folders"""


class NoticesSection(Section):
    """Who is told how a run ended."""

    urls: list[Annotated[Path, AfterValidator(checked_address)]] = []
    """addresses as Apprise writes them, or env:NAME"""
    on: Annotated[list[NoticeKind], Field(min_length=1)] = list(NoticeKind)
    """the ends that are told"""


class SourcesSection(Section):
    """Where evidence comes from; the settings of each source stand in a group that bears its name."""

    ladder: Annotated[list[Name], Field(min_length=1)] = ["saved_pages"]
    """the sources, best first"""
    evidence_days: dict[Name, whole(1, 3660)] = {}  # type: ignore[valid-type]
    """evidence of the source that is older than so many days decides nothing"""


class PolicyFile(Section):
    """The whole file. `rules` and `sources` are checked against each rule's and source's settings."""

    version: Annotated[Literal[1], BeforeValidator(_is_one)]
    """the version of this form"""
    language: Language = "en"
    """the language of the reports"""
    default_entity: Line = ""
    """the entity of people for whom the roster names none; empty: the first"""
    entities: Annotated[list[EntitySection], Field(min_length=1)]
    banner: BannerBandsSection = BannerBandsSection()
    rules: dict[str, Any] = {}
    roster: RosterSection = RosterSection()
    sources: dict[str, Any] = {}
    health: HealthSection = HealthSection()
    permission: PermissionSection | None = None
    reports: ReportsSection = ReportsSection()
    store: StoreSection = StoreSection()
    retention: RetentionSection = RetentionSection()
    notices: NoticesSection = NoticesSection()
