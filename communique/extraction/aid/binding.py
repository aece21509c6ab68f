"""Which act of a sentence gives which sum."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.antecedents import antecedent_of, comes_from, decided_behind
from communique.extraction.aid.parts import is_whole
from communique.extraction.aid.series import are_sums, ends_purpose
from communique.extraction.aid.syntax import edge_between, in_relative, lowers
from communique.extraction.aid.taking import is_cut_by, is_near, promise_raised, raises_aid, speaks_of_aid, takes
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag


@dataclass(frozen=True, eq=False, slots=True)
class Bound:
    """A theme with the act that gives it; `position` is `object`, `subject` (of a passive or moving verb) or `noun`.

    `act` is None for a sum whose own noun is all that speaks of giving; `item` is a line of a list without a verb,
    `label` a sum of a list behind the actor it belongs to, with the `status` that the list's opening states.
    """

    theme: Theme
    act: Act | None
    position: str
    status: str | None = None


def bind(sentence: ParsedSentence, acts: tuple[Act, ...], theme: Theme) -> Bound | None:
    """The act that a sum belongs to; None where the verb above it speaks of something else."""
    by_group = {act.group.first: act for act in acts if act.group is not None}
    moved = _subject_of(sentence, by_group, theme)
    noun = _noun_before(sentence, acts, theme)
    if is_whole(sentence, theme):
        own = moved or antecedent_of(sentence, by_group, theme) or decided_behind(sentence, by_group, theme)
        stated = own is not None and not own.void and own.sort in (Sort.STRONG, Sort.WEAK)
        active = own is not None and own.group is not None and own.group.form == "finite" and not own.group.passive
        return Bound(theme, own, "antecedent" if active else "subject") if stated else None
    if noun and moved and moved.sort is Sort.MOVING and comes_from(sentence, noun.first) is not None:
        return None if moved.void else Bound(theme, replace(moved, status=noun.status), "subject")
    if moved is not None and not _is_reduced(moved):
        return None if moved.void else Bound(theme, _with_noun(moved, noun), "subject")
    if moved is not None and not moved.void and _has_own_agent(sentence, moved, theme):
        return Bound(theme, moved, "subject")
    if moved is not None and not moved.void and _is_earlier(sentence, moved, theme):
        return Bound(theme, moved, "subject")
    promised = antecedent_of(sentence, by_group, theme)
    if promised is not None:
        named = lowers(sentence, promised.last + 1, promised.last + 4)
        theme = replace(theme, is_aid=theme.is_aid or (named[:1] == ["in"] and speaks_of_aid(named)))
        return Bound(theme, promised, "subject" if promised.group and promised.group.passive else "antecedent")
    for group in reversed([g for g in sentence.groups if g.last < theme.first]):
        act = by_group.get(group.first)
        counting = act is not None and act.sort is Sort.TOTAL and group.form == "gerund"
        if counting and (theme.is_aid or _is_handed_over(sentence, by_group, group)):
            continue
        if ends_purpose(sentence, group, theme):
            continue
        if _is_sought(sentence, group) and is_near(sentence, group, theme):
            return None
        if act is not None and not act.void and takes(sentence, act, theme):
            stopped = act.sort is Sort.STOPPING and moved is not None and moved.sort is Sort.STRONG
            theme = replace(theme, is_aid=theme.is_aid or stopped or raises_aid(sentence, act, theme))
            status = promise_raised(sentence, act, theme)
            act = act if status in (None, act.status) else replace(act, status=status)
            return Bound(theme, _reduced_to(sentence, _with_noun(act, noun), theme), "object")
        if act is not None and act.void and act.sort in (Sort.STRONG, Sort.WEAK) and is_near(sentence, group, theme):
            return None
        if _stops(sentence, group, theme):
            refusing = group.lemma == "pay" or group.lemma in aid_words().refusing_verbs
            weighing = group.lemma in _WEIGHING and group.form == "finite"
            if (refusing or weighing) and not group.passive and is_near(sentence, group, theme):
                return None
            break
    if moved is not None:
        return None if moved.void else Bound(theme, _with_noun(moved, noun), "subject")
    if noun is not None:
        outlook = _outlook(sentence, lifted(sentence, noun), theme)
        listed = replace(theme, is_broad=theme.is_broad or not theme.nouns)
        return Bound(listed, outlook, "noun") if outlook is not None else None
    spoken = theme.is_aid or theme.is_broad
    return Bound(theme, None, "noun") if spoken and not _is_talked_of(sentence, theme) else None


def _is_sought(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of gathering only tells what efforts are for: "its efforts to gather $5m in aid"."""
    words = aid_words()
    gathers = group.form == "infinitive" and group.lemma in words.gathering_verbs
    return gathers and lowers(sentence, group.first - 1, group.first - 1)[0] in words.void_nouns


