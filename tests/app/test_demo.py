"""Too few people, or a folder that takes nothing, ends the demo before anything is served."""

import pytest

from auditor.app.demo import SMALLEST, demo_world
from auditor.errors import ReportError, UsageError


def test_too_few_people_are_refused_in_the_option_s_name(tmp_path):
    with pytest.raises(UsageError, match=r"^--people: "), demo_world(tmp_path, 0, "sound", resume=False):
        pass


def test_a_folder_that_takes_nothing_is_named(tmp_path):
    (tmp_path / "demo").write_text("a file", "utf-8")
    with (
        pytest.raises(ReportError, match="cannot be written"),
        demo_world(tmp_path, SMALLEST, "sound", resume=False),
    ):
        pass
