"""What of a run is as it was: its files against the manifest, the manifest against the log, the log against
its own chain."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.app.maintain_store import existing_engine
from auditor.app.passwords import unlocker_of
from auditor.app.paths import log_of
from auditor.app.purge_receipts import Receipts, receipt_words, receipts_for_run
from auditor.app.run_plan import store_address
from auditor.app.seal_report import LARGEST_MANIFEST, manifests_in, read_manifest
from auditor.app.verify_files import file_checks
from auditor.app.verify_inputs import evidence_checks, input_checks
from auditor.app.written_files import MANIFEST_NAME, SUMS_NAME
from auditor.errors import UsageError
from auditor.files.reading import read_file
from auditor.model.manifest import Manifest
from auditor.model.policy import Policy
from auditor.model.verification import Check, Standing, Verification
from auditor.store.database import is_there
from auditor.store.log import LogLine

_RUN_ID = re.compile(r"\d{4}-\d{2}-\d{2}-\d{2,}")


def verify_run(
    policy: Policy,
    wanted: str,
    output: Path,
    roster: Path | None = None,
    captures: Path | None = None,
) -> Verification:
    """Look through a run, given by its id or its folder. Changes nothing. Raises UsageError for a run that
    the log does not know, StoreError."""
    run, folder = _place(wanted, output)
    if not is_there(store_address(policy)):
        raise _unknown(run, ())
    log = log_of(policy, existing_engine(policy))
    lines = list(log.lines())
    known = [sha256 for line in lines for of, sha256 in manifests_in(line) if of == run]
    broken = log.verify()
    checks = [_chain(broken.number, broken.reason) if broken else Check("audit log", Standing.UNCHANGED)]
    head = f"{lines[-1].number} {lines[-1].hash}" if lines else "none"
    if not known:
        if broken:  # the line about this run may be the one that was removed
            return Verification(run, tuple(checks), head)
        raise _unknown(run, lines)
    receipts = receipts_for_run(lines, run)
    manifest = None
    if (folder / MANIFEST_NAME).is_file() or not receipts.folder:
        manifest, own = _manifest(run, folder, known, lines)
        checks.append(own)
    if manifest is None:
        checks += _deleted(folder, receipts)
    else:
        checks += _head(manifest, lines)
        checks += file_checks(manifest, folder, receipts, unlocker_of(policy))
        checks += input_checks(manifest, policy, lines, roster)
        checks += evidence_checks(manifest, receipts, captures)
    return Verification(run, tuple(checks), head)


def _place(wanted: str, output: Path) -> tuple[str, Path]:
    """The run's id and its folder."""
    if _RUN_ID.fullmatch(wanted):
        return wanted, output / wanted
    folder = Path(wanted)
    if not folder.is_dir():
        raise UsageError(f"{wanted} is neither the id of a run nor a folder.", code="RUN_UNKNOWN")
    name = folder.resolve().name
    if _RUN_ID.fullmatch(name):
        return name, folder
    try:
        return read_manifest(read_file(folder / MANIFEST_NAME, LARGEST_MANIFEST)).run, folder
    except (OSError, ValueError):
        raise UsageError(
            f"{wanted} is not the folder of a run: it holds no {MANIFEST_NAME}.", code="RUN_UNKNOWN"
        ) from None


def _unknown(run: str, lines: Iterable[LogLine]) -> UsageError:
    began = any(line.content.get("run") == run for line in lines)
    if began:
        return UsageError(
            f"The reports of the run {run} were written without a manifest.",
            f"A manifest can only vouch for reports from now on: auditor report {run}",
            code="MANIFEST_MISSING",
        )
    return UsageError(
        f"The audit log knows no run {run}.",
        f"Without the log, `sha256sum -c {SUMS_NAME}` in the folder compares the files with their list.",
        code="RUN_UNKNOWN",
    )


def _chain(number: int, reason: str) -> Check:
    return Check("audit log", Standing.ALTERED, f"line {number} {reason}")


def _manifest(
    run: str, folder: Path, known: list[str], lines: Iterable[LogLine]
) -> tuple[Manifest | None, Check]:
    """The manifest of the folder, and whether the log vouches for it."""
    path = folder / MANIFEST_NAME
    try:
        if path.is_symlink():
            return None, Check(MANIFEST_NAME, Standing.ALTERED, "is a link")
        body = read_file(path, LARGEST_MANIFEST)
        manifest = read_manifest(body)
    except FileNotFoundError:
        what = "the folder is missing, and the log holds no receipt for it"
        if folder.is_dir():
            what = f"is missing. If writing the reports was interrupted: auditor report {run}"
        return None, Check(MANIFEST_NAME, Standing.ALTERED, what)
    except (OSError, ValueError) as trouble:
        return None, Check(MANIFEST_NAME, Standing.ALTERED, f"cannot be read: {trouble}")
    if manifest.run != run:
        return manifest, Check(MANIFEST_NAME, Standing.ALTERED, f"belongs to the run {manifest.run}")
    digest = hashlib.sha256(body).hexdigest()
    if digest not in known:
        return manifest, Check(MANIFEST_NAME, Standing.ALTERED, "is not the one that the log knows")
    if digest != known[-1]:
        return manifest, Check(MANIFEST_NAME, Standing.UNCHANGED, "an earlier version of the reports")
    return manifest, Check(MANIFEST_NAME, Standing.UNCHANGED)


def _head(manifest: Manifest, lines: list[LogLine]) -> Iterator[Check]:
    """Whether the line that the manifest saw last is still that line: a log written anew is noticed."""
    number = manifest.log_lines
    if number and (number > len(lines) or lines[number - 1].hash != manifest.log_head):
        remark = f"line {number} is not the one that the manifest remembers"
        yield Check("audit log", Standing.ALTERED, remark)


def _deleted(folder: Path, receipts: Receipts) -> Iterator[Check]:
    if receipts.folder:
        yield Check("report folder", Standing.DELETED, receipt_words(receipts.folder))
        if folder.is_dir() and any(folder.iterdir()):
            yield Check("report folder", Standing.NOT_CHECKED, "some files still lie there; delete them")
