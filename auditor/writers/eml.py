"""Writes message drafts that a mail program opens for completing: no sender, no recipient, unsent."""

from __future__ import annotations

import html
import mimetypes
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import MailDraft
from auditor.ports import Writer
from auditor.writers._clean import cell_text
from auditor.writers._text_blocks import html_body, plain_text

_STYLE = """\
body { font: 15px/1.5 Calibri, Carlito, Arial, sans-serif; color: #1b1f24; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; } h3 { font-size: 1em; }
.notice, .grave { background: #fff1d6; color: #663a00; padding: 8px 12px; }
.framed { border-left: 4px solid #1f3a5f; padding-left: 12px; }
.quote { font: inherit; font-weight: bold; background: #f1f5f9; padding: 8px 12px; white-space: pre-wrap; }
.quiet { color: #57606a; } mark { background: #ffe08a; }
"""


def write_eml(document: MailDraft, folder: Path) -> Sequence[Path]:
    """Write one draft and return its path. Raises ReportError where nothing can be written."""
    body = draft_bytes(document)
    return [write_document(folder / document.folder, document.file_name, body)]


def draft_bytes(document: MailDraft) -> bytes:
    """The message; the same draft gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(cell_text(document.subject).split())
    message["X-Unsent"] = "1"
    message.set_content(
        plain_text(document.blocks, document.language),
        subtype="plain",
        charset="utf-8",
        cte="quoted-printable",
    )
    message.add_alternative(_html(document), subtype="html", charset="utf-8", cte="quoted-printable")
    for name, content in document.attachments:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    for number, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"=_auditor_draft_{number}_=")
    return message.as_bytes()


def _html(document: MailDraft) -> str:
    body = html_body(document.blocks, document.to_fill, pictures=False)
    language = html.escape(document.language, quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n<style>\n{_STYLE}</style>'
        f"</head>\n<body>\n{body}\n</body></html>\n"
    )


WRITER = Writer("eml", (MailDraft,), write_eml)
