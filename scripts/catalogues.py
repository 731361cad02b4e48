#!/usr/bin/env python3
"""Brings the reports' catalogues up to date with the program: python scripts/catalogues.py [--check]

Collects every text that reports show (Python calls of say, say_count, count and mark, the tables,
the words of the rules, the roster messages), writes locale/auditor.pot, and adds to each language what is
new. What a translator wrote stays. English translations are filled with the text itself; other languages get
an empty text, which `missing_texts()` names; a rule's texts may stay without one, they are then said in
English. With --check nothing is written and the exit status is 1 where something is stale; what a new rule
says need not stand in the catalogues.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditor.app.registry import rule_texts
from auditor.language.roster_messages import intake_codes
from auditor.language.words import RULE_TEXTS
from auditor.reports import LANGUAGES
from auditor.reports.codes import shared_words
from auditor.reports.offboarding import steps as _offboarding

#: where texts arise that reports show
ROOMS = [
    ROOT / "auditor" / name
    for name in ("app", "files", "findings", "offboarding", "reports", "rules", "sources", "web")
]
LOCALE = ROOT / "auditor" / "language" / "locale"
PROJECT = "profile-consistency-auditor"
HEADER = "# The words of the reports. Edit msgstr only; scripts/catalogues.py adds new texts."
CHANGING = (b"-Date:", b"Generated-By:", b"Project-Id-Version:")
#: how texts are found in a file, by its ending; pages of the reports that hold no texts of their own are
#: plain HTML, which reads as a template without any
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
KEYWORDS = {"say": None, "mark": None, "count": (1, 2), "say_count": (2, 3)}


def collect(known: Catalog | None = None) -> Catalog:
    """Every text the reports use, with the file or the rule it comes from; with `known`, what a rule says is
    left out unless it stands there already."""
    catalogue = _catalogue(None)
    for place, text, flags in _texts():
        new = known is not None and not known.get(text if isinstance(text, str) else text[0])
        if not (new and place.startswith(RULE_TEXTS)):
            catalogue.add(text, locations=[(place, 0)], flags=flags)
    return catalogue


def _texts() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    paths = [path for room in ROOMS for kind in METHODS for path in room.rglob(f"*{kind}")]
    for path in sorted(paths, key=lambda path: path.name):
        place = f"{RULE_TEXTS}{path.name}" if path.parent.name == "rules" else path.name
        with path.open("rb") as source:
            for _, message, _, _ in extract(METHODS[path.suffix], source, KEYWORDS):
                yield place, message, ["python-brace-format"]
    shared = [text for words in shared_words().values() for text in words.texts]
    tables = [("_codes.tsv", shared), ("_offboarding.tsv", [*_offboarding.sentences()])]
    tables += [(f"{RULE_TEXTS}{rule.id}", list(rule.texts)) for rule in rule_texts()]
    for place, texts in tables:
        yield from ((place, text, []) for text in texts)
    for code in intake_codes().values():
        if code.messages["en"]:
            yield f"roster message {code.code}", code.messages["en"], []


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        project=PROJECT,
        header_comment=HEADER,
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        fuzzy=False,
    )


def template_text(catalogue: Catalog) -> bytes:
    """The catalogue as a .pot file without dates, so that equal texts give equal bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
    return b"".join(
        line
        for line in out.getvalue().splitlines(keepends=True)
        if not any(mark in line for mark in CHANGING)
    )


def updated(language: str, template: Catalog) -> bytes:
    """A language's catalogue with the template's texts and the translations it had."""
    path = LOCALE / language / "LC_MESSAGES" / "auditor.po"
    known = read_po(io.BytesIO(path.read_bytes())) if path.exists() else Catalog()
    fresh = _catalogue(language)
    for message in template:
        if message.id:
            old = known.get(message.id if isinstance(message.id, str) else message.id[0])
            string = old.string if old and old.string else _first_translation(language, message.id)
            fresh.add(message.id, string, message.locations, message.flags)
    return template_text(fresh)


def _first_translation(language: str, text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if language == "en":
        return text
    if language == "nl" and isinstance(text, str):
        dutch = {code.messages["en"]: code.messages["nl"] for code in intake_codes().values()}
        return dutch.get(text, "")
    return "" if isinstance(text, str) else ("", "")


def main() -> int:
    """Write, or with --check compare, the template and the four catalogues."""
    known = read_po(io.BytesIO((LOCALE / "auditor.pot").read_bytes()))
    checking = "--check" in sys.argv[1:]
    template = collect(known if checking else None)
    wanted = {LOCALE / "auditor.pot": template_text(template)}
    for language in LANGUAGES:
        wanted[LOCALE / language / "LC_MESSAGES" / "auditor.po"] = updated(language, template)
    stale = [path for path, body in wanted.items() if not path.exists() or path.read_bytes() != body]
    if checking:
        for path in stale:
            print(f"out of date: {path.relative_to(ROOT)}; run scripts/catalogues.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
