"""Looks up what a combination of roster, position, headline and banner means for a person.

The table (`decision_table.tsv`) holds 66 rules; every combination of the four states is matched by
exactly one of them. `*` stands for any state, `a|b` for one of several.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product

from auditor.files.tables import package_rows
from auditor.headline.mention import HeadlineMention
from auditor.model.employee import RosterState
from auditor.model.rule import Confidence, Severity
from auditor.position.reading import PositionState

#: codes of a profile that no longer shows the company: they close the leaver's side of a case
CLEAN = frozenset({"LEAVER_CLEAN", "LEAVER_CLEAN_PART", "CONTR_CLEAN"})


class BannerSight(StrEnum):
    """Whether the banner seen is one of the entity's own."""

    OURS = "ours"
    NOTOURS = "notours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the table: what the report says and what HR does.

    `severity` is the table's own word (`none`, `ok`, `info`, `low`, `medium`, `high`, `unverified`,
    or one with `-review` or `-data` behind it); `level` and `confidence` are its parts.
    """

    rule: str
    finding_code: str
    severity: str
    confidence: Confidence
    text: str
    hr_action: str
    remedy: str
    checklist: str
    letter: str
    next_check: str

    @property
    def level(self) -> Severity | None:
        """How much it matters as a finding; None for none, ok and unverified."""
        word = self.severity.partition("-")[0]
        return Severity(word) if word in set(Severity) else None

    @property
    def about_data(self) -> bool:
        """True where the roster, not the person, must be corrected."""
        return self.severity.endswith("-data")

    @property
    def letter_allowed(self) -> bool:
        """True where the table allows a letter or soft letter to the person at once."""
        return "letter" in self.letter


_COLUMNS = ("roster_state", "position_state", "headline_mention", "banner")
_REVIEW = ("-review", "-data")


def decide(
    roster_state: RosterState,
    position_state: PositionState,
    headline_mention: HeadlineMention,
    banner: BannerSight,
    *,
    sure: bool = True,
    link_seen: bool = True,
) -> Decision:
    """The one decision for these four states.

    `sure` False (a weak sighting, such as the top card of a masked page) lowers the confidence to
    PROBABLE. `link_seen` False (the source cannot show page links) keeps a person in service from
    being told that the link is missing: `named` is then read as `undated`. A top card shows one employer:
    where it leads to a namesake (or, for a person in service, to a sister), ours may be a second one that it
    hides, so that such a weak sighting is read as `none_visible`.
    """
    elsewhere = {PositionState.NAMESAKE} | (
        {PositionState.SISTER} if roster_state is RosterState.ACTIVE else set()
    )
    if not sure and position_state in elsewhere:
        position_state = PositionState.NONE_VISIBLE
    if roster_state is RosterState.ACTIVE and position_state is PositionState.NAMED and not link_seen:
        position_state = PositionState.UNDATED
    row = _index()[(roster_state, position_state, headline_mention, banner)]
    return _decision(row, sure)


def decision_rows() -> tuple[dict[str, str], ...]:
    """The table as it is carried, for documents and tests."""
    return package_rows("auditor.position", "decision_table.tsv")


def matching_rows(states: tuple[str, str, str, str]) -> tuple[dict[str, str], ...]:
    """All rows that hold for the states (roster, position, headline, banner); a sound table gives one."""
    return tuple(
        row
        for row in decision_rows()
        if all(_covers(row[column], state) for column, state in zip(_COLUMNS, states, strict=True))
    )


@cache
def _index() -> dict[tuple[str, str, str, str], dict[str, str]]:
    members: tuple[tuple[str, ...], ...] = (
        tuple(RosterState),
        tuple(PositionState),
        tuple(HeadlineMention),
        tuple(BannerSight),
    )
    index = {}
    for row in decision_rows():
        first, second, third, last = (
            [state for state in states if _covers(row[column], state)]
            for column, states in zip(_COLUMNS, members, strict=True)
        )
        index.update(dict.fromkeys(product(first, second, third, last), row))
    return index


def _covers(cell: str, state: str) -> bool:
    return cell == "*" or state in cell.split("|")


def _decision(row: dict[str, str], sure: bool) -> Decision:
    severity = row["severity"]
    doubtful = severity.endswith(_REVIEW)
    confidence = Confidence.REVIEW if doubtful else Confidence.SURE if sure else Confidence.PROBABLE
    return Decision(
        rule=row["rule"],
        finding_code=row["finding_code"],
        severity=severity,
        confidence=confidence,
        text=row["what_the_report_says"],
        hr_action=row["hr_action"],
        remedy=row["linkedin_remedy"],
        checklist=row["checklist"],
        letter=row["letter"],
        next_check=row["next_check"],
    )
