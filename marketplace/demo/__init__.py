"""A whole synthetic year, run through the real services; only in demo mode, on loopback."""
