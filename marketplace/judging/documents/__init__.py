"""Official documents of a panel: written from data in both languages, kept in editions, each with its fingerprint."""
