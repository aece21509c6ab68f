"""Threats to answer another's measure, and answers that were given, which no tariff noun carries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import tariff_nouns
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.owners import Owners
from communique.extraction.tariffs.words import tariff_words
from communique.extraction.wording import at_word_start
from schemas.vocabularies import TariffStatus

_RETALIATION = re.compile(
    at_word_start(
        r"retaliat(?:e|ing|ion)|respond(?:ing)? (?:in kind|identically|proportionately|accordingly)|"
        r"answer(?:ing)? in kind|hit(?:ting)? back|strik(?:e|ing) back|"
        r"retaliatory (?:action|measures|moves|steps)|counter-?measures|reciprocate|tit-for-tat"
    )
    + r"\b"
)
_THREATS = frozenset(
    {
        "threaten",
        "vow",
        "warn",
        "promise",
        "pledge",
        "say",
        "prepare",
        "ready",
        "swear",
        "announce",
        "respond",
        "reply",
        "declare",
        "insist",
        "state",
    }
)
_POSSIBLE = frozenset({"could", "may", "might"})
_IMAGINED = _POSSIBLE | {"should", "must"}


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat to retaliate: who threatens, the words that say so, and whom the verb names as warned.

    One that `is_done` was carried out.
    """

    phrases: tuple[NounPhrase, ...]
    start: int
    end: int
    warned: tuple[NounPhrase, ...] = ()
    is_done: bool = False


def threat_rows(index: int, sentence: ParsedSentence, roles: Roles, memory: Memory) -> list[Tariff]:
    """One row per party that sentence `index` says will answer, or answered, another's measure."""
    rows: list[Tariff] = []
    nouns = tariff_nouns(sentence, in_context=True)
    told = (*threats(sentence, roles.annotations.lower), *retaliations(sentence, nouns))
    if not told:
        return rows
    owners = Owners(roles.annotations.article.text, sentence, roles, index)
    owned = [owners.owner(noun) for noun in nouns]
    for threat in told:
        for imposer in _actors(index, roles, threat.phrases):
            if imposer in tariff_words().no_customs:
                continue
            answered = (o for o in owned if o not in (None, imposer))
            warned = (a for a in _actors(index, roles, threat.warned) if a != imposer)
            target = next(answered, None) or next(warned, None) or memory.imposer((imposer,), last=True)
            if threat.is_done and memory.knows(imposer, target):
                continue
            rows.append(
                Tariff(
                    char_start=threat.start, char_end=threat.end, sentence=index, rule="tariff.retaliation",
                    imposer_id=imposer, target_id=target, is_retaliatory=True,
                    status=TariffStatus.IMPOSED if threat.is_done else TariffStatus.THREATENED,
                )
            )  # fmt: skip
    return rows


def _actors(index: int, roles: Roles, phrases: tuple[NounPhrase, ...]) -> tuple[str, ...]:
    actors = (roles.actor_of(index, p) for p in phrases)
    return tuple(dict.fromkeys(a for a in actors if a is not None))


def threats(sentence: ParsedSentence, lower: str) -> tuple[Threat, ...]:
    """Threats to retaliate that a verb of threatening or announcing introduces and no negation takes back.

    `lower` is the article's text in lower case.
    """
    found = []
    for match in _RETALIATION.finditer(lower, sentence.start, sentence.end):
        verb = _threatening(sentence, match.start())
        if verb is None:
            continue
        phrases = subject(sentence, _inner(sentence, verb, match.start()) or verb)
        if phrases:
            phrases = (*phrases, *_as_well_as(sentence, phrases[-1], verb))
            warned = objects(sentence, verb) if verb.lemma in ("warn", "threaten", "tell") and not verb.passive else ()
            after = sentence.phrases_between(sentence.token_at(match.end() - 1) + 1, len(sentence.tokens) - 1)[:2]
            warned = (*(p for p in after if p.preposition == "against"), *warned)
            found.append(Threat(phrases, min(verb.start, match.start()), match.end(), warned))
    return tuple(found)


def retaliations(sentence: ParsedSentence, nouns: tuple[int, ...]) -> tuple[Threat, ...]:
    """Retaliation against a tariff that a sentence tells as done: "had already retaliated against Peru's duties"."""
    found = []
    for group in sentence.groups:
        done = group.lemma == "retaliate" and group.form == "finite" and group.tense == "past" and group.modal is None
        behind = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
        answered = next((n for n in nouns if n > group.last), None)
        if not done or group.negated or behind not in ("against", "for", "over") or answered is None:
            continue
        if any(t.tag in (Tag.COMMA, Tag.COORDINATOR, Tag.BREAK) for t in sentence.tokens[group.last : answered]):
            continue
        if phrases := subject(sentence, group):
            found.append(Threat(phrases, group.start, sentence.tokens[answered].end, is_done=True))
    return tuple(found)


def _threatening(sentence: ParsedSentence, offset: int) -> VerbGroup | None:
    before = [g for g in sentence.groups if g.start <= offset]
    for group in reversed(before[-3:]):
        if group.negated or group.modal in _IMAGINED:
            warned = before[-2:-1] if group is before[-1] and group.modal in _POSSIBLE else []
            return next((g for g in warned if g.lemma in ("warn", "threaten") and not g.negated), None)
        if group.lemma in _THREATS and group.form != "participle":
            says = group.lemma in ("say", "announce", "respond", "reply", "declare", "insist", "state", "warn")
            if group.lemma == "respond" and group is before[-1]:
                continue
            inner = before[-1]
            return group if not says or inner.modal in ("will", "would") else None
    return None


def _inner(sentence: ParsedSentence, verb: VerbGroup, offset: int) -> VerbGroup | None:
    """The finite verb of retaliating itself, whose subject says who will: "warned the country would retaliate"."""
    group = sentence.group_at(offset)
    return group if group is not None and group.form == "finite" and group is not verb else None


def _as_well_as(sentence: ParsedSentence, phrase: NounPhrase, verb: VerbGroup) -> tuple[NounPhrase, ...]:
    more = sentence.phrases_between(phrase.last + 1, verb.first - 1)
    return tuple(p for p in more if p.preposition in ("as", "alongside", "with", "like", "including"))
