"""Questions about judging, split by what they ask about."""
