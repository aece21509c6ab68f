"""Tokens of a sentence with a word class each.

Classes are settled left to right: closed classes by list, open ones by form, and a form that can be noun or verb by
what stands around it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from communique.extraction.grammar.words import (
    AUXILIARIES,
    VERBS,
    Tag,
    VerbForm,
    clause_takers,
    closed_classes,
    not_adverbs,
    nouns_in_ing,
    plural_nouns,
    relatives,
    speaking_bodies,
    verb_forms,
)

TOKEN: Final = re.compile(
    r"(?P<quote>``|'')"
    r"|(?P<genitive>['’](?:[sS]\b|(?=\s|[,.;:)]))(?<=[^\s\d]['’]|['’][sS])(?<!\s['’]))"
    r"|(?P<word>per cent\b|(?:[^\W\d_]\.){2,}(?:[-‐‑][^\W_]+)*|[^\W\d_]+\d*(?:['’](?![sS]\b)[^\W\d_]+|[-‐‑][^\W_]+)*)"
    r"|(?P<number>\d+(?::\d\d)+|\d+(?:,\d{3})*(?:\.\d+)?(?:[–-]\w+(?:\.\d+)?)*)"
    r"|(?P<currency>[$€£¥₩₹₴₽])"
    r"|(?P<other>\S)"
)
_PUNCTUATION: Final = {
    ",": Tag.COMMA,
    ";": Tag.BREAK,
    ":": Tag.BREAK,
    "—": Tag.BREAK,
    "–": Tag.BREAK,
    "(": Tag.OPEN,
    "[": Tag.OPEN,
    ")": Tag.CLOSE,
    "]": Tag.CLOSE,
    '"': Tag.QUOTE,
    "“": Tag.QUOTE,
    "”": Tag.QUOTE,
    "?": Tag.BREAK,
    "!": Tag.BREAK,
}
_VERB_PREFIXES: Final = ("de", "re", "dis", "un", "over", "out", "co", "up", "mis")
_VERB_SUFFIXES: Final = ("ise", "ize", "ify", "ate")
_PREPOSITIONS_WITH_TO: Final = frozenset({"according", "owing", "thanks", "contrary", "prior", "relative", "akin"})
_OBJECT_PRONOUNS: Final = frozenset({"me", "him", "us", "them"})
_NOUN_BEFORE: Final = frozenset(
    {Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE, Tag.PREPOSITION, Tag.NUMBER, Tag.CURRENCY}
)
_SUBJECT_BEFORE: Final = frozenset({Tag.NAME, Tag.NOMINAL, Tag.CLOSE, Tag.ADVERB, Tag.NUMBER})
_FIRM_OBJECT: Final = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.NUMBER, Tag.CURRENCY})
_OBJECT_AFTER: Final = frozenset(
    {
        Tag.DETERMINER,
        Tag.POSSESSIVE,
        Tag.PRONOUN,
        Tag.NUMBER,
        Tag.CURRENCY,
        Tag.NAME,
        Tag.ADVERB,
        Tag.SUBORDINATOR,
        Tag.RELATIVE,
    }
)
_FINITE: Final = frozenset({Tag.PAST, Tag.THIRD, Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO, Tag.BASE})
_PRONOMINAL: Final = frozenset({"this", "that", "it", "which"})
_STAND_ALONE: Final = frozenset(
    {"this", "that", "these", "those", "both", "some", "many", "several", "all", "each", "few"}
)
_AUXILIARY_LEMMAS: Final = {Tag.BE: "be", Tag.HAVE: "have", Tag.DO: "do"}
_LEMMATISED: Final = VERBS.union(_AUXILIARY_LEMMAS)
_MANY: Final = frozenset({"all", "these", "those", "many", "several", "few", "various", "both"})
_OPENERS: Final = frozenset({"after", "before", "since", "until", "till", "as"})
_MAGNITUDES: Final = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_ARRIVING: Final = frozenset({"reach", "top", "exceed", "total", "hit", "surpass", "pass", "near", "approach", "cross"})
_FLOATING: Final = frozenset({"each", "both", "all"})
_FLOATING_AFTER: Final = frozenset({Tag.NAME, Tag.NOMINAL, Tag.PRONOUN, Tag.CLOSE})
_DEGREES: Final = frozenset({"long", "much", "many", "far", "often", "quickly", "little", "few", "hard", "soon"})
_INNER_QUOTES: Final = frozenset({"'", "‘"})
_TAKES_BASE: Final = frozenset({Tag.TO, Tag.MODAL})
_TWO_OBJECTS: Final = frozenset(
    {"charge", "charges", "charged", "charging", "give", "gives", "gave", "grants", "granted"}
)
_ORDINALS: Final = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "next", "last"]
)


class Token:
    """`text[start:end]` of the article with its class; `lemma` is the verb's lemma for verb classes, else the form.

    Nobody changes one; it is a plain class because one is made for every word.
    """

    __slots__ = ("end", "lemma", "lower", "start", "tag", "text")

    def __init__(self, start: int, end: int, text: str, lower: str, tag: Tag, lemma: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.lower = lower
        self.tag = tag
        self.lemma = lemma


def tokenize(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of `text[start:end]`, tagged, offsets into `text`."""
    matches = list(TOKEN.finditer(text, start, end))
    forms = [match.group() for match in matches]
    known = [_known(match.lastgroup or "other", form) for match, form in zip(matches, forms, strict=True)]
    lowers = [lower for lower, _ in known]
    guesses = [guess for _, guess in known]
    tags = _clause_openers(lowers, _prepositional_to(lowers, _settle(forms, lowers, guesses)))
    _complementisers(lowers, tags)
    _attributive(lowers, tags)
    _pronominal(lowers, tags)
    _last_resort(lowers, tags)
    return tuple(
        [
            Token(match.start(), match.end(), form, lower, tag, _lemma(lower, tag) if tag in _LEMMATISED else lower)
            for match, form, lower, tag in zip(matches, forms, lowers, tags, strict=True)
        ]
    )


