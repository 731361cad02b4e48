"""Three drawings of how a page is saved: an invented browser, its window for saving, a folder."""

from __future__ import annotations

import html

from auditor.language.words import Words
from auditor.model.document import Drawing

_STYLE = """\
text { font: 14px "Segoe UI", Calibri, Carlito, "Helvetica Neue", Arial, sans-serif; fill: #1b1f24; }
.small { font-size: 12px; fill: #57606a; } .light { fill: #ffffff; } .middle { text-anchor: middle; }
.paper { fill: #ffffff; stroke: #8c959f; } .key { fill: #f1f5f9; stroke: #57606a; stroke-width: 1.5; }
.strong { fill: #1f3a5f; } .soft { fill: #c9d6e6; } .bar { fill: #e3e8ee; }
.chosen { fill: none; stroke: #0b57d0; stroke-width: 3; }
.folder { fill: #ffd98a; stroke: #b5852b; stroke-width: 1.5; } .on-folder { fill: #3d2c0b; }
"""


def saving_drawings(words: Words) -> tuple[Drawing, Drawing, Drawing]:
    """A private window with a profile, the choice of the file type, the folder that the file goes to."""
    say = words.say
    return (
        Drawing(
            _svg(_window(say("Private window"))),
            say("Drawing: somebody's profile in a private window of a browser."),
        ),
        Drawing(
            _svg(_choice((say("Ctrl"), "S"), say("File type"), say("Webpage, complete"), say("Save"))),
            say("Drawing: the window for saving, with “Webpage, complete” chosen as the file type."),
        ),
        Drawing(
            _svg(_folder(say("Saved pages"))),
            say("Drawing: the saved file goes into the folder for saved pages."),
        ),
    )


def _svg(inner: str) -> str:
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160" width="240" height="160">'
    return f"{start}<style>{_STYLE}</style>{inner}</svg>"


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}">{html.escape(words)}</text>'


def _box(x: int, y: int, width: int, height: int, kind: str, round_by: int = 4) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round_by}" class="{kind}"/>'


def _window(title: str) -> str:
    return "".join((
        _box(6, 6, 228, 148, "paper", 8),
        '<path d="M6 34V14a8 8 0 0 1 8-8h212a8 8 0 0 1 8 8v20z" class="strong"/>',
        _text(120, 25, title, "light middle"),
        _box(16, 42, 208, 16, "bar", 8),
        _box(16, 66, 208, 34, "soft"),
        '<circle cx="46" cy="102" r="18" class="paper"/><circle cx="46" cy="97" r="6" class="strong"/>',
        '<path d="M35 113a11 9 0 0 1 22 0z" class="strong"/>',
        _box(74, 108, 90, 9, "strong"),
        _box(74, 124, 130, 7, "bar"),
        _box(74, 137, 104, 7, "bar"),
    ))  # fmt: skip


def _choice(keys: tuple[str, str], label: str, kind: str, button: str) -> str:
    return "".join((
        _box(60, 6, 56, 30, "key", 6),
        _text(88, 26, keys[0], "middle"),
        _text(128, 26, "+", "middle"),
        _box(140, 6, 40, 30, "key", 6),
        _text(160, 26, keys[1], "middle"),
        _box(6, 46, 228, 108, "paper", 8),
        _text(16, 66, label, "small"),
        _box(16, 74, 208, 32, "chosen"),
        _text(26, 95, kind),
        '<path d="M204 87l6 6 6-6" class="chosen"/>',
        _box(120, 116, 104, 28, "strong", 6),
        _text(172, 135, button, "light middle"),
    ))  # fmt: skip


def _folder(label: str) -> str:
    return "".join((
        '<path d="M98 6h30l14 14v34H98z" class="paper"/><path d="M128 6v14h14" class="paper"/>',
        _box(106, 28, 28, 5, "bar"),
        _box(106, 38, 28, 5, "bar"),
        '<path d="M26 80a4 4 0 0 1 4-4h60l12 12h108a4 4 0 0 1 4 4v62H26z" class="folder"/>',
        '<path d="M120 60v36m-9-9l9 9 9-9" class="chosen"/>',
        _text(120, 128, label, "on-folder middle"),
    ))  # fmt: skip
