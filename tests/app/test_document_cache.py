"""Writing the packs of a report: what says the same is left alone, what is stale goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.app import publish as reporting
from auditor.app.document_cache import LIST_NAME, forget
from auditor.app.publish import write_reports
from auditor.model.examination import Examination
from auditor.model.report import AuditReport
from auditor.model.rule import Failed
from tests.reports.departing import colleague, company, kits_report


def report(*numbers: str, seen: str = "Engineer, speaker") -> AuditReport:
    """Kits for these people, whose headline says this."""
    outcome = Failed("NO_COMPANY", "no company", "Software Engineer at Noordlicht", seen)
    people = [colleague(number) for number in numbers]
    return kits_report(*(_with_headline(one, outcome) for one in people), own=company(country="NL"))


def _with_headline(one: Examination, outcome: Failed) -> Examination:
    results = (replace(r, outcome=outcome) if r.rule_id == "HDL001" else r for r in one.results)
    return replace(one, results=tuple(results))


def kits(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("fix-kits/*/*"))


def test_a_second_writing_leaves_what_says_the_same_and_writes_what_says_more(tmp_path: Path) -> None:
    written = write_reports(report("55"), tmp_path)
    draft = tmp_path / "fix-kits/55/fix-kit.docx"
    draft.write_bytes(b"completed by hand")
    again = write_reports(report("55"), tmp_path)
    assert sorted(again) == sorted(written)
    assert draft.read_bytes() == b"completed by hand"
    write_reports(report("55", seen="Cyclist"), tmp_path)
    assert draft.read_bytes() != b"completed by hand"


def test_a_lost_paper_is_written_again(tmp_path: Path) -> None:
    write_reports(report("55"), tmp_path)
    page = tmp_path / "fix-kits/55/fix-kit.html"
    page.unlink()
    write_reports(report("55"), tmp_path)
    assert page.is_file()


def test_after_an_interrupted_writing_everything_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(report("55"), tmp_path)
    draft = tmp_path / "fix-kits/55/fix-kit.docx"
    draft.write_bytes(b"half a file")
    with monkeypatch.context() as broken:
        broken.setattr(reporting, "drop_stale", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            write_reports(report("56"), tmp_path)
    write_reports(report("55"), tmp_path)
    assert draft.read_bytes() != b"half a file"


def test_kits_and_banners_of_nobody_go_and_other_files_stay(tmp_path: Path) -> None:
    write_reports(report("55", "56"), tmp_path)
    (tmp_path / "fix-kits/57").mkdir()
    (tmp_path / "fix-kits/57/notes.txt").write_text("HR's own")
    (tmp_path / "fix-kits/56/banner.png").write_bytes(b"of an earlier version")
    (tmp_path / "fix-kits/banners/banner-Old.png").write_bytes(b"another entity's")
    write_reports(report("56"), tmp_path)
    names = ("fix-kits/56/fix-kit.docx", "fix-kits/56/fix-kit.eml", "fix-kits/56/fix-kit.html")
    assert kits(tmp_path) == [*names, "fix-kits/57/notes.txt", "fix-kits/banners/banner-Noordlicht-NV.jpg"]
    write_reports(report(), tmp_path)
    assert kits(tmp_path) == ["fix-kits/57/notes.txt"]


def test_what_was_taken_away_for_good_leaves_the_list(tmp_path: Path) -> None:
    write_reports(report("55", "56"), tmp_path)
    assert "fix-kits/55/" in (tmp_path / LIST_NAME).read_text()
    forget(tmp_path, "fix-kits/55")
    assert "fix-kits/55/" not in (tmp_path / LIST_NAME).read_text()
    assert "fix-kits/56/" in (tmp_path / LIST_NAME).read_text()
