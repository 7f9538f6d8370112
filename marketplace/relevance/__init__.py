"""Which texts answer a text: tokens, BM25F and the reasons for each score; pure, no database."""
