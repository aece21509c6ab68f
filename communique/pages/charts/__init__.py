"""Charts of the tables of a release, as small SVG drawings with the table that each was drawn from."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.pages.charts.actors import named_together
from communique.pages.charts.aid import aid_over_time
from communique.pages.charts.dates import dates_over_time
from communique.pages.charts.model import Chart
from communique.pages.charts.recommendations import recommendations_by_addressee
from communique.pages.charts.tariffs import tariff_rates


def charts(frames: Mapping[str, pl.DataFrame]) -> list[Chart]:
    """The charts that the tables have something for."""
    drawn = (
        aid_over_time(frames["aid_commitments"], frames["articles"]),
        tariff_rates(frames["tariffs"]),
        dates_over_time(frames["dates"]),
        named_together(frames["actor_mentions"], frames["actors"]),
        recommendations_by_addressee(frames["recommendations"], frames["actors"]),
    )
    return [chart for chart in drawn if chart is not None]
