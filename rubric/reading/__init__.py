"""What the text of a report states: its numbers, its sums and rates recomputed exactly, and the points it claims."""
