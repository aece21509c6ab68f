"""CITATION.cff: valid, says what the releases say of themselves, and follows the latest one."""

import subprocess
import sys
from pathlib import Path

import pytest

from communique.releases.about import CREATOR, DESCRIPTION, KEYWORDS, LICENCE, TITLE
from communique.releases.citation import CITATION, with_citation
from communique.releases.documents import update_documents
from communique.releases.local import LocalStore

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / CITATION).read_text(encoding="utf-8")


def validated(path):
    """Check a file with the schema of the Citation File Format 1.2.0 that check-jsonschema brings."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_satisfies_the_format():
    done = validated(ROOT / CITATION)
    assert done.returncode == 0, done.stdout


def test_the_check_finds_what_is_wrong(tmp_path):
    (tmp_path / CITATION).write_text(TEXT.replace("authors:", "writers:"), encoding="utf-8")
    assert validated(tmp_path / CITATION).returncode == 1


def test_it_says_what_the_other_descriptions_say():
    folded = " ".join(TEXT.split())
    for words in (TITLE, DESCRIPTION, CREATOR, f"license: {LICENCE}", *(f"- {word}" for word in KEYWORDS)):
        assert words in folded


def test_it_names_the_latest_release_of_this_project():
    index = LocalStore(ROOT / "processed").index()
    if index.latest is None:
        pytest.skip("no release stands")
    assert with_citation(TEXT, index.latest, index[index.latest].released) == TEXT


def test_it_follows_a_new_release(project, tmp_path):
    (tmp_path / CITATION).write_text(TEXT, encoding="utf-8")
    store = LocalStore(project / "processed")
    assert tmp_path / CITATION in update_documents(tmp_path, store)
    lines = (tmp_path / CITATION).read_text(encoding="utf-8").splitlines()
    assert "version: 0.2.0" in lines
    assert 'date-released: "2025-06-01"' in lines
    assert "cff-version: 1.2.0" in lines
    assert update_documents(tmp_path, store) == []
    assert validated(tmp_path / CITATION).returncode == 0
