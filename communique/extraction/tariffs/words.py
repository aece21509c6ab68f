"""The lexicon of customs measures, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from communique.extraction.wording import at_word_start, load_toml

STATES: Final = ("country:", "international_organisation:european-union")
"""How the ids of those begin who levy customs: states, and the customs union among the bodies."""


@dataclass(frozen=True, slots=True)
class TariffWords:
    """Words of `tariffs.toml`; `status_of` maps a verb's lemma to the status it says."""

    measure: frozenset[str]
    weak_measure: frozenset[str]
    trade_modifier: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    relief: frozenset[str]
    weak_not_before: frozenset[str]
    only_with_rate: frozenset[str]
    done_to: frozenset[str]
    retaliatory: re.Pattern[str]
    retaliatory_adjectives: frozenset[str]
    status_of: Mapping[str, str]
    status_phrase: Mapping[str, str]
    in_force: tuple[str, ...]
    happens: frozenset[str]
    subject_pays: frozenset[str]
    listing: frozenset[str]
    listed: frozenset[str]
    subjected: frozenset[str]
    agreeing: frozenset[str]
    aiming: frozenset[str]
    covering: frozenset[str]
    holding: frozenset[str]
    universal: frozenset[str]
    on_somebody: frozenset[str]
    everybody: frozenset[str]
    pacts: frozenset[str]
    levels: frozenset[str]
    patient_hit: frozenset[str]
    goods: frozenset[str]
    spoken_of: frozenset[str]
    classes: frozenset[str]
    peoples: frozenset[str]
    firms: frozenset[str]
    helping: frozenset[str]
    partners: frozenset[str]
    decisions: frozenset[str]
    processed: frozenset[str]
    no_customs: frozenset[str]
    other_percentages: frozenset[str]
    at_home: frozenset[str]
    changing: frozenset[str]
    regarding: frozenset[str]
    messages: frozenset[str]
    having_done: frozenset[str]
    easing: frozenset[str]
    offering: frozenset[str]
    ranging: frozenset[str]
    plain: frozenset[str]
    absent: frozenset[str]
    acts: frozenset[str]
    effects: frozenset[str]
    origin: frozenset[str]
    nominal: Mapping[str, str]
    permission: frozenset[str]
    batches: frozenset[str]
    sums: frozenset[str]
    up_to: frozenset[str]
    shares: frozenset[str]
    enabled: frozenset[str]
    wanting: frozenset[str]
    nominal_linked: frozenset[str]
    modifier: Mapping[str, str]
    demanded: frozenset[str]
    demands: frozenset[str]
    refused: frozenset[str]
    due: frozenset[str]
    fulfilling: Mapping[str, str]
    imposing: frozenset[str]
    answering: frozenset[str]
    with_measure: frozenset[str]
    striking: frozenset[str]
    answerable: frozenset[str]
    pressure: frozenset[str]
    coming_to: frozenset[str]
    letting: frozenset[str]
    standing: frozenset[str]
    about: frozenset[str]
    changed: frozenset[str]
    formerly: frozenset[str]
    exceeding: frozenset[str]
    above: frozenset[str]
    using: frozenset[str]
    beyond: frozenset[str]
    nouns_of_relief: frozenset[str]
    granting: frozenset[str]
    receiving: frozenset[str]
    incoming: re.Pattern[str]
    buying: frozenset[str]
    exported: re.Pattern[str]
    per_unit: re.Pattern[str]
    trigger: re.Pattern[str]
    openings: re.Pattern[str]


