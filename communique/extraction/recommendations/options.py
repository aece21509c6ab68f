"""Options: whether "may", "could" or "might" offers one, or tells what is possible."""

from __future__ import annotations

from communique.extraction.model import Annotations
from communique.extraction.recommendations.addressees import addressee_ids
from communique.extraction.recommendations.case import Case, governing
from communique.extraction.recommendations.lists import Place
from communique.extraction.recommendations.recommenders import speaks_itself
from communique.extraction.recommendations.words import words_of
from communique.extraction.rows import Recommendation

NEAR = 2


def is_offered(
    annotations: Annotations, case: Case, index: int, place: Place, advice: tuple[Recommendation, ...]
) -> bool:
    """Whether "may", "could" or "might" offers an option to someone and does not tell what is possible.

    `advice` holds what the article itself recommends elsewhere: an option is offered among recommendations.
    """
    group = case.group
    if (
        not (case.agentive or case.head in ("it", "they"))
        or case.candidate.complement.negated
        or (group is not None and (group.passive or group.perfect))
    ):
        return False
    if not speaks_itself(annotations, case, index) and not case.sentence.quoted[case.candidate.first]:
        return False
    modal = case.tokens[case.candidate.first].lower
    numbered = place.listed or place.ordinal is not None
    if case.verb in words_of("verbs", "option_wish"):
        return modal != "can" and _wished(case) and (numbered or bool(advice))
    if case.verb in words_of("verbs", "option"):
        return modal != "can" and (numbered or len(advice) >= NEAR)
    if governing(case) is not None or case.verb in words_of("verbs", "not_willed"):
        return False
    if numbered:
        return modal != "can" or place.opens
    if modal not in ("could", "might") and not (modal == "can" and place.offered):
        return False
    if not (place.offered or len(advice) > NEAR):
        return False
    region = case.candidate.complement.addressees
    if region is None:
        return False
    addressed = addressee_ids(annotations, case.sentence, region, index)
    advised = {actor for row in advice for actor in row.addressee_ids}
    return bool(addressed) if place.offered else bool(advised.intersection(addressed))


def _wished(case: Case) -> bool:
    """ "may want to" with a verb of thought or of beginning."""
    after = case.tokens[case.candidate.verb + 1 : case.candidate.verb + 8]
    deed = next((t for i, t in enumerate(after) if i and after[i - 1].lower == "to"), None)
    return deed is not None and (deed.lemma in words_of("verbs", "option_wish_deeds") or case.verb == "wish")
