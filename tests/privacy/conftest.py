import pytest

from tests.privacy.firm import Firm


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)
