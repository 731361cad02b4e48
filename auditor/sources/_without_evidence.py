"""Captures that bring nothing, and say why."""

from __future__ import annotations

from datetime import UTC, datetime

from auditor.domain.capture import Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee


def without_evidence(
    employee: Employee,
    source: str,
    status: CaptureStatus,
    trouble: str,
    *,
    captured_at: datetime | None = None,
    notes: tuple[str, ...] = (),
) -> Capture:
    """A capture without artifacts. `captured_at` is now where the evidence has no date of its own."""
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=status,
        captured_at=captured_at or datetime.now(UTC),
        source=source,
        format=CaptureFormat.NOTHING,
        attempts=0 if status in (CaptureStatus.NOT_ATTEMPTED, CaptureStatus.NO_URL) else 1,
        trouble=trouble,
        notes=notes,
    )
