"""What people and other programs put into the watched folder: nothing of it stops the desk or hides."""

import io
import os
import shutil
import threading
import time
import zipfile

import pytest

from auditor.app import collect, file_evidence
from auditor.app.file_evidence import Fate
from auditor.web.desk import DeskSettings
from auditor.web.pages.collect import safe_name
from tests.feedback.firm import RIGHT, Firm, page, slug
from tests.web.serving import served
from tests.web.test_collect import soon


@pytest.fixture
def own(tmp_path):
    """A firm before its first run; the folder is looked into when a test says so."""
    firm = Firm(tmp_path)
    firm._write_roster()
    settings = DeskSettings(
        firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv", tmp_path / "inbox"
    )
    with served(settings) as made:
        made.firm, made.inbox = firm, tmp_path / "inbox"
        made.desk.collector()
        yield made


def looked(own):
    """What two looks into the folder took."""
    collector = own.desk.collector()
    collector.look()
    return {one.file_name: one.fate for one in collector.look()}


HOSTILE = [
    "line\nbreak.html",
    "\u202elmth.exe.html",
    "<script>alert(1)</script>.html".replace("/", "\u2215"),
    "x" * 250 + ".html",
    "\u044f" * 124 + ".html",
    os.fsdecode(b"caf\xe9 \xff.html"),
    "&amp;%2e%2e'\";.html",
    " .html ",
    "page.HTML",
]


def test_hostile_names_are_read_shown_and_deleted_like_any_other(own):
    taken = []
    for name in HOSTILE:
        (own.inbox / name).write_text("not a page", "utf-8")
        if name.strip().lower().endswith(".html") and not name.endswith(" "):
            taken.append(name)
    assert looked(own) == dict.fromkeys(taken, Fate.UNREADABLE)
    browser = own.browser()
    for left in range(len(taken), 0, -1):
        shown = browser.get("/collect")
        assert shown.status == 200
        assert "<script>alert" not in shown.text
        assert "\u202e" not in shown.text
        assert shown.text.count('action="/collect/delete"') == left
        assert "was deleted" in browser.post("/collect/delete", shown.form("/collect/delete")).words
    assert [path.name for path in own.inbox.iterdir()] == [" .html "]


def test_a_page_with_the_longest_name_is_read(own):
    name = "x" * 250 + ".html"
    (own.inbox / name).write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    assert looked(own) == {name: Fate.READ}


