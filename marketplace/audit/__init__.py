"""The journal that hears every event."""
