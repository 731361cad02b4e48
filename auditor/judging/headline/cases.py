"""Runs a labelled table of headlines, so that a policy can have tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.domain.company import CompanyName
from auditor.domain.observed import Present
from auditor.judging.headline.expectation import HeadlineExpectation, HeadlineVerdict
from auditor.judging.headline.verdict import judge_headline

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One labelled headline, the answer expected and the one given."""

    id: str
    expected: str
    verdict: str
    reason_code: str
    full: HeadlineVerdict

    @property
    def agrees(self) -> bool:
        """True where the answer given is the one expected."""
        return self.expected == self.verdict


def judge_cases(rows: Iterable[Mapping[str, str]]) -> list[CaseResult]:
    """Judge each row: id, template, company_aliases (split by `;`), person_title, headline, expected."""
    return [_judge(row) for row in rows]


def confusion(results: Iterable[CaseResult]) -> dict[tuple[str, str], int]:
    """How often each expected answer was given each answer."""
    return dict(Counter((result.expected, result.verdict) for result in results))


def decode(cell: str) -> str:
    """A cell with its `\\uXXXX` signs put in."""
    return _ESCAPE.sub(lambda match: _sign(int(match.group(1) or match.group(2), 16)), cell)


def _sign(number: int) -> str:
    return chr(number) if number < 0x110000 else ""


def _judge(row: Mapping[str, str]) -> CaseResult:
    aliases = [decode(name).strip() for name in (row.get("company_aliases") or "").split(";")]
    expectation = HeadlineExpectation(
        template=decode(row.get("template") or ""),
        names=tuple(CompanyName(name) for name in aliases if name),
        title=decode(row.get("person_title") or ""),
    )
    verdict = judge_headline(Present(decode(row.get("headline") or "")), expectation)
    return CaseResult(
        id=row.get("id") or "",
        expected=(row.get("expected") or "").strip().casefold(),
        verdict=str(verdict.answer),
        reason_code=verdict.code,
        full=verdict,
    )
