"""What may have been read twice: rows that say the same of a sentence, articles that repeat another's sentences."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.quality.checks import Check, CheckResult, Example, Level, Severity, row_examples
from communique.quality.thresholds import bound
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


def near_duplicates(frames: Mapping[str, pl.DataFrame]) -> list[CheckResult]:
    """Rows with ids of their own that say the same of the same sentence, and articles that were published twice."""
    results = []
    for name, columns in _ALIKE.items():
        key, listed = TABLES[name].primary_key or "", ", ".join(f"`{column}`" for column in columns)
        words = f"No two rows are alike in {listed}."
        covers = tuple(f"{name}.{column}" for column in columns)
        remedy = "keep the one whose words say it best: drop the other in raw/corrections.toml (an article: from raw/)"
        check = Check(f"{name}.near_duplicates", words, Level.TABLE, Severity.WARNING, name, covers, remedy)
        named = frames[name].drop_nulls("title") if name == "articles" else frames[name]
        alike = named.filter(pl.struct(columns).is_duplicated())
        results.append(check.result(named.height, alike.height, row_examples(alike, key, columns[:4])))
    return results


_COMMON = 10
"""A sentence that stands in more articles than these is a phrase of the trade and tells nothing."""


def repeated_articles(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
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
    with_evidence = (frames[name] for name in FACT_TABLES if "evidence" in TABLES[name].dtypes)
    said = pl.concat([frame.select("article_id", "evidence") for frame in with_evidence]).unique()
    sizes = said.group_by("article_id").len("sentences").filter(pl.col("sentences") >= limit.fewest)
    shared = said.filter(pl.len().over("evidence").is_between(2, _COMMON))
    pairs = shared.join(shared, on="evidence", suffix="_other").filter(
        pl.col("article_id") != pl.col("article_id_other")
    )
    counted = pairs.group_by("article_id", "article_id_other").len("same").join(sizes, on="article_id")
    odd = (
        counted.filter(pl.col("same") > limit.limit * pl.col("sentences"))
        .sort("same", "article_id", "article_id_other", descending=[True, False, False])
        .unique("article_id", keep="first", maintain_order=True)
    )
    rows = odd.select("article_id", "article_id_other", "same", "sentences").iter_rows()
    examples = [Example(one, f"{same} of {all_} sentences are in {other}") for one, other, same, all_ in rows]
    return check.result(sizes.height, odd.height, examples)
