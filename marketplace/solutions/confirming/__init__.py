"""Entries received before an amendment, confirmed by their owners."""
