"""The settings of rules and sources as sections of the policy: checked like the rest of the file."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, fields
from dataclasses import Field as DataField
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, Field, ValidationError, create_model

from auditor.config.kinds import Day, Line, Number, in_words
from auditor.config.mistakes import MistakeList
from auditor.config.schema import PolicyFile, Section, SourcesSection
from auditor.model.limits import Checked, Within
from auditor.model.rule import Rule, Severity
from auditor.ports import Source

_Read = TypeVar("_Read", bound=BaseModel)
_KINDS = {float: Number, int: Annotated[int, Field(strict=True)], str: Line, date: Day}


def section_of(kind: type[Any]) -> type[BaseModel]:
    """The section of the policy in which the settings dataclass `kind` is written."""
    return _section(cast(Hashable, kind))


@cache
def _section(kind: Any) -> type[BaseModel]:
    hints = get_type_hints(kind, include_extras=True)
    meanings = _meanings(kind)
    entries: dict[str, Any] = {
        field.name: (
            _checked(hints[field.name]),
            Field(description=meanings.get(field.name), **_default(field)),
        )
        for field in fields(kind)
    }
    return create_model(kind.__name__, __base__=Section, __doc__=kind.__doc__, **entries)


@cache
def whole_file(rules: tuple[Rule, ...], sources: tuple[Source, ...]) -> type[BaseModel]:
    """The whole policy with the sections of these rules and sources, for whoever walks through it."""
    of_rules = {rule.id: (section_of_rule(rule), Field(description=rule.name)) for rule in rules}
    of_sources = {
        source.name: (section_of(source.settings), Field(description=source.summary)) for source in sources
    }
    made: Any = create_model
    return cast(
        type[BaseModel],
        made(
            "Policy",
            __base__=PolicyFile,
            rules=(made("Rules", __base__=Section, **of_rules), {}),
            sources=(made("Sources", __base__=SourcesSection, **of_sources), {}),
        ),
    )


@cache
def section_of_rule(rule: Rule) -> type[BaseModel]:
    """The section of a rule: its own settings, and what every rule takes."""
    return create_model(
        rule.id,
        __base__=section_of(rule.settings),
        enabled=(bool, Field(True, description="false: the rule is not applied")),
        severity=(
            Severity | None,
            Field(
                None, description="the severity of findings that have none of their own; empty: the rule's"
            ),
        ),
    )


def read_settings(section: type[_Read], given: Any, keys: Sequence[str], mistakes: MistakeList) -> _Read:
    """The section in the file, or its defaults if it has mistakes, which are added to the list."""
    if given is None:
        given = {}
    if not isinstance(given, dict):
        mistakes.add(keys, "must be a group of settings")
        return section()
    try:
        return section.model_validate(given)
    except ValidationError as trouble:
        mistakes.add_all(trouble, section.model_fields, keys)
        return section()


def as_settings(kind: type[Any], section: BaseModel) -> Any:
    """The settings dataclass of a checked section."""
    return kind(**{field.name: getattr(section, field.name) for field in fields(kind)})


def _meanings(kind: Any) -> dict[str, str]:
    """What the docstrings say of each setting: "`name`: meaning" in that of the dataclass, or a line
    "name: meaning" below Settings in that of a rule."""
    own = " ".join((kind.__doc__ or "").split())
    parts = re.split(r"(?:^|\s)((?:`\w+`(?: and |, )?)+):\s", own)
    meanings = {
        name: text.strip()
        for names, text in zip(parts[1::2], parts[2::2], strict=True)
        for name in re.findall(r"\w+(?=`)", names)
    }
    _, _, below = (sys.modules[kind.__module__].__doc__ or "").partition("\nSettings\n")
    return meanings | dict(re.findall(r"^ {4}(\w+): (.+)$", below, re.MULTILINE))


def _default(field: DataField[Any]) -> dict[str, Any]:
    if field.default_factory is not MISSING:
        return {"default_factory": field.default_factory}
    return {"default": field.default}


def _checked(kind: Any) -> Any:
    """The type with its marks as pydantic understands them, and the limits that every value has."""
    if kind in _KINDS:
        return _KINDS[kind]
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        marks = [one for mark in kind.__metadata__ for one in _constraints(mark)]
        return Annotated[(_checked(parts[0]), *marks)]
    if origin in (Union, types.UnionType):
        return Union[tuple(map(_checked, parts))]  # noqa: UP007
    if origin is Mapping:
        return dict.__class_getitem__((_checked(parts[0]), _checked(parts[1])))
    if origin is tuple:
        return tuple.__class_getitem__(tuple(one if one is ... else _checked(one) for one in parts))
    return kind


def _constraints(mark: Any) -> tuple[Any, ...]:
    if isinstance(mark, Within):
        return (Field(ge=mark.least, le=mark.most),)
    if isinstance(mark, Checked):
        return AfterValidator(mark.check), in_words(mark.words)
    return (mark,)
