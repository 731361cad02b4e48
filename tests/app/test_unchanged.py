"""Whoever nothing has changed about is not examined again; whatever a verdict rests on counts as a change."""

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from auditor.app import unchanged as room
from auditor.app.evidence import Evidence, EvidenceStep
from auditor.app.examine import RunContext, examine
from auditor.app.registry import rules
from auditor.app.unchanged import examining_version, unchanged
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.company import BannerRole, Company, CompanyName, HeadlineTemplate, ReferenceBanner
from auditor.model.employee import Employee, PersonName, RosterState
from auditor.model.message import say
from auditor.model.observed import Present, Unseen
from auditor.model.profile import PageKind, nothing_seen
from auditor.model.rule import BoundRule, Severity

TODAY = date(2026, 11, 22)
SEEN = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
PERSON = Employee(
    "7",
    "Quilla Ostrander",
    RosterState.ACTIVE,
    "https://www.linkedin.com/in/quilla",
    "Planner",
    "Vlinderbouw",
)
COMPANY = Company(
    "Vlinderbouw",
    (CompanyName("Vlinderbouw"),),
    (),
    templates=(HeadlineTemplate("{job title} at {company}"),),
    banners=(ReferenceBanner("Summer", BannerRole.OTHER, b"summer"),),
)
PIECE = Artifact(ArtifactKind.MAIN, b"<html>", "https://www.linkedin.com/in/quilla", "text/html")
CAPTURE = Capture(
    "7", "u", "u", CaptureStatus.OK, SEEN, "saved_pages", CaptureFormat.PAGE, artifacts=(PIECE,)
)
NOTHING = replace(CAPTURE, status=CaptureStatus.NOT_ATTEMPTED, artifacts=(), trouble="no page")
#: another value of each type
OTHER = {
    str: "another", int: 9, float: 9.0, bool: True, bytes: b"another", date: date(2026, 1, 1),
    datetime: SEEN - timedelta(hours=1), RosterState: RosterState.LEAVER_OVERDUE,
    CaptureStatus: CaptureStatus.OK, ArtifactKind: ArtifactKind.PART,
}  # fmt: skip


@dataclass
class Files:
    """A source of files; notes how often it was asked."""

    captures: list[Capture]
    asked: int = 0

    def fetch(self, employee):
        return self.choose(employee, self.bring(employee))

    def bring(self, employee):
        self.asked += 1
        return tuple(self.captures)

    def choose(self, employee, brought):
        return brought[0]


@dataclass
class Person:
    """Somebody who was examined once on a page with this headline."""

    headline: str = "Planner at Vlinderbouw"
    person: Employee = PERSON
    company: Company = COMPANY
    captures: list[Capture] = field(default_factory=lambda: [CAPTURE])
    days: int = 45
    saved_until: date | None = None
    can_refuse: bool = False
    version: str = "1"

    def __post_init__(self):
        self.examination = examine(self.person, self.company, self.steps(), self.context())
        self.basis = self.examination.basis

    def steps(self):
        return [EvidenceStep("saved_pages", Files(self.captures), self.days, self.can_refuse)]

    def context(self):
        bound = tuple(BoundRule(one, one.settings()) for one in rules())
        return RunContext({CaptureFormat.PAGE: self.read}, bound, TODAY, "", self.version)

    def read(self, capture):
        shown = nothing_seen(PageKind.PROFILE_FULL, "masked")
        headline = Present(self.headline) if self.headline else Unseen("masked")
        return replace(
            shown, full_name=Present(PERSON.full_name), headline=headline, saved_until=self.saved_until
        )

    def same(self, today=TODAY, steps=None, **now):
        """Whether it would come out the same on a day, with what is different now."""
        told = {one.name: getattr(self, one.name) for one in fields(self)} | now
        source = Files(told["captures"])
        usual = [EvidenceStep("saved_pages", source, told["days"], self.can_refuse)]
        evidence = Evidence(told["person"], steps or usual)
        return unchanged(evidence, told["company"], told["version"], today, self.basis)


