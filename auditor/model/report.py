"""The facts of a run, and everything that its documents can be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from auditor.model.case import CaseRecord, StepAnswer, StepNote
from auditor.model.company import Company
from auditor.model.decision import Decision
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.health import RunHealth
from auditor.model.message import Text
from auditor.model.roster import RosterNotice, RowRecord
from auditor.model.rule import CodeWords, Criterion


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a source says of its folder or file as a whole."""

    source: str
    text: Text


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The circumstances of a run. Times are aware (UTC); `folder` is the run's report folder."""

    id: str
    started_at: datetime
    finished_at: datetime | None
    today: date
    policy_sha256: str
    roster_sha256: str
    roster_name: str
    roster_date: date | None
    source: str
    program_version: str
    counts: dict[str, int] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    entity_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    retention_until: date | None = None
    interrupted: bool = False
    source_notes: tuple[SourceNote, ...] = ()
    #: only a chosen few people of the roster were looked at (--select, --limit)
    partial: bool = False
    #: so many people wait for another call: the report is a part of what it will be
    left: int = 0
    #: by entity and name of a banner: how many people carry it; None: a version that did not count them
    banner_counts: dict[str, dict[str, int]] | None = None

    @property
    def written_at(self) -> datetime:
        """The moment that a run's files bear: its end, or its start while it has none."""
        return self.finished_at or self.started_at


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as reports know it: its docstring by section heading, and what it says of its codes."""

    id: str
    name: str
    sections: dict[str, str]
    about: Criterion = Criterion.OTHER
    words: tuple[CodeWords, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says in four languages, where the catalogues have it; else in English."""
        name = (self.name,) if self.about in (Criterion.OTHER, Criterion.ROSTER) else ()
        return (*name, *dict.fromkeys(text for one in self.words for text in one.texts))


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """Counts of one earlier run, for the trend; no names of people.

    `counts` has the keys of `findings.counting` and `findings.adoption`; `entities` holds the same per
    entity, `banners` how many people carry a banner, by entity and the banner's name (None: not counted).
    """

    run_id: str
    today: date
    counts: dict[str, int]
    entities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    banners: Mapping[str, Mapping[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything a report can be made of.

    `standard_banners` maps entity to the picture bytes of its current banner; `notices` are the
    loud ones for the first page. `thumbnails` is `floating` (opens everywhere), `in_cell`
    (Microsoft 365) or `none`. `times_unverified` maps employee id to the number of runs in a row,
    this one included, in which nothing could be verified. Times are shown in `time_zone`.
    `decisions` are those that led to a finding's state, and all that HR sent back since the last run;
    `answers_since` what HR has answered since this run and what holds: only the next one counts it.

    For what is handed to people: `companies` describe the entities (`default_entity` is that of
    people without one), `looks` maps employee id to the day on which a person last looked at the
    profile, `letters_sent` to the days on which letters went out, `case_answers` a step's id to
    what HR noted about it; `drafted_on` is the day on which drafts are made, None = the run's.
    `cases` are all that are remembered, by id; `departed` the people of those cases who do not stand in
    this run's roster any more, by case id; `sightings` the last day on which a run saw somebody of them shown
    as working here, by employee id; `step_doubts` what came back on checklists since the last run
    and was only listed.
    `review_due` is the day of the policy's next yearly review, None where it is not known.
    `settling_in_days` after the start nobody is asked anything.
    `call` is how the program is called on this machine, `call_options` what tells it which policy, and
    `folder` where this report is written (empty: not known).
    `source_titles` are the names of the sources for people, by source; they have translations.
    `packs` False: neither kits nor leavers' packs are made. `letter_form` is formal or informal.
    `summary`: the short form for very large groups, without papers for single people.
    """

    run: RunFacts
    health: RunHealth
    examinations: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    rows: tuple[RowRecord, ...]
    notices: tuple[RosterNotice, ...]
    rules: tuple[RuleText, ...]
    trend: tuple[MonthCounts, ...] = ()
    language: str = "en"
    thumbnails: str = "floating"
    standard_banners: dict[str, bytes] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    times_unverified: Mapping[str, int] = field(default_factory=dict)
    time_zone: str = "UTC"
    decisions: tuple[Decision, ...] = ()
    answers_since: tuple[Decision, ...] = ()
    companies: Mapping[str, Company] = field(default_factory=dict)
    default_entity: str = ""
    retention_months: int = 12
    settling_in_days: int = 30
    call: str = "auditor"
    call_options: str = ""
    folder: str = ""
    packs: bool = True
    summary: bool = False
    letter_form: str = "formal"
    looks: Mapping[str, date] = field(default_factory=dict)
    letters_sent: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    case_answers: Mapping[str, StepAnswer] = field(default_factory=dict)
    drafted_on: date | None = None
    cases: Mapping[str, CaseRecord] = field(default_factory=dict)
    departed: Mapping[str, Employee] = field(default_factory=dict)
    step_doubts: tuple[StepNote, ...] = ()
    sightings: Mapping[str, date] = field(default_factory=dict)
    review_due: date | None = None
    source_titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day on which drafts are made."""
        return self.drafted_on or self.run.today

    def company_of(self, employee: Employee) -> Company | None:
        """The entity of a person; None where the policy describes none."""
        return self.companies.get(employee.entity or self.default_entity)
