# ruff: noqa: E501 - pages are written out as they are saved
"""The many forms in which people save a page, and what they put into the folder instead of one."""

from __future__ import annotations

import base64
import os
import plistlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.app.inspect import PageToRead, inspect_page
from auditor.extract.page import read_page
from auditor.identity.page_identity import page_identity
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.observed import Present, Unseen, value_or_none
from auditor.model.profile import BannerKind, PageKind, Profile
from auditor.sources.saved_pages import SOURCE, SavedPagesSettings

from .invented import ODA, context, person, picture, written
from .test_saved_pages import mhtml

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
WIDE = picture(800, 200)


def fetch(folder: Path, *people: Employee) -> tuple[list[Capture], tuple[str, ...]]:
    with SOURCE.open(SavedPagesSettings(), replace(context(folder, people), read_page=read_page)) as source:
        return [source.fetch(employee) for employee in people], tuple(map(str, source.notices))  # type: ignore[attr-defined]


def profile_page(
    slug: str = "oda-vintermark",
    *,
    headline: str = "Planner",
    banner: str = "",
    comment: str = "",
    canonical: str = "",
) -> str:
    cover = (
        f'<figure class="cover-img"><img class="cover-img__image" src="{banner}"></figure>' if banner else ""
    )
    canonical = canonical or f"https://www.linkedin.com/in/{slug}"
    return (
        f'<!DOCTYPE html>\n{comment}<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="pageKey" content="public_profile_v3_desktop"><link rel="canonical" href="{canonical}"></head>'
        f'<body><main>{cover}<section class="top-card-layout"><h1 class="top-card-layout__title">Oda Vintermark</h1>'
        f'<h2 class="top-card-layout__headline">{headline}</h2></section>'
        '<section class="experience" data-section="experience"><ul class="experience__list"><li class="experience-item">'
        '<h3 class="experience-item__title">Planner</h3><h4 class="experience-item__subtitle">Vintergloed</h4>'
        '<span class="date-range"><time>Jan 2020</time> - Present</span></li></ul></section></main></body></html>'
    )


def read(folder: Path, employee: Employee = ODA) -> Profile:
    (capture,), _ = fetch(folder, employee)
    assert (capture.status, str(capture.trouble), capture.format) == (
        CaptureStatus.OK,
        "",
        CaptureFormat.PAGE,
    )
    return read_page(capture)


@pytest.mark.parametrize(
    "origin",
    [
        "about:internet",
        "about:blank",
        "file:///C:/Users/x/page.html",
        "https://www.linkedin.com/in/oda-vintermark",
    ],
)
def test_what_the_saver_writes_on_top_does_not_lose_the_page(tmp_path: Path, origin: str) -> None:
    written(
        tmp_path / "a.html", profile_page(comment=f"<!-- saved from url=({len(origin):04d}){origin} -->\n")
    )
    assert read(tmp_path).page_kind is PageKind.PROFILE_FULL


@pytest.mark.parametrize("quote", ["%25C3%25A9", "%C3%A9", "é", "e\u0301"])
def test_inspect_and_run_read_one_identity(tmp_path: Path, quote: str) -> None:
    employee = person("E-7", "ren%C3%A9e-vinter")
    written(tmp_path / "a.html", profile_page(canonical=f"https://be.linkedin.com/in/ren{quote}e-vinter"))
    assert read(tmp_path, employee).slug == "renée-vinter"
    assert inspect_page(PageToRead(tmp_path / "a.html"))["slug"] == "renée-vinter"


@pytest.mark.parametrize(
    "canonical",
    ["javascript:alert(1)//www.linkedin.com/in/oda-vintermark", "https://www.linkedin.com@evil.example/in/oda-vintermark",
     "https://linkedin.com.evil.example/in/oda-vintermark",
     "data:text/html,//www.linkedin.com/in/oda-vintermark",
     "https://evil.example\\@www.linkedin.com/in/oda-vintermark", "file://www.linkedin.com/in/oda-vintermark"],
)  # fmt: skip
def test_a_disguised_address_is_nobodys_page(tmp_path: Path, canonical: str) -> None:
    written(tmp_path / "a.html", profile_page(canonical=canonical))
    (capture,), _ = fetch(tmp_path, ODA)
    assert capture.status is CaptureStatus.NOT_ATTEMPTED
    assert inspect_page(PageToRead(tmp_path / "a.html"))["slug"] is None


def test_an_address_in_a_comment_or_a_script_is_not_the_pages_own() -> None:
    hidden = '<!-- <link rel="canonical" href="https://www.linkedin.com/in/x"> --><script>"<link rel=canonical href=https://www.linkedin.com/in/y>"</script>'
    assert page_identity(hidden) is None
    own = page_identity(hidden + '<link href="https://www.linkedin.com/in/z" rel="canonical">')
    assert own is not None
    assert own.slug == "z"


