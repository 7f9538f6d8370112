"""The commands that rank folders: formats of the runs, and that they read nothing but what they name."""

import json

import pytest

from marketplace.relevance import vectors

ORGANISATIONS = [{"id": f"o{n}", "name": f"O{n}", "side": ("academia", "business")[n % 2]} for n in range(6)]
HISTORY = [
    {"id": "h1", "year": 2020, "title": "Flood warning", "text": "Sensors in sewers", "organisations": ["o0", "o1"]},
    {"id": "h2", "year": 2021, "title": "Electric buses", "text": "Charging stations", "organisations": ["o2"]},
    {"id": "h3", "year": 2021, "title": "Flood maps", "text": "", "organisations": ["o1", "unknown"]},
]
QUERIES = [{"id": "q1", "title": "Urban floods", "text": "warning"}, {"id": "q2", "title": "zebra", "text": ""}]


def folder(path, **files):
    for name, rows in files.items():
        (path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def run(app, *arguments):
    done = app.test_cli_runner().invoke(args=list(arguments))
    assert done.exit_code == 0, done.output
    return done


def lines(path):
    return [line.split("\t") for line in path.read_text().splitlines()]


@pytest.mark.feature("N5")
def test_partners_are_ranked_by_their_past_projects(app, tmp_path):
    bench = folder(tmp_path, organisations=ORGANISATIONS, history=HISTORY, queries=QUERIES)

    run(app, "matching", "rank", bench, str(tmp_path / "run.tsv"), "--no-semantic")

    rows = lines(tmp_path / "run.tsv")
    assert [row[1] for row in rows if row[0] == "q1"][:2] == ["o1", "o0"]
    # every side is filled, even with those of whom nothing speaks
    assert {row[1] for row in rows if row[0] == "q2"} == {f"o{n}" for n in range(6)}
    assert all(float(row[2]) >= 0 for row in rows)


def test_the_same_folder_gives_the_same_bytes(app, tmp_path):
    history = [row | {"id": f"{row['id']}-{n}", "text": f"{row['text']} {n}"} for n in range(12) for row in HISTORY]
    bench = folder(tmp_path, organisations=ORGANISATIONS, history=history, queries=QUERIES)

    for name in ("one", "two"):
        run(app, "matching", "rank", bench, str(tmp_path / name), "--no-semantic")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_every_judge_is_scored_for_every_entry(app, tmp_path):
    profiles = [
        {"judge": "j1", "documents": [{"title": "Hydrology of cities", "text": "floods"}]},
        {"judge": "j2", "documents": [{"title": "Battery chemistry", "text": ""}]},
    ]
    bench = folder(tmp_path, profiles=profiles, entries=QUERIES)

    run(app, "matching", "expertise", bench, str(tmp_path / "run.tsv"), "--no-semantic")

    scores = {(judge, entry): float(score) for judge, entry, score in lines(tmp_path / "run.tsv")}
    assert len(scores) == 4
    assert scores["j1", "q1"] > scores["j2", "q1"] == 0


def test_search_ranks_documents_and_keeps_to_the_language_asked_for(app, tmp_path):
    documents = [
        {"id": "v", "lang": "vi", "title": "", "text": "Cảnh báo ngập"},
        {"id": "e", "lang": "en", "title": "", "text": "Flood warning"},
    ]
    queries = [{"id": "q", "lang": "vi", "text": "canh bao ngap", "doc_lang": "vi"}, {"id": "x", "text": "flood"}]
    bench = folder(tmp_path, documents=documents, queries=queries)

    run(app, "search", "rank", bench, str(tmp_path / "run.tsv"))

    assert [row[:2] for row in lines(tmp_path / "run.tsv")] == [["q", "v"], ["x", "e"]]


@pytest.mark.skipif(vectors.is_installed(), reason="the extra is installed here")
def test_vectors_are_refused_in_words_where_the_extra_is_missing(app, tmp_path):
    bench = folder(tmp_path, organisations=ORGANISATIONS, history=HISTORY, queries=QUERIES)

    done = app.test_cli_runner().invoke(args=["matching", "rank", bench, str(tmp_path / "r"), "--semantic"])

    assert done.exit_code == 2
    assert "requirements/semantic.txt" in done.output
