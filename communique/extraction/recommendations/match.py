"""Candidates: the recommending words of a sentence with what follows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from communique.articles.model import Article
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import VERBS, Tag, verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.complements import FINDERS
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.words import (
    Construction,
    constructions,
    offering,
    stems_in,
    words_of,
)
from communique.extraction.speakers import saying_verbs

_CUTTING = frozenset({"because", "although", "though", "whereas", "while", "lest", "so"})
_CUTTING_AFTER_COMMA = frozenset(
    {"if", "as", "since", "when", "given", "but", "which", "whose", "who", "where", "unless", "or"}
)
_FINITE = frozenset({Tag.MODAL, Tag.THIRD, Tag.PAST, Tag.BE, Tag.HAVE, Tag.DO, Tag.BASE})
_DATING = frozenset({"this", "last", "today", "yesterday", "tonight", "earlier", "late"})
_TRAILING = frozenset({Tag.COMMA, Tag.OPEN, Tag.COORDINATOR, Tag.BREAK})
_OF_SUBJECT = frozenset({"subject_deed"})
_NOMINAL = frozenset({"the need to"})
_TOLD = frozenset({"that_clause", "that_any", "that_singular"})


@dataclass(frozen=True, slots=True)
class Match:
    """The words of a construction at `[start, end)` of the text."""

    construction: Construction
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Recommending words at tokens `[first, last]`, the action at tokens `[verb, end]`, and who is to act.

    `further` is the "that" of a further clause of the same appeal, whose trigger starts there.
    """

    construction: Construction
    kind: str
    first: int
    last: int
    complement: Complement
    end: int
    further: int = -1

    @property
    def verb(self) -> int:
        """Token where the action starts."""
        return self.complement.verb

    @property
    def span(self) -> tuple[int, int]:
        """First and last token of the trigger: the recommending words with the action."""
        if self.further >= 0:
            return self.further, self.end
        if self.kind in _OF_SUBJECT:
            region = self.complement.addressees
            return min(region[0] if region else self.verb, self.verb), self.last
        return self.first, max(self.last, self.end)


def possible(annotations: Annotations) -> dict[int, list[Construction]]:
    """For every sentence with a stem of recommending words the constructions it can be one of, in their order."""
    return annotations.once("recommendations.possible", lambda: _find_possible(annotations.article))


def _find_possible(article: Article) -> dict[int, list[Construction]]:
    sentences = article.sentences
    starts = [s.start for s in sentences]
    found: dict[int, set[int]] = {}
    for start, end, owners in stems_in(article.text):
        i = bisect_right(starts, start) - 1
        if i >= 0 and end <= sentences[i].end:
            found.setdefault(i, set()).update(owners)
    return {i: [constructions()[number] for number in sorted(numbers)] for i, numbers in found.items()}


def matches(annotations: Annotations, index: int, *, options: bool) -> list[tuple[int, list[Match]]]:
    """The recommending words in sentence `index`: for each place the constructions that match there.

    Constructions that only offer an option are left out unless asked for.
    """
    place, lower = annotations.article.sentences[index], annotations.lower
    found: dict[int, list[Match]] = {}
    for construction in (*possible(annotations).get(index, ()), *(offering() if options else ())):
        match = construction.words.search(lower, place.start, place.end)
        while match is not None:
            found.setdefault(match.start(), []).append(Match(construction, match.start(), match.end()))
            match = construction.words.search(lower, match.start() + 1, place.end)
    return sorted(found.items())


def candidates(sentence: ParsedSentence, places: list[tuple[int, list[Match]]]) -> Iterator[Candidate]:
    """The candidates of a sentence in order, at most one for each place."""
    for _, here in places:
        for match in here:
            first, last = sentence.token_at(match.start), sentence.token_at(match.end - 1)
            found = _complete(sentence, match.construction, first, last)
            if found is not None:
                yield found
                yield from _told_further(sentence, found)
                break


def _complete(sentence: ParsedSentence, construction: Construction, first: int, last: int) -> Candidate | None:
    for kind in construction.complements:
        complement = FINDERS[kind](Hit(sentence, first, last))
        if complement is not None:
            end = last if kind in _OF_SUBJECT else action_end(sentence, complement.verb)
            if construction.name in _NOMINAL:
                end = _before_main_verb(sentence, complement.verb, end)
            return Candidate(construction, kind, first, last, complement, end)
    return None


