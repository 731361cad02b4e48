"""Writes texts as Word documents with python-docx; the same document gives the same bytes."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from auditor.files.writing import write_document
from auditor.model.document import (
    Framed,
    Heading,
    Link,
    NewPage,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Steps,
    TextBlock,
    TextDocument,
)
from auditor.ports import Writer
from auditor.writers._cells import thumbnail
from auditor.writers._clean import cell_text
from auditor.writers._text_blocks import PREVIEW, safe_address

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
#: midnight of 1 January 1980 as archives write it: time, then day
_FIRST_ZIP_DAY = b"\x00\x00\x21\x00"
_QUIET, _LINKED = RGBColor(0x57, 0x60, 0x6A), RGBColor(0x0B, 0x57, 0xD0)
#: the order in which Word wants a paragraph's properties
_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
_STRONG = RGBColor(0x1F, 0x3A, 0x5F)
_SIZES = {1: 18, 2: 13, 3: 11, 4: 11}
_LANGUAGES = {"en": "en-GB", "nl": "nl-NL", "fr": "fr-FR", "de": "de-DE"}
_KEPT_STYLES = frozenset(
    {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    | {name for level in _SIZES for name in (f"Heading{level}", f"Heading{level}Char")}
)
_UNUSED_PARTS = ("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering", "/webSettings")


def write_docx(document: TextDocument, folder: Path) -> Sequence[Path]:
    """Write one document and return its path; a dated sibling where the wanted file is open.

    Raises ReportError where nothing can be written.
    """
    body = document_bytes(document)
    return [write_document(folder / document.folder, document.file_name, body, document.created)]


def document_bytes(document: TextDocument) -> bytes:
    """The document as a .docx file."""
    paper = docx.Document(io.BytesIO(_blank_paper(document.language)))
    _describe(paper, document)
    for number, block in enumerate(document.blocks):
        start = len(paper.paragraphs)
        _block(paper, block, document.to_fill)
        begins = number > 0 and isinstance(document.blocks[number - 1], NewPage)
        if begins and len(paper.paragraphs) > start:
            paper.paragraphs[start].paragraph_format.page_break_before = True
    out = io.BytesIO()
    paper.save(out)
    return _without_times(out.getvalue())


def _describe(paper: Any, document: TextDocument) -> None:
    moment = (document.created or _EPOCH).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    facts = paper.core_properties
    facts.title, facts.language = cell_text(document.title)[:250], document.language
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    facts.created = facts.modified = moment
    facts.revision = 1


def _block(paper: Any, block: TextBlock, to_fill: Sequence[str]) -> None:
    match block:
        case Heading(text=text, level=level):
            paper.add_heading(cell_text(text), min(max(level, 1), 4))
        case Steps(texts=texts):
            for number, text in enumerate(texts, 1):
                _step(paper, number, text, to_fill)
        case NewPage():
            pass  # the next block's paragraph begins the page
        case Link(address=address, words=words):
            _link(paper.add_paragraph(), safe_address(address), cell_text(words))
        case Picture(body=body, words=words):
            _picture(paper, bytes(body), cell_text(words))
        case _:
            _paragraph(paper, block, to_fill)


def _paragraph(paper: Any, block: Notice | Quote | Framed | Paragraph, to_fill: Sequence[str]) -> None:
    line = paper.add_paragraph()
    if isinstance(block, Quote):
        _lines(line, cell_text(block.text), bold=True)
        _shade(line, "F1F5F9")
        return
    _text(line, block.text, to_fill)
    if isinstance(block, Notice):
        _shade(line, "F9D2D0" if block.grave else "FFF1D6")
    elif isinstance(block, Framed):
        _bar(line)
    elif block.quiet:
        for run in line.runs:
            run.font.color.rgb = _QUIET


def _text(line: Any, text: str, to_fill: Sequence[str]) -> Any:
    """Add the text to a paragraph; what is still to be filled in stands on yellow."""
    plain = cell_text(text)
    blanks = [cell_text(blank) for blank in to_fill if blank]
    pattern = "|".join(re.escape(blank) for blank in blanks)
    for part in re.split(f"({pattern})", plain) if pattern else [plain]:
        if part:
            run = _lines(line, part)
            if part in blanks:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return line


def _lines(line: Any, text: str, *, bold: bool = False) -> Any:
    run = line.add_run()
    for number, part in enumerate(text.split("\n")):
        if number:
            run.add_break()
        run.add_text(part)
    run.bold = bold or None
    return run


def _step(paper: Any, number: int, text: str, to_fill: Sequence[str]) -> None:
    line = paper.add_paragraph()
    layout = line.paragraph_format
    layout.left_indent, layout.first_line_indent, layout.space_after = Cm(0.8), Cm(-0.8), Pt(5)
    layout.tab_stops.add_tab_stop(Cm(0.8))
    line.add_run(f"{number}.\t").bold = True
    _text(line, text, to_fill)


def _shade(line: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    line._p.get_or_add_pPr().insert_element_before(shade, *_AFTER_SHADE)


def _bar(line: Any) -> None:
    """A bar on the left, so that the paragraph stands apart."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "24"), ("space", "10"), ("color", "1F3A5F")):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    line._p.get_or_add_pPr().insert_element_before(borders, "w:shd", *_AFTER_SHADE)
    line.paragraph_format.left_indent = Cm(0.5)
    line.paragraph_format.space_before = Pt(4)


def _link(line: Any, address: str, words: str) -> None:
    if not address:
        line.add_run(words)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = line.add_run(words)
    run.font.color.rgb, run.font.underline = _LINKED, True
    link.append(run._r)
    line._p.append(link)


def _picture(paper: Any, body: bytes, words: str) -> None:
    small = thumbnail(body, PREVIEW)
    line = paper.add_paragraph()
    if small is None:
        line.add_run(words).font.color.rgb = _QUIET
        return
    shape = line.add_run().add_picture(io.BytesIO(small[0]), width=Cm(min(9.0, small[1] / 80)))
    shape._inline.docPr.set("descr", words)
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def _without_times(body: bytes) -> bytes:
    """The same archive with one fixed time for all its parts, set in the headers before and after them."""
    out = bytearray(body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        listed = archive.start_dir
        for entry in archive.infolist():
            for start in (entry.header_offset + 10, listed + 12):
                out[start : start + 4] = _FIRST_ZIP_DAY
            listed += 46 + sum(struct.unpack_from("<HHH", body, listed + 28))
    return bytes(out)


@lru_cache
def _blank_paper(language: str) -> bytes:
    """An empty paper: margins and type set once, and nothing in it that no draft needs. python-docx brings a
    template of 160 styles and parts for old versions of Word; opening, searching and saving them took most of
    the time of a draft."""
    paper = docx.Document()
    _lighten(paper)
    _set_margins(paper)
    _set_type(paper, language)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _lighten(paper: Any) -> None:
    for rels in (paper.part.package.rels, paper.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNUSED_PARTS)]:
            del rels[key]
    styles = paper.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)


def _set_margins(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(1.6)


def _set_type(paper: Any, language: str) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(5), 1.08
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _LANGUAGES.get(language, "en-GB"))
    style.element.get_or_add_rPr().append(spoken)
    for level, size in _SIZES.items():
        heading = paper.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Calibri", Pt(size), _STRONG
        heading.font.italic = False
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        heading.paragraph_format.space_before = Pt(10 if level < 3 else 6)
        heading.paragraph_format.space_after = Pt(3)


WRITER = Writer("docx", (TextDocument,), write_docx)
