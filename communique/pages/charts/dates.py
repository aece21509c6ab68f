"""The years that the articles speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from communique.pages.charts.drawing import SERIES, axes_for_labels, draw, legend
from communique.pages.charts.model import Chart, counted
from schemas.vocabularies import ResolvedBy

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SPAN = 40
"""Years on the axis: those next to each other that hold most dates."""

WAYS = tuple(way.value for way in ResolvedBy)


def dates_over_time(dates: pl.DataFrame) -> Chart | None:
    """Dates by the year they begin in and by how they were resolved; None where none was."""
    placed = dates.drop_nulls("start_date").with_columns(year=pl.col("start_date").dt.year())
    if placed.is_empty():
        return None
    years = placed.group_by("year").agg(
        *(pl.col("resolved_by").eq(way).sum().alias(way) for way in WAYS), dates=pl.len()
    )
    years = years.sort("year")
    first = _fullest(years)
    drawn = years.filter(pl.col("year").is_between(first, first + SPAN - 1))
    drawn = drawn.filter(pl.col("dates") > 0)
    fullest = years.sort(["dates", "year"], descending=[True, False]).row(0, named=True)
    outside = sum(years["dates"].to_list()) - sum(drawn["dates"].to_list())
    notes = []
    if outside:
        notes.append(f"{counted(outside, 'date of another year is', 'dates of other years are')} in the table alone.")
    if without := dates.height - placed.height:
        notes.append(
            f"{counted(without, 'expression names', 'expressions name')} no day of the calendar, as durations do."
        )
    return Chart(
        name="dates",
        title="Years that the articles speak of",
        summary=(
            f"{counted(placed.height, 'date', 'dates')} from {years['year'][0]} to {years['year'][-1]}, most in "
            f"{fullest['year']} ({fullest['dates']})."
        ),
        note=" ".join(notes),
        svg=draw("dates", 220, lambda figure: _paint(figure, drawn)),
        headings=("year", *WAYS, "dates"),
        rows=years.rows(),
    )


def _fullest(years: pl.DataFrame) -> int:
    """The first year of the span that holds most dates."""
    counts: dict[int, int] = dict(years.select("year", "dates").iter_rows())
    return min(counts, key=lambda first: (-sum(n for year, n in counts.items() if first <= year < first + SPAN), first))


def _paint(figure: Figure, years: pl.DataFrame) -> None:
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    axes = axes_for_labels(figure, 36, top=30, bottom=24)
    below = [0] * years.height
    for at, way in enumerate(WAYS):
        axes.bar(years["year"].to_list(), years[way].to_list(), bottom=below, width=0.8, color=SERIES[at])
        below = [low + more for low, more in zip(below, years[way], strict=True)]
    axes.set_xlim(min(years["year"]) - 0.7, max(years["year"]) + 0.7)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.grid(axis="y")
    axes.tick_params(length=0)
    legend(figure, [Patch(color=SERIES[at], label=f"by {way}" if at else way) for at, way in enumerate(WAYS)], ncols=3)
