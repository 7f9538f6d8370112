"""Briefings on a challenge: announced to everybody, with seats, a waiting list, and a place told to the registered."""
