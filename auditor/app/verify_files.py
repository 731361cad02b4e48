"""The files of a report folder against its manifest: what is unchanged, filled in, deleted or altered."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from auditor.app.edited_workbooks import state_as_read
from auditor.app.purge_receipts import Receipts, pack_of, receipt_below, receipt_words
from auditor.app.seal_report import CALENDAR, LARGEST_MANIFEST, sums_text
from auditor.app.workbook_content import pictures_digest, rest_digest
from auditor.app.written_files import MANIFEST_NAME, SUMS_NAME
from auditor.feedback.opening import RefusedWorkbook, Unlock
from auditor.files.reading import read_file, sha256_of
from auditor.model.manifest import Manifest, WrittenFile
from auditor.model.verification import Check, Standing


def file_checks(
    manifest: Manifest, folder: Path, receipts: Receipts, unlock: Unlock | None
) -> Iterator[Check]:
    """Every file of the manifest, the list for sha256sum, and whatever else lies in the folder."""
    there = dict(_lying(folder))
    wanted = {_composed(name): name for name in manifest.files}
    entries = {name: one.sha256 for name, one in manifest.files.items()}
    for key, name in wanted.items():
        if not _stays_inside(name):
            yield Check(name, Standing.ALTERED, "leads out of the folder")
        elif key in there:
            yield _file(name, manifest.files[name], there[key], folder, receipts, unlock)
        else:
            yield _missing(name, entries, receipts)
    yield _sums(manifest, folder)
    for key, path in there.items():
        if key not in wanted:
            yield Check(path.relative_to(folder).as_posix(), Standing.NOT_OURS)


def _lying(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files and links of the folder by composed name; hidden files are the program's own notes."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = path.name.startswith((".", "~$"))
        if not hidden and name not in (MANIFEST_NAME, SUMS_NAME) and (path.is_symlink() or not path.is_dir()):
            yield _composed(name), path


def _composed(name: str) -> str:
    """The name with composed accents: some systems and archives take them apart."""
    return unicodedata.normalize("NFC", name)


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


def _missing(name: str, entries: Mapping[str, str], receipts: Receipts) -> Check:
    receipt = receipts.papers.get(receipt_below(pack_of(name), entries)) or receipts.folder
    if receipt:
        return Check(name, Standing.DELETED, receipt_words(receipt))
    if name == CALENDAR and receipts.papers:
        return Check(name, Standing.DELETED, "its last departure was deleted by retention")
    return Check(name, Standing.ALTERED, "is missing, and the log holds no receipt for it")


def _file(
    name: str,
    written: WrittenFile,
    path: Path,
    folder: Path,
    receipts: Receipts,
    unlock: Unlock | None,
) -> Check:
    if path.is_symlink() or any(
        parent.is_symlink() for parent in path.parents if parent.is_relative_to(folder) and parent != folder
    ):
        return Check(name, Standing.ALTERED, "is a link, not the file that was written")
    try:
        digest = sha256_of(path)
    except OSError as trouble:
        return Check(name, Standing.ALTERED, f"cannot be read: {trouble.strerror or trouble}")
    if digest == written.sha256:
        return Check(name, Standing.UNCHANGED)
    if written.rest_sha256:
        return _workbook(name, written, path, digest, unlock)
    if written.draft:
        return Check(name, Standing.FILLED_IN, "a draft that people complete by hand")
    if name == CALENDAR and receipts.papers:
        return Check(name, Standing.DELETED, "without the departures that retention deleted")
    return Check(name, Standing.ALTERED, "is not as it was written")


def _workbook(name: str, written: WrittenFile, path: Path, digest: str, unlock: Unlock | None) -> Check:
    """A workbook may differ in the cells that HR fills in, and nowhere else."""
    try:
        rest = rest_digest(path, written.open_cells, unlock)
        pictures = pictures_digest(path, unlock)
    except RefusedWorkbook as trouble:
        remark = f"was changed, and it cannot be told whether only answers were filled in: {trouble}"
        return Check(name, Standing.ALTERED, remark)
    except (OSError, zipfile.BadZipFile):
        return Check(name, Standing.ALTERED, "was changed, and is no whole workbook any more")
    if rest != written.rest_sha256:
        return Check(name, Standing.ALTERED, "was changed outside the cells that people fill in")
    if pictures != written.pictures_sha256:
        return Check(name, Standing.ALTERED, "its pictures are not those that were written")
    read = "and read by the program" if state_as_read(path) == digest else "not read by the program so far"
    return Check(name, Standing.FILLED_IN, f"only in the cells for answers, {read}")


def _sums(manifest: Manifest, folder: Path) -> Check:
    try:
        path = folder / SUMS_NAME
        text = sums_text(manifest, read_file(folder / MANIFEST_NAME, LARGEST_MANIFEST))
        same = not path.is_symlink() and read_file(path, LARGEST_MANIFEST).decode() == text
    except (OSError, ValueError):
        same = False
    remark = "" if same else "does not say what the manifest says"
    return Check(SUMS_NAME, Standing.UNCHANGED if same else Standing.ALTERED, remark)
