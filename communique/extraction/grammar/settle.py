"""The classes of a sentence's words, settled left to right: closed classes by list, open ones by form, and a form that
can be noun or verb by what stands around it."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.forms import END, Form
from communique.extraction.grammar.headlines import heads_clause
from communique.extraction.grammar.nouns_or_verbs import (
    TAKES_BARE,
    agrees,
    can_be_object,
    is_plural,
    stands_as_noun,
    unlisted_past,
    unlisted_verb,
    verb_or_noun,
)
from communique.extraction.grammar.words import Tag, VerbForm, is_auxiliary

_PRONOMINAL: Final = frozenset({"this", "that", "it", "which"})
_MANY: Final = frozenset({"all", "these", "those", "many", "several", "few", "various", "both"})
_MAGNITUDES: Final = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_FLOATING: Final = frozenset({"each", "both", "all"})
_DEGREES: Final = frozenset({"long", "much", "many", "far", "often", "quickly", "little", "few", "hard", "soon"})
_INNER_QUOTES: Final = frozenset({"'", "‘"})
_ORDINALS: Final = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "next", "last"]
)
_ADJECTIVES: Final = frozenset({"lower", "steep", "clear", "free", "open", "separate", "direct", "slow", "narrow"})
"""Adjectives that are forms of verbs too."""
_SUFFERED: Final = frozenset({"hit", "hurt"})
_BY_WHAT: Final = frozenset({"by", "with"})
"""Participles that look like nouns, and what follows them: "the countries hit by"."""
_HAVING: Final = frozenset({"face", "faces", "want", "wants", "need", "needs", "offers", "promises", "demands", "sees"})
_FULL_VERBS: Final = (Tag.BASE, Tag.THIRD, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND)
_VERBAL: Final = (*_FULL_VERBS, Tag.BE, Tag.HAVE, Tag.MODAL, Tag.DO)
_MOVING: Final = frozenset({"fell", "falls", "drops", "rises", "climbs", "jumps", "increases", "decreases", "declines"})
"""Forms of verbs of moving that are forms of nouns or of other verbs too."""
_TOWARDS: Final = frozenset({"to", "by", "from"})
_TWO_OBJECTS: Final = frozenset(
    {"charge", "charges", "charged", "charging", "give", "gives", "gave", "grants", "granted"}
)


def settle(forms: list[Form]) -> list[int]:
    """A class for every form."""
    tags: list[int] = []
    before = verb_before = Tag.BREAK
    many = False
    count = len(forms)
    for i in range(count):
        form = forms[i]
        following = forms[i + 1] if i + 1 < count else END
        tag = _opening(form, before, verb_before, following.guess) if form.opening else Tag.UNSETTLED
        if tag == Tag.UNSETTLED:
            if form.guess == Tag.UNSETTLED:
                tag = _verb(forms, tags, i, following, before, verb_before, many)
            else:
                tag = form.guess
                if form.by_place:
                    tag = _by_place(forms, i, following, before, verb_before)
                if tag == Tag.NOMINAL:
                    tag = _unlisted(form, before, verb_before, following.guess)
        tags.append(tag)
        if tag != Tag.NOMINAL:
            many = tag == Tag.DETERMINER and form.lower in _MANY
        if tag == Tag.COMMA and before in (Tag.MODAL, Tag.ADVERB) and is_auxiliary(verb_before):
            pass
        elif tag not in (Tag.ADVERB, Tag.NEGATION) and not (tag == Tag.QUOTE and verb_before in (Tag.TO, Tag.MODAL)):
            verb_before = tag
        before = tag
    return tags


def _opening(form: Form, before: int, verb_before: int, after: int) -> int:
    """The class of a word at the head of a clause ("Second, ...", "Earlier this week"), of an opening inner quotation
    mark, and of a name that looks like an adverb ("Mr Kelly"); unsettled where it is none of these.
    """
    heads = before in (Tag.BREAK, Tag.QUOTE)
    if heads and after == Tag.COMMA and form.lower in _ORDINALS:
        return Tag.ADVERB
    if heads and after in (Tag.PREPOSITION, Tag.DETERMINER) and form.lower == "earlier":
        return Tag.ADVERB
    if (
        form.text in _INNER_QUOTES
        and before in (Tag.TO, Tag.MODAL, Tag.PREPOSITION)
        and verb_before in (Tag.TO, Tag.MODAL)
    ):
        return Tag.ADVERB
    if form.guess == Tag.ADVERB and form.capital and before == Tag.NAME and form.lower.endswith("ly"):
        return Tag.NAME
    return Tag.UNSETTLED


def _verb(
    forms: list[Form], tags: list[int], i: int, following: Form, before: int, verb_before: int, many: bool
) -> int:
    """The class of a form of a verb, which may be a noun or part of a name in its place."""
    form = forms[i]
    verb = form.verb
    assert verb is not None
    if form.capital and i > 0 and before not in (Tag.BREAK, Tag.QUOTE, Tag.OPEN, Tag.MODAL):
        return Tag.THIRD if heads_clause(forms, tags, i) else Tag.NAME
    after = following.guess
    if form.lower in _HAVING and following.lower in _ADJECTIVES and before in (Tag.NAME, Tag.NOMINAL):
        return Tag.THIRD if verb.third else Tag.BASE
    following_verb = following.verb if after == Tag.UNSETTLED else None
    previous = forms[i - 1].lower if i else ""
    adjective = form.lower in _ADJECTIVES and verb_before in _FULL_VERBS and following.plural
    if adjective and not previous.startswith(TAKES_BARE):
        return Tag.NOMINAL
    tag = verb_or_noun(verb, before, verb_before, after, previous, form.capital, form.plural)
    if tag == Tag.NOMINAL and not verb.noun and verb.third and previous in _PRONOMINAL:
        tag = Tag.THIRD
    if tag == Tag.GERUND and form.noun_in_ing and stands_as_noun(before, after):
        tag = Tag.NOMINAL
    if tag == Tag.THIRD and verb.noun and many:
        tag = Tag.NOMINAL
    if tag == Tag.NOMINAL:
        tag = _verb_after_all(forms, tags, i, following, before, previous)
    if previous == "that" and verb.noun and following_verb is not None and following_verb.third:
        tag = Tag.NOMINAL
    if tag == Tag.THIRD and verb.noun and following.lower == "that" and not form.takes_clause:
        tag = Tag.NOMINAL
    dealt = tag == Tag.THIRD and form.plural and following.lower == "each" and _dealt_out(forms, i)
    if dealt or (tag == Tag.THIRD and form.plural and after == Tag.DETERMINER and _charges(forms, i)):
        tag = Tag.NOMINAL
    return tag


def _verb_after_all(forms: list[Form], tags: list[int], i: int, following: Form, before: int, previous: str) -> int:
    """The class of what looks like a noun: a verb where its noun or name before it agrees and its object follows."""
    form = forms[i]
    verb = form.verb
    assert verb is not None
    after = following.guess
    if after == Tag.TO and agrees(verb, form.lower, previous, before):
        return Tag.BASE
    if form.lower in _SUFFERED and following.lower in _BY_WHAT and is_plural(previous, before):
        return Tag.PARTICIPLE
    if (form.lower in _MOVING and before in (Tag.NAME, Tag.NOMINAL)) and _to_a_figure(forms, i, tags):
        return Tag.PAST if verb.past or form.lower == "fell" else Tag.THIRD
    if after == Tag.TO and verb.base and before == Tag.NAME and _named_together(tags):
        return Tag.BASE
    if form.lower == "face" and (before == Tag.NAME or is_plural(previous, before)):
        return Tag.BASE
    following_verb = following.verb if after == Tag.UNSETTLED else None
    if before == Tag.NAME and verb.third and not form.plural and can_be_object(after, following_verb):
        return Tag.THIRD
    return Tag.THIRD if _calls(form.lower, following.lower) and _speaks(forms, i, tags) else Tag.NOMINAL


def _to_a_figure(forms: list[Form], i: int, tags: list[int]) -> bool:
    """Whether what looks like a noun leads to a figure: "the duty on Peru's fish drops to 9"."""
    leads = i + 2 < len(forms) and forms[i + 1].lower in _TOWARDS
    return leads and forms[i + 2].guess in (Tag.NUMBER, Tag.CURRENCY) and not any(t in _VERBAL for t in tags)


def _named_together(tags: list[int]) -> bool:
    """Whether the tags end in two names joined by "and" that no determiner leads: "Chile and Peru plan to"."""
    i = len(tags) - 1
    while i >= 0 and tags[i] == Tag.NAME:
        i -= 1
    if i < 1 or tags[i] != Tag.COORDINATOR or tags[i - 1] != Tag.NAME:
        return False
    i -= 1
    while i >= 0 and tags[i] in (Tag.NAME, Tag.COMMA):
        i -= 1
    return i < 0 or tags[i] != Tag.DETERMINER


def _by_place(forms: list[Form], i: int, following: Form, before: int, verb_before: int) -> int:
    """The class of a closed word that can have another one in its place."""
    form = forms[i]
    after = following.guess
    tag = _closed(form, before, verb_before, after, following.lower)
    if form.guess == Tag.DETERMINER and _alone(forms, i, after):
        tag = Tag.PRONOUN
    elif (
        form.lower in _FLOATING
        and before in (Tag.NAME, Tag.NOMINAL, Tag.PRONOUN, Tag.CLOSE)
        and _acts(after, following.verb if after == Tag.UNSETTLED else None)
    ):
        tag = Tag.ADVERB
    shortened = form.lower == "'d" and following.verb is not None
    if shortened and following.verb is not None and following.verb.participle and not following.verb.base:
        tag = Tag.HAVE
    headline = following.capital and following.verb is not None and following.verb.base and not following.verb.noun
    if form.text == "May" and before not in (Tag.BREAK, Tag.QUOTE) and not headline:
        tag = Tag.NAME
    if form.lower == "likely" and before == Tag.MODAL:
        tag = Tag.ADVERB
    return tag


def _closed(form: Form, before: int, verb_before: int, after: int, following: str) -> int:
    """Words of two closed classes: "that" as relative or determiner, "each" and "all" inside a verb group."""
    lower = form.lower
    if lower in _FLOATING and is_auxiliary(before) and after == Tag.UNSETTLED:
        return Tag.ADVERB
    if lower == "no" and following == ".":
        return Tag.NOMINAL
    if lower == "one" and following in _MAGNITUDES:
        return Tag.NUMBER
    if lower == "so" and following in _DEGREES:
        return Tag.ADVERB
    if lower == "since" and before == Tag.HAVE:
        return Tag.ADVERB
    if form.guess == Tag.PREPOSITION and lower == "like" and verb_before == Tag.MODAL:
        return Tag.BASE
    if lower != "that":
        return form.guess
    if before in (Tag.BREAK, Tag.QUOTE) and after not in (Tag.NOMINAL, Tag.NAME, Tag.DETERMINER):
        return Tag.PRONOUN
    relative = before in (Tag.NAME, Tag.NOMINAL, Tag.CLOSE, Tag.NUMBER) or after != Tag.NOMINAL
    return Tag.RELATIVE if relative else Tag.DETERMINER


def _unlisted(form: Form, before: int, verb_before: int, after: int) -> int:
    """The class of a word that no list has: a verb where only a verb can stand, else a noun or adjective."""
    if form.past_by_ending and unlisted_past(before, after):
        return Tag.PAST
    if verb_before in (Tag.TO, Tag.MODAL) and unlisted_verb(form.lower, before, verb_before, after):
        return Tag.BASE
    return Tag.NOMINAL


def _calls(lower: str, following: str) -> bool:
    """Whether the word is a present form of "call on" or "call for", or stands before "that"."""
    return (lower == "calls" and following in ("on", "upon", "for")) or (
        lower in ("demands", "requests") and following == "that"
    )


def _charges(forms: list[Form], i: int) -> bool:
    """Whether a verb of two objects stands before the noun at `i`: "charges Peru's exports a tariff"."""
    return any(form.lower in _TWO_OBJECTS for form in forms[max(0, i - 5) : max(0, i - 1)])


def _dealt_out(forms: list[Form], i: int) -> bool:
    """Whether only "each" follows the noun at `i` in its clause: "bought $3 billion of Peru's exports each"."""
    return i + 2 >= len(forms) or forms[i + 2].guess in (Tag.BREAK, Tag.COMMA, Tag.COORDINATOR, Tag.OTHER)


def _speaks(forms: list[Form], i: int, tags: list[int]) -> bool:
    """Whether the noun before names a body or a paper that speaks: "the council", "Resolution 12"."""
    if len(tags) > 1 and tags[-1] == Tag.NUMBER and tags[-2] == Tag.NAME:
        return True
    return i > 0 and forms[i - 1].speaking and tags[-1] in (Tag.NOMINAL, Tag.NAME)


def _alone(forms: list[Form], i: int, after: int) -> bool:
    """Whether a determiner stands for a thing: "those with means", "this needs to change", "more needs to be done"."""
    lower = forms[i].lower
    if lower in ("those", "these"):
        return after in (Tag.PREPOSITION, Tag.RELATIVE, Tag.MODAL, Tag.BE, Tag.HAVE)
    needs = i + 2 < len(forms) and forms[i + 1].lower == "needs" and forms[i + 2].lower == "to"
    return needs and lower in ("this", "that", "more", "much", "all", "less", "enough")


def _acts(tag: int, verb: VerbForm | None) -> bool:
    """Whether a word opens a verb group: an auxiliary, a past form, a present form that is no noun."""
    return is_auxiliary(tag) or (verb is not None and (verb.past or not verb.noun))
