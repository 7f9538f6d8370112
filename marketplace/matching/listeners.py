"""What matching do when others announce; writes rows only."""
