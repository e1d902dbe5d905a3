"""What a report tells a rubric: facts with their sentences, its sums and rates recomputed, and the points it claims."""
