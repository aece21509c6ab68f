"""Rates tied to a tariff: "a 25% duty", "tariffs of up to 25 per cent", "charges 15 percent on"."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount, Percent
from communique.extraction.tariffs.bracketed import bracketed_noun, in_brackets
from communique.extraction.tariffs.figures import other_percentage
from communique.extraction.tariffs.linked import (
    noun_after,
    noun_after_comma,
    noun_before,
    noun_behind_participle,
    noun_moved,
    qualifiers_before,
)
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.moved import changes_it, object_moved, relative_change
from communique.extraction.tariffs.nominals import nominal_before
from communique.extraction.tariffs.subjects import noun_of_subject
from communique.extraction.tariffs.verbs import clause_on_it, contact, ended_by, governing, status_behind
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_IMPOSING = frozenset({"put", "place", "impose", "levy", "charge", "slap", "set", "introduce", "add", "collect"})
_CHARGING = frozenset({"charge", "tax", "assign", "allot", "assess"})
_CHANGES = frozenset(
    ["rise", "fall", "climb", "drop", "jump", "increase", "grow", "soar", "decline", "decrease", "surge"]
)
_PRICES = frozenset({"price", "prices", "value", "values", "floor", "cost", "costs"})
_LINKS = frozenset({"of", "at", "to"})
_REACH = 10
_GOODS = frozenset({Tag.NOMINAL, Tag.ADVERB, Tag.COMMA})
_MORE = frozenset({"additional", "extra", "further", "another"})
_TOLD = (TariffStatus.ANNOUNCED, TariffStatus.THREATENED)


def per_unit(text: str, sentence: ParsedSentence, amount: Amount, nouns: tuple[int, ...]) -> Measure | None:
    """A duty per unit: "a levy of 32 dollars a tonne", "puts 95 euros on each tonne"."""
    unit = tariff_words().per_unit.match(text, amount.end)
    if unit is None:
        return None
    first, last = sentence.token_at(amount.start), sentence.token_at(unit.end() - 1)
    link = qualifiers_before(sentence, first)
    noun = noun_before(sentence, first, last, link, nouns)
    group = governing(sentence, first if noun is None else noun, last)
    if noun is None and group is not None:
        noun = _moved_to(sentence, group, link, nouns)
    if first and sentence.tokens[first - 1].lower == "from" and group and group.lemma in tariff_words().changing:
        return None
    if noun is None and (group is None or group.lemma not in _IMPOSING or _sets_prices(sentence, group)):
        return None
    return Measure(amount.start, unit.end(), None, None, noun, first, last, group, "duty_per_unit")


def _sets_prices(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb sets what goods cost and no duty: "set the import price at 675 dollars a tonne"."""
    return any(sentence.tokens[p.head].lower in _PRICES for p in objects(sentence, group))


