"""Evidence that kills whoever reads it; in a module of its own, since every worker imports it."""

import os
import signal
from dataclasses import dataclass

from auditor.model.capture import Capture, CaptureStatus
from auditor.model.employee import Employee
from auditor.sources.saved_pages import without_evidence


@dataclass(frozen=True)
class Deadly:
    """Files of which some kill whoever reads them."""

    deadly: frozenset[str]

    def fetch(self, employee: Employee) -> Capture:
        if employee.employee_id in self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return without_evidence(employee, "saved_pages", CaptureStatus.NOT_ATTEMPTED, "nothing there")
