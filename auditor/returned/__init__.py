"""Reads the workbooks that HR sends back; they are opened for reading only and never saved."""

from auditor.returned.workbook import RefusedWorkbook, Returned, file_name, read_file, read_returned

__all__ = ["RefusedWorkbook", "Returned", "file_name", "read_file", "read_returned"]
