"""Who recommends: the subject of the recommending verb, or the speaker of the clause; None where the article speaks."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.grammar.clauses import agent, subject
from communique.extraction.grammar.nouns_or_verbs import ends_in_plural
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.stretch import attribution_before
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.addressees import addressee_ids
from communique.extraction.recommendations.case import PASSIVE_ASKING, Case
from communique.extraction.recommendations.complements import ADVICE
from communique.extraction.recommendations.referents import mentions_in, role_of
from communique.extraction.recommendations.words import is_agent, words_of
from communique.extraction.roles.floor import turn_at
from communique.extraction.speakers import in_quotation, quotation_speaker, saying_verbs, speaker_words

_FIRST_PERSON = frozenset({"we", "i", "us"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i"})
_OF_PEOPLE = ("ers", "ors", "ists", "ians", "ants", "ees", "men", "women", "er", "or", "ist", "ian", "man", "woman")
_OWNED = frozenset({"advice is to", "advice is that", "calls from"})
_OPENING = 2
_REACH = 6
_LONGEST_RESOLUTION = 200
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Voice:
    """Who recommends: an actor, or only the words that name one; neither where the article itself speaks."""

    actor_id: str | None = None
    words: str | None = None


def recommender(annotations: Annotations, case: Case, index: int) -> Voice:
    """Who makes the recommendation of sentence `index`."""
    first, last = case.start, case.candidate.span[1]
    if case.candidate.construction.by_subject:
        who = _urging_paper(case) or (subject(case.sentence, case.own) if case.own is not None else ())
        if len(who) > 1 and case.tokens[who[-1].head].lower in _NOMINATIVE:
            who = who[-1:]
        if who and not _first_person(annotations, who):
            return _voice(annotations, who, index)
        if not who and case.candidate.first <= _OPENING:
            return Voice(resolving_body(annotations, index))
    if case.name in PASSIVE_ASKING and case.own is not None and (who := agent(case.sentence, case.own)):
        return _voice(annotations, who, index)
    if case.name == "the need to":
        governor = [g for g in case.sentence.groups if g.last < first][-1:]
        who = subject(case.sentence, governor[0]) if governor else ()
        named = _voice(annotations, who, index) if who and not _first_person(annotations, who) else Voice()
        if named.actor_id is not None or (governor and governor[0].lemma in words_of("verbs", "stressing")):
            return named
    who = _owner(case) or _interposed(case) or speaker_words(case.sentence, first, last)
    if who and not _first_person(annotations, who):
        return _voice(annotations, who, index)
    if in_quotation(annotations.article, index, case.tokens[first].end):
        found = quotation_speaker(annotations, index)
        return Voice() if found is None else _voice(annotations, found[1], found[0])
    return Voice(resolving_body(annotations, index) if _operative(case) else _of_turn(annotations, index))


def _urging_paper(case: Case) -> tuple[NounPhrase, ...]:
    """The paper right before a gerund: "could not accept a report urging Peru to pay"."""
    own = case.own
    if own is None or own.form != "gerund" or not own.first:
        return ()
    before = case.tokens[own.first - 1]
    phrase = case.sentence.phrase_at(before.start) if before.lower in words_of("nouns", "papers") else None
    return () if phrase is None else (phrase,)


def _owner(case: Case) -> tuple[NounPhrase, ...]:
    """Whose advice or call it is: "the bank's advice is to sell", "calls from farmers for Peru to act"."""
    if case.name not in _OWNED:
        return ()
    first, last = case.candidate.first, case.candidate.last
    if case.name == "calls from":
        return case.sentence.phrases_between(first + 1, last)[:1]
    owner = next((i for i in range(first, last) if case.tokens[i].tag == Tag.GENITIVE), None)
    if owner is None or owner == first or not any(t.lower in ADVICE for t in case.tokens[owner:last]):
        return ()
    phrase = case.sentence.phrase_at(case.tokens[first].start)
    first = first if phrase is None else phrase.first
    return (NounPhrase(first, owner - 1, owner - 1, None, case.tokens[first].start, case.tokens[owner - 1].end),)


def _of_turn(annotations: Annotations, index: int) -> str | None:
    """Who has the floor, where the article is a transcript."""
    turn = turn_at(annotations, index)
    return None if turn is None else turn.actor_id


def _operative(case: Case) -> bool:
    """Whether a sentence is a clause of a resolution: "Stresses that ...", without a subject."""
    form = verb_forms().get(case.tokens[0].lower)
    third = form is not None and Tag.THIRD in form.tags
    return third and form is not None and form.lemma in saying_verbs() | words_of("verbs", "appealing")


def _interposed(case: Case) -> tuple[NounPhrase, ...]:
    """Who speaks in an aside between subject and verb: "ministers, she told me, have to act"."""
    aside = attribution_before(case.sentence, case.own) if case.own is not None else None
    return () if aside is None else (aside.speaker,)


def _voice(annotations: Annotations, phrases: tuple[NounPhrase, ...], index: int) -> Voice:
    actor_id = _named(annotations, phrases, index)
    if actor_id is not None:
        return Voice(actor_id)
    sentence = annotations.parsed(index)
    if sentence.tokens[phrases[0].head].tag == Tag.PRONOUN and len(phrases) == 1:
        return _voice_before(annotations, phrases[0], index)
    end = phrases[-1]
    for phrase in sentence.phrases_between(end.last + 1, end.last + 8):
        if phrase.preposition != "of" or phrase.first != end.last + 2:
            break
        end = phrase
    if not _may_speak(sentence, phrases) and not _may_speak(sentence, (end,)):
        return Voice()
    return Voice(None, annotations.article.text[phrases[0].start : end.end])


def _voice_before(annotations: Annotations, phrase: NounPhrase, index: int) -> Voice:
    """Whom a pronoun stands for: the subject of the clause or sentence before it, else the person named last."""
    sentences = annotations.article.sentences
    pronoun = annotations.parsed(index).tokens[phrase.head].lower
    for i in (index, index - 1):
        if i < 0 or sentences[i].paragraph != sentences[index].paragraph:
            break
        earlier = annotations.parsed(i)
        for group in earlier.groups:
            who = subject(earlier, group) if group.form == "finite" and (i < index or group.last < phrase.first) else ()
            apart = bool(who) and i == index and earlier.quoted[who[0].head] != earlier.quoted[phrase.head]
            if who and not apart and earlier.tokens[who[0].head].tag != Tag.PRONOUN and _may_speak(earlier, who):
                voice = _voice(annotations, who, i)
                if pronoun not in ("he", "she") or _may_be_one_person(voice, earlier, who):
                    return voice
    if pronoun in ("he", "she"):
        told = _person_before(annotations, index)
        if told is not None:
            return Voice(told)
        since = sentences[max(index - _REACH, 0)].start
        for mention in reversed(mentions_in(annotations, since, sentences[index].start)):
            if mention.actor_id.startswith("person:"):
                return Voice(mention.actor_id)
    return Voice(None, pronoun) if pronoun in ("he", "she", "they") else Voice()


def _may_be_one_person(voice: Voice, sentence: ParsedSentence, who: tuple[NounPhrase, ...]) -> bool:
    """Whether "he" or "she" can stand for a subject: for a person, or somebody without a name."""
    if voice.actor_id is not None:
        return voice.actor_id.startswith("person:")
    return len(who) == 1 and not ends_in_plural(sentence.tokens[who[0].head].lower)


def _person_before(annotations: Annotations, index: int) -> str | None:
    """The person who is the subject of the nearest sentence before: of "she" in a story about what she said."""
    for i in range(index - 1, max(index - _REACH, -1), -1):
        sentence = annotations.parsed(i)
        for group in reversed(sentence.groups):
            who = subject(sentence, group) if group.form == "finite" and group.lemma in saying_verbs() else ()
            named = _named(annotations, who, i) if who and sentence.tokens[who[0].head].tag == Tag.NAME else None
            if named is not None and named.startswith("person:"):
                return named
    return None


def _may_speak(sentence: ParsedSentence, phrases: tuple[NounPhrase, ...]) -> bool:
    head = sentence.tokens[phrases[-1].head]
    return (
        head.tag == Tag.NAME
        or is_agent(head.lower)
        or head.lower in words_of("nouns", "papers") | words_of("nouns", "speakers")
        or head.lower.endswith(_OF_PEOPLE)
    )


def resolving_body(annotations: Annotations, index: int) -> str | None:
    """The body whose resolution the clauses are: the line "The Security Council," before them."""
    sentences = annotations.article.sentences
    text = annotations.article.text
    for i in range(index - 1, max(index - _LONGEST_RESOLUTION, -1), -1):
        start, end = sentences[i].start, sentences[i].end
        if end - start <= _LONGEST_NAME and text[end - 1] == "," and text[start : start + 4] == "The ":
            named = mentions_in(annotations, start, end)
            return role_of(annotations, named[-1].actor_id, "") if named else None
    return None


def speaks_itself(annotations: Annotations, case: Case, index: int) -> bool:
    """Whether the article itself recommends: no speaker is named and no quotation open."""
    first, last = case.start, case.candidate.span[1]
    if in_quotation(annotations.article, index, case.tokens[first].end):
        return False
    who = speaker_words(case.sentence, first, last)
    if case.candidate.construction.by_subject and case.own is not None:
        who = who or subject(case.sentence, case.own)
    return not who or _first_person(annotations, who)


def _first_person(annotations: Annotations, phrases: tuple[NounPhrase, ...]) -> bool:
    return annotations.article.text[phrases[0].start : phrases[0].end].lower() in _FIRST_PERSON


def _named(annotations: Annotations, phrases: tuple[NounPhrase, ...], index: int) -> str | None:
    sentence = annotations.parsed(index)
    ids = addressee_ids(annotations, sentence, (phrases[0].first, _with_apposition(annotations, phrases, index)), index)
    return ids[0] if ids else None


def _with_apposition(annotations: Annotations, phrases: tuple[NounPhrase, ...], index: int) -> int:
    """The last token of the phrases with what stands behind a comma or "of" right after them."""
    sentence = annotations.parsed(index)
    last = phrases[-1].last
    for phrase in sentence.phrases_between(last + 1, last + 6):
        between = sentence.tokens[last + 1 : phrase.first]
        if len(between) > 1 or sentence.group_at(sentence.tokens[phrase.first - 1].start) is not None:
            break
        last = phrase.last
    return last
