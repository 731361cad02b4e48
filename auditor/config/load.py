"""Reads the policy file into a `Policy`; all mistakes are shown together."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from auditor.config.entities import companies
from auditor.config.kinds import FIRST_DAY, definite_address
from auditor.config.mistakes import Key, MistakeList, nearest, place_of, plain, read_yaml
from auditor.config.schema import BannerBandsSection, EntitySection, PolicyFile, SourcesSection
from auditor.config.settings import as_settings, read_settings, section_of, section_of_rule
from auditor.errors import ConfigError, Mistake
from auditor.files.reading import read_file, why_unread
from auditor.model.company import BannerBands
from auditor.model.health import HealthLimits
from auditor.model.hosts import HIGHEST_DAILY_CAP, LEAST_PAUSE, needs_slow_pace
from auditor.model.notice import Notices
from auditor.model.policy import Permission, Policy, Privacy, Retention, RosterPolicy
from auditor.model.rule import BoundRule, Rule
from auditor.ports import Source

#: the part of the file that a decision belongs to: `("entities", 0)`, `("permission",)`
Part = tuple[Key, ...]

_PRIVACY = {
    "purpose": "why the profiles are checked, in a sentence that you can tell your people",
    "ground": "the legal ground, for example: legitimate interest",
    "balancing_note_date": "the date of the note that weighs the company's interest against your people's, "
    "as 2026-11-30",
    "contact": "whom your people can ask about their data, for example a mail address",
    "notice_date": "the day on which your people were informed of the checks, as 2026-11-30",
}
_PERMISSION = {
    "decided_by": "name and role of the person who decided",
    "basis": "the written basis, and where it is filed",
    "decided_on": "the first day of the permission, as 2026-11-30",
    "ends_on": "its last day, as 2026-11-30",
}
_SIGNED_IN = {
    "decided_by": "name and role of the person who decided",
    "decided_on": "the first day on which such pages are accepted, as 2026-11-30",
    "reason": "why they are accepted, in a sentence that you can tell your people",
}
#: fields with a default: they are missing only if they are written and empty
_WITH_DEFAULT = frozenset({"ground"})


def fill_open_fields(content: dict[str, Any], mistakes: MistakeList) -> dict[Part, list[Mistake]]:
    """What must still be filled in, by the part of the file that cannot be used before.

    The content gets placeholders there, so that the rest can be checked. They must not be used otherwise.
    """
    found: dict[Part, list[Mistake]] = {}
    for part, keys, group, wanted in _groups(content):
        for name, words in wanted.items():
            missing = name not in group and name not in _WITH_DEFAULT
            if missing or (name in group and _is_empty(group[name])):
                what = "is missing" if missing else "must not be empty"
                mistake = mistakes.at((*keys, name), f"{what}; fill in {words}")
                found.setdefault(part, []).append(mistake)
                group[name] = FIRST_DAY if name.endswith(("_date", "_on")) else "open"
    return found


def _groups(content: dict[str, Any]) -> Iterator[tuple[Part, Part, dict[str, Any], Mapping[str, str]]]:
    entities = content.get("entities")
    for index, entity in enumerate(entities if isinstance(entities, list) else []):
        privacy = entity.get("privacy") if isinstance(entity, dict) else None
        if isinstance(privacy, dict):
            yield ("entities", index), ("entities", index, "privacy"), privacy, _PRIVACY
    if isinstance(content.get("permission"), dict):
        yield ("permission",), ("permission",), content["permission"], _PERMISSION


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


_SOURCE_WORDS = tuple(SourcesSection.model_fields)
#: where earlier versions wrote the banner bands, as settings of one rule; they hold for every judge
FORMER_PLACE_OF_BANDS = ("rules", "BNR001")
#: a policy of a hundred entities has a fifth of this
LARGEST_POLICY = 1_000_000


def load_policy(
    path: Path,
    rules: Sequence[Rule],
    sources: Sequence[Source],
    *,
    fields: Collection[str] = (),
    unfinished: bool = False,
) -> Policy:
    """The checked policy of a file. Raises ConfigError holding every mistake, with line and column.

    `fields` are those that a column of the roster may hold; where none are given, they are not checked.

    With `unfinished` a policy is given too in which only the decisions are still open that must stand
    before people are checked; the policy names them in `to_fill_in`.
    """
    body, text = read_policy_text(path)
    tree = read_yaml(path, text)
    content = plain(tree)
    mistakes = MistakeList(path, tree)
    still_open = fill_open_fields(content, mistakes)
    former_bands = _take_former_bands(content, mistakes)
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
    if parsed and fields:
        _check_columns(parsed.roster.columns, fields, mistakes)
    if parsed and parsed.store.address:
        try:
            definite_address(parsed.store.address, path.parent)
        except ValueError as trouble:
            mistakes.add(("store", "address"), str(trouble))
    open_mistakes = [mistake for part in still_open.values() for mistake in part]
    if mistakes.found or parsed is None or (open_mistakes and not unfinished):
        raise ConfigError(
            sorted([*mistakes.found, *open_mistakes], key=lambda one: (one.line, one.column)),
            code="POLICY_MISTAKE" if mistakes.found else "POLICY_TO_FILL_IN",
        )
    public = settings.get("public_page")
    bands = BannerBands(
        *(
            getattr(former_bands, name)
            if getattr(parsed.banner, name) is None
            else getattr(parsed.banner, name)
            for name in ("match_below", "differs_above")
        )
    )
    return Policy(
        companies={name: replace(entity, banner_bands=bands) for name, entity in entities.items()},
        default_entity=default or next(iter(entities)),
        rules=bound,
        roster=RosterPolicy(**parsed.roster.model_dump()),
        ladder=ladder,
        source_settings=settings,
        evidence_days=days,
        health=HealthLimits(**parsed.health.model_dump()),
        privacy={
            entity.name: Privacy(**entity.privacy.model_dump())
            for index, entity in enumerate(parsed.entities)
            if ("entities", index) not in still_open
        },
        allowed_hosts=frozenset(getattr(public, "allowed_hosts", ())),
        permission=_permission(parsed, still_open),
        store_address=parsed.store.address,
        workers=parsed.run.workers,
        cluster=parsed.run.cluster,
        sample=parsed.run.sample,
        language=parsed.language,
        thumbnails=parsed.reports.thumbnails,
        keep_captures_days=parsed.store.keep_captures_days,
        path=path,
        sha256=hashlib.sha256(body).hexdigest(),
        retention=Retention(**parsed.retention.model_dump()),
        reports_password_env=parsed.reports.password_env,
        packs=parsed.reports.packs,
        summary=parsed.reports.extent == "summary",
        letter_form=parsed.reports.letter_form,
        notices=Notices(tuple(dict.fromkeys(parsed.notices.urls)), frozenset(parsed.notices.on)),
        to_fill_in=tuple(open_mistakes),
    )


def _check_columns(columns: Mapping[str, str], fields: Collection[str], mistakes: MistakeList) -> None:
    """A field that does not exist would switch off the column that the program knows by itself."""
    for heading, name in columns.items():
        if name in fields:
            continue
        words = f"there is no field {name!r}{nearest(name, fields)}; known: {', '.join(fields)}"
        if heading in fields:
            words = f'the heading stands first and its field after it: write {{"{name}": {heading}}}'
        mistakes.add(("roster", "columns", heading), words)


def _take_former_bands(content: dict[str, Any], mistakes: MistakeList) -> BannerBandsSection:
    """The banner bands at their former place, taken out of the content. Set at both places is a mistake."""
    rules, rule_id = FORMER_PLACE_OF_BANDS
    options, now = content.get(rules), content.get("banner")
    own = options.get(rule_id) if isinstance(options, dict) else None
    if not isinstance(own, dict):
        return BannerBandsSection()
    former = {name: own.pop(name) for name in BannerBandsSection.model_fields if name in own}
    for name in former:
        if isinstance(now, dict) and name in now:
            mistakes.add((*FORMER_PLACE_OF_BANDS, name), f"is set as banner.{name} too; remove it here")
    return read_settings(BannerBandsSection, former, FORMER_PLACE_OF_BANDS, mistakes)


def _permission(parsed: PolicyFile, still_open: Container[tuple[Key, ...]]) -> Permission | None:
    if parsed.permission is None or ("permission",) in still_open:
        return None
    return Permission(**parsed.permission.model_dump())


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


def read_policy_text(path: Path) -> tuple[bytes, str]:
    """The bytes of a policy file and their text. Raises ConfigError."""
    try:
        body = read_file(path, LARGEST_POLICY)
        return body, body.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line, column = place_of(body[: trouble.start].decode("utf-8", "replace"))
        words = "this character is not UTF-8; save the file again with the encoding UTF-8"
        raise ConfigError([Mistake(str(path), line, column, "", words)], code="POLICY_UNREADABLE") from None
    except (OSError, ValueError) as trouble:
        missing = isinstance(trouble, FileNotFoundError)
        place = (0, 0) if missing else (1, 1)
        hint = "Write one with: auditor init" if missing else ""
        raise ConfigError(
            [Mistake(str(path), *place, "", why_unread(trouble, LARGEST_POLICY))],
            hint,
            code="POLICY_MISSING" if missing else "POLICY_UNREADABLE",
        ) from None


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
        given: Any = read_settings(section_of_rule(rule), options.get(rule.id), ("rules", rule.id), mistakes)
        if given.enabled:
            bound.append(BoundRule(rule, as_settings(rule.settings, given), given.severity))
    return tuple(bound)


def _bind_sources(section: Any, sources: Sequence[Source], mistakes: MistakeList) -> dict[str, Any]:
    options = section if isinstance(section, dict) else {}
    names = [source.name for source in sources]
    for name in options:
        if name not in names and name not in _SOURCE_WORDS:
            mistakes.add_unknown(("sources", name), [*names, *_SOURCE_WORDS])
    bound = {}
    for source in sources:
        keys = ("sources", source.name)
        given = read_settings(section_of(source.settings), options.get(source.name), keys, mistakes)
        bound[source.name] = as_settings(source.settings, given)
        if source.touches_network:
            _check_pace(bound[source.name], keys, mistakes)
        if getattr(bound[source.name], "signed_in", "") == "accept":
            _check_decision(bound[source.name], keys, mistakes)
    return bound


def _check_decision(settings: Any, keys: tuple[str, ...], mistakes: MistakeList) -> None:
    """Signed-in pages show more than visitors see: who accepted them, when and why must be on record."""
    for name, words in _SIGNED_IN.items():
        if not str(getattr(settings, name) or "").strip():
            mistakes.add((*keys, name), f"is missing where signed_in is accept; fill in {words}")


def _check_pace(settings: Any, keys: tuple[str, ...], mistakes: MistakeList) -> None:
    """Enforce the slow pace for pages of LinkedIn, whatever the policy says."""
    if not needs_slow_pace(getattr(settings, "allowed_hosts", ())):
        return
    pause = settings.seconds_between - settings.jitter
    if pause < LEAST_PAUSE:
        mistakes.add(
            (*keys, "seconds_between"),
            f"on linkedin.com at least {LEAST_PAUSE} seconds must lie between two profiles; seconds_between "
            f"less jitter is {pause:g}",
        )
    if settings.daily_cap > HIGHEST_DAILY_CAP:
        mistakes.add((*keys, "daily_cap"), f"must be at most {HIGHEST_DAILY_CAP} for linkedin.com")


def _ladder(
    section: Any, sources: Sequence[Source], mistakes: MistakeList
) -> tuple[tuple[str, ...], dict[str, int]]:
    options = section if isinstance(section, dict) else {}
    names = [source.name for source in sources]
    own = {name: options[name] for name in _SOURCE_WORDS if name in options}
    given = read_settings(SourcesSection, own, ("sources",), mistakes)
    for index, name in enumerate(given.ladder):
        if name not in names:
            words = f"there is no source {name!r}; known: {', '.join(names)}"
            mistakes.add(("sources", "ladder", index), words)
    for name in given.evidence_days:
        if name not in names:
            mistakes.add_unknown(("sources", "evidence_days", name), names)
    days = {source.name: source.evidence_days for source in sources} | given.evidence_days
    return tuple(dict.fromkeys(given.ladder)), days
