"""Where an installation keeps its state, and report folders that are tried before anything is opened."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.app.paths import base_folder, make_private, reports_folder, state_folder
from auditor.errors import ReportError


@pytest.mark.parametrize(
    ("policy", "base"), [("firm/config/policy.yaml", "firm"), ("firm/mine/policy.yaml", "firm/mine")]
)
def test_state_lies_beside_config(tmp_path, policy, base):
    assert base_folder(tmp_path / policy) == tmp_path / base
    assert state_folder(tmp_path / policy) == tmp_path / base / "state"


def test_a_report_folder_is_private_and_left_empty(tmp_path):
    folder = reports_folder(tmp_path / "reports", "2026-11-22-01")
    assert (folder.stat().st_mode & 0o777, list(folder.iterdir())) == (0o700, [])


def test_two_who_try_one_report_folder_at_once_do_not_stop_each_other(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        tried = pool.map(lambda _: reports_folder(tmp_path, "2026-11-22-01"), range(200))
        assert set(tried) == {tmp_path / "2026-11-22-01"}


def test_a_report_folder_that_cannot_be_written_names_the_way_out(tmp_path):
    (tmp_path / "reports").write_text("a file in its place", "utf-8")
    with pytest.raises(ReportError) as caught:
        reports_folder(tmp_path / "reports", "2026-11-22-01")
    assert "--output" in caught.value.hint


def test_everything_below_becomes_private(tmp_path):
    (tmp_path / "leavers").mkdir()
    (tmp_path / "leavers" / "letter.docx").write_bytes(b"x")
    make_private(tmp_path)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("leavers", "leavers/letter.docx")]
    assert modes == [0o700, 0o600]
