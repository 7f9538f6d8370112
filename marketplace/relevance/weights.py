"""What each signal counts for, and how the pieces of an owner add up: chosen over all development sets together.

An item's score: shared words (BM25F as a share of the question's own score), latent semantics and, with the extra
`semantic`, sentence vectors (cosines), weighted so that each spreads items about equally. An owner's: squares of the
items' scores, so that near ones count most, each worth a little less than the one before (docs/matching.md).
"""

WORDS_WEIGHT, LATENT_WEIGHT, VECTOR_WEIGHT = 2.0, 1.0, 4.0
PATIENCE = 0.95
