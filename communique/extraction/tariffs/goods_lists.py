"""Rows of measures that a list of goods makes known: "Peru released a list of Chilean goods that will face duties"."""

from __future__ import annotations

from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import tariff_nouns
from communique.extraction.tariffs.parties import PartyFinder
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_LISTS = frozenset({"list", "lists"})
_OPEN = frozenset({"could", "may", "might", "can"})
_FARTHEST = 12


def goods_list_rows(index: int, sentence: ParsedSentence, roles: Roles) -> list[Tariff]:
    """One row per state whose goods are on a list of what will bear a tariff; who makes it known imposes it."""
    nouns = tariff_nouns(sentence, in_context=False) if _LISTS & {t.lower for t in sentence.tokens} else ()
    finder = PartyFinder(roles.annotations.article.text, sentence, roles, index)
    for group in sentence.groups if nouns else ():
        bearing = _bearing(sentence, group, nouns)
        if bearing is None or not any(sentence.tokens[p.head].lower in _LISTS for p in objects(sentence, group)):
            continue
        named = map(finder.actor_of, subject(sentence, group))
        imposer = next((a for a in named if a is not None and a.startswith(STATES)), None)
        first, last = sentence.tokens[group.last].end, sentence.tokens[bearing.first].start
        goods = (finder.payers.as_target(m.actor_id) for m in roles.mentions_in(first, last))
        targets = tuple(dict.fromkeys(t for t in goods if t is not None and t.startswith(STATES) and t != imposer))
        noun = next(n for n in nouns if n > bearing.last)
        rows = [
            Tariff(
                char_start=sentence.tokens[noun].start, char_end=sentence.tokens[noun].end, sentence=index,
                rule="tariff.goods_list", imposer_id=imposer, target_id=target,
                status=TariffStatus.THREATENED if bearing.modal in _OPEN else TariffStatus.ANNOUNCED,
            )
            for target in targets
        ]  # fmt: skip
        return rows if imposer is not None else []
    return []


def _bearing(sentence: ParsedSentence, making: VerbGroup, nouns: tuple[int, ...]) -> VerbGroup | None:
    """The verb of the goods on the list, right before the tariff they bear: "that would be subject to tariffs"."""
    if making.lemma not in tariff_words().listing or making.passive or making.negated:
        return None
    for group in sentence.groups:
        near = any(0 < noun - group.last < _FARTHEST for noun in nouns)
        subjected = group.lemma == "be" and sentence.tokens[group.last + 1].lower in tariff_words().subjected
        bears = subjected or group.lemma in tariff_words().listed
        if group.first > making.last and near and bears and not group.negated:
            return group
    return None
