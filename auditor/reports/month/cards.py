"""The most urgent findings as ready HTML, for readers whose browser runs no script."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.model.rule import Severity
from auditor.reports.month.findings import COLUMNS, FindingList
from auditor.reports.month.markup import element, text

#: so many stand in the page without a script; the workbook holds all
MOST_CARDS = 100
_TOLD = ("seen", "expected", "action", "why")
_FACTS = ("due", "owner", "open_since", "evidence", "certainty", "finding")


def cards(listed: FindingList, words: Mapping[str, str]) -> str:
    """A card for each of the first findings, as the page's script makes them, without pictures."""
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in listed.rows[:MOST_CARDS])
    return element("ol", "".join(_card(row, listed.texts, words) for row in rows), class_="list")


def _card(row: Mapping[str, int | str], texts: tuple[str, ...], words: Mapping[str, str]) -> str:
    def at(name: str) -> str:
        return texts[int(row[name])]

    level = str(list(Severity)[int(row["severity"])])
    badges = element("span", text(words[level]), class_=f"badge {level}")
    badges += element("span", text(words[str(row["state"])]), class_="badge")
    heading = element("h3", f"{element('bdi', text(at('name')))} – {text(at('criterion'))}")
    about = " · ".join(filter(None, map(at, ("employee_no", "entity", "manager"))))
    told = "".join(
        element("div", element("dt", text(words[name])) + element("dd", text(at(name)), dir="auto"))
        for name in _TOLD
        if at(name)
    )
    facts = ""
    for name in _FACTS:
        late = name == "due" and bool(row["late"])
        if at(name):
            said = words["labelled"].format(label=words["late" if late else name], value=at(name))
            facts += element("span", text(said), **({"class_": "late"} if late else {}))
    if at("profile").startswith(("https://", "http://")):
        said = words["profile"].replace("{id}", at("employee_no"))
        facts += element("a", text(said), href=at("profile"), rel="noopener noreferrer", target="_blank")
    return element(
        "li",
        element(
            "article",
            element("header", heading + element("p", badges, class_="badges"))
            + element("p", text(about), class_="about", dir="auto")
            + element("dl", told, class_="told")
            + element("p", facts, class_="facts"),
            class_=f"finding {level}",
        ),
    )
