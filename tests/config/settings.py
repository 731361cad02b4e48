"""Every setting of the policy, found in the schema itself, and policies in which some of them are changed."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from auditor.app.registry import rules, sources
from auditor.config.settings import whole_file

Keys = tuple[str | int, ...]

#: a policy in which everything that has parts is there
WHOLE: dict[str, Any] = {
    "version": 1,
    "entities": [
        {
            "name": "Vlinderbouw",
            "names": [{"text": "Vlinderbouw"}],
            "pages": ["vlinderbouw"],
            "namesake_pages": ["vlinderbouw-anders"],
            "banners": [{"name": "Herfst", "file": "herfst.png"}],
            "headline": [{"text": "{functie} bij {bedrijf}"}],
            "privacy": {
                "purpose": "juiste weergave",
                "ground": "legitimate interest",
                "balancing_note_date": "2026-01-15",
                "contact": "dpo@vlinderbouw.example",
                "notice_date": "2026-02-01",
            },
            "ladder": ["saved_pages"],
            "letters": {},
        }
    ],
    "rules": {},
    "roster": {"columns": {}, "status_words": {}},
    "sources": {},
    "permission": {
        "decided_by": "J. Verzonnen",
        "basis": "brief 12",
        "decided_on": "2026-01-01",
        "ends_on": "2026-12-31",
    },
    "notices": {"urls": ["json://127.0.0.1/x"]},
}
ROSTER = (
    "Employee number;Full name;Status;LinkedIn\n"
    "7;Bram Verzonnen;active;https://www.linkedin.com/in/bram-verzonnen-x9\n"
)


@dataclass(frozen=True)
class Setting:
    """A place in the policy and what the schema says of it."""

    keys: Keys
    schema: dict[str, Any]

    def has(self, *kinds: str) -> bool:
        """Whether a value of one of these JSON kinds may stand here."""
        return any(one.get("type") in kinds for one in (self.schema, *self.schema.get("anyOf", ())))

    @property
    def name(self) -> str:
        """As mistakes name it."""
        text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.keys)
        return text.removeprefix(".")


def all_settings() -> list[Setting]:
    """Every setting and every group of settings."""
    schema = whole_file(tuple(rules()), tuple(sources().values())).model_json_schema()
    return list(_below((), schema, schema["$defs"]))


def _below(keys: Keys, schema: dict[str, Any], known: dict[str, Any]) -> Iterator[Setting]:
    for one in (schema, *schema.get("anyOf", ())):
        schema = {**schema, **known.get(one.get("$ref", "").rpartition("/")[2], {})}
    if keys:
        yield Setting(keys, schema)
    for name, part in schema.get("properties", {}).items():
        yield from _below((*keys, name), part, known)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _below((*keys, "saved_pages"), schema["additionalProperties"], known)
    if "items" in schema:
        yield from _below((*keys, 0), schema["items"], known)


def policy_with(values: dict[Keys, str]) -> str:
    """The whole policy with these values, written as they would stand in a YAML file."""
    content = copy.deepcopy(WHOLE)
    for number, keys in enumerate(values):
        place: Any = content
        for key, following in itertools.pairwise(keys):
            _put(place, key, [] if isinstance(following, int) else {}, keep=True)
            place = place[key]
        _put(place, keys[-1], f"@{number}@", keep=False)
    text = json.dumps(content, indent=1)
    for number, value in enumerate(values.values()):
        text = text.replace(f'"@{number}@"', value)
    return text


def _put(place: Any, key: str | int, value: Any, *, keep: bool) -> None:
    there = key < len(place) if isinstance(place, list) else key in place
    if isinstance(place, list) and not there:
        place.append(value)
    elif not (keep and there):
        place[key] = value


def make_files(folder: Path) -> tuple[Path, Path]:
    """The banner and a roster beside a policy to be; returns the paths of policy and roster."""
    picture = Image.new("RGB", (400, 100), "navy")
    draw = ImageDraw.Draw(picture)
    for step in range(0, 400, 40):
        draw.ellipse((step, 10, step + 50, 60), outline="white", width=3)
    picture.save(folder / "herfst.png")
    roster = folder / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    return folder / "policy.yaml", roster
