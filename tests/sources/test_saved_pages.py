from __future__ import annotations

import base64
import os
import quopri
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor.app.registry import read_capture
from auditor.errors import SourceUnavailable
from auditor.extract.page import EXTRACTOR
from auditor.files.names import number_part
from auditor.model.capture import ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.observed import Present
from auditor.model.profile import BannerKind
from auditor.proof.pages.signed_in import GENERATIONS, Member, page_of
from auditor.sources.saved_pages import SOURCE, SavedPagesSettings, capture_saved_file

from .invented import BANNER, BAS, CLEO, NOBODY, ODA, context, page, picture, written

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "captures"


def fetch(folder: Path, employee: Employee) -> Capture:
    with SOURCE.open(SavedPagesSettings(), context(folder)) as source:
        return source.fetch(employee)


def banner_of(capture: Capture) -> tuple[bytes, str]:
    artifact = capture.first(ArtifactKind.BANNER)
    assert artifact is not None
    return artifact.body, artifact.trouble


def mhtml(
    slug: str, body: str, *, charset: str = "utf-8", image: bytes = b"", address: str = BANNER.format(ms=1)
) -> bytes:
    page_part = quopri.encodestring(body.encode("utf-8"))
    image_part = base64.encodebytes(image)
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: https://www.linkedin.com/in/{slug}/\r\n"
        "Subject: =?utf-8?Q?Somebody=20_=20LinkedIn?=\r\n"
        "Date: Tue, 3 Feb 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--Invented--7"\r\n\r\n\r\n'
        f"----Invented--7\r\nContent-Type: text/html; charset={charset}\r\n"
        "Content-ID: <frame@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://www.linkedin.com/in/{slug}/\r\n\r\n"
    )
    middle = (
        "\r\n----Invented--7\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {address}\r\n\r\n"
    )
    return b"".join((head.encode(), page_part, middle.encode(), image_part, b"\r\n----Invented--7--\r\n"))


def test_a_page_is_matched_by_its_own_address_and_never_by_its_file_name(tmp_path: Path) -> None:
    written(tmp_path / "bas-quillepot.html", page("oda-vintermark"))
    assert fetch(tmp_path, ODA).status is CaptureStatus.OK
    found = fetch(tmp_path, BAS)
    assert (found.status, str(found.trouble)) == (
        CaptureStatus.NOT_ATTEMPTED,
        "no saved page for this person in the folder",
    )


@pytest.mark.parametrize(
    "text",
    [
        page("Oda-Vintermark"),
        page("", origin="https://www.linkedin.com/in/oda-vintermark/"),
        page("", origin="https://be.linkedin.com/in/oda-vintermark/nl?trk=x"),
        "<html><meta content='https://be.linkedin.com/in/oda-vintermark' property=og:url>",
        "<html><link href=https://be.linkedin.com/in/oda-vintermark rel=canonical>",
        page("", origin="https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Foda-vintermark"),
        "<html><!--\n Page saved with SingleFile\n url: https://www.linkedin.com/in/oda-vintermark/\n-->",
        '<html><script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@type":"Person",'
        '"url":"https://x.invalid/in/stranger"}},{"@type":"Person","url":"https://be.linkedin.com/in/oda-vintermark"}]}'
        "</script>",
    ],
)  # fmt: skip
def test_every_way_in_which_a_page_names_itself(tmp_path: Path, text: str) -> None:
    written(tmp_path / "deep" / "er" / "Page (1).htm", text)
    assert fetch(tmp_path, ODA).status is CaptureStatus.OK


def test_what_the_page_says_outranks_where_it_was_saved_from(tmp_path: Path) -> None:
    written(tmp_path / "x.html", page("oda-vintermark", origin="https://www.linkedin.com/in/bas-quillepot"))
    assert fetch(tmp_path, ODA).status is CaptureStatus.OK
    assert fetch(tmp_path, BAS).status is CaptureStatus.NOT_ATTEMPTED


