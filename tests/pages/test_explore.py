"""What the evidence browser is made of."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest

from communique.pages.explore import encoded, explore_data, explore_page
from communique.pages.selection import LIMIT, selected, shares
from communique.pages.views import VIEWS
from communique.releases.rows import rows_of
from schemas.tables import DATA_TABLES, TABLES
from tests.pages.releases import ADVICE, DUTIES, HARBOUR, HOSTILE, hostile, many, small


def data_of(page: str) -> dict[str, Any]:
    """The data in a page, read as a browser does."""
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    content: dict[str, Any] = json.loads(block)
    return content


def test_every_table_of_data_can_be_looked_at_by_columns_it_has() -> None:
    assert set(VIEWS) == set(DATA_TABLES)
    for name, view in VIEWS.items():
        assert {*view.columns, *view.filters} <= set(TABLES[name].dtypes)


def test_the_page_holds_each_sentence_once_and_no_more_of_the_articles() -> None:
    content = data_of(explore_page("1.0.0", rows_of(small())))
    assert sorted(filter(None, content["sentences"]["text"])) == sorted([HARBOUR, ADVICE, DUTIES])
    assert None in content["sentences"]["text"], "the sentence of a mention alone is not in the release"


def test_the_same_rows_give_the_same_page() -> None:
    assert explore_page("1.0.0", rows_of(small())) == explore_page("1.0.0", rows_of(dict(reversed(small().items()))))


@pytest.mark.parametrize(
    ("series", "values", "codes"),
    [
        (pl.Series(["a", "b", "a", None, "a"]), ["a", "b"], [0, 1, 0, -1, 0]),
        (pl.Series(["a", "b", None]), ["a", "b", None], None),
        (pl.Series([1.5, 2.0, 2.0, 2.0]), [1.5, 2], [0, 1, 1, 1]),
        (pl.Series([["x", "y"], ["x", "y"], []]), [["x", "y"], ["x", "y"], []], None),
        (pl.Series([["x"], ["x"], ["x"], []]), [["x"], []], [0, 0, 0, 1]),
        (pl.Series([True, False, True, None]), [True, False], [0, 1, 0, -1]),
        (pl.Series(["2025-01-31"]).str.to_date(), ["2025-01-31"], None),
        (pl.Series([], dtype=pl.String), [], []),
    ],
)
def test_a_column_is_its_distinct_values_where_they_come_again(
    series: pl.Series, values: list[Any], codes: list[int] | None
) -> None:
    assert encoded(series) == {"values": values, "codes": codes}


@pytest.mark.parametrize(
    ("rows", "limit", "given"),
    [
        ({"a": 3, "b": 4}, 10, {"a": 3, "b": 4}),
        ({"a": 100, "b": 4}, 10, {"a": 6, "b": 4}),
        ({"a": 100, "b": 100, "c": 1}, 9, {"a": 4, "b": 4, "c": 1}),
        ({"a": 0}, 10, {"a": 0}),
    ],
)
def test_tables_share_the_page(rows: dict[str, int], limit: int, given: dict[str, int]) -> None:
    assert shares(rows, limit) == given


def test_with_more_rows_than_fit_the_page_says_which_it_has_and_where_the_others_are() -> None:
    frames = many(400)
    page = explore_page("1.0.0", rows_of(frames), limit=100)
    assert re.search(r"90 of 400 tariffs \(all in <code>tariffs.parquet</code>\)", page)
    assert selected(rows_of(frames), 100)["articles"]["article_id"].to_list() == [f"article-{at}" for at in range(10)]


def test_articles_come_along_with_their_rows() -> None:
    chosen = selected(rows_of({name: many(4000)[name] for name in ("articles", "tariffs")}), 120)
    assert chosen["tariffs"].height == 60
    assert chosen["articles"]["article_id"].to_list()[:2] == ["article-0", "article-1"]
    assert set(chosen["tariffs"]["article_id"]) <= set(chosen["articles"]["article_id"])


def test_a_page_of_the_most_rows_is_of_a_size_to_send() -> None:
    page = explore_page("1.0.0", rows_of(many(LIMIT)))
    assert len(page.encode()) < 8_000_000


def test_text_cannot_leave_the_block_of_data() -> None:
    page = explore_page("1.0.0", rows_of(hostile()))
    assert page.count("<script") == page.count("</script>") == 2
    assert HOSTILE in data_of(page)["sentences"]["text"]


def test_a_column_that_no_declaration_knows_is_shown_all_the_same() -> None:
    frames = small() | {"tariffs": small()["tariffs"].with_columns(colour=pl.lit("red")).drop("product")}
    table = next(table for table in explore_data("1.0.0", rows_of({"tariffs": frames["tariffs"]}))["tables"])
    assert table["columns"][-1]["values"] == ["red"]
    assert "product" not in table["shown"]
