#!/usr/bin/env python3
"""The packages that the program depends on: their licences, and what they weigh.

python3 scripts/dependencies.py              write docs/licences.md from the installed packages
python3 scripts/dependencies.py --weights    print what each named dependency weighs here

Run it with the Python of an environment that holds the extras too. Weights differ between systems and
versions of Python, so no test compares them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
EXTRAS = ("browser", "postgres", "notices", "desk", "member", "cluster")
#: the extra that a file of requirements stands for; "" is what everybody installs
FILES = {"": "requirements.in", **{one: f"requirements-{one}.in" for one in EXTRAS}}
_HEAD = """\
# Licences of the dependencies

Generated from the installed packages by `scripts/dependencies.py`. The program itself is under the MIT
licence (`LICENSE`). A package without an entry under *named for* comes with one that has it. Each package
carries the text of its licence in its own `.dist-info` folder.

| package | named for | licence |
|---|---|---|
"""


def main() -> int:
    if "--weights" in sys.argv:
        print("\n".join(f"{alone:6.1f} {own:6.1f}  {name}" for alone, own, name in weights()))
    else:
        PAGE.write_text(licences(), encoding="utf-8")
    return 0


def named() -> dict[str, tuple[Requirement, list[str]]]:
    """What the requirements files name, by its name, with the extras that their files stand for."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for extra, file in FILES.items():
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("-", "#")):
                wanted = Requirement(line)
                found.setdefault(canonicalize_name(wanted.name), (wanted, []))[1].append(extra)
    return found


def brought(wanted: Iterable[Requirement]) -> set[str]:
    """The installed packages that these requirements bring, themselves included."""
    found: set[str] = set()
    asked: set[tuple[str, str]] = set()
    waiting = [(one, extra) for one in wanted for extra in ("", *sorted(one.extras))]
    while waiting:
        one, extra = waiting.pop()
        name = canonicalize_name(one.name)
        if (name, extra) in asked:
            continue
        asked.add((name, extra))
        try:
            needs = map(Requirement, metadata.requires(name) or ())
        except metadata.PackageNotFoundError:  # another system needs it
            continue
        found.add(name)
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(need, more) for more in ("", *sorted(need.extras))]
    return found


def licences() -> str:
    """The page: every package that the named ones bring, with its licence."""
    wanted = named()
    rows = []
    for name in sorted(brought(one for one, _ in wanted.values())):
        extras = wanted[name][1] if name in wanted else []
        place = "everybody" if "" in extras else ", ".join(f"extra `{extra}`" for extra in extras)
        rows.append(f"| {name} | {place} | {licence_of(name)} |")
    return _HEAD + "\n".join(rows) + "\n"


def licence_of(name: str) -> str:
    """The SPDX expression, else the classifiers, else the first line of the free text."""
    about = metadata.metadata(name)
    classes = (
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("Lic")
    )
    kinds = ", ".join(one for one in classes if one != "OSI Approved")
    free = next(iter((about.get("License") or "").strip().splitlines()), "")
    return about.get("License-Expression") or kinds or free or "see the package"


def weights() -> list[tuple[float, float, str]]:
    """MB that go where a named package goes (it and what it alone brings), MB of its own, its name."""
    wanted = named()
    sizes = {name: size_of(name) for name in brought(one for one, _ in wanted.values())}
    rows = []
    for name in wanted:
        others = brought(one for other, (one, _) in wanted.items() if other != name)
        rows.append((sum(sizes[one] for one in set(sizes) - others), sizes.get(name, 0.0), name))
    return sorted(rows, reverse=True)


def size_of(name: str) -> float:
    """MB (2**20 bytes) of the files that a package has installed, compiled ones included."""
    files = metadata.files(name) or ()
    places = {Path(str(file.locate())) for file in files}
    return sum(place.stat().st_size for place in places if place.is_file()) / 2**20


if __name__ == "__main__":
    raise SystemExit(main())
