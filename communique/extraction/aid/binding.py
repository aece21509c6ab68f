"""Which act of a sentence gives which theme."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_TRANSPARENT = frozenset(
    {
        "include",
        "be",
        "help",
        "mean",
        "represent",
        "involve",
        "comprise",
        "constitute",
        "follow",
        "see",
        "have",
        "contain",
        "average",
        "base",
        "leave",
        "say",
        "note",
        "lead",
    }
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A theme with the act that gives it; `position` is `object`, `subject` (of a passive or moving verb) or `noun`.

    `act` is None for a sum whose own noun is all that speaks of giving.
    """

    theme: Theme
    act: Act | None
    position: str


def bind(sentence: ParsedSentence, acts: tuple[Act, ...], theme: Theme) -> Bound | None:
    """The act that a sum belongs to; None where the verb above it speaks of something else."""
    by_group = {act.group.first: act for act in acts if act.group is not None}
    passive = _subject_of(sentence, by_group, theme)
    if passive is not None:
        return Bound(theme, passive, "subject")
    noun = _noun_before(sentence, acts, theme)
    for group in reversed([g for g in sentence.groups if g.last < theme.first]):
        act = by_group.get(group.first)
        if act is not None and _takes(sentence, act, theme):
            return Bound(theme, _with_noun(act, noun), "object")
        if act is not None and act.void and act.sort in (Sort.STRONG, Sort.WEAK) and _near(sentence, group, theme):
            return None
        if _stops(sentence, group, theme):
            break
    if noun is not None:
        return Bound(theme, noun, "noun")
    return Bound(theme, None, "noun") if theme.is_aid else None


def _subject_of(sentence: ParsedSentence, by_group: dict[int, Act], theme: Theme) -> Act | None:
    """The passive or moving act whose subject holds the theme: "$5m was allocated", "$5m will go to"."""
    following = next((g for g in sentence.groups if g.first > theme.last and g.form != "infinitive"), None)
    if following is None or _joint(sentence, theme.last + 1, following.first):
        return None
    if any(
        g.form == "finite" and not _relative(sentence, g)
        for g in sentence.groups
        if g.last < theme.first and not _edge_between(sentence, g.last, theme.first)
    ):
        return None
    act = by_group.get(following.first)
    if act is None:
        return None
    suits = following.passive or following.form == "participle" or act.sort is Sort.MOVING
    return act if suits and _holds(sentence, following, theme) else None


