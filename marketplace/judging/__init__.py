"""Panels, conflicts, assignment, scoring, ranking and results."""
