"""Ids that were made anew: how it is seen, what it does to the version, and the table that leads from old to new."""

import copy
import io
from dataclasses import replace

import polars as pl
import pytest

from communique.frames.identity import with_ids
from communique.quality.report import quality_report
from communique.releases.build import release_files
from communique.releases.changelog import release_lines
from communique.releases.compare import compare
from communique.releases.local import LocalFiles
from communique.releases.reading import current_snapshot, open_release
from communique.releases.rows import rows_of
from communique.releases.version import Bump
from schemas.tables import FACT_TABLES, TABLES

SECOND_SCHEME = {name: replace(TABLES[name], id_recipe=2) for name in FACT_TABLES}


def remade(frame, table):
    """The rows with ids of another scheme: the digits of the first, reversed."""
    prefix, key = f"{table.id_prefix}-", table.primary_key
    digits = pl.col(key).str.strip_prefix(prefix).str.reverse()
    return frame.with_columns(pl.concat_str(pl.lit(prefix), digits).alias(key))


@pytest.fixture
def both(frames, table):
    """A release, and the same rows under the second scheme."""
    mentions = [
        {
            "mention_id": f"mention-00000000000{n}",
            "article_id": "article-000000000001",
            "char_start": n,
            "text": "Norway",
        }
        for n in range(1, 4)
    ]
    frames = frames | {"actor_mentions": table("actor_mentions", *mentions)}
    after = frames | {name: remade(frames[name], SECOND_SCHEME[name]) for name in FACT_TABLES}
    return frames, after


def snapshots(before, after, tables=SECOND_SCHEME):
    return current_snapshot("0.4.0", rows_of(before)), current_snapshot(None, rows_of(after), {**TABLES, **tables})


def test_another_scheme_is_major_and_every_row_is_found_again(both):
    diff = compare(*snapshots(*both))
    assert str(diff.next_version()) == "1.0.0"
    assert diff.tables["tariffs"].counts == {"added": 0, "removed": 0, "changed": 0, "rekeyed": 3}
    assert diff.rekeyed.filter(table="tariffs").row(0) == ("tariffs", "tariff-000000000001", "tariff-100000000000")
    assert {row["table"] for row in diff.rekeyed.to_dicts()} == {"tariffs", "actor_mentions"}
    assert any(change.change == "ids are made in another way" for change in diff.schema)
    assert "- Rows with new ids: `tariffs` 3, `actor_mentions` 3" in release_lines(diff.as_dict())["Changed"]


def test_another_scheme_is_major_even_where_there_is_no_row(frames):
    diff = compare(*snapshots(frames, frames))
    assert diff.bump is Bump.MAJOR


def test_a_correction_may_come_with_the_new_ids(both):
    before, after = both
    rows = after["tariffs"].with_columns(rate_percent=pl.Series([10.0, 25.0, 30.0]))
    diff = compare(*snapshots(before, after | {"tariffs": rows}))
    assert diff.tables["tariffs"].counts == {"added": 0, "removed": 0, "changed": 1, "rekeyed": 3}
    (changed,) = diff.tables["tariffs"].changed
    assert (changed.id, changed.columns) == ("tariff-200000000000", {"rate_percent": (20.0, 25.0)})


def test_without_another_scheme_a_corrected_row_with_another_id_is_another_row(both):
    before, after = both
    rows = after["tariffs"].with_columns(rate_percent=pl.Series([10.0, 25.0, 30.0]))
    diff = compare(*snapshots(before, after | {"tariffs": rows}, tables={}))
    assert diff.tables["tariffs"].counts == {"added": 1, "removed": 1, "changed": 0, "rekeyed": 2}


def test_an_article_under_another_name_takes_its_rows_along(frames):
    ids = {"article-000000000002": "article-renamed", "tariff-000000000003": "tariff-f00000000000"}
    ids |= {"article-2.txt": "new.txt"}
    after = {name: frame.with_columns(pl.col(pl.String).replace(ids)) for name, frame in frames.items()}
    diff = compare(current_snapshot("0.4.0", rows_of(frames)), current_snapshot(None, rows_of(after)))
    assert diff.rekeyed.rows() == [
        ("articles", "article-000000000002", "article-renamed"),
        ("tariffs", "tariff-000000000003", "tariff-f00000000000"),
    ]
    assert (diff.articles_added, diff.articles_removed) == ((), ())
    assert diff.bump is Bump.MAJOR


def test_the_table_of_ids_is_a_file_of_the_release_and_not_of_the_next(both, tmp_path):
    before, after = both
    declared = {**TABLES, **SECOND_SCHEME}
    diff = replace(compare(*snapshots(before, after)), new_version="1.0.0")
    quality = quality_report(
        version="1.0.0", tables=rows_of(after), extracted={}, checks=(), accuracy=None, changes=diff.as_dict()
    )
    files = release_files("1.0.0", rows_of(after), quality, diff, declared=declared)
    ids = pl.read_parquet(io.BytesIO(files["rekey.parquet"]))
    assert ids.columns == ["table", "old_id", "new_id"]
    joined = before["tariffs"].join(ids.filter(table="tariffs"), left_on="tariff_id", right_on="old_id")
    assert joined["new_id"].to_list() == after["tariffs"]["tariff_id"].to_list()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    release = open_release(LocalFiles(tmp_path))
    assert release.resources["tariffs"]["idScheme"].startswith("2: tariff from article_id")
    following = compare(release.snapshot(), current_snapshot(None, rows_of(after), declared))
    assert following.is_same


def test_releases_without_new_ids_have_no_such_table(project):
    assert not (project / "processed/0.2.0/rekey.parquet").exists()


def test_silence_about_the_scheme_says_nothing(frames):
    old, new = current_snapshot("0.4.0", rows_of(frames)), current_snapshot(None, rows_of(frames))
    silent = copy.deepcopy(dict(old.schemas))
    for declared in silent.values():
        declared.pop("idScheme", None)
    assert compare(replace(old, schemas=silent), new).is_same


def test_the_first_recipe_makes_these_ids(table):
    """Where this fails, ids are made in another way: raise `id_recipe` of the tables concerned."""
    rows = table("tariffs", {"article_id": "a", "char_start": 1, "char_end": 2, "imposer_id": "country:NOR"})
    assert (
        TABLES["tariffs"].id_scheme
        == "1: tariff from article_id, char_start, char_end, imposer_id, target_id, target_scope"
    )
    assert with_ids(TABLES["tariffs"], rows)["tariff_id"].to_list() == ["tariff-4f7e15b6304f"]