def _is_handed_over(sentence: ParsedSentence, by_group: dict[int, Act], group: VerbGroup) -> bool:
    """Whether a sum is that of what somebody got or gives: "will announce contributions totalling $5m"."""
    above = next((g for g in reversed(sentence.groups) if g.last < group.first and g.form == "finite"), None)
    act = by_group.get(above.first) if above is not None else None
    return act is not None and act.sort in (Sort.RECEIVING, Sort.STRONG, Sort.WEAK) and not act.void


def _is_talked_of(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a sum is only what talks, requests or hopes are about: "talks with the Fund on a $5m loan"."""
    verbs = [g.last for g in sentence.groups if g.last < theme.first]
    first = max([theme.first - 12, *verbs]) + 1
    before = lowers(sentence, first, theme.first - 1)
    weighed = sentence.groups[0] if sentence.groups else None
    if weighed is not None and weighed.form == "gerund" and weighed.lemma in _WEIGHING and weighed.last < theme.first:
        return all(g.form != "finite" for g in sentence.groups)
    talked = any(word in _TALKS for word in before)
    return talked and any(word in ("on", "about", "over", "for", "regarding") for word in before[-4:])


_WEIGHING = frozenset({"consider", "mull", "weigh", "seek", "eye", "discuss", "ponder", "study", "explore", "debate"})
_TALKS = frozenset({"talks", "negotiations", "discussions", "request", "requests", "debate", "bid", "hopes"})


def _subject_of(sentence: ParsedSentence, by_group: dict[int, Act], theme: Theme) -> Act | None:
    """The passive or moving act whose subject holds the theme: "$5m was allocated", "$5m will go to"."""
    later = (g for g in sentence.groups if g.first > theme.last)
    following = next((g for g in later if not _parts_off(sentence, theme, g)), None)
    if following is None or following.form in ("infinitive", "gerund"):
        return None
    act = by_group.get(following.first)
    if act is None:
        return None
    apart = _steps_over(sentence, theme, following) or _is_enclosed(sentence, theme, following)
    if edge_between(sentence, theme.last, following.first) and not apart:
        return None
    adjacent = following.passive and following.first == theme.last + 1
    if not _is_reduced(act) and not adjacent and _has_verb_before(sentence, theme):
        return None
    words = aid_words()
    moves = act.lemma in (words.carrying if act.sort is Sort.WEAK else words.moving) and not following.passive
    if not (following.passive or following.form == "participle" or moves):
        return None
    if act.lemma == "spend" and not (theme.is_aid or theme.is_broad):
        return None
    if following.form == "participle":
        return act if following.first - theme.last <= 8 else None
    between = [g for g in sentence.groups if theme.last < g.first < following.first]
    if following.passive and between and all(in_relative(sentence, g) for g in between):
        return act
    subjects = subject(sentence, following)
    return act if apart or not subjects or min(p.first for p in subjects) <= theme.last else None


def _is_enclosed(sentence: ParsedSentence, theme: Theme, group: VerbGroup) -> bool:
    """Whether dashes enclose a sum right before its verb: "the bulk of it - $5m - will go"."""
    edges = [t.text for t in (sentence.tokens[theme.first - 1], sentence.tokens[theme.last + 1])]
    return theme.last + 2 == group.first and edges[0] == edges[1] and edges[0] in ("-", "–", "—")


def _steps_over(sentence: ParsedSentence, theme: Theme, group: VerbGroup) -> bool:
    """Whether a pair of dashes holds all that stands between a theme and its verb: "$2m - $1m each for X - will go"."""
    between = sentence.tokens[theme.last + 1 : group.first]
    edges = [t.text for t in between if t.text in ("-", "–", "—")]
    return len(edges) == 2 and edges[0] == edges[1] and (between[0].text, between[-1].text) == (edges[0], edges[1])


def _has_own_agent(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether a participle right behind a sum says by whom it was given: "more than the $5m donated by Japan"."""
    named = sentence.token_at(max(theme.end, theme.described[1]) - 1)
    given = 0 < act.first - named <= 3 and act.first > theme.last and act.sort in (Sort.STRONG, Sort.WEAK)
    return given and lowers(sentence, act.last + 1, act.last + 1) == ["by"]


def _is_earlier(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether a participle right behind a sum says what was done before: "added to the $5m already allotted"."""
    between = lowers(sentence, theme.last + 1, act.first)
    given = act.sort in (Sort.STRONG, Sort.WEAK) and _is_reduced(act) and act.first - theme.last <= 3
    return given and not _EARLIER.isdisjoint(between)


_EARLIER = frozenset({"already", "previously", "earlier"})


def _parts_off(sentence: ParsedSentence, theme: Theme, group: VerbGroup) -> bool:
    """Whether a verb stands in a relative clause on the theme; in "of which $5m came" the theme stands inside."""
    opens = any(t.tag == Tag.RELATIVE for t in sentence.tokens[theme.last + 1 : group.first])
    return opens and in_relative(sentence, group)


def _is_reduced(act: Act) -> bool:
    """Whether an act is a bare participle, which yields to a verb of giving that has the theme as object."""
    return act.group is not None and act.group.form == "participle"


def _reduced_to(sentence: ParsedSentence, act: Act, theme: Theme) -> Act:
    """A cut that leaves a sum ("will cut its aid to $5m") states that sum, one "by" a sum the end of that much."""
    before = lowers(sentence, theme.first - 1, theme.first - 1)
    if is_cut_by(sentence, act, theme):
        return replace(act, sort=Sort.STOPPING, status="ended")
    if act.sort is not Sort.STOPPING or act.lemma not in ("cut", "drop") or before != ["to"] or act.group is None:
        return act
    if not speaks_of_aid(lowers(sentence, act.last + 1, theme.first)) and not _cuts_aid(sentence, act.group):
        return act
    status = "pledged" if act.group.modal or act.group.form == "infinitive" else "committed"
    return replace(act, sort=Sort.TOTAL, status=status)


def _cuts_aid(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the subject of a passive is the aid that is made less: "aid to Chad will be cut to"."""
    return group.passive and any(speaks_of_aid(lowers(sentence, p.first, p.last)) for p in subject(sentence, group))


def _has_verb_before(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a finite verb before the theme, in its own clause, could have it as object."""
    for group in reversed([g for g in sentence.groups if g.last < theme.first and g.form == "finite"]):
        if in_relative(sentence, group):
            continue
        between = sentence.tokens[group.last + 1 : theme.first]
        return group.lemma not in _SAYING and not any(
            t.tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.COORDINATOR, Tag.RELATIVE, Tag.COMMA) for t in between
        )
    return False


def _noun_before(sentence: ParsedSentence, acts: tuple[Act, ...], theme: Theme) -> Act | None:
    """A noun of giving that governs the theme by "of": "the disbursement of 6.6 billion euros"."""
    tokens = sentence.tokens
    for act in reversed([a for a in acts if a.sort is Sort.NOUN and a.last < theme.first]):
        between = tokens[act.last + 1 : theme.first]
        joints = any(t.tag in (Tag.COMMA, Tag.COORDINATOR) for t in between) and not are_sums(between)
        if joints or any(t.tag == Tag.BREAK or sentence.group_at(t.start) for t in between):
            continue
        named = between and between[0].lower == "by" and any(t.lower in ("of", "for") for t in between[-4:])
        if between and (named or between[0].lower in ("of", "on")) and theme.first - act.last <= 14:
            return act
    return None


def _outlook(sentence: ParsedSentence, noun: Act, theme: Theme) -> Act | None:
    """A payment that "is expected" is pledged, one that "could" come is none."""
    following = next((g for g in sentence.groups if g.first > theme.last and g.form == "finite"), None)
    if following is None or edge_between(sentence, theme.last, following.first) or noun.status != "provided":
        return noun
    if following.modal in aid_words().void_modals or following.negated:
        return None
    awaited = following.lemma in ("expect", "plan", "schedule") or following.modal in ("will", "would", "shall")
    return replace(noun, status="pledged") if awaited else noun


def lifted(sentence: ParsedSentence, noun: Act) -> Act:
    """A suspension that is lifted is aid that flows again."""
    above = next((g for g in reversed(sentence.groups) if g.last < noun.first), None)
    undone = above is not None and not above.negated and above.lemma in LIFTING
    return replace(noun, status="provided") if undone and noun.status == "suspended" else noun


LIFTING = frozenset({"lift", "reverse", "end", "undo", "overturn", "cancel", "rescind", "drop", "scrap", "revoke"})
"""Verbs that take back a suspension."""


def _with_noun(act: Act, noun: Act | None) -> Act:
    """`act` with the status of a noun of stopping under it ("announced the suspension of")."""
    if noun is not None and noun.status == "suspended" and act.sort is Sort.STOPPING and act.lemma in LIFTING:
        return replace(act, sort=Sort.RESTORING, status="provided")
    stops = noun is not None and noun.status in ("suspended", "ended")
    return replace(act, status=noun.status) if noun is not None and stops and act.sort is not Sort.STOPPING else act


def _stops(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether a verb that is no act ends the search: a finite verb of the theme's own clause, or one of trade."""
    if group.lemma == "pay" and lowers(sentence, group.last + 1, group.last + 1) in (["back"], ["off"]):
        return True
    priced = group.form == "participle" and lowers(sentence, group.last + 1, group.last + 1) == ["at"]
    priced = priced and (theme.is_aid or theme.is_broad)
    trade = not priced and group.lemma in aid_words().not_aid_verbs and not _is_means(sentence, group)
    if trade and is_near(sentence, group, theme) and not _in_past_purpose(sentence, group, theme):
        return True
    if group.form in ("infinitive", "gerund", "participle") or _dates(sentence, group):
        return False
    return group.lemma not in _TRANSPARENT and not in_relative(sentence, group)


def _is_means(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a gerund says how a verb of helping helps: "will assist by purchasing"."""
    by = group.form == "gerund" and lowers(sentence, group.first - 1, group.first - 1) == ["by"]
    above = next((g for g in reversed(sentence.groups) if g.last < group.first), None) if by else None
    return above is not None and above.lemma in aid_words().needs_with


def _dates(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb only tells since when: "brings our aid since the crisis began to $5m"."""
    return group.lemma in _BEGINNING and "since" in lowers(sentence, group.first - 6, group.first - 1)


_SAYING = frozenset({"say", "add", "state", "confirm", "report", "tell"})
_BEGINNING = frozenset({"begin", "start", "erupt", "break", "strike", "hit", "invade", "launch", "take"})
_TRANSPARENT = frozenset(
    """compare include be help mean represent involve comprise constitute follow see have contain average base leave
    say note lead split divide target""".split()
)


def _in_past_purpose(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """A verb inside the purpose of an earlier sum: "$5m to buy shells and $3m for ..."."""
    before = sentence.tokens[max(0, theme.first - 3) : theme.first]
    return group.form == "infinitive" and any(t.tag in (Tag.COORDINATOR, Tag.COMMA, Tag.BREAK) for t in before)
