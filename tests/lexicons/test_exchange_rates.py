"""The shipped rates are those that the script makes of the European Central Bank's daily rates."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from communique.lexicons import loader
from communique.lexicons.build import exchange_rates


def test_the_shipped_file_is_what_the_script_makes() -> None:
    pytest.importorskip("currency_converter")
    shipped = resources.files("communique.lexicons").joinpath("exchange_rates.csv").read_text(encoding="utf-8")
    assert shipped == exchange_rates.as_csv()


@pytest.mark.parametrize(
    ("year", "first", "last", "whole"),
    [
        (2020, date(2020, 1, 2), date(2020, 12, 31), True),
        (2005, date(2005, 4, 1), date(2005, 12, 30), False),
        (2022, date(2022, 1, 3), date(2022, 3, 1), False),
        (2026, date(2026, 1, 2), date(2026, 10, 30), True),
    ],
)
def test_only_years_quoted_throughout_have_a_rate(year: int, first: date, last: date, whole: bool) -> None:
    assert exchange_rates.is_whole(year, first, last) is whole


def test_currencies_that_are_not_quoted_have_no_rate() -> None:
    rates = loader.exchange_rates()
    assert not [year for code, year in rates if code == "UAH"]
    assert max(year for code, year in rates if code == "RUB") == 2021


def test_currencies_of_the_euro_follow_it_at_their_fixed_rates() -> None:
    rates = loader.exchange_rates()
    assert rates["DEM", 2000] * 1.95583 == pytest.approx(rates["EUR", 2000], rel=1e-5)
    assert ("GRD", 2000) not in rates
    assert ("DEM", 2002) not in rates
