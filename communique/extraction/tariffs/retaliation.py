"""Whether a measure answers another's."""

from __future__ import annotations

import re
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.words import tariff_words

_TO = re.compile(r"\s+(?:to|for|against|at)\b")
_REACH = 120
_BACKGROUND = frozenset({"over", "despite", "amid", "after", "following", "given"})
_ANSWERS = frozenset(
    {
        "response",
        "retaliation",
        "reply",
        "answer",
        "probe",
        "investigation",
        "inquiry",
        "protest",
        "compensation",
        "redress",
        "revenge",
    }
)


def is_retaliatory(sentence: ParsedSentence, lower: str, around: tuple[int, int]) -> bool:
    """Whether words of retaliation in the sentence speak of the measure at offsets `around`.

    What stands behind "in response to" is the measure answered, up to the next comma; a word such as "retaliatory"
    before a tariff noun speaks of that noun alone.  `lower` is the article's text in lower case.
    """
    words = tariff_words()
    start = max(sentence.start, around[0] - _REACH)
    end = min(sentence.end, around[1] + _REACH)
    return any(_speaks_of(sentence, lower, m, around) for m in words.retaliatory.finditer(lower, start, end))


def answered(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the measure is named only as the one that another answers: "a response to duties imposed by Peru"."""
    phrase = sentence.phrase_at(sentence.tokens[measure.noun].start) if measure.noun is not None else None
    if phrase is None or phrase.preposition not in ("to", "for", "against", "into", "over") or phrase.first < 2:
        return False
    before = sentence.tokens[phrase.first - 2]
    return before.lower in _ANSWERS or before.lemma in tariff_words().with_measure


def in_background(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the measure is there before what the verb tells: "proposed after the 10% duty", "a reply to the levy"."""
    phrase = sentence.phrase_at(sentence.tokens[measure.noun].start) if measure.noun is not None else None
    if phrase is None or measure.group is None or measure.group.first > phrase.last:
        return False
    return phrase.preposition in _BACKGROUND or answered(sentence, measure)


def _speaks_of(sentence: ParsedSentence, lower: str, found: re.Match[str], around: tuple[int, int]) -> bool:
    if found.start() <= around[0] < found.end() and " into " in found.group():
        return False
    token = sentence.token_at(found.start())
    last = sentence.token_at(found.end() - 1)
    if sentence.tokens[token].lower in tariff_words().retaliatory_adjectives:
        return _same_phrase(sentence, token, around)
    if found.group().endswith((" with", " by")):
        return found.end() <= around[0]
    to = _TO.match(lower, found.end())
    if to is not None and found.group() in ("in response", "in answer", "in reply") and not _of_trade(lower, to.end()):
        return False
    answered = to is not None and found.end() <= around[0]
    return not (answered and not _parted(sentence, last, around[0]))


def _of_trade(lower: str, start: int) -> bool:
    """Whether what is answered from offset `start` on can be another's measure, not a purchase, a war, a law."""
    stretch = re.split(r"[.;,]", lower[start : start + _REACH], maxsplit=1)[0].split()
    return bool(tariff_words().answerable.intersection(w.strip("'\"“”‘’()").removesuffix("s") for w in stretch))


def _same_phrase(sentence: ParsedSentence, adjective: int, around: tuple[int, int]) -> bool:
    """Whether the tariff that the adjective stands before is the one at `around`, rates of its own list included."""
    if sentence.tokens[adjective].start >= around[0] and sentence.tokens[adjective].end <= around[1]:
        return True
    measure = tariff_words().measure | tariff_words().weak_measure
    noun = next((i for i in range(adjective, min(adjective + 5, len(sentence.tokens)))
                 if sentence.tokens[i].lower in measure), None)  # fmt: skip
    if noun is None:
        return True
    first, last = sentence.token_at(around[0]), sentence.token_at(around[1] - 1)
    low, high = min(first, adjective), max(last, noun)
    between = sentence.tokens[low : high + 1]
    return not any(low < i < high and _verb_at(sentence, i) for i in range(low, high)) and len(between) <= 16


def _verb_at(sentence: ParsedSentence, i: int) -> bool:
    """Whether a finite verb starts at token `i`."""
    return any(g.first == i and g.form == "finite" for g in sentence.groups)


def _parted(sentence: ParsedSentence, last: int, offset: int) -> bool:
    """Whether a comma or a stop stands between the words of retaliation and the measure."""
    tokens = sentence.tokens[last + 1 : sentence.token_at(offset) + 1]
    return any(a.tag == Tag.BREAK or (a.tag == Tag.COMMA and b.tag != Tag.RELATIVE) for a, b in pairwise(tokens))
