"""The tables of the banner benchmark: as text, as Markdown and as JSON from the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.proof.editor import Words
from auditor.proof.score import bounds
from scripts.benchmarks.banner_scores import PDQ_LIMIT, PHASH_LIMIT, RIGHT_PLACE, Judged
from scripts.benchmarks.banner_trials import Group

_OUTCOMES = ("match", "review", "differs", "unknown")
_ASKED = [group for group in Group if not group.small]


@dataclass(frozen=True, slots=True)
class Rates:
    """One line of a table: how many comparisons, what came of them, and what plain hashes get wrong.

    `low`, `high`: the 95 % Wilson bounds of the rate of wrong ones. `pdq_wrong`: None without PDQ.
    """

    name: str
    count: int
    outcomes: dict[str, int]
    wrong: int
    low: float
    high: float
    phash_wrong: int
    pdq_wrong: int | None

    def cells(self) -> list[str]:
        """The line as text."""
        shares = [f"{self.outcomes[one] / max(self.count, 1):.1%}" for one in _OUTCOMES]
        wrong = f"{self.wrong} ({self.low:.2%} - {self.high:.2%})"
        hashes = [self.phash_wrong, self.pdq_wrong]
        plain = ["-" if one is None else f"{one / max(self.count, 1):.1%}" for one in hashes]
        return [self.name, str(self.count), *shares, wrong, *plain]


HEADINGS = [
    "",
    "n",
    "match",
    "review",
    "differs",
    "unknown",
    "wrong (95 % bounds)",
    "pHash wrong",
    "PDQ wrong",
]


def rates(name: str, rows: Sequence[Judged]) -> Rates:
    """The rates of `rows`."""
    wrong = sum(one.wrong for one in rows)
    outcomes = {word: sum(one.outcome == word for one in rows) for word in _OUTCOMES}
    hashed = all(one.pdq_match is not None for one in rows)
    phash, pdq = (
        sum(bool(getattr(one, field)) is not one.genuine for one in rows)
        for field in ("phash_match", "pdq_match")
    )
    return Rates(name, len(rows), outcomes, wrong, *bounds(wrong, len(rows)), phash, pdq if hashed else None)


def tables(judged: Sequence[Judged]) -> dict[str, list[Rates]]:
    """All tables by title: the groups, the families of each group, and both halves of each brand."""
    found = {"all": [rates(group, rows) for group in _ASKED if (rows := _of(judged, group))]}
    halves = {"all genuine": [], "all that must not pass": []}  # type: dict[str, list[Judged]]
    for one in judged:
        if not one.group.small:
            halves["all genuine" if one.genuine else "all that must not pass"].append(one)
    found["all"] += [rates(name, rows) for name, rows in halves.items() if rows]
    for group in Group:
        rows = _of(judged, group)
        if rows:
            families = sorted({one.family for one in rows}, key=[one.family for one in rows].index)
            found[group] = [
                rates(family, [one for one in rows if one.family == family]) for family in families
            ]
    for title, genuine in (("genuine, by brand", True), ("must not pass, by brand", False)):
        part = [one for one in judged if one.genuine is genuine and not one.group.small]
        brands = sorted({one.brand for one in part})
        found[title] = [rates(brand, [one for one in part if one.brand == brand]) for brand in brands]
    return found


def _of(judged: Sequence[Judged], group: Group) -> list[Judged]:
    return [one for one in judged if one.group is group]


def facts(judged: Sequence[Judged]) -> dict[str, str]:
    """What else was measured, by its name, in words."""
    return dict((*_editor(judged), *_places(judged), *_several(judged), *_times(judged)))


def _editor(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    edited = _of(judged, Group.EDITED)
    if edited:
        known = [one for one in edited if one.recognised]
        unknown = sum(one.outcome == "unknown" for one in edited)
        yield (
            "changed in an editor, recognised as ours",
            f"{_share(len(known), len(edited))}; {unknown} called unknown",
        )
        right = sum(one.words == Words.RIGHT for one in known)
        silent = sum(one.words == Words.SILENT for one in known)
        yield (
            "of all, in the right words",
            f"{_share(right, len(edited))}; {silent} more without a word on the edit",
        )


def _places(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    due = [one for one in judged if one.on_change is not None]
    if due:
        right = sum((one.on_change or 0.0) >= RIGHT_PLACE for one in due)
        yield "altered ones whose changed place is named rightly", _share(right, len(due))
        named = [one.overlap or 0.0 for one in due if one.on_change]
        yield "overlap of the named box with the changed one", f"median {np.median(named or [0.0]):.0%}"


def _several(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    for title, several in (("library of one banner", False), ("library of several", True)):
        rows = [one for one in judged if (one.library > 1) is several and not one.group.small]
        if rows:
            yield title, f"wrong {_share(sum(one.wrong for one in rows), len(rows))}"


def _times(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    parts = [(group, _of(judged, group)) for group in _ASKED]
    parts.append(("clear cases (plain, or nothing of ours)", [one for one in judged if one.clear]))
    parts.append(("all that need registration", [one for one in judged if not one.clear]))
    for name, rows in parts:
        if rows:
            cpu = [one.cpu for one in rows]
            yield f"CPU ms, {name}", f"median {np.median(cpu):.0f}, 95 % {np.percentile(cpu, 95):.0f}"
    yield "CPU ms, decoding and plain pHash", f"median {np.median([one.hash_cpu for one in judged]):.0f}"


def _share(hits: int, count: int) -> str:
    low, high = bounds(hits, count)
    return f"{hits} of {count} ({low:.2%} - {high:.2%})"


def as_text(found: dict[str, list[Rates]], more: dict[str, str]) -> list[str]:
    """The tables for a terminal."""
    lines = []
    for title, rows in found.items():
        lines += ["", title]
        cells = [HEADINGS, *(row.cells() for row in rows)]
        for name, count, *rest in cells:
            shares, (wrong, *hashes) = rest[:4], rest[4:]
            middle = " ".join(f"{one:>8s}" for one in (count, *shares))
            lines.append(f"{name:42s} {middle}  {wrong:26s} " + " ".join(f"{one:>11s}" for one in hashes))
    return [*lines, "", *(f"{name}: {told}" for name, told in more.items())]


def as_markdown(found: dict[str, list[Rates]], more: dict[str, str], head: str) -> str:
    """The tables as a page; `head`: what was run."""
    lines = ["# The banner judge, measured", "", head, ""]
    lines.append(
        "One comparison is one verdict: one picture file against one library. *Wrong* is a genuine picture "
        "called different, or anything else called a match; a picture that goes to a person (*review*) is "
        f"not wrong. Beside: what pHash (at most {PHASH_LIMIT} bits) and PDQ (at most {PDQ_LIMIT}) get wrong "
        "on the same files."
    )
    for title, rows in found.items():
        lines += ["", f"## {title[0].upper()}{title[1:]}", ""]
        lines += [f"| {' | '.join(HEADINGS)} |", "|" + "---|" * len(HEADINGS)]
        lines += [f"| {' | '.join(row.cells())} |" for row in rows]
    lines += ["", "## Besides", "", *(f"- {name}: {told}" for name, told in more.items())]
    return "\n".join(lines) + "\n"
