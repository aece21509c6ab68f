"""Charts of the tables of a release, as small SVG drawings with the table that each was drawn from."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.pages.charts.actors import named_together
from communique.pages.charts.aid import AID, aid_over_time
from communique.pages.charts.dates import dates_over_time
from communique.pages.charts.model import Chart
from communique.pages.charts.recommendations import RECOMMENDATIONS, recommendations_by_addressee
from communique.pages.charts.tariffs import TARIFFS, tariff_rates
from communique.releases.rows import Rows


def charts(tables: Mapping[str, Rows]) -> list[Chart]:
    """The charts that the tables have something for."""
    actors = _columns(tables, "actors", "actor_id", "name")
    drawn = (
        aid_over_time(
            _columns(tables, "aid_commitments", *AID), _columns(tables, "articles", "article_id", "published")
        ),
        tariff_rates(_columns(tables, "tariffs", *TARIFFS)),
        dates_over_time(_columns(tables, "dates", "start_date", "resolved_by")),
        named_together(tables["actor_mentions"].scan(), actors),
        recommendations_by_addressee(_columns(tables, "recommendations", *RECOMMENDATIONS), actors),
    )
    return [chart for chart in drawn if chart is not None]


def _columns(tables: Mapping[str, Rows], name: str, *columns: str) -> pl.DataFrame:
    return tables[name].scan().select(columns).collect(engine="streaming")
