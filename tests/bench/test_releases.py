"""The benchmark of releases makes what it measures: two whole releases with known differences."""

import pytest

from bench import releases
from bench.releases import CHANGED_EVERY, markdown, measured, seed_frames, write_release
from communique.releases.compare import compare
from communique.releases.places import open_release_files
from communique.releases.reading import open_release
from communique.releases.verdict import judge


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releases, "SEED_CORPUS", 20_000)
        frames = seed_frames(folder / "raw")
    for version, mended in (("1.0.0", False), ("1.1.0", True)):
        write_release(folder / version, frames, version, 20, mended=mended)
    return folder, frames


def test_a_pair_has_known_differences(pair):
    folder, frames = pair
    old, new = (open_release(open_release_files(folder / version)).snapshot() for version in ("1.0.0", "1.1.0"))
    mentions = compare(old, new).tables["actor_mentions"].counts
    height = frames["actor_mentions"].height
    assert mentions["added"] == height
    assert mentions["changed"] == len(range(1, 20 * height, CHANGED_EVERY))
    assert mentions["removed"] == mentions["rekeyed"] == 0


def test_both_are_whole(pair):
    folder, _ = pair
    for version in ("1.0.0", "1.1.0"):
        assert judge(open_release_files(folder / version)).problems == ()


def test_what_is_measured(pair):
    folder, _ = pair
    seconds, busy, peak, code = measured("diff", [str(folder / "1.0.0"), str(folder / "1.0.0")], folder)
    assert (seconds > 0, busy > 0, peak >= 0, code) == (True, True, True, 0)
    run = releases.Run("diff", 1_000, 2_000, 1.5, 0.5, 0.4, 200, 0)
    assert "| diff | 1,000 | 2,000 | 1.5 | 0.5 | 0.4 | 200 | 0 |" in markdown([run])
