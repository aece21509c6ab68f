"""Regular expressions of the text columns, in the syntax that Rust, Python and JSON Schema share."""

from __future__ import annotations

from schemas.vocabularies import ActorType

_DAY = r"(0[1-9]|[12]\d|3[01])"
_MONTH = r"(0[1-9]|1[0-2])"
_WEEK = r"W(0[1-9]|[1-4]\d|5[0-3])"
_PART_OF_YEAR = r"(Q[1-4]|H[12]|SP|SU|FA|WI)"

ISO_DATE = rf"^\d{{4}}(-{_MONTH}(-{_DAY})?)?$"
"""A year, month or day."""

ISO_DATE_OR_PERIOD = rf"^\d{{4}}(-({_MONTH}(-{_DAY})?|{_WEEK}|{_PART_OF_YEAR}))?$"
"""A year, month, week or day, or TIMEX3's quarter, half or season of a year."""

_TIMEX_YEAR = r"(BC)?[\dX]{2,4}"
_TIMEX_TIME = r"T(MO|MI|AF|EV|NI|DT|[\dX]{2}(:[\dX]{2}(:[\dX]{2}(\.\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)"
_TIMEX_PART = r"(Q[1-4X]|H[12X]|SP|SU|FA|WI|W[\dX]{2}(-([1-7X]|WE))?|[\dX]{2}(-([\dX]{2}|WE))?)"
_TIMEX_POINT = rf"(PRESENT_REF|PAST_REF|FUTURE_REF|{_TIMEX_YEAR}(-{_TIMEX_PART})?({_TIMEX_TIME})?|{_TIMEX_TIME})"
_TIMEX_LENGTH = r"P(T?(X|\d+(\.\d+)?)[A-Z]{1,2})+"

TIMEX_VALUE = rf"^({_TIMEX_POINT}(/{_TIMEX_POINT})?|{_TIMEX_LENGTH})$"
"""A TIMEX3 value: a point or period of the calendar, an interval of two, a length of time or a vague reference."""

TIMEX_PLACEHOLDER = r"^((PRESENT|PAST|FUTURE)_REF|PT?X[A-Z]{1,2})$"
"""The TIMEX3 values of expressions that name no particular time."""

CURRENCY = r"^[A-Z]{3}$"
LANGUAGE = r"^[a-z]{2}$"
ALPHA3 = r"^[A-Z]{3}$"
SHA256 = r"^[0-9a-f]{64}$"
URL = r"^https?://\S+$"

TRIMMED = r"^\S([\s\S]*\S)?$"
"""Text that is not empty and has no white space at its ends."""

_SLUG = r"[^\W_A-Z]+(-[^\W_A-Z]+)*"
_SLUG_TYPES = "|".join(kind.value for kind in ActorType if kind is not ActorType.COUNTRY)

ACTOR_ID = rf"^(country:[A-Z]{{3}}|({_SLUG_TYPES}):{_SLUG})$"
"""`country:JPN` for countries, `type:slug` for all others."""


ARTICLE_ID = r"^[a-z0-9_][a-z0-9_-]*$"
"""A slug of the name of the file."""


def row_id(prefix: str) -> str:
    """The pattern of a stable id, `prefix-` and 12 hexadecimal digits."""
    return rf"^{prefix}-[0-9a-f]{{12}}$"