def _holds(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    if group.form == "participle":
        return group.first - theme.last <= 8
    subjects = subject(sentence, group)
    return not subjects or min(p.first for p in subjects) <= theme.last or group.first - theme.last <= 3


def _relative(sentence: ParsedSentence, group: VerbGroup) -> bool:
    return group.first > 0 and sentence.tokens[group.first - 1].tag is Tag.RELATIVE


def _edge_between(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether a clause boundary stands between two tokens: a break, or a conjunction that opens a new clause."""
    return any(
        sentence.tokens[i].tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.COORDINATOR) or sentence.tokens[i].lower == "while"
        for i in range(first + 1, last)
    )


def _joint(sentence: ParsedSentence, first: int, last: int) -> bool:
    return any(sentence.tokens[i].tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE) for i in range(first, last))


def _noun_before(sentence: ParsedSentence, acts: tuple[Act, ...], theme: Theme) -> Act | None:
    """A noun of giving that governs the theme by "of": "the disbursement of 6.6 billion euros"."""
    for act in reversed([a for a in acts if a.sort is Sort.NOUN and a.last < theme.first]):
        if theme.first - act.last <= 9 and not any(
            g.first > act.last and g.last < theme.first for g in sentence.groups
        ):
            return act
    return None


def _with_noun(act: Act, noun: Act | None) -> Act:
    """`act` with the status of a noun of stopping under it ("announced the suspension of")."""
    if (
        noun is not None
        and act.last < noun.first
        and noun.status in ("suspended", "ended")
        and act.sort is not Sort.STOPPING
    ):
        return Act(act.sort, act.lemma, noun.status, act.first, act.last, act.group, act.void)
    return act


def _takes(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether an act before the theme can have it as what is given."""
    group = act.group
    if act.void or group is None:
        return False
    tokens = sentence.tokens
    between = tokens[group.last + 1 : theme.first]
    lowers = [t.lower for t in between]
    if act.lemma in aid_words().needs_with and not group.passive:
        return "with" in lowers or "by" in lowers or "to" in lowers
    if act.sort is Sort.TOTAL:
        return _is_total(sentence, act, theme, lowers)
    if act.sort is Sort.MOVING or (act.sort is Sort.RECEIVING and group.passive):
        return False
    if act.lemma in _NEEDS_PARTICLE:
        return bool(_NEEDS_PARTICLE[act.lemma] & {*lowers, *(t.lower for t in tokens[theme.last + 1 : theme.last + 4])})
    if group.passive and group.form == "finite":
        return (
            "with" in lowers
            or bool(lowers) is False
            or act.lemma in ("give", "grant", "offer", "promise", "lend", "send", "pay")
        )
    return True


_NEEDS_PARTICLE = {
    "set": {"aside"},
    "make": {"available"},
    "put": {"into", "towards", "toward", "forward", "up"},
    "step": {"up"},
    "pour": {"into"},
    "pump": {"into"},
    "hand": {"over", "to", "out", "the"},
    "bring": set(),
    "raise": {"for", "in", "to"},
    "collect": {"for"},
    "spend": {"aid", "on", "helping", "supporting"},
    "direct": {"to", "towards"},
    "cover": set(),
    "share": set(),
    "issue": {"loan", "grant", "loans", "grants"},
    "advance": {"loan", "loans", "to"},
    "invest": set(),
    "restore": {"to"},
    "boost": {"by", "to", "with"},
    "increase": {"by", "to"},
    "double": {"to"},
    "top": {"up"},
    "total": set(),
    "shell": {"out"},
}


def _is_total(sentence: ParsedSentence, act: Act, theme: Theme, between: list[str]) -> bool:
    """A verb that states a total, with aid as its subject or object: "support has reached", "bringing aid to"."""
    group = act.group
    if group is None:
        return False
    tokens, words = sentence.tokens, aid_words()
    wants_to = act.lemma in (
        "bring",
        "take",
        "raise",
        "rise",
        "grow",
        "increase",
        "climb",
        "amount",
        "come",
        "lift",
        "stand",
        "run",
    )
    if wants_to and not {"to", "at", "into"} & set(between):
        return False
    start = max(0, group.first - 14)
    spoken = {t.lower for t in (*tokens[start : group.first], *tokens[group.last + 1 : theme.first])} | set(theme.nouns)
    if spoken & (words.not_aid_nouns - {"value", "worth"}) and not spoken & {"aid", "assistance"}:
        return False
    return bool(spoken & words.aid_nouns) or theme.is_aid


def _near(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    return not _joint(sentence, group.last + 1, theme.first)


def _stops(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether a verb that is no act ends the search: a finite verb of the theme's own clause, or one of trade."""
    if (
        group.lemma in aid_words().not_aid_verbs
        and _near(sentence, group, theme)
        and not _in_past_purpose(sentence, group, theme)
    ):
        return True
    if group.form in ("infinitive", "gerund", "participle"):
        return False
    if group.lemma in _TRANSPARENT or _relative(sentence, group):
        return False
    return True


def _in_past_purpose(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """A verb inside the purpose of an earlier sum: "$5m to buy shells and $3m for ..."."""
    listed = any(
        t.tag in (Tag.COORDINATOR, Tag.COMMA, Tag.BREAK) for t in sentence.tokens[theme.first - 3 : theme.first]
    )
    return group.form == "infinitive" and listed
