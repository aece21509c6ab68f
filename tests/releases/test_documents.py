"""CHANGELOG.md and README.md follow the releases."""

import pytest

from communique.releases.documents import sample_table, update_documents
from communique.releases.local import LocalStore
from communique.releases.reading import find_release
from schemas.tables import TABLES

README = "# Title\n\n<!-- tables: begin -->\nstale\n<!-- tables: end -->\n\nMore \\1 words.\n"


@pytest.fixture
def store(project):
    return LocalStore(project / "processed")


@pytest.fixture
def documents(tmp_path):
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    return tmp_path


def test_both_are_brought_up_to_the_latest_release_once(documents, store):
    assert [path.name for path in update_documents(documents, store)] == ["CHANGELOG.md", "README.md"]
    assert "## [0.2.0] - 2025-06-01" in (documents / "CHANGELOG.md").read_text(encoding="utf-8")
    readme = (documents / "README.md").read_text(encoding="utf-8")
    assert "stale" not in readme
    assert readme.endswith("More \\1 words.\n")
    assert all(f"| `{name}` |" in readme for name in TABLES)
    assert update_documents(documents, store) == []


def test_missing_documents_and_markers_are_left_alone(tmp_path, store):
    (tmp_path / "README.md").write_text("# No markers\n", encoding="utf-8")
    assert update_documents(tmp_path, store) == []
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_nothing_is_written_before_the_first_release(documents, tmp_path):
    assert update_documents(documents, LocalStore(tmp_path / "processed")) == []


def test_a_sample_is_a_full_row_on_one_line(project):
    lines = sample_table(find_release("0.2.0", project / "processed")).splitlines()
    assert len(lines) == 2 + len(TABLES)
    (tariffs,) = [line for line in lines if line.startswith("| `tariffs`")]
    assert "imposer = Canada" in tariffs
    (rejected,) = [line for line in lines if line.startswith("| `rejected`")]
    assert "reason = empty" in rejected
