"""The settings of `config/policy.yaml`. Only this package uses Pydantic.

The text below a setting is its description in docs/policy.md; its type, from `kinds`, defines the
allowed values.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from auditor.config.headlines import checked_template
from auditor.config.kinds import (
    Country,
    Day,
    Days,
    Line,
    Name,
    Number,
    Path,
    Prose,
    Sample,
    Share,
    Variable,
    WebAddress,
    Workers,
    Zone,
    checked_address,
    whole,
)
from auditor.model.company import BannerRole
from auditor.model.health import HealthLimits
from auditor.model.notice import NoticeKind
from auditor.model.policy import Retention, RosterPolicy

Language = Literal["en", "nl", "fr", "de"]
AnyLanguage = Literal["", "en", "nl", "fr", "de"]

#: the defaults
_ROSTER, _HEALTH, _KEPT = RosterPolicy(), HealthLimits(), Retention()
#: employees cannot consent freely to their employer, so consent is not a valid ground
_CONSENT = ("consent", "toestemming", "einwilligung")


class Section(BaseModel):
    """A part of the policy file. Unknown keys are mistakes."""

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
    """the name of the banner in the reports"""
    file: Annotated[Path, Field(min_length=1)]
    """the picture, relative to the policy file: JPEG, PNG, WebP, GIF, BMP or TIFF of at most 20 MB;
    not a device, and not a link to a place outside the folder"""
    role: BannerRole = BannerRole.CURRENT
    """the role of the banner for the entity"""
    valid_from: Day | None = None
    """the first day on which a current banner is valid; empty: no start"""
    valid_to: Day | None = None
    """the last day on which it is valid; empty: no end"""
    grace_days: Days = 0
    """for how many days after valid_to it is still accepted"""
    language: AnyLanguage = ""
    """only for people with this language; empty: for everyone"""
    tier: Line = ""
    """only for people with this tier in the roster; empty: for everyone"""

    @model_validator(mode="after")
    def _in_order(self) -> BannerSection:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
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

    text: Annotated[Name, AfterValidator(checked_template)]
    """the expected headline, with {placeholders} and optional parts in [brackets]"""
    language: AnyLanguage = ""
    """only for people with this language; empty: for everyone"""
    tier: Line = ""
    """only for people with this tier in the roster; empty: for everyone"""


class PrivacySection(Section):
    """What must be decided before people are checked."""

    purpose: Prose
    """why profiles are checked, in a sentence that you can tell your people"""
    ground: Prose = "legitimate interest"
    """the legal ground; consent is not accepted"""
    balancing_note_date: Day
    """the date of the note that weighs the company's interest against that of your people"""
    contact: Prose
    """whom people can ask about their data"""
    notice_date: Day
    """the day on which people were informed of the checks; nobody is checked in the 14 days after it"""
    notice_in_joining_papers: bool = True
    """false: people who started after the notice are not checked"""
    notice_version: Line = ""
    """which version of the notice people received"""
    works_council: Line = ""
    """Netherlands: the day of the works council's consent, or why none is needed"""
    consultation: Line = ""
    """Belgium: the day of information and consultation"""
    dpia_ref: Line = ""
    """where the impact assessment is filed"""

    @field_validator("ground")
    @classmethod
    def _not_consent(cls, value: str) -> str:
        if any(word in value.casefold() for word in _CONSENT):
            raise ValueError("consent is not a valid ground for monitoring employees; name another ground")
        return value

    @field_validator("notice_version", "works_council", "consultation", "dpia_ref", mode="before")
    @classmethod
    def _dates_are_texts(cls, value: Any) -> Any:
        """Keep a date as it was typed; an empty field counts as missing."""
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, date) else value


class LettersSection(Section):
    """The entity's details in letters. Missing details remain placeholders in the drafts."""

    hr_name: Line = ""
    """name of the HR contact"""
    hr_phone: Line = ""
    """telephone number of the HR contact"""
    howto_url: WebAddress = ""
    """your own page that explains what to change"""
    recovery_url: WebAddress = ""
    """the help page for people who can no longer sign in"""
    authority: Line = ""
    """the data protection authority, if it is not the usual one of the country"""
    region: Literal["", "flanders", "wallonia", "german_speaking", "brussels"] = ""
    """the place of work in Belgium"""


