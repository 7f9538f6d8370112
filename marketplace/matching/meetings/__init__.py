"""Meetings of two organisations that were introduced: times proposed, one chosen, changed, called off, held or not."""
