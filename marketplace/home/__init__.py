"""Landing page, and what waits for whoever signed in."""
