"""Aid and goods named without a sum: objects of verbs of giving, subjects of passives, what nouns of giving govern."""

from __future__ import annotations

from collections.abc import Iterator

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.themes import Theme, phrase_theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import complements, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag


def kind_themes(sentence: ParsedSentence, acts: tuple[Act, ...], text: str) -> Iterator[Bound]:
    """The acts of a sentence that give aid or goods without a sum, with what they give."""
    for act in acts:
        if act.void:
            continue
        found = _noun(sentence, act, text) if act.sort is Sort.NOUN else _verb(sentence, act, text)
        if found is not None:
            yield found


def _noun(sentence: ParsedSentence, act: Act, text: str) -> Bound | None:
    following = [p for p in sentence.phrases_between(act.last + 1, act.last + 3) if p.preposition == "of"]
    if not following:
        return None
    theme = phrase_theme(sentence, _coordinated(sentence, following[0]), text)
    if not _is_given(sentence, theme, text, act):
        return None
    start = sentence.tokens[act.first].start
    whole = Theme(start, theme.end, act.first, theme.last, None, theme.nouns, (start, theme.end), theme.is_aid, False)
    return Bound(whole, act, "noun")


def _verb(sentence: ParsedSentence, act: Act, text: str) -> Bound | None:
    group = act.group
    words = aid_words()
    if group is None or act.sort in (Sort.MOVING, Sort.TOTAL):
        return None
    if act.sort is Sort.WEAK and group.lemma not in words.goods_verbs:
        return None
    passive = group.passive or group.form == "participle"
    candidates = subject(sentence, group) if passive else objects(sentence, group)
    for phrase in candidates:
        if (found := _given(sentence, act, phrase, text)) is not None:
            return Bound(found, act, "subject" if passive else "object")
    if passive or act.lemma in ("provide", "supply", "equip", "furnish"):
        for phrase in complements(sentence, group):
            if phrase.preposition == "with" and (found := _given(sentence, act, phrase, text)) is not None:
                return Bound(found, act, "object")
    return None


def _given(sentence: ParsedSentence, act: Act, phrase: NounPhrase, text: str) -> Theme | None:
    theme = phrase_theme(sentence, _coordinated(sentence, phrase), text)
    if act.sort in (Sort.STOPPING, Sort.RESTORING):
        return theme if _is_flow(sentence, theme, text) else None
    return theme if _is_given(sentence, theme, text, act) else None


def _is_flow(sentence: ParsedSentence, theme: Theme, text: str) -> bool:
    """Whether a phrase names a flow of aid that can be stopped: aid, or deliveries of goods."""
    words = aid_words()
    lowers = {t.lower for t in sentence.tokens[theme.first : theme.last + 1]}
    if lowers & words.trade:
        return False
    if theme.is_aid:
        return True
    flows = {"delivery", "deliveries", "shipment", "shipments", "supply", "supplies"} & lowers
    return bool(flows and (lowers & words.goods or words.kinds.search(text, theme.start, theme.end)))


def _is_given(sentence: ParsedSentence, theme: Theme, text: str, act: Act) -> bool:
    """Whether a phrase names aid, or goods that can be given away."""
    words = aid_words()
    tokens = sentence.tokens[theme.first : theme.last + 1]
    lowers = {t.lower for t in tokens}
    if lowers & words.trade or any(t.tag is Tag.CURRENCY for t in tokens):
        return False
    if theme.is_aid:
        return not lowers & {"no", "any"}
    heads = {
        t.lower
        for t, after in zip(tokens, (*tokens[1:], None), strict=True)
        if after is None or after.tag is not Tag.NOMINAL
    }
    if not heads & words.goods:
        return False
    counted = any(t.tag is Tag.NUMBER for t in tokens) or words.kinds.search(text, theme.start, theme.end) is not None
    return counted or act.sort in (Sort.STRONG, Sort.NOUN) or bool(lowers & words.goods)


def _coordinated(sentence: ParsedSentence, phrase: NounPhrase) -> tuple[NounPhrase, ...]:
    """The phrase with those joined to it by commas, "and" and "including" after it, "of" phrases between included."""
    chosen = [phrase]
    for following in sentence.phrases_between(phrase.last + 1, len(sentence.tokens)):
        between = {t.lower for t in sentence.tokens[chosen[-1].last + 1 : following.first]}
        joined = between and between <= {",", "and", "or", "of", "including", "as", "well"}
        if not joined or following.preposition not in (None, "of", "including"):
            break
        group = sentence.group_at(following.start)
        if group is not None:
            break
        chosen.append(following)
    return tuple(chosen)
