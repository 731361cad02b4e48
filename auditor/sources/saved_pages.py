"""Pages that HR or the employee saved by hand, matched to people by the page's own address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.address import profile_slug
from auditor.domain.capture import Capture, CaptureStatus
from auditor.domain.employee import Employee
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._file_bytes import modified_at, read_head
from auditor.sources._folder import evidence_folder, files_in
from auditor.sources._mhtml import is_mhtml, read_mhtml
from auditor.sources._page_head import HEAD_LENGTH, page_identity
from auditor.sources._saved_files import NAME, capture_saved_file
from auditor.sources._without_evidence import without_evidence

__all__ = ["SOURCE", "SavedPages", "SavedPagesSettings", "capture_saved_file"]

SUFFIXES = frozenset({".html", ".htm", ".mhtml", ".mht"})
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SavedPagesSettings:
    """`folder`: where the saved pages lie, relative to the policy file."""

    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Saved:
    path: Path
    saved_at: datetime


class SavedPages:
    """A folder of saved pages, indexed once by the profile that each page names as its own."""

    def __init__(self, folder: Path) -> None:
        self._by_slug: dict[str, list[_Saved]] = {}
        nameless = 0
        for path in files_in(folder, SUFFIXES):
            slug, saved_at = _look_at(path)
            if slug is None:
                nameless += 1
            else:
                self._by_slug.setdefault(slug, []).append(_Saved(path, saved_at or _OLDEST))
        #: what should be said of the folder as a whole
        self.notices = (f"{nameless} files in the folder name no profile",) if nameless else ()

    def bring(self, employee: Employee) -> Capture:
        """The newest saved page whose own address is this person's."""
        slug = profile_slug(employee.profile_url or "")
        if slug is None:
            return without_evidence(
                employee, NAME, CaptureStatus.NO_URL, "the roster gives no profile address"
            )
        found = sorted(
            self._by_slug.get(slug, ()), key=lambda saved: (saved.saved_at, saved.path), reverse=True
        )
        if not found:
            return without_evidence(
                employee,
                NAME,
                CaptureStatus.NOT_ATTEMPTED,
                "no saved page for this person in the folder",
                notes=self.notices,
            )
        path = found[0].path
        capture = capture_saved_file(path, employee.employee_id, employee.profile_url or "")
        capture = replace(capture, file_name=path.name)
        if len(found) == 1:
            return capture
        note = (
            f"{len(found)} saved pages of this person; the newest, of {found[0].saved_at:%Y-%m-%d}, was read"
        )
        return replace(capture, notes=(*capture.notes, note))


@contextmanager
def open_saved_pages(settings: SavedPagesSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Index the folder; raises SourceUnavailable where there is none."""
    yield SavedPages(evidence_folder(NAME, settings.folder, context))


def _look_at(path: Path) -> tuple[str | None, datetime | None]:
    head = read_head(path, HEAD_LENGTH)
    saved_from, saved_at = "", None
    if is_mhtml(head):
        file = read_mhtml(head)
        page = file.page()
        head, saved_from, saved_at = (page.body() if page else b""), file.address, file.saved_at
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("utf-8")
    identity = page_identity(head, saved_from)
    return (identity.slug if identity else None), saved_at or modified_at(path)


SOURCE = Source(
    name=NAME,
    summary="pages saved by hand: .html, .html with its folder, or MHTML",
    settings=SavedPagesSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_saved_pages,
    evidence_days=45,
)
