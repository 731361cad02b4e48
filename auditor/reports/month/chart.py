"""The trend as a line chart in SVG: lines differ in colour, dashes and marks, and are named."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.language.words import Words
from auditor.reports.month.markup import element, text
from auditor.reports.trend import LINES, Months

_WIDTH, _HEIGHT = 900, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 24, 42, 44
_STEPS = (1, 2, 5)


def line_chart(months: Months, names: Mapping[str, str], title: str, words: Words) -> str:
    """The chart with a title for screen readers; the figures stand in a table beside it."""
    top = _nice_top(max((counts.get(key, 0) for _, counts in months if counts for key in LINES), default=0))
    parts = [element("title", text(title), id="chart-title"), *_grid(top, words), *_months(months, words)]
    parts += [_line(key, months, top) for key in LINES]
    parts += _legend(names)
    return element(
        "svg", "".join(parts), viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", aria_labelledby="chart-title"
    )


def _grid(top: int, words: Words) -> list[str]:
    step = top // 5 if top % 5 == 0 else top // 4
    parts = []
    for value in range(0, top + 1, step):
        y = _y(value, top)
        parts.append(_shape("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(_label(words.number(value), _LEFT - 8, y + 4, "end"))
    return parts


def _months(months: Months, words: Words) -> list[str]:
    parts = []
    for place, (month, _) in enumerate(months):
        x = _x(place, len(months))
        parts.append(_label(words.short_month(month), x, _HEIGHT - 24, "middle"))
        if place == 0 or month.month == 1:
            parts.append(_label(str(month.year), x, _HEIGHT - 8, "middle"))
    return parts


def _line(key: str, months: Months, top: int) -> str:
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
    marks = "".join(_mark(key, *point) for point in points if point)
    return _shape("path", d=" ".join(path), class_=f"line {key}") + marks if path else ""


def _mark(key: str, x: float, y: float) -> str:
    """A disc, a square, a triangle or a diamond: the lines differ without colour."""
    name = f"mark {key}"
    if key == "high":
        return _shape("circle", cx=x, cy=y, r=4.5, class_=name)
    if key == "medium":
        return _shape("rect", x=x - 4, y=y - 4, width=8, height=8, class_=name)
    across = ((0, -5.5), (5.5, 4.5), (-5.5, 4.5)) if key == "low" else ((0, -6), (6, 0), (0, 6), (-6, 0))
    return _shape("polygon", points=" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in across), class_=name)


def _legend(names: Mapping[str, str]) -> list[str]:
    parts, x = [], float(_LEFT)
    for key in LINES:
        parts.append(_shape("path", d=f"M{x:.0f} 16 L{x + 34:.0f} 16", class_=f"line {key}"))
        parts.append(_mark(key, x + 17, 16))
        parts.append(_label(names[key], x + 42, 20, "start", "name"))
        x += 42 + 7.2 * len(names[key]) + 26
    return parts


def _label(words: str, x: float, y: float, anchor: str, kind: str = "quiet-text") -> str:
    return element("text", text(words), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=kind)


def _shape(name: str, **attributes: object) -> str:
    plain = {key: f"{v:.1f}" if isinstance(v, float) else str(v) for key, v in attributes.items()}
    return element(name, "", **plain)


def _x(place: int, count: int) -> float:
    width = _WIDTH - _LEFT - _RIGHT - 24
    return _LEFT + 12 + (width * place / (count - 1) if count > 1 else width / 2)


def _y(value: int, top: int) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top


def _nice_top(highest: int) -> int:
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
