"""What the contract suite needs of a source: people with, without and with broken evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.model.employee import Employee
from auditor.ports import SourceContext


@dataclass(frozen=True)
class Scenario:
    """A prepared source. `watched` is the evidence folder, in which nothing may be written."""

    settings: Any
    context: SourceContext
    with_evidence: Employee
    with_broken_evidence: Employee | None
    without_evidence: Employee
    without_address: Employee
    watched: Path | None
