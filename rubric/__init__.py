"""How a rubric is written and shown: the language, the readers of facts, the scorecards, the command."""
