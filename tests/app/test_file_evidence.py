"""A file that arrives is tied to its person, moved to its place and read; whatever else comes is said."""

from dataclasses import replace
from datetime import date

import pytest

from auditor.app.file_evidence import Fate
from auditor.model.employee import RosterState
from auditor.model.profile import PageKind
from auditor.proof.pages.signed_in import STRANGER, Job, Member, ember, mercado, sdui
from auditor.sources.saved_pages import SavedPagesSettings
from tests.app.collecting import arrive, employee, export
from tests.feedback.firm import MASKED, RIGHT, WRONG, Firm, page, slug
from tests.pages.other_html import auth_wall, organisation
from tests.privacy.everything import places_of


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_a_saved_page_is_recognised_moved_and_read(collector, firm):
    found, path = arrive(collector, page("0101", RIGHT, slug("0101")))
    assert (found.fate, found.person.employee_id, found.kind) == (Fate.READ, "0101", PageKind.PROFILE_FULL)
    assert found.fields["headline"] == "present"
    assert not path.exists()
    assert (firm.folder / "evidence/saved_pages/0101/page.html").is_file()
    assert [one.employee.employee_id for one in collector.wanted()] == ["0102", "0103"]
    assert collector.waiting() == []


def test_a_page_as_visitors_see_it_says_that_the_headline_is_not_shown(collector):
    found, _ = arrive(collector, page("0101", MASKED, slug("0101")))
    assert (found.fate, found.kind) == (Fate.READ, PageKind.PROFILE_MASKED)
    assert found.fields["headline"] == "unseen"


def test_the_page_of_somebody_else_is_filed_under_its_person(collector):
    found, _ = arrive(collector, page("0102", RIGHT, slug("0102")), expected=employee("0101"))
    assert (found.fate, found.person.employee_id, found.instead_of.employee_id) == (Fate.READ, "0102", "0101")


@pytest.mark.parametrize(
    ("text", "fate", "kind"),
    [
        (auth_wall(), Fate.SAYS_NOTHING, PageKind.AUTH_WALL),
        (
            organisation("company", "noordlicht-energie", "Noordlicht"),
            Fate.SAYS_NOTHING,
            PageKind.COMPANY_PAGE,
        ),
        (page("0104", RIGHT, "nobody-of-ours"), Fate.NOBODYS, PageKind.PROFILE_FULL),
        ("not a page", Fate.UNREADABLE, None),
    ],
    ids=["wall", "company", "stranger", "text"],
)
def test_what_shows_no_profile_of_ours_stays_and_is_said_once(collector, text, fate, kind):
    found, path = arrive(collector, text)
    assert (found.fate, found.kind) == (fate, kind)
    assert path.exists()
    assert collector.waiting() == ["page.html"]
    assert collector.look() == []
    assert collector.delete("page.html")
    assert not path.exists()
    assert not collector.delete("page.html")


def test_somebody_who_is_not_to_be_looked_at_is_never_wanted_and_their_page_is_not_read(make, firm):
    collector = make([employee("0101")], [employee("0102", RosterState.EXCLUDED)])
    assert [one.employee.employee_id for one in collector.wanted()] == ["0101"]
    found, path = arrive(collector, page("0102", WRONG, slug("0102")))
    assert (found.fate, found.fields) == (Fate.NOT_WANTED, {})
    assert path.exists()
    assert not (firm.folder / "evidence/saved_pages/0102").exists()


def test_the_page_bears_another_name(collector):
    found, _ = arrive(collector, page("0102", RIGHT, slug("0101")))
    assert (found.fate, found.person.employee_id) == (Fate.OTHER_PERSON, "0101")
    assert "0101" in [one.employee.employee_id for one in collector.wanted()]


def test_an_export_is_tied_by_the_name_in_it(collector, firm):
    path = collector.inbox / "Basic_LinkedInDataExport_11-20-2026.zip"
    export(path, "Bram", "Verzonnen")
    collector.look()
    (found,) = collector.look()
    assert (found.fate, found.person.employee_id) == (Fate.READ, "0102")
    assert (firm.folder / "evidence/member_export/0102" / path.name).is_file()


