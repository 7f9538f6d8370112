"""Which texts answer a text: tokens, BM25F and the reasons for each score; pure, no database."""

import os

# Read when numpy is first imported. The site has threads and processes of its own: more of them in each product of
# matrices, spinning while they wait, cost several times what they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