def others(value):
    """The same value with each of its fields changed, by the field's name."""
    for one in fields(value):
        now = getattr(value, one.name)
        if isinstance(now, tuple):
            yield one.name, replace(value, **{one.name: (*now, *now, "another")})
        elif now is None or hasattr(now, "__dataclass_fields__"):
            yield one.name, replace(value, **{one.name: "another"})
        else:
            changed = OTHER[type(now)] if type(now) in OTHER else type(now)(list(type(now))[-1])
            yield one.name, replace(value, **{one.name: changed if changed != now else not now})


def test_the_same_evidence_of_the_same_person_is_known_again():
    found = Person()
    assert found.basis is not None
    assert found.same() is not None
    assert found.same(person=replace(PERSON, roster_row=99)) is not None


@pytest.mark.parametrize(("name", "person"), [o for o in others(PERSON) if o[0] != "roster_row"])
def test_every_fact_of_the_roster_counts(name, person):
    assert Person().same(person=person) is None


@pytest.mark.parametrize(("name", "company"), list(others(COMPANY)))
def test_everything_that_the_policy_says_of_the_entity_counts(name, company):
    marks = room._company_digest.__wrapped__
    if name == "banners":
        company = replace(COMPANY, banners=(replace(COMPANY.banners[0], body=b"winter"),))
    assert marks(company) != marks(COMPANY)
    assert marks(replace(COMPANY)) == marks(COMPANY)


@pytest.mark.parametrize(("name", "banner"), list(others(COMPANY.banners[0])))
def test_everything_of_a_banner_counts(name, banner):
    assert Person().same(company=replace(COMPANY, banners=(banner,))) is None


@pytest.mark.parametrize(
    ("name", "capture"), [one for one in others(CAPTURE) if one[0] not in ("artifacts", "status")]
)
def test_everything_that_a_source_says_of_its_evidence_counts(name, capture):
    assert Person().same(captures=[capture]) is None


@pytest.mark.parametrize(("name", "piece"), list(others(PIECE)))
def test_every_byte_of_the_evidence_counts(name, piece):
    assert Person().same(captures=[replace(CAPTURE, artifacts=(piece,))]) is None


def test_evidence_that_is_added_or_gone_counts():
    picture = Artifact(ArtifactKind.BANNER, b"picture")
    assert Person().same(captures=[replace(CAPTURE, artifacts=(PIECE, picture))]) is None
    assert Person().same(captures=[replace(CAPTURE, artifacts=())]) is None
    older = replace(CAPTURE, captured_at=SEEN - timedelta(days=3))
    assert Person().same(captures=[CAPTURE, older]) is None
    assert Person(captures=[CAPTURE, older]).same(captures=[CAPTURE]) is None
    assert Person(captures=[CAPTURE, older]).same() is not None
    assert Person().same(captures=[NOTHING]) is None


def test_the_ladder_counts_also_where_it_was_not_climbed_to_its_end():
    found = Person()
    assert found.same(days=44) is None
    further = EvidenceStep("attestation", Files([CAPTURE]), 45, can_refuse=False)
    assert found.same(steps=[*found.steps(), further]) is None
    assert found.same(steps=[replace(found.steps()[0], name="another")]) is None


def test_the_program_and_the_rules_as_the_policy_sets_them_count():
    assert Person().same(version="2") is None
    bound = [BoundRule(one, one.settings()) for one in rules()]
    version = examining_version(bound, "judges")
    assert version == examining_version(bound, "judges")
    stricter = replace(bound[0], severity=Severity.HIGH)
    headline = next(one for one in bound if one.id == "HDL001")
    otherwise = replace(headline, settings=replace(headline.settings, extras_after="no"))
    versions = {
        version,
        examining_version(bound, "other judges"),
        examining_version(bound[1:], "judges"),
        examining_version([stricter, *bound[1:]], "judges"),
        examining_version([otherwise, *(one for one in bound if one is not headline)], "judges"),
    }
    assert len(versions) == 5
    assert examining_version(bound, "") == ""


