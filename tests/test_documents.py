"""What the documents say is so: snippets run, links lead somewhere, generated parts are current."""

import re
from pathlib import Path

import pytest

from communique.cli.app import app
from communique.releases.documents import SAMPLES_BEGIN, with_samples
from communique.releases.local import LocalStore
from communique.releases.reading import open_release

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

SNIPPETS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_the_snippets_run(snippet, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(snippet, "README.md", "exec"), {})
    assert capsys.readouterr().out or "assert" in snippet


def test_there_is_a_snippet_for_each_tool():
    assert all(any(f"import {tool}" in snippet for snippet in SNIPPETS) for tool in ("polars", "pandas", "duckdb"))


@pytest.fixture
def committed():
    """The latest release of this project."""
    store = LocalStore(ROOT / "processed")
    latest = store.index().latest
    if latest is None:
        pytest.skip("no release is published yet")
    return open_release(store.files(latest))


def test_the_sample_rows_are_those_of_the_latest_release(committed):
    assert SAMPLES_BEGIN in README
    assert with_samples(README, committed) == README


def test_the_changelog_has_the_latest_release(committed):
    assert f"## [{committed.version}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        path, _, _ = target.partition("#")
        assert target.startswith("https://") or not path or (page.parent / path).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_that_are_named_exist(page):
    commands = {command.callback.__name__ for command in app.registered_commands}
    named = set(re.findall(r"(?:^ {4}|`)communique ([a-z]+)\b", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= commands


def test_the_readme_names_every_command():
    for command in app.registered_commands:
        assert f"communique {command.callback.__name__}" in README