def _lemma(lower: str, tag: Tag) -> str:
    if tag in VERBS:
        form = verb_forms().get(lower)
        return form.lemma if form is not None else lower
    return _AUXILIARY_LEMMAS[tag]


@lru_cache(maxsize=1 << 16)
def _known(kind: str, form: str) -> tuple[str, Tag | None]:
    """The form in lower case with straight apostrophes, and the class that it alone decides."""
    lower = form.lower().replace("’", "'")
    return lower, _guess(kind, form, lower)


def _guess(kind: str, form: str, lower: str) -> Tag | None:
    """The class that the form alone decides; None where a verb form is in doubt."""
    if kind in ("genitive", "quote"):
        return Tag.GENITIVE if kind == "genitive" else Tag.QUOTE
    if kind == "number":
        return Tag.NUMBER
    if kind == "currency":
        return Tag.CURRENCY
    if kind == "other":
        return _PUNCTUATION.get(form, Tag.OTHER)
    closed = closed_classes().get(lower)
    if closed is not None and (form.islower() or form.istitle() or form in ("I", "A")):
        return closed
    if form == "United":
        return Tag.NAME
    if lower in verb_forms():
        return None
    if lower.endswith("ly") and len(lower) > 5 and lower not in not_adverbs():
        return Tag.ADVERB
    if form[0].isupper():
        return Tag.NAME
    return Tag.NOMINAL


