"""What solutions do when others announce; writes rows only."""
