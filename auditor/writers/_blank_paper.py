"""An empty paper for drafts: margins and type set once, and nothing in it that no draft needs.

python-docx brings a template of 160 styles and several parts for old versions of Word; opening, searching
and saving them took most of the time of a draft.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

STRONG = RGBColor(0x1F, 0x3A, 0x5F)
_SIZES = {1: 18, 2: 13, 3: 11, 4: 11}
_LANGUAGES = {"en": "en-GB", "nl": "nl-NL", "fr": "fr-FR", "de": "de-DE"}
_KEPT_STYLES = frozenset(
    {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    | {name for level in _SIZES for name in (f"Heading{level}", f"Heading{level}Char")}
)
_UNUSED_PARTS = ("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering", "/webSettings")


def blank_paper(language: str) -> Any:
    """A new document of python-docx in a language, ready to be filled."""
    return docx.Document(io.BytesIO(_blank(language)))


@lru_cache
def _blank(language: str) -> bytes:
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
        heading.font.name, heading.font.size, heading.font.color.rgb = "Calibri", Pt(size), STRONG
        heading.font.italic = False
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        heading.paragraph_format.space_before = Pt(10 if level < 3 else 6)
        heading.paragraph_format.space_after = Pt(3)
