"""Scoring tables as bureaus print them: read from Excel, Word and CSV files, drafted into rules, and written back.

A file becomes grids of cells (`grid`, `from_excel`, `from_word`, `from_csv`), a grid becomes levels and indicators
(`layout`), these become a rule file with what is left to a person (`draft`). A rubric becomes a table (`table`) that
each format writes (`to_excel`, `to_word`, `to_csv`).
"""
