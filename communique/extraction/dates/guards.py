"""Tests of the words around a match: whether "May" is the month, 1850 a year, "a week" a rate, "Friday" a newspaper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from communique.extraction.dates.tokens import Token
from communique.extraction.numbers import load_toml

MONTHS = ("MONTH", "MONTH_WORD", "MONTH_SHORT")
DAYS = ("DAY", "DAY_ORDINAL")
WEEKDAYS = ("WEEKDAY", "WEEKDAY_SHORT")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule matched: tokens `[first, last)` of a sentence's tokens."""

    text: str
    tokens: Sequence[Token]
    first: int
    last: int

    def token(self, steps: int) -> Token | None:
        """The token `steps` before the match (negative) or after it (from 0)."""
        at = self.first + steps if steps < 0 else self.last + steps
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def kind(self, steps: int) -> str:
        token = self.token(steps)
        return token.kind if token else ""

    def raw(self, steps: int) -> str:
        token = self.token(steps)
        return self.text[token.start : token.end] if token else ""

    def word(self, steps: int) -> str:
        return self.raw(steps).lower()

    def is_name(self, steps: int) -> bool:
        """Whether a capitalised word that is no temporal word stands there."""
        return self.kind(steps) == "OTHER" and self.raw(steps)[:1].isupper()

    def touches(self, steps: int) -> bool:
        """Whether the token after the match follows without a gap."""
        token = self.token(steps)
        return bool(token) and token.start == self.tokens[self.last - 1].end  # type: ignore[union-attr]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml("temporal_guards.toml")[name]["words"])


def day_of_month(at: Place) -> bool:
    if at.kind(0) in ("UNIT", "UNITS") or (at.kind(0) == "DASH" and at.kind(1) in ("UNIT", "UNITS")):
        return False
    return at.word(0) not in _words("counted") and not (at.kind(0) == "OTHER" and at.raw(0) in "%°")


def day_prefix(at: Place) -> bool:
    return at.kind(-1) != "DASH" and not (at.kind(-1) == "OTHER" and at.raw(-1) in "$€£¥")


def day_suffix(at: Place) -> bool:
    if at.kind(-2) in DAYS and at.kind(-3) in MONTHS:
        return (
            at.kind(0) not in ("OTHER", *MONTHS, "UNITS", "YEAR")
            or not at.raw(0).isalpha()
            or at.word(0) in _words("function")
        )
    return False


def lone_ordinal(at: Place) -> bool:
    return at.kind(-1) in ("ON", "BY", "SINCE", "DURING", "FROM") and closed(at)


def closed(at: Place) -> bool:
    """Whether the phrase ends here: punctuation, a conjunction or the end of the sentence follows."""
    return at.token(0) is None or at.kind(0) in ("COMMA", "AND", "OR", "RULE", "OPEN") or (
        at.kind(0) == "OTHER" and (not at.raw(0).isalpha() or at.word(0) in _words("conjunction"))
    )  # fmt: skip


def after_preposition(at: Place) -> bool:
    return at.word(-1) in _words("preposition") and not at.is_name(0)


def not_in_name(at: Place) -> bool:
    """A month is no first name ("April Glaspie") and no surname ("Diego August")."""
    if at.kind(0) == "DASH" and at.is_name(1) and not after_preposition(at):
        return False
    return after_preposition(at) or not (at.is_name(0) and at.kind(-1) != "YEAR" and not at.word(0) == "the")


def month_noun(at: Place) -> bool:
    if at.kind(0) == "POSSESSOR" and at.kind(-1) not in ("IN", "DURING", "SINCE", "BY"):
        return at.kind(-1) in ("LAST", "THIS", "NEXT")
    if at.word(-1) in _words("month_preposition"):
        return not at.is_name(0) or at.kind(-1) in ("IN", "DURING", "SINCE", "BY")
    if (
        at.kind(-1) in ("THE", "A")
        and at.kind(0) == "OTHER"
        and at.raw(0).islower()
        and at.word(0) not in _words("function")
    ):
        return True
    if at.kind(-1) == "DASH" and at.kind(-2) == "MID":
        return True
    if at.kind(-1) in ("AND", "OR", "TO", "FROM", "BETWEEN", "OF", "FOR", "COMMA", "DASH"):
        return (
            at.kind(-2) in MONTHS
            or at.kind(1) in MONTHS
            or (at.kind(-1) in ("TO", "FROM", "OF") and not at.is_name(0) and _noun_ends(at))
        )
    return False


