"""Clarifications during screening: the secretary asks, the entrant answers within a window."""
