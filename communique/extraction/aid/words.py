"""The vocabulary of aid, ready for lookup: verbs and nouns of giving with their status, kinds of aid, goods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.extraction.wording import alternatives, at_word_start, by_first_letter, load_toml


@dataclass(frozen=True, slots=True)
class Condition:
    """When a verb gives a sum, as the table `conditions` of `aid_verbs.toml` explains."""

    near: frozenset[str]
    between: frozenset[str]
    aid: bool
    goods: bool
    speaks: bool


@dataclass(frozen=True, slots=True)
class AidWords:
    """Word tables of `aid_verbs.toml` and `aid_words.toml`; maps go from lemma or noun to status or category.

    `kinds`, `not_kinds`, `other_kinds`, `totals` and `plain_aid` are for text in lower case.
    """

    strong: dict[str, str]
    weak: dict[str, str]
    stopping: dict[str, str]
    restoring: dict[str, str]
    receiving: dict[str, str]
    moving: frozenset[str]
    totalling: frozenset[str]
    needs_with: frozenset[str]
    governing: dict[str, str]
    void: frozenset[str]
    promising_modals: frozenset[str]
    void_modals: frozenset[str]
    conditions: dict[str, Condition]
    particles: dict[tuple[str, str], str]
    aid_nouns: frozenset[str]
    broad_nouns: frozenset[str]
    aid_phrases: re.Pattern[str]
    giving_nouns: dict[str, str]
    kinds: re.Pattern[str]
    not_kinds: re.Pattern[str]
    other_kinds: re.Pattern[str]
    goods: frozenset[str]
    goods_verbs: frozenset[str]
    teams: frozenset[str]
    team_kinds: frozenset[str]
    trade: frozenset[str]
    not_aid_nouns: frozenset[str]
    not_aid_verbs: frozenset[str]
    refusing_verbs: frozenset[str]
    giver_nouns: frozenset[str]
    private_givers: frozenset[str]
    beneficiaries: frozenset[str]
    things: frozenset[str]
    agencies: tuple[str, ...]
    not_beneficiaries: frozenset[str]
    displaced: frozenset[str]
    states: frozenset[str]
    totals: re.Pattern[str]
    channel_heads: frozenset[str]
    donors_of_channels: dict[str, str]
    triggers: re.Pattern[str]
    sum_triggers: re.Pattern[str]
    sum_openings: re.Pattern[str]
    given: re.Pattern[str]
    given_phrases: re.Pattern[str]
    given_openings: re.Pattern[str]
    plain_aid: re.Pattern[str]
    causes: dict[str, list[str]]
    gatherings: frozenset[str]
    classes: frozenset[str]
    regions: re.Pattern[str]
    regions_struck: re.Pattern[str]
    handing: frozenset[str]
    carrying: frozenset[str]
    other_causes: re.Pattern[str]
    wishing_verbs: frozenset[str]
    wished_nouns: frozenset[str]
    wished_words: frozenset[str]
    gathering_verbs: frozenset[str]
    gathering_nouns: frozenset[str]
    forgiving: frozenset[str]
    debts: frozenset[str]
    lenders: frozenset[str]
    consents: frozenset[str]
    lawmakers: frozenset[str]
    bills: frozenset[str]
    lawmakers_of: dict[str, list[str]]
    promising_nouns: frozenset[str]
    void_nouns: frozenset[str]
    carried_on: frozenset[str]
    procuring: frozenset[str]
    undoing: frozenset[str]
    undoing_nouns: frozenset[str]
    listing: frozenset[str]
    refusing_listing: frozenset[str]

    def gives_or_stops(self, lemma: str) -> bool:
        """Whether a verb by itself promises, gives, stops or resumes what its object names."""
        return any(lemma in table for table in (self.strong, self.weak, self.stopping, self.restoring))


def _flipped(table: dict[str, list[str]]) -> dict[str, str]:
    flipped: dict[str, str] = {}
    for status, words in table.items():
        for word in words:
            flipped.setdefault(word, status)
    return flipped


def _words(words: list[str]) -> str:
    return alternatives(words).replace(r"\ ", r"\s+")


def _opening(wording: str, *, any_case: bool = False) -> re.Pattern[str]:
    """A wording as whole words."""
    return re.compile(rf"{at_word_start(wording, any_case=any_case)}\b")


def _kinds(kinds: dict[str, list[str]]) -> re.Pattern[str]:
    """The words by kind; a group holds a word without its first letter, see `at_word_start`."""
    opened = {name: by_first_letter(_words(words)) or {} for name, words in kinds.items() if name != "other"}
    letters = "".join(sorted({letter for rests in opened.values() for letter in rests}))
    named = (
        f"(?P<{name}>" + "|".join(f"(?<={letter})(?:{'|'.join(ends)})" for letter, ends in rests.items()) + ")"
        for name, rests in opened.items()
    )
    return re.compile(rf"[{letters}](?<![\w-].)(?:{'|'.join(named)})(?!\w)")


def _condition(table: dict[str, Any]) -> Condition:
    flags = (bool(table.get(name)) for name in ("aid", "goods", "speaks"))
    return Condition(frozenset(table.get("near", ())), frozenset(table.get("between", ())), *flags)


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, each by itself and no part of a compound."""
    return re.compile(rf"(?<![\w-])(?:{_words([word.lower() for word in words])})(?!\w)", re.I)


