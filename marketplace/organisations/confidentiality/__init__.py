"""Undertakings of confidentiality, given before details of any thing with a reference are read, and their log."""
