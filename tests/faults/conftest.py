from tests.faults.toll import TOLLS
from tests.wiring.conftest import firm, site  # noqa: F401 (fixtures)


def pytest_terminal_summary(terminalreporter):
    for toll in TOLLS:
        terminalreporter.write_line(toll.line())