def _moved_to(sentence: ParsedSentence, group: VerbGroup, link: int, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun that a verb takes to a figure: "the duty will fall to", "raised the duty from 9 to", "it is"."""
    between = [t.lower for t in sentence.tokens[group.last + 1 : link + 1]]
    if group.lemma == "be" and (not between or between in (["in", "the", "range", "of"], ["between"])):
        return noun_of_subject(sentence, group, nouns)
    if sentence.tokens[link].lower not in ("to", "at") or group.lemma not in tariff_words().changing:
        return None
    held = (n for p in objects(sentence, group) for n in nouns if p.first <= n <= p.last)
    return next(held, None) or noun_of_subject(sentence, group, nouns)


def rated(
    sentence: ParsedSentence, percent: Percent, nouns: tuple[int, ...], in_context: bool, before: list[Measure]
) -> Measure | None:
    """The measure that the percentage is the rate of, or None; `before` are those found so far in the sentence."""
    first, last = sentence.token_at(percent.start), sentence.token_at(percent.end - 1)
    if _sizes_a_cut(sentence, last, nouns):
        return None
    link = qualifiers_before(sentence, first)
    following = sentence.tokens[last + 1].lower if last + 1 < len(sentence.tokens) else ""
    joined = link >= 0 and sentence.tokens[link].tag in (Tag.COORDINATOR, Tag.COMMA)
    again = (joined and following in ("on", "for", "against")) or (
        link > 0 and sentence.tokens[link - 1].tag == Tag.COORDINATOR and sentence.tokens[link].lower in _LINKS
    )
    if before and (again or _same_list(sentence, before[-1], first)):
        rule = "rate_continued" if again else before[-1].rule
        start = first if again else before[-1].first
        return _measure(percent, before[-1].noun, start, last, before[-1].group, rule)
    if before and (owner := _owner_alone(sentence, before[-1], link)) is not None:
        return _measure(percent, owner, owner, last, before[-1].group, "owner_alone")
    moved = _moved_on(sentence, before[-1], link) if before else None
    if moved is not None:
        return _measure(percent, moved, first, last, before[-1].group, "noun_before")
    if in_brackets(sentence, first, last) and (noun := bracketed_noun(sentence, first, nouns)) is not None:
        return _measure(percent, noun, first, last, governing(sentence, noun, noun), "rate_in_brackets")
    preceding = sentence.tokens[link].lower if link >= 0 else ""
    if [t.lower for t in sentence.tokens[link + 1 : link + 3]] in (["up", "to"], ["down", "to"], ["back", "to"]):
        changed = link >= 0 and sentence.tokens[link].lemma in tariff_words().changing
        preceding = "to" if changed else preceding
    for find in (noun_after, noun_before):
        noun = find(sentence, first, last, link, nouns)
        if noun is not None:
            group = ended_by(sentence, min(noun, first), max(noun, last))
            group = group or status_behind(sentence, max(noun, last))
            group = group or governing(sentence, min(noun, first), max(noun, last))
            if group is None or not any(p.first <= noun <= p.last for p in objects(sentence, group)):
                group = clause_on_it(sentence, max(noun, last)) or group
            if group is None or group.lemma not in tariff_words().status_of:
                group = _declared_behind(sentence, max(noun, last)) or group
            return _measure(percent, noun, min(noun, first), max(noun, last), group, find.__name__)
    noun = (
        noun_moved(sentence, link, nouns)
        or noun_behind_participle(sentence, link, nouns)
        or noun_after_comma(sentence, last, link, nouns)
    )
    if noun is not None:
        return _measure(percent, noun, noun, last, governing(sentence, noun, noun), "noun_before")
    if other_percentage(sentence, first, last) or not in_context:
        return None
    led = last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].tag == Tag.RELATIVE
    told = contact(sentence, last + 1 if led else last)
    if told is not None and (before or _puts_on(sentence, told[1])) and told[1].lemma in tariff_words().status_of:
        return _measure(percent, None, first, last, told[1], "rate_told")
    if (behind := _put_at(sentence, last)) is not None:
        return _measure(percent, None, first, last, behind, "rate_imposed")
    group = governing(sentence, first, last)
    if group is None:
        return None
    if preceding == "by":
        raised = next((n for p in objects(sentence, group) for n in nouns if p.first <= n <= p.last), None)
        if raised is None or group.lemma not in tariff_words().changing:
            return None
        return replace(_measure(percent, raised, raised, last, group, "raised_by"), rate=None, upper=None)
    held = object_moved(sentence, group, nouns) if preceding == "to" else None
    own = noun_of_subject(sentence, group, nouns) if held is not None else None
    if held is not None and (own is None or own <= held[0]):
        return _measure(percent, held[0], first, last, held[1], "raised_to")
    again_of = changes_it(sentence, group) or (bool(before) and relative_change(sentence, group))
    if preceding in ("to", "at") and again_of:
        return _measure(percent, None, first, last, group, "raised_again")
    noun = noun_of_subject(sentence, group, nouns)
    if noun is None and percent.upper is not None and group.lemma in ("range", "vary") and _of_them(sentence, group):
        return _measure(percent, None, first, last, group, "they_range")
    if noun is not None and group.lemma in _CHANGES and preceding not in ("to", "at"):
        return None
    spread = preceding == "from" and percent.upper is not None
    if noun is not None and (spread or preceding in ("to", "at", "") or sentence.tokens[link].tag != Tag.PREPOSITION):
        return _measure(percent, noun, first, last, group, "tariff_is_rate")
    if _imposes(sentence, group, first, last) or (before and _adds(sentence, group, first)):
        return _measure(percent, None, first, last, group, "verb_of_imposing")
    return None


def _owner_alone(sentence: ParsedSentence, before: Measure, link: int) -> int | None:
    """The genitive that stands for another's tariff: "Peru's duty fell to 9 percent and Chile's to 5"."""
    tokens = sentence.tokens
    owned = link > 1 and tokens[link].lower in ("to", "at") and tokens[link - 1].tag == Tag.GENITIVE
    joints = [i for i in range(before.last + 1, link - 1) if tokens[i].tag in (Tag.COORDINATOR, Tag.COMMA)]
    named = (
        all(tokens[i].tag in (Tag.NAME, Tag.NOMINAL, Tag.DETERMINER) for i in range(joints[-1] + 1, link - 1))
        if joints
        else False
    )
    return link - 1 if owned and named and joints[0] == before.last + 1 else None


def _adds(sentence: ParsedSentence, group: VerbGroup, first: int) -> bool:
    """Whether the verb puts a figure on top of a rate told before: "a 9% duty, and announced an additional 5%"."""
    if group.negated or group.first > first or sentence.tokens[first - 1].lower not in _MORE:
        return False
    direct = any(p.first <= first <= p.last for p in objects(sentence, group))
    return direct and (group.lemma in _IMPOSING or tariff_words().status_of.get(group.lemma) in _TOLD)


def _declared_behind(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """The participle behind what the measure is on that says it was only told of: "duties on figs announced in May"."""
    behind = next((g for g in sentence.groups if g.first > last), None)
    if behind is None or behind.form != "participle" or behind.first > last + _REACH:
        return None
    between = (t.tag for t in sentence.tokens[last + 1 : behind.first])
    declared = tariff_words().status_of.get(behind.lemma) in (TariffStatus.ANNOUNCED, TariffStatus.THREATENED)
    return behind if declared and not any(t in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR) for t in between) else None


def _puts_on(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb puts something on somebody: "the 44% that Peru has imposed on Chile"."""
    behind = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    return group.lemma in tariff_words().imposing and behind in ("on", "against")


def _put_at(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """The participle right behind a figure that says who charges or told it: "above the 15% imposed by Brazil"."""
    behind = next((g for g in sentence.groups if g.first == last + 1), None)
    if behind is None or behind.first != behind.last:
        return None
    if behind.form == "participle" and behind.lemma in ("announce", "threaten"):
        return behind
    if behind.lemma not in tariff_words().imposing:
        return None
    by = behind.last + 1 < len(sentence.tokens) and sentence.tokens[behind.last + 1].lower == "by"
    return behind if by and behind.form == "participle" else None


def _of_them(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the subject is a pronoun for several things spoken of before: "they ranged from 5 to 9 percent"."""
    return any(sentence.tokens[p.head].lower in ("they", "these", "those", "which") for p in subject(sentence, group))


def _sizes_a_cut(sentence: ParsedSentence, last: int, nouns: tuple[int, ...]) -> bool:
    """Whether the figure says by how much, not how high: "a 25 per cent tariff reduction", "a 1% hike in the duty"."""
    changes = (t for t in sentence.tokens[last + 1 : last + 2] if tariff_words().nominal.get(t.lower) == "imposed")
    if any(t.tag == Tag.NOMINAL for t in changes):
        return True
    noun = next((n for n in nouns if last < n <= last + 3), None)
    after = sentence.tokens[noun + 1 : noun + 2] if noun is not None else ()
    return any(t.lower in ("reduction", "reductions", "cut", "cuts") for t in after)


def _same_list(sentence: ParsedSentence, before: Measure, first: int) -> bool:
    """Whether only "and" or a comma parts this figure from the one before it: "rates of 24 and 25 per cent"."""
    between = sentence.tokens[before.last + 1 : first]
    return 0 < len(between) <= 3 and all(t.lower in (",", "and", "or", "%", "of", "per cent") for t in between)


def _moved_on(sentence: ParsedSentence, before: Measure, link: int) -> int | None:
    """The joint after which goods of their own lead to the figure: "to 30 percent and (on) hats to 15 percent"."""
    tokens = sentence.tokens
    if tokens[link].lower != "to" or not _is_changed(sentence, before):
        return None
    plain = tokens[before.last + 2 : link]
    if tokens[before.last + 1].tag == Tag.COORDINATOR and plain and all(t.tag in _GOODS for t in plain):
        return before.last + 1
    opening = next((i for i in range(before.last + 1, link - 1) if tokens[i + 1].lower == "on"), None)
    if opening is None or not all(
        t.tag in (Tag.COMMA, Tag.COORDINATOR) or t.lower in ("that", "those", "tariffs", "duties", "the")
        for t in tokens[before.last + 1 : opening + 1]
    ):
        return None
    between = sentence.phrases_between(opening + 1, link - 1)
    verbs = any(opening < g.first < link - 1 for g in sentence.groups if g.form == "finite")
    return opening if between and not verbs else None


def _is_changed(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a verb or noun changes the measure: "cut the duty on tin to 5%", "an increase in duties on tin to 5%"."""
    if measure.group is not None and measure.group.lemma in tariff_words().changing:
        return True
    phrase = sentence.phrase_at(sentence.tokens[measure.noun].start) if measure.noun is not None else None
    noun = nominal_before(sentence, phrase.first) if phrase is not None else None
    return noun is not None and tariff_words().nominal[sentence.tokens[noun.head].lower] == TariffStatus.IMPOSED


def _measure(percent: Percent, noun: int | None, first: int, last: int, group: VerbGroup | None, rule: str) -> Measure:
    return Measure(percent.start, percent.end, percent.value, percent.upper, noun, first, last, group, rule)


def _imposes(sentence: ParsedSentence, group: VerbGroup, first: int, last: int) -> bool:
    """A verb of imposing or paying takes the figure itself: "charges 15 percent on cashmere", "facing 31 per cent"."""
    words = tariff_words()
    if group.lemma not in words.status_of or group.negated:
        return False
    direct = any(p.first <= first <= p.last for p in objects(sentence, group))
    following = sentence.tokens[last + 1].lower if last + 1 < len(sentence.tokens) else ""
    if group.lemma in words.subject_pays:
        return direct
    if group.passive and group.lemma in words.patient_hit:
        led = sentence.tokens[qualifiers_before(sentence, first)].lower
        return led == "with" or (group.lemma in _CHARGING and (direct or led == "at"))
    if following == "or":
        following = sentence.tokens[min(last + 3, len(sentence.tokens) - 1)].lower
    if group.lemma in words.only_with_rate and group.lemma not in ("charge", "put", "place", "set", "apply"):
        return following == "on" and group.lemma in ("speak", "talk")
    if direct and group.lemma in ("apply", "levy") and following in ("", ".", ",", ";", "and", "while", "but"):
        return True
    return following == "on" and (direct or group.lemma in ("threaten", "warn"))
