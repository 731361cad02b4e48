"""Drafts as files: Word documents, messages, pages, pictures; harmless and the same bytes twice."""

from __future__ import annotations

import email
import email.policy
import io
import os
import re
import time
import zipfile
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import auditor
from auditor.model.document import (
    Calendar,
    CalendarEvent,
    CsvFile,
    Framed,
    Heading,
    HtmlPage,
    Link,
    MailDraft,
    NewPage,
    Notice,
    Paragraph,
    Picture,
    PictureFile,
    Quote,
    Steps,
    TextBlock,
    TextDocument,
)
from auditor.writers import csv_file, eml, html_page, ics, plain_file
from auditor.writers import docx as docx_writer
from tests.reports.invented import banner

CREATED = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
BLANK = "[naam]"
BLOCKS: tuple[TextBlock, ...] = (
    Notice("Concept. Vul aan: [naam]."),
    Heading("Één kop", 1),
    Paragraph("Beste Jürgen,\nzie https://noordlicht.example/a?b=1&c=2. Dank!"),
    Quote("Engineer at Noordlicht & Co"),
    Steps(("eerst", "dan [naam]")),
    Link("https://www.linkedin.com/company/noordlicht", "onze pagina"),
    Picture(banner(3, 1584), "De banner"),
    Framed("Bezwaar? Antwoord stop."),
    NewPage(),
    Heading("Vertaling"),
    Paragraph("stil", quiet=True),
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\r\nBcc: all@example.com\r\n\r\n<b>",
    "\ud800\x00\x0b\ufffe",
    "=1+1",
    "{x} %s {0}",
    "x" * 40_000,
    "]]>&amp;",
    "\u202eevil",
)


def paper(blocks: tuple[TextBlock, ...] = BLOCKS, **more: Any) -> TextDocument:
    return TextDocument("letter.docx", "Titel", "nl", blocks, "leavers/77", (BLANK,), CREATED, **more)


def mail(blocks: tuple[TextBlock, ...] = BLOCKS, **more: Any) -> MailDraft:
    facts: dict[str, Any] = {"subject": "Uw profiel", **more}
    return MailDraft(
        "letter.eml", language="nl", blocks=blocks, folder="leavers/77", to_fill=(BLANK,), **facts
    )


def page(blocks: tuple[TextBlock, ...] = BLOCKS) -> str:
    return html_page.page_text(HtmlPage("kit.html", "Titel", "nl", blocks, "", (BLANK,)))


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_same_document_gives_the_same_bytes_at_another_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached = mail(attachments=(("banner.jpg", banner(3)),))
    calendar = Calendar("a.ics", "n", (CalendarEvent("u", date(2026, 11, 3), "s", "d"),), CREATED)
    first = (docx_writer.document_bytes(paper()), eml.draft_bytes(attached), ics.calendar_bytes(calendar))
    moment = time.time() + 400_000
    monkeypatch.setattr(time, "time", lambda: moment)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(moment))
    again = (docx_writer.document_bytes(paper()), eml.draft_bytes(attached), ics.calendar_bytes(calendar))
    assert first == again


def test_a_document_opens_with_its_facts_its_marks_and_no_maker() -> None:
    read = docx.Document(io.BytesIO(docx_writer.document_bytes(paper())))
    facts = read.core_properties
    assert (facts.title, facts.language, facts.author) == ("Titel", "nl", "")
    assert facts.created.replace(tzinfo=UTC) == facts.modified.replace(tzinfo=UTC) == CREATED
    text = "\n".join(line.text for line in read.paragraphs)
    assert "Beste Jürgen,\nzie https://noordlicht.example" in text
    assert "2.\tdan [naam]" in text
    marked = [run.text for line in read.paragraphs for run in line.runs if run.font.highlight_color]
    assert marked == [BLANK, BLANK]
    assert [line.text for line in read.paragraphs if line.paragraph_format.page_break_before] == ["Vertaling"]
    assert [shape._inline.docPr.get("descr") for shape in read.inline_shapes] == ["De banner"]
    links = {relation.target_ref for relation in read.part.rels.values() if relation.is_external}
    assert links == {"https://www.linkedin.com/company/noordlicht"}


