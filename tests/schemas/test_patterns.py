"""The forms of ids, dates and TIMEX3 values, alike in Python's and in Rust's regular expressions."""

from __future__ import annotations

import re

import polars as pl
import pytest

from schemas import patterns

GOOD = {
    patterns.TIMEX_VALUE: "2025-02-28 2025-03 2025 202 18 P3Y P1Y6M P1.5Y PT20M PT1H30M PTXH PXY PXDE P1DE PXCE P2Q "
    "2025-W08 2025-W08-5 2025-Q1 2025-QX 2025-H2 2025-SU 2025-WI XXXX-WXX-5 XXXX-WXX-WE XXXX-SP XXXX-12-25 "
    "2025-02-17/2025-02-22 2023/2024 2025-03-12TMO 2023-08-24TNI 2025-10-24T12:00 2023-06-XXT08:30 T24:00 TXX "
    "2025-10-24T12:00Z 2025-10-24T12:00:30+09:00 PRESENT_REF PAST_REF FUTURE_REF BC0490",
    patterns.ISO_DATE: "2025 2025-03 2025-12-31",
    patterns.ISO_DATE_OR_PERIOD: "2025 2025-03 2025-12-31 2025-W53 2025-Q3 2025-H1 2025-FA",
    patterns.ACTOR_ID: "country:JPN country:XKX person:ishiba-shigeru international_organisation:g7 group:the-west "
    "person:łukasz-żak company:3m",
    patterns.ARTICLE_ID: "talks talks_2025-03-01 talks--html 2025",
    patterns.TRIMMED: "a word «quoted»",
    patterns.row_id("aid"): "aid-0123456789ab",
    patterns.URL: "https://example.org/a?b=c",
}

BAD = {
    patterns.TIMEX_VALUE: "|2|20250|2025-3|May 2024|P|PT|P3|3Y|P-3Y|2025-W8|2025-02-17/|2025-02-28 |REF|now",
    patterns.ISO_DATE: "|25|2025-00|2025-1|2025-01-32|2025-W01|2025-01-01T10:00",
    patterns.ISO_DATE_OR_PERIOD: "|2025-W54|2025-W0|2025-Q5|2025-H3|2025-XX",
    patterns.ACTOR_ID: "|JPN|country:jpn|country:JP|person:|person:-a|person:a--b|person:A-b|person:a b|who:a",
    patterns.ARTICLE_ID: "|Talks|talks 2025|-talks",
    patterns.TRIMMED: "| | a|a ",
    patterns.row_id("aid"): "|aid-0123456789AB|aid-0123456789a|tariff-0123456789ab|aid_0123456789ab",
    patterns.URL: "|example.org|ftp://example.org|https://|https://a b",
}


@pytest.mark.parametrize(("pattern", "value"), [(p, v) for p, values in GOOD.items() for v in values.split()])
def test_good_form(pattern: str, value: str) -> None:
    assert re.search(pattern, value)
    assert pl.Series([value]).str.contains(pattern).item()


@pytest.mark.parametrize(("pattern", "value"), [(p, v) for p, values in BAD.items() for v in values.split("|")])
def test_bad_form(pattern: str, value: str) -> None:
    assert not pl.Series([value]).str.contains(pattern).item()
    assert not re.search(pattern, value)


@pytest.mark.parametrize("value", ["PRESENT_REF", "PXY", "PXDE", "PTXH"])
def test_placeholders_name_no_time(value: str) -> None:
    assert re.search(patterns.TIMEX_PLACEHOLDER, value)


@pytest.mark.parametrize("value", ["P3Y", "2025", "XXXX-WXX-5"])
def test_other_values_are_no_placeholders(value: str) -> None:
    assert not re.search(patterns.TIMEX_PLACEHOLDER, value)
