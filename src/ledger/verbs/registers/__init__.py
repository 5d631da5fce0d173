"""Registers (台账): the workbooks and CSV files in which clerks keep what happened, read as events."""
