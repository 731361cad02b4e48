"""Reads the policy file into a `Policy`; all mistakes are shown together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from auditor.config.entities import companies
from auditor.config.mistakes import MistakeList
from auditor.config.positions import plain, read_yaml
from auditor.config.schema import EntitySection, PolicyFile
from auditor.domain.health import HealthLimits
from auditor.domain.notice import Notices
from auditor.domain.policy import Permission, Policy, Privacy, Retention, RosterPolicy
from auditor.domain.rule import BoundRule, Rule, Severity
from auditor.errors import ConfigError, Mistake
from auditor.ports import Source

_SOURCE_WORDS = ("ladder", "evidence_days")


def load_policy(path: Path, rules: Sequence[Rule], sources: Sequence[Source]) -> Policy:
    """The checked policy of a file. Raises ConfigError holding every mistake, with line and column."""
    text = _read_text(path)
    tree = read_yaml(path, text)
    content = plain(tree)
    mistakes = MistakeList(path, tree)
    parsed: PolicyFile | None = None
    try:
        parsed = PolicyFile.model_validate(content)
    except ValidationError as trouble:
        mistakes.add_all(trouble, _known_keys(PolicyFile))
    bound = _bind_rules(content.get("rules"), rules, mistakes)
    settings = _bind_sources(content.get("sources"), sources, mistakes)
    source_names = [source.name for source in sources]
    ladder, days = _ladder(content.get("sources"), sources, mistakes)
    entities = companies(_valid_entities(content), path.parent, source_names, mistakes)
    default = parsed.default_entity if parsed else ""
    if parsed and default and default not in entities:
        mistakes.add(("default_entity",), f"there is no entity named {default!r}")
    if mistakes.found or parsed is None:
        raise ConfigError(mistakes.found)
    public = settings.get("public_page")
    return Policy(
        companies=entities,
        default_entity=default or next(iter(entities)),
        rules=bound,
        roster=RosterPolicy(**parsed.roster.model_dump()),
        ladder=ladder,
        source_settings=settings,
        evidence_days=days,
        health=HealthLimits(**parsed.health.model_dump()),
        privacy={entity.name: Privacy(**entity.privacy.model_dump()) for entity in parsed.entities},
        allowed_hosts=frozenset(getattr(public, "allowed_hosts", ())),
        permission=Permission(**parsed.permission.model_dump()) if parsed.permission else None,
        store_address=parsed.store.address,
        language=parsed.language,
        thumbnails=parsed.reports.thumbnails,
        keep_captures_days=parsed.store.keep_captures_days,
        path=path,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        retention=Retention(**parsed.retention.model_dump()),
        reports_password_env=parsed.reports.password_env,
        packs=parsed.reports.packs,
        letter_form=parsed.reports.letter_form,
        notices=Notices(tuple(dict.fromkeys(parsed.notices.urls)), frozenset(parsed.notices.on)),
    )


def _valid_entities(content: dict[str, Any]) -> list[tuple[int, EntitySection]]:
    """The entities whose shape is right, so that their files are checked although others are wrong."""
    given = content.get("entities")
    valid = []
    for index, entity in enumerate(given if isinstance(given, list) else []):
        try:
            valid.append((index, EntitySection.model_validate(entity)))
        except ValidationError:
            continue
    return valid


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "Write one with: auditor init"
        raise ConfigError([Mistake(str(path), 0, 0, "", "there is no such file")], hint) from None
    except (OSError, UnicodeDecodeError) as trouble:
        raise ConfigError([Mistake(str(path), 0, 0, "", f"cannot be read: {trouble}")]) from None


def _known_keys(model: type[BaseModel]) -> set[str]:
    known: set[str] = set()
    for name, field in model.model_fields.items():
        known.add(name)
        for part in (field.annotation, *_type_parts(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                known |= _known_keys(part)
    return known


def _type_parts(annotation: Any) -> tuple[Any, ...]:
    parts = get_args(annotation)
    return parts + tuple(deeper for part in parts for deeper in _type_parts(part))


def _bind_rules(section: Any, rules: Sequence[Rule], mistakes: MistakeList) -> tuple[BoundRule, ...]:
    options = section if isinstance(section, dict) else {}
    for rule_id in options:
        if rule_id not in {rule.id for rule in rules}:
            mistakes.add_unknown(("rules", rule_id), (rule.id for rule in rules))
    bound = []
    for rule in rules:
        given = dict(options.get(rule.id) or {}) if isinstance(options.get(rule.id) or {}, dict) else {}
        enabled = given.pop("enabled", True)
        severity = given.pop("severity", None)
        if not isinstance(enabled, bool):
            mistakes.add(("rules", rule.id, "enabled"), "must be true or false")
        if severity is not None and severity not in list(Severity):
            mistakes.add(("rules", rule.id, "severity"), f"must be one of {', '.join(Severity)}")
            severity = None
        settings = settings_of(rule.settings, given, ("rules", rule.id), mistakes, ("enabled", "severity"))
        if enabled is True:
            bound.append(BoundRule(rule, settings, Severity(severity) if severity else None))
    return tuple(bound)


def _bind_sources(section: Any, sources: Sequence[Source], mistakes: MistakeList) -> dict[str, Any]:
    options = section if isinstance(section, dict) else {}
    names = [source.name for source in sources]
    for name in options:
        if name not in names and name not in _SOURCE_WORDS:
            mistakes.add_unknown(("sources", name), [*names, *_SOURCE_WORDS])
    return {
        source.name: settings_of(
            source.settings, options.get(source.name), ("sources", source.name), mistakes
        )
        for source in sources
    }


def settings_of(
    kind: type[Any], given: Any, keys: tuple[str, ...], mistakes: MistakeList, also_known: Sequence[str] = ()
) -> Any:
    """The settings dataclass `kind` of a section of the file; its defaults where that has mistakes."""
    if given is None:
        given = {}
    if not isinstance(given, dict):
        mistakes.add(keys, "must be a group of settings")
        return kind()
    known = [field.name for field in fields(kind)]
    for name in given:
        if name not in known:
            mistakes.add_unknown((*keys, name), [*known, *also_known])
    try:
        return TypeAdapter(kind).validate_python({k: v for k, v in given.items() if k in known})
    except ValidationError as trouble:
        mistakes.add_all(trouble, known, keys)
        return kind()


def _ladder(
    section: Any, sources: Sequence[Source], mistakes: MistakeList
) -> tuple[tuple[str, ...], dict[str, int]]:
    options = section if isinstance(section, dict) else {}
    names = [source.name for source in sources]
    days = {source.name: source.evidence_days for source in sources}
    ladder = options.get("ladder", ["saved_pages"])
    if not isinstance(ladder, list) or not ladder:
        mistakes.add(("sources", "ladder"), "must be a list with at least one source")
        ladder = []
    for index, name in enumerate(ladder):
        if name not in names:
            mistakes.add(
                ("sources", "ladder", index), f"there is no source {name!r}; known: {', '.join(names)}"
            )
    for name, value in _as_dict(options.get("evidence_days")).items():
        if name not in names:
            mistakes.add_unknown(("sources", "evidence_days", name), names)
        elif not isinstance(value, int) or isinstance(value, bool) or value < 1:
            mistakes.add(("sources", "evidence_days", name), "must be a whole number of days, 1 or more")
        else:
            days[name] = value
    return tuple(dict.fromkeys(str(name) for name in ladder)), days


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