def _told_further(sentence: ParsedSentence, told: Candidate) -> Iterator[Candidate]:
    """The further clauses of an appeal with "that": "asked that Chile pay and that it apologise"."""
    tokens, kind = sentence.tokens, told.kind
    joint = told.end + 1
    while kind in _TOLD and joint + 1 < len(tokens) and tokens[joint].tag in (Tag.COMMA, Tag.COORDINATOR):
        if tokens[joint + 1].lower == "that":
            found = FINDERS[kind](Hit(sentence, told.first, joint))
            if found is None:
                return
            end = action_end(sentence, found.verb)
            yield Candidate(told.construction, kind, told.first, told.last, found, end, joint + 1)
            joint = end
        joint += 1


def _before_main_verb(sentence: ParsedSentence, verb: int, end: int) -> int:
    """The end of an action inside a subject: "the need for X to act is clear"."""
    for group in sentence.groups:
        if verb < group.first <= end and group.form == "finite" and not within_relative(sentence, group.first):
            return group.first - 1
    return end


def verb_group(sentence: ParsedSentence, candidate: Candidate) -> VerbGroup | None:
    """The verb group of the action."""
    return sentence.group_at(sentence.tokens[candidate.verb].start)


def action_end(sentence: ParsedSentence, verb: int) -> int:
    """The last token of the action that starts at token `verb`: up to the next clause with a subject of its own."""
    tokens = sentence.tokens
    quoted = sentence.quoted[verb] and tokens[verb].tag != Tag.QUOTE
    end = len(tokens) - 1
    told = verb + 1 < len(tokens) and tokens[verb + 1].lower == "that"
    depth = 0
    for i in range(verb + 1, len(tokens)):
        token = tokens[i]
        if token.tag == Tag.OPEN:
            depth += 1
        elif token.tag == Tag.CLOSE:
            depth -= 1
            if depth < 0:
                end = i - 1
                break
        elif depth == 0 and _ends(sentence, i, quoted) and not (told and _in_told_clause(tokens, i)):
            end = i - 1
            break
    while end > verb and (tokens[end].tag in _TRAILING or tokens[end].text in (".", "…", "*")):
        end -= 1
    if end > verb and tokens[end].tag == Tag.QUOTE and not any(t.tag == Tag.QUOTE for t in tokens[verb:end]):
        end -= 1
    while end > verb and (tokens[end].tag in _TRAILING or tokens[end].text in (".", "…")):
        end -= 1
    return end


def _ends(sentence: ParsedSentence, i: int, quoted: bool) -> bool:
    token = sentence.tokens[i]
    if token.tag == Tag.BREAK:
        return True
    if token.tag == Tag.QUOTE:
        return quoted and not _short_quotation(sentence, i)
    if token.lower in _CUTTING and not _so_as(sentence, i):
        return True
    if token.tag == Tag.COMMA:
        return _ends_at_comma(sentence, i) or _reports(sentence, i + 1)
    return token.tag == Tag.COORDINATOR and (
        _reports(sentence, i + 1)
        or _own_clause(sentence, i + 1)
        or _finite_without_subject(sentence, i)
        or _recommends(sentence, i + 1)
    )


