"""Domain values as plain JSON values, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any, SupportsBytes, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union

from auditor.model.employee import Employee
from auditor.model.examination import Examination, Trial
from auditor.model.finding import TrackedFinding
from auditor.model.message import Message, Text
from auditor.model.report import SourceNote
from auditor.model.roster import RowRecord
from auditor.model.rule import CheckResult, Failed, Outcome, Undetermined

T = TypeVar("T")
Pictures = tuple[tuple[str, SupportsBytes], ...]
#: days and moments that are held once, however many people have them
_MOMENTS = 4096


def _message_of(value: Any, _kind: Any = None) -> Message:
    if isinstance(value, str):
        return Message(value)
    facts = tuple((str(name), _text_of(fact)) for name, fact in value["facts"])
    one, many = value["counted"] or ("", "")
    return Message(str(value["id"]), facts, (str(one), str(many)) if value["counted"] else None)


@lru_cache(maxsize=_MOMENTS)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@lru_cache(maxsize=_MOMENTS)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _text_of(value: Any) -> Text:
    return _message_of(value) if isinstance(value, dict) else str(value)


def _note_of(value: Any, _kind: Any = None) -> SourceNote:
    """Earlier versions stored the source and its English words as one text."""
    if isinstance(value, str):
        source, _, text = value.partition(": ")
        return SourceNote(source, text)
    return SourceNote(str(value["source"]), _text_of(value["text"]))


def _make_converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
    converter.register_structure_hook(datetime, lambda value, _: _moment(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    converter.register_structure_hook(date, lambda value, _: _day(value))
    converter.register_structure_hook(SupportsBytes, lambda value, _: value)
    # stores of earlier versions hold plain texts where there are messages now
    converter.register_structure_hook(Message, _message_of)
    converter.register_structure_hook(SourceNote, _note_of)
    converter.register_structure_hook_func(
        lambda kind: kind == Text, lambda value, _: value if isinstance(value, str) else _message_of(value)
    )
    configure_tagged_union(Outcome, converter, tag_name="outcome")
    apart = override(omit=True)
    told = make_dict_unstructure_fn(Examination, converter, judgements=apart, basis=apart, as_before=apart)
    converter.register_unstructure_hook(Examination, told)
    read = make_dict_structure_fn(Examination, converter, judgements=apart, basis=apart, as_before=apart)
    converter.register_structure_hook(Examination, read)
    return converter


_converter = _make_converter()


def encode(value: Any, kind: Any = None) -> Any:
    """Plain JSON values of a domain value. Pictures must have been taken out before."""
    return _converter.unstructure(value, kind or type(value))


def decode(content: Any, kind: type[T]) -> T:
    """The domain value of `encode`'s result. Raises cattrs errors on foreign content."""
    return _converter.structure(content, kind)


class SharedValues:
    """Decodes people one after the other; what many of them have in common is held once in memory."""

    def __init__(self) -> None:
        self._held: dict[Any, Any] = {}

    def examination(self, content: Any, employee: Employee | None = None) -> Examination:
        """The examination of `encode`'s result; it takes `employee` for its own where that is the same."""
        found = decode(content, Examination)
        if employee != found.employee:
            employee = self.employee(found.employee)
        assert employee is not None
        return replace(
            found,
            employee=employee,
            trials=self._trials(found.trials),
            results=self._once(tuple(map(self._result, found.results))),
        )

    def row(self, row: RowRecord) -> RowRecord:
        """The roster's row, with what other rows have too held once."""
        return replace(
            row,
            code=intern(row.code),
            sheet=intern(row.sheet),
            person=intern(row.person),
            message=intern(row.message),
            raw=intern(row.raw),
        )

    def employee(self, employee: Employee) -> Employee:
        """The person, with what colleagues have too held once."""
        return replace(
            employee,
            employee_id=intern(employee.employee_id),
            full_name=intern(employee.full_name),
            name=self._once(employee.name),
            title=intern(employee.title),
            entity=intern(employee.entity),
            manager=intern(employee.manager),
            language=intern(employee.language),
            address_note=intern(employee.address_note),
            tier=intern(employee.tier),
            state_code=intern(employee.state_code),
            state_word=intern(employee.state_word),
            confirmed_names=self._once(employee.confirmed_names),
        )

    def _trials(self, trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
        shared = tuple(map(self._trial, trials))
        return shared if any(one.file_name for one in shared) else self._once(shared)

    def _trial(self, trial: Trial) -> Trial:
        return replace(
            trial,
            source=intern(trial.source),
            trouble=self._once(trial.trouble),
            layout=intern(trial.layout),
            fields=self._once(trial.fields),
            decided=self._once(trial.decided),
            notes=self._once(trial.notes),
        )

    def _result(self, result: CheckResult) -> CheckResult:
        return replace(
            result,
            rule_id=intern(result.rule_id),
            outcome=self._once(result.outcome),
            source=intern(result.source),
        )

    def _once(self, value: T) -> T:
        # the type too: a word of an enumeration equals its text
        held: T = self._held.setdefault((type(value), value), value)
        return held


def in_english(content: Any) -> Any:
    """Stored values as people are handed them: every message as its English text."""
    if isinstance(content, dict):
        if content.keys() == {"id", "facts", "counted"}:
            return str(_message_of(content))
        return {name: in_english(value) for name, value in content.items()}
    return [in_english(value) for value in content] if isinstance(content, list) else content


def examination_content(examination: Examination) -> dict[str, Any]:
    """The plain JSON values of an examination without its pictures. Each result bears the person's number, as
    earlier versions read it."""
    content: dict[str, Any] = encode(without_pictures(examination))
    for result in content["results"]:
        result["employee_id"] = examination.employee.employee_id
    return content


def without_pictures(examination: Examination) -> Examination:
    """The same examination, its evidence pictures left out."""
    return replace(examination, results=tuple(_bare(result) for result in examination.results))


def _bare(result: CheckResult) -> CheckResult:
    outcome = result.outcome
    if isinstance(outcome, Failed | Undetermined) and outcome.pictures:
        return replace(result, outcome=replace(outcome, pictures=()))
    return result


def pictures_of(examination: Examination) -> list[tuple[str, str, SupportsBytes]]:
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
