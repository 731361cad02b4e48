"""What is kept of a file that shows more than is audited: only the audited part, in a file of ours."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.extract.page_reading import facts_to_keep
from auditor.files.archives import BadArchive, unpack
from auditor.files.reading import modified_at
from auditor.files.writing import write_atomic
from auditor.model.capture import Capture
from auditor.model.profile import PageKind, Profile
from auditor.sources.member_export import PROFILE, BadTable, choose_tables, table_of, trimmed
from auditor.sources.saved_pages import READING, reading_text

_EXPORT_DATE = re.compile(r"_LinkedInDataExport_\d{2}-\d{2}-\d{4}(?=\D|$)", re.IGNORECASE)


#: how the folders are called in which something arrives
ARRIVING = ".arriving-"
#: nothing takes so long to arrive: what is older was left by a process that was killed
_LONGEST = timedelta(hours=1)


def remove_left_over(*folders: Path | None) -> None:
    """Delete what arrived in these folders while the program was killed."""
    for folder in folders:
        for path in folder.glob(f"{ARRIVING}*") if folder else ():
            begun = modified_at(path)
            if begun is None or begun < datetime.now(UTC) - _LONGEST:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def arriving(place: Path) -> Iterator[Path]:
    """A hidden folder beside a person's, on the same disk, for what is put together; gone afterwards."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=ARRIVING, dir=place.parent) as folder:
        yield Path(folder)


def keep_page(capture: Capture, profile: Profile, slug: str, folder: Path) -> Path:
    """Write what was read of a saved page, whose profile has this slug, into a folder. Raises OSError."""
    target = folder / f"page-{capture.captured_at:%Y-%m-%d}{READING}"
    signed_in = profile.page_kind is PageKind.PROFILE_SIGNED_IN
    write_atomic(target, reading_text(capture, facts_to_keep(profile), slug, signed_in=signed_in))
    return target


def keep_export(archive: Path, name: str, folder: Path) -> Path | None:
    """Write the audited columns of an export's three tables into a folder; None where it cannot be read.

    Of `name`, under which the export came, only its day is kept. The same archive gives the same bytes.
    Raises OSError where nothing can be written.
    """
    target = folder / _export_name(name)
    try:
        files = unpack(archive, choose_tables)
        tables = [(table_of(one.name) or PROFILE, one) for one in files]
        kept = [(table, one.written_at, trimmed(table, one.body)) for table, one in tables]
    except (BadArchive, BadTable, ValueError):
        return None
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for table, moment, body in kept:
            day = max(moment or datetime.now(UTC), datetime(1980, 1, 1, tzinfo=UTC))
            written.writestr(zipfile.ZipInfo(table, day.timetuple()[:6]), body)
    return target


def _export_name(name: str) -> str:
    """A name of ours that keeps the day which LinkedIn writes into the name of an export."""
    found = _EXPORT_DATE.search(name)
    kind = "Complete" if "complete" in name.casefold() else "Basic"
    return f"{kind}{found[0]}.zip" if found else "export.zip"
