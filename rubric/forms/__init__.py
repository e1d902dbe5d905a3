"""Workbooks that a department fills in: written from a rubric, and read as if they were facts files."""