def _in_told_clause(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the conjunction at token `i` goes on with the clause after "realise that": "and cannot", "and is"."""
    following = tokens[i + 1].tag if i + 1 < len(tokens) else Tag.BREAK
    return tokens[i].tag == Tag.COORDINATOR and following in (Tag.MODAL, Tag.THIRD, Tag.PAST, Tag.BE, Tag.HAVE)


def _short_quotation(sentence: ParsedSentence, close: int) -> bool:
    """Whether the quotation that closes at token `close` holds a word or two of a clause that goes on behind it."""
    goes_on = close + 1 < len(sentence.tokens) and sentence.tokens[close + 1].tag in (
        Tag.NOMINAL, Tag.NAME, Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION,
    )  # fmt: skip
    return goes_on and any(t.tag == Tag.QUOTE for t in sentence.tokens[max(0, close - 3) : close])


def _so_as(sentence: ParsedSentence, i: int) -> bool:
    following = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    return sentence.tokens[i].lower == "so" and following not in ("that", "it", "they", "we", "he", "she")


def _ends_at_comma(sentence: ParsedSentence, i: int) -> bool:
    tokens = sentence.tokens
    if i + 2 >= len(tokens):
        return False
    following = tokens[i + 1]
    if following.lower in _CUTTING_AFTER_COMMA and following.lower != "or":
        return True
    if following.tag == Tag.ADVERB:
        following = tokens[i + 2]
    if following.tag in (Tag.GERUND, Tag.PAST, Tag.THIRD) and following.lemma in saying_verbs():
        return True
    if following.tag == Tag.GERUND and following.lemma in words_of("verbs", "appealing"):
        return True
    if following.lower == "according" or following.tag == Tag.QUOTE:
        return True
    return _own_clause(sentence, i + 1)


def _own_clause(sentence: ParsedSentence, i: int) -> bool:
    """Whether a subject with its finite verb starts at token `i`, conjunctions and adverbs passed over."""
    tokens = sentence.tokens
    while i < len(tokens) and tokens[i].tag in (Tag.ADVERB, Tag.COORDINATOR, Tag.QUOTE):
        i += 1
    phrases = sentence.phrases_between(i, i)
    if not phrases or i >= len(tokens):
        return False
    end = phrases[0].last
    for phrase in sentence.phrases_between(end + 1, end + 12):
        dated = tokens[phrase.first].lower in _DATING and phrase.first == end + 1
        if not dated and (phrase.preposition is None or phrase.first > end + 2):
            break
        end = phrase.last
    j = end + 1
    while j < len(tokens) and tokens[j].tag in (Tag.ADVERB, Tag.NEGATION):
        j += 1
    if j >= len(tokens) or tokens[j].tag not in _FINITE:
        return False
    group = sentence.group_at(tokens[j].start)
    return group is not None and group.form == "finite" and tokens[j].lower not in ("be", "been", "being")


def _wished_clause(sentence: ParsedSentence, i: int) -> bool:
    """Whether a subject with a base form behind it starts at token `i`: "that Peru be heard"."""
    phrase = next(iter(sentence.phrases_between(i, i)), None)
    following = sentence.tokens[phrase.last + 1] if phrase and phrase.last + 1 < len(sentence.tokens) else None
    return following is not None and (following.tag == Tag.BASE or following.lower == "be")


def _finite_without_subject(sentence: ParsedSentence, i: int) -> bool:
    """Whether the conjunction joins a finite verb of an outer clause: "should act and is ready"."""
    tokens = sentence.tokens
    j = i + 1
    while j < len(tokens) and tokens[j].tag in (Tag.ADVERB, Tag.NEGATION):
        j += 1
    if j >= len(tokens):
        return False
    return tokens[j].tag == Tag.MODAL or (
        tokens[j].tag in (Tag.PAST, Tag.THIRD)
        and not within_relative(sentence, j)
        and not _joins_participles(sentence, j)
    )


def within_relative(sentence: ParsedSentence, i: int) -> bool:
    """Whether a relative clause has begun before token `i`."""
    tokens = sentence.tokens
    return any(
        tokens[k].tag == Tag.RELATIVE
        and not (k and tokens[k].lower == "that" and (k == 1 or tokens[k - 1].tag in VERBS))
        for k in range(max(i - 14, 0), i)
    )


def _joins_participles(sentence: ParsedSentence, j: int) -> bool:
    form = verb_forms().get(sentence.tokens[j].lower)
    return form is not None and Tag.PARTICIPLE in form.tags


def _reports(sentence: ParsedSentence, i: int) -> bool:
    """Whether another report starts at token `i`: "and urged", "and that Peru should"."""
    tokens = sentence.tokens
    while i < len(tokens) and tokens[i].tag in (Tag.ADVERB, Tag.COORDINATOR):
        i += 1
    if i + 1 >= len(tokens):
        return False
    if tokens[i].lower == "that":
        stated = _own_clause(sentence, i + 1) or tokens[i + 1].tag in (Tag.THIRD, Tag.BE, Tag.MODAL)
        return stated or _wished_clause(sentence, i + 1)
    speaks = tokens[i].lemma in saying_verbs() or tokens[i].lemma in words_of("verbs", "appealing")
    return speaks and tokens[i].tag in (Tag.PAST, Tag.THIRD, Tag.PARTICIPLE) and not within_relative(sentence, i)


def _recommends(sentence: ParsedSentence, i: int) -> bool:
    tokens = sentence.tokens
    following = tuple(t.lower for t in tokens[i : i + 2])
    return len(following) == 2 and (following[0] in ("needs", "has", "ought") and following[1] == "to")
