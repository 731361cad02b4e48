"""Files against a manifest: nothing leads out of the folder, and accents may be composed either way."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace

from auditor.app.purge_receipts import Receipts
from auditor.app.seal_report import manifest_bytes, sums_text
from auditor.app.verify_files import file_checks
from auditor.model.manifest import WrittenFile
from auditor.model.verification import Standing
from tests.app.test_seal_report import MANIFEST
from tests.app.test_written_files import TEXT


def standings(folder, files):
    manifest = replace(MANIFEST, files={name: WrittenFile(TEXT) for name in files})
    body = manifest_bytes(manifest)
    (folder / "manifest.json").write_bytes(body)
    (folder / "SHA256SUMS").write_text(sums_text(manifest, body), "utf-8")
    return {check.what: check.standing for check in file_checks(manifest, folder, Receipts(), None)}


def test_a_name_may_have_its_accents_apart(tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "Bébé.txt")).write_text("text", "utf-8")
    assert standings(tmp_path, ["Bébé.txt"]) == {
        "Bébé.txt": Standing.UNCHANGED,
        "SHA256SUMS": Standing.UNCHANGED,
    }


def test_a_name_that_leads_out_and_a_folder_that_is_a_link_are_altered(tmp_path):
    folder, outside = tmp_path / "run", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text("text", "utf-8")
    (folder / "csv").symlink_to(outside)
    found = standings(folder, ["../outside/a.txt", "/etc/hostname", "csv/a.txt"])
    assert {one for name, one in found.items() if name.endswith(("a.txt", "hostname"))} == {Standing.ALTERED}


def test_a_pipe_in_the_place_of_a_file_is_altered_and_does_not_wait(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert standings(tmp_path, ["a.txt"])["a.txt"] is Standing.ALTERED
