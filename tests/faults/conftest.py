from itertools import chain

import pytest

from tests.app.conftest import firm, site  # noqa: F401 (fixtures)
from tests.faults.toll import TOLLS


@pytest.fixture(autouse=True)
def told_tolls(record_property):
    """What the faults cost goes with the test's report: the test may run in another process."""
    yield
    for toll in TOLLS:
        record_property("toll", toll.line())
    TOLLS.clear()


def pytest_terminal_summary(terminalreporter):
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if getattr(report, "when", "") == "teardown":
            for name, value in report.user_properties:
                if name == "toll":
                    terminalreporter.write_line(value)
