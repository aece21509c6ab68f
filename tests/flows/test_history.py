"""What the history of the releases says of sizes and accuracy."""

import json

from communique.releases.local import LocalStore
from flows.history import history, trend


def test_a_row_for_each_release(project):
    rows = history(LocalStore(project / "processed"))
    assert [(row["version"], row["status"], row["articles"]) for row in rows] == [
        ("0.1.0", "superseded", 2),
        ("0.2.0", "current", 3),
    ]
    assert {row["released"] for row in rows} == {"2025-06-01"}
    assert 0 < rows[1]["aid_commitments F1"] <= 1
    assert "tariffs F1" in rows[0]


def test_it_goes_back_so_many_releases(project):
    assert [row["version"] for row in history(LocalStore(project / "processed"), most=1)] == ["0.2.0"]


def test_a_release_whose_report_is_broken_has_what_the_index_says(project, tmp_path):
    import shutil

    shutil.copytree(project / "processed", tmp_path / "processed")
    (tmp_path / "processed/0.1.0/quality.json").write_text("{")
    first, second = history(LocalStore(tmp_path / "processed"))
    assert first == {"version": "0.1.0", "released": "2025-06-01", "status": "superseded", "verdict": None}
    assert second["articles"] == 3


def test_no_release_yet(tmp_path):
    assert history(LocalStore(tmp_path / "none")) == []
    assert trend([]) == "No release yet.\n"


def test_the_trend_has_a_bar_for_each_release():
    rows = [
        {"version": "0.1.0", "articles": 10, "dates F1": 0.9},
        {"version": "0.2.0", "articles": 1250},
        {"version": "0.3.0", "articles": 2490, "dates F1": 0.9},
    ]
    lines = trend(rows).splitlines()
    assert lines[0] == "Releases 0.1.0 to 0.3.0, 3 in all."
    assert lines[4] == "| articles | 10 | 2,490 | 10 | 2,490 | ▁▅█ |"
    assert lines[5] == "| dates F1 | 0.900 | 0.900 | 0.900 | 0.900 | ▄ ▄ |"


def test_the_table_is_json(project):
    assert json.loads(json.dumps(history(LocalStore(project / "processed"))))