def test_evidence_holds_until_the_day_on_which_it_is_too_old():
    found = Person(days=10)  # seen on the 20th
    assert found.same(date(2026, 11, 30)) is not None
    assert found.same(date(2026, 12, 1)) is None
    old = Person(days=1)
    assert old.examination.status is CaptureStatus.UNREADABLE
    assert old.same(date(2027, 3, 1)) is not None
    assert old.same(date(2026, 11, 21)) is None


def test_a_page_whose_own_dates_are_older_holds_until_they_are_too_old():
    found = Person(days=10, saved_until=date(2026, 11, 15))
    assert found.same(date(2026, 11, 25)) is not None
    assert found.same(date(2026, 11, 26)) is None


def test_evidence_from_the_future_is_asked_about_again():
    ahead = datetime.now(UTC) + timedelta(days=400)
    found = Person(captures=[replace(CAPTURE, captured_at=ahead)])
    assert found.examination.status is CaptureStatus.UNREADABLE
    assert found.same() is not None
    assert found.same(ahead.date()) is None


@pytest.mark.parametrize(
    ("headline", "days"),
    [
        ("Planner at Vlinderbouw", None),
        ("Planner at Vlinderbouw until 2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("Planner at Vlinderbouw until December 2026", (date(2026, 11, 1), date(2026, 11, 30))),
    ],
)
def test_a_year_in_a_headline_ties_the_verdict_to_its_time(headline, days):
    basis = Person(headline=headline, days=36_500).basis
    assert days is None or (basis.first, basis.last) == days
    assert days or basis.last > date(2100, 1, 1)


def test_days_of_grace_end():
    ended = replace(PERSON, roster_state=RosterState.CONTRACTOR_ENDED, grace_until=TODAY + timedelta(days=3))
    found = Person(person=ended)
    assert found.same(TODAY + timedelta(days=3)) is not None
    assert found.same(TODAY + timedelta(days=4)) is None


def test_a_banner_that_begins_or_ends_counts():
    banner = ReferenceBanner("Summer", BannerRole.CURRENT, b"x", None, date(2026, 11, 25), 3)
    coming = ReferenceBanner("Winter", BannerRole.CURRENT, b"y", date(2026, 12, 1))
    found = Person(company=replace(COMPANY, banners=(banner, coming)))
    assert found.basis.last == date(2026, 11, 25)


def test_nobody_is_known_again_by_a_site_or_by_what_failed():
    assert Person(can_refuse=True).basis is None
    assert Person(version="").basis is None
    broken = Person()

    def fails(capture):
        raise ValueError

    broken.read = fails
    broken.__post_init__()
    assert broken.examination.trials[0].crashed
    assert broken.basis is None


def test_of_somebody_who_is_not_looked_at_any_more_nothing_is_opened():
    found = Person()
    steps = found.steps()
    away = replace(PERSON, roster_state=RosterState.LONG_LEAVE)
    assert found.same(person=away, steps=steps) is None
    assert steps[0].source.asked == 0


def test_where_there_is_no_evidence_the_moment_of_asking_is_new():
    found = Person(captures=[NOTHING])
    later = replace(NOTHING, captured_at=SEEN + timedelta(days=31))
    same = found.same(captures=[later])
    again = same.renewed(replace(PERSON, roster_row=3), found.examination, found.basis)
    assert again.trials[0].captured_at == later.captured_at
    assert {one.captured_at for one in again.results if one.source} == {later.captured_at}
    assert again.as_before
    assert [one.outcome for one in again.results] == [one.outcome for one in found.examination.results]
    assert found.same(captures=[replace(later, trouble=say("another reason"))]) is None


def test_one_person_s_examination_is_never_another_s():
    found = Person()
    twin = replace(PERSON, employee_id="8", name=PersonName("Quilla Ostrander"))
    assert found.same(person=twin, captures=[replace(CAPTURE, employee_id="8")]) is None
