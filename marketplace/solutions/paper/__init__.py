"""Entries that came on paper: taken in at the counter, sealed at once, taken over by whoever stood there."""
