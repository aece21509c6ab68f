"""The days that TIMEX3 values cover, and days by rule."""

from __future__ import annotations

import pytest

from communique.extraction.dates.calendar import add_months, days_of, holiday
from communique.extraction.dates.guards import GUARDS
from communique.extraction.dates.patterns import rules
from communique.extraction.dates.readings import READINGS


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02-28", "2025-02-28", "2025-02-28"),
        ("2025-W06", "2025-02-03", "2025-02-09"),
        ("1990-W32-WE", "1990-08-11", "1990-08-12"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-WI", "2024-12-01", "2025-02-28"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
        ("18", "1800-01-01", "1899-12-31"),
        ("2024/2027", "2024-01-01", "2027-12-31"),
        ("2025-02-17/2025-02-22", "2025-02-17", "2025-02-22"),
        ("2025-04-14TEV", "2025-04-14", "2025-04-14"),
        ("2023-06-XXT08:30", "2023-06-01", "2023-06-30"),
    ],
)
def test_days_of_a_value(value: str, first: str, last: str) -> None:
    covered = days_of(value)
    assert covered is not None
    assert (covered[0].isoformat(), covered[1].isoformat()) == (first, last)


@pytest.mark.parametrize("value", ["PRESENT_REF", "XXXX-WXX-5", "P3Y", "2025-02-30", "XXXX", ""])
def test_values_that_cover_no_days(value: str) -> None:
    assert days_of(value) is None


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("easter+0", 2025, "2025-04-20"),
        ("easter+0", 2024, "2024-03-31"),
        ("easter-2", 2000, "2000-04-21"),
        ("11-4-4", 1999, "1999-11-25"),
        ("05--1-1", 2024, "2024-05-27"),
        ("11-1-1+1", 1998, "1998-11-03"),
        ("12-25", 2024, "2024-12-25"),
    ],
)
def test_days_by_rule(rule: str, year: int, day: str) -> None:
    assert str(holiday(rule, year)) == day


def test_months_run_over_the_end_of_the_year() -> None:
    assert add_months(2025, 1, -1) == (2024, 12)
    assert add_months(2024, 12, 14) == (2026, 2)


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_rules_call_guards_and_readings_that_exist() -> None:
    assert {rule.guard for rule in rules() if rule.guard} <= GUARDS.keys()
    assert {rule.make for rule in rules()} <= READINGS.keys()
