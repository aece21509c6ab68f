import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import communique
from communique.releases import fingerprint
from communique.releases.fingerprint import code_fingerprint, engine_fingerprint


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A copy of the packages that may be changed, and the fingerprint of it."""
    home = Path(communique.__file__).parents[1]
    for name in ("communique", "schemas"):
        shutil.copytree(home / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(fingerprint, name, SimpleNamespace(__file__=str(tmp_path / name / "__init__.py")))

    def measure():
        engine_fingerprint.cache_clear()
        return engine_fingerprint()

    yield tmp_path, measure
    engine_fingerprint.cache_clear()


def test_a_copy_elsewhere_has_the_same_fingerprint(engine):
    here = engine_fingerprint()
    _, measure = engine
    assert measure() == here


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("communique/lexicons/countries.csv", True),
        ("communique/extraction/engine.py", True),
        ("communique/articles/ingest.py", True),
        ("communique/frames/build.py", True),
        ("schemas/tariffs.py", True),
        ("communique/cli/app.py", False),
        ("communique/releases/changelog.py", False),
        ("communique/quality/report.py", False),
    ],
)
def test_what_can_change_a_row_changes_the_fingerprint(engine, path, changes):
    folder, measure = engine
    before = measure()
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert (measure() != before) is changes


def test_another_version_of_a_library_changes_the_fingerprint(engine, monkeypatch):
    _, measure = engine
    before = measure()
    monkeypatch.setattr(fingerprint, "version", lambda name: "99" if name == "trafilatura" else "1")
    assert measure() != before


@pytest.mark.parametrize(
    "path",
    [
        *("communique/lexicons/countries.csv", "communique/quality/thresholds.toml", "communique/releases/build.py"),
        *("communique/pages/assets/page.css", "communique/cli/release.py", "schemas/patterns.py"),
    ],
)
def test_that_of_the_code_changes_with_any_source(engine, path):
    folder, _ = engine
    code_fingerprint.cache_clear()
    before = code_fingerprint()
    file = folder / path
    file.write_bytes(file.read_bytes() + b"\n")
    code_fingerprint.cache_clear()
    assert code_fingerprint() != before
    code_fingerprint.cache_clear()


def test_that_of_the_code_changes_with_a_library_of_a_library(monkeypatch):
    code_fingerprint.cache_clear()
    before = code_fingerprint()
    found = [*fingerprint.distributions()]
    assert "lxml" in {one.name for one in found}
    older = [SimpleNamespace(name=one.name, version="1.0" if one.name == "lxml" else one.version) for one in found]
    monkeypatch.setattr(fingerprint, "distributions", lambda: older)
    code_fingerprint.cache_clear()
    assert code_fingerprint() != before
    code_fingerprint.cache_clear()


def test_other_packages_count_where_they_are_named():
    assert code_fingerprint(pytest) != code_fingerprint()
