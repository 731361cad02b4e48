"""What a run read, against what lies there now: policy, reference banners, roster, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.app.purge_receipts import Receipts, receipt_words
from auditor.app.seal_report import REPORT_WRITTEN, banners_of
from auditor.errors import UsageError
from auditor.files.reading import sha256_of
from auditor.model.manifest import RECEIPT_SIGNS, Manifest, banners_digest
from auditor.model.policy import Policy
from auditor.model.verification import Check, Standing
from auditor.sources.saved_pages import SUFFIXES, capture_saved_file
from auditor.store.log import LogLine


def input_checks(
    manifest: Manifest, policy: Policy, lines: Iterable[LogLine], roster: Path | None
) -> Iterator[Check]:
    """Policy and reference banners as they are now, and the roster where a file is given. Raises UsageError
    for a roster that cannot be read."""
    later = [line for line in lines if line.number > manifest.log_lines and line.event in _USES_POLICY]
    yield _input("policy", policy.sha256 == manifest.policy_sha256, later, "policy", policy.sha256)
    present = banners_of(policy)
    same = all(present.get(name) == sha256 for name, sha256 in manifest.banners.items())
    yield _input("reference banners", same, later, "banners", banners_digest(present))
    if roster is None:
        remark = f"SHA-256 {manifest.roster_sha256}; compare it with --roster FILE"
        yield Check("roster", Standing.NOT_CHECKED, remark)
        return
    try:
        same = sha256_of(roster) == manifest.roster_sha256
    except OSError as trouble:
        raise UsageError(
            f"{roster} cannot be read: {trouble.strerror or trouble}", code="FILE_UNREADABLE"
        ) from None
    remark = "" if same else "this file is not the roster that the run read"
    yield Check("roster", Standing.UNCHANGED if same else Standing.ALTERED, remark)


#: events whose line says with which policy and banners the program worked
_USES_POLICY = frozenset({REPORT_WRITTEN, "policy_reviewed"})


def _input(what: str, same: bool, later: Iterable[LogLine], key: str, digest: str) -> Check:
    """Policy or banners against those of the run; changed ones are in order once a later run used them."""
    if same:
        return Check(what, Standing.UNCHANGED)
    used = next((line for line in later if line.content.get(key) == digest), None)
    if used:
        return Check(what, Standing.LATER, f"in use since {used.at[:10]}, see line {used.number} of the log")
    return Check(what, Standing.ALTERED, "changed since, and no later run used this version")


def evidence_checks(manifest: Manifest, receipts: Receipts, captures: Path | None) -> Iterator[Check]:
    """The evidence that was read, against what lies in a folder."""
    pages = [one for found in manifest.evidence.values() for one in found]
    if captures is None:
        if pages:
            remark = f"{len(pages)} pieces were read; compare them with --captures DIR"
            yield Check("evidence", Standing.NOT_CHECKED, remark)
        return
    lying = _as_it_lies(captures)
    for page, *pictures in pages:
        name = f"evidence {page[:RECEIPT_SIGNS]}"
        receipt = receipts.copies.get(page[:RECEIPT_SIGNS])
        if page in lying and set(pictures) <= set(lying[page]):
            yield Check(name, Standing.UNCHANGED)
        elif page in lying:
            yield Check(name, Standing.ALTERED, "a picture beside this page is not the one that was read")
        elif receipt:
            yield Check(name, Standing.DELETED, receipt_words(receipt))
        else:
            yield Check(name, Standing.ALTERED, "is not there as it was read, and the log holds no receipt")


def _as_it_lies(folder: Path) -> dict[str, tuple[str, ...]]:
    """By SHA-256 of every file below the folder, the digests of what a saved page shows beside itself.
    Links are not followed. Raises UsageError where there is no folder."""
    if not folder.is_dir():
        raise UsageError(f"The evidence folder {folder} does not exist.", code="EVIDENCE_FOLDER")
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            if path.suffix.lower() in SUFFIXES:
                page, *pictures = capture_saved_file(path).digests() or (sha256_of(path),)
                found[page] = (*found.get(page, ()), *pictures)
            else:
                found.setdefault(sha256_of(path), ())
        except OSError:
            continue
    return found