def test_word_finds_the_properties_of_a_paragraph_in_its_order() -> None:
    read = docx.Document(io.BytesIO(docx_writer.document_bytes(paper())))
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "jc",
    ]
    for line in read.paragraphs:
        found = [child.tag.split("}")[1] for child in line._p.pPr] if line._p.pPr is not None else []
        assert found == sorted(found, key=order.index)
    style = read.styles["Normal"].element.rPr
    assert [child.get(qn("w:val")) for child in style.findall(qn("w:lang"))] == ["nl-NL"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_a_document(text: str) -> None:
    blocks = (Heading(text), Notice(text), Paragraph(text), Quote(text), Steps((text,)), Framed(text))
    body = docx_writer.document_bytes(
        paper((*blocks, Link(text, text), Picture(text.encode("utf-8", "replace"), text)))
    )
    read = docx.Document(io.BytesIO(body))
    assert len(read.paragraphs) == 8
    assert not [relation for relation in read.part.rels.values() if relation.is_external]
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert parts.testzip() is None


def test_a_message_is_an_unsent_draft_to_nobody() -> None:
    read = email.message_from_bytes(
        eml.draft_bytes(mail(attachments=(("banner.jpg", b"\xff\xd8\xff"),))), policy=email.policy.default
    )
    assert read["X-Unsent"] == "1"
    assert read["Subject"] == "Uw profiel"
    assert not {"to", "cc", "bcc", "from", "sender", "reply-to"} & {name.lower() for name in read.keys()}  # noqa: SIM118
    plain, rich = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert "Beste Jürgen" in plain.get_content()
    assert "https://www.linkedin.com/company/noordlicht" in plain.get_content()
    assert "<mark>[naam]</mark>" in rich.get_content()
    assert "data:" not in rich.get_content()
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("banner.jpg", b"\xff\xd8\xff")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_header_and_no_tag_to_a_message(text: str) -> None:
    body = eml.draft_bytes(
        mail((Heading(text), Paragraph(text), Quote(text), Link(text, text)), subject=text)
    )
    read = email.message_from_bytes(body, policy=email.policy.default)
    assert [name.lower() for name in read.keys()] == ["subject", "x-unsent", "mime-version", "content-type"]  # noqa: SIM118
    rich = read.get_body(("html",))
    assert rich is not None
    tags = {tag for tag, _ in Tags(rich.get_content()).tags}
    assert tags <= {"html", "head", "meta", "style", "body", "h2", "p", "pre", "a", "br"}


def test_a_page_needs_nothing_but_itself() -> None:
    text = page()
    read = Tags(text)
    kinds = [tag for tag, _ in read.tags]
    assert not {"script", "link", "iframe", "object", "form"} & set(kinds)
    assert [facts["src"][:23] for tag, facts in read.tags if tag == "img"] == ["data:image/jpeg;base64,"]  # type: ignore[index]
    assert all(facts.get("alt") for tag, facts in read.tags if tag == "img")
    links = [facts["href"] for tag, facts in read.tags if tag == "a"]
    assert links == ["https://noordlicht.example/a?b=1&c=2", "https://www.linkedin.com/company/noordlicht"]
    assert re.search(r"https?://", re.sub(r'href="[^"]*"|>[^<]*<', "", text)) is None
    assert "default-src 'none'" in text
    assert (kinds.count("h1"), dict(read.tags)["html"]) == (1, {"lang": "nl"})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_tag_to_a_page(text: str) -> None:
    blocks = (Heading(text), Notice(text), Paragraph(text), Quote(text), Steps((text,)), Framed(text))
    harmless = tuple(type(one)(("x",)) if isinstance(one, Steps) else type(one)("x") for one in blocks)  # type: ignore[arg-type]
    mine = Tags(page((*blocks, Link(text, text), Picture(b"no picture", text))))
    plain = Tags(page((*harmless, Link("x", "x"), Picture(b"", "x"))))
    assert [tag for tag, _ in mine.tags if tag != "br"] == [tag for tag, _ in plain.tags]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x", ""]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert not [facts for tag, facts in Tags(page((Link(address, "x"),))).tags if tag == "a"]


@pytest.mark.parametrize("text", ["ü" * 200, "a;b,c\\d\ne", *HOSTILE])
def test_calendar_lines_are_folded_at_75_bytes_and_end_in_crlf(text: str) -> None:
    event = CalendarEvent("1@offboarding.invalid", date(2026, 11, 3), text, text, 4)
    body = ics.calendar_bytes(Calendar("a.ics", text, (event,), CREATED))
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    starts = [line.split(b":")[0].split(b";")[0] for line in lines if line and not line.startswith(b" ")]
    assert set(starts) <= {
        b"BEGIN", b"END", b"PRODID", b"VERSION", b"CALSCALE", b"METHOD", b"X-WR-CALNAME", b"UID", b"DTSTAMP",
        b"DTSTART", b"SEQUENCE", b"SUMMARY", b"DESCRIPTION", b"CLASS", b"TRANSP",
    }  # fmt: skip
    assert starts.count(b"BEGIN") == 2
    body.decode("utf-8")


def test_files_lie_in_their_folder_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    written = [
        *docx_writer.WRITER.write(paper(), tmp_path),
        *eml.WRITER.write(mail(), tmp_path),
        *plain_file.WRITER.write(PictureFile("banner.png", b"as it is", "fix-kits/5"), tmp_path),
        *html_page.WRITER.write(HtmlPage("a.html", "t", "en", BLOCKS, "fix-kits/5"), tmp_path),
        *csv_file.WRITER.write(CsvFile("jira.csv", ("Summary",), (("é",),), "leavers/77"), tmp_path),
    ]
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "leavers/77/letter.docx",
        "leavers/77/letter.eml",
        "fix-kits/5/banner.png",
        "fix-kits/5/a.html",
        "leavers/77/jira.csv",
    ]
    assert (tmp_path / "fix-kits/5/banner.png").read_bytes() == b"as it is"
    assert (tmp_path / "leavers/77/jira.csv").read_bytes() == '"Summary"\r\n"é"\r\n'.encode()
    if os.name == "posix":
        assert {path.stat().st_mode & 0o077 for path in written} == {0}


def test_no_part_of_the_program_that_makes_or_records_letters_can_send() -> None:
    folder = Path(auditor.__file__).parent
    files = [*folder.glob("reports/**/*.py"), *folder.glob("writers/*.py")]
    files += [folder / part for part in ("cli/offboarding.py", "app/offboard.py", "store/cases.py")]
    assert len(files) > 30
    for path in files:
        imports = re.findall(r"^\s*(?:import|from) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE)
        assert not {"smtplib", "apprise", "socket", "http", "urllib"} & {
            name.split(".")[0] for name in imports
        }
    everything = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    assert "smtplib" not in everything