@cache
def tariff_words() -> TariffWords:
    """The lexicon; the trigger pattern finds every sentence that can speak of a customs measure.

    `openings` are the words with which the trigger can begin a phrase.
    """
    data = load_toml("tariffs.toml")
    only_with_rate = frozenset(data["verbs"].pop("only_with_rate"))
    done_to = frozenset(data["verbs"].pop("done_to"))
    using = frozenset(data["verbs"].pop("using"))
    status_of: dict[str, str] = {}
    statuses = {name: lemmas for name, lemmas in data["verbs"].items() if name != "imposing"}
    for status, lemmas in statuses.items():
        for lemma in lemmas:
            status_of.setdefault(lemma, status)
    nouns = "|".join(sorted(data["measure"]))
    return TariffWords(
        measure=frozenset(data["measure"]),
        weak_measure=frozenset(data["weak_measure"]),
        trade_modifier=frozenset(data["trade_modifier"]),
        not_before=frozenset(data["not_before"]),
        not_after=frozenset(data["not_after"]),
        relief=frozenset(data["relief"]),
        weak_not_before=frozenset(data["weak_not_before"]),
        only_with_rate=only_with_rate,
        done_to=done_to,
        retaliatory=re.compile(rf"{at_word_start('|'.join(data['retaliatory']))}\b"),
        retaliatory_adjectives=frozenset(data["retaliatory_adjectives"]),
        status_of=status_of,
        status_phrase={phrase: status for status in ("suspended", "removed") for phrase in data["complement"][status]},
        in_force=tuple(data["complement"]["in_force"]),
        happens=frozenset(data["complement"]["happens"]),
        subject_pays=frozenset(data["target"]["subject_pays"]),
        listing=frozenset(data["target"]["listing"]),
        listed=frozenset(data["target"]["listed"]),
        subjected=frozenset(data["target"]["subjected"]),
        agreeing=frozenset(data["target"]["agreeing"]),
        aiming=frozenset(data["target"]["aiming"]),
        covering=frozenset(data["target"]["covering"]),
        everybody=frozenset(data["target"]["everybody"]),
        on_somebody=frozenset(data["target"]["on_somebody"]),
        holding=frozenset(data["target"]["holding"]),
        universal=frozenset(data["target"]["universal"]),
        pacts=frozenset(data["target"]["pacts"]),
        levels=frozenset(data["target"]["levels"]),
        patient_hit=frozenset(data["target"]["patient_hit"]),
        spoken_of=frozenset(data["target"]["spoken_of"]),
        goods=frozenset(data["target"]["goods"]),
        classes=frozenset(data["target"]["classes"]),
        peoples=frozenset(data["target"]["peoples"]),
        helping=frozenset(data["helping"]["verbs"]),
        firms=frozenset(data["firms"]["nouns"]),
        no_customs=frozenset(data["target"]["no_customs"]),
        partners=frozenset(data["target"]["partners"]),
        decisions=frozenset(data["target"]["decisions"]),
        processed=frozenset(data["target"]["processed"]),
        other_percentages=frozenset(data["other_percentages"]["nouns"]),
        at_home=frozenset(data["at_home"]["nouns"]),
        changing=frozenset(data["figures"]["changing"]),
        regarding=frozenset(data["figures"]["regarding"]),
        messages=frozenset(data["figures"]["messages"]),
        having_done=frozenset(data["figures"]["having_done"]),
        easing=frozenset(data["figures"]["easing"]),
        offering=frozenset(data["figures"]["offering"]),
        ranging=frozenset(data["figures"]["ranging"]),
        plain=frozenset(data["adjectives"]["plain"]),
        absent=frozenset(data["named"]["absent"]),
        acts=frozenset(data["named"]["acts"]),
        effects=frozenset(data["named"]["effects"]),
        origin=frozenset(data["target"]["origin"]),
        nominal={noun: status for status, nouns in data["nominal"].items() for noun in nouns},
        batches=frozenset(data["counted"]["batches"]),
        sums=frozenset(data["counted"]["sums"]),
        shares=frozenset(data["counted"]["shares"]),
        up_to=frozenset(data["counted"]["up_to"]),
        permission=frozenset(data["permission"]["nouns"]),
        wanting=frozenset(data["matrix"]["wanting"]),
        enabled=frozenset(data["matrix"]["enabled"]),
        nominal_linked=frozenset(data["nominal_linked"]["nouns"]),
        modifier={word: status for status, words in data["modifier"].items() for word in words},
        demanded=frozenset(data["matrix"]["demanded"]),
        demands=frozenset(data["matrix"]["demands"]),
        refused=frozenset(data["matrix"]["refused"]),
        due=frozenset(data["matrix"]["due"]),
        fulfilling=dict(data["matrix"]["fulfilling"]),
        imposing=frozenset(data["verbs"]["imposing"]),
        striking=frozenset(data["answers"]["striking"]),
        with_measure=frozenset(data["answers"]["with_measure"]),
        answering=frozenset(data["answers"]["verbs"]),
        answerable=frozenset(data["answers"]["answerable"]),
        coming_to=frozenset(data["figures"]["coming_to"]),
        letting=frozenset(data["target"]["letting"]),
        standing=frozenset(data["figures"]["standing"]),
        about=frozenset(data["figures"]["about"]),
        changed=frozenset(data["figures"]["changed"]),
        formerly=frozenset(data["figures"]["formerly"]),
        exceeding=frozenset(data["figures"]["exceeding"]),
        above=frozenset(data["figures"]["above"]),
        using=using,
        beyond=frozenset(data["figures"]["beyond"]),
        nouns_of_relief=frozenset(data["granting"]["nouns_of_relief"]),
        granting=frozenset(data["granting"]["granting"]),
        receiving=frozenset(data["granting"]["receiving"]),
        pressure=frozenset(data["answers"]["pressure"]),
        exported=re.compile(rf"(?:['’]s?)? (?:[a-z-]+ ){{0,2}}(?:{'|'.join(data['target']['exported'])})\b"),
        buying=frozenset(data["target"]["buying"]),
        incoming=re.compile(rf" (?:{'|'.join(data['target']['incoming'])}) (?:of|from) "),
        per_unit=re.compile(
            rf"\s+(?:an?|per|(?:for|on) (?:each|every))\s+(?:metric\s+)?(?:{'|'.join(data['unit']['nouns'])})s?\b",
            re.IGNORECASE,
        ),
        trigger=re.compile(
            rf"\b(?:{nouns}|(?:import|border) tax(?:es)?|customs|dump(?:ing|ed)|"
            r"tax(?:es)? on (?:(?:all|most) )?(?:(?:goods|products) )?import(?:s|ed)|"
            r"most-favou?red-nation|mfn|(?:duty|tariff)-free)\b",
            re.IGNORECASE,
        ),
        openings=re.compile(r"\b(?:import|border|tax(?:es)?)\b", re.IGNORECASE),
    )
