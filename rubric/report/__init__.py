"""Scorecards for people and for programs: sentences, the terminal table, JSON."""
