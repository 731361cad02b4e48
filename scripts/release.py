#!/usr/bin/env python3
"""What a release is made of and comes with; everything lands in `dist/`.

python3 scripts/release.py build    the wheel and the source, checked by twine
python3 scripts/release.py sbom     the parts list (CycloneDX) of all pinned packages
python3 scripts/release.py audit    known weaknesses of the pinned packages; asks a database on the internet
python3 scripts/release.py notes    what CHANGELOG.md says of this version (or as *Unreleased*)
python3 scripts/release.py          all four
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import _setup

DIST = _setup.ROOT / "dist"
#: what anybody can install of this program
PINS = tuple(f"requirements{extra}.txt" for extra in ("", "-desk", "-member", "-cluster"))


def main() -> int:
    asked = sys.argv[1:] or list(STEPS)
    if unknown := [one for one in asked if one not in STEPS]:
        _setup.fail(f"There is no step {unknown[0]!r}. Steps: {', '.join(STEPS)}.")
    _setup.ready("requirements-dev.txt")
    _setup.ready("requirements-release.txt")
    failed = [one for one in asked if STEPS[one]() != 0]
    _setup.say(f"Failed: {', '.join(failed)}" if failed else f"Done; see {DIST}")
    return 1 if failed else 0


def build() -> int:
    """The wheel and the source distribution."""
    if status := called("build", "--no-isolation", "--outdir", str(DIST), str(_setup.ROOT)):
        return status
    return called("twine", "check", "--strict", *(str(one) for one in DIST.glob("profile_*")))


def sbom() -> int:
    """The parts list of the pinned packages, with their hashes."""
    DIST.mkdir(exist_ok=True)
    return with_pins(
        lambda pins: called(
            *("cyclonedx_py", "requirements", str(pins), "--pyproject", str(_setup.ROOT / "pyproject.toml")),
            *("--output-reproducible", "--of", "JSON", "-o", str(DIST / "sbom.cdx.json")),
        )
    )


def audit() -> int:
    """Known weaknesses. Strict: a package that the database does not know is a failure, not a clean bill."""
    return with_pins(
        lambda pins: called("pip_audit", "--strict", "--disable-pip", "--require-hashes", "-r", str(pins))
    )


def notes() -> int:
    """What the changelog says of this version, as a file."""
    changelog = (_setup.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    code = (_setup.ROOT / "auditor" / "__init__.py").read_text(encoding="utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE)
    DIST.mkdir(exist_ok=True)
    (DIST / "notes.md").write_text(section(changelog, version), encoding="utf-8")
    return 0


def section(changelog: str, version: str) -> str:
    """The section of a version, or of what is not released yet, without its heading; links as they stand."""
    sections = re.split(r"^## \[(.+?)\].*\n", changelog, flags=re.MULTILINE)
    found = dict(zip(sections[1::2], sections[2::2], strict=True))
    return found.get(version, found.get("Unreleased", "")).strip() + "\n"


STEPS: dict[str, Callable[[], int]] = {"build": build, "sbom": sbom, "audit": audit, "notes": notes}


def with_pins(step: Callable[[Path], int]) -> int:
    """Do a step with one file of all pins; a package that several files pin stands in it once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pins.txt"
        path.write_text("\n".join(pins()) + "\n", encoding="utf-8")
        return step(path)


def pins() -> list[str]:
    """Every pinned package with its hashes, as the files have it."""
    found = {}
    for name in PINS:
        text = (_setup.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = (line.strip() for line in text.splitlines())
        found.update({line.partition(" ")[0]: line for line in lines if line and not line.startswith("#")})
    return [found[one] for one in sorted(found)]


def called(module: str, *arguments: str) -> int:
    """Run a module of the environment."""
    command = [str(_setup.PYTHON), "-P", "-m", module, *arguments]
    return subprocess.run(command, cwd=_setup.ROOT, env=_setup.surroundings()).returncode


if __name__ == "__main__":
    raise SystemExit(main())
