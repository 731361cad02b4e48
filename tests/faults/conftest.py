from tests.app.conftest import firm, site  # noqa: F401 (fixtures)
from tests.faults.toll import TOLLS


def pytest_terminal_summary(terminalreporter):
    for toll in TOLLS:
        terminalreporter.write_line(toll.line())
