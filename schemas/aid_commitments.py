"""The table of aid promised, given, suspended and ended."""

from __future__ import annotations

import polars as pl

from schemas import columns, patterns
from schemas.row_checks import (
    above,
    evidence_length,
    filled,
    name_needs_id,
    named,
    period,
    requires,
    span,
)
from schemas.table import Model, RowCheck, Table
from schemas.vocabularies import AidCategory, AidStatus, AmountQualifier


class AidCommitments(Model):
    aid_id: pl.String = columns.row_id("aid", "the article, the span, the donor and the recipient")
    article_id: pl.String = columns.article()
    char_start: pl.Int32 = columns.char_start()
    char_end: pl.Int32 = columns.char_end()
    evidence: pl.String = columns.evidence()
    sentence_start: pl.Int32 = columns.sentence_start()
    sentence_end: pl.Int32 = columns.sentence_end()
    donor_id: pl.String = columns.actor("Who gives: a country for its government, the EU for its institutions.")
    donor: pl.String = columns.actor_name("donor_id")
    recipient_id: pl.String = columns.actor("Who benefits; null where the article does not say.")
    recipient: pl.String = columns.actor_name("recipient_id")
    amount: pl.Float64 = columns.column(
        "Sum of money, the lower end of a range; null for aid in kind.",
        nullable=True,
        unit="units of `currency`",
        gt=0,
        le=1e16,
    )
    amount_upper: pl.Float64 = columns.column(
        "Upper end, for a range only.", nullable=True, unit="units of `currency`", gt=0, le=1e16
    )
    amount_qualifier: pl.String = columns.choice("How exact the amount is.", AmountQualifier, nullable=True)
    currency: pl.String = columns.column(
        "Currency of the amount.", nullable=True, unit="ISO 4217", str_matches=patterns.CURRENCY
    )
    amount_usd: pl.Float64 = columns.column(
        "`amount` at the average rate of the year of `period_end`, else of `period_start`, else of publication; null "
        "where no rate is known.",
        nullable=True,
        unit="US dollars",
        ge=0,
    )
    category: pl.String = columns.choice("Kind of aid.", AidCategory)
    status: pl.String = columns.choice("How far the aid has come.", AidStatus)
    is_total: pl.Boolean = columns.flag("True where the figure sums what was given over a period.")
    channel_id: pl.String = columns.actor("Institution that the aid goes through.")
    channel: pl.String = columns.text("Name of the channel; also of a fund that is no actor.")
    purpose: pl.String = columns.text("What the aid is for, in the words of the text.")
    items: pl.String = columns.text("Goods given, in the words of the text.")
    period_start: pl.String = columns.iso_date(
        "Start of the period the figure covers, or the date the aid was made.", pattern=patterns.ISO_DATE_OR_PERIOD
    )
    period_end: pl.String = columns.iso_date(
        "End of that period; equal to the start for one day, month or year.", pattern=patterns.ISO_DATE_OR_PERIOD
    )
    reported_by_id: pl.String = columns.actor("Whose figure it is, where the text attributes it.")
    reported_by: pl.String = columns.text("Name of the source of the figure.")
    rule: pl.String = columns.rule()


AID_COMMITMENTS = Table(
    name="aid_commitments",
    title="Aid commitments",
    description=(
        "One row per distinct statement of aid: a transfer, pledge or total of money, goods, services or guarantees "
        "from a donor to a beneficiary."
    ),
    usage_warning=(
        "Rows are statements, not deliveries: one flow reported by several articles has several rows, and totals "
        "(`is_total`) overlap with the transfers they sum. Do not add up amounts without removing both."
    ),
    model=AidCommitments,
    primary_key="aid_id",
    id_prefix="aid",
    id_columns=("donor_id", "recipient_id"),
    sort_by=("article_id", "char_start", "char_end", "aid_id"),
    row_checks=(
        *span(),
        evidence_length(),
        requires("amount", "currency", "amount_qualifier"),
        requires("currency", "amount"),
        requires("amount_qualifier", "amount"),
        requires("amount_upper", "amount"),
        requires("amount_usd", "amount"),
        above("amount_upper", "amount"),
        RowCheck(
            "range_has_both_ends",
            "`amount_qualifier` is `range` where `amount_upper` is filled, and nowhere else.",
            filled("amount_qualifier") | filled("amount_upper"),
            pl.col("amount_qualifier").eq_missing(AmountQualifier.RANGE.value) == filled("amount_upper"),
        ),
        period("period_start", "period_end"),
        *named("donor", "recipient", "channel", "reported_by"),
        *name_needs_id("donor", "recipient"),
    ),
)