def _settle(forms: list[str], lowers: list[str], guesses: list[Tag | None]) -> list[Tag]:
    verbs = verb_forms()
    plurals = plural_nouns()
    ing_nouns = nouns_in_ing()
    tags: list[Tag] = []
    before = Tag.BREAK
    verb_before = Tag.BREAK
    many = False
    for i, guess in enumerate(guesses):
        after = guesses[i + 1] if i + 1 < len(guesses) else Tag.BREAK
        following = verbs.get(lowers[i + 1]) if after is None else None
        if lowers[i] in _ORDINALS and after is Tag.COMMA and before in (Tag.BREAK, Tag.QUOTE):
            tag = Tag.ADVERB
        elif lowers[i] == "earlier" and before in (Tag.BREAK, Tag.QUOTE) and after in (Tag.PREPOSITION, Tag.DETERMINER):
            tag = Tag.ADVERB
        elif (
            forms[i] in _INNER_QUOTES and before in (Tag.TO, Tag.MODAL, Tag.PREPOSITION) and verb_before in _TAKES_BASE
        ):
            tag = Tag.ADVERB
        elif guess is Tag.ADVERB and forms[i][0].isupper() and before is Tag.NAME and lowers[i].endswith("ly"):
            tag = Tag.NAME
        elif guess is None:
            form = verbs[lowers[i]]
            capital = forms[i][0].isupper()
            if capital and (i > 0 and before not in (Tag.BREAK, Tag.QUOTE, Tag.OPEN, Tag.MODAL)):
                tag = Tag.NAME
            else:
                previous = lowers[i - 1] if i else ""
                plural = lowers[i] in plurals
                pronominal = lowers[i - 1] in _PRONOMINAL if i else False
                tag = _verb_or_noun(form.tags, form.noun, before, verb_before, after, previous, capital, plural)
                if pronominal and tag is Tag.NOMINAL and not form.noun and Tag.THIRD in form.tags:
                    tag = Tag.THIRD
                if lowers[i] in ing_nouns and tag is Tag.GERUND and _stands_as_noun(before, after):
                    tag = Tag.NOMINAL
                third = Tag.THIRD in form.tags and not plural
                if tag is Tag.THIRD and form.noun and many:
                    tag = Tag.NOMINAL
                if tag is Tag.NOMINAL and after is Tag.TO and _agrees(form, lowers[i], previous, before):
                    tag = Tag.BASE
                if tag is Tag.NOMINAL and lowers[i] == "face" and (before is Tag.NAME or _plural(previous, before)):
                    tag = Tag.BASE
                if tag is Tag.NOMINAL and before is Tag.NAME and third and _can_be_object(after, following):
                    tag = Tag.THIRD
                if tag is Tag.NOMINAL and _calls(lowers, i) and _speaks(previous, tags):
                    tag = Tag.THIRD
                if previous == "that" and form.noun and following is not None and Tag.THIRD in following.tags:
                    tag = Tag.NOMINAL
                if tag is Tag.THIRD and lowers[i] in plurals and after is Tag.DETERMINER and _charges(lowers, i):
                    tag = Tag.NOMINAL
        else:
            tag = _closed_in_place(guess, lowers[i], before, verb_before, after, _word(lowers, i + 1))
            if guess is Tag.DETERMINER and _alone(lowers, i, after):
                tag = Tag.PRONOUN
            elif lowers[i] in _FLOATING and before in _FLOATING_AFTER and _acts(after, following):
                tag = Tag.ADVERB
            if lowers[i] == "may" and forms[i] == "May" and before not in (Tag.BREAK, Tag.QUOTE):
                tag = Tag.NAME
            if lowers[i] == "likely" and before is Tag.MODAL:
                tag = Tag.ADVERB
            if tag is Tag.NOMINAL and _unlisted_past(lowers[i], before, after):
                tag = Tag.PAST
            if tag is Tag.NOMINAL and _unlisted_verb(lowers[i], before, verb_before, after):
                tag = Tag.BASE
        tags.append(tag)
        if tag is not Tag.NOMINAL:
            many = tag is Tag.DETERMINER and lowers[i] in _MANY
        if tag is Tag.COMMA and before in (Tag.MODAL, Tag.ADVERB) and verb_before in AUXILIARIES:
            pass
        elif tag not in (Tag.ADVERB, Tag.NEGATION) and not (tag is Tag.QUOTE and verb_before in (Tag.TO, Tag.MODAL)):
            verb_before = tag
        before = tag
    return tags


