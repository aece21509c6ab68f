"""The benchmark runs; what it measures is not tested."""

import json

from bench.corpus import articles, paragraphs, write_corpus
from bench.throughput import Run, Stage, main, markdown


def test_a_tiny_run(capsys):
    main(["--sizes", "0.01", "--workers", "1", "--stages", "0.01", "--json"])
    content = json.loads(capsys.readouterr().out)
    (run,) = content["runs"]
    assert (run["workers"], run["speedup"]) == (1, 1.0)
    assert run["words"] > 1000
    assert run["words_per_second"] > 0
    names = ["ingest", "actors", "money", "dates", "aid", "tariffs", "recommendations", "ingest and all tables"]
    assert [stage["name"] for stage in content["stages"]] == [*names, "found in the cache", "kept in the cache"]


def test_the_tables():
    run = Run(1.0, 150, 160_000, 2, 2.0, 80_000, 0.5, 1.8, 390.5, None)
    lines = markdown([run], [Stage("dates", 0.5, 320_000, 0.25)]).splitlines()
    assert lines[2] == "| 1.0 | 150 | 160,000 | 2 | 2.0 | 80,000 | 0.5 | 1.8 | 390.5 | – |"
    assert lines[-1] == "| dates | 0.5 | 320,000 | 0.25 |"


def test_a_corpus_is_the_same_every_time(tmp_path):
    assert list(articles(50_000)) == list(articles(50_000))
    count, words, size = write_corpus(tmp_path / "a", 50_000)
    assert len(list((tmp_path / "a").iterdir())) == count
    assert 50_000 <= size <= 60_000
    assert all(400 <= len(text.split()) <= 1600 for text in articles(50_000))
    assert words == sum(len(text.split()) for text in articles(50_000))


def test_the_texts_are_a_few_thousand_words():
    blocks = paragraphs()
    assert len(set(blocks)) == len(blocks) > 40
    assert sum(len(block.split()) for block in blocks) > 2500
