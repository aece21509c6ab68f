"""Who does what to whom: subjects, objects, agents and prepositional complements of a verb group."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.not_subjects import (
    bracketed,
    closes_list,
    elliptic,
    emphatic,
    ends_modifier,
    is_time,
    object_of_dependent,
    set_apart,
    temporal_apposition,
)
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.stretch import attribution_before, subject_stretch
from communique.extraction.grammar.words import Tag

_STOPS: Final = frozenset({Tag.BREAK, Tag.SUBORDINATOR})
_CONTROL: Final = frozenset(
    {
        "urge",
        "ask",
        "tell",
        "allow",
        "enable",
        "help",
        "force",
        "require",
        "encourage",
        "invite",
        "permit",
        "expect",
        "want",
    }
)


def subject(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases that make the subject of `group` (several when coordinated), empty where none is found.

    Relative pronouns are followed to their antecedent; a verb coordinated with an earlier one shares its subject;
    infinitives, gerunds and participles take the subject (or, after verbs like "urge", the object) of the verb they
    depend on.  For a passive group this is the patient.
    """
    seen: set[int] = set()
    current: VerbGroup | None = group
    while current is not None and current.first not in seen:
        seen.add(current.first)
        own = _own_subject(sentence, current)
        if own:
            return own
        current = _governor(sentence, current)
        if current is not None and current.lemma in _CONTROL and group.form == "infinitive" and not current.passive:
            patient = tuple(p for p in objects(sentence, current) if p.last < group.first)
            if patient:
                return patient
    return ()


