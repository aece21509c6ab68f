"""Whether words name something that can be given: aid, a flow of it, goods that are handed over."""

from __future__ import annotations

from itertools import pairwise

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words, model_words, word_set
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag


def said_before(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a definite phrase only takes up aid told of before: "the loans", "this support"; "the tents donated by
    Japan" tells of it.
    """
    run = lowers(sentence, theme.first, theme.last)
    made = next((g for g in sentence.groups if g.first == theme.last + 1 and g.form == "participle"), None)
    if made is not None and run[0] == "the" and lowers(sentence, made.last + 1, made.last + 1) == ["under"]:
        return True
    if any(g.first == theme.last + 1 and g.form == "participle" for g in sentence.groups):
        return False
    return run[0] in ("the", "this", "that", "these", "those", "such") and len(run) <= 3 and theme.is_broad


_FLOWING = frozenset(
    {"funding", "disbursements", "disbursement", "financing", "loans", "credits", "contributions", "lending", "compact"}
)


def is_flow(sentence: ParsedSentence, theme: Theme, text: str, act: Act) -> bool:
    """Whether a phrase names a flow of aid that can be stopped: aid, or deliveries of goods."""
    words = aid_words()
    lowered = set(lowers(sentence, theme.first, theme.last))
    if lowered & words.trade or act.group is None:
        return False
    head = next((p.head for p in sentence.phrases if p.first == theme.first), theme.first)
    if sentence.tokens[head].lower in words.wished_nouns:
        return False
    if theme.is_aid:
        return True
    if theme.is_broad and act.sort in (Sort.STOPPING, Sort.RESTORING) and set(theme.nouns[:1]) & _FLOWING:
        return True
    if act.sort is Sort.STOPPING and set(theme.nouns[:1]) == {"support"} and _is_own_support(sentence, theme):
        return True
    flows = {"delivery", "deliveries", "shipment", "shipments", "supply", "supplies"} & lowered
    return bool(flows and (lowered & words.goods or words.kinds.search(text[theme.start : theme.end].lower())))


def _is_own_support(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether support is the giver's own and no stand that he takes for something: "withdrew all its support"."""
    run, after = lowers(sentence, theme.first, theme.last), lowers(sentence, theme.last + 1, theme.last + 1)
    return run[0] in ("all", "its", "their", "project", "programme", "program", "direct") and after != ["for"]


def is_vague_sum(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether a phrase opens with a sum without a figure: "billions of dollars", "tens of millions of euros"."""
    return not word_set("goods", "vague").isdisjoint(lowers(sentence, first, min(last, first + 4)))


def is_given(sentence: ParsedSentence, theme: Theme, text: str, act: Act) -> bool:
    """Whether a phrase names aid, or goods that can be given away."""
    words = aid_words()
    tokens = sentence.tokens[theme.first : theme.last + 1]
    lowered = {t.lower for t in tokens}
    if (
        lowered & words.trade
        or lowered & {"no", "any"}
        or any(t.tag == Tag.CURRENCY and t.lower != "pounds" for t in tokens)
    ):
        return False
    opening = next((p for p in sentence.phrases if p.first == theme.first), None)
    if opening is not None and sentence.tokens[opening.head].lower in word_set("goods", "spoken"):
        return False
    if theme.nouns[:1] == ("relief",) and lowers(sentence, theme.last + 1, theme.last + 1) == ["from"]:
        return False
    if is_vague_sum(sentence, theme.first, theme.last):
        return theme.is_aid or theme.is_broad or act.lemma in word_set("goods", "money_verbs")
    if theme.is_aid or (act.sort is Sort.NOUN and theme.is_broad and act.status in ("suspended", "ended")):
        return True
    kinds = words.kinds.finditer(text[theme.start : sentence.end].lower()) if act.lemma in _MOVING_FORCES else ()
    if act.lemma in _MOVING_FORCES and all(m.lastgroup != "humanitarian" for m in kinds):
        return False
    beside = set(lowers(sentence, act.last + 1, theme.last)) if act.group is not None else lowered
    if _is_bought(sentence, theme) or beside & _SENT_TO_FIGHT:
        return False
    if act.lemma in _GIVING_ANYTHING and _is_thing(sentence, theme, act):
        return True
    if act.lemma in _GIVING_MAKES and _is_make(sentence, theme):
        return True
    if theme.is_broad and _for_kind(sentence, theme, text, act):
        return True
    nominal = [
        t.lower
        for t, after in zip(tokens, (*tokens[1:], None), strict=True)
        if after is None or after.tag not in (Tag.NOMINAL, Tag.NAME)
    ]
    return bool(set(nominal) & words.goods) or _is_team(nominal, lowered) or names_model(theme, text)


def names_model(theme: Theme, text: str) -> bool:
    """Whether a phrase names weapons by their model: "seven M109s"."""
    return model_words().search(text[theme.start : theme.end].lower()) is not None


def _is_team(heads: list[str], spoken: set[str]) -> bool:
    """Whether people are sent to help: "a 72-strong urban search and rescue team"."""
    words = aid_words()
    parts = {part for word in spoken for part in word.split("-")}
    return not words.teams.isdisjoint(heads) and not words.team_kinds.isdisjoint(parts)


_MOVING_FORCES = frozenset({"deploy", "fly", "make", "rush"})
_GIVING_ANYTHING = frozenset(
    {"donate", "gift", "ship", "supply", "hand", "airlift", "delivery", "donation", "shipment", "handover"}
)
_SENT_TO_FIGHT = frozenset({"troops", "soldiers", "forces", "warships", "marines", "paratroopers", "fighters"})
_GIVING_MAKES = frozenset({"deliver", "send", "give", "provide", "transfer", "lend", "pledge", "promise"})


def _is_make(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a counted thing is named by its make: "eight Black Hawks", "two Leopard 2s"."""
    phrase = next((p for p in sentence.phrases if p.first == theme.first), None)
    if phrase is None or sentence.tokens[theme.first].tag != Tag.NUMBER:
        return False
    head = sentence.tokens[phrase.head]
    tags = [t.tag for t in sentence.tokens[phrase.first + 1 : phrase.last + 1]]
    return (Tag.NAME, Tag.NUMBER) in pairwise(tags) or (head.tag == Tag.NAME and head.lower.endswith("s"))


_NOT_THINGS = frozenset(
    """year month week day night people troops soldiers workers blood power votes years days money time information
    details evidence""".split()
)


def _is_thing(sentence: ParsedSentence, theme: Theme, act: Act) -> bool:
    """Whether a counted thing, or anything donated, is handed over: "ship 35 Humvees", "donated a corvette"."""
    first = sentence.tokens[theme.first]
    counted = first.tag == Tag.NUMBER or (first.tag == Tag.DETERMINER and act.lemma in ("donate", "gift"))
    named = any(
        t.tag == Tag.NOMINAL or (t.tag == Tag.NAME and first.tag == Tag.NUMBER)
        for t in sentence.tokens[theme.first : theme.last + 1]
    )
    return counted and named and not set(lowers(sentence, theme.first, theme.last)) & _NOT_THINGS


def _is_bought(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a relative clause says that the goods were paid for: "radars that Manila bought"."""
    following = next((g for g in sentence.groups if g.first > theme.last), None)
    return (
        following is not None
        and following.first - theme.last <= 6
        and following.lemma in ("buy", "purchase", "order", "sell")
    )


def _for_kind(sentence: ParsedSentence, theme: Theme, text: str, act: Act) -> bool:
    """Whether money is given to somebody or for a kind of aid: "new funding for medical care"."""
    following = sentence.phrases_between(theme.last + 2, theme.last + 3)[:1]
    money = theme.nouns[:1] and theme.nouns[0] in (
        "funding",
        "funds",
        "money",
        "financing",
        "package",
        "grants",
        "grant",
    )
    if not (money and following):
        return False
    named = aid_words().kinds.search(text[following[0].start : following[0].end].lower()) is not None
    handed = following[0].preposition == "to" and act.group is not None
    received = following[0].preposition == "from" and act.sort is Sort.RECEIVING
    return handed or received or (following[0].preposition == "for" and named)
