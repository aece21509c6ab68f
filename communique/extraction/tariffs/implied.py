"""What rows before imply: whose measure is answered, where the goods of a firm come from, what is only proposed."""

from __future__ import annotations

import re

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_REPLY = re.compile(r"\b(?:in|as) (?:an? )?(?:\w+ )?(?:response|retaliation|reply|answer) (?:to|for|against|over) ")

_UNFAIR = frozenset({"dump", "undercut", "undersell", "subsidise", "subsidize", "flood", "underprice"})
_SELLING = frozenset({"sell", "export", "ship", "price"})
_BELOW = frozenset({"below", "under"})
_NEAR = 2


def whom_it_answers(sentence: ParsedSentence, roles: Roles, measure: Measure, imposer: str | None) -> tuple[str, ...]:
    """Whose measure the sentence says is answered: "duties in response to Peru's copper and tin levies"."""
    lower = roles.annotations.lower
    reply = _REPLY.search(lower, measure.end, sentence.end)
    if reply is None:
        return ()
    end = next((at for sign in ",;" if (at := lower.find(sign, reply.end(), sentence.end)) >= 0), sentence.end)
    if tariff_words().trigger.search(roles.annotations.article.text, reply.end(), end) is None:
        return ()
    named = (roles.role(m.actor_id) for m in roles.mentions_in(reply.end(), end))
    states = [role for role in named if role is not None and role.startswith(STATES) and role != imposer]
    return tuple(states[:1])


def who_sells_unfairly(sentence: ParsedSentence, roles: Roles, imposer: str | None) -> tuple[str, ...]:
    """Who is said to dump its goods or to subsidise them: "found that Peru's mills had been dumping steel and set"."""
    for group in sentence.groups:
        following = {t.lower for t in sentence.tokens[group.last + 1 : group.last + 6]}
        unfair = group.lemma in _UNFAIR or (group.lemma in _SELLING and following & _BELOW)
        if not unfair or group.negated:
            continue
        named = (roles.role(m.actor_id) for p in subject(sentence, group) for m in roles.mentions_in(p.start, p.end))
        states = dict.fromkeys(r for r in named if r is not None and r.startswith(STATES) and r != imposer)
        if states:
            return tuple(states)
    return ()


def where_firms_sell_from(
    sentence: ParsedSentence, roles: Roles, memory: Memory, targets: tuple[str, ...], imposer: str | None
) -> tuple[str, ...]:
    """The targets, those that only a firm stands for as the state whose goods the imposer hit before.

    After duties on cars from Chile an American firm that "faces a duty of 9%" sells from Chile.
    """
    told = memory.only_target(imposer) if targets and imposer is not None else None
    if told is None or told in targets:
        return targets
    actors = roles.annotations.actors
    mentions = roles.mentions_in(sentence.start, sentence.end)
    firms = {actors[m.actor_id].country for m in mentions if actors[m.actor_id].type == "company"}
    named = {roles.role(m.actor_id) for m in mentions if actors[m.actor_id].type != "company"}
    homes = {f"country:{home}" for home in firms if home is not None} - named
    return tuple(told if t in homes else t for t in targets)


def only_proposed(
    memory: Memory, index: int, measure: Measure, imposer: str | None, targets: tuple[str | None, ...]
) -> bool:
    """Whether the present tells of what was only threatened before: "It proposed duties. Firms face 9 percent"."""
    last, group = memory.last, measure.group
    if (
        last is None
        or group is None
        or group.tense != "present"
        or group.modal is not None
        or group.lemma in tariff_words().imposing
    ):
        return False
    same = (last.imposer_id, {last.target_id}) == (imposer, set(targets)) and index - last.sentence <= _NEAR
    return same and last.status == TariffStatus.THREATENED and not group.perfect
