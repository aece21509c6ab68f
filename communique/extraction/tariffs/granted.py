"""Rows of exemptions that a noun names and a verb grants: "gave an exemption to Japan and Peru", "won a waiver"."""

from __future__ import annotations

import re

from communique.extraction.grammar.clauses import clause_end, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import Measure, tariff_nouns
from communique.extraction.tariffs.members import listed_states
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.parties import PartyFinder
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_STEMS = re.compile(
    "exemption|waiver|exclusion|exception|reprieve|carve-out|(?:duty|tariff)-free (?:access|treatment|entry|status)"
)
_LEAD = 5
_FREE = frozenset({"duty-free", "tariff-free"})


def granted_rows(index: int, sentence: ParsedSentence, roles: Roles, memory: Memory) -> list[Tariff]:
    """One row per party that sentence `index` says was granted an exemption from a tariff."""
    if _STEMS.search(roles.annotations.lower, sentence.start, sentence.end) is None:
        return []
    relief = tariff_words().nouns_of_relief
    noun = next((i for i, t in enumerate(sentence.tokens) if t.lower in relief or t.lower in _FREE), None)
    if noun is None:
        return []
    finder = PartyFinder(roles.annotations.article.text, sentence, roles, index)
    tariffs = tariff_nouns(sentence, in_context=True)
    if not tariffs and sentence.tokens[noun].lower not in _FREE:
        return []
    for group in sentence.groups:
        ended = tariff_words().status_of.get(group.lemma) == TariffStatus.REMOVED and not group.passive
        if not _grants(sentence, group, noun, ended):
            continue
        receiving = group.lemma in tariff_words().receiving or group.passive
        phrases = subject(sentence, group) if receiving else _receivers(sentence, group)
        limit = sentence.tokens[noun].start if sentence.tokens[noun].lower in _FREE and not receiving else sentence.end
        named = (
            r for p in phrases for m in roles.mentions_in(p.start, min(p.end, limit)) if (r := roles.role(m.actor_id))
        )
        targets = tuple(dict.fromkeys(r for r in named if r.startswith(STATES)))
        hit, product = ((), None) if receiving or not tariffs else _relieved(sentence, finder, noun, tariffs[0], group)
        targets = targets or hit
        owners = (finder.owners.owner(n) for n in tariffs)
        markets = (p for p in sentence.phrases_between(noun + 1, noun + 5) if p.preposition in ("to", "into", "in"))
        givers = () if receiving else tuple(map(finder.actor_of, subject(sentence, group)))
        givers = (*givers, *map(finder.actor_of, markets)) if sentence.tokens[noun].lower in _FREE else givers
        imposer = next((o for o in (*owners, *givers) if o is not None and o not in targets), None)
        imposer = imposer or memory.imposer(targets)
        start, end = sentence.tokens[min(noun, group.first)].start, sentence.tokens[max(noun, group.last)].end
        return [
            Tariff(
                char_start=start, char_end=end, sentence=index, rule="tariff.exemption_granted", imposer_id=imposer,
                target_id=target, product=product, status=TariffStatus.IMPOSED if ended else TariffStatus.EXEMPTED,
            )
            for target in targets or ((None,) if product is not None and imposer is not None else ())
        ]  # fmt: skip
    return _standing(index, sentence, roles, memory, noun, tariffs)


def is_relief(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a tariff without a rate is named as what frees from it: "the duty waiver", "exemption from the levy"."""
    if measure.noun is None or measure.counted:
        return False
    relief, tokens, noun = tariff_words().nouns_of_relief, sentence.tokens, measure.noun
    if noun + 1 < len(tokens) and tokens[noun + 1].lower in relief:
        return True
    leads = (i for i in range(noun - 1, max(noun - _LEAD, 0), -1) if tokens[i].lower in ("from", "of"))
    return any(tokens[i - 1].lower in relief for i in leads)


def _relieved(
    sentence: ParsedSentence, finder: PartyFinder, noun: int, tariff: int, group: VerbGroup
) -> tuple[tuple[str, ...], str | None]:
    """On whom and on what goods the tariff is from which the noun frees: "a duty waiver on lentils"."""
    first, last = min(noun, tariff), max(noun, tariff)
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    measure = Measure(start, end, None, None, last, first, last, group, "measure")
    hit, _, aimed = finder.hits.aimed_at(measure)
    return tuple(h for h in hit if h.startswith(STATES)), aimed.product


def _standing(
    index: int, sentence: ParsedSentence, roles: Roles, memory: Memory, noun: int, tariffs: tuple[int, ...]
) -> list[Tariff]:
    """Rows of an exemption that is said to be there: "there is an exemption for parts", "keeps a waiver for Peru"."""
    tokens = sentence.tokens
    words = tariff_words()
    group = next((g for g in reversed(sentence.groups) if g.last < noun), None)
    to = next((i for i in range(noun + 1, min(noun + 4, len(tokens) - 1)) if tokens[i].lower == "for"), None)
    if group is None or to is None or group.lemma not in words.holding or group.negated or group.modal:
        return []
    if any(t.tag in (Tag.COMMA, Tag.BREAK, Tag.NEGATION) for t in tokens[group.last + 1 : to]):
        return []
    end = next((i for i in range(to + 1, len(tokens)) if tokens[i].tag in (Tag.COMMA, Tag.BREAK)), len(tokens) - 1)
    last = end if tokens[end].tag not in (Tag.COMMA, Tag.BREAK) and tokens[end].text[0].isalnum() else end - 1
    named = tuple(dict.fromkeys(state for state, _ in listed_states(sentence, roles, tokens[to + 1].start)))
    finder = PartyFinder(roles.annotations.article.text, sentence, roles, index)
    owners = (finder.owners.owner(n) for n in tariffs)
    imposer = next((o for o in owners if o is not None and o not in named), None) or memory.imposer(named)
    product = None if named else roles.annotations.article.text[tokens[to + 1].start : tokens[last].end]
    return [
        Tariff(
            char_start=tokens[noun].start, char_end=tokens[last].end, sentence=index, rule="tariff.exemption_standing",
            imposer_id=imposer, target_id=target, product=product, status=TariffStatus.EXEMPTED,
        )
        for target in named or (None,)
        if imposer is not None
    ]  # fmt: skip


def _grants(sentence: ParsedSentence, group: VerbGroup, noun: int, ended: bool) -> bool:
    if (
        (group.lemma not in tariff_words().granting | tariff_words().receiving and not ended)
        or group.negated
        or group.modal not in (None, "will")
    ):
        return False
    if group.form == "infinitive":
        return False
    if group.lemma == "have" and noun > group.last + 3:
        return False
    return group.last < noun <= clause_end(sentence, group) or (
        noun < group.first and group.lemma in tariff_words().granting
    )


def _receivers(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases that the verb gives to: its indirect object, else those behind "to" or "for"."""
    after = sentence.phrases_between(group.last + 1, len(sentence.tokens) - 1)
    if (
        after
        and after[0].preposition is None
        and sentence.tokens[after[0].head].lower not in tariff_words().nouns_of_relief
    ):
        end = next(
            (i for i, p in enumerate(after) if sentence.tokens[p.head].lower in tariff_words().nouns_of_relief),
            len(after),
        )
        return after[:end]
    opening = next((i for i, p in enumerate(after) if p.preposition in ("to", "for")), len(after))
    rest = after[opening:]
    stop = next((i for i, p in enumerate(rest) if i and p.preposition not in (None, "to", "for")), len(rest))
    return rest[:stop]