class EntitySection(Section):
    """A legal entity: its names, pages, banners and headlines, and the privacy of its people."""

    name: Name
    """the entity's name as the roster writes it"""
    names: Annotated[list[NameSection], Field(min_length=1)]
    language: Language = "en"
    """the language of the entity's reports and letters"""
    country: Country = ""
    """the two-letter country code"""
    pages: Annotated[list[Name], Field(min_length=1)]
    """the company's pages; people should link to the first one"""
    namesake_pages: list[Name] = []
    """pages of other companies with the same name"""
    banners: list[BannerSection] = []
    headline: list[TemplateSection] = []
    privacy: PrivacySection
    ladder: list[Name] = []
    """the order of sources for this entity; empty: as in sources.ladder"""
    letters: LettersSection = LettersSection()

    @field_validator("names", "headline", mode="before")
    @classmethod
    def _plain_strings(cls, value: Any) -> Any:
        if isinstance(value, str | int | float | date):
            value = [value]
        if isinstance(value, list):
            return [entry if isinstance(entry, dict) else {"text": entry} for entry in value]
        return value


_StatusClass = Literal[
    "active", "absent", "leaving", "left", "not_started", "ambiguous", "excluded", "ignore"
]
#: how the message on an unknown status word (P10) names the classes in each language
_SAID_OF_CLASSES = {
    **{name: name for name in get_args(_StatusClass)},
    "not yet started": "not_started",
    **{"actief": "active", "afwezig": "absent", "vertrekkend": "leaving", "uit dienst": "left"},
    **{"nog niet gestart": "not_started", "negeren": "ignore"},
    **{"actif": "active", "sur le départ": "leaving", "sorti": "left", "pas encore entré": "not_started"},
    **{"ignorer": "ignore", "aktiv": "active", "abwesend": "absent", "scheidet aus": "leaving"},
    **{"ausgeschieden": "left", "noch nicht eingetreten": "not_started", "ignorieren": "ignore"},
}


def _status_class(value: Any) -> Any:
    words = " ".join(value.casefold().split()) if isinstance(value, str) else ""
    return _SAID_OF_CLASSES.get(words, value)


StatusWord = Annotated[_StatusClass, BeforeValidator(_status_class)]


class RosterSection(Section):
    """How to read the roster, and when somebody counts as a leaver."""

    grace_days: Days = _ROSTER.grace_days
    """for how many days after the last day a leaver is not checked"""
    leaving_soon_days: Days = _ROSTER.leaving_soon_days
    """people whose last day is at most this many days ahead are listed as leaving soon"""
    settling_in_days: Days = _ROSTER.settling_in_days
    """for how many days after the start nobody is asked for anything"""
    retention_months: whole(1, 120) = _ROSTER.retention_months  # type: ignore[valid-type]
    """profiles of people who left longer ago are never opened"""
    day_first: bool = _ROSTER.day_first
    """true: 03-04-2026 is 3 April"""
    end_date_is_last_day: bool = _ROSTER.end_date_is_last_day
    """false: the end date in the roster is the first day after the employment"""
    time_zone: Zone = _ROSTER.time_zone
    """the time zone in which the company's day begins and ends"""
    columns: dict[Name, Name] = {}
    """your own column headings, each with its field"""
    status_words: dict[Name, StatusWord] = {}
    """your own status words, each with its class"""
    everyone_is: Literal["", "active"] = ""
    """active: the roster has no status and contains only people in service; leavers cannot be found"""
    shrink_limit: Share = _ROSTER.shrink_limit
    """a roster that has lost more than this share of its people since the last run is refused"""


class HealthSection(Section):
    """When a run is not to be trusted."""

    smallest_readable_share: Share = _HEALTH.smallest_readable_share
    """the run is not sound if a smaller share of the opened pages could be read"""
    largest_newly_failing_share: Share = _HEALTH.largest_newly_failing_share
    """the run is not sound if a larger share of people newly fail"""
    largest_coverage_fall: Share = _HEALTH.largest_coverage_fall
    """the run is not sound if the share of pages on which a field was read falls by more than this"""
    largest_not_assessed_share: Share = _HEALTH.largest_not_assessed_share
    """the run is not sound if a larger share of people could not be assessed for reasons to settle"""


