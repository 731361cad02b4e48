"""The headline as each person words it."""

from __future__ import annotations

from collections.abc import Callable

from auditor.demo.careers import Plot, other_employer
from auditor.demo.cases import Headline

CONNECTORS = {"nl": "bij", "fr": "chez", "de": "bei", "en": "at"}
_FORMER = {"nl": "Voormalig", "fr": "Ancien", "de": "Ehemaliger", "en": "Former"}


def headline_text(wording: Headline, plot: Plot, language: str) -> str | None:
    """The headline, or None where the profile has none."""
    return _WORDINGS[wording](plot, CONNECTORS[language], _FORMER[language])


Wording = Callable[[Plot, str, str], str | None]

_WORDINGS: dict[Headline, Wording] = {
    Headline.EXACT: lambda plot, at, _: f"{plot.title} {at} {plot.firm.name}",
    Headline.SHORT_NAME: lambda plot, at, _: f"{plot.title} {at} {plot.firm.short}",
    Headline.LEGAL_NAME: lambda plot, at, _: f"{plot.title} {at} {plot.firm.entity}",
    Headline.EXTRAS: lambda plot, at, _: f"{plot.title} {at} {plot.firm.name} | Lean | Excel",
    Headline.SENIOR: lambda plot, at, _: f"Senior {plot.title} {at} {plot.firm.name}",
    Headline.OTHER_FIRM: lambda plot, at, _: f"{plot.earlier_title} {at} {other_employer(plot).name}",
    Headline.NO_TITLE: lambda plot, _at, _: plot.firm.name,
    Headline.NO_COMPANY: lambda plot, _at, _: plot.title,
    Headline.PAST: lambda plot, at, former: f"{former} {plot.title} {at} {plot.firm.name}",
    Headline.ELSEWHERE_EX_OURS: lambda plot, at, _: (
        f"{plot.earlier_title} {at} {other_employer(plot).name} | ex-{plot.firm.short}"
    ),
    Headline.MISSING: lambda _plot, _at, _: None,
}
