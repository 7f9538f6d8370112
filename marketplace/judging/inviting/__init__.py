"""Judges invited in bulk from a spreadsheet, those without an account among them."""
