"""Binaries of the engine are used where they fit the sources, and change no row."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import write_corpus
from communique.compiled import build
from communique.compiled.binaries import MANIFEST, ROOT, SWITCH, binaries, digests, folder_of, in_use

SOURCE = "communique/extraction/grammar/doubling.py"

ROWS = """
import sys
from pathlib import Path
from communique.articles.ingest import ingest
from communique.articles.model import Article
from communique.extraction import engine
from communique.extraction.grammar import parse
print(parse.__file__)
for folder in sys.argv[1:]:
    for found in ingest(Path(folder)):
        if isinstance(found, Article):
            print(engine.extract(found))
"""


@pytest.fixture
def project(tmp_path):
    """A project whose engine is one small module."""
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / SOURCE).write_text("def doubled(n: int) -> int:\n    return n * 2\n")
    shutil.copy(ROOT / "communique/__init__.py", tmp_path / "communique")
    shutil.copytree(ROOT / "communique/compiled", tmp_path / "communique/compiled")
    return tmp_path


@pytest.fixture
def with_manifest(project):
    """The project with a manifest as if its sources had been compiled."""
    folder_of(project).mkdir(parents=True)
    content = {"sources": digests(project), "modules": {"communique.extraction.grammar.doubling": "doubling.so"}}
    (folder_of(project) / MANIFEST).write_text(json.dumps(content))
    return project


def run(root, code, *arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if name != SWITCH}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=root,
        env=clean | {"PYTHONPATH": str(root)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_binaries_made_from_the_sources_are_used(with_manifest, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    found = binaries(with_manifest)
    assert found.unused is None
    assert found.modules == {"communique.extraction.grammar.doubling": folder_of(with_manifest) / "doubling.so"}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(SOURCE, "def doubled(n: int) -> int:\n    return n + n\n", id="another"),
        pytest.param("communique/articles/model.py", "", id="one more"),
        pytest.param(SOURCE, None, id="one less"),
    ],
)
def test_a_changed_source_leaves_all_binaries_unused_and_is_named(with_manifest, path, content, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    (with_manifest / path).parent.mkdir(exist_ok=True)
    if content is None:
        (with_manifest / path).unlink()
    else:
        (with_manifest / path).write_text(content)
    found = binaries(with_manifest)
    assert found.stale
    assert not found.modules
    assert found.unused == f"{path} has changed since the engine was compiled"


def test_the_switch_leaves_binaries_unused(with_manifest, monkeypatch):
    monkeypatch.setenv(SWITCH, "1")
    assert not binaries(with_manifest).modules


def test_without_binaries_the_engine_is_interpreted(project, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    assert binaries(project).unused == "not compiled"
    assert not binaries(project).stale


def test_without_a_compiler_one_line_says_what_to_install(project, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setenv("CC", "no-such-compiler")
    said = build.build(project)
    assert said.startswith("No C compiler (no-such-compiler) was found; install one")
    assert "\n" not in said
    assert not folder_of(project).exists()


@pytest.mark.skipif(build.missing_tool() is not None, reason="needs a C compiler")
def test_a_source_is_compiled_used_and_after_a_change_left(project, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    code = "from communique.extraction.grammar import doubling as d; print(d.__file__.endswith('.py'), d.doubled(4))"
    assert build.build(project) == "The engine is compiled."
    assert run(project, code) == "False 8\n"
    assert run(project, code, **{SWITCH: "1"}) == "True 8\n"
    (project / SOURCE).write_text("def doubled(n: int) -> int:\n    return 9\n")
    assert run(project, code) == "True 9\n"


@pytest.mark.skipif(build.missing_tool() is not None, reason="needs a C compiler")
def test_a_source_that_cannot_be_compiled_stays_interpreted(project, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    (project / SOURCE).write_text("def broken(n: int) -> str:\n    return n\n")
    assert "could not be compiled" in build.build(project)
    assert binaries(project).unused == "not compiled"


def test_errors_come_before_all_else_that_compilers_say():
    said = build.reasons("a.py:3: error: no such thing\n" + "gcc: note\n" * 1000)
    assert said.startswith("a.py:3: error: no such thing\ngcc: note\n")
    assert len(said) < 5000


def test_what_make_compiled_is_used():
    made = (ROOT / "build/compiled/.made").is_file() and build.missing_tool() is None and not os.environ.get(SWITCH)
    if not made or in_use().stale:
        pytest.skip("not compiled by make from the sources as they are")
    assert in_use().unused is None


def test_compiled_and_interpreted_engines_give_the_same_rows(tmp_path):
    if in_use().unused is not None:
        pytest.skip(f"interpreted: {in_use().unused}")
    write_corpus(tmp_path / "corpus", 100_000)
    folders = [ROOT / "raw", ROOT / "bench/texts", tmp_path / "corpus"]
    compiled, *rows = run(ROOT, ROWS, *folders).splitlines()
    interpreted, *same_rows = run(ROOT, ROWS, *folders, **{SWITCH: "1"}).splitlines()
    assert compiled.endswith((".so", ".pyd"))
    assert interpreted.endswith(".py")
    assert len(rows) > 10
    assert rows == same_rows


def _compiled_modules():
    return [ROOT / path for paths in build.compiled_sources(ROOT).values() for path in paths]


@pytest.mark.parametrize("module", _compiled_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_modules_keep_to_what_compiles(module: Path):
    """The compiler fails on a star in the tuple of an `in`, and makes a cached property a plain one."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    compared = [right for node in ast.walk(tree) if isinstance(node, ast.Compare) for right in node.comparators]
    literals = [one for one in compared if isinstance(one, ast.Tuple | ast.List | ast.Set)]
    assert not [one.lineno for one in literals if any(isinstance(element, ast.Starred) for element in one.elts)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "functools"]
    assert not [one.lineno for one in imports if any(alias.name == "cached_property" for alias in one.names)]
