"""A customs measure as a sentence states it, and the nouns that name one."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.words import tariff_words

_JOINTS = frozenset({Tag.SUBORDINATOR, Tag.COORDINATOR, Tag.COMMA, Tag.BREAK})
_BEFORE_STAND_IN = _JOINTS | {Tag.DETERMINER}
_SIZES = frozenset({"double", "heavy", "light", "medium"})
_PERCENT = frozenset({"%", "percent", "per cent", "pct"})
_HEIGHTS = frozenset({"high", "low", "much", "little", "steep"})
_PUTTING_ON = frozenset({"slap", "pile", "clamp", "tack", "heap", "lump"})

_DEPOSITED = frozenset({"cash", "security", "provisional"})
"""How deposits are called that importers pay before a duty is final."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A customs measure: its trigger span, its rate in percent if stated, and where it stands in the sentence.

    `noun` is the token of the tariff noun (None where only a verb shows that the rate is one), `first` and `last` the
    tokens of the phrase or phrases that name it, `group` the verb that says what is done with it; `said` is the status
    where a noun says it ("the removal of the duties").
    """

    start: int
    end: int
    rate: float | None
    upper: float | None
    noun: int | None
    first: int
    last: int
    group: VerbGroup | None
    rule: str
    said: str | None = None

    @property
    def counted(self) -> bool:
        """Whether the text says how high the duty is, in percent or per unit."""
        return self.rate is not None or self.rule == "duty_per_unit"


def tariff_nouns(sentence: ParsedSentence, in_context: bool) -> tuple[int, ...]:
    """Tokens that name a customs measure; weak nouns ("rates") only beside a word of trade or in context."""
    words = tariff_words()
    found = []
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if token.lower not in words.measure and token.lower not in words.weak_measure:
            continue
        before = tokens[i - 1].lower if i else ""
        after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if token.lower.startswith("deposit") and before not in _DEPOSITED:
            continue
        sized = before in _SIZES and token.lower != "duty"
        sized = sized or (i > 1 and puts_on(sentence, i - 1))
        if (before in words.not_before and not sized) or token.tag not in (Tag.NOMINAL, Tag.NAME):
            continue
        if after in words.relief or _beside_others(sentence, i):
            continue
        ambiguous = token.lower.startswith(("dut", "lev")) and before not in words.trade_modifier | _PERCENT
        if after in words.not_after and ambiguous and not _leads_to_rate(sentence, i + 1):
            continue
        if token.lower in words.measure:
            if after not in words.measure | words.weak_measure:
                found.append(i)
        elif before in words.trade_modifier or before in words.measure:
            found.append(i)
        elif in_context and before not in words.weak_not_before and after not in words.other_percentages:
            if not _of_home_tax(sentence, i, found):
                found.append(i)
    return tuple(sorted((*found, *_stand_ins(sentence, found))))


def puts_on(sentence: ParsedSentence, i: int) -> bool:
    """Whether "on" at token `i` belongs to the verb of imposing before it: "slapped on duties", "piled on a levy"."""
    tokens = sentence.tokens
    return tokens[i].lower == "on" and i > 0 and tokens[i - 1].lemma in _PUTTING_ON


def _beside_others(sentence: ParsedSentence, i: int) -> bool:
    """Whether the noun is half of a pair that names barriers at large: "tariff and non-tariff barriers"."""
    two = [t.lower for t in sentence.tokens[i + 1 : i + 3]]
    return len(two) == 2 and two[0] in ("and", "or") and two[1].replace("-", "").startswith("nontariff")


def _of_home_tax(sentence: ParsedSentence, i: int, nouns: list[int]) -> bool:
    """Whether the rate is that of a tax at home named before it: "the sales tax applies to imports at a rate of"."""
    tokens, words = sentence.tokens, tariff_words()
    taxes = (
        k
        for k in range(i - 1, 0, -1)
        if tokens[k].lower in ("tax", "taxes") and tokens[k - 1].lower in words.weak_not_before
    )
    named = next(taxes, None)
    return named is not None and not any(named < noun < i for noun in nouns)


def _stand_ins(sentence: ParsedSentence, nouns: list[int]) -> list[int]:
    """Tokens that stand for a measure named before: "while that on lentils", "and the same for peas"."""
    tokens = sentence.tokens
    return [
        i
        for i in range(nouns[0] + 1 if nouns else len(tokens), len(tokens) - 2)
        if _stands_in(tokens[i].lower, tokens[i - 1].lower, tokens[i + 1].lower)
        and (tokens[i - 1].tag in _BEFORE_STAND_IN or tokens[i - 1].lemma in tariff_words().changing)
    ]


def _stands_in(word: str, before: str, after: str) -> bool:
    return (word in ("that", "those") and after == "on") or (
        word in ("same", "one", "ones") and before == "the" and after in ("on", "for")
    )


def _leads_to_rate(sentence: ParsedSentence, to: int) -> bool:
    """Whether "to" or "as" leads to a figure: "cut the duty to about 5 per cent", "duties as high as 44 per cent"."""
    following = sentence.tokens[to + 1 : to + 4]
    if sentence.tokens[to].lower == "as":
        return [t.lower for t in following[1:2]] == ["as"] and following[0].lower in _HEIGHTS
    return sentence.tokens[to].lower == "to" and any(
        t.tag == Tag.NUMBER or t.lower in ("zero", "nil") for t in following
    )
