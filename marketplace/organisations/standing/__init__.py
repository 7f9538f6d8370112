"""Who speaks for a body, and whether the platform lets it: claims, verification, suspension, hand-over, merging."""
