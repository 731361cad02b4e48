"""What the positions of a profile say of the person and the company, told from what can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.model.company import Company
from auditor.model.day import OnDay
from auditor.model.observed import Present
from auditor.model.profile import PageKind, Position, Profile
from auditor.position.company_match import Match, match_company, may_be_ours, mentions_words, works_at
from auditor.position.role_words import says, says_board, says_freelance, says_over


class PositionState(StrEnum):
    """The fourteen states of the decision table."""

    LINKED = "linked"
    LINKED_PLUS_OTHER = "linked_plus_other"
    NAMED = "named"
    NAMESAKE = "namesake"
    SISTER = "sister"
    FREELANCE_FOR = "freelance_for"
    ALUMNI_ROLE = "alumni_role"
    BOARD_ROLE = "board_role"
    UNDATED = "undated"
    PAST_ONLY = "past_only"
    OTHER_ONLY = "other_only"
    NONE_VISIBLE = "none_visible"
    UNVERIFIABLE = "unverifiable"
    NO_URL = "no_url"


@dataclass(frozen=True, slots=True)
class PositionReading:
    """A position state and how far it carries.

    `sure`: False where it rests on a weak sighting (the top card, a masked page). `link_seen`: False where
    the source cannot show whether the position has a page link. `list_seen`: False where the list of
    positions is not, or not wholly, in a file that is no visitor's page, so that it proves neither that the
    company is missing nor that visitors do not see it. `namesake`: the company's name was seen without its
    link, and the policy knows another organisation that bears it. `maybe_ours`: the company was not seen as
    an employer of today, but one whose name may be a form of its own was.
    """

    state: PositionState
    sure: bool = True
    link_seen: bool = True
    list_seen: bool = True
    namesake: bool = False
    maybe_ours: bool = False


#: the company was not seen among the employers of today
_ELSEWHERE = frozenset({PositionState.PAST_ONLY, PositionState.OTHER_ONLY, PositionState.NONE_VISIBLE})
_NAMED = frozenset({Match.NAMED, Match.NAMED_LINK_UNKNOWN})
_READABLE = frozenset(
    {PageKind.PROFILE_FULL, PageKind.PROFILE_MASKED, PageKind.PROFILE_SIGNED_IN, PageKind.RECORD}
)


def position_state(
    profile: Profile, company: Company, unverifiable: bool = False, no_url: bool = False
) -> PositionState:
    """The state alone; see `read_position`."""
    return read_position(profile, company, unverifiable=unverifiable, no_url=no_url).state


def read_position(
    profile: Profile,
    company: Company,
    *,
    unverifiable: bool = False,
    no_url: bool = False,
    today: OnDay | None = None,
) -> PositionReading:
    """Derive the position state. Only what was positively seen becomes more than `none_visible`.

    Dates of the experience list outrank the top card. `other_only` wants a dated list: the top card shows
    one employer only, and ours may be a second one that it hides. A year in a title (`Nurse until 2020`) is
    past only as seen from `today`.
    """
    if no_url:
        return PositionReading(PositionState.NO_URL)
    if unverifiable or profile.page_kind not in _READABLE:
        return PositionReading(PositionState.UNVERIFIABLE)
    rows = profile.positions.value if isinstance(profile.positions, Present) else ()
    seen = [_Row(row, match_company(row.company_name, row.company_page, company)) for row in rows]
    shows_current = any(row.ours and row.current for row in seen)
    whole = profile.positions_whole and not any(row.nameless for row in seen)
    if profile.page_kind is PageKind.PROFILE_MASKED or not seen or not (whole or shows_current):
        reading = _from_top_card(profile, company, seen)
    else:
        reading = _from_list(profile, company, seen, today)
    if reading.state not in _ELSEWHERE:
        return reading
    maybe = _maybe_on_top_card(profile, company) or any(row.maybe_ours(company) for row in seen)
    return replace(reading, maybe_ours=maybe)


@dataclass(frozen=True, slots=True)
class _Row:
    position: Position
    match: Match

    @property
    def current(self) -> bool | None:
        current = self.position.current
        return current.value if isinstance(current, Present) else None

    @property
    def nameless(self) -> bool:
        """True for a position that may go on and whose employer is hidden: it may be ours."""
        hidden = not self.position.company_name and not isinstance(self.position.company_page, Present)
        return hidden and self.current is not False

    @property
    def ours(self) -> bool:
        return self.match in (Match.LINKED, Match.NAMED, Match.NAMED_LINK_UNKNOWN)

    @property
    def title(self) -> str:
        return self.position.title.value if isinstance(self.position.title, Present) else ""

    def maybe_ours(self, company: Company) -> bool:
        """True for a position that may go on and may be ours under another name, or with somebody between."""
        if self.current is False or self.match is not Match.OTHER:
            return False
        return may_be_ours(self.position.company_name, company) or works_at(self.title, company)


def _from_list(
    profile: Profile, company: Company, rows: Sequence[_Row], today: OnDay | None
) -> PositionReading:
    """A list with rows that was seen, on a full page or in a record."""
    current = [row for row in rows if row.current is True]
    others = any(not row.ours for row in current)
    kinds = {_kind(row, company, today): row for row in reversed(current)}
    for state in _CURRENT_ORDER:
        if state in kinds:
            return _current_reading(state, kinds[state], others, company)
    ours = [row for row in rows if row.ours]
    if any(row.current is None for row in ours):
        return _undated(profile, company, others)
    card = _top_card_match(profile, company)
    if card is Match.LINKED:
        return _against_top_card(bool(ours), others)
    if (
        card in _NAMED
        and profile.page_kind is PageKind.PROFILE_SIGNED_IN
        and not _card_is_in(profile, current)
    ):
        # there the card's employer is always an ongoing one of the list: one of the two was misread
        return PositionReading(PositionState.UNDATED, sure=False)
    for state in (PositionState.SISTER, PositionState.NAMESAKE):
        if state in kinds:
            return PositionReading(state)
    if ours:
        return PositionReading(PositionState.PAST_ONLY)
    return PositionReading(PositionState.OTHER_ONLY if current else PositionState.NONE_VISIBLE)


_CURRENT_ORDER = (
    PositionState.LINKED,
    PositionState.NAMED,
    PositionState.FREELANCE_FOR,
    PositionState.BOARD_ROLE,
    PositionState.ALUMNI_ROLE,
)


def _current_reading(state: PositionState, row: _Row, others: bool, company: Company) -> PositionReading:
    link_seen = row.match is not Match.NAMED_LINK_UNKNOWN
    namesake = not link_seen and bool(company.namesake_pages)
    if state is PositionState.LINKED and others:
        state = PositionState.LINKED_PLUS_OTHER
    return PositionReading(state, link_seen=link_seen, namesake=namesake)


def _undated(profile: Profile, company: Company, others: bool) -> PositionReading:
    """Rows without dates: the top card, fed by current positions, may settle it, weakly."""
    if _top_card_match(profile, company) is Match.LINKED:
        return _linked_by_top_card(others)
    return PositionReading(PositionState.UNDATED, sure=False)


def _against_top_card(ended: bool, others: bool) -> PositionReading:
    """The top card links to us, the list does not show us as current: one of the two is incomplete."""
    return PositionReading(PositionState.UNDATED, sure=False) if ended else _linked_by_top_card(others)


def _linked_by_top_card(others: bool) -> PositionReading:
    state = PositionState.LINKED_PLUS_OTHER if others else PositionState.LINKED
    return PositionReading(state, sure=False)


def _from_top_card(profile: Profile, company: Company, rows: Sequence[_Row]) -> PositionReading:
    """No dated list: a masked page, or a list that is hidden or empty."""
    match = _top_card_match(profile, company)
    states = {
        Match.LINKED: PositionState.LINKED,
        Match.SISTER: PositionState.SISTER,
        Match.NAMESAKE: PositionState.NAMESAKE,
    }
    visitor = profile.page_kind in (PageKind.PROFILE_FULL, PageKind.PROFILE_MASKED)
    if match in states:
        return PositionReading(states[match], sure=False, list_seen=visitor)
    signed_in = profile.page_kind is PageKind.PROFILE_SIGNED_IN
    # of a list that was cut, a row that ended tells of itself only
    if match in _NAMED or any(row.ours and not (signed_in and row.current is False) for row in rows):
        # the name is seen, without link or dates
        return PositionReading(PositionState.UNDATED, sure=False)
    return PositionReading(PositionState.NONE_VISIBLE, sure=False, list_seen=visitor)


def _top_card_match(profile: Profile, company: Company) -> Match | None:
    card = profile.topcard_company
    return match_company(card.value.name, card.value.page, company) if isinstance(card, Present) else None


def _maybe_on_top_card(profile: Profile, company: Company) -> bool:
    card = profile.topcard_company
    other = _top_card_match(profile, company) is Match.OTHER
    return other and isinstance(card, Present) and may_be_ours(card.value.name, company)


def _card_is_in(profile: Profile, rows: Sequence[_Row]) -> bool:
    """Whether the top card's employer is that of one of these rows, by the very name."""
    card = profile.topcard_company
    return isinstance(card, Present) and any(row.position.company_name == card.value.name for row in rows)


def _kind(row: _Row, company: Company, today: OnDay | None) -> PositionState:
    if row.ours:
        return _wording(row.title, company, today) or (
            PositionState.LINKED if row.match is Match.LINKED else PositionState.NAMED
        )
    if row.match is Match.SISTER:
        return PositionState.SISTER
    if row.match is Match.NAMESAKE:
        return PositionState.NAMESAKE
    works_for_self = says("self_employed_name", row.position.company_name) or says("freelance", row.title)
    if works_for_self and mentions_words(f"{row.title} {row.position.company_name}", company.names):
        return PositionState.FREELANCE_FOR
    return PositionState.OTHER_ONLY


def _wording(title: str, company: Company, today: OnDay | None) -> PositionState | None:
    if says_over(title, today):
        return PositionState.ALUMNI_ROLE
    if says_board(title, company.names):
        return PositionState.BOARD_ROLE
    return PositionState.FREELANCE_FOR if says_freelance(title) else None
