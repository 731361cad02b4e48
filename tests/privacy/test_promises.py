"""Promises that no single function keeps: the legend's sentences, nothing sends, nothing searches."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import auditor
from auditor.language.words import LANGUAGES, words_of
from auditor.model.document import Heading, Page, Paragraph, Workbook
from auditor.reports.documents import audit_workbook as exceptions
from tests.reports.invented import sixty

PACKAGE = Path(auditor.__file__).parent
SENTENCES = (
    "Purpose: correct presentation, not collecting proof.",
    "Findings are not used for appraisal, pay or discipline.",
    "A profile belongs to the person; every change is voluntary unless agreed otherwise in writing.",
    "Should a finding be needed in a dispute: stop, and ask Legal first.",
)


def workbooks(language):
    return [
        one
        for one in exceptions.REPORTER.make(replace(sixty(), language=language))
        if isinstance(one, Workbook)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_legend_says_what_it_is_not_for_in_its_own_language(language):
    wanted = [words_of(language).say(sentence) for sentence in SENTENCES]
    if language != "en":
        assert not set(wanted) & set(SENTENCES), "said in English only"
    books = workbooks(language)
    assert len(books) == 4, "one for all, one for each of three entities"
    for book in books:
        legend = next(part for part in book.tables if part.key == "legend")
        assert isinstance(legend, Page)
        texts = [block.text for block in legend.blocks if isinstance(block, Paragraph | Heading)]
        for sentence in wanted:
            assert any(sentence in text for text in texts), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_to_object_stands_apart_and_names_whom_to_ask(language):
    template = (
        "Whoever does not want to be checked can object at any time and without giving a reason: {contact}."
    )
    for book in workbooks(language):
        legend = next(part for part in book.tables if part.key == "legend")
        said = [block.text for block in legend.blocks if isinstance(block, Paragraph)]
        start = words_of(language).say(template, contact="\x00").split("\x00")[0]
        assert any(start in text for text in said)


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


#: who may speak to the network at all, and for what
MAY_CONNECT = {
    "playwright": {
        "sources/_public_pages.py",
        "sources/_browser.py",
        "sources/_traffic.py",
        "sources/_visit.py",
    },
    "apprise": {"notices/sending.py", "config/kinds.py"},
    "httpx": {"sources/_portability.py"},
}
NEVER = {
    "smtplib",
    "imaplib",
    "ftplib",
    "telnetlib",
    "requests",
    "urllib3",
    "aiohttp",
    "http.client",
}


def test_nothing_can_send_a_letter_and_only_three_doors_lead_out():
    """G25, G29: letters are drafts; notices hold counts (tests/notices); pages come through one browser,
    and what members let us read through one connection with LinkedIn."""
    seen = {}
    for name, tree in modules():
        for library in set(imported(tree)):
            assert library not in NEVER, f"{name} imports {library}"
            if library in MAY_CONNECT:
                seen.setdefault(library, set()).add(name)
    assert seen.keys() == MAY_CONNECT.keys()
    for library, names in seen.items():
        assert names <= MAY_CONNECT[library], f"{library} in {names - MAY_CONNECT[library]}"


def test_nobody_is_looked_for_by_name():
    """G02: no address of a search, a people list or somebody's posts is ever built."""
    forbidden = ("search/results", "/search?", "people/?", "/recent-activity", "/detail/contact", "pub/dir")
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"demo", "proof"} & set(path.parts):  # their pages imitate the site's
            text = path.read_text(encoding="utf-8")
            assert not [word for word in forbidden if word in text], path
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "goto":
                assert name in ("sources/_visit.py", "sources/_browser.py"), name
