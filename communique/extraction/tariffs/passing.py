"""Measures that a sentence only speaks of: taxes at home, what somebody sought, what was told before."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.linked import qualifiers_before
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_RECALLED = 40
"""With how many of the last rows a rate is compared."""

_REFERRING = frozenset({"of", "to", "from", "than", "over", "about", "despite", "under"})


def at_home(product: str | None) -> bool:
    """Whether what the measure is on is taxed at home: "a 2% surcharge on corporate tax"."""
    return product is not None and product.lower().split()[-1] in tariff_words().at_home


def only_sought(parsed: ParsedSentence, measure: Measure, parties: Parties) -> bool:
    """Whether others than a state ask for the measure: "producers had sought a 40% tariff"."""
    group = measure.group
    if group is None or group.lemma not in tariff_words().wanting or parties.imposer is not None:
        return False
    return group.first < measure.first and qualifiers_before(parsed, measure.first) == group.last


def recalled(parsed: ParsedSentence, measure: Measure, parties: Parties, past: Sequence[Tariff]) -> bool:
    """Whether the phrase only refers to a measure told before: "the drawback of the 10 per cent tariff"."""
    if measure.rate is None or measure.rule != "noun_after" or parties.targets or parties.scope or parties.product:
        return False
    phrase = parsed.phrase_at(measure.start)
    if phrase is None or phrase.preposition not in _REFERRING or parsed.tokens[phrase.first].lower != "the":
        return False
    behind = measure.group is not None and measure.group.first > measure.last
    return not behind and any(r.rate_percent == measure.rate for r in past[-_RECALLED:])


def as_told(sentence: ParsedSentence, measure: Measure) -> str | None:
    """The status that an aside says, where a measure is only what somebody would do: "a duty, as Peru proposed"."""
    for group in sentence.groups:
        if not measure.last < group.first <= measure.last + 12 or group.form != "finite":
            continue
        led = sentence.tokens[measure.last + 1 : group.first]
        told = tariff_words().status_of.get(group.lemma)
        if any(t.lower == "as" for t in led[:5]) and told in (TariffStatus.THREATENED, TariffStatus.ANNOUNCED):
            return told if not group.negated else None
        return None
    return None
