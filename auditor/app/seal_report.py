"""The manifest of a run's reports: written last, and its digest noted in the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from auditor.app.paths import log_of
from auditor.app.purge_receipts import PURGED, report_of_pack
from auditor.app.written_files import (
    MANIFEST_NAME,
    SUMS_NAME,
    entry_of,
    file_of,
    files_written,
    is_below,
)
from auditor.errors import ReportError
from auditor.files.reading import MEGABYTE, sha256_of
from auditor.files.writing import write_atomic
from auditor.model.examination import Examination
from auditor.model.manifest import Manifest, WrittenFile, banners_digest
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.store.log import AuditLog, LogLine

#: the event of the log that vouches for a manifest
REPORT_WRITTEN = "report_written"
#: the calendar of all departures, from which a purge takes the entries of a departure
CALENDAR = "leavers/all-departures.ics"
#: no manifest is larger, whatever lies there under its name
LARGEST_MANIFEST = 200 * MEGABYTE
_FORMAT = 1


def seal_report(report: AuditReport, folder: Path, policy: Policy, engine: sa.Engine) -> Path:
    """Write the manifest and SHA256SUMS of a report that was just written, and note the manifest in the log.

    Raises ReportError, StoreError.
    """
    log, run = log_of(policy, engine), report.run
    newest = log.newest()
    manifest = Manifest(
        run=run.id,
        today=run.today,
        written_at=datetime.now(UTC),
        program_version=run.program_version,
        policy_name=policy.path.name,
        policy_sha256=run.policy_sha256,
        roster_name=run.roster_name,
        roster_sha256=run.roster_sha256,
        banners=banners_of(policy),
        evidence=_evidence(report.examinations),
        log_lines=newest.number if newest else 0,
        log_head=newest.hash if newest else "",
        files=files_written(folder),
    )
    body = manifest_bytes(manifest)
    path = folder / MANIFEST_NAME
    try:
        write_atomic(path, body)
        write_atomic(folder / SUMS_NAME, sums_text(manifest, body))
    except OSError as trouble:
        raise ReportError(
            f"{path} could not be written: {trouble.strerror or trouble}",
            "The reports are written; write them again with: auditor report",
            code="NOT_WRITABLE",
        ) from None
    log.append(
        REPORT_WRITTEN,
        run=run.id,
        manifest=hashlib.sha256(body).hexdigest(),
        files=len(manifest.files),
        policy=policy.sha256,
        banners=banners_digest(manifest.banners),
    )
    return path


def leave_manifests(packs: Iterable[Path], log: AuditLog) -> dict[str, str]:
    """After a purge, take its packs out of their folders' manifests, which would still bear the numbers of
    people. Returns the new manifest's digest by run, of those manifests that the log vouched for."""
    gone: dict[Path, list[str]] = {}
    for pack in packs:
        report = report_of_pack(pack)
        gone.setdefault(report, []).append(pack.relative_to(report).as_posix())
    known = {manifest for line in log.lines() for _, manifest in manifests_in(line)} if gone else set()
    found = {}
    for report, names in gone.items():
        with suppress(OSError, ValueError):
            before, after = _leave(report, names)
            if before in known:
                found[report.name] = after
    return found


def manifests_in(line: LogLine) -> Iterator[tuple[str, str]]:
    """Run and digest of every manifest that a line of the log vouches for."""
    if line.event == REPORT_WRITTEN:
        yield str(line.content.get("run")), str(line.content.get("manifest"))
    elif line.event == PURGED:
        yield from line.content.get("manifests", {}).items()


def _leave(report: Path, gone: Iterable[str]) -> tuple[str, str]:
    """The digests of a folder's manifest before and after these paths left it. Raises OSError, ValueError."""

    def stays(name: str) -> bool:
        removed = any(is_below(name, one) for one in gone)
        return not (removed or name == CALENDAR) or (report / name).exists()

    before = (report / MANIFEST_NAME).read_bytes()
    manifest = read_manifest(before)
    files = {name: one for name, one in manifest.files.items() if stays(name)}
    if CALENDAR in files:
        files[CALENDAR] = WrittenFile(sha256_of(report / CALENDAR))
    manifest = replace(manifest, files=files)
    after = manifest_bytes(manifest)
    write_atomic(report / MANIFEST_NAME, after)
    write_atomic(report / SUMS_NAME, sums_text(manifest, after))
    return hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()


def banners_of(policy: Policy) -> dict[str, str]:
    """The digest of every reference banner, by entity and banner."""
    return {
        f"{company.entity} / {banner.name}": hashlib.sha256(banner.body).hexdigest()
        for company in policy.companies.values()
        for banner in company.banners
    }


def sums_text(manifest: Manifest, body: bytes) -> str:
    """The files and the manifest as `sha256sum -c` reads them."""
    own = {MANIFEST_NAME: hashlib.sha256(body).hexdigest()}
    sums = {**{name: one.sha256 for name, one in manifest.files.items()}, **own}
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items()))


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON in UTF-8."""
    content = {
        "format": _FORMAT,
        "run": manifest.run,
        "today": manifest.today.isoformat(),
        "written_at": manifest.written_at.isoformat(timespec="seconds"),
        "program_version": manifest.program_version,
        "policy": {"name": manifest.policy_name, "sha256": manifest.policy_sha256},
        "roster": {"name": manifest.roster_name, "sha256": manifest.roster_sha256},
        "banners": dict(sorted(manifest.banners.items())),
        "evidence": {name: [list(one) for one in pages] for name, pages in manifest.evidence.items()},
        "log": {"lines": manifest.log_lines, "head": manifest.log_head},
        "files": {name: entry_of(one) for name, one in sorted(manifest.files.items())},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogateescape")


def read_manifest(body: bytes) -> Manifest:
    """The manifest from its file. Raises ValueError for what is none."""
    try:
        content: Mapping[str, Any] = json.loads(body.decode("utf-8", "surrogateescape"))
        return Manifest(
            run=str(content["run"]),
            today=date.fromisoformat(content["today"]),
            written_at=datetime.fromisoformat(content["written_at"]),
            program_version=str(content["program_version"]),
            policy_name=str(content["policy"]["name"]),
            policy_sha256=str(content["policy"]["sha256"]),
            roster_name=str(content["roster"]["name"]),
            roster_sha256=str(content["roster"]["sha256"]),
            banners={str(name): str(sha256) for name, sha256 in content["banners"].items()},
            evidence={
                str(name): tuple(tuple(map(str, one)) for one in pages)
                for name, pages in content["evidence"].items()
            },
            log_lines=int(content["log"]["lines"]),
            log_head=str(content["log"]["head"]),
            files={str(name): file_of(entry) for name, entry in content["files"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise ValueError(f"it is no manifest ({type(trouble).__name__})") from None


def _evidence(examinations: Iterable[Examination]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """What was read, per source, in the order of the digests: it tells nothing of people."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for examination in examinations:
        for trial in examination.trials:
            if trial.digests:
                found.setdefault(trial.source, set()).add(trial.digests)
    return {name: tuple(sorted(pages)) for name, pages in sorted(found.items())}
