"""Second looks at settled classes: what only the words further on tell.  Each changes the list of classes in place."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.forms import Form
from communique.extraction.grammar.words import VERBS, Tag, among, bits

_PREPOSITIONS_WITH_TO: Final = frozenset({"according", "owing", "thanks", "contrary", "prior", "relative", "akin"})
_FINITE: Final = bits([Tag.PAST, Tag.THIRD, Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO, Tag.BASE])
_FINITE_VERBS: Final = bits([Tag.PAST, Tag.THIRD, Tag.MODAL, Tag.BE, Tag.HAVE])
_OPENED: Final = 16
"""How far a finite verb can stand behind the word that opens its clause."""
_CLAUSE_EDGES: Final = bits([Tag.COMMA, Tag.BREAK, Tag.QUOTE, Tag.COORDINATOR, Tag.RELATIVE])
_VERBS: Final = bits(VERBS)
_STAND_ALONE: Final = frozenset(
    {"this", "that", "these", "those", "both", "some", "many", "several", "all", "each", "few"}
)
_OPENERS: Final = frozenset({"after", "before", "since", "until", "till", "as"})
_ADVERBIAL: Final = frozenset(
    {
        ("at", "least"),
        ("at", "once"),
        ("at", "last"),
        ("in", "turn"),
        ("of", "course"),
        ("in", "fact"),
        ("between", "them"),
        ("among", "them"),
    }
)
_OF_TIME: Final = frozenset({"earlier", "long", "since"})
_ARRIVING: Final = frozenset({"reach", "top", "exceed", "total", "hit", "surpass", "pass", "near", "approach", "cross"})


def revise(forms: list[Form], tags: list[int]) -> None:
    """All second looks, in the order in which they rest on each other."""
    _prepositional_to(forms, tags)
    _adverbial(forms, tags)
    _clause_openers(forms, tags)
    _complementisers(forms, tags)
    _attributive(forms, tags)
    _pronominal(forms, tags)
    _last_resort(forms, tags)


def _prepositional_to(forms: list[Form], tags: list[int]) -> None:
    """ "to" is a preposition unless a base form follows, adverbs between them passed over."""
    count = len(tags)
    for i in range(count):
        if tags[i] != Tag.TO:
            continue
        j = i + 1
        while j < count and tags[j] in (Tag.ADVERB, Tag.NEGATION, Tag.QUOTE):
            j += 1
        if j == count or tags[j] not in (Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO):
            tags[i] = Tag.PREPOSITION
        elif i and tags[j] == Tag.BASE and j == i + 1 and forms[i - 1].lower in _PREPOSITIONS_WITH_TO:
            tags[i] = Tag.PREPOSITION
            tags[j] = Tag.NOMINAL


def _adverbial(forms: list[Form], tags: list[int]) -> None:
    """ "at least", "in turn" and the like between a modal and its verb are adverbs, "no longer" denies the verb, and
    "earlier", "long" and "since" are adverbs in "had earlier said", "has long since been".
    """
    for i in range(1, len(tags) - 2):
        if tags[i - 1] == Tag.HAVE and forms[i].lower in _OF_TIME:
            _within_perfect(forms, tags, i)
        if forms[i].lower == "no" and forms[i + 1].lower == "longer":
            tags[i], tags[i + 1] = Tag.NEGATION, Tag.ADVERB
        if tags[i] != Tag.PREPOSITION:
            continue
        bare = tags[i + 2] == Tag.BASE and tags[i - 1] in (Tag.MODAL, Tag.TO)
        perfect = tags[i + 2] in (Tag.PARTICIPLE, Tag.PAST) and tags[i - 1] == Tag.HAVE
        if (bare or perfect) and (forms[i].lower, forms[i + 1].lower) in _ADVERBIAL:
            tags[i] = tags[i + 1] = Tag.ADVERB


def _within_perfect(forms: list[Form], tags: list[int], first: int) -> None:
    """The adverbs of time from token `first` on where a participle follows them."""
    verb = first + 1
    while verb + 1 < len(tags) and forms[verb].lower in _OF_TIME:
        verb += 1
    if tags[verb] in (Tag.PARTICIPLE, Tag.PAST) or (tags[verb] == Tag.NOMINAL and forms[verb].past_by_ending):
        tags[verb] = Tag.PARTICIPLE
    elif forms[verb].lower != "been":
        return
    for i in range(first, verb):
        tags[i] = Tag.ADVERB


def _clause_openers(forms: list[Form], tags: list[int]) -> None:
    """ "after", "since" and the like open a clause where a finite verb follows before the next comma."""
    for i in range(len(tags)):
        if tags[i] != Tag.PREPOSITION or forms[i].lower not in _OPENERS:
            continue
        for j in range(i + 1, min(i + _OPENED, len(tags))):
            beside = tags[min(j + 1, len(tags) - 1)]
            if tags[j] == Tag.COORDINATOR and tags[j - 1] in (Tag.NOMINAL, Tag.NAME) and beside == tags[j - 1]:
                continue
            if among(tags[j], _CLAUSE_EDGES):
                break
            if among(tags[j], _FINITE_VERBS):
                tags[i] = Tag.SUBORDINATOR
                break


def _complementisers(forms: list[Form], tags: list[int]) -> None:
    """ "that" before a plural noun, or after a verb of saying, opens a clause ("adding that donors should pay").

    "Now that" is one conjunction.
    """
    for i in range(len(tags) - 1):
        if tags[i] == Tag.RELATIVE and i > 0 and forms[i - 1].lower == "now" and forms[i].lower == "that":
            tags[i] = Tag.SUBORDINATOR
        if tags[i] != Tag.DETERMINER or forms[i].lower != "that":
            continue
        following = forms[i + 1].lower
        plural = following.endswith("s") and not following.endswith(("ss", "us", "is", "'s"))
        said = i > 0 and among(tags[i - 1], _VERBS) and forms[i - 1].takes_clause
        if plural or said:
            tags[i] = Tag.RELATIVE


def _attributive(forms: list[Form], tags: list[int]) -> None:
    """A past form inside a noun phrase that a finite verb follows: "India's average applied tariff is"."""
    count = len(tags)
    for i in range(1, count - 2):
        if tags[i] != Tag.PAST or tags[i - 1] != Tag.NOMINAL or forms[i].takes_clause:
            continue
        j = i + 1
        while j < count and tags[j] in (Tag.NOMINAL, Tag.NAME) and j - i <= 4:
            j += 1
        if i + 1 < j < count and among(tags[j], _FINITE_VERBS):
            tags[i] = Tag.NOMINAL


def _pronominal(forms: list[Form], tags: list[int]) -> None:
    """ "this", "both" and the like right before a finite verb stand for a noun."""
    for i in range(len(tags) - 1):
        if tags[i] == Tag.DETERMINER and among(tags[i + 1], _FINITE) and forms[i].lower in _STAND_ALONE:
            tags[i] = Tag.PRONOUN


def _last_resort(forms: list[Form], tags: list[int]) -> None:
    """In a stretch without a finite verb, a form in -s after a singular noun is one: "the tariff on rice stands at"."""
    start = 0
    finite = False
    count = len(tags)
    for end in range(count + 1):
        if end < count and tags[end] not in (Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE):
            finite = finite or among(tags[end], _FINITE)
            continue
        if not finite:
            _with_finite_verb(forms, tags, start, end)
        start = end + 1
        finite = False


def _with_finite_verb(forms: list[Form], tags: list[int], start: int, end: int) -> None:
    base = _before_sum(forms, tags, start, end)
    if base >= 0:
        tags[base] = Tag.BASE
        return
    for i in range(start + 1, end - 1):
        form = forms[i]
        if tags[i] != Tag.NOMINAL or form.verb is None or not form.verb.third or form.plural:
            continue
        nominal = tags[i - 1] in (Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.CLOSE)
        if nominal and not forms[i - 1].lower.endswith("s"):
            tags[i] = Tag.THIRD
            return


def _before_sum(forms: list[Form], tags: list[int], start: int, end: int) -> int:
    """A base form between a noun and a sum of money ("pledges for Peru reach $5m"), or -1."""
    for i in range(start + 1, end - 1):
        if tags[i] == Tag.NOMINAL and tags[i + 1] == Tag.CURRENCY and tags[i - 1] in (Tag.NOMINAL, Tag.NAME):
            form = forms[i]
            if form.verb is not None and form.verb.base and form.lower in _ARRIVING:
                return i
    return -1
