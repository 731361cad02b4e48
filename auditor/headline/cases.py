"""Runs a labelled table of headlines, so that a policy can have tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from auditor.headline.expectation import HeadlineExpectation, HeadlineVerdict, SidePosts
from auditor.headline.mention import read_mention
from auditor.headline.verdict import judge_headline
from auditor.model.company import Company, CompanyName
from auditor.model.observed import Present

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


@dataclass(frozen=True, slots=True)
class FormerResult:
    """One labelled headline of a former employee: present, past, none or unknown."""

    id: str
    expected: str
    given: str
    reason_code: str

    @property
    def agrees(self) -> bool:
        """True where the answer given is the one expected."""
        return self.expected == self.given


def judge_cases(rows: Iterable[Mapping[str, str]], today: date | None = None) -> list[CaseResult]:
    """Judge each row: id, template, company_aliases (split by `;`), person_title, headline, expected.

    `needs_connector` (names among the aliases) and `side_posts` may stand in columns of their own.
    """
    return [_judge(row, today) for row in rows]


def judge_former_cases(rows: Iterable[Mapping[str, str]], today: date | None = None) -> list[FormerResult]:
    """What each headline says of a former employee: id, company_names, headline, expected.

    `person_title` and `needs_connector` may stand in columns of their own.
    """
    return [_judge_former(row, today) for row in rows]


def decode(cell: str) -> str:
    """A cell with its `\\uXXXX` signs put in."""

    def sign(match: re.Match[str]) -> str:
        number = int(match.group(1) or match.group(2), 16)
        return chr(number) if number < 0x110000 else ""

    return _ESCAPE.sub(sign, cell)


def _names(row: Mapping[str, str], column: str) -> tuple[CompanyName, ...]:
    words = {decode(name).strip() for name in (row.get("needs_connector") or "").split(";")}
    names = (decode(name).strip() for name in (row.get(column) or "").split(";"))
    return tuple(CompanyName(name, True if name in words else None) for name in names if name)


def _expected(row: Mapping[str, str]) -> str:
    return (row.get("expected") or "").strip().casefold()


def _side_posts(row: Mapping[str, str]) -> SidePosts:
    asked = (row.get("side_posts") or "").strip().casefold() == SidePosts.REVIEW
    return SidePosts.REVIEW if asked else SidePosts.ALLOW


def _judge(row: Mapping[str, str], today: date | None) -> CaseResult:
    expectation = HeadlineExpectation(
        template=decode(row.get("template") or ""),
        names=_names(row, "company_aliases"),
        title=decode(row.get("person_title") or ""),
        side_posts=_side_posts(row),
        today=today,
    )
    verdict = judge_headline(Present(decode(row.get("headline") or "")), expectation)
    return CaseResult(row.get("id") or "", _expected(row), str(verdict.answer), verdict.code, verdict)


def _judge_former(row: Mapping[str, str], today: date | None) -> FormerResult:
    company = Company("", _names(row, "company_names"), ())
    headline = Present(decode(row.get("headline") or ""))
    read = read_mention(headline, company, decode(row.get("person_title") or ""), today)
    return FormerResult(row.get("id") or "", _expected(row), str(read.mention), read.code)
