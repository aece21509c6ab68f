"""Tests of the words around calendar dates: whether "May" is the month, 1850 a year, "Friday" a newspaper."""

from __future__ import annotations

from typing import Final

from communique.extraction.dates.place import DAYS, MONTHS, Place, closed, noun_ends, words

_AFTER_DAY_AND_MONTH: Final = frozenset({"OTHER", *MONTHS, "UNITS", "YEAR"})
_BEFORE_YEAR: Final = frozenset({"DASH", "COMMA", "OPEN", "AND", "OR", "TO", "BETWEEN", "FROM", *MONTHS})


def day_of_month(at: Place) -> bool:
    if at.kind(0) in ("UNIT", "UNITS") or (at.kind(0) == "DASH" and at.kind(1) in ("UNIT", "UNITS")):
        return False
    return at.word(0) not in words("counted") and not (at.kind(0) == "OTHER" and at.raw(0) in "%°")


def day_prefix(at: Place) -> bool:
    return at.kind(-1) != "DASH" and not (at.kind(-1) == "OTHER" and at.raw(-1) in "$€£¥")


def day_suffix(at: Place) -> bool:
    if at.kind(-2) in DAYS and at.kind(-3) in MONTHS:
        return at.kind(0) not in _AFTER_DAY_AND_MONTH or not at.raw(0).isalpha() or at.word(0) in words("function")
    return False


def lone_ordinal(at: Place) -> bool:
    return at.kind(-1) in ("ON", "BY", "SINCE", "DURING", "FROM") and closed(at)


def after_preposition(at: Place) -> bool:
    return at.word(-1) in words("preposition") and not at.is_name(0)


def not_in_name(at: Place) -> bool:
    """A month is no first name ("April Glaspie") and no surname ("Diego August")."""
    if at.kind(0) == "DASH" and at.is_name(1) and not after_preposition(at):
        return False
    return after_preposition(at) or not (at.is_name(0) and at.kind(-1) != "YEAR" and not at.word(0) == "the")


def month_noun(at: Place) -> bool:
    if at.kind(0) == "POSSESSOR" and at.kind(-1) not in ("IN", "DURING", "SINCE", "BY"):
        return at.kind(-1) in ("LAST", "THIS", "NEXT")
    if at.word(-1) in words("month_preposition"):
        return not at.is_name(0) or at.kind(-1) in ("IN", "DURING", "SINCE", "BY")
    if (
        at.kind(-1) in ("THE", "A")
        and at.kind(0) == "OTHER"
        and at.raw(0).islower()
        and at.word(0) not in words("function")
    ):
        return True
    if at.kind(-1) == "DASH" and at.kind(-2) == "MID":
        return True
    if at.kind(-1) in ("AND", "OR", "TO", "FROM", "BETWEEN", "OF", "FOR", "COMMA", "DASH"):
        return (
            at.kind(-2) in MONTHS
            or at.kind(1) in MONTHS
            or (at.kind(-1) in ("TO", "FROM", "OF") and not at.is_name(0) and noun_ends(at))
        )
    return False


def calendar_year(at: Place) -> bool:
    """Whether a bare four-digit figure is a year, not a count, a label or a sum."""
    year = int(at.tokens[at.first].value) if at.tokens[at.first].kind == "YEAR" else 2000
    before, after = at.word(-1), at.word(0)
    if at.kind(0) == "OF" and at.word(1) in ("them", "whom", "which", "these", "those"):
        return False
    if before in words("label") or after in words("counted") or before in words("approximately"):
        return False
    if at.kind(-1) == "OTHER" and at.raw(-1) in "$€£¥#/" and at.raw(-1):
        return False
    if at.kind(0) in ("UNITS", "UNIT", "DAY", "NUMBER") and at.kind(0) != "DAY":
        return False
    if before in words("year_preposition") or at.kind(-1) in _BEFORE_YEAR:
        lenient = 1500 <= year < 2100 or before in ("in", "since", "by")
        return lenient and not (_looks_counted(at, year, after) and before not in words("strict_preposition"))
    return 1900 <= year < 2100 and not _looks_counted(at, year, after)


def _looks_counted(at: Place, year: int, after: str) -> bool:
    """A plural noun behind a figure is what it counts; "2022 elections" is rarer than "1800 soldiers"."""
    return (
        not 1950 <= year <= 2060
        and at.kind(0) == "OTHER"
        and after.isalpha()
        and after.endswith("s")
        and after not in words("function")
    )


def before_centuries(at: Place) -> bool:
    """Whether an ordinal belongs to a list of centuries: "the 19th and 20th centuries"."""
    following = (at.token(n) for n in range(1, 4))
    return any(t is not None and t.kind in ("UNIT", "UNITS") and t.value == "CE" for t in following)


def not_fraction(at: Place) -> bool:
    return at.kind(0) != "OF" and at.kind(0) != "DASH" and not at.is_name(0)


def season_noun(at: Place) -> bool:
    return at.word(-1) in words("season_preposition") and noun_ends(at)


def season_bare(at: Place) -> bool:
    return at.word(-1) in words("bare_season_preposition") and noun_ends(at)


def season_of_context(at: Place) -> bool:
    """ "That fall" is a season; in "goods that fall under it" a clause begins."""
    return at.word(0) not in words("verb_complement") and not (at.word(-1).endswith("s") and at.raw(-1).islower())


def weekday_noun(at: Place) -> bool:
    return at.word(0) not in words("newspaper") and at.raw(-1) not in words("named_weekday")


def decade(at: Place) -> bool:
    """ "In his 30s" is an age."""
    figure = at.text[at.tokens[at.last - 1].start : at.tokens[at.last - 1].end]
    return len(figure) > 4 or not figure[0].isdigit() or (at.tokens[at.first].kind == "THE")
