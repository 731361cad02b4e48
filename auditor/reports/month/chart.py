"""Months as a line chart in SVG: lines differ in colour, dashes and marks, and are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from auditor.language.words import Words
from auditor.reports.month.markup import element, text

_WIDTH, _HEIGHT = 900, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 24, 14, 58
_STEPS = (1, 2, 5)


Months = Sequence[tuple[date, Mapping[str, float] | None]]


def line_chart(
    months: Months, names: Mapping[str, str], title: str, words: Words, *, shares: bool = False
) -> str:
    """The chart with a title for screen readers; the figures stand in a table beside it. `names` are those of
    the lines by key; the values are counts, or `shares` between 0 and 1."""
    highest = max((counts.get(key, 0) for _, counts in months if counts for key in names), default=0)
    top = 1.0 if shares else _nice_top(highest)
    title_id = "chart-" + "-".join(names)
    parts = [element("title", text(title), id=title_id)]
    parts += [*_grid(top, words.share if shares else words.number), *_months(months, words)]
    parts += [_line(key, place, months, top) for place, key in enumerate(names)]
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return _legend(names) + element("svg", "".join(parts), viewBox=box, role="img", aria_labelledby=title_id)


def _grid(top: float, spoken: Callable[[float], str]) -> list[str]:
    steps = 5 if top % 5 == 0 else 4
    parts = []
    for step in range(steps + 1):
        value = top * step / steps
        y = _y(value, top)
        parts.append(_shape("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(_label(spoken(value), _LEFT - 8, y + 4, "end"))
    return parts


def _months(months: Months, words: Words) -> list[str]:
    parts = []
    for place, (month, _) in enumerate(months):
        x = _x(place, len(months))
        parts.append(_label(words.short_month(month), x, _HEIGHT - 34, "middle"))
        if place == 0 or month.month == 1:
            parts.append(_label(str(month.year), x, _HEIGHT - 8, "middle"))
    return parts


def _line(key: str, order: int, months: Months, top: float) -> str:
    """One line, broken where a month is not known, with a mark on every month."""
    points = [
        (_x(place, len(months)), _y(counts[key], top)) if counts and key in counts else None
        for place, (_, counts) in enumerate(months)
    ]
    path, pen = [], "M"
    for point in points:
        if point:
            path.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "L" if point else "M"
    marks = "".join(_mark(key, order, *point) for point in points if point)
    return _shape("path", d=" ".join(path), class_=f"line {key}") + marks if path else ""


def _mark(key: str, order: int, x: float, y: float) -> str:
    """A disc, a square, a triangle or a diamond: the lines differ without colour."""
    name = f"mark {key}"
    if order == 0:
        return _shape("circle", cx=x, cy=y, r=4.5, class_=name)
    if order == 1:
        return _shape("rect", x=x - 4, y=y - 4, width=8, height=8, class_=name)
    across = ((0, -5.5), (5.5, 4.5), (-5.5, 4.5)) if order == 2 else ((0, -6), (6, 0), (0, 6), (-6, 0))
    return _shape("polygon", points=" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in across), class_=name)


def _legend(names: Mapping[str, str]) -> str:
    """The names of the lines as text, so that they wrap on a narrow screen."""
    entries = []
    for order, (key, name) in enumerate(names.items()):
        line = _shape("path", d="M1 8 L35 8", class_=f"line {key}") + _mark(key, order, 18, 8)
        swatch = element("svg", line, viewBox="0 0 36 16", aria_hidden="true")
        entries.append(element("li", swatch + text(name)))
    return element("ul", "".join(entries), class_="legend")


def _label(words: str, x: float, y: float, anchor: str) -> str:
    return element("text", text(words), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_="quiet-text")


def _shape(name: str, **attributes: object) -> str:
    plain = {key: f"{v:.1f}" if isinstance(v, float) else str(v) for key, v in attributes.items()}
    return element(name, "", **plain)


def _x(place: int, count: int) -> float:
    width = _WIDTH - _LEFT - _RIGHT - 24
    return _LEFT + 12 + (width * place / (count - 1) if count > 1 else width / 2)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top


def _nice_top(highest: float) -> int:
    """The smallest of 4, 5, 10, 20, 50, 100 ... multiples that holds the highest value."""
    if highest <= 5:
        return 5
    size = 1
    while True:
        for step in _STEPS:
            for ticks in (4, 5):
                if highest <= step * size * ticks:
                    return step * size * ticks
        size *= 10
