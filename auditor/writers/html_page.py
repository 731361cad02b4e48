"""Writes a page that needs nothing but itself: no script, no network, light and dark, printable."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import HtmlPage
from auditor.ports import Writer
from auditor.writers._clean import cell_text
from auditor.writers._text_blocks import html_body

_STYLE = """\
:root { color-scheme: light dark; --text: #1b1f24; --page: #ffffff; --quiet: #57606a; --line: #d0d7de;
  --strong: #1f3a5f; --link: #0b57d0; --notice: #fff1d6; --notice-text: #663a00; --grave: #f9d2d0;
  --grave-text: #7a1210; --quote: #f1f5f9; --mark: #ffe08a; --mark-text: #4a3500; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --page: #14181d; --quiet: #9aa7b4; --line: #3a434d; --strong: #a9cbf5;
    --link: #8ab8ff; --notice: #3d2c0b; --notice-text: #ffd591; --grave: #4a1614; --grave-text: #ffc9c5;
    --quote: #1f2730; --mark: #6b5200; --mark-text: #fff3c4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 "Segoe UI", Calibri, Carlito, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.2rem; color: var(--strong); }
h2 { font-size: 1.2rem; margin: 1.8rem 0 .5rem; color: var(--strong); }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ol { padding-left: 1.4rem; margin: .5rem 0; }
li { margin: .4rem 0; overflow-wrap: anywhere; }
ol.drawn { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1.2rem;
  list-style: none; padding: 0; margin-top: 1.1rem; counter-reset: step; }
ol.drawn li { counter-increment: step; position: relative; margin: 0; break-inside: avoid; }
ol.drawn li::before { content: counter(step); position: absolute; top: -.5rem; left: -.5rem; width: 1.7rem;
  height: 1.7rem; line-height: 1.7rem; border-radius: 50%; text-align: center; font-weight: 600;
  background: var(--strong); color: var(--page); }
ol.drawn img { width: 100%; max-width: 20rem; background: #f6f8fa; }
a { color: var(--link); }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.link + .quiet { margin-top: -.5rem; font-size: .9rem; break-before: avoid; }
.notice, .grave { padding: .7rem 1rem; border-radius: 6px; background: var(--notice);
  color: var(--notice-text); }
.grave { background: var(--grave); color: var(--grave-text); font-weight: 600; }
.framed { border-left: 4px solid var(--strong); padding: .2rem 0 .2rem 1rem; margin: 1rem 0; }
.quote { font: inherit; font-weight: 600; background: var(--quote); border: 1px solid var(--line);
  border-radius: 6px; padding: .7rem 1rem; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere;
  user-select: all; -webkit-user-select: all; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5rem 0; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; display: block; }
mark { background: var(--mark); color: var(--mark-text); padding: 0 .2em; border-radius: 3px; }
@media print { hr { break-after: page; border: 0; margin: 0; }
  :root { color-scheme: light; } body { font-size: 11pt; }
  main { max-width: none; padding: 0; } }
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_html_page(document: HtmlPage, folder: Path) -> Sequence[Path]:
    """Write one page and return its path. Raises ReportError where nothing can be written."""
    body = page_text(document).encode("utf-8")
    return [write_document(folder / document.folder, document.file_name, body)]


def page_text(document: HtmlPage) -> str:
    """The whole page as HTML."""
    return f"""\
<!DOCTYPE html>
<html lang="{html.escape(document.language, quote=True)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{html.escape(cell_text(document.title))}</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
{html_body(document.blocks, document.to_fill)}
</main>
</body>
</html>
"""


WRITER = Writer("html_page", (HtmlPage,), write_html_page)
