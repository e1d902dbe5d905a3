"""What a rubric means: frozen rule objects, exact evaluation, reasons. No words, no input or output.

The way through: `rules` (what is said) → `core` (one small core for every family of criterion) →
`evaluate`, or `compiled` for many departments → `scorecard` (outcomes, and the ledger read off them)
→ `score.assess` (with bounds, claims, adjustments and least changes, each worked out when asked for).
"""
