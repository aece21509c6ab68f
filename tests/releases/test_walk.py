"""Tables are read side by side, some articles at a time."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.releases.rows import FrameRows
from communique.releases.walk import OutOfOrderError, by_articles


class Sliced(FrameRows):
    """Rows that come a few at a time."""

    def __init__(self, frame, length):
        super().__init__(frame)
        self.length = length

    def slices(self):
        return self.frame.iter_slices(self.length)


def table(articles, **more):
    return pl.DataFrame({"article_id": articles, **more}, schema_overrides={"article_id": pl.String})


IDS = st.sampled_from([f"a{number}" for number in range(8)])


@given(st.sets(IDS), st.lists(IDS), st.lists(IDS), st.integers(1, 4), st.integers(1, 9))
def test_each_row_comes_once_with_its_article(articles, dates, tariffs, length, at_once):
    found = {"articles": sorted(articles), "dates": sorted(dates), "tariffs": sorted(tariffs)}
    tables = {name: Sliced(table(ids, nth=range(len(ids))), length) for name, ids in found.items()}
    parts = list(by_articles(tables, found, at_once))
    for name in found:
        assert pl.concat(part[name] for part in parts).equals(tables[name].frame)
    for part in parts:
        here = set(part["articles"]["article_id"])
        assert len(here) <= at_once
        for name in found:
            assert not set(part[name]["article_id"]) & (articles - here)


@pytest.mark.parametrize("ids", [["b", "a"], ["a", None, "b"], ["a", "b", "a", "b"]])
def test_rows_out_of_order_are_told(ids):
    tables = {"articles": Sliced(table(["a", "b"]), 2), "dates": Sliced(table(ids), 2)}
    with pytest.raises(OutOfOrderError):
        list(by_articles(tables, tables))
