"""From the sentences of an article to the rows of the table `recommendations`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations
from communique.extraction.recommendations.addressees import addressee_ids, coordination_end, told_last
from communique.extraction.recommendations.case import PASSIVE_ASKING, Case
from communique.extraction.recommendations.headlines import as_sentence
from communique.extraction.recommendations.imperatives import imperatives
from communique.extraction.recommendations.items import announces, bare_item, counted_actions
from communique.extraction.recommendations.lead_ins import led_item
from communique.extraction.recommendations.lists import Place, places
from communique.extraction.recommendations.match import Candidate, candidates, matches, possible, verb_group
from communique.extraction.recommendations.options import is_offered
from communique.extraction.recommendations.phrases import owner_of
from communique.extraction.recommendations.recommenders import recommender, speaks_itself
from communique.extraction.recommendations.referents import mentions_in
from communique.extraction.recommendations.topics import topic_of
from communique.extraction.recommendations.vetoes import veto
from communique.extraction.recommendations.views import neg_raised
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS, option_words, words_of
from communique.extraction.rows import Recommendation

_ADVISING = frozenset({"must", "should", "need", "advise"})
_NEAR = 2
_GLANCE = 40
_LONGEST = 10_000
_REGARDED = frozenset({"seen", "viewed", "regarded"})
_OBJECTS = frozenset({"them", "him", "her", "it"})


@dataclass(frozen=True, slots=True)
class _Found:
    case: Case
    index: int


def recommendation_rows(annotations: Annotations) -> tuple[Recommendation, ...]:
    """The recommendations of the article's body, in order of the text."""
    sentences = annotations.article.sentences
    ranks = places(annotations.article)
    leading = {place.lead for place in ranks if place.lead is not None}
    rows: list[Recommendation] = []
    options: list[_Found] = []
    own_voice: set[int] = set()
    for index in _triggered(annotations, ranks):
        place = ranks[index]
        listed = place.listed or place.ordinal is not None
        own = bare_item(annotations, index, place) if place.addressed else []
        if own:
            rows += own
            continue
        own, offered = _of_sentence(
            annotations, index, place, options=listed, own_voice=own_voice, leads=index in leading
        )
        if not own and not offered and place.listed and sentences[index].kind is not SentenceKind.HEADING:
            own = _item(annotations, index, place)
        rows += own
        options += offered
    advice = tuple(row for row in rows if row.modality in _ADVISING and row.char_start in own_voice)
    for index in _optional(annotations, ranks, advice):
        options += _of_sentence(annotations, index, ranks[index], options=True, own_voice=set())[1]
    offers = [
        _row(annotations, found.case, found.index, ranks[found.index])
        for found in options
        if is_offered(annotations, found.case, found.index, ranks[found.index], advice)
    ]
    rows = [row for row in rows if not any(o.char_start < row.char_start < o.char_end for o in offers)] + offers
    rows += _imperatives(annotations, ranks, rows)
    return tuple(sorted(rows, key=lambda row: (row.char_start, row.char_end)))


def _imperatives(
    annotations: Annotations, ranks: tuple[Place, ...], rows: list[Recommendation]
) -> list[Recommendation]:
    """The imperatives that no row covers yet."""
    ends: dict[int, list[int]] = {}
    for row in rows:
        ends.setdefault(row.sentence, []).append(row.char_end)
    text = annotations.article.text
    found = [
        _row(annotations, Case(text, annotations.parsed(index), candidate, ""), index, ranks[index])
        for index, candidate in imperatives(annotations, ends)
        if _readable(annotations.article.sentences[index])
    ]
    return [
        row
        for row in found
        if not any(
            end >= row.char_end or not text[end : row.char_start].strip(" :\n“\"‘'")
            for end in ends.get(row.sentence, ())
        )
    ]


def _triggered(annotations: Annotations, ranks: tuple[Place, ...]) -> list[int]:
    """Sentences with a stem of recommending words, and the items of lists of recommendations."""
    article = annotations.article
    listed = (i for i, place in enumerate(ranks) if place.listed or place.ordinal is not None)
    chosen = {*listed, *possible(annotations)}
    return sorted(i for i in chosen if _readable(article.sentences[i]))


