"""Prize tiers by field: where the panel draws its lines, before anything is decided."""
