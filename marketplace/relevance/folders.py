"""Folders of questions and answers in JSON lines, as benchmarks come, and the runs we write for their scorers."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def read_lines(folder: Path, name: str) -> list[Line]:
    """The rows of NAME.jsonl or NAME.jsonl.gz in the folder; raises FileNotFoundError where there is neither."""
    plain, packed = folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"
    raw = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    text = raw.decode("utf-8")
    # Only \n parts rows: other line ends may stand inside a text.
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def write_run(file: Path, scores: Iterable[tuple[str, str, float]]) -> int:
    """Write question, answer and score, tab-separated, without a header; returns how many lines."""
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as run:
        for question, answer, score in scores:
            run.write(f"{question}\t{answer}\t{score:.9g}\n")
            count += 1
    return count