def test_an_export_of_which_nobody_knows_whose_it_is_waits_for_a_word(make, firm):
    collector = make([employee("0101", name="Bram Verzonnen"), employee("0102")])
    path = collector.inbox / "Basic_LinkedInDataExport_11-20-2026.zip"
    export(path, "Bram", "Verzonnen")
    collector.look()
    (found,) = collector.look()
    assert (found.fate, found.trouble) == (Fate.WHOSE, "Bram Verzonnen")
    assert collector.left_export(path.name) == path
    taken = collector.take(path, owner=employee("0102"))
    assert taken.fate is Fate.READ


def test_a_link_and_a_file_that_is_too_large_are_never_opened(collector, tmp_path):
    outside = tmp_path / "secret.html"
    outside.write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    (collector.inbox / "link.html").symlink_to(outside)
    with (collector.inbox / "huge.html").open("wb") as file:
        file.truncate(2_000_000_000)
    collector.look()
    assert {one.file_name: one.fate for one in collector.look()} == {
        "huge.html": Fate.TOO_LARGE,
        "link.html": Fate.LINK,
    }
    assert outside.exists()


ACCEPTED = SavedPagesSettings(
    signed_in="accept", decided_by="Privacy officer", decided_on=date(2026, 1, 1), reason="saved signed in"
)


def accept(firm):
    settings = {**firm.policy.source_settings, "saved_pages": ACCEPTED}
    firm.policy = replace(firm.policy, source_settings=settings)


@pytest.mark.parametrize("build", [ember, mercado, sdui])
def test_a_page_saved_while_signed_in_is_taken_where_the_policy_accepts_it(firm, make, build):
    shown = build(Member(slug=slug("0101"), name="Anneke Voorbeeld"))
    refused, path = arrive(make(), shown)
    assert (refused.fate, refused.kind) == (Fate.SAYS_NOTHING, PageKind.LOGGED_IN)
    path.unlink()
    accept(firm)
    found, _ = arrive(make(), shown)
    assert (found.fate, found.person.employee_id) == (Fate.READ, "0101")
    assert found.kind is PageKind.PROFILE_SIGNED_IN
    (kept,) = (one for one in (firm.folder / "evidence").rglob("*") if one.is_file())
    assert kept.suffix == ".reading"
    assert places_of(STRANGER, firm.folder) == [], "the page shows others; nothing of them is kept"
    again, _ = arrive(make(), shown)
    assert again.fate is Fate.AGAIN


def test_a_page_saved_while_signed_in_is_its_owners_or_nobodys(firm, make):
    accept(firm)
    unnamed = Member(slug="ACoAAUt3jk8vuWLAuy9lOO", name="Anneke Voorbeeld")
    nobody, path = arrive(make(), sdui(unnamed), "a.html")
    assert (nobody.fate, nobody.person) == (Fate.NOBODYS, None)
    path.unlink()
    unwanted = make([employee("0102")], [employee("0101")])
    left_out, _ = arrive(unwanted, sdui(Member(slug=slug("0101"), name="Anneke Voorbeeld")), "b.html")
    assert left_out.fate is Fate.NOT_WANTED


def test_a_signed_in_page_that_is_old_by_its_own_dates_is_no_evidence_of_today(firm, make):
    accept(firm)
    firm.policy = replace(firm.policy, evidence_days={"saved_pages": 45})
    job = Job("Planner", "Noordlicht Energie", "18364207", "Mar 2021", None, length="2 yrs 3 mos")
    found, _ = arrive(make(), sdui(Member(slug=slug("0101"), name="Anneke Voorbeeld", jobs=((job,),))))
    assert (found.fate, found.fields) == (Fate.SAYS_NOTHING, {})
    assert (
        str(found.trouble)
        == "by its own dates the page was saved before 2024-04-01: it is older than 45 days"
    )
