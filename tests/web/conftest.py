"""A desk of the small invented firm, with a month that has ended."""

import pytest

from auditor.web.desk import DeskSettings
from tests.feedback.firm import MASKED, MONTHS, RIGHT, WRONG
from tests.feedback.leaving import STILL, LeavingFirm
from tests.web.serving import served


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    """Two wrong headlines, one page that shows none, a leaver who still names the firm."""
    made = LeavingFirm(tmp_path_factory.mktemp("firm"))
    made.audit(
        MONTHS[0],
        {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": MASKED, "0201": STILL, "0202": "gone"},
    )
    return made


@pytest.fixture(scope="module")
def desk(firm):
    settings = DeskSettings(
        firm.policy.path, firm.folder / "reports", "Els", firm.folder / "people.csv", firm.folder / "inbox"
    )
    with served(settings, watching=True) as made:
        yield made


@pytest.fixture
def browser(desk):
    return desk.browser()
