"""Measures without a rate: a verb or a noun says what is done with the tariff."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.nominals import counted_by, nominal_before
from communique.extraction.tariffs.verbs import (
    clause_on_it,
    enters_into_force,
    governing,
    kept_in_place,
    status_behind,
    strikes_back,
)
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_AHEAD = frozenset(
    {"deadline", "date", "timetable", "schedule", "plan", "plans", "proposal", "proposals", "preparations"}
)
_PUT = frozenset({"impose", "introduce", "enact", "implement", "adopt"})
_STANDING = ("in place ", "in force ", "in effect ")
_KNOWN = frozenset({"the", "these", "those", "such"})
_ADDING = frozenset({"add", "extend", "apply"})
_SPOKEN_OF = frozenset(
    "announce unveil propose recommend suggest consider weigh mull moot float eye plan threaten contemplate".split()
)
_ADVISED = frozenset({"recommend", "suggest"})
_KEEPING = frozenset({"renewal", "extension", "continuation", "maintenance", "retention"})
_IMAGINED = frozenset({"would", "could", "may", "might", "should", "must"})
_PARTICLES = frozenset({"off", "up", "out", "down", "back", "away"})


def bare(sentence: ParsedSentence, noun: int) -> Measure | None:
    """A measure without a rate counts where a verb says what is done with it."""
    phrase = sentence.phrase_at(sentence.tokens[noun].start)
    if phrase is None or sentence.tokens[phrase.first].lower == "no" or not _of_customs(sentence, noun):
        return None
    if phrase.head > noun and _names_another(sentence, noun + 1):
        return None
    words = tariff_words()
    group = _put_by(sentence, phrase) or _absolute(sentence, phrase) or governing(sentence, phrase.first, phrase.last)
    if nominal_before(sentence, phrase.first) is not None:
        start = sentence.tokens[phrase.first].start
        named = Measure(start, phrase.end, None, None, noun, phrase.first, phrase.last, group, "nominal")
        return with_nominal(sentence, named)
    if (ended := _ended_by_noun(sentence, noun)) is not None:
        done = (
            group is not None
            and phrase.preposition is None
            and words.status_of.get(group.lemma) not in (None, TariffStatus.THREATENED)
        )
        start, last = sentence.tokens[noun].start, noun + 1
        end = sentence.tokens[last].end
        return Measure(start, end, None, None, noun, noun, last, group, "nominal", ended) if done else None
    last = phrase.last
    if group is None or not _says(sentence, noun, phrase, group):
        group, last = clause_on_it(sentence, noun) or _set_apart(sentence, noun) or _told_behind(sentence, noun), noun
    if group is None:
        return None
    first = next((i for i in range(phrase.first, noun + 1) if sentence.tokens[i].tag not in (Tag.DETERMINER,)), noun)
    start, end = sentence.tokens[first].start, sentence.tokens[_to_zero(sentence, noun, group)].end
    return Measure(start, end, None, None, noun, phrase.first, last, group, "measure")


def _to_zero(sentence: ParsedSentence, noun: int, group: VerbGroup) -> int:
    """The token of "zero" where the verb takes the measure there, which tells its rate, else the noun."""
    after = max(noun, group.last) + 1
    found = next((i for i in range(after, min(after + 12, len(sentence.tokens))) if _zero(sentence, i)), noun)
    parted = any(t.tag in (Tag.BREAK, Tag.COMMA, Tag.RELATIVE) for t in sentence.tokens[after:found])
    return noun if parted else found


def _zero(sentence: ParsedSentence, i: int) -> bool:
    return sentence.tokens[i].lower in ("zero", "nil") and sentence.tokens[i - 1].lower == "to"


def _names_another(sentence: ParsedSentence, i: int) -> bool:
    """Whether the noun behind makes the tariff part of another thing: "tariff nightmare", not "tariff hike"."""
    words = tariff_words()
    word = sentence.tokens[i].lower
    due = i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower == "to"
    known = (
        word in words.measure | words.weak_measure | words.batches | words.acts | words.goods or word in words.nominal
    )
    return sentence.tokens[i].tag == Tag.NOMINAL and not due and not known


def _ended_by_noun(sentence: ParsedSentence, noun: int) -> str | None:
    """The status that the noun right behind says where it is one of an end: "a 60-day tariff pause"."""
    behind = sentence.tokens[noun + 1].lower if noun + 1 < len(sentence.tokens) else ""
    said = tariff_words().nominal.get(behind)
    return said if said in (TariffStatus.SUSPENDED, TariffStatus.REMOVED) else None


def _says(sentence: ParsedSentence, noun: int, phrase: NounPhrase, group: VerbGroup) -> bool:
    """Whether the verb says what is done with the measure, not only what it does or how it is spoken of."""
    words = tariff_words()
    enters = enters_into_force(sentence, group)
    answers = group.lemma in words.with_measure or strikes_back(sentence, group)
    if not enters and not answers and group.lemma not in words.status_of:
        return False
    befallen = group.passive or group.form == "participle" or group.lemma in words.happens
    if group.first > noun and not befallen:
        return False
    if group.form == "gerund" and group.first and sentence.tokens[group.first - 1].lower == "for":
        return False
    if _already(sentence, group, phrase.first):
        return False
    plan = False
    subjected = _subjected(sentence, group, phrase)
    particle = phrase.preposition in _PARTICLES and phrase.first == group.last + 2
    particle = particle or phrase.first == group.last + 1 + group.lemma.count(" ")
    if phrase.preposition is not None and phrase.first > group.last and not particle:
        hit = group.lemma in words.patient_hit | {"threaten"} and phrase.preposition in ("with", "to", "by")
        hit = hit and not (group.form == "participle" and sentence.tokens[phrase.first].lower in _KNOWN)
        reply = answers and phrase.preposition == "with"
        plan = phrase.preposition == "with" and (
            sentence.tokens[phrase.first - 2].lower in ("ahead", "forward") or group.lemma == "proceed"
        )
        counted = counted_by(sentence, phrase.first) is not None or _of_all(sentence, group, phrase)
        counted = counted or (phrase.preposition == "including" and group.lemma in words.imposing)
        if not (hit or reply or plan or subjected or counted):
            return False
    put = noun + 1 < len(sentence.tokens) and sentence.tokens[noun + 1].lemma in words.imposing
    put = put and sentence.tokens[noun].lower in words.measure and group.lemma != "be"
    after = " ".join(t.lower for t in sentence.tokens[noun + (2 if put else 1) : noun + 6])
    said = any(f"{phrase} " in f"{after} " for phrase in words.status_phrase)
    direct = particle or (phrase.preposition is None and phrase.first <= group.last + 2)
    kept = phrase.preposition is None and kept_in_place(sentence, group) and phrase.first == group.last + 3
    direct, said = direct or kept, said or kept
    said = said or (
        (direct or group.lemma in words.imposing) and after.startswith(_leads(group)) and phrase.first > group.last
    )
    said = (
        said or after.startswith(_STANDING) or strikes_back(sentence, group) or (direct and group.lemma in words.using)
    )
    said = said or (direct and group.lemma == "take" and sentence.tokens[phrase.head].lower in ("action", "actions"))
    return group.lemma not in words.only_with_rate or group.passive or said or plan or enters or subjected


def _set_apart(sentence: ParsedSentence, noun: int) -> VerbGroup | None:
    """The participle in an aside that says on whom the measure was put: "the tariffs, invoked against Peru, raised"."""
    tokens = sentence.tokens
    group = next((g for g in sentence.groups if g.first == noun + 2), None)
    if group is None or tokens[noun + 1].tag != Tag.COMMA or group.lemma not in tariff_words().imposing:
        return None
    past = group.first == group.last and tokens[group.first].tag in (Tag.PAST, Tag.PARTICIPLE)
    aimed = any(t.lower in ("on", "against") for t in tokens[group.last + 1 : group.last + 5])
    return replace(group, form="participle", passive=True, tense=None) if past and aimed else None


def _leads(group: VerbGroup) -> tuple[str, ...]:
    """The words that lead from the verb's object to what the measure is on."""
    if group.lemma in _ADDING:
        return ("on ", "against ", "to ")
    changes = group.lemma in tariff_words().changing or " " in group.lemma
    return ("on ", "against ", "for ") if changes else ("on ", "against ")