def test_a_single_file_page_holds_its_banner_and_its_date(tmp_path: Path) -> None:
    comment = (
        "<!--\n Page saved with SingleFile \n url: https://www.linkedin.com/in/oda-vintermark \n"
        " saved date: Sat Feb 21 2026 10:00:00 GMT+0100 (Central European Standard Time)\n-->"
    )
    banner = (
        "data:image/jpeg;base64," + base64.b64encode(picture(1584, 396, form="PNG") + bytes(90_000)).decode()
    )
    written(tmp_path / "a.html", profile_page(banner=banner, comment=comment))
    (capture,), _ = fetch(tmp_path, ODA)
    assert capture.captured_at == datetime(2026, 2, 21, 9, tzinfo=UTC)
    shown = value_or_none(read_page(capture).banner)
    assert shown is not None
    assert (shown.kind, bool(shown.picture), shown.address) == (BannerKind.CUSTOM, True, "data:image/jpeg")


def test_a_placeholder_is_no_banner(tmp_path: Path) -> None:
    ghost = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    written(tmp_path / "a.html", profile_page(banner=ghost))
    assert isinstance(read(tmp_path).banner, Unseen)


@pytest.mark.parametrize(
    "name",
    ["1754413013917", "1754413013917.jfif", "1754413013917.jpe", "1754413013917.avif",
     "1754413013917.download",
     "1754413013917_002.jpg", "1754413013917(1).jpg", "1754413013917 (2)", "1754413013917-1.jpeg",
     "1754413013917.webp",
     "1754413013917_e=2147483647&amp;v=beta"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["a_files", "a-Dateien", "a_bestanden", "a_fichiers"])
def test_every_name_under_which_browsers_save_the_banner(tmp_path: Path, name: str, folder: str) -> None:
    written(tmp_path / "a.html", profile_page(banner=f"./{folder}/{name}"))
    written(tmp_path / folder / name.replace("&amp;", "&"), WIDE)
    shown = value_or_none(read(tmp_path).banner)
    assert shown is not None
    assert (shown.kind, shown.picture) == (BannerKind.CUSTOM, WIDE)


@pytest.mark.parametrize("name", ["portrait.jpg", "17544130139171", "x1754413013917"])
def test_other_names_tell_no_banner(tmp_path: Path, name: str) -> None:
    written(tmp_path / "a.html", profile_page(banner=f"./a_files/{name}"))
    written(tmp_path / "a_files" / name, WIDE)
    assert isinstance(read(tmp_path).banner, Unseen)


def test_a_web_archive_of_safari(tmp_path: Path) -> None:
    address = "https://media.licdn.com/dms/image/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/1754413013917"
    archive = {
        "WebMainResource": {
            "WebResourceData": profile_page(banner=address).encode(),
            "WebResourceURL": "https://www.linkedin.com/in/oda-vintermark/",
            "WebResourceMIMEType": "text/html",
            "WebResourceTextEncodingName": "UTF-8",
        },
        "WebSubresources": [
            {"WebResourceData": WIDE, "WebResourceURL": address, "WebResourceMIMEType": "image/jpeg"}
        ],
    }
    written(tmp_path / "a.webarchive", plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))
    shown = value_or_none(read(tmp_path).banner)
    assert shown is not None
    assert shown.picture == WIDE
    written(tmp_path / "a.webarchive", b"bplist00 WebMainResource")
    (capture,), notices = fetch(tmp_path, ODA)
    assert capture.status is CaptureStatus.NOT_ATTEMPTED
    assert "the web archive holds no page" in notices[0]


HEADLINE = "Responsable réseau chez Vintergloed – Jörg"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be",
     b"\xfe\xff"),
     ("utf-16-le", b""), ("utf-16-be", b"")],
)  # fmt: skip
def test_bytes_are_read_by_what_they_are(tmp_path: Path, encoding: str, mark: bytes) -> None:
    written(tmp_path / "a.html", mark + profile_page(headline=HEADLINE).encode(encoding))
    assert read(tmp_path).headline == Present(HEADLINE)


@pytest.mark.parametrize(
    "headline",
    [HEADLINE.encode().replace("é".encode(), b"\xe9"), HEADLINE.encode().decode("cp1252").encode(),
     b"J\xef\xbf\xbdrg",
     "Główny inżynier, Łódź".encode("cp1250"), "Don’t".encode().decode("latin-1").encode()],
)  # fmt: skip
def test_a_damaged_headline_is_never_judged(tmp_path: Path, headline: bytes) -> None:
    written(tmp_path / "a.html", profile_page(headline="HEADLINE").encode().replace(b"HEADLINE", headline))
    assert isinstance(read(tmp_path).headline, Unseen)


