"""The tariff of which a verb gives the rate: its subject, near or far: "The duty on beans, steel and figs rose to"."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.verbs import sets_apart

_LISTED = frozenset(
    {
        Tag.NOMINAL,
        Tag.NAME,
        Tag.PREPOSITION,
        Tag.COMMA,
        Tag.COORDINATOR,
        Tag.DETERMINER,
        Tag.ADVERB,
        Tag.NUMBER,
        Tag.CURRENCY,
    }
    | {Tag.OPEN, Tag.CLOSE, Tag.GENITIVE, Tag.POSSESSIVE, Tag.QUOTE, Tag.PARTICIPLE}
)
_RATE_WORDS = frozenset({"of", "up", "to", "percent", "per cent", "pct", "%", "about", "over", "at", "least", "most"})


def noun_of_subject(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...]) -> int | None:
    for phrase in subject(sentence, group):
        for noun in nouns:
            if phrase.first <= noun <= phrase.last:
                return noun
    listed = next((noun for noun in nouns if _on_a_list(sentence, noun, group)), None)
    if listed is not None:
        return listed
    resumed = (n for n in nouns if _resumes(sentence, n, group))
    return next(resumed, None) if group.form == "finite" else _made_to(sentence, group, nouns)


def _resumes(sentence: ParsedSentence, noun: int, group: VerbGroup) -> bool:
    """Whether the verb takes up the opening measure behind an aside: "The duties, meant to help mills, start at 9%"."""
    tokens = sentence.tokens
    if noun + 1 >= group.first or not sets_apart(tokens[noun + 1]) or not sets_apart(tokens[group.first - 1]):
        return False
    asides = [g for g in sentence.groups if noun < g.first < group.first]
    opens = not any(g.first < noun for g in sentence.groups)
    return opens and group.first - 1 > noun + 1 and all(g.form != "finite" for g in asides)


def _made_to(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...]) -> int | None:
    """The tariff that an outer verb has rise or fall: "led the duty on palm oil to rise to 50 percent"."""
    outer = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if group.form != "infinitive" or outer is None:
        return None
    noun = next((n for n in reversed(nouns) if outer.last < n < group.first), None)
    between = sentence.tokens[noun + 1 : group.first] if noun is not None else ()
    return noun if all(t.tag in _LISTED and t.tag != Tag.COMMA for t in between) else None


def _past_rate(sentence: ParsedSentence, first: int) -> int:
    """The token from `first` on behind words such as "of up to 19 percent"."""
    for i in range(first, len(sentence.tokens)):
        if sentence.tokens[i].tag != Tag.NUMBER and sentence.tokens[i].lower not in _RATE_WORDS:
            return i
    return len(sentence.tokens)


def _on_a_list(sentence: ParsedSentence, noun: int, group: VerbGroup) -> bool:
    """Whether only what the measure is on parts it from the verb: "duty on beans, rolled steel and figs"."""
    opens = group.form == "finite" and not any(g.first < noun for g in sentence.groups)
    between = sentence.tokens[(_past_rate(sentence, noun + 1) if opens else noun + 1) : group.first]
    if not between or between[0].lower not in ("on", "for", "against") or not _ends_noun(between[-1].tag):
        return False
    return all(t.tag in _LISTED or (t.tag == Tag.PAST and t is not between[-1]) for t in between)


def _ends_noun(tag: int) -> bool:
    return tag in (Tag.NOMINAL, Tag.NAME, Tag.CLOSE, Tag.NUMBER, Tag.ADVERB, Tag.QUOTE)