def _word(lowers: list[str], i: int) -> str:
    return lowers[i] if i < len(lowers) else ""


def _calls(lowers: list[str], i: int) -> bool:
    """Whether the word at `i` is a present form of "call on" or "call for", or stands before "that"."""
    following = _word(lowers, i + 1)
    return (lowers[i] == "calls" and following in ("on", "upon", "for")) or (
        lowers[i] in ("demands", "requests") and following == "that"
    )


def _charges(lowers: list[str], i: int) -> bool:
    """Whether a verb of two objects stands before the noun at `i`: "charges Peru's exports a tariff"."""
    return any(word in _TWO_OBJECTS for word in lowers[max(0, i - 5) : i - 1])


def _speaks(previous: str, tags: list[Tag]) -> bool:
    """Whether the noun before names a body or a paper that speaks: "the council", "Resolution 12"."""
    numbered = len(tags) > 1 and tags[-1] is Tag.NUMBER and tags[-2] is Tag.NAME
    return numbered or (previous in speaking_bodies() and tags[-1] in (Tag.NOMINAL, Tag.NAME))


def _alone(lowers: list[str], i: int, after: Tag | None) -> bool:
    """Whether a determiner stands for a thing: "those with means", "this needs to change", "more needs to be done"."""
    if lowers[i] in ("those", "these"):
        return after in (Tag.PREPOSITION, Tag.RELATIVE, Tag.MODAL, Tag.BE, Tag.HAVE)
    needs = lowers[i + 1 : i + 3] == ["needs", "to"]
    return needs and lowers[i] in ("this", "that", "more", "much", "all", "less", "enough")


def _acts(tag: Tag | None, form: VerbForm | None) -> bool:
    """Whether a word opens a verb group: an auxiliary, a past form, a present form that is no noun."""
    return tag in AUXILIARIES or (form is not None and (Tag.PAST in form.tags or not form.noun))


def _stands_as_noun(before: Tag, after: Tag | None) -> bool:
    """Whether a form in -ing stands where a noun does: "in funding to", "new funding for"."""
    inside = before in (Tag.NOMINAL, Tag.NUMBER, Tag.PREPOSITION, Tag.NAME, Tag.COORDINATOR)
    return inside and after not in _FIRM_OBJECT


def _can_be_object(after: Tag | None, following: VerbForm | None) -> bool:
    """Whether the next word can be a bare plural object ("Kyiv needs shells") and not a verb ("Japan exports fell")."""
    return after is Tag.NOMINAL or (following is not None and following.noun)


def _agrees(form: VerbForm, lower: str, previous: str, before: Tag) -> bool:
    """Whether a base form before "to" is the verb of the plural noun or name before it ("our leaders need to")."""
    if Tag.BASE not in form.tags:
        return False
    need = lower == "need" and (before in (Tag.NAME, Tag.QUOTE) or previous == "people")
    return need or _plural(previous, before)


def _plural(previous: str, before: Tag) -> bool:
    return before is Tag.NOMINAL and previous.endswith("s") and not previous.endswith(("ss", "us", "is"))


def _unlisted_past(lower: str, before: Tag, after: Tag | None) -> bool:
    """Whether a form in -ed that `verbs.csv` lacks stands as a verb between a noun and its object."""
    between = before in (Tag.NAME, Tag.PRONOUN) and after in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN)
    return between and lower.endswith("ed") and len(lower) > 5