def _readable(sentence: Sentence) -> bool:
    """Whether a sentence can be one: what runs on for pages without a full stop is a table or noise."""
    return sentence.kind is not SentenceKind.PUBLICATION_LINE and sentence.end - sentence.start <= _LONGEST


def _optional(annotations: Annotations, ranks: tuple[Place, ...], advice: tuple[Recommendation, ...]) -> Iterator[int]:
    """Sentences outside lists that may offer an option: announced, among advice, or those that wish or consider."""
    article = annotations.article
    often = len(advice) > _NEAR
    for index, (sentence, place) in enumerate(zip(article.sentences, ranks, strict=True)):
        if place.listed or place.ordinal is not None or not _readable(sentence):
            continue
        if not advice and not place.offered:
            continue
        words = option_words("options" if often or place.offered else "wishes")
        if words.search(annotations.lower, sentence.start, sentence.end):
            yield index


def _of_sentence(
    annotations: Annotations, index: int, place: Place, *, options: bool, own_voice: set[int], leads: bool = False
) -> tuple[list[Recommendation], list[_Found]]:
    """The rows of a sentence, and the options in it, which only the rows around them tell from mere possibilities.

    The starts of rows in which the article itself speaks are added to `own_voice`; a sentence that `leads` a list in
    may only announce it.
    """
    article = annotations.article
    text = article.text
    found = matches(annotations, index, options=options)
    if not found:
        return [], []
    following = article.sentences[index + 1] if index + 1 < len(article.sentences) else None
    after = text[following.start : following.start + _GLANCE] if following else ""
    sentence = as_sentence(annotations, index)
    rows: list[Recommendation] = []
    offered: list[_Found] = []
    covered = -1
    for candidate in candidates(sentence, found):
        if max(candidate.first, candidate.further) <= covered:
            continue
        named = _named(annotations, sentence, candidate) or _taken_up(annotations, sentence, candidate, index)
        case = Case(text, sentence, candidate, after, named)
        if candidate.construction.name == "is a priority" and not (place.listed or place.ordinal):
            continue
        if leads and text[sentence.end - 1] == ":" and candidate.end >= len(sentence.tokens) - 2 and announces(case):
            continue
        reason = veto(case)
        if reason is not None:
            if reason != "need without stress":
                covered = max(covered, candidate.last)
            if reason in ("forecast", "questioned", "unmade"):
                covered = candidate.verb
            continue
        if candidate.construction.only == "option":
            offered.append(_Found(case, index))
            continue
        covered = candidate.span[1]
        counted = counted_actions(annotations, case, _row(annotations, case, index, place))
        if speaks_itself(annotations, case, index):
            own_voice.add(counted[0].char_start)
        rows += counted
    return rows, offered


def _item(annotations: Annotations, index: int, place: Place) -> list[Recommendation]:
    """An item without recommending words of its own, read with its lead-in or by itself."""
    if not place.opens or place.lead is None:
        return []

    def read(joined: Annotations) -> list[Recommendation]:
        return _of_sentence(joined, 0, replace(place, listed=False), options=False, own_voice=set())[0]

    return led_item(annotations, place.lead, index, read) or bare_item(annotations, index, place)


def _taken_up(annotations: Annotations, sentence: ParsedSentence, candidate: Candidate, index: int) -> bool:
    """Whether "it" takes up the actor that the sentence before is about: "Peru is weak. Yet it should help"."""
    region = candidate.complement.addressees
    alone = region is not None and region[0] == region[1] and sentence.tokens[region[0]].lower == "it"
    told = told_last(annotations, index) if alone else ()
    return len(told) == 1 and told[0].startswith(("country:", "international_organisation:"))


def _named(annotations: Annotations, sentence: ParsedSentence, candidate: Candidate) -> bool:
    region = candidate.complement.addressees
    phrase = next(iter(sentence.phrases_between(*region)), None) if region is not None else None
    if phrase is None:
        return False
    head = sentence.tokens[phrase.head]
    return any(m.end >= head.end for m in mentions_in(annotations, phrase.start, phrase.end))


