"""Rows of exemptions: who or what a measure spares."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.exemptions import Exemption, complement_noun, exemptions
from communique.extraction.tariffs.measure import Measure, tariff_nouns
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.parties import Parties, PartyFinder
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_NEAR = 2
"""For how many sentences after a measure an exemption that names no tariff is from it."""


def spared_measures(sentence: ParsedSentence) -> dict[int, Exemption]:
    """The exemptions of a sentence that name their tariff, by the token of the tariff noun."""
    nouns = tariff_nouns(sentence, in_context=True)
    found = ((complement_noun(sentence, e.group, nouns), e) for e in exemptions(sentence, nouns))
    return {noun: exemption for noun, exemption in found if noun is not None}


def _is_decision(sentence: ParsedSentence, found: Exemption) -> bool:
    """Whether it is the measure told before or what decided on it that spares somebody: "The decree excludes Peru"."""
    heads = {sentence.tokens[p.head].lower for p in found.actors}
    opening = sentence.tokens[found.actors[0].first].lower if found.actors else ""
    return opening in ("the", "this", "that", "it") and bool(heads & tariff_words().decisions)


def _acting(
    index: int, sentence: ParsedSentence, roles: Roles, found: Exemption, targets: tuple[str, ...]
) -> str | None:
    """The state that does what leads to the exemption: "Peru tried to calm them by exempting 20 products"."""
    for group in reversed([g for g in sentence.groups if g.last < found.group.first and g.form == "finite"]):
        actors = (roles.actor_of(index, p) for p in subject(sentence, group))
        state = next((a for a in actors if a is not None and a.startswith(STATES) and a not in targets), None)
        if state is not None and not group.passive:
            return state
    return None


def _not_reaching(sentence: ParsedSentence, found: Exemption, measured: list[tuple[Measure, Parties]]) -> int | None:
    """The noun of the measure that is said not to reach somebody: "Peru's 9% duty on cars does not apply to parts"."""
    if not found.group.negated:
        return None
    subjects = subject(sentence, found.group)
    rated = (m.noun for m, p in measured if m.counted and m.group is not None and m.group.first == found.group.first)
    return next((n for n in rated if n is not None and any(p.first <= n <= p.last for p in subjects)), None)


def exemption_rows(
    index: int,
    sentence: ParsedSentence,
    roles: Roles,
    memory: Memory,
    measured: list[tuple[Measure, Parties]],
) -> list[Tariff]:
    """One row per exemption and target of sentence `index`, and one for the measure of `measured` that it is from.

    Who is spared pays nothing, so that the rate is only in the row of those that are not.
    """
    rows: list[Tariff] = []
    text = roles.annotations.article.text
    finder = PartyFinder(text, sentence, roles, index)
    nouns = tariff_nouns(sentence, in_context=True)
    last = memory.last
    told = last is not None and index - last.sentence <= _NEAR and last.status != TariffStatus.EXEMPTED
    for found in exemptions(sentence, nouns, told):
        noun = complement_noun(sentence, found.group, nouns) or _not_reaching(sentence, found, measured)
        named_measures = [(m, p) for m, p in measured if noun is not None and m.noun == noun]
        sold, market = finder.payers.let_in(found.group) if not found.actors else ((), None)
        targets = sold or tuple(dict.fromkeys(a for p in found.phrases if (a := finder.actor_of(p)) is not None))
        owner = None
        start, end = found.start, found.end
        if noun is not None:
            start, end = sentence.tokens[noun].start, sentence.tokens[noun].end
            owner, bare = finder.owners.owner_and_modifier(noun)
            targets = targets or ((bare,) if bare else ())
        if named_measures:
            start, end = named_measures[0][0].start, named_measures[0][0].end
        actor = finder.actor_of(found.actors[0]) if found.actors else None
        if actor is None and last is not None and _is_decision(sentence, found):
            actor = last.imposer_id
        named = next((a for a in (owner, actor, market) if a is not None and a not in targets), None)
        imposer = named or _acting(index, sentence, roles, found, targets) or memory.imposer(targets)
        imposer = imposer or memory.standing.only(targets)
        spared = targets
        of_goods = found.group.negated and not targets
        if named_measures and not targets:
            targets = named_measures[0][1].targets
        whole = text[found.phrases[0].start : found.phrases[-1].end]
        product = None if targets and noun is not None and not of_goods else whole
        rated = [(m, p) for m, p in named_measures if m.rate is not None]
        if rated and noun is not None and not found.group.negated:
            first, last_token = sorted((found.group.main, noun))
            start, end = sentence.tokens[first].start, sentence.tokens[last_token].end
        hit = memory.last.target_id if memory.last else None
        letting = found.group.lemma in tariff_words().letting
        if (imposer is None and not targets) or (letting and actor is None):
            continue
        if not nouns and found.actors and not letting and (last is None or actor != last.imposer_id or not targets):
            continue
        for target in targets or (hit if hit != imposer else None,):
            rows.append(
                Tariff(
                    char_start=start, char_end=end, sentence=index, rule="tariff.exempted", imposer_id=imposer,
                    target_id=target, product=product, status=TariffStatus.EXEMPTED,
                )
            )  # fmt: skip
        others = [(m, replace(p, product=None) if found.group.negated and p.product == whole else p) for m, p in rated]
        rows += [borne for m, p in others for borne in _borne(index, m, p, imposer, spared)]
    return rows


def _borne(
    index: int, measure: Measure, parties: Parties, imposer: str | None, spared: tuple[str, ...]
) -> list[Tariff]:
    """The measure that those who are not spared bear."""
    return [
        Tariff(
            char_start=measure.start, char_end=measure.end, sentence=index, rule="tariff.exempted_from",
            imposer_id=imposer, target_id=target, product=parties.product, rate_percent=measure.rate,
            rate_percent_upper=measure.upper, status=TariffStatus.IMPOSED,
        )
        for target in tuple(t for t in parties.targets if t not in spared) or (None,)
    ]  # fmt: skip
