"""Reads the workbooks that HR sends back; they are opened for reading only and never saved."""

from auditor.returned.workbook import RefusedWorkbook, read_returned

__all__ = ["RefusedWorkbook", "read_returned"]
