"""A file keeps the folder of its pictures, and nothing of the same name is written over."""

import pytest

from auditor.app.file_evidence import Fate
from tests.app.collecting import arrive
from tests.feedback.firm import RIGHT, WRONG, Firm, page, slug


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_the_folder_of_pictures_goes_with_its_page_under_its_own_name(collector, firm):
    name = "Anneke Voorbeeld _ LinkedIn"
    folder = collector.inbox / f"{name}_files"
    folder.mkdir()
    (folder / "banner.jpg").write_bytes(b"picture")
    arrive(collector, page("0101", RIGHT, slug("0101")), f"{name}.html")
    place = firm.folder / "evidence/saved_pages/0101"
    assert (place / f"{name}_files" / "banner.jpg").read_bytes() == b"picture"
    assert not folder.exists()


def test_the_same_file_saved_twice_is_removed_and_a_newer_page_is_kept_beside(collector, firm):
    text = page("0101", RIGHT, slug("0101"))
    arrive(collector, text)
    again, path = arrive(collector, text, "page (1).html")
    assert again.fate is Fate.AGAIN
    assert not path.exists()
    newer, _ = arrive(collector, page("0101", WRONG, slug("0101")))
    assert newer.fate is Fate.READ
    assert len(list((firm.folder / "evidence/saved_pages/0101").rglob("*.html"))) == 2
