"""Every page reads back, through the program's own extractor, to the facts it was made from."""

from datetime import UTC, datetime

import pytest

from auditor.demo.addresses import banner_address, profile_path
from auditor.demo.cases import Banner, Shape
from auditor.demo.firms import Employer
from auditor.demo.pages.profile import profile_page, shown_name
from auditor.demo.pages.refusals import not_found_page, refusal_stub, wall_address, wall_page
from auditor.demo.pages.words import WORDS, month_and_year
from auditor.demo.people import Person, invent
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import (
    BannerKind,
    CompanyShown,
    PageKind,
    PageLink,
    PageLinkKind,
    Position,
    Profile,
)

page = pytest.importorskip("auditor.extract.page", reason="the page extractor is not there yet")

ORIGIN = "http://127.0.0.1:8123"
PEOPLE = [person for person in invent(300, 11) if person.case.shape is not Shape.NOT_FOUND]


def _read(html: str, url: str, http_status: int = 200, final_url: str = "") -> Profile:
    body = Artifact(ArtifactKind.MAIN, html.encode(), url, "text/html; charset=utf-8")
    capture = Capture(
        employee_id="E1",
        url=url,
        final_url=final_url or url,
        status=CaptureStatus.OK,
        captured_at=datetime(2026, 11, 22, tzinfo=UTC),
        source="saved_pages",
        format=CaptureFormat.PAGE,
        http_status=http_status,
        artifacts=(body,),
    )
    return page.EXTRACTOR.read(capture)


def _read_person(person: Person) -> Profile:
    return _read(profile_page(person, ORIGIN), ORIGIN + profile_path(person))


def _page(employer: Employer) -> Observed[PageLink]:
    if not employer.path:
        return Absent()
    kind, slug = employer.path.strip("/").split("/")
    return Present(PageLink(PageLinkKind(kind), slug.replace("%C3%A9", "é")))


def _topcard(person: Person) -> Observed[CompanyShown]:
    current = next((job.employer for job in person.jobs if job.is_current), None)
    if current is None or person.case.shape is Shape.MASKED_BARE:
        return Absent()
    return Present(CompanyShown(current.name, _page(current)))


def _positions(person: Person) -> tuple[Position, ...]:
    words = WORDS[person.language]
    return tuple(
        Position(
            title=Present(role.title),
            company_name=job.employer.name,
            company_page=_page(job.employer),
            current=Present(role.ended is None),
            started=month_and_year(role.started, words),
            ended=month_and_year(role.ended, words) if role.ended else None,
        )
        for job in person.jobs
        for role in job.roles
    )


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: f"{person.case.name}-{person.number}")
def test_a_page_reads_back_to_the_person(person: Person) -> None:
    profile = _read_person(person)
    masked = person.case.shape is not Shape.FULL
    assert profile.page_kind is (PageKind.PROFILE_MASKED if masked else PageKind.PROFILE_FULL)
    assert profile.slug == person.slug
    assert profile.full_name == Present(shown_name(person))
    assert profile.locale == WORDS[person.language].locale
    assert isinstance(profile.banner, Present)
    custom = person.case.banner is not Banner.DEFAULT
    assert profile.banner.value.kind is (BannerKind.CUSTOM if custom else BannerKind.DEFAULT)
    assert profile.banner.value.address == ORIGIN + banner_address(person)
    if masked:
        assert isinstance(profile.headline, Unseen)
        assert [row.company_name for row in profile.positions.value] == [person.jobs[0].employer.name]
        assert all(isinstance(row.current, Unseen) for row in profile.positions.value)
        if person.case.shape is Shape.MASKED:
            assert profile.topcard_company == _topcard(person)
        else:
            assert not isinstance(profile.topcard_company, Present)
    else:
        assert profile.headline == (Present(person.headline) if person.headline else Absent())
        assert profile.topcard_company == _topcard(person)
        assert profile.positions == Present(_positions(person))


def test_the_refusals_are_told_apart() -> None:
    asked = f"{ORIGIN}/in/nobody"
    assert _read(not_found_page("nobody", ORIGIN), asked, 404).page_kind is PageKind.NOT_FOUND
    assert _read(wall_page(ORIGIN), asked, 200, wall_address(asked, ORIGIN)).page_kind is PageKind.AUTH_WALL
    assert _read(refusal_stub(), asked, 999).page_kind is PageKind.THROTTLED_999


def test_a_renamed_class_hides_the_headline_and_does_not_prove_it_missing() -> None:
    person = next(person for person in PEOPLE if person.headline and person.case.shape is Shape.FULL)
    drifted = profile_page(person, ORIGIN).replace("top-card-layout__headline", "top-card-layout__tagline")
    assert not isinstance(_read(drifted, ORIGIN + profile_path(person)).headline, Present)
