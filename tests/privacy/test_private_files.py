"""Files for their owner only, a password on the workbooks, no half copy after a crash (G23, G30)."""

import io
import os
import subprocess
import sys
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import load_workbook

from auditor.app.passwords import lock, unlocked
from auditor.errors import UsageError
from tests.calling import call
from tests.privacy.everything import places_of
from tests.privacy.firm import TODAY
from tests.whole import ROOT

posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are a Unix matter")
SECRET = "geheim-wachtwoord-ë"


@posix
def test_everything_is_for_its_owner_only(firm):
    firm.save_all()
    firm.privacy("object", "0413")
    firm.run()
    firm.privacy("export", "0412", "--output", str(firm.folder / "given" / "theirs.json"))
    paths = [p for top in ("state", "reports", "given") for p in (firm.folder / top).rglob("*")]
    paths += [firm.folder / top for top in ("state", "reports", "given")]
    assert len(paths) > 10
    wrong = {
        str(path): oct(path.stat().st_mode & 0o777)
        for path in paths
        if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


def test_workbooks_take_a_password_and_open_with_it(firm, monkeypatch):
    firm.save_all()
    firm.write_policy(tail="reports: {password_env: WORKBOOK_SECRET}")
    monkeypatch.setenv("WORKBOOK_SECRET", SECRET)
    done = firm.run()
    assert done.returncode == 1, done.stderr
    books = list(firm.reports.rglob("*.xlsx"))
    assert books
    for path in books:
        file = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
        assert file.is_encrypted(), path.name
        body = unlocked(path.read_bytes(), SECRET)
        assert load_workbook(io.BytesIO(body)).sheetnames
        with pytest.raises(UsageError, match="does not open"):
            unlocked(path.read_bytes(), "another")
    shown = [unlocked(path.read_bytes(), SECRET) for path in books]
    assert any("Findings" in load_workbook(io.BytesIO(body)).sheetnames for body in shown)
    assert places_of(SECRET, firm.state, firm.reports) == []
    assert not list(firm.reports.rglob("*.part"))


def test_a_returned_workbook_with_the_password_is_read(firm, monkeypatch):
    """HR types a decision into the locked file and saves it with the same password."""
    firm.save_all()
    firm.write_policy(tail="reports: {password_env: WORKBOOK_SECRET}")
    monkeypatch.setenv("WORKBOOK_SECRET", SECRET)
    firm.run()
    path = max(firm.reports.rglob("linkedin-audit_*.xlsx"), key=lambda one: one.stat().st_size)
    book = load_workbook(io.BytesIO(unlocked(path.read_bytes(), SECRET)))
    sheet = book["Findings"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Decision" for cell in row))
    column = next(cell.column for cell in head if cell.value == "Decision")
    sheet.cell(head[0].row + 1, column).value = "Objection received"
    returned = firm.folder / "returned.xlsx"
    book.save(returned)
    lock([returned], SECRET)
    done = call("decisions", "read", str(returned), "--policy", str(firm.policy), "--today", TODAY)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "1 objections" in firm.privacy("objections").stderr
    assert "objection_recorded" in firm.log("show").stdout
    monkeypatch.setenv("WORKBOOK_SECRET", "another")
    done = call("decisions", "read", str(returned), "--policy", str(firm.policy), "--today", TODAY)
    assert (done.returncode, "locked with a password" in done.stderr + done.stdout) == (2, True)


def test_a_password_that_is_not_set_ends_the_run_before_it_begins(firm, monkeypatch):
    monkeypatch.delenv("WORKBOOK_SECRET", raising=False)
    firm.save_all()
    firm.write_policy(tail="reports: {password_env: WORKBOOK_SECRET}")
    done = firm.run()
    assert (done.returncode, "WORKBOOK_SECRET" in done.stderr) == (2, True)
    assert not firm.reports.exists()


@posix
def test_a_killed_run_leaves_no_copy_outside_its_folders(firm, tmp_path_factory):
    """The process ends itself hard after the second person: nothing lies about in the temporary folder."""
    firm.save_all()
    elsewhere = tmp_path_factory.mktemp("temporary")
    killed = (
        "import os, sys\n"
        "import auditor.store.runs as runs\n"
        "from auditor.cli.main import run_program\n"
        "saved, count = runs.RunStore.save, []\n"
        "def save(*given, **more):\n"
        "    saved(*given, **more)\n"
        "    count.append(1)\n"
        "    if len(count) == 2: os.kill(os.getpid(), 9)\n"
        "runs.RunStore.save = save\n"
        "run_program(sys.argv[1:])\n"
    )
    call = ("run", "--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy))
    done = subprocess.run(
        [sys.executable, "-c", killed, *call, "--output", str(firm.reports), "--today", TODAY],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(elsewhere)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    assert places_of("Verzinsel", Path(elsewhere), firm.reports) == []
    again = firm.run("--resume")
    assert again.returncode == 1, again.stderr
