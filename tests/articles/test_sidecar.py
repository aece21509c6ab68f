"""Sidecars: what was known of a file when it was received, and which revision of an article counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.articles.catalogue import CatalogueError
from communique.articles.ingest import ingest
from communique.articles.model import Article, Rejection
from communique.articles.rejection import RejectionReason
from communique.articles.sidecar import deciding

PAGE = """<html><head><title>Malta lifts its tariff</title><meta name="author" content="Page Author"></head><body>
<article><h1>Malta lifts its tariff</h1><p>Malta has lifted the tariff on Tunisian oil, the ministry said.</p>
<p>{more}</p></article></body></html>"""
FIRST = PAGE.format(more="The ministers signed the accord in the old café of the harbour on Friday.")
SECOND = PAGE.format(more="Correction: the ministers signed the accord in the town hall on Saturday.")


def put(folder: Path, name: str, page: str | bytes, received: str = "2025-03-01", **metadata: object) -> None:
    (folder / name).write_bytes(page.encode() if isinstance(page, str) else page)
    content = {"communique": 1, "metadata": metadata, "received": {"at": received}}
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")


def put_revision(folder: Path, number: int, page: str, **metadata: object) -> None:
    put(folder, f"oil.r{number}.html", page, article="oil.html", revision=number, **metadata)


def article(folder: Path) -> Article:
    (found,) = (found for found in ingest(folder) if isinstance(found, Article))
    return found


def rejected(folder: Path) -> dict[str, Rejection]:
    return {found.source_file: found for found in ingest(folder) if isinstance(found, Rejection)}


def test_a_sidecar_stands_before_the_page_and_after_the_catalogue(tmp_path: Path) -> None:
    put(tmp_path, "oil.html", FIRST, publisher="The Valletta Herald", authors=["Mary Borg"], published="2025-03-01")
    (tmp_path / "catalogue.json").write_text('{"oil.html": {"published": "2025-02-28"}}', encoding="utf-8")
    found = article(tmp_path)
    assert (found.publisher, found.authors, found.published) == (
        "The Valletta Herald",
        ("Mary Borg",),
        "2025-02-28",
    )


@pytest.mark.parametrize(
    ("charset", "written_in", "decoded_as"),
    [
        ("iso-8859-2", "iso-8859-2", "iso8859-2"),
        ("iso-8859-1", "cp1252", "cp1252"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("utf-8", "iso-8859-1", "cp1252"),
        ("no-such-charset", "utf-8", "utf-8"),
        (None, "utf-8", "utf-8"),
    ],
)
def test_the_charset_that_the_server_declared_decides(
    tmp_path: Path, charset: str | None, written_in: str, decoded_as: str
) -> None:
    put(tmp_path, "oil.html", FIRST.encode(written_in), charset=charset)
    found = article(tmp_path)
    assert found.encoding == decoded_as
    assert "café" in found.text


def test_the_newest_revision_counts_under_the_id_of_the_first(tmp_path: Path) -> None:
    put(tmp_path, "oil.html", FIRST)
    before = article(tmp_path)
    put_revision(tmp_path, 2, SECOND)
    put_revision(tmp_path, 10, SECOND.replace("Saturday", "Sunday"))
    now = article(tmp_path)
    assert now.article_id == before.article_id == "oil--html"
    assert now.source_file == "oil.r10.html"
    for file in ("oil.html", "oil.r2.html"):
        refused = rejected(tmp_path)[file]
        assert refused.reason == RejectionReason.SUPERSEDED
        assert refused.detail == "oil.r10.html is the newest revision"
        assert refused.sha256


def test_a_later_revision_keeps_the_id_when_the_others_are_deleted(tmp_path: Path) -> None:
    put_revision(tmp_path, 3, SECOND)
    assert article(tmp_path).article_id == "oil--html"
    assert not rejected(tmp_path)


def test_articles_come_in_the_order_of_their_ids_whatever_their_files_are_called(tmp_path: Path) -> None:
    put_revision(tmp_path, 2, SECOND)
    put(tmp_path, "oil-tax.html", FIRST.replace("Malta", "Cyprus"))
    put(tmp_path, "zinc.html", FIRST.replace("Malta", "Greece"))
    ids = [found.article_id for found in ingest(tmp_path) if isinstance(found, Article)]
    assert ids == sorted(ids)


def test_what_the_catalogue_says_of_a_revision_holds_for_those_after_it(tmp_path: Path) -> None:
    put(tmp_path, "oil.html", FIRST)
    put_revision(tmp_path, 2, SECOND, published="2025-03-03", publisher="The Valletta Herald")
    (tmp_path / "catalogue.json").write_text('{"oil.html": {"published": "2025-02-28"}}', encoding="utf-8")
    found = article(tmp_path)
    assert (found.published, found.publisher) == ("2025-02-28", "The Valletta Herald")


def test_a_sidecar_whose_file_is_missing_says_nothing(tmp_path: Path) -> None:
    put(tmp_path, "oil.html", FIRST)
    put_revision(tmp_path, 2, SECOND)
    (tmp_path / "oil.r2.html").unlink()
    assert article(tmp_path).source_file == "oil.html"


def test_json_of_other_programs_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "oil.html").write_text(FIRST, encoding="utf-8")
    (tmp_path / "oil.html.json").write_text('["a list"]', encoding="utf-8")
    assert article(tmp_path).authors == ("Page Author",)
    assert deciding(tmp_path, ["oil.html"]) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"communique": 1,', r"oil\.html\.json: does not parse .*; correct the syntax"),
        ('{"communique": 9}', "a format that this version does not read; correct it, or delete it"),
        ('{"communique": 1, "metadata": {"published": "May"}}', "'published' of 'oil.html' is 'May'; write a date"),
        ('{"communique": 1, "metadata": {"revision": 0}}', "names no 'article' with a 'revision' from 1"),
        ('{"communique": 1, "metadata": {"charset": 8}}', "'charset' is 8; write the name of an encoding"),
    ],
)
def test_a_broken_sidecar_stops_with_one_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "oil.html").write_text(FIRST, encoding="utf-8")
    (tmp_path / "oil.html.json").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        ingest(tmp_path)


def test_the_digest_of_a_sidecar_covers_what_decides_rows_and_no_time(tmp_path: Path) -> None:
    put(tmp_path, "oil.html", FIRST, received="2025-03-01", publisher="The Valletta Herald")
    first = deciding(tmp_path, ["oil.html"])
    put(tmp_path, "oil.html", FIRST, received="2026-11-22", publisher="The Valletta Herald")
    assert deciding(tmp_path, ["oil.html"]) == first
    put(tmp_path, "oil.html", FIRST, publisher="The Gozo Herald")
    assert deciding(tmp_path, ["oil.html"]).keys() == first.keys() == {"oil.html.json#/metadata"}
    assert deciding(tmp_path, ["oil.html"]) != first
