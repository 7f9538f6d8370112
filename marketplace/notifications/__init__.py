"""Letters to people, through the outbox."""
