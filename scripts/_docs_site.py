"""The documentation as a site, and the marks by which an outdated translation is noticed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import _setup

DOCS = _setup.ROOT / "docs"
SITE = _setup.ROOT / ".cache" / "site"
MARK = re.compile(r"<!-- translates: (\S+) [0-9a-f]{12} -->")


def build() -> int:
    """Build the site; the first warning, such as a link that leads nowhere, makes it fail."""
    _setup.ready("requirements-docs.txt")
    return _setup.run(["-m", "sphinx", "-aEqnW", "--keep-going", str(DOCS), str(SITE)])


def mark_translations() -> list[Path]:
    """Note in every translated page which state of its original it translates; returns the changed ones."""
    changed = []
    for path in sorted(DOCS.glob("nl/*.md")):
        text = path.read_text(encoding="utf-8")
        marked = MARK.sub(lambda found, path=path: _mark(path, found[1]), text)
        if marked != text:
            path.write_text(marked, encoding="utf-8")
            changed.append(path)
    return changed


def _mark(path: Path, original: str) -> str:
    digest = sha256((path.parent / original).read_bytes()).hexdigest()[:12]
    return f"<!-- translates: {original} {digest} -->"
