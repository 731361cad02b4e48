"""The sheet Trend: counts of the last thirteen months, no names."""

from auditor.reports.sheet import Sheet
from auditor.reports.trend import trend_table

SHEET = Sheet(order=90, make=trend_table)