def test_what_is_no_file_is_left_alone_and_stops_nothing(own):
    os.mkfifo(own.inbox / "pipe.html")
    os.mkfifo(own.inbox / "pipe.zip")
    (own.inbox / "folder.html").mkdir()
    (own.inbox / "nowhere.html").symlink_to("/nonexistent/page.html")
    (own.inbox / "round.html").symlink_to(own.inbox / "round.html")
    beside = own.inbox / "good_files"
    beside.mkdir()
    os.mkfifo(beside / "banner.jpg")
    (beside / "broken.png").symlink_to("/nonexistent/picture.png")
    (own.inbox / "good.html").write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    found = {}
    thread = threading.Thread(target=lambda: found.update(looked(own)), daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert found == {"good.html": Fate.READ, "nowhere.html": Fate.LINK, "round.html": Fate.LINK}


def test_pipes_among_the_evidence_stop_nothing(own):
    place = own.firm.folder / "evidence" / "saved_pages"
    place.mkdir(parents=True, exist_ok=True)
    os.mkfifo(place / "pipe.html")
    (place / "folder.html").mkdir()
    os.utime(own.firm.folder / "people.csv")
    assert "4 pages are still wanted" in own.browser().get("/collect").words


def test_a_bomb_and_a_page_of_24_megabytes_are_said_or_read_in_time(own):
    with zipfile.ZipFile(own.inbox / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("Profile.csv", "Positions.csv"):
            with archive.open(name, "w", force_zip64=True) as file:
                for _ in range(300):
                    file.write(b"\0" * 1_000_000)
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("../../outside.html", "x")
    (own.inbox / "nested.zip").write_bytes(nested.getvalue())
    whole = page("0101", RIGHT, slug("0101"))
    (own.inbox / "large.html").write_text(
        whole.replace("</body>", "<p>x</p>" * 3_000_000 + "</body>"), "utf-8"
    )
    begun = time.process_time()
    found = looked(own)
    assert time.process_time() - begun < 30
    assert (found["bomb.zip"], found["nested.zip"]) == (Fate.UNREADABLE, Fate.UNREADABLE)
    assert found["large.html"] in (Fate.READ, Fate.UNREADABLE, Fate.SAYS_NOTHING)
    assert not (own.firm.folder / "outside.html").exists()


def test_pages_are_shown_while_a_large_file_is_read(own, monkeypatch):
    """Reading an export of two gigabytes takes its time."""
    reading, go_on = threading.Event(), threading.Event()
    read = file_evidence.read_saved_file

    def slow(path):
        reading.set()
        go_on.wait(20)
        return read(path)

    monkeypatch.setattr(file_evidence, "read_saved_file", slow)
    (own.inbox / "a.html").write_text("not a page", "utf-8")
    thread = threading.Thread(target=looked, args=(own,), daemon=True)
    thread.start()
    assert reading.wait(20)
    begun = time.monotonic()
    assert own.browser().get("/collect").status == 200
    assert time.monotonic() - begun < 10
    go_on.set()
    thread.join(20)


def test_pages_are_shown_while_the_network_drive_does_not_answer(own, monkeypatch):
    looking, go_on = threading.Event(), threading.Event()

    def hanging(inbox):
        looking.set()
        go_on.wait(20)
        return iter(())

    monkeypatch.setattr(collect, "candidates", hanging)
    thread = threading.Thread(target=own.desk.collector().look, daemon=True)
    thread.start()
    assert looking.wait(20)
    begun = time.monotonic()
    assert own.browser().get("/collect").status == 200
    assert time.monotonic() - begun < 10
    go_on.set()
    thread.join(20)


def test_a_folder_that_cannot_be_made_is_said_and_everything_else_goes_on(own):
    shutil.rmtree(own.inbox)
    own.inbox.write_text("a file where the folder was")
    os.utime(own.firm.folder / "people.csv")  # everything is read anew
    browser = own.browser()
    browser.get("/collect")
    looked(own)
    assert "The folder cannot be looked into" in browser.get("/collect").words
    assert browser.get("/").status == 200


def test_a_fault_of_ours_does_not_end_the_watching(tmp_path, monkeypatch):
    firm = Firm(tmp_path)
    firm._write_roster()
    read, told = file_evidence.read_saved_file, []

    def faulty(path):
        if path.name == "bad.html" and not told:
            told.append(path)
            raise RecursionError("a fault")
        return read(path)

    monkeypatch.setattr(file_evidence, "read_saved_file", faulty)
    settings = DeskSettings(
        firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv", tmp_path / "inbox"
    )
    with served(settings, watching=True) as made:
        browser = made.browser()
        browser.get("/collect")
        (tmp_path / "inbox" / "bad.html").write_text("x")
        soon(browser, "bad.html")
        (tmp_path / "inbox" / "good.html").write_text(page("0101", RIGHT, slug("0101")), "utf-8")
        found = soon(browser, "3 pages are still wanted")
        assert "3 pages are still wanted" in found.words
        assert "This file cannot be read" in found.words


def test_a_dropped_file_never_takes_the_place_of_one_that_lies_there(own):
    """Exports of one day all have the same name."""
    name = "Basic_LinkedInDataExport_11-28-2026.zip"
    (own.inbox / name).write_bytes(b"the first")
    browser = own.browser()
    browser.post("/collect/drop", browser.get("/collect").form("/collect/drop"), {"files": (name, b"second")})
    assert sorted(path.read_bytes() for path in own.inbox.iterdir()) == [b"second", b"the first"]


def test_a_dropped_file_that_stays_is_told_once_and_can_be_deleted_at_once(own):
    browser = own.browser()
    fields = browser.get("/collect").form("/collect/drop")
    dropped = browser.post("/collect/drop", fields, {"files": ("x.html", b"not a page")})
    assert (
        "was deleted" in browser.post("/collect/delete", dropped.form("/collect/delete", file="x.html")).words
    )
    browser.post("/collect/drop", fields, {"files": ("y.html", b"not a page")})
    assert looked(own) == {}


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".html", "\u044f" * 200 + ".html", "\U0001f600" * 100 + ".mhtml", ".html"]
)
def test_a_dropped_files_name_is_shortened_so_that_its_kind_stays(own, name):
    safe = safe_name(name)
    assert len(os.fsencode(safe)) < 200
    assert safe.endswith(name[name.rindex(".") :])
    browser = own.browser()
    fields = browser.get("/collect").form("/collect/drop")
    content = page("0101", RIGHT, slug("0101")).encode()
    assert "Read." in browser.post("/collect/drop", fields, {"files": (name, content)}).words


def test_the_page_of_somebody_who_objected_is_not_read(own):
    """Also where the objection came while the desk was open."""
    from auditor.app.eligibility import register_of
    from auditor.store.objections import marks_of

    browser = own.browser()
    assert "Chloë" in browser.get("/collect").words
    register_of(own.firm.policy, own.desk.store.engine).record(
        marks_of(("0103",), f"https://www.linkedin.com/in/{slug('0103')}"), own.desk.today
    )
    assert "Chloë" not in browser.get("/collect").words
    (own.inbox / "c.html").write_text(page("0103", RIGHT, slug("0103")), "utf-8")
    assert looked(own) == {"c.html": Fate.NOT_WANTED}
    assert "not read" in browser.get("/collect").words
