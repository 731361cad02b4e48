"""The blocks of a text as plain text and as HTML; every text is a text, never markup."""

from __future__ import annotations

import base64
import html
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from auditor.model.document import (
    Drawing,
    Framed,
    Heading,
    Link,
    NewPage,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Steps,
    TextBlock,
)
from auditor.writers._cells import thumbnail
from auditor.writers._clean import cell_text

#: the size at which a banner is shown on a page
PREVIEW = (792, 198)
_LINE = 78
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


def safe_address(address: str) -> str:
    """The address where it is one of the web's; empty otherwise."""
    plain = cell_text(address)
    return plain if plain == address and re.match(r"https?://[^\s]+$", plain) else ""


def plain_text(blocks: Iterable[TextBlock], language: str = "") -> str:
    """The blocks as running text with lines of at most 78 signs; addresses are never broken."""
    return "\n\n".join(part for part in (_plain(block, language) for block in blocks) if part) + "\n"


def _plain(block: TextBlock, language: str) -> str:
    match block:
        case Heading(text=text):
            return f"{_wrapped(text)}\n{'-' * min(len(cell_text(text)), _LINE)}"
        case Notice(text=text):
            return f"[{_wrapped(text)}]"
        case Quote(text=text):
            return "\n".join(f"    {line}" for line in cell_text(text).split("\n"))
        case Steps(texts=texts):
            lines = (f"{number}. {_wrapped(text)}" for number, text in enumerate(texts, 1))
            return "\n".join(line.replace("\n", "\n   ") for line in lines)
        case Link(address=address, words=words):
            colon = "\u00a0: " if language == "fr" else ": "
            return f"{cell_text(words)}{colon}{safe_address(address)}".removesuffix(colon)
        case NewPage():
            return " ".join("*" * 20)
        case Picture():
            return ""
        case _:
            return _wrapped(block.text)


def _wrapped(text: str) -> str:
    lines = cell_text(text).split("\n")
    options: dict[str, Any] = {"width": _LINE, "break_long_words": False, "break_on_hyphens": False}
    return "\n".join(part for line in lines for part in textwrap.wrap(line, **options) or [""])


def html_body(blocks: Iterable[TextBlock], to_fill: Sequence[str] = (), *, pictures: bool = True) -> str:
    """The blocks as HTML. With `pictures` the pictures stand in it as data; else their words do."""
    say = _marking(to_fill)
    return "\n".join(_html(block, say, pictures) for block in blocks)


def _marking(to_fill: Sequence[str]) -> Callable[[str], str]:
    """Escapes a text, shows its addresses as links and marks what is still to be filled in."""
    marks = {html.escape(cell_text(blank)): blank for blank in to_fill}

    def say(text: str) -> str:
        plain = cell_text(text)
        parts: list[str] = []
        start = 0
        for found in _ADDRESS.finditer(plain):
            parts.append(html.escape(plain[start : found.start()]))
            address = html.escape(found.group(), quote=True)
            parts.append(f'<a href="{address}" rel="noreferrer">{address}</a>')
            start = found.end()
        shown = "".join((*parts, html.escape(plain[start:])))
        for blank in marks:
            shown = shown.replace(blank, f"<mark>{blank}</mark>")
        return shown.replace("\n", "<br>\n")

    return say


def _html(block: TextBlock, say: Callable[[str], str], pictures: bool) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"<h{min(max(level, 1), 4)}>{say(text)}</h{min(max(level, 1), 4)}>"
        case Notice(text=text, grave=grave):
            return f'<p class="{"grave" if grave else "notice"}" role="note">{say(text)}</p>'
        case Quote(text=text):
            return f'<pre class="quote" tabindex="0">{html.escape(cell_text(text))}</pre>'
        case Framed(text=text):
            return f'<p class="framed">{say(text)}</p>'
        case Steps():
            return _steps(block, say, pictures)
        case Link(address=address, words=words):
            target = html.escape(safe_address(address), quote=True)
            inner = html.escape(cell_text(words))
            inner = f'<a href="{target}" rel="noreferrer">{inner}</a>' if target else inner
            return f'<p class="link">{inner}</p>'
        case Picture(body=body, words=words):
            return _picture(bytes(body), cell_text(words), pictures)
        case NewPage():
            return "<hr>"
        case Paragraph(text=text, quiet=quiet):
            return f'<p class="quiet">{say(text)}</p>' if quiet else f"<p>{say(text)}</p>"


def _steps(steps: Steps, say: Callable[[str], str], pictures: bool) -> str:
    if not (pictures and steps.drawings):
        return "<ol>\n" + "\n".join(f"<li>{say(text)}</li>" for text in steps.texts) + "\n</ol>"
    pairs = zip(steps.drawings, steps.texts, strict=True)
    items = "\n".join(f"<li>{_drawing(one)}\n<p>{say(text)}</p></li>" for one, text in pairs)
    return f'<ol class="drawn" role="list">\n{items}\n</ol>'


def _drawing(drawing: Drawing) -> str:
    return f'<img src="{drawing.address}" alt="{html.escape(drawing.words, quote=True)}">'


def _picture(body: bytes, words: str, pictures: bool) -> str:
    small = thumbnail(body, PREVIEW) if pictures else None
    if small is None:
        return f'<p class="quiet">{html.escape(words)}</p>'
    data = base64.b64encode(small[0]).decode("ascii")
    alt = html.escape(words, quote=True)
    return f'<img src="data:image/jpeg;base64,{data}" alt="{alt}" width="{small[1]}" height="{small[2]}">'