def test_a_slug_with_accents_and_percent_signs(tmp_path: Path) -> None:
    bjorn = Employee("E-7", "Björn", ODA.roster_state, "https://www.linkedin.com/in/bj%C3%B6rn-vinter/")
    written(tmp_path / "b.html", page("Bjo\u0308rn-vinter"))
    with SOURCE.open(SavedPagesSettings(), context(tmp_path, [bjorn])) as source:
        assert source.fetch(bjorn).status is CaptureStatus.OK


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("./Oda V _ LinkedIn_files/1754413013917", "Oda V _ LinkedIn_files/1754413013917"),
        ("Oda%20V%20_%20LinkedIn_files/1754413013917", "Oda V _ LinkedIn_files/1754413013917"),
        ("./Oda V _ LinkedIn_files/1754413013917(1)", "Oda V _ LinkedIn_files/1754413013917(1)"),
        ("./Oda V _ LinkedIn_files/17%281%29.jpg", "Oda V _ LinkedIn_files/17(1).jpg"),
        ("./Oda &amp; Co_files/1754413013917", "Oda & Co_files/1754413013917"),
        ("./the_old_name_files/1754413013917", "renamed_files/1754413013917"),
        ("./page-Dateien/1754413013917", "page-Dateien/1754413013917"),
    ],
)
def test_the_banner_comes_from_the_folder_saved_with_the_page(
    tmp_path: Path, reference: str, place: str
) -> None:
    written(tmp_path / "renamed.html", page("oda-vintermark", banner=reference))
    written(tmp_path / place, picture())
    written(tmp_path / "portrait_files" / "1700000000001", picture(colour="red"))
    capture = fetch(tmp_path, ODA)
    assert banner_of(capture) == (picture(), "")
    assert [artifact.kind for artifact in capture.artifacts] == [ArtifactKind.MAIN, ArtifactKind.BANNER]


@pytest.mark.parametrize("reference", ["../outside/secret", "/etc/hostname", "..\\outside\\secret", "./link"])
def test_no_picture_from_outside_the_folder(tmp_path: Path, reference: str) -> None:
    secret = written(tmp_path / "outside" / "secret", picture())
    folder = tmp_path / "evidence"
    written(folder / "oda.html", page("oda-vintermark", banner=reference))
    (folder / "link").symlink_to(secret)
    body, trouble = banner_of(fetch(folder, ODA))
    assert not body
    assert trouble == "the folder saved with the page does not hold the picture"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside" / "oda.html", page("oda-vintermark")).parent
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "folder").symlink_to(outside)
    (tmp_path / "evidence" / "oda.html").symlink_to(outside / "oda.html")
    assert fetch(tmp_path / "evidence", ODA).status is CaptureStatus.NOT_ATTEMPTED


def test_banner_troubles_are_said(tmp_path: Path) -> None:
    written(tmp_path / "a.html", page("oda-vintermark", banner=BANNER.format(ms=1)))
    written(tmp_path / "b.html", page("bas-quillepot", banner="./b_files/1"))
    written(tmp_path / "b_files" / "1", b"")
    written(tmp_path / "c.html", page("cleo-zandbrugge", banner="./c_files/1"))
    written(tmp_path / "c_files" / "1", bytes(15_000_001))
    assert banner_of(fetch(tmp_path, ODA)) == (b"", "the page was saved without its pictures")
    assert banner_of(fetch(tmp_path, BAS)) == (b"", "the picture is empty")
    assert banner_of(fetch(tmp_path, CLEO)) == (b"", "the picture is larger than 15 MB")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "no-such-charset", "idna", "iso-8859-1"])
def test_mhtml_with_right_and_wrong_charset(tmp_path: Path, charset: str) -> None:
    address = f"{BANNER.format(ms=1)}?e=1&v=beta"
    text = page("oda-vintermark", banner=address.replace("&", "&amp;")).replace("Someone", "Sømeone")
    written(
        tmp_path / "x.mhtml", mhtml("oda-vintermark", text, charset=charset, image=picture(), address=address)
    )
    capture = fetch(tmp_path, ODA)
    main = capture.first(ArtifactKind.MAIN)
    assert main is not None
    assert main.body.decode().strip() == text
    assert banner_of(capture) == (picture(), "")
    assert capture.captured_at == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert capture.final_url == "https://www.linkedin.com/in/oda-vintermark/"


def test_mhtml_is_told_by_its_content_and_cut_ones_keep_what_is_there(tmp_path: Path) -> None:
    whole = mhtml(
        "oda-vintermark", page("oda-vintermark", banner=BANNER.format(ms=1)), image=picture(400, 100)
    )
    written(tmp_path / "named.html", whole[: whole.rindex(b"Content-Type: image/jpeg")])
    assert banner_of(fetch(tmp_path, ODA)) == (b"", "the MHTML file does not hold the picture")


