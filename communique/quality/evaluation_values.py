"""When a predicted value counts as the gold value: the rules of comparison, column by column.

Ids and closed vocabularies are compared exactly, figures with a relative tolerance of 1e-6, and columns of free text
(`LOOSE`) agree when at least half of the words of the shorter are shared.  Persons and bodies may differ in the type
prefix, word order or spelling of their slug; countries may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from communique.quality.gold import GoldRow

KEYS: Mapping[str, tuple[str, ...]] = {
    "aid_commitments": ("donor_id", "recipient_id", "amount", "amount_upper", "currency", "status"),
    "tariffs": ("imposer_id", "target_id", "rate_percent", "rate_percent_upper", "status"),
    "recommendations": ("addressee_ids", "modality", "is_negated"),
}
"""The columns of a table that must all be right for a row to count as right."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "aid_commitments": (
        *KEYS["aid_commitments"],
        *("amount_qualifier", "category", "is_total", "channel", "purpose", "items"),
        *("period_start", "period_end", "reported_by"),
    ),
    "tariffs": (*KEYS["tariffs"], "target_scope", "product", "is_retaliatory", "effective_date", "speaker"),
    "recommendations": (
        *KEYS["recommendations"],
        *("recommender", "addressee", "action", "strength", "ordinal", "topic"),
    ),
}
"""The columns of a table whose accuracy is reported."""

LOOSE = frozenset(
    (
        *("channel", "purpose", "items", "reported_by"),
        *("target_scope", "product", "speaker"),
        *("recommender", "addressee", "action"),
    )
)

_GAP = re.compile(r"[^a-z0-9]+")
_FUNCTION_WORDS = frozenset(("the", "a", "an", "of", "to", "for", "and", "in"))


def content_words(value: object) -> set[str]:
    """The words of a text without accents, case, punctuation and the commonest function words."""
    plain = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode().lower()
    return set(_GAP.sub(" ", plain).split()) - _FUNCTION_WORDS


def same_actor(gold: str, predicted: str) -> bool:
    """Whether two actor ids name one actor: equal, or (countries apart) half of the slugs' words are common."""
    if gold == predicted:
        return True
    gold_type, _, gold_slug = gold.rpartition(":")
    predicted_type, _, predicted_slug = predicted.rpartition(":")
    if "country" in (gold_type.split(":")[0], predicted_type.split(":")[0]):
        return False
    left, right = content_words(gold_slug), content_words(predicted_slug)
    return bool(left and right) and len(left & right) >= 0.5 * len(left | right)


def same_value(column: str, gold: Any, predicted: Any) -> bool:
    """Whether a predicted value of `column` agrees with one right value; empty text and lists count as null."""
    if column == "addressee_ids":
        wanted, given = gold or [], predicted or []
        return len(wanted) == len(given) and all(any(same_actor(x, y) for y in given) for x in wanted)
    gold, predicted = _null_if_empty(gold), _null_if_empty(predicted)
    if gold is None or predicted is None:
        return gold is predicted
    if column.endswith("_id"):
        return same_actor(str(gold), str(predicted))
    if column in LOOSE:
        left, right = content_words(gold), content_words(predicted)
        return bool(left and right) and len(left & right) >= 0.5 * min(len(left), len(right))
    if isinstance(gold, bool) or isinstance(predicted, bool):
        return bool(gold) == bool(predicted)
    if isinstance(gold, int | float):
        return abs(float(gold) - float(predicted)) <= 1e-6 * max(1.0, abs(float(gold)))
    return str(gold) == str(predicted)


def agrees(column: str, gold: GoldRow, predicted: Mapping[str, Any]) -> bool:
    """Whether a predicted row agrees with the gold row, or one of its accepted values, in `column`."""
    return any(same_value(column, value, predicted.get(column)) for value in gold.right_values(column))


def _null_if_empty(value: Any) -> Any:
    return None if value == "" or value == [] else value
