"""The verb that says what is done with a measure."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.clauses import clause_end, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_BEHIND_PASSIVE = (Tag.PREPOSITION, Tag.TO, Tag.ADVERB, Tag.BREAK, Tag.COMMA, Tag.COORDINATOR, Tag.SUBORDINATOR)
_UNTIL = ("until", "till")
_OPEN_MODALS = frozenset({"should", "must", "could", "may", "might", "can"})
_LETTING = frozenset({"help", "let", "make"})
DECLARED = (TariffStatus.ANNOUNCED, TariffStatus.THREATENED)
_TYING = frozenset({"related", "linked", "tied", "connected", "attached"})


def governing(sentence: ParsedSentence, first: int, last: int) -> VerbGroup | None:
    """The verb that says what is done with the phrases in tokens `first` to `last`.

    That is the verb whose subject holds them, if there is one after them, else the nearest verb before them whose
    clause reaches them.
    """
    group = _governing(sentence, first, last)
    return _with_particle(sentence, group) if group is not None else None


def _with_particle(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup:
    """The verb with the particle that makes it another: "roll back", "do away with"."""
    after = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]]
    phrasal = (f"{group.lemma} {' '.join(after[:n])}" for n in (2, 1))
    lemma = next((p for p in phrasal if p in tariff_words().status_of), None)
    return group if lemma is None else replace(group, lemma=lemma)


def _governing(sentence: ParsedSentence, first: int, last: int) -> VerbGroup | None:
    told = contact(sentence, last)
    if told is not None:
        return _acting_on(sentence, first) or told[1]
    start = sentence.tokens[first].start
    after = next((g for g in sentence.groups if g.first > last and g.form == "finite"), None)
    if after is not None and _reduced(sentence, first, last, after):
        after = None
    relative = after is not None and any(t.tag == Tag.RELATIVE for t in sentence.tokens[last + 1 : after.first])
    if after is not None and not relative and any(_covers(sentence, p, first, after) for p in subject(sentence, after)):
        return _as_passive(sentence, first, _yet_to_come(sentence, after))
    resumed = _after_aside(sentence, last)
    if resumed is not None:
        return _yet_to_come(sentence, resumed)
    passed = False
    for group in reversed(sentence.groups):
        if group.end <= start and (passed or clause_end(sentence, group) >= first):
            if not _no_verb(sentence, group):
                return group
            passed = True
    return next((g for g in sentence.groups if g.first == last + 1 and g.form == "participle"), None)


def _as_passive(sentence: ParsedSentence, first: int, group: VerbGroup) -> VerbGroup:
    """The verb as a passive where a headline leaves out what makes it one: "Tariffs on wine from Chile scrapped"."""
    words, tokens = tariff_words(), sentence.tokens
    bare = group.first == group.last and tokens[group.first].tag == Tag.PAST and group.form == "finite"
    if not bare or group.passive or group.lemma not in words.done_to or any(g.first < first for g in sentence.groups):
        return group
    later = next((g for g in sentence.groups if g.first > group.last and g.form == "finite"), None)
    if later is not None and any(p.first <= first <= p.last for p in subject(sentence, later)):
        return group
    following = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
    ends = following is None or following.tag in _BEHIND_PASSIVE or not following.text[0].isalnum()
    return replace(group, passive=True) if ends else group


def _yet_to_come(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup:
    """The infinitive of what is still to happen, the verb itself where none hangs on it: "are to take effect"."""
    words = tariff_words()
    if group.lemma not in ("be", "remain") and not (group.passive and group.lemma in words.due):
        return group
    later = next((g for g in sentence.groups if g.first > group.last), None)
    between = sentence.tokens[group.last + 1 : later.first] if later is not None else ()
    due = later is not None and later.form == "infinitive" and all(t.lower in words.due for t in between)
    return later if due and later is not None and befalls(sentence, later) else group


def befalls(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb says what happens to its subject, where that is a measure."""
    return group.passive or group.lemma in tariff_words().happens or enters_into_force(sentence, group)


def _acting_on(sentence: ParsedSentence, first: int) -> VerbGroup | None:
    """The verb that does something with its object at token `first`: "maintaining the duty it had agreed"."""
    before = next((g for g in reversed(sentence.groups) if g.last < first), None)
    if before is None or before.lemma not in tariff_words().status_of:
        return None
    if any(p.first <= first <= p.last for p in objects(sentence, before)):
        return before
    phrase = sentence.phrase_at(sentence.tokens[first].start)
    between = sentence.phrases_between(before.last + 1, first - 1)
    led = (p.preposition is not None or sentence.tokens[p.first - 1].lower in _UNTIL for p in between)
    late = bool(between) and all(led) and between[-1].last == first - 1
    return before if late and phrase is not None and phrase.preposition is None else None