def test_the_newer_of_two_pages_wins_and_says_so(tmp_path: Path) -> None:
    old = written(tmp_path / "z.html", page("oda-vintermark") + "<!-- old -->")
    new = written(tmp_path / "a.html", page("oda-vintermark") + "<!-- new -->")
    os.utime(old, (1_700_000_000, 1_700_000_000))
    os.utime(new, (1_760_000_000, 1_760_000_000))
    capture = fetch(tmp_path, ODA)
    assert capture.captured_at == datetime.fromtimestamp(1_760_000_000, UTC)
    assert tuple(map(str, capture.notes)) == (
        "2 saved pages of this person; the newest, of 2025-10-09, was read",
    )
    main = capture.first(ArtifactKind.MAIN)
    assert main is not None
    assert main.body.endswith(b"<!-- new -->")


def test_a_folder_mostly_of_unrelated_files(tmp_path: Path) -> None:
    for number in range(3_000):
        (tmp_path / f"{number}.{('html', 'pdf', 'jpg')[number % 3]}").write_text(f"<p>unrelated {number}")
    written(tmp_path / "right.html", page("oda-vintermark"))
    begin = time.process_time()
    with SOURCE.open(SavedPagesSettings(), context(tmp_path)) as source:
        assert source.fetch(ODA).status is CaptureStatus.OK
        notes = tuple(map(str, source.fetch(NOBODY).notes))
    assert len(notes) == 21
    assert notes[-1] == "1980 further files in the folder belong to nobody"
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("name", "body", "trouble"),
    [
        ("a.html", b"", "the file is empty"),
        ("a.html", picture(form="PNG"), "it is not a page but a binary file"),
        ("a.html", b"%PDF-1.7 <x>", "it is not a page but a binary file"),
        ("a.html", b"only words", "it is not a page but plain text"),
        ("a.html", b"<" * 25_000_001, "the file is larger than 25 MB"),
        ("a.mhtml", b"MIME-Version: 1.0\r\n\r\n", "the MHTML file holds no page"),
    ],
)
def test_files_that_are_no_page(tmp_path: Path, name: str, body: bytes, trouble: str) -> None:
    capture = capture_saved_file(written(tmp_path / name, body), "E-1")
    assert (capture.status, str(capture.trouble)) == (CaptureStatus.UNREADABLE, trouble)
    assert not capture.artifacts


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    troubles = [
        str(capture_saved_file(tmp_path / name).trouble) for name in ("none.html", "", "pipe.html", "a\0b")
    ]
    assert troubles == [
        "the file does not exist",
        "it is not a file",
        "it is not a file",
        "the file cannot be read: a broken name",
    ]


def test_without_a_folder_the_source_does_not_start(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none"):
        with (
            pytest.raises(SourceUnavailable, match="evidence folder"),
            SOURCE.open(SavedPagesSettings(), context(folder)),
        ):
            pass


def test_the_configured_folder_lies_beside_the_policy_and_may_hold_one_per_source(tmp_path: Path) -> None:
    written(tmp_path / "evidence" / "saved_pages" / "oda.html", page("oda-vintermark"))
    written(tmp_path / "evidence" / "bas.html", page("bas-quillepot"))
    with SOURCE.open(SavedPagesSettings("evidence"), context(None, home=tmp_path)) as source:
        assert source.fetch(ODA).status is CaptureStatus.OK
        assert source.fetch(BAS).status is CaptureStatus.NOT_ATTEMPTED


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="../shared is not there")
def test_real_structure_saved_with_its_folder_reads_through_to_the_banner(tmp_path: Path) -> None:
    text = (CAPTURES / "profile" / "001.html").read_text(encoding="utf-8")
    begin = text.index('src="', text.index('<img class="cover-img__image')) + len('src="')
    end = text.index('"', begin)
    saved = f"{text[:begin]}./Tobias Q _ LinkedIn_files/1565973516950{text[end:]}"
    written(tmp_path / "Tobias Q _ LinkedIn.html", saved)
    written(tmp_path / "Tobias Q _ LinkedIn_files" / "1565973516950", picture())
    profile = EXTRACTOR.read(capture_saved_file(tmp_path / "Tobias Q _ LinkedIn.html"))
    assert isinstance(profile.banner, Present)
    assert profile.banner.value.kind is BannerKind.CUSTOM
    assert profile.banner.value.picture == picture()
    assert profile.slug == "tobias-quirelo-lindhag"


