"""Everything that changes something in judging, split by deed; never commits, never reads the request."""
