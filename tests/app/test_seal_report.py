"""A manifest is read back as it was written; what is none is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from auditor.app.seal_report import manifest_bytes, read_manifest, sums_text
from auditor.model.manifest import Manifest, WrittenFile

FILES = {
    "b.txt": WrittenFile("bb"),
    "a.xlsx": WrittenFile("aa", "rest", "pictures", {"People": ("C4:C5",)}),
    "leavers/7/letter.eml": WrittenFile("cc", draft=True),
}
MANIFEST = Manifest(
    run="2026-11-22-01",
    today=date(2026, 11, 22),
    written_at=datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
    program_version="1",
    policy_name="policy.yaml",
    policy_sha256="p",
    roster_name="people.csv",
    roster_sha256="r",
    banners={"Noordlicht / Herfst": "h"},
    evidence={"saved_pages": (("page", "picture"), ("page 2",))},
    log_lines=2,
    log_head="head",
    files=FILES,
)


def test_a_manifest_is_read_back_as_it_was_written():
    assert read_manifest(manifest_bytes(MANIFEST)) == MANIFEST


def test_sums_are_lines_for_sha256sum_and_hold_the_manifest_itself():
    lines = sums_text(MANIFEST, b"manifest").splitlines()
    # printf manifest | sha256sum
    own = "05b3abf2579a5eb66403cd78be557fd860633a1fe2103c7642030defe32c657f"
    assert lines == ["aa  a.xlsx", "bb  b.txt", "cc  leavers/7/letter.eml", f"{own}  manifest.json"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"run": 1}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_manifest_is_refused(body):
    with pytest.raises(ValueError, match=r"\w"):
        read_manifest(body)


def test_a_manifest_with_a_day_that_is_none_is_refused():
    content = json.loads(manifest_bytes(MANIFEST)) | {"today": "yesterday"}
    with pytest.raises(ValueError, match="yesterday"):
        read_manifest(json.dumps(content).encode())