def objects(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after `group` that no preposition governs, up to the end of its clause."""
    return tuple(p for p in _following(sentence, group) if p.preposition is None)


def complements(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after `group` that a preposition governs, up to the end of its clause."""
    return tuple(p for p in _following(sentence, group) if p.preposition is not None)


def agent(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after "by" of a passive or participle, coordinated ones included."""
    if not (group.passive or group.form == "participle"):
        return ()
    following = _following(sentence, group)
    for i, phrase in enumerate(following):
        if phrase.preposition == "by":
            return _coordinated(sentence, following, i)
    return ()


def clause_end(sentence: ParsedSentence, group: VerbGroup) -> int:
    """Index of the last token of the clause that `group` heads, its infinitives and lists included."""
    tokens = sentence.tokens
    following = next((g for g in sentence.groups if g.first > group.last and g.form == "finite"), None)
    limit = following.first if following else len(tokens)
    last_joint = None
    for i in range(group.last + 1, limit):
        tag = tokens[i].tag
        if tag in _STOPS:
            return i - 1
        if tag in (Tag.COMMA, Tag.COORDINATOR, Tag.RELATIVE, Tag.QUOTE):
            last_joint = i
    if following is None:
        return len(tokens) - 1
    return (last_joint if last_joint is not None else limit) - 1


def _following(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    return sentence.phrases_between(group.last + 1, clause_end(sentence, group))


def _own_subject(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    if group.form in ("infinitive", "gerund"):
        return ()
    if group.form == "participle":
        before = list(sentence.phrases_between(0, group.first - 1))
        if not before:
            return ()
        gap = sentence.tokens[before[-1].last + 1 : group.first]
        if any(t.tag not in (Tag.COMMA, Tag.ADVERB) for t in gap):
            return ()
        return _coordinated_back(sentence, before, len(before) - 1) if gap else (before[-1],)
    tokens = sentence.tokens
    following = next((g for g in sentence.groups if g.first > group.last and g.form == "finite"), None)
    aside = attribution_before(sentence, following) if following is not None else None
    if aside is not None and aside.saying is group:
        return (aside.speaker,)
    i = group.first - 1
    while i >= 0 and tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i >= 0 and tokens[i].tag == Tag.RELATIVE:
        return _antecedent(sentence, i)
    if i >= 0 and tokens[i].tag == Tag.COORDINATOR:
        return ()
    return _before(sentence, group, i)


def _antecedent(sentence: ParsedSentence, relative: int) -> tuple[NounPhrase, ...]:
    before = [p for p in sentence.phrases if p.last < relative]
    if not before:
        return ()
    i = len(before) - 1
    while i > 0 and before[i].preposition == "of" and before[i - 1].last == before[i].first - 2:
        i -= 1
    return (before[i],)


def _before(sentence: ParsedSentence, group: VerbGroup, end: int) -> tuple[NounPhrase, ...]:
    """The subject among the phrases between the clause's left edge and token `end`."""
    left, right = subject_stretch(sentence, group)
    phrases = [p for p in sentence.phrases_between(left, right) if p.last <= min(right, end)]
    i = len(phrases) - 1
    while i >= 0:
        phrase = phrases[i]
        if phrase.preposition is None and not (
            emphatic(sentence, phrases, i)
            or set_apart(sentence, phrase)
            or bracketed(sentence, phrase)
            or temporal_apposition(sentence, phrase, group)
            or object_of_dependent(sentence, phrase)
            or ends_modifier(sentence, phrases, i)
        ):
            first = _apposition_head(sentence, phrases, i)
            return _coordinated_back(sentence, phrases, first)
        i -= 1
    return ()


def _apposition_head(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> int:
    """The phrase that an apposition between commas explains: "Japan, the largest donor, pledged"."""
    tokens = sentence.tokens
    j = i
    if tokens[phrases[i].head].tag == Tag.PRONOUN:
        return i
    while j > 0:
        previous = next((k for k in range(j - 1, -1, -1) if phrases[k].preposition is None), None)
        if previous is None:
            return j
        between = tokens[phrases[previous].last + 1 : phrases[j].first]
        commas = [t for t in between if t.tag == Tag.COMMA]
        if len(commas) == 1 and between[-1].tag == Tag.COMMA and not any(t.tag == Tag.COORDINATOR for t in between):
            if (
                is_time(sentence, phrases[previous])
                or elliptic(sentence, phrases[previous])
                or object_of_dependent(sentence, phrases[previous])
                or closes_list(sentence, phrases[previous])
            ):
                return j
            j = previous
            continue
        return j
    return j


def _coordinated_back(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> tuple[NounPhrase, ...]:
    """`phrases[i]` with the phrases joined to it by "and" or commas before it, in order."""
    chosen = [phrases[i]]
    tokens = sentence.tokens
    joined = False
    while i > 0:
        between = tokens[phrases[i - 1].last + 1 : phrases[i].first]
        texts = {t.lower for t in between}
        if phrases[i - 1].preposition is not None or not between:
            break
        if texts & {"and", "or", "nor", "&"} or ("as" in texts and "well" in texts):
            joined = True
        elif not (joined and texts == {","}):
            break
        chosen.insert(0, phrases[i - 1])
        i -= 1
    return tuple(chosen)


def _coordinated(sentence: ParsedSentence, phrases: tuple[NounPhrase, ...], i: int) -> tuple[NounPhrase, ...]:
    """`phrases[i]` with those joined to it by "and" or commas after it."""
    chosen = [phrases[i]]
    for previous, following in zip(phrases[i:], phrases[i + 1 :], strict=False):
        between = {t.lower for t in sentence.tokens[previous.last + 1 : following.first]}
        if following.preposition not in (None, phrases[i].preposition) or not between <= {",", "and", "or"}:
            break
        chosen.append(following)
    return tuple(chosen)


def _governor(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb group that `group` depends on or is coordinated with: the nearest one before it, else after it."""
    before = [g for g in sentence.groups if g.last < group.first]
    if group.form == "finite":
        aside = attribution_before(sentence, group)
        before = [g for g in before if g.form == "finite" and (aside is None or g is not aside.saying)]
        return before[-1] if before else None
    if before:
        return before[-1]
    after = [g for g in sentence.groups if g.first > group.last and g.form == "finite"]
    return after[0] if after else None
