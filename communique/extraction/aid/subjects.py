"""The phrases before a verb of giving: the owner that brackets part from it, the plural that several share."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.syntax import in_relative
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import complements, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_RUNNING = frozenset({"carry", "run", "lead", "head", "chair", "manage", "host", "organise", "organize", "operate"})
_CALLED = frozenset({"donor", "lender", "backer", "partner", "creditor", "ally", "supporter", "neighbour", "neighbor"})
_SHARED = frozenset("governments states republics kingdoms ministries ministers leaders presidents peoples".split())


def _runs(group: VerbGroup) -> bool:
    """Whether a participle says by whom something is run, which what is given goes to: "for a mission led by"."""
    return group.form == "participle" and group.lemma in _RUNNING


def is_anothers(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the first "by" behind a verb belongs to a word of harm before it: "given to areas hard-hit by war"."""
    by = next((p for p in complements(sentence, group) if p.preposition == "by"), None)
    if by is None:
        return False
    if any(group.last < g.first and g.last in (by.first - 2, by.first - 3) for g in sentence.groups if _runs(g)):
        return True
    before = sentence.tokens[by.first - 2]
    harmed = before.lower.rpartition("-")[2] in aid_words().causes["marked"]
    return harmed and not group.first <= by.first - 2 <= group.last


def before_bracket(sentence: ParsedSentence, first: int) -> NounPhrase | None:
    """The phrase whose acronym stands in brackets right before a token: "organisations (NGOs) providing"."""
    if first < 3 or sentence.tokens[first - 1].tag != Tag.CLOSE or sentence.tokens[first - 3].tag != Tag.OPEN:
        return None
    return next((p for p in sentence.phrases if p.last == first - 4), None)


def with_owner(sentence: ParsedSentence, phrase: NounPhrase | None) -> NounPhrase | None:
    """The phrase with the genitive that brackets part from it: "the Fund's (IMF) board"."""
    if phrase is None or not phrase.first or sentence.tokens[phrase.first - 1].tag != Tag.CLOSE:
        return phrase
    opening = max((i for i in range(phrase.first) if sentence.tokens[i].tag == Tag.OPEN), default=0)
    owner = next((p for p in sentence.phrases if p.last == opening - 1), None)
    if owner is None or sentence.tokens[owner.last].tag != Tag.GENITIVE:
        return phrase
    return replace(phrase, first=owner.first, start=owner.start, preposition=owner.preposition)


def parted_by_clause(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase | None:
    """The subject that a relative clause parts from its verb: "Japan, which joined Ghana in giving, said"."""
    opening = sentence.phrases[0] if sentence.phrases else None
    if opening is None or opening.first or opening.last + 3 > group.first or group.form != "finite":
        return None
    comma, relative = sentence.tokens[opening.last + 1], sentence.tokens[opening.last + 2]
    if comma.tag != Tag.COMMA or relative.tag != Tag.RELATIVE:
        return None
    inside = [g for g in sentence.groups if opening.last < g.first < group.first and g.form == "finite"]
    closed = any(t.tag == Tag.COMMA for t in sentence.tokens[inside[0].last : group.first]) if inside else False
    return opening if len(inside) == 1 and closed and inside[0].first == opening.last + 3 else None


def listed_agents(sentence: ParsedSentence, last: NounPhrase) -> tuple[NounPhrase, ...]:
    """The phrases after "by" of which one is the last: "decisions by Japan, Ghana and Peru to lend"."""
    run = [last]
    for phrase in reversed([p for p in sentence.phrases if p.last < last.first]):
        joint = {t.lower for t in sentence.tokens[phrase.last + 1 : run[0].first]} - {"the"}
        if not joint or not joint <= {",", "and"}:
            break
        run.insert(0, phrase)
        if phrase.preposition == "by":
            return tuple(run)
    return ()


def is_called_giver(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase says what a giver is to somebody: "Rwanda's biggest donor", "its ally"."""
    owned = any(t.tag in (Tag.GENITIVE, Tag.POSSESSIVE) for t in sentence.tokens[phrase.first : phrase.last])
    return owned and sentence.tokens[phrase.head].lower in _CALLED


def owns_several(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a plural that several share governs a phrase: "the governments of Japan and Ghana"."""
    return phrase.first > 1 and sentence.tokens[phrase.first - 2].lower in _SHARED


_COUNTING_IN = frozenset({"include", "comprise"})


def members_named(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """Those whom the clause above a relative one names: "the donors that froze aid include Japan and Ghana".

    So too where it names them first: "Japan and Ghana were among the countries that sent".
    """
    if not in_relative(sentence, group):
        return ()
    first = next((g for g in reversed(sentence.groups) if g.last < group.first and g.form == "finite"), None)
    if first is not None and first.lemma == "be" and not first.negated and not in_relative(sentence, first):
        counted = sentence.phrases_between(first.last + 1, group.first - 1)[:1]
        one_of = any(p.preposition == "among" or sentence.tokens[p.first].lower == "one" for p in counted)
        return subject(sentence, first) if one_of else ()
    above = next((g for g in sentence.groups if g.first > group.last and g.form == "finite"), None)
    if above is None or above.negated or above.passive or in_relative(sentence, above):
        return ()
    among = above.lemma == "be" and bool(sentence.phrases) and sentence.phrases[0].preposition == "among"
    return objects(sentence, above) if among or above.lemma in _COUNTING_IN else ()
