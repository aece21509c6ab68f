"""`communique.load`: the right release, verified, fetched once."""

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading

import polars as pl
import pytest

import communique
from communique.caches import CACHE_VARIABLE, cache_folder
from communique.releases.errors import ReleaseError
from communique.releases.index import json_bytes
from communique.releases.loading import YankedReleaseWarning
from communique.releases.names import SUMS
from schemas.tables import TABLES
from tests import s3


@pytest.fixture
def releases(project, tmp_path):
    """A copy of the releases that may be damaged."""
    return shutil.copytree(project / "processed", tmp_path / "processed")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture
def web(releases):
    """The releases on a plain web host: their address, and the paths that were asked for."""
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path.removeprefix("/processed/"))
            super().do_GET()

        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=releases.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/processed", asked
        server.shutdown()


def edit(path, change):
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_bytes(json_bytes(content))


def yank(releases, version, why="rates were read as shares"):
    def change(index):
        for entry in index["versions"]:
            if entry["version"] == version:
                entry.update(status="yanked", why=why)
        index["latest"] = next(e["version"] for e in reversed(index["versions"]) if e["status"] != "yanked")

    edit(releases / "index.json", change)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_as_it_was_published(releases, table):
    assert communique.load(table, source=releases).equals(pl.read_parquet(releases / f"0.2.0/{table}.parquet"))


def test_a_pinned_version(releases):
    pinned = communique.load("articles", "0.1.0", releases)
    assert pinned.equals(pl.read_parquet(releases / "0.1.0/articles.parquet"))
    assert pinned.height < communique.load("articles", source=str(releases)).height


def test_the_folder_of_releases_is_the_default(releases, monkeypatch):
    monkeypatch.chdir(releases.parent)
    assert communique.load("tariffs").height
    assert communique.versions() == ["0.1.0", "0.2.0"]


def test_an_unknown_table_lists_the_tables(releases):
    with pytest.raises(ReleaseError, match=r"'tarifs' is no table of release 0\.2\.0; it has articles, aid"):
        communique.load("tarifs", source=releases)


def test_an_unknown_version_lists_the_versions(releases):
    with pytest.raises(ReleaseError, match=r"no release 9\.9\.9; there are 0\.1\.0, 0\.2\.0"):
        communique.load("tariffs", "9.9.9", releases)


def test_no_releases(tmp_path):
    with pytest.raises(ReleaseError, match="no releases here"):
        communique.load("tariffs", source=tmp_path)


class TestYanked:
    def test_the_latest_is_one_that_was_not_yanked(self, releases):
        yank(releases, "0.2.0")
        assert communique.versions(releases) == ["0.1.0"]
        latest = communique.load("articles", source=releases)
        assert latest.equals(pl.read_parquet(releases / "0.1.0/articles.parquet"))

    def test_one_asked_for_by_its_version_warns_with_the_reason(self, releases):
        yank(releases, "0.2.0")
        with pytest.warns(YankedReleaseWarning, match=r"0\.2\.0 was yanked: rates were read as shares") as warned:
            communique.load("articles", "0.2.0", releases)
        assert warned[0].filename == __file__


class TestVerified:
    @pytest.mark.parametrize("name", ["tariffs.parquet", "datapackage.json"])
    def test_a_changed_file_is_never_returned(self, releases, name):
        path = releases / "0.2.0" / name
        path.write_bytes(path.read_bytes() + b" ")
        with pytest.raises(ReleaseError, match=f"{name} is not the file that was published"):
            communique.load("tariffs", source=releases)

    def test_a_file_with_its_digests_changed_alike_is_not_either(self, releases):
        release = releases / "0.2.0"
        shutil.copy(releases / "0.1.0/tariffs.parquet", release / "tariffs.parquet")
        old, new = ((releases / f"{v}/{SUMS}").read_text().splitlines() for v in ("0.2.0", "0.1.0"))
        lines = [n if o.endswith("tariffs.parquet") else o for o, n in zip(old, new, strict=True)]
        (release / SUMS).write_text("\n".join(lines) + "\n")
        with pytest.raises(ReleaseError, match=r"not the files that index\.json lists"):
            communique.load("tariffs", source=releases)

    def test_a_release_without_a_list_of_digests(self, releases):
        """As the first versions are."""
        from communique.releases.sums import encode_sums, sums_of

        release = releases / "0.2.0"
        for name in (SUMS, "croissant.json", "junit.xml", "quality.html", "explore.html"):
            (release / name).unlink()
        digest = sums_of({"": encode_sums(sums_of({p.name: p.read_bytes() for p in release.iterdir()}))})[""]
        edit(releases / "index.json", lambda index: index["versions"][-1].update(digest=digest))
        assert communique.load("tariffs", source=releases).height
        (release / "dates.parquet").write_bytes(b"")
        with pytest.raises(ReleaseError, match=r"not the files that index\.json lists"):
            communique.load("tariffs", source=releases)


class TestFromAfar:
    def test_files_are_fetched_once(self, web, cache, releases):
        address, asked = web
        first = communique.load("tariffs", source=address)
        assert first.equals(pl.read_parquet(releases / "0.2.0/tariffs.parquet"))
        assert set(asked) == {"index.json", f"0.2.0/{SUMS}", "0.2.0/datapackage.json", "0.2.0/tariffs.parquet"}
        asked.clear()
        assert communique.load("tariffs", source=address).equals(first)
        assert asked == ["index.json"]
        assert len(list(cache.iterdir())) == 3

    def test_a_spoilt_cache_is_fetched_again(self, web, cache):
        address, asked = web
        communique.load("tariffs", source=address)
        for path in cache.iterdir():
            path.write_bytes(b"spoilt")
        asked.clear()
        assert communique.load("tariffs", source=address).height
        assert "0.2.0/tariffs.parquet" in asked

    def test_what_the_host_gives_is_verified(self, web, cache, releases):
        (releases / "0.2.0/tariffs.parquet").write_bytes(b"something else")
        with pytest.raises(ReleaseError, match=r"tariffs\.parquet is not the file that was published"):
            communique.load("tariffs", source=web[0])
        assert not any(path.read_bytes() == b"something else" for path in cache.iterdir())

    def test_without_a_place_for_the_cache(self, web, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("")
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file/cache"))
        assert communique.load("tariffs", source=web[0]).height

    def test_from_a_bucket(self, project, bucket, cache):
        s3.upload(project / "processed", f"{bucket}/some/data")
        assert communique.load("tariffs", source=f"{bucket}/some/data").height
        assert len(list(cache.iterdir())) == 3


def test_the_cache_is_in_the_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "communique"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder().parts[-2:] == (".cache", "communique")


def test_the_package_is_light_until_something_is_loaded():
    script = "import sys, communique; sys.exit(bool({'polars', 'pyarrow', 'pandera', 'obstore'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
