"""Domain values as plain JSON values, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union

from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.message import Message, Text
from auditor.model.rule import CheckResult, Failed, Outcome, Undetermined

T = TypeVar("T")
Pictures = tuple[tuple[str, bytes], ...]


def _message_of(value: Any, _kind: Any = None) -> Message:
    if isinstance(value, str):
        return Message(value)
    facts = tuple((str(name), str(fact)) for name, fact in value["facts"])
    one, many = value["counted"] or ("", "")
    return Message(str(value["id"]), facts, (str(one), str(many)) if value["counted"] else None)


def _make_converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    # stores of earlier versions hold plain texts where there are messages now
    converter.register_structure_hook(Message, _message_of)
    converter.register_structure_hook_func(
        lambda kind: kind == Text, lambda value, _: value if isinstance(value, str) else _message_of(value)
    )
    configure_tagged_union(Outcome, converter, tag_name="outcome")
    apart = override(omit=True)
    told = make_dict_unstructure_fn(Examination, converter, judgements=apart)
    converter.register_unstructure_hook(Examination, told)
    read = make_dict_structure_fn(Examination, converter, judgements=apart)
    converter.register_structure_hook(Examination, read)
    return converter


_converter = _make_converter()


def encode(value: Any, kind: Any = None) -> Any:
    """Plain JSON values of a domain value. Pictures must have been taken out before."""
    return _converter.unstructure(value, kind or type(value))


def decode(content: Any, kind: type[T]) -> T:
    """The domain value of `encode`'s result. Raises cattrs errors on foreign content."""
    return _converter.structure(content, kind)


def in_english(content: Any) -> Any:
    """Stored values as people are handed them: every message as its English text."""
    if isinstance(content, dict):
        if content.keys() == {"id", "facts", "counted"}:
            return str(_message_of(content))
        return {name: in_english(value) for name, value in content.items()}
    return [in_english(value) for value in content] if isinstance(content, list) else content


def without_pictures(examination: Examination) -> Examination:
    """The same examination, its evidence pictures left out."""
    return replace(examination, results=tuple(_bare(result) for result in examination.results))


def _bare(result: CheckResult) -> CheckResult:
    outcome = result.outcome
    if isinstance(outcome, Failed | Undetermined) and outcome.pictures:
        return replace(result, outcome=replace(outcome, pictures=()))
    return result


def pictures_of(examination: Examination) -> list[tuple[str, str, bytes]]:
    """(rule id, picture name, bytes) of all evidence pictures."""
    return [
        (result.rule_id, name, body)
        for result in examination.results
        if isinstance(result.outcome, Failed | Undetermined)
        for name, body in result.outcome.pictures
    ]


def with_pictures(examination: Examination, pictures: dict[str, Pictures]) -> Examination:
    """The examination with the evidence pictures of each rule put back."""
    results = []
    for result in examination.results:
        outcome = result.outcome
        if result.rule_id in pictures and isinstance(outcome, Failed | Undetermined):
            result = replace(result, outcome=replace(outcome, pictures=pictures[result.rule_id]))
        results.append(result)
    return replace(examination, results=tuple(results))


def bare_finding(tracked: TrackedFinding) -> TrackedFinding:
    """The tracked finding without its pictures."""
    return replace(tracked, finding=replace(tracked.finding, pictures=()))
