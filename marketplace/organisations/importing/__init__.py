"""Organisations, their track records and experts from tables: looked at row by row, kept in batches, taken back."""
