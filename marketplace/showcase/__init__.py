"""What the public sees of results: who won, with what, and how it was judged."""
