"""Rates in brackets behind what they are on: "duties on Chilean steel (25%), aluminium (10%) and copper (50%)"."""

from __future__ import annotations

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.words import tariff_words

_EDGES = (Tag.COMMA, Tag.COORDINATOR, Tag.CLOSE, Tag.BREAK)
_LONGEST = 14
_AT = frozenset({"at", "with", "now", "more", "less", "than", "over", "about", "around", "nearly"})


def in_brackets(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether the figure in tokens `first` to `last` stands alone in brackets."""
    tokens = sentence.tokens
    at = first - 1
    while at > 0 and (tokens[at].lower in tariff_words().up_to or tokens[at].lower in _AT):
        at -= 1
    closed = last + 1 < len(tokens) and tokens[last + 1].tag == Tag.CLOSE
    return at > 0 and tokens[at].tag == Tag.OPEN and closed


def bracketed_noun(sentence: ParsedSentence, first: int, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun before the list that the figure at token `first` closes an item of, or None."""
    noun = next((n for n in reversed(nouns) if n < first), None)
    if noun is None:
        return None
    verbs = [g for g in sentence.groups if noun < g.first < first and g.form == "finite"]
    words = tariff_words()
    reaching = all(g.lemma in words.patient_hit or g.lemma in words.covering or g.lemma == "compare" for g in verbs)
    parted = any(t.tag == Tag.SUBORDINATOR for t in sentence.tokens[noun:first])
    return noun if reaching and len(verbs) < 2 and not parted else None


def item(sentence: ParsedSentence, noun: int, first: int) -> tuple[int, int] | None:
    """First and last token of what stands before the bracket of the figure at token `first`."""
    tokens = sentence.tokens
    last = first - 1
    while last > noun and tokens[last].tag != Tag.OPEN:
        last -= 1
    last -= 1
    begin = last
    while begin > max(noun + 1, last - _LONGEST) and tokens[begin - 1].tag not in _EDGES:
        before = tokens[begin - 1]
        if before.lower in ("on", "against", "upon") or before.lower in tariff_words().covering:
            break
        if sentence.group_at(before.start) is not None:
            break
        begin -= 1
    return (begin, last) if noun < begin <= last else None
