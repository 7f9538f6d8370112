"""What notifications do when others announce; writes rows only."""