def _unlisted_verb(lower: str, before: Tag, verb_before: Tag, after: Tag | None) -> bool:
    """Whether a word that `verbs.csv` lacks is a verb: right after a modal, or after "to" with an object following."""
    if not lower.replace("-", "").isalpha() or lower.endswith("s"):
        return False
    if verb_before is Tag.MODAL:
        derived = lower.startswith(_VERB_PREFIXES) or lower.endswith(_VERB_SUFFIXES)
        return before in (Tag.MODAL, Tag.ADVERB, Tag.NEGATION) and (derived or after is not Tag.NOMINAL)
    return verb_before is Tag.TO and after in (Tag.DETERMINER, Tag.POSSESSIVE)


def _prepositional_to(lowers: list[str], tags: list[Tag]) -> list[Tag]:
    """ "to" is a preposition unless a base form follows, adverbs between them passed over."""
    if Tag.TO not in tags:
        return tags
    for i, tag in enumerate(tags):
        if tag is Tag.TO:
            j = i + 1
            while j < len(tags) and tags[j] in (Tag.ADVERB, Tag.NEGATION, Tag.QUOTE):
                j += 1
            if j == len(tags) or tags[j] not in (Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO):
                tags[i] = Tag.PREPOSITION
            elif i and lowers[i - 1] in _PREPOSITIONS_WITH_TO and tags[j] is Tag.BASE and j == i + 1:
                tags[i], tags[j] = Tag.PREPOSITION, Tag.NOMINAL
    return tags


def _pronominal(lowers: list[str], tags: list[Tag]) -> None:
    """ "this", "both" and the like right before a finite verb stand for a noun."""
    if _STAND_ALONE.isdisjoint(lowers):
        return
    for i in range(len(tags) - 1):
        if tags[i] is Tag.DETERMINER and lowers[i] in _STAND_ALONE and tags[i + 1] in _FINITE:
            tags[i] = Tag.PRONOUN


def _attributive(lowers: list[str], tags: list[Tag]) -> None:
    """A past form inside a noun phrase that a finite verb follows: "India's average applied tariff is"."""
    if Tag.PAST not in tags:
        return
    takers = clause_takers()
    verbs = verb_forms()
    for i in range(1, len(tags) - 2):
        if tags[i] is not Tag.PAST or tags[i - 1] is not Tag.NOMINAL or verbs[lowers[i]].lemma in takers:
            continue
        j = i + 1
        while j < len(tags) and tags[j] in (Tag.NOMINAL, Tag.NAME) and j - i <= 4:
            j += 1
        if j > i + 1 and j < len(tags) and tags[j] in (Tag.BE, Tag.HAVE, Tag.MODAL, Tag.PAST, Tag.THIRD):
            tags[i] = Tag.NOMINAL


def _last_resort(lowers: list[str], tags: list[Tag]) -> None:
    """In a stretch without a finite verb, a form in -s after a singular noun is one: "the tariff on rice stands at"."""
    plurals = plural_nouns()
    verbs = verb_forms()
    start = 0
    for end in range(len(tags) + 1):
        if end < len(tags) and tags[end] not in (Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE):
            continue
        stretch = range(start, end)
        start = end + 1
        if any(tags[i] in _FINITE for i in stretch):
            continue
        if (base := _before_sum(lowers, tags, stretch)) is not None:
            tags[base] = Tag.BASE
            continue
        for i in stretch[1:-1]:
            form = verbs.get(lowers[i]) if tags[i] is Tag.NOMINAL else None
            if form is None or Tag.THIRD not in form.tags or lowers[i] in plurals or lowers[i - 1].endswith("s"):
                continue
            if tags[i - 1] in (Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.CLOSE):
                tags[i] = Tag.THIRD
                break


def _before_sum(lowers: list[str], tags: list[Tag], stretch: range) -> int | None:
    """A base form between a noun and a sum of money: "pledges for Peru reach $5m"."""
    verbs = verb_forms()
    for i in stretch[1:-1]:
        if tags[i] is Tag.NOMINAL and tags[i + 1] is Tag.CURRENCY and tags[i - 1] in (Tag.NOMINAL, Tag.NAME):
            form = verbs.get(lowers[i])
            if form is not None and Tag.BASE in form.tags and lowers[i] in _ARRIVING:
                return i
    return None