def _given(nouns: dict[str, Any]) -> list[str]:
    """Every noun for aid or goods, and verbs that hand over anything."""
    goods = nouns["goods"]
    lists = (nouns["nouns"]["plain"], goods["nouns"], goods["anything"], goods["teams"], goods["vague"], _models())
    return sorted({word for words in lists for word in words})


def _models() -> list[str]:
    """The weapons known by their model, in singular and plural."""
    models: list[str] = _nouns()["goods"]["models"]
    return [form for model in models for form in (model, f"{model}s")]


@cache
def model_words() -> re.Pattern[str]:
    """The weapons known by their model, for text in lower case."""
    return _opening(_words(_models()))


@cache
def word_set(table: str, name: str) -> frozenset[str]:
    """A list of `aid_words.toml` that one question needs, by its table and name."""
    return frozenset(_nouns()[table][name])


@cache
def _nouns() -> dict[str, Any]:
    return load_toml("aid_words.toml")


@cache
def aid_words() -> AidWords:
    """The tables, read once."""
    verbs, nouns = load_toml("aid_verbs.toml"), _nouns()
    giving = _flipped(nouns["giving"])
    stems, of_sums = "|".join(nouns["triggers"]["stems"]), nouns["triggers"]["of_sums"]
    given = _given(nouns)
    phrases = [word for word in given if " " in word]
    return AidWords(
        strong=_flipped(verbs["strong"]),
        weak=_flipped(verbs["weak"]),
        stopping=_flipped(verbs["stopping"]),
        restoring=_flipped(verbs["restoring"]),
        receiving=_flipped(verbs["receiving"]),
        moving=frozenset(verbs["moving"]["provided"]),
        totalling=frozenset(verbs["totalling"]["provided"]),
        needs_with=frozenset(verbs["needs_with"]["words"]),
        governing=_flipped(verbs["governing"]),
        void=frozenset(verbs["void"]["words"]),
        promising_modals=frozenset(verbs["modals"]["pledged"]),
        void_modals=frozenset(verbs["modals"]["void"]),
        conditions={verb: _condition(table) for verb, table in verbs["conditions"].items()},
        particles={(p.split()[0], p.split()[1]): s for s, ps in verbs["particles"].items() for p in ps},
        aid_nouns=frozenset(nouns["nouns"]["plain"]),
        broad_nouns=frozenset(nouns["nouns"]["broad"]),
        aid_phrases=_opening(_words(nouns["phrases"]["words"]), any_case=True),
        giving_nouns=giving,
        kinds=_kinds({**nouns["kinds"], "military": [*nouns["kinds"]["military"], *_models()]}),
        not_kinds=_opening(_words(nouns["not_kinds"]["words"])),
        other_kinds=_opening(_words(nouns["other_kinds"]["words"])),
        goods=frozenset(nouns["goods"]["nouns"]),
        goods_verbs=frozenset(nouns["goods"]["verbs"]),
        teams=frozenset(nouns["goods"]["teams"]),
        team_kinds=frozenset(nouns["goods"]["team_kinds"]),
        trade=frozenset(nouns["goods"]["trade"]),
        not_aid_nouns=frozenset(nouns["not_aid"]["nouns"]),
        not_aid_verbs=frozenset(nouns["not_aid"]["verbs"]),
        refusing_verbs=frozenset(nouns["refusing"]["verbs"]),
        private_givers=frozenset(nouns["givers"]["private"]),
        giver_nouns=frozenset(nouns["givers"]["nouns"]),
        beneficiaries=frozenset(nouns["purpose"]["beneficiary_nouns"]),
        things=frozenset(nouns["things"]["nouns"]),
        agencies=tuple(nouns["agencies"]["words"]),
        not_beneficiaries=frozenset(nouns["not_beneficiaries"]["nouns"]),
        displaced=frozenset(nouns["displaced"]["nouns"]),
        states=frozenset(nouns["states"]["nouns"]),
        totals=_opening(_words(nouns["totals"]["words"])),
        channel_heads=frozenset(nouns["channels"]["heads"]),
        donors_of_channels=nouns["channels"]["donors"],
        plain_aid=_opening(_words(nouns["plain_aid"]["words"])),
        given=_whole(word for word in given if " " not in word),
        given_phrases=_whole(phrases),
        given_openings=_whole(phrase.split()[0] for phrase in phrases),
        triggers=re.compile(rf"\b(?:{stems})", re.I),
        sum_triggers=re.compile(at_word_start(f"{stems}|{'|'.join(of_sums)}", any_case=True)),
        sum_openings=re.compile(rf"\b(?:{'|'.join(stem.split()[0] for stem in of_sums)})", re.I),
        causes=nouns["causes"],
        classes=frozenset(nouns["classes"]["nouns"]),
        gatherings=frozenset(nouns["givers"]["gatherings"]),
        regions=_opening(_words(nouns["regions"]["words"]), any_case=True),
        regions_struck=_opening(_words(nouns["regions"]["struck"]), any_case=True),
        handing=frozenset(verbs["handing"]["words"]),
        carrying=frozenset(verbs["carrying"]["words"]),
        other_causes=re.compile(
            rf"(?:\s+(?:that|which)(?:\s+\w+){{1,4}}?)?\s+(?:to|towards?|for)\s+(?:\w+\s+){{0,4}}?"
            rf"(?:{_words(nouns['not_aid']['causes'])})\b",
            re.I,
        ),
        wishing_verbs=frozenset(nouns["wished"]["verbs"]),
        wished_nouns=frozenset(nouns["wished"]["nouns"]),
        wished_words=frozenset(nouns["wished"]["words"]),
        gathering_verbs=frozenset(nouns["gathering"]["verbs"]),
        gathering_nouns=frozenset(nouns["gathering"]["nouns"]),
        forgiving=frozenset([*nouns["forgiving"]["verbs"], *nouns["forgiving"]["particles"]]),
        void_nouns=frozenset(verbs["void_nouns"]["words"]),
        promising_nouns=frozenset(verbs["promising_nouns"]["words"]),
        carried_on=frozenset(verbs["carried_on"]["words"]),
        procuring=frozenset(verbs["procuring"]["words"]),
        undoing=frozenset(verbs["undoing"]["words"]),
        undoing_nouns=frozenset(verbs["undoing"]["nouns"]),
        lenders=frozenset(nouns["lenders"]["ids"]),
        lawmakers=frozenset(nouns["lawmakers"]["nouns"]),
        bills=frozenset(nouns["lawmakers"]["bills"]),
        lawmakers_of=nouns["lawmakers"]["of"],
        consents=frozenset(verbs["consents"]["nouns"]),
        debts=frozenset(nouns["forgiving"]["debts"]),
        listing=frozenset(nouns["listing"]["words"]),
        refusing_listing=frozenset(nouns["listing"]["refusing"]),
    )
