"""What judging do when others announce; writes rows only."""