class PermissionSection(Section):
    """The recorded permission for automated reading of linkedin.com."""

    decided_by: Prose
    """name and role of the person who decided"""
    basis: Prose
    """the written basis, and where it is filed"""
    decided_on: Day
    """the first day of the permission"""
    ends_on: Day
    """its last day"""

    @model_validator(mode="after")
    def _in_order(self) -> PermissionSection:
        if self.ends_on < self.decided_on:
            raise ValueError("ends_on is before decided_on")
        return self


class ReportsSection(Section):
    """How the reports look."""

    thumbnails: Literal["in_cell", "floating", "none"] = "floating"
    """pictures in the workbook: in_cell needs Microsoft 365"""
    packs: bool = True
    """whether to write fix kits for employees and packs for leavers"""
    extent: Literal["full", "summary"] = "full"
    """summary: for very large groups, one workbook with short lists and no papers for single people"""
    letter_form: Literal["formal", "informal"] = "formal"
    """the form of address in letters and kits"""
    password_env: Variable = ""
    """name of the environment variable with a password for the workbooks"""


class StoreSection(Section):
    """Where results are kept."""

    address: Path = ""
    """postgresql://..., sqlite:///FILE (relative to the policy's folder) or env:NAME;
    empty: state/auditor.sqlite3; a store in memory is refused"""
    keep_captures_days: Days = 0
    """page copies in the evidence folder are deleted after this many days; 0: never"""


class RunSection(Section):
    """How evidence that lies in files is judged; a site is always visited one page at a time."""

    workers: Workers = 0
    """how many processes judge side by side; 0: one for each core"""
    cluster: Line = ""
    """address of a Dask scheduler, such as tcp://scheduler:8786, that judges instead of this machine"""
    sample: Sample = 0
    """so many people a month are asked for, those whose page is oldest first, leavers always; 0: everybody"""


class RetentionSection(Section):
    """How long data is kept."""

    pictures_days: whole(1, 90) = _KEPT.pictures_days  # type: ignore[valid-type]
    """how long evidence pictures are kept"""
    pictures_days_after_closing: whole(0, 90) = _KEPT.pictures_days_after_closing  # type: ignore[valid-type]
    """how long evidence pictures are kept after the finding was closed"""
    findings_months: whole(1, 24) = _KEPT.findings_months  # type: ignore[valid-type]
    """how long examinations, rosters, findings and decisions are kept"""
    leavers_months: whole(1, 24) = _KEPT.leavers_months  # type: ignore[valid-type]
    """how long everything about a leaver is kept, counted from the last day"""
    reports_months: whole(1, 24) = _KEPT.reports_months  # type: ignore[valid-type]
    """how long report folders are kept"""


class NoticesSection(Section):
    """Who is notified when a run ends."""

    urls: list[Annotated[Path, AfterValidator(checked_address)]] = []
    """addresses in the format of Apprise, or env:NAME"""
    on: Annotated[list[NoticeKind], Field(min_length=1)] = list(NoticeKind)
    """which outcomes are notified"""


class SourcesSection(Section):
    """Where evidence comes from. Each source has its own group of settings."""

    ladder: Annotated[list[Name], Field(min_length=1)] = ["saved_pages"]
    """the sources, best first"""
    evidence_days: dict[Name, whole(1, 3660)] = {}  # type: ignore[valid-type]
    """evidence from the source that is older than this many days is not used"""


class PolicyFile(Section):
    """The whole file. `rules` and `sources` are checked against each rule's and source's settings."""

    version: Annotated[Literal[1], BeforeValidator(_is_one)]
    """the version of the policy format"""
    language: Language = "en"
    """the language of the reports"""
    default_entity: Line = ""
    """the entity of people for whom the roster names none; empty: the first entity"""
    entities: Annotated[list[EntitySection], Field(min_length=1)]
    banner: BannerBandsSection = BannerBandsSection()
    rules: dict[str, Any] = {}
    roster: RosterSection = RosterSection()
    sources: dict[str, Any] = {}
    health: HealthSection = HealthSection()
    permission: PermissionSection | None = None
    reports: ReportsSection = ReportsSection()
    store: StoreSection = StoreSection()
    run: RunSection = RunSection()
    retention: RetentionSection = RetentionSection()
    notices: NoticesSection = NoticesSection()
