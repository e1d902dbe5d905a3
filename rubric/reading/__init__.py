"""What a report tells a rubric: facts with their sentences, and the points that the department claims."""
