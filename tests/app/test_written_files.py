"""What a call leaves as it lies keeps the entry of the call that wrote it."""

from __future__ import annotations

from auditor.app.written_files import (
    LIST_NAME,
    WrittenFiles,
    content_of,
    files_written,
    forget_written,
    withdraw_manifest,
)
from auditor.model.document import JsonFile, MailDraft, TextDocument
from auditor.model.manifest import WrittenFile

# sha256sum of the four bytes "text"
TEXT = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"


def write(folder, *names):
    noted = WrittenFiles(folder)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text", "utf-8")
        noted.keep(folder / name, WrittenFile(""))
    noted.save()


def test_a_file_that_was_changed_between_two_calls_is_not_taken_for_written(tmp_path):
    write(tmp_path, "a.txt", "leavers/7/b.txt", "gone.txt")
    (tmp_path / "a.txt").write_text("altered", "utf-8")
    (tmp_path / "gone.txt").unlink()
    write(tmp_path, "c.txt")
    found = {name: one.sha256 for name, one in files_written(tmp_path).items()}
    assert found == dict.fromkeys(("a.txt", "leavers/7/b.txt", "c.txt"), TEXT)


def test_what_a_purge_removes_is_forgotten_and_its_neighbour_is_not(tmp_path):
    write(tmp_path, "leavers/b.txt", "leavers-7.txt")
    forget_written(tmp_path, "leavers")
    assert list(files_written(tmp_path)) == ["leavers-7.txt"]


def test_a_damaged_list_is_an_empty_one_and_a_manifest_is_withdrawn_first(tmp_path):
    (tmp_path / LIST_NAME).write_text("[", "utf-8")
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    assert files_written(tmp_path) == {}
    withdraw_manifest(tmp_path)
    withdraw_manifest(tmp_path)
    assert not (tmp_path / "manifest.json").exists()


def test_only_texts_that_people_complete_are_drafts(tmp_path):
    drafts = {
        MailDraft("a.eml", "Subject", "en", ()): True,
        TextDocument("a.docx", "Title", "en", (), to_fill=("name",)): True,
        TextDocument("a.docx", "Title", "en", ()): False,
    }
    assert {one: content_of(one, tmp_path / one.file_name).draft for one in drafts} == drafts
    assert not content_of(JsonFile("a.json", {}), tmp_path / "a.json").draft