def _told_behind(sentence: ParsedSentence, noun: int) -> VerbGroup | None:
    """The participle behind the measure that says by whom or on whom: "the duties imposed by Peru on tin"."""
    group = status_behind(sentence, noun)
    if (
        group is None
        or group.form != "participle"
        or group.lemma in tariff_words().only_with_rate - tariff_words().imposing
    ):
        return None
    led = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    phrase = sentence.phrase_at(sentence.tokens[noun].start)
    known = phrase is not None and sentence.tokens[phrase.first].lower in ("the", "these", "those")
    return group if led == "by" or (known and led in ("on", "against")) else None


def _of_all(sentence: ParsedSentence, group: VerbGroup, phrase: NounPhrase) -> bool:
    """Whether the verb takes all or some of the measures for its object: "will suspend all of the tariffs"."""
    between = sentence.tokens[group.last + 1 : phrase.first]
    return len(between) == 2 and between[1].lower == "of" and between[0].lower in tariff_words().shares


_GOODS_BEFORE = 5


def _subjected(sentence: ParsedSentence, group: VerbGroup, phrase: NounPhrase) -> bool:
    """Whether goods are under somebody's measure: "are subject to the EU's duties", "Chilean fish will be"."""
    before = [t.lower for t in sentence.tokens[group.last + 1 : phrase.first]]
    owned = any(t.tag in (Tag.GENITIVE, Tag.NAME) for t in sentence.tokens[phrase.first : phrase.head])
    stative = group.lemma in ("be", "become", "remain") and not group.negated
    ahead = group.modal in ("will", "would", "'ll") and any(
        t.tag == Tag.NAME for t in sentence.tokens[max(0, group.first - _GOODS_BEFORE) : group.first]
    )
    return stative and (owned or ahead) and before[-2:] == ["subject", "to"]


