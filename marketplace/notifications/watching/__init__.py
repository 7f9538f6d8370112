"""Searches and things that a person or an organisation keeps, and the daily letter of what is new about them."""