def _complementisers(lowers: list[str], tags: list[Tag]) -> None:
    """ "that" before a plural noun, or after a verb of saying, opens a clause ("adding that donors should pay")."""
    if "that" not in lowers:
        return
    takers = clause_takers()
    verbs = verb_forms()
    for i, tag in enumerate(tags[:-1]):
        if tag is not Tag.DETERMINER or lowers[i] != "that":
            continue
        plural = lowers[i + 1].endswith("s") and not lowers[i + 1].endswith(("ss", "us", "is", "'s"))
        said = i > 0 and tags[i - 1] in VERBS and lowers[i - 1] in verbs and verbs[lowers[i - 1]].lemma in takers
        if plural or said:
            tags[i] = Tag.RELATIVE


def _clause_openers(lowers: list[str], tags: list[Tag]) -> list[Tag]:
    """ "after", "since" and the like open a clause where a finite verb follows before the next comma."""
    if _OPENERS.isdisjoint(lowers):
        return tags
    for i, tag in enumerate(tags):
        if tag is Tag.PREPOSITION and lowers[i] in _OPENERS:
            for ahead in tags[i + 1 : i + 9]:
                if ahead in (Tag.COMMA, Tag.BREAK, Tag.QUOTE, Tag.COORDINATOR, Tag.RELATIVE):
                    break
                if ahead in (Tag.PAST, Tag.THIRD, Tag.MODAL, Tag.BE, Tag.HAVE):
                    tags[i] = Tag.SUBORDINATOR
                    break
    return tags


def _closed_in_place(
    guess: Tag, lower: str, before: Tag, verb_before: Tag, after: Tag | None, following: str = ""
) -> Tag:
    """Words of two closed classes: "that" as relative or determiner, "each" and "all" inside a verb group."""
    if lower in ("each", "all", "both") and before in AUXILIARIES and after is None:
        return Tag.ADVERB
    if lower == "no" and following == ".":
        return Tag.NOMINAL
    if lower == "one" and following in _MAGNITUDES:
        return Tag.NUMBER
    if lower == "so" and following in _DEGREES:
        return Tag.ADVERB
    if lower == "since" and before is Tag.HAVE:
        return Tag.ADVERB
    if guess is Tag.PREPOSITION and lower == "like" and verb_before is Tag.MODAL:
        return Tag.BASE
    if lower == "that" and before in (Tag.BREAK, Tag.QUOTE) and after not in (Tag.NOMINAL, Tag.NAME, Tag.DETERMINER):
        return Tag.PRONOUN
    if lower == "that":
        return (
            Tag.RELATIVE
            if before in (Tag.NAME, Tag.NOMINAL, Tag.CLOSE, Tag.NUMBER) or after is not Tag.NOMINAL
            else Tag.DETERMINER
        )
    if guess is Tag.RELATIVE and lower not in relatives():
        return Tag.PRONOUN
    return guess


