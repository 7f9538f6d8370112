"""Experts and judges: what they know and by what it shows, their languages, where they work and worked."""
