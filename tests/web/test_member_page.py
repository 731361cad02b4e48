"""The member's page over HTTP: from the link to green, the other doors, objecting, bad links."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from auditor.app.consent import has_objected
from auditor.app.data_rights import object_to_checks
from auditor.app.invite_members import remind_members
from auditor.demo.consent_site import BEYOND, SECRET, Fault
from auditor.model.consent import ConsentState, Token
from auditor.proof.pages.signed_in import STRANGER, ember, mercado, sdui
from auditor.store.invitations import Invitations
from tests.app.consenting import member_of, name_of, number_of
from tests.pages.other_html import auth_wall, signed_in_theme
from tests.privacy.everything import places_of
from tests.sources.invented import export_files, zipped
from tests.web.member_serving import picture, served_member
from tests.web.serving import Browser

WRONG = "Keeps bees"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("INVENTED_APP_SECRET", SECRET)
    with served_member(tmp_path / "firm") as made:
        yield made


def export_of(place: int, headline: str) -> bytes:
    first, last = name_of(place)
    files = {
        "Profile.csv": f"First Name,Last Name,Headline,Birth Date\n{first},{last},{headline},{BEYOND}\n",
        "Positions.csv": "Company Name,Title,Description,Started On,Finished On\n"
        f"Noordlicht Energie,Grid Planner,{BEYOND},Mar 2019,\n",
        "messages.csv": f"FROM,CONTENT\nsomebody,{BEYOND}\n",
    }
    return zipped({name: text.encode() for name, text in files.items()})


def upload(browser: Browser, name: str, content: bytes):
    fields = browser.get("/").form("/file")
    return browser.post("/file", fields, {"file": (name, content)})


def kept_files(served) -> list[str]:
    folder = served.door.folder / "evidence"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("language", "first", "green"),
    [
        ("nl", "Waar we nooit naar kijken", "Alles wat te zien was, klopt."),
        ("fr", "Ce qui n'est jamais regardé", "Tout ce qui a pu être vu est correct."),
        ("de", "Was nie angesehen wird", "Alles, was zu sehen war, stimmt."),
        ("en", "What is never looked at", "Everything that could be seen is right."),
    ],
)
def test_from_the_link_to_green_in_the_persons_language(served, language, first, green):
    served.door.speaks(0, language)
    browser = served.browser(0)
    page = browser.get("/")
    assert f'<html lang="{language}">' in page.text
    assert first in page.words
    assert "correct presentation" in page.words
    assert "privacy@noordlicht.example" in page.words
    then = served.connect(browser, 0)
    assert green in then.words
    assert number_of(1) not in then.text
    assert served.door.consents.of(number_of(0)).state is ConsentState.CONSENTED


def test_what_differs_is_shown_with_the_text_to_copy_and_a_new_look_turns_green(served):
    served.door.site.change(member_of(0, WRONG))
    browser = served.browser(0)
    then = served.connect(browser, 0)
    assert "Something differs" in then.words
    assert "The headline does not name the company." in then.words
    assert "[...]" not in then.words
    assert '<textarea id="copy" readonly rows="2">Grid Planner at Noordlicht Energie</textarea>' in then.text
    served.door.site.change(member_of(0))
    again = browser.post("/look", then.form("/look"))
    assert "Everything that could be seen is right." in again.words
    assert "Something differs" not in again.words


def test_a_saved_page_shows_what_the_consent_cannot_and_both_are_judged_together(served):
    browser = served.browser(0)
    first = served.connect(browser, 0)
    assert "Company link Not visible" in first.words
    then = upload(browser, "me.html", served.door.saved_page(0))
    assert "Company link Right" in then.words
    assert kept_files(served) == [f"saved_pages/{number_of(0)}/member-page/page-{TODAY}.reading"]
    told = upload(browser, "../../../../etc/passwd.html", served.door.saved_page(0, WRONG))
    assert "Headline Differs" not in told.words, "the consent comes first on the ladder"
    assert "It was read" in told.words
    assert all("passwd" not in name for name in kept_files(served))


def test_the_run_of_hr_says_the_same_of_the_page_and_the_export_that_were_handed_over(served):
    upload(served.browser(0), "me.html", served.door.saved_page(0, WRONG))
    upload(served.browser(1), "Basic_LinkedInDataExport_11-27-2026.zip", export_of(1, WRONG))
    first, second = (served.browser(place).get("/").words for place in (0, 1))
    assert "Headline Differs" in first
    assert "Headline Differs" in second
    done = served.door.run()
    assert done.returncode != 2, done.stderr
    (file,) = (served.door.folder / "reports").glob("*/findings.json")
    told = {one["employee_id"]: one["results"] for one in json.loads(file.read_text())["employees"]}
    for place in (0, 1):
        headline = next(one for one in told[number_of(place)] if one["rule"] == "HDL001")
        assert headline["outcome"] == "failed"


def test_of_an_export_only_the_audited_columns_are_kept(served):
    then = upload(served.browser(0), "Complete_LinkedInDataExport_11-27-2026.zip.zip", export_of(0, WRONG))
    assert "It was read" in then.words
    (name,) = kept_files(served)
    with zipfile.ZipFile(served.door.folder / "evidence" / name) as archive:
        assert sorted(archive.namelist()) == ["Positions.csv", "Profile.csv"]
        assert all(BEYOND not in archive.read(one).decode() for one in archive.namelist())
    for path in served.door.folder.rglob("*"):
        assert not path.is_file() or BEYOND.encode() not in path.read_bytes(), path


def test_the_short_form_is_kept_as_the_persons_word_and_replaced_by_a_newer_one(served):
    browser = served.browser(0)
    for headline in ("=HYPERLINK(1)", "Grid Planner at Noordlicht Energie"):
        fields = {
            **browser.get("/").form("/form"),
            "headline": headline,
            "link": "https://www.linkedin.com/company/noordlicht-energie",
        }
        then = browser.post("/form", fields, {"banner": ("..\\x.png", picture())})
        assert "It was read" in then.words, then.words
    assert "Headline Right" in then.words
    assert "short form" in then.words
    rows = list(csv.reader((served.door.folder / "config" / "answers.csv").open(encoding="utf-8")))
    assert [row[:2] for row in rows[1:]] == [[number_of(0), "Grid Planner at Noordlicht Energie"]]
    assert [one.name for one in (served.door.folder / "config" / "pictures").iterdir()] == [
        f"member-page-{number_of(0)}.png"
    ]
    gone = browser.post("/object", then.form("/object"))
    assert "You have objected" in gone.words
    assert not list((served.door.folder / "config" / "pictures").iterdir())
    assert number_of(0) not in (served.door.folder / "config" / "answers.csv").read_text()


def test_a_formula_in_the_form_is_no_formula_in_the_file(served):
    browser = served.browser(0)
    fields = {**browser.get("/").form("/form"), "headline": "=1+1\r\nNL-1001,x", "link": ""}
    browser.post("/form", fields, {})
    rows = list(csv.reader((served.door.folder / "config" / "answers.csv").open(encoding="utf-8")))
    assert rows[1][:2] == [number_of(0), " =1+1 NL-1001,x"]
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("me.html", auth_wall().encode(), "does not show a profile"),
        ("me.html", signed_in_theme("Tjeerd Verzinselba").encode(), "Nothing was kept"),
        ("me.html", b"", "Nothing was kept"),
        ("me.zip", b"PK\x03\x04 nothing", "cannot be read"),
        ("me.zip", zipped({"../../x.csv": b"a"}), "cannot be read"),
        ("me.zip", zipped(export_files()), "does not seem to be the profile"),
        ("me.exe", b"MZ", "cannot be read"),
        ("me.html\x00.exe", b"MZ", "cannot be read"),
        ("me.html", b"<html>" + b"x" * 26_000_000, "larger than"),
    ],
    ids=["wall", "signed in", "empty", "no zip", "zip slip", "another's export", "program", "nul", "large"],
)
def test_what_is_of_no_use_is_said_and_not_kept(served, name, content, says):
    then = upload(served.browser(0), name, content)
    assert says in then.words, then.words[:400]
    assert kept_files(served) == []


def test_an_upload_that_is_broken_off_is_no_fault_and_leaves_nothing(served, monkeypatch):
    faults = []
    monkeypatch.setattr("auditor.web.member.server.note_fault", lambda event, _fault: faults.append(event))
    browser = served.browser(0)
    lines = (
        "POST /file HTTP/1.1",
        f"Host: 127.0.0.1:{served.port}",
        f"Cookie: {browser.cookie}",
        f"Origin: {served.address}",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Length: 90000",
    )
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as line:
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n--x\r\n")
    for _ in range(5):
        assert browser.get("/").status == 200
    assert (faults, kept_files(served)) == ([], [])


def test_what_says_that_it_was_made_in_years_to_come_is_not_taken(served):
    """It would be the newest for ever, and never too old."""
    browser = served.browser(0)
    head = "<!-- Page saved with SingleFile\n url: https://www.linkedin.com/in/person-0x/\n"
    date = " saved date: Thu Nov 29 2035 10:00:00 GMT+0100 -->"
    page = f"{head}{date}".encode() + served.door.saved_page(0)
    assert "cannot be read" in upload(browser, "me.html", page).words
    name = "Basic_LinkedInDataExport_11-27-2035.zip"
    assert "cannot be read" in upload(browser, name, export_of(0, WRONG)).words
    assert kept_files(served) == []


def test_the_page_of_another_person_is_not_judged_and_not_kept(served):
    then = upload(served.browser(0), "me.html", served.door.saved_page(1))
    assert "does not seem to be the profile" in then.words
    assert name_of(1)[1] not in then.words
    assert kept_files(served) == []


@pytest.mark.parametrize("build", [ember, mercado, sdui])
def test_of_the_persons_own_page_saved_while_signed_in_only_what_is_audited_is_kept(served, build):
    served.door.accept_signed_in()
    browser = served.browser(0)
    assert "scroll slowly to its end" in browser.get("/").words
    then = upload(browser, "me.html", served.door.signed_in_page(0, build))
    assert "It was read" in then.words, then.words[:300]
    assert "Headline Right" in then.words
    assert "Banner Not visible" in then.words, "what this page cannot show is said"
    assert kept_files(served) == [f"saved_pages/{number_of(0)}/member-page/page-{TODAY}.reading"]
    done = served.door.run()
    assert done.returncode != 2, done.stderr
    (file,) = (served.door.folder / "reports").glob("*/findings.json")
    told = {one["employee_id"]: one["results"] for one in json.loads(file.read_text())["employees"]}
    headline = next(one for one in told[number_of(0)] if one["rule"] == "HDL001")
    assert headline["outcome"] == "passed", headline
    assert STRANGER not in done.stdout + done.stderr + then.words
    assert places_of(STRANGER, served.door.folder) == []


def test_a_signed_in_page_of_somebody_else_or_of_nobody_is_not_kept(served):
    served.door.accept_signed_in()
    browser = served.browser(0)
    for page, says in (
        (served.door.signed_in_page(1), "does not seem to be the profile"),
        (
            served.door.signed_in_page(0, slug="ACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPf"),
            "does not seem to be",
        ),
        (served.door.signed_in_page(0, name="Quite Another"), "does not seem to be the profile"),
        (signed_in_theme("Tjeerd Verzinselba").encode(), "saved before it showed a profile"),
    ):
        then = upload(browser, "me.html", page)
        assert says in then.words, then.words[:300]
    assert kept_files(served) == []


def test_what_was_read_signed_in_counts_only_while_the_policy_accepts_it(served):
    served.door.accept_signed_in()
    browser = served.browser(0)
    upload(browser, "me.html", served.door.signed_in_page(0))
    served.door.signed_in = ""
    served.door.write_policy()
    assert "Headline Right" not in browser.get("/").words
    refused = upload(browser, "me.html", served.door.signed_in_page(0))
    assert "saved while signed in and also shows others" in refused.words


def test_the_linkedin_account_of_another_person_is_not_judged(served):
    then = served.connect(served.browser(0), 0, member=1)
    assert "does not seem to be the profile" in then.words
    assert name_of(1)[1] not in then.words
    assert served.door.consents.of(number_of(0)).state is ConsentState.INVITED


def test_a_no_at_linkedin_and_doing_nothing_are_told_without_blame(served):
    served.door.site.change(member_of(0, consents=False))
    browser = served.browser(0)
    assert "That is fine too" in browser.get("/").words
    then = served.connect(browser, 0)
    assert "Nothing was read, and that is fine." in then.words


def test_objecting_works_at_once_and_can_be_taken_back(served):
    browser = served.browser(0)
    page = served.connect(browser, 0)
    upload(browser, "me.html", served.door.saved_page(0))
    then = browser.post("/object", page.form("/object"))
    assert "You have objected" in then.words
    assert "/connect" not in then.text
    assert has_objected(served.door.policy, served.door.engine, served.door.person(0))
    assert served.door.consents.standing(number_of(0), served.door.today) is None
    assert kept_files(served) == []
    assert "1 left out (objection" in served.door.run().stderr
    assert "You have objected" in upload_anyway(browser, page, served.door.saved_page(0)).words
    assert kept_files(served) == []
    back = browser.post("/undo", then.form("/undo"))
    assert "The objection was taken back" in back.words


def upload_anyway(browser, page, content):
    return browser.post("/file", page.form("/file"), {"file": ("me.html", content)})


def test_an_objection_while_linkedin_is_read_drops_what_comes(served):
    browser = served.browser(0)
    door = served.door
    query = served.leave(browser, 0)

    def object_now(member: str, domain: str) -> None:
        if domain == "POSITIONS":
            door.site.on_page = None
            object_to_checks(door.policy, door.engine, number_of(0), door.today)

    door.site.on_page = object_now
    then = browser.get(f"/return?{query}")
    assert "You have objected" in then.words
    assert door.consents.standing(number_of(0), door.today) is None


def test_taking_the_consent_back_deletes_what_was_fetched(served):
    browser = served.browser(0)
    page = served.connect(browser, 0)
    then = browser.post("/withdraw", page.form("/withdraw"))
    assert "The consent was taken back" in then.words
    assert "The result today" not in then.words
    assert served.door.consents.fetched(number_of(0)) is None


@pytest.mark.parametrize("fault", [Fault.TOKEN_HTML, Fault.TOKEN_HUGE, Fault.TOKEN_SLOW])
def test_a_token_answer_that_is_none_is_told_and_keeps_nothing(served, fault):
    browser = served.browser(0)
    query = served.leave(browser, 0)
    served.door.site.faults.add(fault)
    assert "Nothing is lost" in browser.get(f"/return?{query}").words
    assert served.door.consents.standing(number_of(0), served.door.today) is None


def test_a_return_counts_once_and_in_its_own_browser_only(served):
    mine = served.browser(0)
    query = served.leave(mine, 0)
    other = served.browser(0)
    assert "no longer valid" in other.get(f"/return?{query}").words
    assert "Everything that could be seen" in mine.get(f"/return?{query}").words
    assert "no longer valid" in mine.get(f"/return?{query}").words


def test_a_link_that_is_guessed_altered_expired_or_revoked_opens_nothing(served):
    path = served.path(0)
    for wrong in (
        path[:-1],
        path + "a",
        "/m/invite/x",
        "/m/renew/" + path.rpartition("/")[2],
        "/m/invite/%00",
    ):
        answer = Browser(served.port).get(wrong)
        assert (answer.status, "not valid" in answer.words) == (403, True), wrong
        assert name_of(0)[0] not in answer.text
        assert "set-cookie" not in answer.headers
    assert Browser(served.port).get("/").status == 403
    browser = served.browser(0)
    Invitations(served.door.engine).revoke(number_of(0), datetime.now(UTC))
    assert "replaced or revoked" in browser.get("/").words
    assert "replaced or revoked" in Browser(served.port).get(path).words


def test_an_expired_link_says_so(served, monkeypatch):
    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=61)

    monkeypatch.setattr("auditor.web.member.member_page.datetime", Later)
    assert "has expired" in Browser(served.port).get(served.path(0)).words


def test_guesses_are_throttled_and_a_good_link_still_opens(served, monkeypatch):
    monkeypatch.setattr("auditor.web.member.member_page.MOST_GUESSES", 3)
    found = [Browser(served.port).get(f"/m/invite/guess{n}").status for n in range(5)]
    assert found == [403, 403, 403, 429, 429]
    assert served.browser(0).get("/").status == 200


def test_tries_of_one_person_are_throttled(served, monkeypatch):
    monkeypatch.setattr("auditor.web.member.server.MOST_TRIES", 1)
    browser = served.browser(0)
    assert "cannot be read" in upload(browser, "a.exe", b"x").words
    assert "wait an hour" in upload(browser, "a.exe", b"x").words
    assert "cannot be read" in upload(served.browser(1), "a.exe", b"x").words


def test_who_opened_the_link_before_is_told_and_the_link_can_be_closed(served):
    served.browser(0)
    second = served.browser(0)
    page = second.get("/")
    assert "Your link was opened 2 times" in page.words
    then = second.post("/close", page.form("/close"))
    assert "The link is closed" in then.words
    assert second.get("/").status == 403


def test_a_person_who_left_the_roster_is_shown_nothing(served):
    browser = served.browser(3)
    served.door.write_roster(3)
    assert browser.get("/").status in (403, 410)
    assert name_of(3)[0] not in browser.get("/").text


def test_another_language_is_chosen_and_kept(served):
    browser = served.browser(0)
    assert '<html lang="de">' in browser.get("/?language=de").text
    assert '<html lang="de">' in browser.get("/").text
    assert '<html lang="de">' in browser.get("/?language=xx").text


def test_two_uploads_at_once_leave_one_file(served):
    browser = served.browser(0)
    fields = browser.get("/").form("/file")

    def send(place: int) -> None:
        page = served.door.saved_page(0, f"Headline {place}")
        mine = Browser(served.port, browser.cookie)
        mine.post("/file", fields, {"file": ("me.html", page)})

    threads = [threading.Thread(target=send, args=(place,)) for place in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert kept_files(served) == [f"saved_pages/{number_of(0)}/member-page/page-{TODAY}.reading"]


def test_a_consent_that_ends_soon_is_renewed_with_the_link_of_the_reminder(served):
    door = served.door
    soon = datetime.now(UTC) + timedelta(days=20)
    door.consents.connect(number_of(0), Token("a", soon), door.today, datetime.now(UTC))
    (link,) = remind_members(door.plan, door.engine, datetime.now(UTC)).links
    browser = Browser(served.port)
    page = browser.get(link.address.removeprefix(served.address))
    assert "This consent ends soon." in page.words
    then = served.connect(browser, 0)
    assert "This consent ends soon." not in then.words
    assert (door.consents.of(number_of(0)).ends_on - door.today).days > 300


def test_after_an_objection_and_a_restart_taking_it_back_brings_everything_back(served):
    door = served.door
    object_to_checks(door.policy, door.engine, number_of(0), door.today)
    browser = served.browser(0)  # the roster is read now, and this person without details
    page = browser.get("/")
    assert "You have objected" in page.words
    then = browser.post("/undo", page.form("/undo"))
    assert "Hand over a file" in then.words
    assert "It was read" in upload(browser, "me.html", door.saved_page(0)).words


def test_a_banner_of_another_look_leads_to_the_companys_own_file(served):
    browser = served.browser(0)
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1584, 396)).convert("RGB").save(out, "PNG")
    fields = {**browser.get("/").form("/form"), "headline": "x", "link": ""}
    then = browser.post("/form", fields, {"banner": ("mine.png", out.getvalue())})
    assert "Banner Differs" in then.words
    assert 'href="/banner"' in then.text
    answer = browser.ask("GET", "/banner")
    assert answer.body == picture()
    assert answer.headers["content-disposition"] == 'attachment; filename="banner.png"'
    assert served.browser(1).ask("GET", "/banner").status == 303, "nothing to mend, nothing to load"