def calendar_year(at: Place) -> bool:
    """Whether a bare four-digit figure is a year, not a count, a label or a sum."""
    year = int(at.tokens[at.first].value) if at.tokens[at.first].kind == "YEAR" else 2000
    before, after = at.word(-1), at.word(0)
    if at.kind(0) == "OF" and at.word(1) in ("them", "whom", "which", "these", "those"):
        return False
    if before in _words("label") or after in _words("counted") or before in _words("approximately"):
        return False
    if at.kind(-1) == "OTHER" and at.raw(-1) in "$€£¥#/" and at.raw(-1):
        return False
    if at.kind(0) in ("UNITS", "UNIT", "DAY", "NUMBER") and at.kind(0) != "DAY":
        return False
    if before in _words("year_preposition") or at.kind(-1) in (
        "DASH",
        "COMMA",
        "OPEN",
        "AND",
        "OR",
        "TO",
        "BETWEEN",
        "FROM",
        *MONTHS,
    ):
        lenient = 1500 <= year < 2100 or before in ("in", "since", "by")
        return lenient and not (_looks_counted(at, after) and before not in _words("strict_preposition"))
    return 1900 <= year < 2100 and not _looks_counted(at, after)


def _looks_counted(at: Place, after: str) -> bool:
    """A plural noun behind a figure is what it counts; "2022 elections" is rarer than "1800 soldiers"."""
    year = int(at.tokens[at.first].value)
    return (
        not 1950 <= year <= 2060
        and at.kind(0) == "OTHER"
        and after.isalpha()
        and after.endswith("s")
        and after not in _words("function")
    )


def not_fraction(at: Place) -> bool:
    return at.kind(0) != "OF" and at.kind(0) != "DASH" and not at.is_name(0)


def season_noun(at: Place) -> bool:
    return at.word(-1) in _words("season_preposition") and _noun_ends(at)


def season_bare(at: Place) -> bool:
    return at.word(-1) in _words("bare_season_preposition") and _noun_ends(at)


def _noun_ends(at: Place) -> bool:
    token = at.token(0)
    return (
        token is None
        or token.kind not in ("OTHER", "DASH")
        or not at.raw(0).isalpha()
        or at.word(0) in _words("function")
    )


def weekday_noun(at: Place) -> bool:
    return at.word(0) not in _words("newspaper") and at.raw(-1) not in _words("named_weekday")


def decade(at: Place) -> bool:
    """ "In his 30s" is an age."""
    figure = at.text[at.tokens[at.last - 1].start : at.tokens[at.last - 1].end]
    return len(figure) > 4 or not figure[0].isdigit() or (at.tokens[at.first].kind == "THE")


def not_title(at: Place) -> bool:
    """ "High Noon" and "This Week" in the middle of a sentence are names."""
    raws = [at.text[t.start : t.end] for t in at.tokens[at.first : at.last] if t.kind not in ("ZONE", "POSSESSOR")]
    inside = at.token(-1) is not None and (len(raws) > 1 or at.is_name(-1))
    return not (inside and all(raw[0].isupper() and not raw.isupper() for raw in raws))


def turned_unit(at: Place) -> bool:
    if not not_title(at):
        return False
    opener, unit = at.tokens[at.first].kind, at.tokens[at.last - 1].value
    if opener == "PAST":
        return at.kind(-1) not in ("UNITS", "UNIT")
    if opener in ("LAST", "NEXT") and unit == "D":
        return opener == "NEXT" and at.kind(0) != "OF"
    return at.kind(-1) != "POSSESSIVE" and at.kind(0) != "OLD" and not (opener == "THIS" and unit == "D")


def same_unit(at: Place) -> bool:
    return at.kind(0) not in ("OLD", "DASH") and at.tokens[at.last - 1].kind != "SECOND"


def year_end(at: Place) -> bool:
    unit = next(t.value for t in at.tokens[at.first : at.last] if t.kind == "UNIT")
    return (
        unit in ("Y", "M", "DE", "CE", "W")
        and at.kind(0) != "OF"
        and (unit == "Y" or at.tokens[at.last - 2].kind != "UNIT")
    )


def not_age(at: Place) -> bool:
    """Ages are no expressions of time: "52 years old", "a 44-year-old", "five years of age"."""
    if at.kind(0) == "OLD" or (at.kind(0) == "DASH" and at.kind(1) == "OLD"):
        return False
    if at.kind(0) == "DASH" and at.kind(1) in ("AGO", "EARLIER"):
        return False
    if at.kind(0) == "POSSESSOR" and at.is_name(1):
        return False
    if at.tokens[at.last - 1].kind == "QUARTERS" and (at.kind(0) == "OF" or at.tokens[at.last - 2].kind == "DASH"):
        return False
    return not (at.kind(0) == "OF" and at.word(1) == "age")


def not_to(at: Place) -> bool:
    return at.kind(0) != "TO"


