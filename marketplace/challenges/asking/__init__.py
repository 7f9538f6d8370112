"""Questions asked in public while a challenge is open, and who follows it."""
