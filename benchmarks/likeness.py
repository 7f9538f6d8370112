"""Seconds and memory of finding which of 980 entries of 1,000 words repeat another, beside comparing every pair.

One of ten entries copies a passage of 60 words from an earlier one; both ways must find the same pairs.
Usage: python -m benchmarks.likeness [ENTRIES]
"""

import json
import random
import resource
import sys
import time
from itertools import accumulate

from benchmarks.city import words_by_rank
from marketplace.solutions.comparing.likeness import Index, Words, likeness, words_of

ENTRIES, LENGTH, COPIED = 980, 1_000, 60
# every pair is compared for so many entries only, and the time of the rest is what that takes for each pair
PLAIN_ENTRIES = 120


def main() -> None:
    """Print one line of JSON."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    texts = _texts(count)
    begun = time.process_time()
    words = [words_of(text) for text in texts]
    read = time.process_time()
    found = _found(words)
    done = time.process_time()
    few = words[: min(PLAIN_ENTRIES, count)]
    plain_begun = time.process_time()
    plain = _compared(few)
    per_pair = (time.process_time() - plain_begun) / len(few) ** 2
    told = {
        "benchmark": "likeness",
        "entries": count,
        "reading_s": round(read - begun, 2),
        "finding_s": round(done - read, 2),
        "pairs_found": len(found),
        "every_pair_s": round(per_pair * count**2, 1),
        "equal_to_every_pair": plain == _found(few),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told))


def _found(words: list[Words]) -> set[tuple[int, int]]:
    index = Index(words)
    return {(mine, theirs) for theirs, text in enumerate(words) for mine, _alike in index.alike(text) if mine != theirs}


def _compared(words: list[Words]) -> set[tuple[int, int]]:
    """The plain way: every text with every other."""
    pairs = ((mine, theirs) for theirs in range(len(words)) for mine in range(len(words)) if mine != theirs)
    return {(mine, theirs) for mine, theirs in pairs if likeness(words[mine], words[theirs]).share_bp}


def _texts(count: int) -> list[str]:
    """Words by Zipf's law; equal numbers give equal texts."""
    draw, vocabulary = random.Random(38), words_by_rank()
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    texts: list[list[str]] = []
    for number in range(count):
        text = draw.choices(vocabulary, cum_weights=weights, k=LENGTH)
        if number % 10 == 9:
            start = draw.randrange(LENGTH - COPIED)
            text[start : start + COPIED] = texts[draw.randrange(number)][start : start + COPIED]
        texts.append(text)
    return [" ".join(text) for text in texts]


if __name__ == "__main__":
    main()
