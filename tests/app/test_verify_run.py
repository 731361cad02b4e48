"""An honest run stays honest, whatever people do as they are meant to; everything else is noticed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from auditor.store import tables
from auditor.store.database import writing
from tests.calling import call as command
from tests.privacy.firm import PEOPLE, TODAY, Firm
from tests.rules.subjects import original

RUN = f"{TODAY}-01"
BANNER = """    banners:
      - {name: Autumn, file: brand/autumn.png, role: current}
"""
CARD = '<div class="top-card-layout__card'


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> Firm:
    firm = Firm(tmp_path_factory.mktemp("firm"))
    (firm.policy.parent / "brand").mkdir()
    (firm.policy.parent / "brand" / "autumn.png").write_bytes(original("current"))
    firm.write_policy(more=BANNER)
    firm.save_all()
    show_banner(firm, PEOPLE[0].slug, "previous")
    assert firm.run().returncode == 1
    return firm


@pytest.fixture
def firm(audited, tmp_path) -> Firm:
    return audited.copied_to(tmp_path)


def show_banner(firm: Firm, slug: str, banner: str) -> None:
    """Let a saved page show a banner that lies in the folder beside it."""
    page = firm.folder / "saved" / f"{slug}.html"
    text = page.read_text("utf-8")
    figure = (
        '<figure class="cover-img"><div class="cover-img__image-frame">'
        '<div class="cover-img__image-position">'
        f'<img class="cover-img__image relative" src="./{slug}_files/1754413013917.png" alt="">'
        "</div></div></figure>"
    )
    assert CARD in text
    page.write_text(text.replace(CARD, figure + CARD, 1), "utf-8")
    page.with_name(f"{slug}_files").mkdir()
    (page.with_name(f"{slug}_files") / "1754413013917.png").write_bytes(original(banner))


def verify(firm: Firm, *more: str, run: str = RUN) -> CompletedProcess:
    return command("verify", run, "--policy", str(firm.policy), "--output", str(firm.reports), *more)


def folder(firm: Firm) -> Path:
    return firm.reports / RUN


def workbook(firm: Firm) -> Path:
    """The first one; a later one beside it has a longer name."""
    return min(folder(firm).glob("linkedin-audit_all_*.xlsx"), key=lambda path: len(path.name))


def answer(path: Path, heading: str, value: str) -> None:
    """Fill in the first cell below a heading of the sheet Findings, as a spreadsheet program does."""
    book = load_workbook(path)
    sheet = book["Findings"]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == heading)
    sheet.cell(place.row + 1, place.column).value = value
    book.save(path)


def test_an_untouched_run_is_unchanged_also_by_its_folder_a_copy_and_sha256sum(firm, tmp_path):
    copy = tmp_path / "archive" / "november"
    shutil.copytree(folder(firm), copy)
    inputs = ("--roster", str(firm.folder / "people.csv"), "--captures", str(firm.folder / "saved"))
    for found in (verify(firm), verify(firm, *inputs), verify(firm, run=str(copy))):
        assert (found.returncode, "Altered" in found.stdout) == (0, False), found.stdout
    assert "not checked" not in verify(firm, *inputs).stdout
    call = ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
    assert subprocess.run(call, cwd=copy, check=False).returncode == 0


def test_the_manifest_names_nobody_and_ties_no_evidence_to_a_person(firm):
    content = json.loads((folder(firm) / "manifest.json").read_text("utf-8"))
    pages = {hashlib.sha256(one.read_bytes()).hexdigest() for one in (firm.folder / "saved").glob("*.html")}
    assert {page for page, *_ in content["evidence"]["saved_pages"]} == pages
    told = json.dumps({key: one for key, one in content.items() if key != "files"})
    assert not [row for row in PEOPLE if row.number in told or row.slug in told or row.name in told]
    names = " ".join(content["files"])
    assert not [row for row in PEOPLE if row.slug in names or row.name.split()[1] in names]
    assert [one for _, *one in content["evidence"]["saved_pages"] if one] == [
        [hashlib.sha256(original("previous")).hexdigest()]
    ]


def test_answers_and_completed_drafts_are_no_alterations(firm):
    answer(workbook(firm), "Decision", "Fixed")
    found = verify(firm)
    assert found.returncode == 0, found.stdout
    assert f"Filled in: {workbook(firm).name} (only in the cells for answers, not read" in found.stdout
    firm.run(today="2026-12-01")
    assert "and read by the program" in verify(firm).stdout


@pytest.mark.parametrize("heading", ["Name", "What was seen"])
def test_a_changed_cell_is_noticed_also_in_a_workbook_that_was_filled_in(firm, heading):
    book = load_workbook(workbook(firm))
    headings = {cell.value for row in book["Findings"].iter_rows() for cell in row}
    answer(workbook(firm), "Decision", "Fixed")
    answer(workbook(firm), heading if heading in headings else "Entity", "Somebody else")
    found = verify(firm)
    assert found.returncode == 1
    assert "was changed outside the cells that people fill in" in found.stdout


def test_a_swapped_picture_is_noticed(firm):
    picture = next(folder(firm).glob("fix-kits/**/*.png"))
    picture.write_bytes(original("sister"))
    found = verify(firm)
    assert found.returncode == 1
    assert (
        f"Altered: {picture.relative_to(folder(firm)).as_posix()} (is not as it was written)" in found.stdout
    )


def test_a_swapped_picture_inside_a_workbook_that_was_filled_in_is_noticed(firm):
    path = workbook(firm)
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    picture = next(name for name in parts if name.startswith("xl/media/"))
    with zipfile.ZipFile(path, "w") as after:
        for name, body in parts.items():
            after.writestr(name, original("sister") if name == picture else body)
    found = verify(firm)
    assert found.returncode == 1
    assert "its pictures are not those that were written" in found.stdout


def test_a_swapped_picture_of_the_evidence_is_noticed_and_a_deleted_page_needs_a_receipt(firm):
    saved = firm.folder / "saved"
    picture = saved / f"{PEOPLE[0].slug}_files" / "1754413013917.png"
    picture.write_bytes(original("current"))
    swapped = verify(firm, "--captures", str(saved))
    assert swapped.returncode == 1
    assert "a picture beside this page is not the one that was read" in swapped.stdout
    picture.write_bytes(original("previous"))
    assert verify(firm, "--captures", str(saved)).returncode == 0
    (saved / f"{PEOPLE[1].slug}.html").unlink()
    assert "is not there as it was read" in verify(firm, "--captures", str(saved)).stdout


@pytest.mark.parametrize("number", [2, 3])
def test_a_log_line_that_is_removed_is_noticed(firm, number):
    with writing(firm.engine()) as connection:
        connection.execute(tables.log.delete().where(tables.log.c.number == number))
    found = verify(firm)
    assert found.returncode == 1
    assert "Altered: audit log" in found.stdout


def test_a_policy_that_was_edited_is_noticed_until_a_run_has_used_it(firm):
    firm.write_policy(more=BANNER, tail="reports: {letter_form: informal}")
    found = verify(firm)
    assert found.returncode == 1
    assert "Altered: policy (changed since, and no later run used this version)" in found.stdout
    firm.run(today="2026-12-01")
    later = verify(firm)
    assert later.returncode == 0
    assert "Newer version in use: policy" in later.stdout


def test_a_reference_banner_that_was_swapped_is_noticed(firm):
    (firm.policy.parent / "brand" / "autumn.png").write_bytes(original("previous"))
    assert "Altered: reference banners" in verify(firm).stdout


def test_a_manifest_that_was_edited_to_fit_is_not_the_one_of_the_log(firm):
    path = folder(firm) / "findings.json"
    before, text = hashlib.sha256(path.read_bytes()).hexdigest(), path.read_bytes() + b"\n"
    path.write_bytes(text)
    for name in ("manifest.json", "SHA256SUMS"):
        own = folder(firm) / name
        own.write_text(own.read_text("utf-8").replace(before, hashlib.sha256(text).hexdigest()), "utf-8")
    found = verify(firm)
    assert found.returncode == 1
    assert "Altered: manifest.json (is not the one that the log knows)" in found.stdout


def test_another_run_under_this_name_a_link_and_a_half_deleted_folder_are_noticed(firm):
    firm.run(today="2026-12-01")
    other = firm.reports / "2026-12-01-01"
    aside = firm.reports / "aside"
    folder(firm).rename(aside)
    shutil.copytree(other, folder(firm))
    assert "belongs to the run 2026-12-01-01" in verify(firm).stdout
    shutil.rmtree(folder(firm))
    assert "the folder is missing, and the log holds no receipt" in verify(firm).stdout
    aside.rename(folder(firm))
    (folder(firm) / "findings.json").rename(firm.folder / "findings.json")
    assert "Altered: findings.json (is missing" in verify(firm).stdout
    (folder(firm) / "findings.json").symlink_to(firm.folder / "findings.json")
    assert "Altered: findings.json (is a link" in verify(firm).stdout


def test_names_that_another_system_decomposed_are_the_same_and_strange_files_are_named(firm):
    path = folder(firm) / "findings.json"
    (folder(firm) / unicodedata.normalize("NFD", "Bébé.txt")).write_text("mine", "utf-8")
    found = verify(firm)
    assert found.returncode == 0
    assert "Not part of the report: " in found.stdout
    assert path.is_file()


def test_an_honest_run_of_two_years_ago_passes_after_its_folder_was_purged(firm):
    assert (
        command(
            "privacy",
            "purge",
            "--policy",
            str(firm.policy),
            "--output",
            str(firm.reports),
            "--today",
            "2028-11-25",
        ).returncode
        == 0
    )
    assert not folder(firm).exists()
    found = verify(firm)
    assert (found.returncode, "Altered" in found.stdout) == (0, False), found.stdout
    assert "Deleted by retention: report folder (on " in found.stdout


def test_the_papers_of_a_leaver_go_with_a_receipt_and_an_archived_copy_still_fits(firm, tmp_path):
    copy = tmp_path / RUN
    shutil.copytree(folder(firm), copy)
    assert next(folder(firm).glob("leavers/0415_*")).is_dir()
    # three months after the last day, while the report itself is kept for longer
    firm.write_policy(more=BANNER, tail="retention: {leavers_months: 1, reports_months: 24}")
    firm.run(today="2026-11-30")
    assert "0415_" not in (folder(firm) / "manifest.json").read_text("utf-8")
    assert "0415_" not in (folder(firm) / "SHA256SUMS").read_text("utf-8")
    for run in (RUN, str(copy)):
        found = verify(firm, run=run)
        assert (found.returncode, "Altered" in found.stdout) == (0, False), found.stdout
    for path in (next(copy.glob("leavers/0415_*")), next(copy.glob("checklist_0415_*"))):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    found = verify(firm, run=str(copy))
    assert (found.returncode, found.stdout.count("Deleted by retention: ")) == (0, 5), found.stdout


def test_a_folder_that_an_erasure_deleted_has_its_receipt(firm):
    call = ("privacy", "erase", "0412", "--policy", str(firm.policy), "--reports", str(firm.reports))
    assert command(*call, "--yes", "--delete-reports").returncode == 0
    found = verify(firm)
    assert (found.returncode, "Deleted by retention: report folder" in found.stdout) == (0, True), (
        found.stdout
    )


def test_page_copies_that_retention_deleted_have_their_receipts(firm):
    firm.write_policy(more=BANNER, tail="store: {keep_captures_days: 30}")
    saved = firm.folder / "saved"
    for path in saved.glob("*.html"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert firm.run(today="2026-11-25").returncode != 4
    assert list(saved.glob("*.html")) == []
    found = verify(firm, "--captures", str(saved))
    assert (found.returncode, found.stdout.count("Deleted by retention: evidence")) == (0, 4), found.stdout


def test_a_report_written_again_by_hand_is_the_report_from_then_on(firm):
    report = ("report", RUN, "--policy", str(firm.policy), "--output", str(firm.reports))
    assert command(*report).returncode == 0
    assert verify(firm).returncode == 0
    answer(workbook(firm), "Decision", "Fixed")
    assert (
        command(*report).returncode == 0
    )  # the workbook that was filled in stays, a second one lies beside it
    found = verify(firm)
    assert (found.returncode, f"Filled in: {workbook(firm).name}" in found.stdout) == (0, True), found.stdout
    (folder(firm) / "manifest.json").unlink()
    assert "Altered: manifest.json (is missing. If writing" in verify(firm).stdout


def test_a_run_that_the_log_does_not_know_is_no_clean_one(firm, tmp_path):
    assert verify(firm, run="2020-01-01-01").returncode == 2
    assert verify(firm, run=str(tmp_path / "nowhere")).returncode == 2
    (tmp_path / "empty").mkdir()
    assert verify(firm, run=str(tmp_path / "empty")).returncode == 2
    with writing(firm.engine()) as connection:  # a log without a line is no log that knows nothing
        connection.execute(tables.log.delete().where(sa.true()))
    assert verify(firm).returncode == 1
