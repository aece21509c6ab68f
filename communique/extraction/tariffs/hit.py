"""On whom and on what goods the words behind a measure say that it is."""

from __future__ import annotations

import re
from bisect import bisect_right

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.roles import Roles
from communique.extraction.tariffs.aim import stretch
from communique.extraction.tariffs.bracketed import item
from communique.extraction.tariffs.goods import Goods, examples, goods, modifier_goods
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.members import members
from communique.extraction.tariffs.words import tariff_words

_ELSEWHERE = re.compile(
    r"\b(?:not|never) (?:\w+ )?\w+ (?:in|by|from) $|\b(?:made|built|produced|assembled) outside(?: of)? $"
)
_FROM_MANY = re.compile(
    r" from ((?:various|several|many|most|some|certain|numerous|a number of|a range of|a host of) (?:other )?"
    r"(?:countries|nations|states|economies|partners|places|sources|suppliers))$"
)
_PUT_ON = frozenset({"apply", "applies", "applied", "applying", "added", "attached", "extend", "extends", "extended"})


class Hits:
    """Reads what the measures of one sentence are on."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self._spans: dict[int, tuple[int, int] | None] = {}

    def span(self, measure: Measure) -> tuple[int, int] | None:
        """First and last token of what the measure is on, or None."""
        if measure.start not in self._spans:
            bracketed = measure.rule == "rate_in_brackets" and measure.noun is not None
            self._spans[measure.start] = (
                item(self.sentence, measure.noun, measure.first)
                if bracketed and measure.noun is not None
                else stretch(self.sentence, measure, self._is_time)
            )
        return self._spans[measure.start]

    def aimed_at(self, measure: Measure) -> tuple[tuple[str, ...], str | None, Goods]:
        """Targets, destination of the goods, and goods or class of what the measure is on."""
        span = self.span(measure)
        if span is None:
            return (), None, Goods(self._goods_before(measure), None)
        tokens = self.sentence.tokens
        mentions = self.roles.mentions_in(tokens[span[0]].start, tokens[span[1]].end)
        whole = self.text[tokens[span[0]].start : tokens[span[1]].end]
        many = _FROM_MANY.search(whole)
        if many is not None and mentions and all(m.kind == "demonym" for m in mentions):
            return (), None, Goods(whole[: many.start()], many.group(1))
        leads = [self.text[max(0, m.start - 24) : m.start].lower().removesuffix("the ") for m in mentions]
        if any(_ELSEWHERE.search(lead) for lead in leads):
            return (), None, Goods(whole, None)
        if any(lead.endswith(("non-", "outside ")) for lead in leads):
            return (), None, Goods(None, whole)
        others = tuple(m for m in mentions if not self._owns_a_class(m, span[1]))
        if mentions and not others:
            return (), None, Goods(None, whole)
        mentions = others
        if measure.rule == "rate_in_brackets" and not mentions and _is_name(self.sentence, span):
            return (), None, Goods(None, None)
        found = [(m, self.roles.role(m.actor_id)) for m in mentions]
        sold_to = [actor for m, actor in found if self._destination(m)]
        targets = tuple(dict.fromkeys(actor for _, actor in found if actor is not None and actor not in sold_to))
        named = goods(self.text, self.sentence, span, mentions)
        named_as_members = members(self.sentence, self.roles, span[1]) if not targets else ()
        targets = targets or named_as_members
        product = named.product or self._goods_before(measure)
        if (named.product is None and not named_as_members) or tokens[span[0]].tag == Tag.CURRENCY:
            product = examples(self.text, self.sentence, span[1], self._is_time) or product
        scope = named.scope or (whole if product is None and self._is_class(span) else None)
        return targets, next(iter(sold_to), None), Goods(product, scope if not targets else None)

    def _is_class(self, span: tuple[int, int]) -> bool:
        """Whether the stretch speaks of a class of sellers whatever market it names: "all exporters to Peru"."""
        first = self.sentence.tokens[span[0]]
        phrase = self.sentence.phrase_at(first.start)
        head = self.sentence.tokens[phrase.head].lower if phrase is not None else ""
        return first.lower in tariff_words().everybody and head in tariff_words().classes | tariff_words().firms

    def _owns_a_class(self, mention: Mention, last: int) -> bool:
        """Whether an actor only tells which class of countries is meant: "Minsk's trading partners", "a U.S. ally"."""
        owned = self.text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ")
        if not owned and mention.kind not in ("demonym", "acronym"):
            return False
        at = self.sentence.token_at(mention.end) + (1 if owned else 0)
        heads = {t.lower for t in self.sentence.tokens[at : min(at + 3, last + 1)]}
        return bool(heads & tariff_words().partners)

    def _goods_before(self, measure: Measure) -> str | None:
        if measure.noun is None:
            return None
        around = self.sentence.tokens[measure.noun]
        mentions = self.roles.mentions_in(max(self.sentence.start, around.start - 80), around.end)
        return modifier_goods(self.text, self.sentence, measure.noun, mentions) or self._fronted_goods(measure.noun)

    def _fronted_goods(self, noun: int) -> str | None:
        """The goods a clause opens with: "For gloves and masks, the rates will rise"."""
        tokens = self.sentence.tokens
        phrase = self.sentence.phrase_at(tokens[noun].start)
        if tokens[0].lower != "for" or tokens[1].lower in ("example", "instance") or phrase is None:
            return None
        if tokens[phrase.first - 1].tag != Tag.COMMA or phrase.first < 3:
            return None
        opening = self.sentence.phrase_at(tokens[1].start)
        if opening is not None and tokens[opening.head].tag == Tag.NAME:
            return None
        return self.text[tokens[1].start : tokens[phrase.first - 2].end]

    def _destination(self, mention: Mention) -> bool:
        """Whether the goods go to the actor ("exports to Peru", "Peruvian imports of"), which then levies the duty."""
        incoming = tariff_words().incoming.match(self.text, mention.end)
        if incoming is not None:
            named = self.text[incoming.end() : incoming.end() + 1].isupper()
            return named and not self._is_time(self.sentence.token_at(incoming.end()))
        before = self.text[max(0, mention.start - 24) : mention.start].lower().split()
        words = [w.strip("“”\"'‘’(") for w in before if w not in ("the", "almost", "all")]
        not_moved = tariff_words().measure | _PUT_ON
        return bool(words) and words[-1] in ("to", "into", "entering") and not not_moved & set(words[-2:-1])

    def _is_time(self, i: int) -> bool:
        """Whether token `i` stands in a temporal expression."""
        if i >= len(self.sentence.tokens):
            return False
        offset = self.sentence.tokens[i].start
        timexes = self.roles.annotations.timexes
        at = bisect_right(timexes, offset, key=lambda t: t.start) - 1
        return at >= 0 and offset < timexes[at].end


def _is_name(sentence: ParsedSentence, span: tuple[int, int]) -> bool:
    """Whether the stretch is a name, as of a firm."""
    return sentence.tokens[span[0]].tag == Tag.NAME and sentence.tokens[span[1]].tag == Tag.NAME
