"""Who says a thing: the words that name the speaker of a reported clause or a quotation."""

from __future__ import annotations

from functools import cache

from communique.articles.model import Article
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations
from communique.extraction.wording import load_toml

_CLAUSE_MARKS = frozenset({Tag.RELATIVE, Tag.ADVERB, Tag.QUOTE, Tag.COMMA, Tag.BREAK})
_ADVISING = frozenset({"should", "must", "ought", "may", "might", "could", "can"})
_NOBODY = frozenset({"it", "this", "that", "there", "which", "what"})
_REACH = 2


@cache
def saying_verbs() -> frozenset[str]:
    """Lemmas of the verbs by which texts attribute what they report."""
    lexicon = load_toml("speech.toml")
    return frozenset(lexicon["verbs"])


@cache
def holding_adjectives() -> frozenset[str]:
    """Adjectives of those who hold something: "was firm that X should"."""
    return frozenset(load_toml("speech.toml")["adjectives"])


def governing_speech(sentence: ParsedSentence, first: int) -> VerbGroup | None:
    """The verb of saying on which the clause that starts at token `first` depends: "said" in "said that X should"."""
    before = [g for g in sentence.groups if g.last < first]
    if not before:
        return None
    group = before[-1]
    if _only_joins(sentence, group):
        return None
    between = sentence.tokens[group.last + 1 : first]
    joined = all(t.tag in _CLAUSE_MARKS for t in between) or any(t.lower == "that" for t in between)
    impersonal = group.first > 0 and sentence.tokens[group.first - 1].lower in _NOBODY
    held = group.lemma == "be" and not impersonal and any(t.lower in holding_adjectives() for t in between[:2])
    return group if joined and (held or group.lemma in saying_verbs()) else None


def _only_joins(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb is of a turn that only joins a sentence to the last one: "That said,", "Having said that,"."""
    if group.lemma != "say" or group.first > 2:
        return False
    end = group.last + 1
    opening = " ".join(t.lower for t in sentence.tokens[: end + 1])
    return opening.startswith(("that said ,", "that being said ,", "having said that", "with that said ,"))


def speaker_words(sentence: ParsedSentence, first: int, last: int) -> tuple[NounPhrase, ...]:
    """The phrases of the sentence that name who says tokens `[first, last]`, empty where none does.

    Looked for in "X said that ...", "..., X said", "..., said X", "according to X, ...", "as X put it, ...".
    """
    governor = governing_speech(sentence, first)
    if governor is not None:
        return subject(sentence, governor)
    return _after(sentence, last) or _before(sentence, first) or _according(sentence)


def _after(sentence: ParsedSentence, last: int) -> tuple[NounPhrase, ...]:
    """ "..., X said" and "..., said X" behind the clause."""
    tokens = sentence.tokens
    for group in sentence.groups:
        if group.first <= last or group.lemma not in saying_verbs() or group.form == "infinitive":
            continue
        edge = tokens[group.first - 1].tag
        if edge in (Tag.COMMA, Tag.QUOTE):
            behind = tuple(p for p in sentence.phrases_between(group.last + 1, group.last + 2) if p.preposition is None)
            if behind and group.form != "gerund":
                return behind[:1]
        before = [p for p in sentence.phrases_between(last + 1, group.first - 1) if p.last < group.first]
        if before and _at_edge(sentence, before[0].first, last):
            return (before[0],)
        if edge in (Tag.COMMA, Tag.QUOTE) and group.form == "gerund":
            continue
        return ()
    return ()


def _at_edge(sentence: ParsedSentence, first: int, last: int) -> bool:
    between = sentence.tokens[last + 1 : first]
    return bool(between) and all(t.tag in (Tag.COMMA, Tag.QUOTE, Tag.BREAK, Tag.ADVERB, Tag.OTHER) for t in between)


def _before(sentence: ParsedSentence, first: int) -> tuple[NounPhrase, ...]:
    """ "As X told parliament, ...", "X said: ..." and ", she told me," in front of the clause."""
    for group in reversed(sentence.groups):
        if group.last >= first or group.lemma not in saying_verbs() or group.form != "finite":
            continue
        between = sentence.tokens[group.last + 1 : first]
        closed = any(t.tag in (Tag.COMMA, Tag.BREAK, Tag.QUOTE) for t in between)
        quoting = any(t.text == ":" or t.tag == Tag.QUOTE for t in between) and group.modal not in _ADVISING
        opened = sentence.tokens[0].lower == "as" or quoting
        aside = any(t.tag == Tag.COMMA for t in sentence.tokens[max(group.first - 3, 0) : group.first])
        return subject(sentence, group) if closed and (opened or aside) else ()
    return ()


def _according(sentence: ParsedSentence) -> tuple[NounPhrase, ...]:
    tokens = sentence.tokens
    for i in range(len(tokens) - 2):
        if tokens[i].lower == "according" and tokens[i + 1].lower == "to":
            return tuple(sentence.phrases_between(i + 2, i + 2))
    return ()


def in_quotation(article: Article, index: int, offset: int) -> bool:
    """Whether the offset of sentence `index` stands inside quotation marks opened in its paragraph."""
    sentences = article.sentences
    start = index
    while start > 0 and sentences[start - 1].paragraph == sentences[index].paragraph:
        start -= 1
    stretch = article.text[sentences[start].start : offset]
    doubled = stretch.count("``") > stretch.count("''")
    return stretch.count("“") > stretch.count("”") or stretch.count('"') % 2 == 1 or doubled


def quotation_speaker(annotations: Annotations, index: int) -> tuple[int, tuple[NounPhrase, ...]] | None:
    """The sentence near `index`, of its paragraph or the one before, that names who speaks, with the naming phrases."""
    sentences = annotations.article.sentences
    for i in (index - 1, index + 1, *range(index - 2, index - 2 - _REACH, -1)):
        if not 0 <= i < len(sentences) or abs(sentences[i].paragraph - sentences[index].paragraph) > (i < index):
            continue
        parsed = annotations.parsed(i)
        for group in parsed.groups:
            if group.lemma in saying_verbs() and group.form == "finite" and not parsed.quoted[group.first]:
                closes = group.first > 0 and parsed.tokens[group.first - 1].tag in (Tag.COMMA, Tag.QUOTE)
                behind = _behind(parsed, group)
                named = behind if closes and behind else subject(parsed, group) or behind
                if named:
                    return i, named
    return None


def _behind(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    return tuple(p for p in sentence.phrases_between(group.last + 1, group.last + 2) if p.preposition is None)[:1]
