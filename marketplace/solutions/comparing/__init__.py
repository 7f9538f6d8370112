"""Which received entries repeat each other, earlier ones or winners: hints for the secretary, never a verdict."""
