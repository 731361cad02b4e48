#!/usr/bin/env python3
"""Brings the reports' catalogues up to date with the program: python scripts/catalogues.py [--check]

Collects every text that reports show (Python calls of say, say_count, count, mark and mark_count, the two
tables, the roster messages), writes locale/auditor.pot, and adds to each language what is new. What a translator
wrote stays. English translations are filled with the text itself; other languages get an empty text, which
`missing_texts()` names. With --check nothing is written and the exit status is 1 where something is stale.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditor.language.roster_messages import intake_codes
from auditor.reports import LANGUAGES
from auditor.reports import codes as _codes
from auditor.reports.offboarding import steps as _offboarding

#: where texts arise that reports show
ROOMS = [ROOT / "auditor" / name for name in ("app", "findings", "offboarding", "reports", "rules")]
LOCALE = ROOT / "auditor" / "language" / "locale"
PROJECT = "profile-consistency-auditor"
HEADER = "# The words of the reports. Edit msgstr only; scripts/catalogues.py adds new texts."
CHANGING = (b"-Date:", b"Generated-By:", b"Project-Id-Version:")
KEYWORDS = {"say": None, "mark": None, "count": (1, 2), "mark_count": (1, 2), "say_count": (2, 3)}


def collect() -> Catalog:
    """Every text the reports use, with the file it comes from."""
    catalogue = _catalogue(None)
    paths = [path for room in ROOMS for path in room.rglob("*.py")]
    for path in sorted(paths, key=lambda path: path.name):
        with path.open("rb") as source:
            for _, message, _, _ in extract("python", source, KEYWORDS):
                catalogue.add(message, locations=[(path.name, 0)], flags=["python-brace-format"])
    for name, texts in (("_codes.tsv", _codes.sentences()), ("_offboarding.tsv", _offboarding.sentences())):
        for text in texts:
            catalogue.add(text, locations=[(name, 0)])
    for code in intake_codes().values():
        if code.messages["en"]:
            catalogue.add(code.messages["en"], locations=[(f"roster message {code.code}", 0)])
    return catalogue


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
    template = collect()
    wanted = {LOCALE / "auditor.pot": template_text(template)}
    for language in LANGUAGES:
        wanted[LOCALE / language / "LC_MESSAGES" / "auditor.po"] = updated(language, template)
    stale = [path for path, body in wanted.items() if not path.exists() or path.read_bytes() != body]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"out of date: {path.relative_to(ROOT)}; run scripts/catalogues.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
