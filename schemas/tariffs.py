"""The table of customs tariffs, duties and levies."""

from __future__ import annotations

import polars as pl

from schemas import columns, patterns
from schemas.row_checks import above, evidence_length, name_needs_id, named, requires, span
from schemas.table import Model, Table
from schemas.vocabularies import TariffStatus


class Tariffs(Model):
    tariff_id: pl.String = columns.row_id("tariff", "the article, the span, the imposer, the target and its scope")
    article_id: pl.String = columns.article()
    char_start: pl.Int32 = columns.char_start()
    char_end: pl.Int32 = columns.char_end()
    evidence: pl.String = columns.evidence()
    sentence_start: pl.Int32 = columns.sentence_start()
    sentence_end: pl.Int32 = columns.sentence_end()
    imposer_id: pl.String = columns.actor("Who puts, threatens or lifts the tariff.")
    imposer: pl.String = columns.actor_name("imposer_id")
    target_id: pl.String = columns.actor("Whose goods are hit, or exempted.")
    target: pl.String = columns.actor_name("target_id")
    target_scope: pl.String = columns.text("The target in the words of the text, where it is a class and no actor.")
    rate_percent: pl.Float64 = columns.column(
        "Rate after the measure, the lower end of a range; for a removal or suspension the rate named.",
        nullable=True,
        unit=columns.PERCENT,
        ge=0,
        le=10_000,
    )
    rate_percent_upper: pl.Float64 = columns.column(
        "Upper end, for a range only.", nullable=True, unit=columns.PERCENT, gt=0, le=10_000
    )
    product: pl.String = columns.text("Goods hit, in the words of the text.")
    status: pl.String = columns.choice("How far the measure has come.", TariffStatus)
    is_retaliatory: pl.Boolean = columns.flag("True where the measure answers another's tariff.")
    effective_date: pl.String = columns.iso_date(
        "When the measure takes effect, where stated.", pattern=patterns.ISO_DATE_OR_PERIOD
    )
    speaker_id: pl.String = columns.actor("Whose statement it is, where the text attributes it.")
    speaker: pl.String = columns.text("Name of the speaker.")
    rule: pl.String = columns.rule()


TARIFFS = Table(
    name="tariffs",
    title="Tariffs",
    description="One row per imposer, target and measure: a tariff, duty or levy that the text states.",
    usage_warning=(
        "Rows are statements at the time of the article: threats and announcements may never have come into force, and "
        "one measure reported by several articles has several rows."
    ),
    model=Tariffs,
    primary_key="tariff_id",
    id_prefix="tariff",
    id_columns=("imposer_id", "target_id", "target_scope"),
    sort_by=("article_id", "char_start", "char_end", "tariff_id"),
    row_checks=(
        *span(),
        evidence_length(),
        requires("rate_percent_upper", "rate_percent"),
        above("rate_percent_upper", "rate_percent"),
        *named("imposer", "target", "speaker"),
        *name_needs_id("imposer", "target"),
    ),
)
