"""Acts that only tell what something is for, what it is made up of, or what somebody is devoted to."""

from __future__ import annotations

import re

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.stated import governor
from communique.extraction.aid.syntax import groups_between, in_relative, lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_FAR = 16
_APART = re.compile(r"\b(?:in addition to|on top of|along with|alongside|as well as|besides)\b")


def in_purpose(sentence: ParsedSentence, act: Act, sums: list[Bound]) -> bool:
    """Whether an act stands in the infinitive, gerund or relative clause that hangs on a sum before it."""
    group = act.group
    if not sums:
        return False
    if group is None:
        return _is_aim(sentence, act, sums)
    hangs = group.form in ("infinitive", "gerund", "participle") or in_relative(sentence, group)
    hangs = hangs or _goes_on(sentence, group)
    before = [b for b in sums if b.theme.last < group.first]
    if not hangs or not before or before[-1].act is act:
        return False
    return _APART.search(" ".join(lowers(sentence, before[-1].theme.last + 1, group.first - 1))) is None


def is_of_nothing(sentence: ParsedSentence, noun: Act, acts: tuple[Act, ...]) -> bool:
    """Whether a noun of giving is the object of a verb that states nothing: "it is not wise to send shipments of"."""
    phrase = sentence.phrase_at(sentence.tokens[noun.first].start)
    before = (phrase.first if phrase is not None else noun.first) - 1
    return any(act.void and act.group is not None and act.last == before for act in acts)


def _goes_on(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a bare verb goes on with an infinitive: "to protect the weak and provide food"."""
    token, before = sentence.tokens[group.first], sentence.tokens[max(0, group.first - 1)]
    if token.tag != Tag.BASE or before.tag != Tag.COORDINATOR:
        return False
    above = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    return above is not None and above.form == "infinitive"


def is_divided(act: Act, sums: list[Bound]) -> bool:
    """Whether the sums that a noun of giving, or aid that was given, is made up of follow it: "the allocations of aid
    included $5m".
    """
    named = act.sort is Sort.NOUN or (act.group is not None and act.group.form == "participle")
    return named and any(b.position == "part" and b.theme.first > act.last for b in sums)


def _is_aim(sentence: ParsedSentence, act: Act, sums: list[Bound]) -> bool:
    """Whether a noun of giving is what a sum right before it is for: "$9 million towards the delivery of aid"."""
    before = next((b.theme for b in reversed(sums) if b.theme.last < act.first), None)
    if before is None or groups_between(sentence, before.last, act.first):
        return False
    if act.first - before.last > 8:
        return act.first - before.last <= _FAR and lowers(sentence, act.first - 1, act.first - 1) == ["for"]
    return not {"for", "towards", "toward", "to"}.isdisjoint(lowers(sentence, before.last + 1, act.first - 1))


def is_devotion(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a gerund only says what somebody is devoted to: "is committed to peace and to providing food"."""
    above = governor(sentence, group)
    devoted = above is not None and above.passive and above.lemma in ("commit", "dedicate", "devote")
    return devoted and above is not None and lowers(sentence, above.last + 1, above.last + 1) == ["to"]


def is_content(sentence: ParsedSentence, act: Act) -> bool:
    """Whether an infinitive tells the use of something that a package is said to include, or of aid that helps."""
    group = act.group
    above = governor(sentence, group) if group is not None and group.form == "infinitive" else None
    if above is None or above.lemma != "help":
        return above is not None and above.lemma in ("include", "comprise", "contain", "involve")
    helping = {sentence.tokens[p.head].lower for p in subject(sentence, above)}
    return not helping.isdisjoint(aid_words().things | aid_words().aid_nouns)
