"""Changes of a published challenge: numbered amendments, extensions, outages."""
