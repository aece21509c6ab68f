"""Who is named with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from communique.pages.charts.drawing import INK, SERIES, axes_for_labels, draw, label
from communique.pages.charts.model import Chart, counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ACTORS = 12
MOST_ROWS = 60
"""Pairs in the table behind the chart."""


def named_together(mentions: pl.LazyFrame, actors: pl.DataFrame) -> Chart | None:
    """Sentences that name two actors, by pair; None where no sentence does."""
    pairs = _pairs(mentions, actors)
    if pairs.is_empty():
        return None
    both = pl.concat([pairs.select(name=side, sentences="sentences") for side in ("a", "b")])
    ranking = both.group_by("name").agg(pl.col("sentences").sum()).sort(["sentences", "name"], descending=[True, False])
    names = ranking["name"].head(MOST_ACTORS).to_list()
    drawn = pairs.filter(pl.col("a").is_in(names), pl.col("b").is_in(names))
    top = pairs.row(0, named=True)
    notes = []
    if ranking.height > len(names):
        notes.append(f"The {len(names)} actors with most company, of {ranking.height}.")
    if pairs.height > MOST_ROWS:
        notes.append(f"The table has the {MOST_ROWS} most frequent of {pairs.height:,} pairs.")
    return Chart(
        name="actors",
        title="Who is named with whom",
        summary=(
            f"{counted(pairs.height, 'pair', 'pairs')} of actors stand together in a sentence, most often "
            f"{top['a']} and {top['b']}: {counted(top['sentences'], 'sentence', 'sentences')}."
        ),
        note=" ".join(notes),
        svg=draw("actors", 132 + 22 * len(names), lambda figure: _paint(figure, drawn, names)),
        headings=("actor", "and", "sentences"),
        rows=pairs.head(MOST_ROWS).rows(),
    )


def _pairs(mentions: pl.LazyFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """The names of two actors and the number of sentences with both, most first.

    Names and articles are numbers meanwhile, the names in their order, so that a pair takes a dozen bytes.
    """
    ids = mentions.select("actor_id").unique().collect(engine="streaming")
    named = ids.join(actors, on="actor_id", how="left").with_columns(name=pl.coalesce("name", "actor_id"))
    coded = named.with_columns(code=pl.col("name").rank("dense").cast(pl.UInt32))
    codes = coded.select("actor_id", "code").lazy()
    places = mentions.join(codes, on="actor_id").select(pl.col("article_id").hash(), "sentence_start", "code").unique()
    once = places.collect(engine="streaming").lazy()
    pairs = (
        once.rename({"code": "a"})
        .join(once.rename({"code": "b"}), on=["article_id", "sentence_start"])
        .filter(pl.col("a") < pl.col("b"))
        .group_by("a", "b")
        .agg(sentences=pl.len())
        .collect(engine="streaming")
        .sort(["sentences", "a", "b"], descending=[True, False, False])
    )
    names = coded.select("code", "name").unique()
    for side in ("a", "b"):
        pairs = pairs.join(names.rename({"code": side, "name": f"{side}_"}), on=side, maintain_order="left")
    return pairs.select(a="a_", b="b_", sentences="sentences")


def _paint(figure: Figure, pairs: pl.DataFrame, names: list[str]) -> None:
    from matplotlib.patches import Rectangle

    axes = axes_for_labels(figure, 132, top=6, bottom=124, right=8)
    most = max(pairs["sentences"].to_list(), default=1)
    for a, b, sentences in pairs.iter_rows():
        high, low = sorted((names.index(a), names.index(b)))
        strength = 0.1 + 0.42 * sentences / most
        axes.add_patch(Rectangle((high - 0.47, low - 0.45), 0.94, 0.9, color=SERIES[0], alpha=strength, lw=0))
        axes.text(high, low, f"{sentences:,}", ha="center", va="center", fontsize=10, color=INK)
    size = len(names)
    axes.set_xticks(
        range(size - 1), [label(name, 18) for name in names[:-1]], rotation=55, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(1, size), [label(name, 19) for name in names[1:]])
    axes.set_xlim(-0.5, size - 1.5)
    axes.set_ylim(size - 0.5, 0.5)
    axes.tick_params(length=0, labelcolor=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