def _verb_or_noun(
    tags: frozenset[Tag],
    noun: bool,
    before: Tag,
    verb_before: Tag,
    after: Tag | None,
    previous: str,
    capital: bool,
    plural_noun: bool,
) -> Tag:
    """Settle a form that `verbs.csv` knows by its neighbours (`verb_before` is the last class that is no adverb)."""
    if Tag.BASE in tags and verb_before in (Tag.TO, Tag.MODAL, Tag.DO):
        return Tag.BASE
    if verb_before is Tag.HAVE and Tag.PARTICIPLE in tags:
        return Tag.PARTICIPLE
    if verb_before is Tag.BE:
        if Tag.GERUND in tags:
            return Tag.GERUND
        if Tag.PARTICIPLE in tags:
            return Tag.PARTICIPLE
        return Tag.NOMINAL
    if Tag.GERUND in tags:
        return _gerund(before, after)
    if noun and Tag.BASE in tags and before is Tag.NOMINAL and after not in _OBJECT_AFTER:
        return Tag.NOMINAL
    if Tag.PARTICIPLE in tags and Tag.BASE in tags and Tag.PAST not in tags and not noun:
        return Tag.BASE
    if Tag.PAST in tags or Tag.PARTICIPLE in tags:
        year = previous.isdigit() and len(previous) == 4
        return _past(tags, Tag.COMMA if year else before, after)
    if before in _NOUN_BEFORE or (before is Tag.NOMINAL and noun and after in (None, Tag.NOMINAL) and Tag.BASE in tags):
        return Tag.NOMINAL
    if previous == "that" and noun and after in (Tag.MODAL, Tag.BE, Tag.HAVE):
        return Tag.NOMINAL
    if (before is Tag.PRONOUN and previous not in _OBJECT_PRONOUNS) or previous in ("who", "which", "that"):
        return Tag.BASE if Tag.BASE in tags else Tag.THIRD
    return _present(tags, noun, before, after, previous, capital, plural_noun)


def _gerund(before: Tag, after: Tag | None) -> Tag:
    if before in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE) and after in (
        Tag.NOMINAL,
        Tag.PREPOSITION,
        Tag.NAME,
        Tag.BREAK,
        Tag.COMMA,
        Tag.RELATIVE,
        Tag.MODAL,
        Tag.BE,
        Tag.HAVE,
        None,
    ):
        return Tag.NOMINAL
    if before is Tag.NOMINAL and after in (Tag.BREAK, Tag.COMMA, Tag.COORDINATOR, Tag.OTHER, Tag.RELATIVE):
        return Tag.NOMINAL
    return Tag.GERUND


def _past(tags: frozenset[Tag], before: Tag, after: Tag | None) -> Tag:
    if before in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE, Tag.CURRENCY):
        return Tag.NOMINAL
    if before is Tag.NUMBER and after not in _FIRM_OBJECT | {Tag.RELATIVE, Tag.PREPOSITION}:
        return Tag.NOMINAL
    if before is Tag.PREPOSITION and after in (Tag.NOMINAL, Tag.NAME, None):
        return Tag.NOMINAL
    return Tag.PAST if Tag.PAST in tags else Tag.PARTICIPLE


def _present(
    tags: frozenset[Tag], noun: bool, before: Tag, after: Tag | None, previous: str, capital: bool, plural_noun: bool
) -> Tag:
    """Present forms and bases, which are often nouns too."""
    verb = Tag.THIRD if Tag.THIRD in tags else Tag.BASE
    if before in (Tag.BREAK, Tag.QUOTE, Tag.OPEN):
        return (
            verb
            if (verb is Tag.BASE and (not noun or after in _OBJECT_AFTER))
            or (verb is Tag.THIRD and (not noun or after in _FIRM_OBJECT))
            else Tag.NAME
            if capital and noun
            else Tag.NOMINAL
        )
    if not noun:
        return verb
    if before is Tag.ADVERB and after in (Tag.PREPOSITION, Tag.TO):
        return verb
    if before in _SUBJECT_BEFORE and after in (_FIRM_OBJECT if plural_noun else _OBJECT_AFTER | {Tag.TO}):
        plural = previous.endswith("s") and not previous.endswith(("ss", "us", "is"))
        if verb is Tag.THIRD:
            return Tag.NOMINAL if plural and before is Tag.NOMINAL else Tag.THIRD
        return Tag.BASE if plural or before is Tag.ADVERB else Tag.NOMINAL
    if before in (Tag.COORDINATOR, Tag.COMMA) and after in _OBJECT_AFTER | {Tag.TO}:
        return verb
    return Tag.NOMINAL


def is_verbal(tag: Tag) -> bool:
    """Whether a token of this class is a verb or an auxiliary."""
    return tag in VERBS or tag in AUXILIARIES