ACCEPTED = SavedPagesSettings(
    signed_in="accept", decided_by="Privacy officer", decided_on=date(2026, 3, 1), reason="saved signed in"
)


def accepted(folder: Path, employee: Employee, settings: SavedPagesSettings = ACCEPTED) -> Capture:
    run = replace(context(folder), read_page=read_capture)
    with SOURCE.open(settings, run) as source:
        return source.fetch(employee)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_page_saved_while_signed_in_is_matched_by_its_owners_slug(tmp_path: Path, generation: str) -> None:
    written(tmp_path / "x.html", page_of(Member(slug="oda-vintermark"), generation))
    found = accepted(tmp_path, ODA)
    assert (found.status, found.format) == (CaptureStatus.OK, CaptureFormat.SIGNED_IN_PAGE)
    assert "signed-in page 'x.html'" in str(accepted(tmp_path, ODA, SavedPagesSettings()).trouble)
    assert accepted(tmp_path, BAS).status is CaptureStatus.NOT_ATTEMPTED


def test_a_decision_of_tomorrow_accepts_nothing_today(tmp_path: Path) -> None:
    written(tmp_path / "x.html", page_of(Member(slug="oda-vintermark"), "sdui"))
    tomorrow = replace(ACCEPTED, decided_on=date(2026, 3, 3))
    assert accepted(tmp_path, ODA, tomorrow).status is CaptureStatus.NOT_ATTEMPTED


def test_a_signed_in_page_without_an_owner_is_named_and_tied_to_nobody(tmp_path: Path) -> None:
    nameless = Member(slug="ACoAAUt3jk8vuWLAuy9lOO", name=ODA.full_name)
    written(tmp_path / "x.html", page_of(nameless, "mercado"))
    found = accepted(tmp_path, ODA)
    assert found.status is CaptureStatus.NOT_ATTEMPTED
    assert "does not say whose it is, and the name alone is not enough" in str(found.trouble)


@pytest.mark.parametrize("generation", ["mercado", "sdui"])
def test_the_banner_of_a_signed_in_page_is_found_in_its_folder(tmp_path: Path, generation: str) -> None:
    member = Member(slug="oda-vintermark", banner="./O%20V%20_%20LinkedIn_files/1761030018555")
    written(tmp_path / "O V _ LinkedIn.html", page_of(member, generation))
    written(tmp_path / "O V _ LinkedIn_files" / "1761030018555", picture(1400, 350))
    capture = accepted(tmp_path, ODA)
    banner = read_capture(capture).banner
    assert isinstance(banner, Present)
    assert (banner.value.kind, banner.value.picture) == (BannerKind.CUSTOM, picture(1400, 350))


def test_a_signed_in_shell_is_to_be_saved_again_where_such_pages_are_accepted(tmp_path: Path) -> None:
    written(
        tmp_path / "x.html",
        '<html class="theme--mercado"><title>LinkedIn</title><body><p>x</p></body></html>',
    )
    assert "scroll to its end and save it again" in str(accepted(tmp_path, ODA).trouble)


def test_files_of_people_who_objected_are_counted_and_not_named(tmp_path: Path) -> None:
    """By the page's address, the person's folder or the name in the file's: HR learns how many and where."""
    left_out = replace(CLEO, roster_state=RosterState.EXCLUDED, profile_url=None)
    written(tmp_path / "saved.html", page("cleo-hidden", origin="https://www.linkedin.com/in/cleo-hidden/"))
    written(tmp_path / f"{number_part(CLEO.employee_id)}/page.html", page(""))
    written(tmp_path / f"{CLEO.full_name.replace(' ', '_')} _ LinkedIn.html", page(""))
    written(tmp_path / f"{CLEO.full_name} (profile).pdf", "%PDF")
    written(tmp_path / "somebody.html", page("nobody-here"))
    about = replace(
        context(tmp_path, (ODA, left_out)), objects=lambda address: address.endswith("/in/cleo-hidden")
    )
    with SOURCE.open(SavedPagesSettings(), about) as source:
        notices, capture = tuple(map(str, source.notices)), source.fetch(ODA)
    told = (
        f"4 files in the folder {tmp_path} of people who are not looked at, for instance after an objection; "
        "they were not read: delete them"
    )
    assert notices == (
        told,
        "page 'somebody.html': its profile is nobody's in the roster; check the address there",
    )
    assert CLEO.full_name not in " ".join(notices)
    assert "not looked at" not in str(capture.trouble), "it is no hint for anybody else"
