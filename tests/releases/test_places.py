"""Where releases are found: folders, buckets, web hosts."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import polars as pl
import pytest

from communique.releases.errors import LocationError, ReleaseError
from communique.releases.places import join, open_release_files, open_store, split
from communique.releases.reading import find_release
from communique.releases.verdict import judge
from tests import s3


@pytest.fixture
def in_bucket(project, bucket):
    """The releases of the project in a bucket."""
    s3.upload(project / "processed", f"{bucket}/some/data")
    return f"{bucket}/some/data"


@pytest.fixture
def on_web(project):
    """The releases of the project on a plain web host, which lists no folders."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

        def list_directory(self, _path):
            self.send_error(404)

    handler = functools.partial(Quiet, directory=project)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/processed"
        server.shutdown()


@pytest.fixture(params=["folder", "in_bucket", "on_web"])
def place(request, project):
    return str(project / "processed") if request.param == "folder" else request.getfixturevalue(request.param)


def test_a_release_reads_the_same_wherever_it_is(place, project):
    found = find_release(place, "nowhere")
    assert found.version == "0.2.0"
    assert found.entry == open_store(project / "processed").index()["0.2.0"]
    assert found.frame("tariffs").equals(pl.read_parquet(project / "processed/0.2.0/tariffs.parquet"))
    assert judge(found.files, (open_store(place).index(), "0.2.0")).ok


@pytest.mark.parametrize("ending", ["", "/"])
def test_one_version_of_them(place, ending):
    found = find_release(f"{join(place, '0.1.0')}{ending}", "nowhere")
    assert (found.version, found.entry.version) == ("0.1.0", "0.1.0")
    assert find_release("0.1.0", place).version == "0.1.0"
    assert sorted(found.files.names()) == sorted(open_store(place).files("0.1.0").names())


def test_what_is_not_there(place):
    with pytest.raises(ReleaseError, match="no release here"):
        find_release(join(place, "0.9.0"), "nowhere")
    with pytest.raises(ReleaseError, match=r"nothing\.parquet: missing from the release"):
        open_release_files(join(place, "0.1.0")).read("nothing.parquet")


def test_a_web_host_is_read_only(on_web):
    store = open_store(on_web)
    with pytest.raises(ReleaseError, match="read only"), store.publishing(store.index()):
        pass
    with pytest.raises(ReleaseError, match=r"nowhere/index\.json: not there"):
        open_store(f"{on_web}/nowhere").index()


def test_polars_reads_a_table_of_a_bucket_by_its_address(in_bucket, project):
    rows = pl.scan_parquet(f"{in_bucket}/0.2.0/tariffs.parquet").collect()
    assert rows.equals(pl.read_parquet(project / "processed/0.2.0/tariffs.parquet"))


def test_a_release_outside_of_any_index(project, tmp_path):
    shutil.copytree(project / "processed/0.2.0", tmp_path / "0.2.0")
    assert find_release(str(tmp_path / "0.2.0"), "nowhere").entry is None


@pytest.mark.parametrize(
    "location", ["gs://bucket/x", "ftp://host/x", "s3://", "s3:///x", "s3://bucket//x", "s3://bucket/a?b", "http://"]
)
def test_addresses_that_are_none(location, s3_environment):  # noqa: ARG001
    with pytest.raises(LocationError, match=location.replace("?", r"\?").rstrip("/")):
        open_store(location)


@pytest.mark.parametrize(
    ("location", "around", "name"),
    [
        ("s3://bucket/data/0.1.0", "s3://bucket/data", "0.1.0"),
        ("https://host/0.1.0/", "https://host", "0.1.0"),
        ("data/0.1.0", "data", "0.1.0"),
        (Path("0.1.0"), ".", "0.1.0"),
    ],
)
def test_around_a_release(location, around, name):
    assert split(location) == (around, name)
    assert Path(join(around, name)) == Path(str(location).rstrip("/"))


def test_a_bucket_needs_credentials(monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with pytest.raises(ReleaseError, match="s3://bucket/x: no credentials; set AWS_ACCESS_KEY_ID"):
        open_store("s3://bucket/x")