def test_the_date_of_an_mhtml_file_is_its_own_or_none(tmp_path: Path) -> None:
    body = mhtml("oda-vintermark", profile_page())
    written(tmp_path / "a.mhtml", body.replace(b"Date: Tue, 3 Feb 2026", b"Date: Blursday, 33 Foo 2026"))
    (capture,), _ = fetch(tmp_path, ODA)
    assert capture.status is CaptureStatus.UNREADABLE
    assert "the date of saving cannot be read" in str(capture.trouble)
    assert str(capture.trouble).startswith("'a.mhtml'")


SIGNED_IN = '<html class="theme theme--mercado"><body><header class="global-nav__me"></header><h2>Oda</h2></body></html>'
WALL = '<html><head><meta name="pageKey" content="auth_wall_desktop_profile"></head><body><h1>Join</h1></body></html>'
FILES = {
    "in.html": (SIGNED_IN, "signed-in page 'in.html': sign out and save again"),
    "wall.html": (WALL, "sign-in page 'wall.html': save the profile again, signed out, once it is shown"),
    "stub.html": (
        "<html><head><script>location='/authwall?sessionRedirect='+escape(location)</script></head><body></body></html>",
        "refusal by the site 'stub.html': open the profile again later and save it",
    ),
    "captcha.html": (
        '<html><body><form id="captcha-challenge"></form><p>Check</p></body></html>',
        "security check 'captcha.html': open the profile again later and save it",
    ),
    "firm.html": (
        '<html><head><link rel="canonical" href="https://www.linkedin.com/company/vintergloed"></head><body><h1>V</h1></body></html>',
        "company page 'firm.html': save the person's profile page",
    ),
    "news.html": ("<html><body><p>News</p></body></html>",
    "page that is no profile 'news.html': save the person's profile page"),
    "other.html": (
        profile_page("somebody-else"),
        "page 'other.html': its profile is nobody's in the roster; check the address there",
    ),
    "mail.mht": (
        b"Received: from x\r\nFrom: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>",
        "'mail.mht': it is an e-mail, not a saved page; sign out and save the person's profile page again",
    ),
    "Profile.pdf": (b"%PDF", "a PDF 'Profile.pdf': sign out and save the person's profile page again"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_belongs_to_nobody_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    content, words = FILES[name]
    written(tmp_path / name, content)
    (capture,), notices = fetch(tmp_path, ODA)
    assert notices == (words,)
    assert tuple(map(str, capture.notes)) == (words,)
    assert str(capture.trouble) == f"no saved page for this person in the folder; {words}"


def test_a_wall_saved_later_does_not_hide_the_good_page(tmp_path: Path) -> None:
    good = written(tmp_path / "a.html", profile_page())
    origin = "https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Foda-vintermark"
    wall = written(tmp_path / "b.html", f"<!-- saved from url=(0099){origin} -->{WALL}")
    os.utime(good, (1_760_000_000, 1_760_000_000))
    os.utime(wall, (1_770_000_000, 1_770_000_000))
    (capture,), notices = fetch(tmp_path, ODA)
    assert notices == ()
    assert read_page(capture).page_kind is PageKind.PROFILE_FULL
    good.unlink()
    (capture,), _ = fetch(tmp_path, ODA)
    assert (
        str(capture.trouble) == "sign-in page 'b.html': save the profile again, signed out, once it is shown"
    )


ANNA, BERT = person("E-1", "anna-peeters"), person("E-2", "bert-claes")


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not beside this repository")
def test_shared_cases() -> None:
    assert read(CASES / "pages", ANNA).page_kind is PageKind.PROFILE_FULL
    tobias = person("E-3", "tobias-quirelo-lindhag")
    for folder in ("saved2", "saved3", "saved4"):
        shown = value_or_none(read(CASES / "saved_forms" / folder, tobias).banner)
        assert shown is not None
        assert shown.picture, folder
    (anna, bert), notices = fetch(CASES / "signed_in", ANNA, BERT)
    assert str(anna.trouble) == "signed-in page 'Anna Peeters _ LinkedIn.html': sign out and save again"
    assert (
        notices
        == tuple(map(str, bert.notes))
        == ("signed-in page 'Bert Claes _ LinkedIn.html': sign out and save again",)
    )
    freek = person("E-4", "freek-zandvliet-128b13632")
    (wall,), _ = fetch(CASES / "saved_wall", freek)
    assert str(wall.trouble).startswith(
        "sign-in page 'Aanmelden _ LinkedIn (128).html': save the profile again"
    )
