"""Aid by donor and currency over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from communique.pages.charts.drawing import INK, MARKERS, PAPER, SERIES, axes_for_labels, big, draw, label, legend
from communique.pages.charts.model import MOST_ROWS, Chart, counted, left_out, listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_DONORS, MOST_CURRENCIES = 6, 3
OTHERS = "others"

AID = ("article_id", "donor", "amount", "currency", "is_total", "period_start", "period_end")
"""The columns of the table that the chart reads."""


def aid_over_time(aid: pl.DataFrame, articles: pl.DataFrame) -> Chart | None:
    """Sums by donor, currency and year, totals apart from transfers; None where no row has a sum."""
    sums = _sums(aid, articles)
    if sums.is_empty():
        return None
    currencies = _most(sums, "currency", MOST_CURRENCIES)
    drawn = sums.filter(pl.col("currency").is_in(currencies))
    donors = _most(drawn, "donor", MOST_DONORS)
    without = aid.height - int(sums["statements"].sum())
    notes = [f"{counted(without, 'statement has', 'statements have')} no sum or no year and no dot." if without else ""]
    if left := sums["currency"].n_unique() - len(currencies):
        notes.append(f"{counted(left, 'currency more is', 'currencies more are')} in the table alone.")
    return Chart(
        name="aid",
        title="Aid by donor and currency over time",
        summary=(
            f"{counted(sum(sums['statements'].to_list()), 'statement', 'statements')} of aid with a sum, most by "
            f"{listed(donors[:3])}. A dot is what one donor's statements for one year add up to; hollow dots are "
            "totals over a period, which overlap with the rest."
        ),
        note=" ".join(filter(None, [*notes, left_out(sums.height)])),
        svg=draw(
            "aid",
            44 + 150 * len(currencies) + 16 * (len(donors) // 3),
            lambda figure: _paint(figure, drawn, currencies, donors),
        ),
        headings=("donor", "currency", "year", "totals", "statements", "sum"),
        rows=sums.select("donor", "currency", "year", "is_total", "statements", "amount").head(MOST_ROWS).rows(),
    )


def _sums(aid: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The sum of each donor, currency and year, of totals and other statements; the year of the period or article."""
    published = articles.select("article_id", "published")
    when = pl.coalesce("period_end", "period_start", "published").str.slice(0, 4).cast(pl.Int32, strict=False)
    return (
        aid.join(published, on="article_id", how="left", maintain_order="left")
        .with_columns(year=when, donor=pl.col("donor").fill_null("not named"))
        .drop_nulls(["amount", "currency", "year"])
        .group_by("donor", "currency", "year", "is_total")
        .agg(statements=pl.len(), amount=pl.col("amount").sort().sum())
        .sort("currency", "year", "donor", "is_total")
    )


def _most(sums: pl.DataFrame, column: str, most: int) -> list[str]:
    counts = (
        sums.group_by(column).agg(pl.col("statements").sum()).sort(["statements", column], descending=[True, False])
    )
    return counts[column].head(most).to_list()


def _paint(figure: Figure, sums: pl.DataFrame, currencies: list[str], donors: list[str]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    height = figure.get_figheight() * 72
    years: list[int] = sums["year"].to_list()
    for number, currency in enumerate(currencies):
        top = 40 + 16 * (len(donors) // 3) + number * 150
        axes = axes_for_labels(figure, 56, top=top, bottom=height - top - 112)
        own = sums.filter(pl.col("currency") == currency)
        place = pl.col("donor").replace_strict({name: at for at, name in enumerate(donors)}, default=len(donors))
        for (at, is_total), alike in own.group_by(place, "is_total", maintain_order=True):
            face = PAPER if is_total else SERIES[at]
            axes.plot(alike["year"], alike["amount"], MARKERS[at], color=face, mec=SERIES[at], mew=1.6, ms=8)
        axes.set_yscale("log")
        axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
        amounts: list[float] = own["amount"].to_list()
        axes.set_ylim(min(amounts) / 4, max(amounts) * 4)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7, min_n_ticks=1))
        axes.yaxis.set_major_formatter(FuncFormatter(big))
        axes.minorticks_off()
        axes.grid(axis="y")
        axes.tick_params(length=0)
        axes.set_title(label(currency), loc="left", fontsize=11, color=INK, fontweight="bold", pad=6)
    names = [*donors, *([OTHERS] if sums.filter(~pl.col("donor").is_in(donors)).height else [])]
    handles = [
        Line2D([], [], linestyle="", marker=MARKERS[at], color=SERIES[at], label=label(name, 16))
        for at, name in enumerate(names)
    ]
    legend(figure, handles, ncols=3)
