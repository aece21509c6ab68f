"""A run of which it is known beforehand that nothing changed makes no tables; in doubt it does all the work."""

import shutil
import sys

import pytest

from communique.caches import CACHE_VARIABLE
from flows import release as flows
from flows.release import release
from tests.conftest import write_gold
from tests.faults import RAISES, article

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def made(monkeypatch):
    """The runs that did all the work."""
    calls, real = [], flows.made

    def counted(*arguments):
        calls.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(flows, "made", counted)
    return calls


@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture
def run(raw, tmp_path, made, cache):  # noqa: ARG001
    """Run the flow on the folder `raw`; the outcome, and whether it took all the work."""

    def run(**arguments):
        before = len(made)
        outcome = release(**{"raw": str(raw), "to": str(tmp_path / "processed"), "released": "2025-06-01"} | arguments)
        return outcome, len(made) > before

    return run


def test_known_until_something_changes(run, raw, cache):
    first, worked = run()
    assert (first.kind, worked) == ("published", True)

    for arguments in ({}, {"dry_run": True}, {"released": "2025-07-01"}):
        again, worked = run(**arguments)
        assert (again.kind, again.version, again.previous, worked) == ("unchanged", "0.1.0", "0.1.0", False)
        assert again.quality == first.quality
        assert again.reports == first.reports
        assert again.location == first.location

    shutil.rmtree(cache)
    assert [run()[1], run()[1]] == [True, False]

    (raw / "more.txt").write_text((raw / "steel.txt").read_text().replace("Brazil", "Mexico"), encoding="utf-8")
    second, worked = run()
    assert (second.version, worked) == ("0.2.0", True)
    assert not run()[1]

    (raw / "nothing.txt").write_text("")
    third, worked = run()
    assert (third.version, third.reasons, worked) == ("0.2.1", ("rejected: 1 row added",), True)


def test_gold_counts(run, tmp_path):
    write_gold(tmp_path / "gold")
    assert run()[1]
    outcome, worked = run(gold=str(tmp_path / "gold"))
    assert (outcome.kind, worked) == ("unchanged", True)
    assert not run(gold=str(tmp_path / "gold"))[1]


def test_a_rebuild_is_always_made(run, tmp_path):
    run()
    rebuilt, worked = run(version="0.1.0", to=str(tmp_path / "elsewhere"))
    assert (rebuilt.kind, worked) == ("published", True)
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / place / "0.1.0").iterdir()}
        for place in ("processed", "elsewhere")
    )
    assert one == other


def test_another_place_is_another_question(run, tmp_path):
    run()
    elsewhere, worked = run(to=str(tmp_path / "elsewhere"))
    assert (elsewhere.kind, worked) == ("published", True)
    assert not run(to=str(tmp_path / "elsewhere"))[1]


def test_what_failed_is_tried_again(run, raw, faults):
    (raw / "poison.txt").write_text(article(RAISES), encoding="utf-8")
    first, _ = run()
    assert [row["reason"] for row in first.quality["rejected"]] == ["empty", "extraction_failed"]
    assert run()[1]
    sys.path.remove(str(faults))
    mended, worked = run()
    assert (mended.kind, worked) == ("published", True)


def test_a_release_that_is_not_whole_is_named(run, tmp_path):
    run()
    (tmp_path / "processed/0.1.0/dates.parquet").write_bytes(b"")
    with pytest.raises(flows.ReleaseError, match=r"dates\.parquet was changed: .*; restore the release"):
        run()
