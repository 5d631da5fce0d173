"""Workbooks for clerks: the template that is filled in, and the copy with the bad cells marked."""
