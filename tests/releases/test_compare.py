"""What a difference between two releases does to the version."""

import copy

import polars as pl
import pytest

from communique.releases.compare import NOTHING, Snapshot, compare
from communique.releases.reading import current_snapshot
from communique.releases.rows import rows_of
from communique.releases.version import Bump


def snapshot(frames, version="0.1.0"):
    return current_snapshot(version, rows_of(frames))


def field(snapshot, table, column):
    return next(f for f in snapshot.schemas[table]["schema"]["fields"] if f["name"] == column)


@pytest.fixture
def declared(frames):
    """Two snapshots with the same rows whose declarations may be changed."""
    old, new = snapshot(frames), snapshot(frames)
    return old, Snapshot(None, new.tables, copy.deepcopy(dict(new.schemas)))


def test_equal_rows_in_another_order_are_no_change(frames):
    shuffled = {name: frame.reverse() for name, frame in frames.items()}
    diff = compare(snapshot(frames), snapshot(shuffled, None))
    assert diff.is_same
    assert str(diff.next_version()) == "0.1.0"
    assert diff.as_dict()["reasons"] == []


def test_the_first_release_adds_everything(frames):
    diff = compare(NOTHING, snapshot(frames, None))
    assert str(diff.next_version()) == "0.1.0"
    assert diff.as_dict()["bump"] == "first"
    assert len(diff.tables["tariffs"].added) == 3
    assert diff.articles_added == ("article-1.txt", "article-2.txt")


def test_a_corrected_value_is_a_patch(frames, table, tariff):
    new = frames | {"tariffs": table("tariffs", tariff(1), tariff(2, rate_percent=25.0), tariff(3, article=2))}
    diff = compare(snapshot(frames), snapshot(new, None))
    (changed,) = diff.tables["tariffs"].changed
    assert changed.id == "tariff-000000000002"
    assert changed.columns == {"rate_percent": (20.0, 25.0)}
    assert str(diff.next_version()) == "0.1.1"


def test_a_value_lost_or_gained_is_seen(frames, table, tariff):
    new = frames | {"tariffs": table("tariffs", tariff(1), tariff(2, rate_percent=None), tariff(3, article=2))}
    assert compare(snapshot(frames), snapshot(new, None)).tables["tariffs"].changed[0].columns == {
        "rate_percent": (20.0, None)
    }
    assert compare(snapshot(new), snapshot(frames, None)).bump is Bump.PATCH


def test_lists_are_compared_as_wholes(frames, table, article):
    new = frames | {"articles": table("articles", article(1) | {"authors": ["B. Writer", "A. Writer"]}, article(2))}
    diff = compare(snapshot(frames), snapshot(new, None))
    assert diff.tables["articles"].changed[0].columns == {
        "authors": (["A. Writer", "B. Writer"], ["B. Writer", "A. Writer"])
    }


def test_rows_found_or_dropped_in_the_same_articles_are_a_patch(frames, table, tariff):
    new = frames | {"tariffs": table("tariffs", tariff(1), tariff(3, article=2), tariff(4))}
    diff = compare(snapshot(frames), snapshot(new, None))
    assert diff.tables["tariffs"].added == ("tariff-000000000004",)
    assert diff.tables["tariffs"].removed == ("tariff-000000000002",)
    assert diff.bump is Bump.PATCH


def test_an_article_more_or_fewer_is_minor(frames, table, article, tariff):
    new = frames | {"articles": table("articles", *map(article, (1, 2, 3)))}
    new["tariffs"] = pl.concat([frames["tariffs"], table("tariffs", tariff(9, article=3))])
    assert str(compare(snapshot(frames), snapshot(new, None)).next_version()) == "0.2.0"
    back = compare(snapshot(new, "0.2.0"), snapshot(frames, None))
    assert str(back.next_version()) == "0.3.0"
    assert back.articles_removed == ("article-3.txt",)


def test_ids_made_anew_are_major(frames, table, tariff):
    renamed = [tariff(n, article=a) | {"tariff_id": f"tariff-{n:011x}f"} for n, a in ((1, 1), (2, 1), (3, 2))]
    diff = compare(snapshot(frames), snapshot(frames | {"tariffs": table("tariffs", *renamed)}, None))
    assert diff.tables["tariffs"].rekeyed.row(0) == ("tariff-000000000001", "tariff-00000000001f")
    assert not diff.tables["tariffs"].added
    assert str(diff.next_version()) == "1.0.0"


def test_the_same_text_as_another_article_is_not_an_id_made_anew(frames, table, article, tariff):
    """A withdrawn article and a new one that says the same have nothing to do with each other."""
    new = frames | {"articles": table("articles", article(1), article(3))}
    new["tariffs"] = table("tariffs", tariff(1), tariff(2), tariff(3, article=3) | {"tariff_id": "tariff-00000000000a"})
    assert compare(snapshot(frames), snapshot(new, None)).bump is Bump.MINOR


def test_set_aside_rows_count_without_a_key(frames, table):
    rejected = [{"source_file": name, "reason": "empty"} for name in ("empty.txt", "empty-too.txt")]
    diff = compare(snapshot(frames), snapshot(frames | {"rejected": table("rejected", *rejected)}, None))
    assert len(diff.tables["rejected"].added) == 1
    assert diff.bump is Bump.PATCH


def test_a_column_of_another_type_is_major(frames):
    new = frames | {"tariffs": frames["tariffs"].with_columns(pl.col("rate_percent").cast(pl.String))}
    diff = compare(snapshot(frames), snapshot(new, None))
    assert diff.bump is Bump.MAJOR
    assert [change.change for change in diff.schema] == ["column retyped"]


def change_column(new, table, column, **parts):
    field(new, table, column).update(parts)


def drop_column(new, table, column):
    new.schemas[table]["schema"]["fields"].remove(field(new, table, column))


def add_column(new, table, column):
    new.schemas[table]["schema"]["fields"].append({"name": column, "type": "string", "description": "New."})


def drop_value(new, table, column):
    field(new, table, column)["constraints"]["enum"].pop()


def add_value(new, table, column):
    field(new, table, column)["constraints"]["enum"].append("reconsidered")


def allow_null(new, table, column):
    del field(new, table, column)["constraints"]["required"]


@pytest.mark.parametrize(
    ("act", "column", "bump", "what"),
    [
        (drop_column, "product", Bump.MAJOR, "column removed"),
        (add_column, "tariff_line", Bump.MINOR, "column added"),
        (drop_value, "status", Bump.MAJOR, "vocabulary values removed"),
        (add_value, "status", Bump.MINOR, "vocabulary values added"),
        (allow_null, "status", Bump.MAJOR, "column may now be null"),
        (
            lambda *where: change_column(*where, description="Better said."),
            "status",
            Bump.PATCH,
            "description or bounds",
        ),
    ],
)
def test_declarations(declared, act, column, bump, what):
    old, new = declared
    act(new, "tariffs", column)
    diff = compare(old, new)
    assert diff.bump is bump
    assert any(what in change.what for change in diff.changes)


def test_a_table_gone_is_major_and_a_new_one_minor(declared):
    old, new = declared
    without = Snapshot(
        None,
        {name: frame for name, frame in new.tables.items() if name != "dates"},
        {name: schema for name, schema in new.schemas.items() if name != "dates"},
    )
    assert compare(old, without).bump is Bump.MAJOR
    assert compare(Snapshot("0.1.0", without.tables, without.schemas), new).bump is Bump.MINOR