def _row(annotations: Annotations, case: Case, index: int, place: Place) -> Recommendation:
    sentence, candidate = case.sentence, case.candidate
    tokens = sentence.tokens
    first, last = candidate.span
    group = verb_group(sentence, candidate)
    region = _whose_task(case) or (candidate.complement.addressees if case.head != "there" else None)
    passive = (
        group is not None and group.passive and candidate.construction.name not in PASSIVE_ASKING
        and tokens[group.main].lower not in words_of("words", "ready") | _REGARDED
    )  # fmt: skip
    ids: tuple[str, ...] = ()
    negated = candidate.complement.negated != candidate.construction.negated
    if region is not None and not passive and not _of_none(sentence, region):
        ids = addressee_ids(annotations, sentence, region, index)
    elif passive and group is not None:
        ids = _agents(annotations, sentence, group.last, candidate.end, index)
    if neg_raised(case):
        negated = not negated
    strength = candidate.construction.strength
    if any(t.lower in words_of("words", "hedges") for t in tokens[max(case.start - 6, 0) : candidate.verb]):
        strength = "weak"
    voice = recommender(annotations, case, index)
    if case.head in _OBJECTS and candidate.construction.by_subject and ids == (voice.actor_id,):
        ids = ()
    return Recommendation(
        char_start=tokens[first].start,
        char_end=tokens[last].end,
        sentence=index,
        rule=candidate.construction.name,
        recommender_id=voice.actor_id,
        recommender=voice.words,
        addressee_ids=ids,
        addressee=_words(annotations, sentence, region) if region is not None and not passive else None,
        action=annotations.article.text[tokens[candidate.verb].start : tokens[candidate.end].end]
        if candidate.kind != "subject_deed"
        else annotations.article.text[tokens[candidate.verb].start : tokens[candidate.first - 1].end],
        modality=candidate.construction.modality,
        strength=strength,
        is_negated=negated,
        ordinal=place.ordinal,
        topic=topic_of(
            annotations.article.text[tokens[candidate.verb].start : tokens[candidate.end].end],
            annotations.article.text[sentence.start : sentence.end],
            _nearby(annotations, index),
            _words(annotations, sentence, region) if region is not None and not case.agentive else "",
        ),
    )


def _whose_task(case: Case) -> tuple[int, int] | None:
    """Whose it is to make something happen: "peace should be Kyiv's first aim"."""
    if case.verb != "be" or case.candidate.kind != "verb" or case.agentive:
        return None
    sentence, verb = case.sentence, case.candidate.verb
    phrase = sentence.phrase_at(case.tokens[verb + 1].start) if verb + 1 < len(case.tokens) else None
    owner = owner_of(sentence, phrase) if phrase is not None else None
    if phrase is None or owner is None or case.tokens[phrase.head].lower not in words_of("nouns", "aims"):
        return None
    return phrase.first, owner


def _nearby(annotations: Annotations, index: int) -> str:
    """The sentences on both sides of a sentence in its paragraph, and the title."""
    sentences = annotations.article.sentences
    text = annotations.article.text
    near = [
        sentences[i]
        for i in (index - 2, index - 1, index + 1)
        if 0 <= i < len(sentences) and sentences[i].paragraph == sentences[index].paragraph
    ]
    titles = [s for s in sentences[:3] if s.kind is SentenceKind.TITLE]
    return " ".join(text[s.start : s.end] for s in (*titles, *near))


def _of_none(sentence: ParsedSentence, region: tuple[int, int]) -> bool:
    paired = any(t.lower == "nor" for t in sentence.tokens[region[0] : region[1]])
    return sentence.tokens[region[0]].lower in NEGATIVE_SUBJECTS and not paired


def _agents(annotations: Annotations, sentence: ParsedSentence, first: int, last: int, index: int) -> tuple[str, ...]:
    """Who is to act in a passive: the phrase after "by"."""
    for phrase in sentence.phrases_between(first + 1, last):
        if any(first < g.first < phrase.first for g in sentence.groups if g.form in ("gerund", "infinitive")):
            return ()
        if phrase.preposition == "by":
            end = coordination_end(sentence, phrase)
            return addressee_ids(annotations, sentence, (phrase.first, end), index)
    return ()


def _words(annotations: Annotations, sentence: ParsedSentence, region: tuple[int, int]) -> str:
    first, last = region
    while last > first and sentence.tokens[last].tag in (Tag.COMMA, Tag.ADVERB, Tag.QUOTE):
        last -= 1
    return annotations.article.text[sentence.tokens[first].start : sentence.tokens[last].end]
