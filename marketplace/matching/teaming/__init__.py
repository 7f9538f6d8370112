"""The team builder: who together meets the needs of a challenge best, and who would fill a gap in a team."""
