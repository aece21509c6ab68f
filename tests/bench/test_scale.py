"""The benchmark of large folders runs and says when runs differ; what it measures is not tested."""

import json

import pytest
from prefect.settings import PREFECT_API_URL

from bench.corpus import briefs, write_briefs
from bench.scale import Step, heading, linearity, main, row


@pytest.mark.long
@pytest.mark.usefixtures("prefect_server")
def test_a_tiny_run(capsys, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", PREFECT_API_URL.value())  # that runs need not start servers of their own
    main(["--sizes", "12", "--ways", "1", "--json"])
    cold, nothing, new = map(json.loads, capsys.readouterr().out.splitlines())
    assert [cold["step"], nothing["step"], new["step"]] == ["cold", "nothing new", "1 % new"]
    assert (cold["articles"], nothing["articles"], new["articles"]) == (12, 12, 13)
    assert cold["digest"] == nothing["digest"] != new["digest"]


def step(articles: int, seconds: float) -> Step:
    return Step(articles, articles * 250, "2", "cold", seconds, 1.0, 9000, 800.5, None, 1.5, "0" * 64)


def test_the_table_and_how_time_grows():
    found = [step(1000, 20.0), step(10_000, 150.0)]
    assert row(found[0]) == "| 1,000 | 250,000 | 2 | cold | 20.0 | 1.0 | 9,000 | 800.5 | – | 1.5 |"
    assert {line.count("|") for line in (*heading().splitlines(), row(found[0]))} == {11}
    assert linearity(found) == ["2: 0.75 times the time per word at 10,000 as at 1,000"]


def test_briefs_are_the_same_every_time_and_all_different():
    texts = list(briefs(200))
    assert texts == list(briefs(200))
    assert len(set(texts)) == 200
    assert all(220 <= len(text.split()) <= 360 for text in texts)
    bodies = {text.partition("\n\n")[2].partition("\n\n")[2] for text in texts}
    assert len(bodies) == 200


def test_briefs_of_another_seed_lie_between_those_of_the_first(tmp_path):
    write_briefs(tmp_path, 20)
    words, size = write_briefs(tmp_path, 2, seed=1, apart=10)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names.index("brief-000010-1.txt") == 12
    assert words > 400
    assert size > 2000
