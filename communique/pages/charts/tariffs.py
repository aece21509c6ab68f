"""Tariff rates by imposer and target, with the status of the measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from communique.pages.charts.drawing import MARKERS, SERIES, axes_for_labels, draw, label, legend
from communique.pages.charts.model import MOST_ROWS, Chart, counted, left_out, listed
from schemas.vocabularies import TariffStatus

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PAIRS, MOST_POINTS = 12, 400
STATUSES = tuple(status.value for status in TariffStatus)

TARIFFS = ("imposer", "target", "target_scope", "rate_percent", "rate_percent_upper", "status")
"""The columns of the table that the chart reads."""


def tariff_rates(tariffs: pl.DataFrame) -> Chart | None:
    """The rates stated for each imposer and target; None where no row has a rate."""
    rated = _rates(tariffs)
    if rated.is_empty():
        return None
    counts = rated.group_by("pair").agg(pl.col("statements").sum())
    pairs = counts.sort(["statements", "pair"], descending=[True, False])["pair"].head(MOST_PAIRS).to_list()
    drawn = rated.filter(pl.col("pair").is_in(pairs)).head(MOST_POINTS)
    highest = rated.sort("rate", descending=True).row(0, named=True)
    stated = sum(rated["statements"].to_list())
    notes = []
    if without := tariffs.height - stated:
        notes.append(f"{counted(without, 'statement has', 'statements have')} no rate and no mark.")
    if drawn.height < rated.height:
        notes.append(f"The {len(pairs)} pairs with most statements are drawn; the table has all.")
    return Chart(
        name="tariffs",
        title="Tariff rates by imposer and target",
        summary=(
            f"{counted(stated, 'statement', 'statements')} of a rate, most for {listed(pairs[:2])}; "
            f"the highest is {highest['rate']:g} percent, {highest['status']}, {highest['pair']}. A line joins the "
            "ends of a range."
        ),
        note=" ".join(filter(None, [*notes, left_out(rated.height)])),
        svg=draw("tariffs", 78 + 24 * len(pairs), lambda figure: _paint(figure, drawn, pairs)),
        headings=("imposer → target", "rate, percent", "up to", "status", "statements"),
        rows=rated.select("pair", "rate", "upper", "status", "statements").head(MOST_ROWS).rows(),
    )


def _rates(tariffs: pl.DataFrame) -> pl.DataFrame:
    """The distinct rates of each pair by status, with the number of statements."""
    names = (pl.coalesce(*columns, pl.lit("not named")) for columns in (("imposer",), ("target", "target_scope")))
    return (
        tariffs.drop_nulls("rate_percent")
        .filter(pl.col("status").is_in(STATUSES))
        .group_by(
            pair=pl.concat_str(*names, separator=" → "),
            rate="rate_percent",
            upper="rate_percent_upper",
            status="status",
        )
        .agg(statements=pl.len())
        .sort("pair", "rate", "upper", "status", nulls_last=True)
    )


def _paint(figure: Figure, rates: pl.DataFrame, pairs: list[str]) -> None:
    from matplotlib.lines import Line2D

    shown = [status for status in STATUSES if status in rates["status"]]
    rows_of_legend = -(-len(shown) // 3)
    axes = axes_for_labels(figure, 176, top=rows_of_legend * 17 + 8)
    at_row = pl.col("pair").replace_strict({pair: at for at, pair in enumerate(pairs)})
    for status in shown:
        at = STATUSES.index(status)
        own = rates.filter(status=status).with_columns(at_row.alias("at"))
        ranges = own.drop_nulls("upper")
        axes.hlines(ranges["at"], ranges["rate"], ranges["upper"], colors=SERIES[at], lw=2.5)
        ends = pl.concat([own.select("rate", "at"), ranges.select("upper", "at").rename({"upper": "rate"})])
        axes.plot(ends["rate"], ends["at"], MARKERS[at], color=SERIES[at], ms=8, alpha=0.9)
    axes.set_yticks(range(len(pairs)), [label(pair, 25) for pair in pairs])
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.margins(x=0.06)
    axes.grid(axis="x")
    axes.tick_params(length=0)
    axes.set_xlabel("percent")
    handles = [
        Line2D([], [], linestyle="", marker=MARKERS[at], color=SERIES[at], label=status)
        for status in shown
        for at in [STATUSES.index(status)]
    ]
    legend(figure, handles, ncols=3)
