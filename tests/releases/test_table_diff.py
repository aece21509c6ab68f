"""Rows compared through hashes: what they say is what reading every value would say."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from communique.releases import rekey
from communique.releases.errors import CannotCompareError
from communique.releases.rekey import Rekeying
from communique.releases.rows import FileRows, FrameRows
from communique.releases.table_diff import table_diff

SCHEMA = {"id": pl.String, "words": pl.String, "share": pl.Float64, "names": pl.List(pl.String), "sure": pl.Boolean}

VALUES = st.tuples(
    st.sampled_from([None, "", "a", "ab"]),
    st.sampled_from([None, 0.0, -0.0, 1.5, float("nan"), float("inf")]),
    st.sampled_from([None, [], ["a"], ["a", "b"], ["ab"]]),
    st.sampled_from([None, True, False]),
)
TABLES = st.dictionaries(st.sampled_from("qrstuvwxyz"), VALUES)


def frame(rows):
    return pl.DataFrame([(key, *values) for key, values in rows.items()], schema=SCHEMA, orient="row")


def diff(old, new, key=("id",), listed=1000):
    return table_diff(FrameRows(old), FrameRows(new), key, Rekeying(), listed)


def same(one, other):
    return all(a == b or (a != a and b != b) for a, b in zip(one, other, strict=True))


@given(TABLES, TABLES)
def test_rows_by_id(old, new):
    found = diff(frame(old), frame(new))
    matched = dict(found.rekeyed.iter_rows())
    assert {*found.added, *matched.values()} == new.keys() - old.keys()
    assert {*found.removed, *matched} == old.keys() - new.keys()
    assert all(same(old[one], new[other]) for one, other in matched.items())
    assert {row.id for row in found.changed} == {key for key in old.keys() & new.keys() if not same(old[key], new[key])}
    for row in found.changed:
        names = list(SCHEMA)[1:]
        pairs = zip(names, old[row.id], new[row.id], strict=True)
        assert set(row.columns) == {name for name, one, other in pairs if not same([one], [other])}
    assert found.is_same == (not found.added and not found.removed and not found.changed and not matched)


@given(TABLES, TABLES)
def test_files_and_frames_give_the_same(tmp_path_factory, old, new):
    folder = tmp_path_factory.mktemp("rows")
    files = []
    for name, rows in (("old", old), ("new", new)):
        frame(rows).write_parquet(folder / name, row_group_size=3)
        files.append(FileRows(folder / name, name))
    one, other = table_diff(*files, ("id",), Rekeying()), diff(frame(old), frame(new))
    assert repr(one.as_dict()) == repr(other.as_dict())


def test_rows_of_a_file_are_taken_in_any_order(tmp_path):
    rows = pl.DataFrame({"n": range(100), "text": [str(n) * 5 for n in range(100)]})
    rows.write_parquet(tmp_path / "t", row_group_size=7)
    rows.head(40).write_parquet(tmp_path / "t1")
    rows.tail(60).write_parquet(tmp_path / "t2", row_group_size=7)
    for source in (tmp_path / "t", [tmp_path / "t1", tmp_path / "t2"]):
        of_file = FileRows(source, "t")
        assert of_file.height == 100
        assert of_file.schema == rows.schema
        for numbers in ([], [99, 0, 7], [13, 14], list(range(100))):
            assert_frame_equal(
                of_file.take(pl.Series(numbers, dtype=pl.UInt32), ["text", "n"]), rows.select("text", "n")[numbers]
            )


def test_counts_are_of_all_rows_however_few_are_listed(monkeypatch):
    monkeypatch.setattr(rekey, "AT_ONCE", 3)
    old = pl.DataFrame({"id": [str(n) for n in range(20)], "words": ["old"] * 20, "more": [1] * 20})
    new = pl.DataFrame({"id": [str(n) for n in range(10, 30)], "words": ["new"] * 20, "more": [1] * 10 + [2] * 10})
    found = diff(old, new, listed=4)
    assert found.counts == {"added": 10, "removed": 10, "changed": 10, "rekeyed": 0}
    assert found.columns == {"words": 10}
    assert [len(rows) for rows in (found.added, found.removed, found.changed)] == [4, 4, 4]
    assert not found.is_complete
    assert not found.as_dict(2)["complete"]
    assert diff(old, new).is_complete


@pytest.mark.parametrize(
    ("old", "new", "is_changed"),
    [
        (pl.Series([1, 2], dtype=pl.Int32), pl.Series([1.0, 2.0]), False),
        (pl.Series([1, 2], dtype=pl.Int32), pl.Series([1, 2], dtype=pl.Int64), False),
        (pl.Series([1, 2], dtype=pl.Int32), pl.Series(["1", "2"]), False),
        (pl.Series([1, 2], dtype=pl.Int32), pl.Series(["1", "two"]), True),
        (pl.Series(["2025-01-01", None]), pl.Series(["2025-01-01", None]).str.to_date(), False),
        (pl.Series(["a", "b"]), pl.Series([["a"], ["b"]]), True),
        (pl.Series([True, False]), pl.Series(["true", "false"]), False),
    ],
)
def test_values_of_two_types_are_compared_as_what_they_say(old, new, is_changed):
    ids = pl.Series("id", ["x", "y"])
    found = diff(pl.DataFrame([ids, old.alias("v")]), pl.DataFrame([ids, new.alias("v")]))
    assert bool(found.changed) == is_changed


def test_a_new_column_changes_no_row():
    old = pl.DataFrame({"id": ["x"], "words": ["a"]})
    assert diff(old, old.with_columns(more=pl.lit(1))).is_same


def test_rows_without_ids_are_counted():
    old = pl.DataFrame({"file": ["a", "b", "b"]})
    found = diff(old, pl.DataFrame({"file": ["b", "b", "b", "c"]}), key=())
    assert found.removed == ("a",)
    assert found.counts["added"] == 2


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (pl.DataFrame({"id": ["x", "x"], "words": ["a", "b"]}), "1 rows have the id of another row after, first x"),
        (pl.DataFrame({"id": ["x", None], "words": ["a", "b"]}), "1 rows have no id after"),
        (pl.DataFrame({"words": ["a", "b"]}), "the column id, which identifies its rows, is missing after"),
    ],
)
def test_ids_that_identify_nothing_are_not_compared(broken, why):
    whole = pl.DataFrame({"id": ["x", "y"], "words": ["a", "b"]})
    with pytest.raises(CannotCompareError, match=why):
        diff(whole, broken)
    with pytest.raises(CannotCompareError):
        table_diff(None, FrameRows(broken), ("id",), Rekeying())


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no table"])
def test_what_is_no_parquet_file_is_named(data, tmp_path):
    (tmp_path / "dates.parquet").write_bytes(data)
    with pytest.raises(CannotCompareError, match="dates is not a readable Parquet file"):
        FileRows(tmp_path / "dates.parquet", "dates")
