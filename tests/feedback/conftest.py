"""A firm with one month behind it: two people whose headline is wrong, one right, one not readable."""

import pytest

from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm


@pytest.fixture(scope="session")
def first_month(tmp_path_factory):
    firm = Firm(tmp_path_factory.mktemp("made") / "firm")
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": None})
    return firm


@pytest.fixture
def firm(first_month, tmp_path):
    return first_month.copied_to(tmp_path / "firm")
