"""The arrays on which weights are compared say what the engine says."""

import json

import numpy as np
import pytest

from benchmarks import evidence
from benchmarks.evidence import Weights, partner_set
from marketplace.matching.benches import rank_partners
from marketplace.relevance import vectors
from marketplace.relevance.folders import read_lines
from marketplace.relevance.vectors import Embedder

TOPICS = ["thoát nước đô thị", "trạm đo mưa", "camera giao thông", "bệnh án điện tử", "phân loại rác", "học bạ số"]


def made_up():
    def vector(text):
        draw = np.random.default_rng(sum(text.encode()))
        found = np.ones(24) + draw.standard_normal(24) / 2
        return (found / np.linalg.norm(found)).astype(np.float32)

    return Embedder(lambda texts: np.array([vector(text) for text in texts]).reshape(-1, 24), vector)


def write(folder, name, lines):
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    names = [f"o{number}" for number in range(12)]
    write(tmp_path, "organisations", [{"id": name, "side": "business"} for name in names])
    write(
        tmp_path,
        "history",
        [
            {
                "id": f"p{at}",
                "title": TOPICS[at % 6],
                "text": f"{TOPICS[(at * 5 + 1) % 6]} quận {at}",
                "organisations": [names[at % 12], names[at * 7 % 12]],
            }
            for at in range(30)
        ],
    )
    write(tmp_path, "queries", [{"id": "q", "title": "trạm đo mưa", "text": "thoát nước đô thị và camera"}])
    return tmp_path


@pytest.mark.parametrize("semantic", [False, True])
def test_arrays_of_signals_score_as_the_engine_does(folder, monkeypatch, semantic):
    monkeypatch.setattr(vectors, "load", made_up)
    monkeypatch.setattr(evidence, "_KEPT", folder / "kept" / "vectors.npz")
    lines = [read_lines(folder, name) for name in ("organisations", "history", "queries")]
    embedder = made_up() if semantic else None

    arrays = partner_set(folder, semantic=semantic)
    told = arrays.scores(Weights(vectors=4.0 if semantic else 0.0))[0]

    most = 7 if semantic else 3
    ours = {name: score for _, name, score in rank_partners(lines[0], lines[1], queries=lines[2], embedder=embedder)}
    theirs = dict(zip(arrays.owners, 1 - np.exp(-np.sqrt(told.astype(float)) / most), strict=True))
    # The same texts in another order turn the axes of a small latent space a little.
    assert ours == pytest.approx(theirs, abs=1e-3)
