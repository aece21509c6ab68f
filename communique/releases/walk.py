"""The rows of a release article by article: tables side by side, of each no more in memory than some articles have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from communique.releases.rows import Rows

AT_ONCE = 1_000
"""Articles whose rows are in memory together."""

_BY = "article_id"


class OutOfOrderError(Exception):
    """The rows of a table are not in the order of their articles."""


def by_articles(
    tables: Mapping[str, Rows], names: Collection[str], at_once: int = AT_ONCE
) -> Iterator[dict[str, pl.DataFrame]]:
    """The rows of these tables, so many articles at a time; rows of no article come with those beside them.

    Raises:
        OutOfOrderError: the rows of a table are not in the order of their articles.
    """
    articles = tables["articles"].select(**{_BY: pl.col(_BY)})[_BY]
    _require_order(articles)
    readers = {name: _Reader(tables[name]) for name in names}
    for start in range(0, max(1, articles.len()), at_once):
        last = articles[start + at_once - 1] if start + at_once < articles.len() else None
        yield {name: reader.up_to(last) for name, reader in readers.items()}


class _Reader:
    """The rows of a table from where the last reading ended."""

    def __init__(self, rows: Rows) -> None:
        self._slices = rows.slices()
        self._rest = self._empty = pl.DataFrame(schema=rows.schema)
        self._seen: str | None = None

    def up_to(self, article: str | None) -> pl.DataFrame:
        """The next rows, to those of this article; None for all that are left."""
        found = [self._empty]
        while self._rest.height or self._has_more():
            count = self._rest.height if article is None else int(self._rest[_BY].search_sorted(article, side="right"))
            found.append(self._rest.head(count))
            self._rest = self._rest.slice(count)
            if self._rest.height:
                break
        return pl.concat(found)

    def _has_more(self) -> bool:
        for frame in self._slices:
            if frame.height:
                _require_order(frame[_BY], self._seen)
                self._seen, self._rest = frame[_BY][-1], frame
                return True
        return False


def _require_order(articles: pl.Series, before: str | None = None) -> None:
    if articles.null_count() or not articles.is_sorted() or (before is not None and before > articles[0]):
        raise OutOfOrderError
