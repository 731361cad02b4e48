"""The cases of the rules, for this program's own tests and for any other implementation of the rules.

Each case is a situation with the outcome that is right. The files lie beside the rules, in `rules/cases`.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from ruamel.yaml import YAML

import auditor
from auditor.app.registry import rule_texts, rules
from auditor.demo.banners import landscape
from auditor.errors import ReportError
from auditor.files.writing import write_atomic

#: the words of W3C's Accessibility Conformance Testing rules for the four outcomes
ACT_OUTCOMES: Mapping[str, str] = {
    "passed": "passed",
    "failed": "failed",
    "undetermined": "cantTell",
    "not_applicable": "inapplicable",
}
FORMAT = 1


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A situation and what is right: `given` as it stands in the file, the outcome's word and its code."""

    id: str
    title: str
    given: Mapping[str, Any]
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class RuleCases:
    """The cases of a rule, and what the rule gets wrong, in a paragraph."""

    rule_id: str
    gets_wrong: str
    cases: tuple[RuleCase, ...]


@cache
def setting() -> Mapping[str, Any]:
    """What all cases share: the day, the person and the company, unless a case says otherwise."""
    return _content("setting")


@cache
def rule_cases() -> tuple[RuleCases, ...]:
    """The cases of every rule, in the order of their ids; a rule whose file is not written yet has none."""
    return tuple(_cases_of(rule.id) for rule in sorted(rules(), key=lambda rule: rule.id))


def _cases_of(rule_id: str) -> RuleCases:
    try:
        content = _content(rule_id)
    except FileNotFoundError:
        return RuleCases(rule_id, "", ())
    cases = []
    for number, row in enumerate(content["cases"], 1):
        outcome, _, code = row["expect"].partition(" ")
        given = {key: value for key, value in row.items() if key not in ("case", "expect")}
        cases.append(RuleCase(f"{rule_id}-{number:02}", row["case"], given, outcome, code))
    return RuleCases(rule_id, " ".join(content["gets_wrong"].split()), tuple(cases))


def _content(name: str) -> Mapping[str, Any]:
    text = files("auditor.rules").joinpath("cases", f"{name}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = YAML(typ="safe").load(text)
    return content


@cache
def case_pictures() -> Mapping[str, Image.Image]:
    """The pictures that cases name, at the advised size of 1584 x 396."""
    sister = _drawing(("#2e2a4f", "#5d8aa8", "#e4572e"), 150).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return {
        "current": _drawing(("#0b3d66", "#1f7a5c", "#f2c14e")),
        "previous": _drawing(("#7b1e3b", "#c06c2b", "#f7efe2"), -330),
        "sister": sister,
        "own photo": landscape("own photo").resize((1584, 396), Image.Resampling.LANCZOS),
    }


def _drawing(colours: tuple[str, str, str], shift: int = 0) -> Image.Image:
    """An invented banner: a sky, hills and a sun."""
    picture = Image.new("RGB", (1584, 396), colours[0])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((1200 + shift, 40, 1400 + shift, 240), fill=colours[2])
    for hill in range(7):
        left, top = hill * 260 - 200 + shift * (hill % 3), 210 + 31 * (hill % 3)
        draw.ellipse((left, top, left + 520, 700), fill=colours[1], outline=colours[2], width=5)
    for post in range(30, 1584, 97):
        draw.rectangle((post, 300 - post % 83, post + 18, 396), fill=colours[2])
    return picture


def export_cases(folder: Path) -> tuple[Path, ...]:
    """Write a file for each rule, a description of their words and the pictures. Returns the paths of the
    files, the description first. Raises ReportError."""
    written = {folder / "README.md": _README.encode()}
    for name, picture in case_pictures().items():
        body = io.BytesIO()
        picture.save(body, "PNG")
        written[folder / "pictures" / f"{name.replace(' ', '-')}.png"] = body.getvalue()
    for one in rule_cases():
        text = json.dumps(_exported(one), indent=1, ensure_ascii=False) + "\n"
        written[folder / f"{one.rule_id}.json"] = text.encode()
    try:
        for path, content in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, content, mode=None)
    except OSError as trouble:
        raise ReportError(
            f"{folder} cannot be written: {trouble.strerror or trouble}.", code="NOT_WRITABLE"
        ) from None
    return tuple(path for path in written if path.parent == folder)


def _exported(one: RuleCases) -> dict[str, Any]:
    (text,) = (text for text in rule_texts() if text.id == one.rule_id)
    return {
        "format": FORMAT,
        "version": auditor.__version__,
        "rule": one.rule_id,
        "name": text.name,
        "summary": text.sections["Summary"],
        "checks": " ".join(text.sections["What it checks"].split()),
        "gets_wrong": one.gets_wrong,
        "cases": [_exported_case(case) for case in one.cases],
    }


def _exported_case(case: RuleCase) -> dict[str, Any]:
    shared = setting()
    own = ("state", "title", "language", "address", "grace until")
    person = {**shared["person"], **{key: case.given[key] for key in own if key in case.given}}
    given = {
        "day": str(shared["day"]),
        "person": {key.replace(" ", "_"): _plain(value) for key, value in person.items()},
        "company": shared["company"],
        "evidence": {"status": case.given.get("status", "ok"), "page": case.given.get("page", {})},
    }
    expected = {"outcome": case.outcome, "code": case.code, "act": ACT_OUTCOMES[case.outcome]}
    found = {"input": _plain(given), "expected": expected}
    if "never" in case.given:
        found["never_repeated"] = case.given["never"]
    return {"id": case.id, "title": case.title, **found, "sha256": _digest(found)}


def _plain(value: Any) -> Any:
    """The value as JSON holds it; days as YYYY-MM-DD."""
    return json.loads(json.dumps(value, default=str))


def _digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the content as compact JSON with sorted keys, in UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


_README = """\
# Cases of the profile consistency rules

One file for each rule, in the manner of W3C's ACT rules: what the rule checks, what it gets wrong, and cases.
Everybody and everything in them is invented. Any implementation of the rules may be tested with them.

A case has an `input`, the `expected` outcome, and `sha256`: the digest of `input`, `expected` and (if there)
`never_repeated`, as one JSON object in UTF-8 with sorted keys and without spaces.

| word | meaning |
|---|---|
| `day` | the day of the audit |
| `person` | what the employee list says; `state` is what it says of the person on that day |
| `company` | what the policy asks for; `pictures/` holds the banners that it names |
| `evidence.status` | how the look went: `ok`, `not_found`, `auth_wall`, `no_url`, `wrong_person` |
| `evidence.page` | what was visible; what is not named was not seen, which is not the same as absent |
| `page.kind` | `profile_masked`: headline and positions were hidden; otherwise a full page |
| `page.banner` | a picture's name, `default` (LinkedIn's own), `not loaded`, or `broken` (no picture) |
| `page.positions` | the list; `at`: employer, `link`: its page, `current`: whether it goes on |
| `page.top card` | the one employer beside the name |
| `never_repeated` | a text that no outcome may contain |
| `expected.outcome` | `passed`, `failed`, `undetermined`, `not_applicable`; `act` is ACT's word for it |
| `expected.code` | this program's code for the reason; others may have their own |
"""