def contact(sentence: ParsedSentence, last: int) -> tuple[NounPhrase, VerbGroup] | None:
    """Subject and verb of a relative clause without a pronoun: "the 10 percent duty it faces", "the tariff Togo put".

    The clause stands right behind token `last`, the measure's last.
    """
    tokens = sentence.tokens
    words = tariff_words()
    phrase = sentence.phrase_at(tokens[last + 1].start) if last + 1 < len(tokens) else None
    if phrase is None or phrase.head <= last:
        return None
    named = tokens[last + 1].tag == Tag.NAME
    if (phrase.first != last + 1 and not named) or (phrase.first == last + 1 and phrase.preposition is not None):
        return None
    group = next((g for g in sentence.groups if g.first > phrase.last), None)
    if group is None or group.form not in ("finite", "participle") or group.passive:
        return None
    doing = group.lemma in words.imposing | words.subject_pays or words.status_of.get(group.lemma) in DECLARED
    if not doing or any(t.tag != Tag.ADVERB for t in tokens[phrase.last + 1 : group.first]):
        return None
    if group.form == "participle":
        group = _as_finite(sentence, group)
    if group is None:
        return None
    return NounPhrase(last + 1, phrase.last, phrase.head, None, tokens[last + 1].start, phrase.end), group


def _as_finite(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb of a clause that looks like a participle: "the duty Togo put on salt has", None where it is one."""
    following = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    past = sentence.tokens[group.first].tag == Tag.PAST and following in ("on", "against", "upon")
    return replace(group, form="finite", tense="past") if past else None


def only_wanted(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a clause right behind the measure says that somebody asked for it or may put it.

    "The 40 percent duty it sought", "the 35 percent tariff allowed by".
    """
    behind = next((g for g in sentence.groups if g.first > measure.last), None)
    words = tariff_words()
    if behind is None or behind.first > measure.last + 5 or behind.lemma not in words.wanting | words.enabled:
        return False
    between = sentence.tokens[measure.last + 1 : behind.first]
    led = any(t.tag in (Tag.COMMA, Tag.COORDINATOR, Tag.SUBORDINATOR, Tag.BREAK) for t in between)
    phrase = sentence.phrase_at(between[-1].start) if between else None
    contact_clause = phrase is not None and phrase.preposition is None and behind.form == "finite"
    return not led and (contact_clause or (not between and behind.form == "participle"))


def _no_verb(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether what looks like a verb counts or describes: "a first wave of tariffs", "will pay lower duties".

    So does a participle of something else before: "a duty on goods sent to Peru, and a 9 percent one on".
    """
    if group.form == "participle" and group.lemma not in tariff_words().status_of:
        return group.first > 0 and sentence.tokens[group.first - 1].tag in (Tag.NOMINAL, Tag.NAME)
    if group.first != group.last or group.last + 1 >= len(sentence.tokens):
        return False
    word, following = sentence.tokens[group.first], sentence.tokens[group.last + 1]
    modifier = word.tag in (Tag.PAST, Tag.GERUND) and following.tag == Tag.NOMINAL
    described = modifier and word.lemma not in tariff_words().status_of
    before = next((g for g in sentence.groups if g.last == group.first - 1), None)
    led = before is not None
    if word.lower == "lower" and before is not None and before.lemma not in _LETTING:
        return following.tag in (Tag.NOMINAL, Tag.NUMBER)
    behind_with = group.first > 0 and sentence.tokens[group.first - 1].lower == "with"
    if word.lower == "matching" and (led or behind_with):
        return True
    if word.lower in tariff_words().modifier and following.tag == Tag.NUMBER and group.first:
        return sentence.tokens[group.first - 1].tag in (Tag.RELATIVE, Tag.DETERMINER, Tag.COORDINATOR, Tag.PREPOSITION)
    return (following.lower == "of" and word.lower in tariff_words().batches) or (described and led)


def _reduced(sentence: ParsedSentence, first: int, last: int, after: VerbGroup) -> bool:
    """Whether a bare past form behind an object only describes it: "will suspend the duties added to cars".

    So does one that ties the measure to something: "the duties related to a dispute".
    """
    bare = after.first == after.last and sentence.tokens[after.first].tag == Tag.PAST
    origin = sentence.tokens[after.first].lower in tariff_words().origin
    if not bare or after.first + 1 >= len(sentence.tokens) or not (origin or after.first <= last + 2):
        return False
    tied = sentence.tokens[after.first].lower in _TYING and sentence.tokens[after.first + 1].lower == "to"
    if (origin and after.first <= last + 2) or (tied and after.first == last + 1):
        return True
    described = sentence.tokens[after.first + 1].tag in (Tag.PREPOSITION, Tag.TO, Tag.ADVERB)
    start = sentence.tokens[first].start
    before = next((g for g in reversed(sentence.groups) if g.end <= start), None)
    return described and before is not None and any(p.first <= first <= p.last for p in objects(sentence, before))


def _after_aside(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """The verb that a subject meets again behind an aside: "duties on tin, imposed in May and since cut, will end"."""
    tokens = sentence.tokens
    opening = next((i for i in range(last + 1, len(tokens)) if sets_apart(tokens[i])), None)
    if opening is None or any(g.first <= opening for g in sentence.groups):
        return None
    for group in sentence.groups:
        edge = group.first - 1
        while edge > opening and tokens[edge].tag == Tag.ADVERB:
            edge -= 1
        closes = edge > opening + 1 and sets_apart(tokens[edge])
        if closes and group.form == "finite" and befalls(sentence, _yet_to_come(sentence, group)):
            return group
    return None


def sets_apart(token: Token) -> bool:
    """Whether a comma or dash opens or closes an aside."""
    return token.tag == Tag.COMMA or token.text in ("-", "–", "—", "--")


def ended_by(sentence: ParsedSentence, first: int, last: int) -> VerbGroup | None:
    """The verb that ends or halts a measure imposed before: "suspends for a month the duty that was put on tin"."""
    behind = next((g for g in sentence.groups if g.first == last + 1), None)
    outer = next((g for g in reversed(sentence.groups) if g.last < first), None)
    if behind is None or outer is None or behind.lemma not in tariff_words().imposing or outer.negated:
        return None
    ending = tariff_words().status_of.get(outer.lemma) in (TariffStatus.SUSPENDED, TariffStatus.REMOVED)
    held = any(p.first <= first <= p.last for p in objects(sentence, outer))
    return outer if ending and held and outer.modal not in _OPEN_MODALS else None


def status_behind(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """The participle right behind the measure that says its status: "a 25% tariff threatened by", "to be charged"."""
    status_of = tariff_words().status_of
    after = next((g for g in sentence.groups if g.first == last + 1), None)
    if after is None or after.lemma not in status_of or after.lemma == "be":
        return None
    return after if after.form == "participle" or (after.form == "infinitive" and after.passive) else None


def clause_on_it(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """The verb of a clause right behind the measure that says who imposed it: "the tariff (that) Peru has put on"."""
    group = next((g for g in sentence.groups if g.first > last), None)
    if group is None or group.form not in ("finite", "participle") or group.passive:
        return None
    if group.lemma not in tariff_words().imposing:
        return None
    first = last + 2 if sentence.tokens[last + 1].lower in ("that", "which") else last + 1
    doer = sentence.phrase_at(sentence.tokens[first].start) if first < group.first else None
    named = doer is not None and doer.last == group.first - 1
    named = named and doer is not None and (doer.first == first or sentence.tokens[first].tag == Tag.NAME)
    aimed = any(t.lower in ("on", "against") for t in sentence.tokens[group.last + 1 : group.last + 3])
    if not (named and aimed):
        return None
    return _as_finite(sentence, group) if group.form == "participle" else group


def _covers(sentence: ParsedSentence, phrase: NounPhrase, first: int, group: VerbGroup) -> bool:
    """Whether the subject phrase, with the prepositional phrases that hang on it, reaches token `first`."""
    if phrase.first <= first <= phrase.last:
        return True
    if not phrase.last < first < group.first:
        return False
    if any(phrase.last < g.first < first for g in sentence.groups):
        return False
    between = sentence.phrases_between(phrase.last + 1, first)
    return bool(between) and all(p.preposition is not None for p in between)


def strikes_back(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "back" makes the verb one of answering: "will fire back with duties"."""
    following = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    return following == "back" and group.lemma in tariff_words().striking


def kept_in_place(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb says before its object that a measure stays: "would keep in place the duties on tin"."""
    following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]]
    return group.lemma in ("keep", "leave") and following in (["in", "place"], ["in", "force"], ["in", "effect"])


def enters_into_force(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb says that its subject takes effect: "come into force", "went into effect", "take effect"."""
    words = tariff_words()
    if group.lemma not in ("come", "take", "go", "enter", "kick", "put", "bring"):
        return False
    following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 5] if t.tag != Tag.ADVERB]
    return " ".join(following[:2]).startswith(words.in_force)