def rate(at: Place) -> bool:
    """ "A week" is a rate behind a counted noun: "four flights a week", "$1.76 a year", "0.25% of GDP a year"."""
    if at.token(-1) is None or at.kind(-1) not in (
        "OTHER",
        "DAY",
        "TWO",
        "NUMBER",
        "WORDS",
        "UNITS",
        "DOZEN",
        "FRACTION",
        "YEAR",
    ):
        return False
    if not at.raw(-1)[-1:].isalnum() and at.raw(-1) != "%":
        return False
    if at.word(-1) in _words("function") or at.word(-1) in _words("preposition") or at.word(-1) in _words("lasting"):
        return False
    if at.word(-1).endswith("ed") or at.kind(0) in ("OF", "AGO", "LATER", "EARLIER", "AFTER", "BEFORE"):
        return False
    window = [at.token(-n) for n in range(1, 7)]
    return any(
        t is not None and (t.kind in ("DAY", "TWO", "NUMBER", "WORDS", "YEAR", "DOZENS", "FEW") or _is_count(at, t))
        for t in window
    )


def _is_count(at: Place, token: Token) -> bool:
    raw = at.text[token.start : token.end].lower()
    return raw[:1].isdigit() or raw in _words("multitude")


_NO_BARE_UNIT = (
    "DASH",
    "POSSESSIVE",
    "FISCAL",
    "OLD",
    "EARLY",
    "LATE",
    "ORDINAL",
    "DAY",
    "TWO",
    "WORDS",
    "NUMBER",
    "FEW",
    "SEVERAL",
)


def units_alone(at: Place) -> bool:
    """A bare plural unit is an expression where it says how long, not where it is merely counted or described."""
    if at.kind(-1) in _NO_BARE_UNIT or at.kind(0) in (
        "OLD",
        "POSSESSOR",
        "DASH",
    ):
        return False
    if at.word(-1) in _words("duration_preposition"):
        return True
    return at.kind(0) in ("OF", "AFTER", "BEFORE", "AGO") and (
        at.kind(-1) not in ("OTHER", "THE") or not at.raw(-1).isalpha()
    )


def relative_day(at: Place) -> bool:
    """ "USA Today" is a newspaper; "today's youth" means these days."""
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    return not (raw[0].isupper() and at.is_name(-1) and at.token(-1) is not None)


def not_counted(at: Place) -> bool:
    return at.kind(-1) not in ("DAY", "TWO", "WORDS", "NUMBER", "OTHER") or (
        at.kind(-1) == "OTHER" and not at.is_name(-1)
    )


def adverb_set(at: Place) -> bool:
    """ "Daily" inside a name ("Daily Telegraph", "China Daily") is none."""
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    if raw[0].isupper() and (at.is_name(0) or at.is_name(-1)):
        return False
    return raw.lower() == "daily" or _noun_ends(at)


def vague_word(at: Place) -> bool:
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    word = raw.lower()
    if any(part[0].isupper() and (at.is_name(0) or at.is_name(-1)) for part in raw.split()[-1:]):
        return False
    if word == "now":
        return at.word(0) != "that" and at.kind(0) != "DASH" and at.kind(-1) != "DASH"
    if word.endswith("future"):
        return at.kind(0) not in ("OF", "DASH")
    if word == "to date":
        return at.kind(0) != "A"
    return True


def the_past(at: Place) -> bool:
    return at.kind(0) not in ("UNIT", "UNITS", "FEW", "SEVERAL", "COUPLE", "DAY", "WORDS") and _noun_ends(at)


def the_unit(at: Place) -> bool:
    """ "The year" is the current one behind "for" or "of" where nothing qualifies it."""
    unit = at.tokens[at.last - 1].value
    if unit not in ("Y", "W", "M") or at.kind(0) in ("OF", "POSSESSOR", "CLOSING", "DASH", "THAT"):
        return False
    return at.word(-1) in ("for", "throughout", "through", "during", "of", "in") and closed(at)


def clock_noun(at: Place) -> bool:
    """A bare 8:30 needs a word of time beside it: scores and verses look the same."""
    if any(t.kind in ("AMPM", "ZONE") for t in at.tokens[at.first : at.last]):
        return True
    return at.kind(-1) in ("AT", "BY", "SINCE", "FROM", "NEARLY", "DURING", "BETWEEN", "BEFORE", "AFTER") or at.kind(
        0
    ) in (*WEEKDAYS, "ON")


def joined_to_date(at: Place) -> bool:
    dates = (*WEEKDAYS, *MONTHS, "DAY", "RELATIVE_DAY", "ISO", "HOLIDAY")
    follows = at.kind(0) in dates or (
        at.kind(0) in ("OF", "ON") and (at.kind(1) in dates or (at.kind(1) == "THE" and at.kind(2) in DAYS))
    )
    return follows or at.kind(-1) in (*WEEKDAYS, "RELATIVE_DAY")


GUARDS: dict[str, Callable[[Place], bool]] = {
    function.__name__: function
    for function in (
        day_of_month, day_prefix, day_suffix, lone_ordinal, closed, after_preposition, not_in_name, month_noun,
        calendar_year, not_fraction, season_noun, season_bare, weekday_noun, turned_unit, same_unit, year_end,
        not_age,
        not_title,
        decade,
        not_to, rate, units_alone, relative_day, not_counted, adverb_set, vague_word, clock_noun, joined_to_date,
        the_past, the_unit,
    )
}  # fmt: skip
