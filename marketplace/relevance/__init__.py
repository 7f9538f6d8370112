"""Which texts answer a text: tokens, BM25F and the reasons for each score; pure, no database."""

import os

# Read when numpy, or the model of the extra, is first imported. The site has threads and processes of its own: more of
# them in each product of matrices, spinning while they wait, cost several times what they bring.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
