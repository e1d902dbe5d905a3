"""The scorecard as a workbook that calculates: facts, score sheet, working and an explanation."""
