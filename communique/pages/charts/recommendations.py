"""What is asked of whom, and how strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from communique.pages.charts.drawing import SERIES, axes_for_labels, draw, label, legend
from communique.pages.charts.model import MOST_ROWS, Chart, counted, left_out
from schemas.vocabularies import Strength

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 12
STRENGTHS = tuple(strength.value for strength in Strength)
SHADES = (1.0, 0.6, 0.28)
"""Of one colour, the strongest first."""

RECOMMENDATIONS = ("addressee_ids", "addressee", "strength", "is_negated")
"""The columns of the table that the chart reads."""


def recommendations_by_addressee(recommendations: pl.DataFrame, actors: pl.DataFrame) -> Chart | None:
    """Recommendations by addressee and strength; None where there are none."""
    if recommendations.is_empty():
        return None
    asked = (
        _by_addressee(recommendations, actors)
        .group_by("addressee")
        .agg(
            *(pl.col("strength").eq(strength).sum().alias(strength) for strength in STRENGTHS),
            against=pl.col("is_negated").sum(),
            all=pl.len(),
        )
        .sort(["all", "addressee"], descending=[True, False])
    )
    drawn, top = asked.head(MOST), asked.row(0, named=True)
    strong = recommendations.filter(pl.col("strength") == Strength.STRONG.value).height
    left = asked.height - drawn.height
    alone = f"{counted(left, 'addressee more is', 'addressees more are')} in the table alone." if left else ""
    return Chart(
        name="recommendations",
        title="Recommendations by addressee and strength",
        summary=(
            f"{counted(recommendations.height, 'recommendation', 'recommendations')} to "
            f"{counted(asked.height, 'addressee', 'addressees')}, {strong} of them strong; most to {top['addressee']} "
            f"({top['all']}). What is asked of several counts for each."
        ),
        note=" ".join(filter(None, [alone, left_out(asked.height)])),
        svg=draw("recommendations", 56 + 22 * drawn.height, lambda figure: _paint(figure, drawn)),
        headings=("addressee", *STRENGTHS, "of all: not to do", "all"),
        rows=asked.head(MOST_ROWS).rows(),
    )


def _by_addressee(recommendations: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """A row for each addressee of a recommendation; where none is an actor, the words of the text."""
    names = actors.select("actor_id", name="name")
    each = recommendations.explode("addressee_ids", empty_as_null=True, keep_nulls=True).join(
        names, left_on="addressee_ids", right_on="actor_id", how="left", maintain_order="left"
    )
    return each.with_columns(addressee=pl.coalesce("name", "addressee", pl.lit("not named")))


def _paint(figure: Figure, asked: pl.DataFrame) -> None:
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    axes = axes_for_labels(figure, 176, top=28, bottom=24)
    places = list(range(asked.height))
    before = [0] * asked.height
    for at, strength in enumerate(STRENGTHS):
        axes.barh(places, asked[strength].to_list(), left=before, height=0.66, color=(SERIES[0], SHADES[at]))
        before = [low + more for low, more in zip(before, asked[strength], strict=True)]
    axes.set_yticks(places, [label(name, 25) for name in asked["addressee"]])
    axes.set_ylim(asked.height - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.grid(axis="x")
    axes.tick_params(length=0)
    legend(
        figure, [Patch(color=(SERIES[0], SHADES[at]), label=strength) for at, strength in enumerate(STRENGTHS)], ncols=3
    )
