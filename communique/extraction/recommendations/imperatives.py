"""Imperatives that a text is seen to address: after a colon ("The message is clear: stop"), spoken in quotation, or at
the head of one paragraph after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from communique.articles.model import Article, SentenceKind
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.actions import action_end
from communique.extraction.recommendations.hits import Complement
from communique.extraction.recommendations.match import Candidate
from communique.extraction.recommendations.phrases import verb_after
from communique.extraction.recommendations.words import construction_named, list_pattern, words_of
from communique.extraction.speakers import saying_verbs

_MARKS = (":", '"', "“")
_OPENING = re.compile(r"[:\"“](?:(?<=:)\s+[\"“‘']?([A-Za-z]+)|(?<!:)(?<!\w[\"“])([A-Z][a-z]+))")
_WORD = re.compile(r"[A-Za-z]+")
_COUNTING = re.compile(r"(?:And )?(?:First|Second|Third|Fourth|Fifth|Sixth|Final|Last|Next)(?:ly)?, ")
_REFUSING = frozenset({"do", "don", "never", "please"})
_DONE_FOR = frozenset({"push", "press", "aim", "prepare", "pay", "vote", "plan", "call"})
_NOUN_FOLLOWED = frozenset({"for", "of", "between", "among", "is", "was", "are", "were", "and", "or"})
_ASKED = re.compile(
    r"[WwHh](?<!\w.)(?:hat|ow) (?:[\w’'-]+ ){0,3}?(?:should|must|can|could|ought to|to)\b(?: [\w’'-]+){0,6}? ?"
    r"(?:do|done|respond|react|proceed|answer|help|reply|next|now)\b[^.?!\n]{0,40}\?"
    r"|[TtMmOo](?<!\w.)(?:he|y|ur) (?:answer|solution|remedy|message|advice|way out|way forward|cure|fix)"
    r" (?:is|was|could not be)(?: \w+)? (?:simple|simpler|clear|clearer|plain|plainer|obvious|straightforward|easy)\."
)
"""What imperatives answer: "What should Rome do?", "The answer is simple."."""
_NEAR = 4
_APART = 2
_BODY = (SentenceKind.PARAGRAPH, SentenceKind.ITEM)
_ALWAYS_VERB = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN})


def imperatives(annotations: Annotations, advised: Iterable[int]) -> Iterator[tuple[int, Candidate]]:
    """The imperatives of the article's body, each with the index of its sentence.

    Those that follow one after a colon in its paragraph count with it, and those that follow a sentence of `advised`.
    """
    article = annotations.article
    starts = [s.start for s in article.sentences]
    yield from _heading_paragraphs(annotations)
    for index in sorted({*advised, *_asked(article)}):
        yield from _following(annotations, index)
    led = -1
    for found in _openings(article.text):
        word = found.start(found.lastindex or 1)
        index = bisect_right(starts, word) - 1
        if index < 0 or index <= led or word >= article.sentences[index].end or not _base(found[found.lastindex or 1]):
            continue
        sentence = annotations.parsed(index)
        first = sentence.token_at(word)
        colon = found[0].startswith(":")
        if not (_led_in(article.text, sentence, first) if colon else _spoken(sentence, first)):
            continue
        candidate = _imperative(sentence, first)
        if candidate is None:
            continue
        yield index, candidate
        for led, following in _following(annotations, index) if colon else ():
            yield led, following


def _asked(article: Article) -> Iterator[int]:
    """The sentences that ask what to do, or say that what to do is plain."""
    starts = [s.start for s in article.sentences]
    for found in _ASKED.finditer(article.text):
        yield bisect_right(starts, found.end() - 1) - 1


def _openings(text: str) -> Iterator[re.Match[str]]:
    """The words that open what stands behind a colon or in quotation marks, in order."""
    places: list[int] = []
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1)
    end = 0
    for place in sorted(places):
        found = _OPENING.match(text, place) if place >= end else None
        if found is not None:
            yield found
            end = found.end()


def _following(annotations: Annotations, index: int) -> Iterator[tuple[int, Candidate]]:
    """The run of imperatives that opens the sentences after sentence `index` in its paragraph, counted or not; those
    that are counted may have a paragraph each.
    """
    sentences = annotations.article.sentences
    text = annotations.article.text
    for i in range(index + 1, len(sentences)):
        counted = _COUNTING.match(text, sentences[i].start)
        word = _WORD.match(text, counted.end() if counted is not None else sentences[i].start)
        apart = counted is None and sentences[i].paragraph != sentences[index].paragraph
        if apart or word is None or not _base(word[0]):
            return
        sentence = annotations.parsed(i)
        candidate = _imperative(sentence, sentence.token_at(word.start()))
        if candidate is None:
            return
        yield i, candidate


def _heading_paragraphs(annotations: Annotations) -> Iterator[tuple[int, Candidate]]:
    """The imperatives that open paragraphs near each other, two or more, with those that follow each right away."""
    run: list[tuple[int, Candidate]] = []
    sentences = annotations.article.sentences
    for index, candidate in _paragraph_openings(annotations):
        if run and sentences[index].paragraph - sentences[run[-1][0]].paragraph > _APART:
            yield from _with_following(annotations, run)
            run = []
        run.append((index, candidate))
    yield from _with_following(annotations, run)


def _with_following(annotations: Annotations, run: Sequence[tuple[int, Candidate]]) -> Iterator[tuple[int, Candidate]]:
    for index, candidate in run if len(run) > 1 else ():
        yield index, candidate
        yield from _following(annotations, index)


def _paragraph_openings(annotations: Annotations) -> Iterator[tuple[int, Candidate]]:
    """The imperatives that open paragraphs and items."""
    text, last = annotations.article.text, -1
    for index, sentence in enumerate(annotations.article.sentences):
        opens, last = sentence.paragraph != last, sentence.paragraph
        word = _WORD.match(text, sentence.start) if opens and sentence.kind in _BODY else None
        if word is None or not _base(word[0]):
            continue
        parsed = annotations.parsed(index)
        first = parsed.token_at(word.start())
        if _may_be_participle(parsed, first) or _is_name(annotations, parsed, first):
            continue
        candidate = _imperative(parsed, first)
        if candidate is not None:
            yield index, candidate


def _is_name(annotations: Annotations, sentence: ParsedSentence, first: int) -> bool:
    """Whether the word opens a name ("Total Assets Inc."), as where a capitalised word behind it opens none."""
    following = sentence.tokens[first + 1] if first + 1 < len(sentence.tokens) else None
    if following is None or following.tag != Tag.NAME:
        return False
    at = bisect_left(annotations.mentions, following.start, key=attrgetter("start"))
    return at == len(annotations.mentions) or annotations.mentions[at].start != following.start


def _may_be_participle(sentence: ParsedSentence, first: int) -> bool:
    """Whether the word may open "Hit by sanctions, ..." as well as "Hit the banks"."""
    form = verb_forms().get(sentence.tokens[first].lower)
    following = sentence.tokens[first + 1].tag if first + 1 < len(sentence.tokens) else None
    return form is not None and Tag.PARTICIPLE in form.tags and following not in _ALWAYS_VERB


def _base(word: str) -> bool:
    form = verb_forms().get(word.lower())
    return word.lower() in _REFUSING or (form is not None and Tag.BASE in form.tags)


def _led_in(text: str, sentence: ParsedSentence, first: int) -> bool:
    """Whether the words before the colon announce advice, or tell who speaks."""
    tokens = sentence.tokens
    colon = next((i for i in range(first - 1, -1, -1) if tokens[i].text == ":"), 0)
    words = text[tokens[0].start : tokens[colon].start]
    speaks = any(t.lemma in saying_verbs() for t in tokens[max(colon - _NEAR, 0) : colon])
    return speaks or list_pattern("urging").search(words) is not None


def _spoken(sentence: ParsedSentence, first: int) -> bool:
    """Whether a quotation that opens the sentence is closed by a verb of saying: "“Stop,” she said"."""
    if first > 1:
        return False
    return any(
        g.lemma in saying_verbs() and g.form == "finite" and not sentence.quoted[g.first] for g in sentence.groups
    )


def _imperative(sentence: ParsedSentence, first: int) -> Candidate | None:
    """The imperative that starts at token `first`; None where the word is a noun or the verb only a remark."""
    tokens = sentence.tokens
    start = first
    negated = False
    if tokens[first].lower in ("please", "never"):
        negated, start = tokens[first].lower == "never", first + 1
    elif tokens[first].tag == Tag.DO:
        marks = [
            i for i in range(first, min(first + 2, len(tokens))) if tokens[i].lower.endswith(("not", "n't", "n’t"))
        ]
        if not marks:
            return None
        negated, start = True, marks[0] + 1
    found = verb_after(sentence, start, marked=False)
    verb = found[0] if found is not None else start
    if verb >= len(tokens) or not _base(tokens[verb].lower) or tokens[verb].lower in _REFUSING:
        return None
    if tokens[verb].lower in words_of("verbs", "not_imperative") or tokens[-1].text == "?":
        return None
    if not negated and _noun(sentence, verb):
        return None
    construction = construction_named("imperative")
    return Candidate(construction, "verb", first, first, Complement(verb, None, negated), action_end(sentence, verb))


def _noun(sentence: ParsedSentence, verb: int) -> bool:
    """Whether the word heads a phrase ("support for talks") or a subject ("trade falls")."""
    tokens = sentence.tokens
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if following is None or following.tag in _ALWAYS_VERB:
        return False
    form = verb_forms().get(following.lower)
    finite = [
        g for g in sentence.groups if g.first > verb and g.form == "finite" and tokens[g.first - 1].lemma != "help"
    ]  # behind "help" stands a bare infinitive
    if following.lower == "for" and tokens[verb].lower in _DONE_FOR and not finite:
        return False
    told = form is not None and (Tag.PAST in form.tags or Tag.THIRD in form.tags) and following.tag != Tag.NOMINAL
    if following.lower in _NOUN_FOLLOWED or told or following.tag in (Tag.MODAL, Tag.HAVE, Tag.BE, Tag.COMMA):
        return True
    return bool(finite) and any(p.first <= verb <= p.last for p in subject(sentence, finite[0]))
