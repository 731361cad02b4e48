"""Answers of the Member Data Portability API that the member hands over as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._file_bytes import modified_at
from auditor.sources._folder import evidence_folder, files_in
from auditor.sources._person_files import tie
from auditor.sources._snapshot_pages import read_snapshot_file
from auditor.sources._without_evidence import without_evidence

NAME = "dma_snapshot"
MOST_FILES = 200
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class DmaSnapshotSettings:
    """`folder`: where the answers lie (`<employee id>.json`, `<employee id>/...`), relative to the
    policy file."""

    folder: str = ""


class DmaSnapshots:
    """A folder of handed-over snapshots, indexed once by employee id."""

    def __init__(self, folder: Path, employees: Iterable[Employee]) -> None:
        self._tied = tie(files_in(folder, SUFFIXES), folder, employees)

    def bring(self, employee: Employee) -> Capture:
        """The pages of the person's newest snapshot, those of one folder together."""
        if employee.employee_id in self._tied.contested:
            trouble = "the name of a snapshot file holds the ids of two people"
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        paths = self._tied.by_id.get(employee.employee_id, ())
        if not paths:
            trouble = "no snapshot file bears the person's employee id"
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        own = _newest_folder(paths)
        return _capture(employee, own, several=len(own) < len(paths))


def _newest_folder(paths: Sequence[Path]) -> list[Path]:
    """The files of the folder with the newest one, newest first."""
    newest = max(paths, key=lambda path: (_time(path), path)).parent
    own = [path for path in paths if path.parent == newest]
    return sorted(own, key=lambda path: (_time(path), path), reverse=True)


def _capture(employee: Employee, paths: list[Path], *, several: bool) -> Capture:
    if len(paths) > MOST_FILES:
        trouble = f"more than {MOST_FILES} snapshot files of one person"
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble)
    artifacts, captured_at, passed_over = _newest_snapshot(paths)
    notes = ("several snapshots of this person; the newest was read",) if several or passed_over else ()
    if not any(b'"elements"' in artifact.body for artifact in artifacts):
        trouble = next(
            (a.trouble for a in artifacts if a.trouble), "the files hold no PROFILE or POSITIONS data"
        )
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble, captured_at=captured_at)
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=CaptureStatus.OK,
        captured_at=captured_at,
        source=NAME,
        format=CaptureFormat.DMA_SNAPSHOT,
        artifacts=_main_first(artifacts),
        notes=notes,
    )


def _newest_snapshot(paths: Iterable[Path]) -> tuple[list[Artifact], datetime, bool]:
    """The pieces of the newest snapshot, its age (that of its oldest page), and whether files of
    earlier ones were passed over.

    A file that holds what a newer one holds as well belongs to an earlier snapshot.
    """
    artifacts: list[Artifact] = []
    claimed: set[str] = set()
    captured_at = datetime.max.replace(tzinfo=UTC)
    passed_over = False
    for path in paths:
        file = read_snapshot_file(path)
        if not claimed.isdisjoint(file.claims):
            passed_over = True
        elif file.artifacts:
            claimed |= file.claims
            artifacts.extend(file.artifacts)
            captured_at = min(captured_at, _time(path))
    return artifacts, (captured_at if artifacts else datetime.min.replace(tzinfo=UTC)), passed_over


def _main_first(artifacts: list[Artifact]) -> tuple[Artifact, ...]:
    pages = [artifact for artifact in artifacts if b'"elements"' in artifact.body]
    main = next((page for page in pages if b'"PROFILE"' in page.body), pages[0])
    rest = (artifact for artifact in artifacts if artifact is not main)
    return (replace(main, kind=ArtifactKind.MAIN), *rest)


def _time(path: Path) -> datetime:
    return modified_at(path) or datetime.min.replace(tzinfo=UTC)


@contextmanager
def open_snapshots(settings: DmaSnapshotSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Index the folder; raises SourceUnavailable where there is none."""
    yield DmaSnapshots(evidence_folder(NAME, settings.folder, context), context.employees)


SOURCE = Source(
    name=NAME,
    summary="snapshots of the Member Data Portability API, handed over by the member",
    settings=DmaSnapshotSettings,
    reach=frozenset({"full_name", "headline", "banner", "positions"}),
    open=open_snapshots,
    evidence_days=90,
)
