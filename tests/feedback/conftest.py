"""A firm with one month behind it: two people whose headline is wrong, one right, one not readable."""

import pytest

from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm


@pytest.fixture
def firm(tmp_path):
    firm = Firm(tmp_path / "firm")
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": None})
    return firm
