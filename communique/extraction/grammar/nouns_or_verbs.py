"""Noun or verb: what the neighbours of a form that can be both, or that no list has, make of it.

`before` and `after` are the classes of the words around it, `verb_before` the last one that is no adverb, `previous`
the word before.
"""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.words import Tag, VerbForm, among, bits

_VERB_PREFIXES: Final = ("de", "re", "dis", "un", "over", "out", "co", "up", "mis")
_VERB_SUFFIXES: Final = ("ise", "ize", "ify", "ate")
TAKES_BARE: Final = ("help", "let", "dare", "made", "saw")
_DOERS: Final = frozenset(
    """government administration parliament ministry minister president cabinet congress senate country company firm
    bank commission council agency authority kingdom""".split()
)
"""Singular nouns behind which a form that is present, past and noun alike is a past: "the ministry cut aid"."""
_FULL_VERBS: Final = bits([Tag.PAST, Tag.PARTICIPLE, Tag.GERUND, Tag.THIRD])
_OBJECT_PRONOUNS: Final = frozenset({"me", "him", "us", "them"})
_NOUN_BEFORE: Final = bits([Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE, Tag.PREPOSITION, Tag.NUMBER, Tag.CURRENCY])
_SUBJECT_BEFORE: Final = bits([Tag.NAME, Tag.NOMINAL, Tag.CLOSE, Tag.ADVERB, Tag.NUMBER])
_FIRM_OBJECT: Final = bits([Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.NUMBER, Tag.CURRENCY])
_OBJECT_AFTER: Final = _FIRM_OBJECT | bits([Tag.NAME, Tag.ADVERB, Tag.SUBORDINATOR, Tag.RELATIVE])
_OBJECT_OR_INFINITIVE: Final = _OBJECT_AFTER | bits([Tag.TO])
_BEHIND_A_NOUN: Final = bits(
    [
        Tag.NOMINAL, Tag.PREPOSITION, Tag.NAME, Tag.BREAK, Tag.COMMA, Tag.RELATIVE, Tag.MODAL, Tag.BE, Tag.HAVE,
        Tag.UNSETTLED,
    ]
)  # fmt: skip


def verb_or_noun(
    form: VerbForm, before: int, verb_before: int, after: int, previous: str, capital: bool, plural_noun: bool
) -> int:
    """Settle a form that `verbs.csv` knows by its neighbours."""
    if form.base and verb_before in (Tag.TO, Tag.MODAL, Tag.DO):
        return Tag.BASE
    if verb_before == Tag.HAVE and form.participle:
        return Tag.PARTICIPLE
    if verb_before == Tag.BE:
        return Tag.GERUND if form.gerund else Tag.PARTICIPLE if form.participle else Tag.NOMINAL
    if form.gerund:
        return _gerund(before, after)
    if before == Tag.ADVERB and verb_before in (Tag.DETERMINER, Tag.POSSESSIVE):
        counted = form.noun and form.base and after == Tag.PREPOSITION
        if counted or after in (Tag.NOMINAL, Tag.UNSETTLED):
            return Tag.NOMINAL
    if form.past and form.base and previous in _DOERS and after in (Tag.NOMINAL, Tag.UNSETTLED):
        return Tag.PAST
    if form.noun and form.base and before == Tag.NOMINAL and not among(after, _OBJECT_AFTER):
        return Tag.NOMINAL
    if form.participle and form.base and not form.past and not form.noun:
        return Tag.BASE
    if form.past or form.participle:
        year = len(previous) == 4 and previous.isdigit()
        return _past(form, Tag.COMMA if year else before, after)
    if among(before, _NOUN_BEFORE) or (
        before == Tag.NOMINAL and form.noun and after in (Tag.UNSETTLED, Tag.NOMINAL) and form.base
    ):
        return Tag.NOMINAL
    if previous == "that" and form.noun and after in (Tag.MODAL, Tag.BE, Tag.HAVE):
        return Tag.NOMINAL
    if (before == Tag.PRONOUN and previous not in _OBJECT_PRONOUNS) or previous in ("who", "which", "that"):
        return Tag.BASE if form.base else Tag.THIRD
    return _present(form, before, after, previous, capital, plural_noun)


