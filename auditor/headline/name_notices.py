"""Asks about company names that are ordinary words, where the policy does not say how to take them."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.headline.aliases import is_ordinary_word
from auditor.model.company import Company
from auditor.model.roster import RosterNotice

NAME_IS_A_WORD = "W01"


def name_notices(companies: Iterable[Company]) -> list[RosterNotice]:
    """One notice for each name that is a word and whose `needs_connector` is not set."""
    return [
        RosterNotice(
            NAME_IS_A_WORD,
            f"{company.entity}: the name {name.text!r} is also an ordinary word. Write {{text: {name.text}, "
            "needs_connector: true}} in the policy if it should count only after at, bij, chez or bei; "
            "false if it counts everywhere. Either answer ends this question.",
            facts=(("entity", company.entity), ("name", name.text)),
        )
        for company in companies
        for name in company.names
        if name.needs_connector is None and is_ordinary_word(name)
    ]