def _put_by(sentence: ParsedSentence, phrase: NounPhrase) -> VerbGroup | None:
    """The participle of imposing right behind a measure with who did it: "an answer to duties imposed by Peru on"."""
    group = next((g for g in sentence.groups if g.first == phrase.last + 1), None)
    if phrase.preposition is None or group is None or group.form != "participle":
        return None
    by = group.last + 1 < len(sentence.tokens) and sentence.tokens[group.last + 1].lower == "by"
    return group if by and group.lemma in tariff_words().imposing else None


def _absolute(sentence: ParsedSentence, phrase: NounPhrase) -> VerbGroup | None:
    """The past form that says what is done with the measure behind "with": "with tariffs eliminated on cars"."""
    group = next((g for g in sentence.groups if g.first == phrase.last + 1), None)
    if phrase.preposition != "with" or group is None or group.first != group.last:
        return None
    if sentence.tokens[group.first].tag not in (Tag.PAST, Tag.PARTICIPLE) or sentence.tokens[
        phrase.first - 2
    ].tag not in (Tag.COMMA, Tag.OPEN):
        return None
    known = group.lemma in tariff_words().status_of and group.lemma not in tariff_words().only_with_rate
    return replace(group, form="participle", passive=True) if known else None


def introduces(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a main clause tells of new measures that somebody put: "In May Togo imposed tariffs to protect"."""
    group = measure.group
    putting = tariff_words().imposing | tariff_words().using
    if group is None or group.lemma not in putting or group.form != "finite" or group.passive:
        return False
    new = sentence.tokens[measure.first].tag not in (Tag.DETERMINER, Tag.POSSESSIVE)
    edge = max((g.last for g in sentence.groups if g.last < group.first), default=-1)
    main = all(t.tag not in (Tag.SUBORDINATOR, Tag.RELATIVE) for t in sentence.tokens[edge + 1 : group.first])
    return new and main and group.modal is None and (group.tense == "past" or group.perfect)


def with_nominal(sentence: ParsedSentence, measure: Measure) -> Measure:
    """The measure with the status that a noun before it says, unless the verb takes it back."""
    if measure.noun is None:
        return measure
    phrase = sentence.phrase_at(sentence.tokens[min(measure.first, measure.noun)].start)
    noun = nominal_before(sentence, phrase.first) if phrase is not None else None
    if noun is None:
        return measure
    group = measure.group
    denied = group is not None and (group.negated or group.lemma in ("avoid", "prevent", "oppose", "reject", "rule"))
    said = None if denied else tariff_words().nominal[sentence.tokens[noun.head].lower]
    if said == TariffStatus.IMPOSED and _dated_ahead(sentence, noun):
        said = TariffStatus.ANNOUNCED
    if said == TariffStatus.IMPOSED and not denied:
        kinds = (tariff_words().modifier.get(t.lower) for t in sentence.tokens[noun.first : noun.head])
        said = next((kind for kind in kinds if kind is not None), said)
    stands = group is not None and group.lemma in _ADVISED and sentence.tokens[noun.head].lower in _KEEPING
    spoken_of = group is not None and group.lemma in _SPOKEN_OF and group.first < measure.first and not stands
    if said == TariffStatus.IMPOSED and group is not None and spoken_of:
        said = tariff_words().status_of[group.lemma] if group.modal not in _IMAGINED else None
    if said == TariffStatus.ANNOUNCED and group is not None and group.lemma in _PUT:
        said = None
    if said == TariffStatus.IMPOSED and group is not None and _halts(group, sentence, noun):
        said = tariff_words().status_of[group.lemma]
    ended = group is not None and tariff_words().status_of.get(group.lemma) == TariffStatus.REMOVED
    if said == TariffStatus.SUSPENDED and ended:
        said = TariffStatus.IMPOSED
    elif said in (TariffStatus.THREATENED, TariffStatus.ANNOUNCED) and ended:
        said = TariffStatus.REMOVED
    return replace(measure, said=said)


def _halts(group: VerbGroup, sentence: ParsedSentence, noun: NounPhrase) -> bool:
    """Whether the verb puts off what the noun names: "delayed the implementation of", "the collection of ... was"."""
    if tariff_words().status_of.get(group.lemma) != TariffStatus.SUSPENDED or group.modal in _IMAGINED:
        return False
    held = objects(sentence, group) if not group.passive else subject(sentence, group)
    return any(p.first == noun.first for p in held)


def _dated_ahead(sentence: ParsedSentence, noun: NounPhrase) -> bool:
    """Whether the act is only what something is set or asked for: "a deadline for imposition of the duties"."""
    before = sentence.phrase_at(sentence.tokens[noun.first - 2].start) if noun.first > 1 else None
    ahead = before is not None and sentence.tokens[before.head].lower in _AHEAD
    return noun.preposition in ("for", "of") and ahead


def _of_customs(sentence: ParsedSentence, noun: int) -> bool:
    """Whether a weak noun ("taxes", "measures") stands among words of trade, so that it is no tax at home."""
    words = tariff_words()
    tokens = sentence.tokens
    if tokens[noun].lower in words.measure or tokens[noun - 1].lower in words.trade_modifier | words.measure:
        return True
    near = {t.lower for t in tokens[max(0, noun - 6) : noun + 11]} - words.measure
    return bool(near & (words.goods | words.origin | words.trade_modifier | {"reciprocal", "own"}))


def _anaphoric(sentence: ParsedSentence, group: VerbGroup, first: int) -> bool:
    """Whether the subject is a measure told before: "The levy on these imports will rise"."""
    tokens = sentence.tokens
    told = {t.lower for t in tokens[first : min(first + 5, group.first)]} & {"these", "those", "such", "them"}
    return first < group.first and bool(told)


def _already(sentence: ParsedSentence, group: VerbGroup, first: int) -> bool:
    """Whether the phrase only says what goods bear by now: "goods already subject to the tax"."""
    before = {t.lower for t in sentence.tokens[max(0, first - 5) : first]}
    return {"already", "subject"} <= before or (_anaphoric(sentence, group, first))
