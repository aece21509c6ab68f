"""From the web to a release: rows of collected articles, revisions, and what of a sidecar decides rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from communique.articles.catalogue import CatalogueError
from communique.articles.sidecar import deciding
from tests.collect.conftest import Collecting, counts
from tests.collect.server import Site, harbour, page, replies, steel
from tests.conftest import make_release


class Releases:
    """Releases of a folder, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> Path:
        """The newest release, made now where anything has changed."""
        make_release(self.folder)
        index = json.loads((self.folder / "processed/index.json").read_text(encoding="utf-8"))
        return self.folder / "processed" / str(index["latest"])


@pytest.fixture
def releases(collecting: Collecting) -> Releases:
    return Releases(collecting.raw.parent)


def table(release: Path, name: str) -> list[dict[str, Any]]:
    return pl.read_parquet(release / f"{name}.parquet").to_dicts()


def aid_of(release: Path) -> dict[str, dict[str, Any]]:
    return {row["aid_id"]: row for row in table(release, "aid_commitments")}


def test_rows_point_at_sentences_of_what_was_collected(site: Site, collecting: Collecting, releases: Releases) -> None:
    dated = '<meta property="article:published_time" content="2025-03-03">'
    url = site.serve("/harbour", harbour(head=dated))
    collecting(url)
    release = releases.make()
    (article,) = table(release, "articles")
    assert (article["source_file"], article["publisher"]) == (collecting.files[0], "The Fjord Post")
    assert (article["source_url"], str(article["published"])) == (url, "2025-03-03")
    (aid,) = aid_of(release).values()
    assert (aid["donor"], aid["recipient"], aid["amount"]) == ("Norway", "Moldova", 40e6)
    assert aid["evidence"].startswith("Norway has provided 40 million euros in humanitarian aid")


def test_a_revision_supersedes_and_rows_whose_words_stay_keep_their_ids(
    site: Site, collecting: Collecting, releases: Releases
) -> None:
    more = "Sweden has provided 2 million euros in humanitarian aid to Moldova since June 2024."
    url = site.serve("/harbour", harbour(), harbour(more))
    collecting(url)
    (first,) = collecting.files
    before = aid_of(releases.make())
    assert counts(collecting(url)) == {"revised": 1}
    release = releases.make()
    after = aid_of(release)
    assert before.keys() < after.keys()
    assert [after[aid_id]["evidence"] for aid_id in before] == [row["evidence"] for row in before.values()]
    (article,) = table(release, "articles")
    assert article["source_file"] == first.replace(".html", ".r2.html")
    (older,) = table(release, "rejected")
    assert (older["source_file"], older["reason"]) == (first, "superseded")
    assert older["remedy"]


def test_when_and_how_a_page_was_fetched_decides_no_byte_of_a_release(
    site: Site, collecting: Collecting, releases: Releases, tmp_path: Path
) -> None:
    collecting(site.serve("/harbour", harbour()), site.serve("/steel", steel()))
    one = releases.make()
    other = Collecting(tmp_path / "other/raw")
    for file in collecting.files:
        other.raw.mkdir(parents=True, exist_ok=True)
        (other.raw / file).write_bytes((collecting.raw / file).read_bytes())
        sidecar = collecting.sidecar(file)
        sidecar["received"] |= {"at": "2031-01-01T00:00:00Z", "etag": '"9"', "also_at": ["https://fjord.example/x"]}
        (other.raw / f"{file}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    again = Releases(other.raw.parent).make()
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_what_of_a_sidecar_decides_rows_is_among_the_inputs(
    site: Site, collecting: Collecting, releases: Releases
) -> None:
    collecting(site.serve("/harbour", harbour()))
    (file,) = collecting.files
    name = f"{file}.json#/metadata"

    def hash_in(release: Path) -> str:
        inputs = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))["inputs"]
        return str({entry["path"]: entry["hash"] for entry in inputs}[name])

    first = releases.make()
    assert hash_in(first) == f"sha256:{deciding(collecting.raw, [file])[name]}"
    sidecar = collecting.sidecar(file)
    sidecar["metadata"]["publisher"] = "The Fjord Weekly"
    (collecting.raw / f"{file}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    second = releases.make()
    assert second != first
    assert table(second, "articles")[0]["publisher"] == "The Fjord Weekly"
    assert hash_in(second) != hash_in(first)


def test_the_catalogue_stands_above_what_was_collected(site: Site, collecting: Collecting, releases: Releases) -> None:
    collecting(site.serve("/harbour", harbour()))
    (file,) = collecting.files
    (collecting.raw / "catalogue.toml").write_text(f'["{file}"]\npublisher = "Nordic Review"\n', encoding="utf-8")
    assert table(releases.make(), "articles")[0]["publisher"] == "Nordic Review"


def test_the_charset_of_the_server_decides(site: Site, collecting: Collecting, releases: Releases) -> None:
    said = "Czechia has provided 3 million euros in aid to Moldova, Mr Dvořák said in Třebíč."
    body = page("Czechia pays", said, "The harbour was closed for a year.").encode("iso-8859-2")
    collecting(site.serve("/a", replies(body, content_type="text/html; charset=iso-8859-2")))
    (aid,) = aid_of(releases.make()).values()
    assert aid["evidence"] == said


def test_a_sidecar_that_somebody_broke_stops_with_one_line(site: Site, collecting: Collecting) -> None:
    collecting(site.serve("/harbour", harbour()))
    (file,) = collecting.files
    (collecting.raw / f"{file}.json").write_text('{"communique": 1', encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        collecting(site.url("/harbour"))
    assert f"{file}.json" in str(error.value)
    assert "\n" not in str(error.value)
