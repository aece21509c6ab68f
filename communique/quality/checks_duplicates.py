"""What may have been read twice: rows that say the same of a sentence, articles that repeat another's sentences."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, Severity, row_examples
from communique.quality.thresholds import bound
from communique.releases.rows import Rows
from schemas.tables import FACT_TABLES, TABLES

_ALIKE: Mapping[str, tuple[str, ...]] = {
    "aid_commitments": (
        *("article_id", "donor_id", "recipient_id", "amount", "currency", "category", "status", "items"),
        *("sentence_start", "is_total"),
    ),
    "tariffs": (
        *("article_id", "imposer_id", "target_id", "target_scope", "rate_percent", "product", "status"),
        "sentence_start",
    ),
    "recommendations": ("article_id", "recommender_id", "addressee", "action", "is_negated"),
    "articles": ("title", "publisher", "published"),
}
"""The columns in which no two rows are alike, unless one fact was read twice."""


def near_duplicates(tables: Mapping[str, Rows]) -> list[CheckResult]:
    """Rows with ids of their own that say the same of the same sentence, and articles that were published twice.

    They are told by hashes of 64 bits, so that of no table more is in memory.
    """
    results = []
    for name, columns in _ALIKE.items():
        key, listed = TABLES[name].primary_key or "", ", ".join(f"`{column}`" for column in columns)
        words = f"No two rows are alike in {listed}."
        covers = tuple(f"{name}.{column}" for column in columns)
        remedy = "keep the one whose words say it best: drop the other in raw/corrections.toml (an article: from raw/)"
        check = Check(f"{name}.near_duplicates", words, Level.TABLE, Severity.WARNING, name, covers, remedy)
        named = pl.col("title").is_not_null() if name == "articles" else pl.lit(True)
        said = tables[name].select(named=named, said=pl.struct(columns).hash()).with_row_index("row").filter("named")
        alike = said.filter(pl.col("said").is_duplicated())["row"]
        shown = tables[name].take(alike.head(EXAMPLES), list(dict.fromkeys((key, *columns[:4]))))
        results.append(check.result(said.height, alike.len(), row_examples(shown, key, columns[:4])))
    return results


_COMMON = 10
"""A sentence that stands in more articles than these is a phrase of the trade and tells nothing."""


def repeated_articles(tables: Mapping[str, Rows]) -> CheckResult:
    """Articles most of whose sentences with facts stand word for word in another, as where two publishers print one."""
    limit = bound("repeated_sentences")
    check = Check(
        "articles.repeated",
        f"At most {limit.limit:.0%} of an article's sentences with facts stand word for word in another article.",
        Level.TABLE,
        limit.severity,
        "articles",
        tuple(f"{name}.evidence" for name in FACT_TABLES if "evidence" in TABLES[name].dtypes),
        "keep one of the two in raw/, or count their facts once: sums over both count them twice",
    )
    said, articles = _said(tables)
    sizes = said.group_by("article").len("sentences").filter(pl.col("sentences") >= limit.fewest)
    shared = said.filter(pl.len().over("evidence").is_between(2, _COMMON))
    pairs = shared.lazy().join(shared.lazy(), on="evidence", suffix="_other")
    counted = (
        pairs.filter(pl.col("article") != pl.col("article_other"))
        .group_by("article", "article_other")
        .len("same")
        .join(sizes.lazy(), on="article")
        .filter(pl.col("same") > limit.limit * pl.col("sentences"))
    )
    odd = (
        counted.collect(engine="streaming")
        .sort("same", "article", "article_other", descending=[True, False, False])
        .unique("article", keep="first", maintain_order=True)
    )
    rows = odd.head(EXAMPLES).select("article", "article_other", "same", "sentences").iter_rows()
    examples = [
        Example(articles[one], f"{same} of {all_} sentences are in {articles[other]}")
        for one, other, same, all_ in rows
    ]
    return check.result(sizes.height, odd.height, examples)


def _said(tables: Mapping[str, Rows]) -> tuple[pl.DataFrame, pl.Series]:
    """The sentences with facts, once per article, and the ids of the articles: hashes of the ones, places in the other.

    The places are in the order of the ids.
    """
    scans = [tables[name].scan() for name in FACT_TABLES if "evidence" in TABLES[name].dtypes]
    ids = pl.concat([scan.select("article_id").unique().collect(engine="streaming") for scan in scans])
    articles = ids.unique().sort("article_id").with_row_index("article")
    said = [
        scan.select("article_id", evidence=pl.col("evidence").hash())
        .join(articles.lazy(), on="article_id")
        .select("article", "evidence")
        .unique()
        .collect(engine="streaming")
        for scan in scans
    ]
    return pl.concat(said).unique(), articles["article_id"]
