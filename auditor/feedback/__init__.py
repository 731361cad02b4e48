"""Reads the workbooks and checklists that HR sends back; they are never saved."""

from __future__ import annotations

from auditor.feedback.workbook import RefusedWorkbook, Returned, file_name, read_file

__all__ = ["RefusedWorkbook", "Returned", "file_name", "read_file"]
