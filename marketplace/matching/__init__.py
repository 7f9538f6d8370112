"""Who fits a challenge, and why."""
