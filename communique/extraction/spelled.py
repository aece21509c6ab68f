"""Numbers in words, read one word after the other: `thirty-seven`, `two and a half million`."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from communique.extraction.wording import load_toml


@cache
def magnitudes() -> dict[str, dict[str, float]]:
    """The tables of `magnitudes.toml`."""
    return load_toml("magnitudes.toml")


class SpelledNumber:
    """Reads number words one at a time: `total` holds closed groups, `group` the one being read below a thousand."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.last_scale = 0
        self.state = "start"
        self.decimals = ""
        self.numerator = Decimal(0)

    def take(self, link: str, word: str) -> bool:
        """Reads `word` after `link` ("", "and", "of", "point"); False where it cannot go on."""
        tables = magnitudes()
        if link == "point":
            return self._take_decimal(word)
        if word in ("a", "an"):
            return self._take_article(link)
        if word.rstrip("s") in tables["fractions"] and (word != "third"):
            return self._take_fraction(link, Decimal(str(tables["fractions"][word.rstrip("s")])))
        if word in tables["tens"] or word in tables["units"]:
            return self._take_small(link, word)
        if word in tables["scales"]:
            return link in ("", "of") and self._take_scale(int(tables["scales"][word]))
        return False

    def value(self) -> tuple[Decimal, int] | None:
        """The number read so far as (mantissa, scale), or None where it needs another word."""
        if self.state in ("start", "article", "and article", "fraction", "fraction article", "and small"):
            return None
        group = self.group or Decimal(0)
        if self.decimals:
            group += Decimal(f"0.{self.decimals}")
        whole = self.total + group
        if self.last_scale >= 1000 and self.group is None and whole % self.last_scale == 0:
            return whole / self.last_scale, self.last_scale
        if self.state == "scaled":
            return whole / self.last_scale, self.last_scale
        return whole, 1

    def _take_decimal(self, word: str) -> bool:
        digit = magnitudes()["units"].get(word)
        if digit is None or digit > 9 or self.group is None:
            return False
        self.decimals += str(int(digit))
        self.state = "decimal"
        return True

    def _take_article(self, link: str) -> bool:
        if self.state == "start":
            self.group, self.state = Decimal(1), "article"
        elif self.state == "fraction":
            self.state = "fraction article"
        elif link == "and" and self.state in ("small", "scaled") and (self.group is not None or self.state == "scaled"):
            self.state = "and article"
        else:
            return False
        return True

    def _take_fraction(self, link: str, size: Decimal) -> bool:
        if self.state in ("start", "article"):
            self.group, self.state = size, "fraction"
        elif self.state == "small" and link == "" and self.group is not None and self.group <= 3:
            self.group, self.state = self.group * size, "fraction"
        elif self.state == "and small" and link == "" and self.group is not None:
            self.group, self.state = self.group + size * self.numerator, "mixed"
        elif self.state == "and article" and self.group is not None:
            self.group, self.state = self.group + size, "mixed"
        elif self.state == "and article" and self.last_scale:
            self.total, self.state = self.total + size * self.last_scale, "scaled"
        else:
            return False
        return True

    def _take_small(self, link: str, word: str) -> bool:
        tables = magnitudes()
        tens, value = word in tables["tens"], Decimal(str({**tables["units"], **tables["tens"]}[word]))
        if self.state == "decimal" and link == "" and value < 10:
            self.decimals += str(int(value))
            return True
        if self.state == "start":
            self.group = value
        elif self.state == "tens" and link == "" and not tens and 0 < value < 10 and self.group is not None:
            self.group += value
        elif self.state == "hundred" and link in ("", "and") and self.group is not None:
            self.group += value
        elif self.state == "small" and link == "and" and value <= 3 and self.group is not None:
            self.numerator, self.state = value, "and small"
            return True
        elif (
            self.state == "scaled"
            and self.last_scale >= 1000
            and (link == "" or (link == "and" and self.last_scale == 1000))
        ):
            self.group = value
        else:
            return False
        self.state = "tens" if tens else "small"
        return True

    def _take_scale(self, scale: int) -> bool:
        if self.state in ("start", "and article") or (self.state == "fraction" and self.group is None):
            return False
        group = self.group
        if self.decimals and group is not None:
            group, self.decimals = group + Decimal(f"0.{self.decimals}"), ""
        if group is None:
            if self.state != "scaled" or scale < 1000:
                return False
            self.total, self.last_scale = self.total * scale, self.last_scale * scale
        elif scale in (12, 100):
            if group >= 100:
                return False
            self.group, self.state = group * scale, "hundred" if scale == 100 else "dozen"
            return True
        else:
            if self.last_scale and scale >= self.last_scale:
                return False
            self.total, self.group, self.last_scale = self.total + group * scale, None, scale
        self.state = "scaled"
        return True
