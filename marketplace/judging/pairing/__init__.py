"""Rounds in which judges compare: two entries at a time, or all of their list put in order."""
