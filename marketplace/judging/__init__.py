"""Panels, conflicts, assignment, scoring, ranking, results."""
