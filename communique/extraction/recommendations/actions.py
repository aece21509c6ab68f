"""Where the action of a recommendation ends: at the next clause with a subject of its own, or the next report."""

from __future__ import annotations

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import VERBS, Tag, verb_forms
from communique.extraction.recommendations.marks import mark_at
from communique.extraction.recommendations.words import words_of
from communique.extraction.speakers import saying_verbs

_CUTTING = frozenset({"because", "although", "though", "whereas", "while", "lest", "so"})
_CUTTING_AFTER_COMMA = frozenset(
    {"if", "as", "since", "when", "given", "but", "which", "whose", "who", "where", "unless", "or"}
)
_FINITE = frozenset({Tag.MODAL, Tag.THIRD, Tag.PAST, Tag.BE, Tag.HAVE, Tag.DO, Tag.BASE})
_DATING = frozenset({"this", "last", "today", "yesterday", "tonight", "earlier", "late"})
_TRAILING = frozenset({Tag.COMMA, Tag.OPEN, Tag.COORDINATOR, Tag.BREAK})


def action_end(sentence: ParsedSentence, verb: int) -> int:
    """The last token of the action at token `verb`: up to the next counted item or clause of its own."""
    tokens = sentence.tokens
    quoted = sentence.quoted[verb] and tokens[verb].tag != Tag.QUOTE
    end = len(tokens) - 1
    told = verb + 1 < len(tokens) and tokens[verb + 1].lower == "that"
    depth = 0
    for i in range(verb + 1, len(tokens)):
        token = tokens[i]
        if depth == 0 and mark_at(tokens, i) is not None:
            end = i - 1
            break
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
    said = [t.lower for t in tokens[i + 1 : i + 3]]
    if tokens[i].tag == Tag.TO and said[1:] == ["that"] and tokens[i + 1].lemma in saying_verbs():
        return True
    if tokens[i].lower == "that":
        stated = _own_clause(sentence, i + 1) or tokens[i + 1].tag in (Tag.THIRD, Tag.BE, Tag.MODAL)
        return stated or _wished_clause(sentence, i + 1)
    speaks = tokens[i].lemma in saying_verbs() or tokens[i].lemma in words_of("verbs", "appealing")
    return speaks and tokens[i].tag in (Tag.PAST, Tag.THIRD, Tag.PARTICIPLE) and not within_relative(sentence, i)


def _recommends(sentence: ParsedSentence, i: int) -> bool:
    tokens = sentence.tokens
    following = tuple(t.lower for t in tokens[i : i + 2])
    return len(following) == 2 and (following[0] in ("needs", "has", "ought") and following[1] == "to")