def _gerund(before: int, after: int) -> int:
    if before in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE) and among(after, _BEHIND_A_NOUN):
        return Tag.NOMINAL
    if before == Tag.NOMINAL and after in (Tag.BREAK, Tag.COMMA, Tag.COORDINATOR, Tag.OTHER, Tag.RELATIVE):
        return Tag.NOMINAL
    return Tag.GERUND


def _past(form: VerbForm, before: int, after: int) -> int:
    if before in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE, Tag.CURRENCY):
        return Tag.NOMINAL
    if before == Tag.NUMBER and after not in (Tag.RELATIVE, Tag.PREPOSITION) and not among(after, _FIRM_OBJECT):
        return Tag.NOMINAL
    if before == Tag.PREPOSITION and after in (Tag.NOMINAL, Tag.NAME, Tag.UNSETTLED):
        return Tag.NOMINAL
    return Tag.PAST if form.past else Tag.PARTICIPLE


def _present(form: VerbForm, before: int, after: int, previous: str, capital: bool, plural_noun: bool) -> int:
    """Present forms and bases, which are often nouns too."""
    verb = Tag.THIRD if form.third else Tag.BASE
    if before in (Tag.BREAK, Tag.QUOTE, Tag.OPEN):
        if not form.noun or among(after, _FIRM_OBJECT if form.third else _OBJECT_AFTER):
            return verb
        return Tag.NAME if capital else Tag.NOMINAL
    if among(before, _FULL_VERBS) and after in (Tag.NOMINAL, Tag.UNSETTLED) and not previous.startswith(TAKES_BARE):
        return Tag.NOMINAL
    if not form.noun:
        return verb
    if before == Tag.ADVERB and after in (Tag.PREPOSITION, Tag.TO):
        return verb
    if among(before, _SUBJECT_BEFORE) and among(after, _FIRM_OBJECT if plural_noun else _OBJECT_OR_INFINITIVE):
        plural = ends_in_plural(previous)
        if form.third:
            return Tag.NOMINAL if plural and before == Tag.NOMINAL else Tag.THIRD
        return Tag.BASE if plural or before == Tag.ADVERB else Tag.NOMINAL
    if before in (Tag.COORDINATOR, Tag.COMMA) and among(after, _OBJECT_AFTER if plural_noun else _OBJECT_OR_INFINITIVE):
        return verb
    return Tag.NOMINAL


def stands_as_noun(before: int, after: int) -> bool:
    """Whether a form in -ing stands where a noun does: "in funding to", "new funding for"."""
    inside = before in (Tag.NOMINAL, Tag.NUMBER, Tag.PREPOSITION, Tag.NAME, Tag.COORDINATOR)
    return inside and not among(after, _FIRM_OBJECT)


def can_be_object(after: int, following: VerbForm | None) -> bool:
    """Whether the next word can be a bare plural object ("Kyiv needs shells") and not a verb ("Japan exports fell")."""
    return after == Tag.NOMINAL or (following is not None and following.noun)


def agrees(form: VerbForm, lower: str, previous: str, before: int) -> bool:
    """Whether a base form before "to" is the verb of the plural noun or name before it ("our leaders need to")."""
    if not form.base:
        return False
    need = lower == "need" and (before in (Tag.NAME, Tag.QUOTE) or previous == "people")
    return need or is_plural(previous, before)


def is_plural(previous: str, before: int) -> bool:
    """Whether the word before is a plural noun."""
    return before == Tag.NOMINAL and ends_in_plural(previous)


def ends_in_plural(word: str) -> bool:
    """Whether a word ends as plural nouns do."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def unlisted_past(before: int, after: int) -> bool:
    """Whether a form in -ed that `verbs.csv` lacks stands as a verb between a noun and its object."""
    return before in (Tag.NAME, Tag.PRONOUN) and after in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN)


def unlisted_verb(lower: str, before: int, verb_before: int, after: int) -> bool:
    """Whether a word that `verbs.csv` lacks is a verb: right after a modal, or after "to" with an object following."""
    if not lower.replace("-", "").isalpha() or lower.endswith("s"):
        return False
    if verb_before == Tag.MODAL:
        derived = lower.startswith(_VERB_PREFIXES) or lower.endswith(_VERB_SUFFIXES)
        return before in (Tag.MODAL, Tag.ADVERB, Tag.NEGATION) and (derived or after != Tag.NOMINAL)
    return verb_before == Tag.TO and after in (Tag.DETERMINER, Tag.POSSESSIVE)
