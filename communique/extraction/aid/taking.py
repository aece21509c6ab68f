"""Whether a verb before a sum has it as what it gives."""

from __future__ import annotations

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.parts import brackets_skipped
from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import Condition, aid_words
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag


def takes(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether an act before the theme can have it as what is given."""
    group = act.group
    if group is None or (act.sort is Sort.MOVING and act.lemma != "be"):
        return False
    if act.sort is Sort.WEAK and _in_side_clause(sentence, group, theme):
        return False
    between = lowers(sentence, group.last + 1, theme.first - 1)
    after = brackets_skipped(sentence, theme.last + 1, 5)
    if act.sort is Sort.STOPPING and "with" in between:
        return False
    if act.lemma == "spend" and not between and _goes_on_giving(sentence, group):
        return True
    if act.sort not in (Sort.STRONG, Sort.TOTAL) and (condition := aid_words().conditions.get(act.lemma)) is not None:
        return _meets(condition, between, after, theme)
    if act.lemma == "be" and act.sort is Sort.MOVING:
        spoken = lowers(sentence, group.first - 24, group.first - 1)
        return len(between) <= 5 and _is_stated(between) and speaks_of_aid(spoken) and not _of_another_total(spoken)
    if act.sort is Sort.TOTAL:
        return _is_total(sentence, group, theme, between)
    if group.passive and act.lemma in ("cut", "drop") and between[-1:] == ["to"]:
        return True
    if group.passive and act.lemma in RAISING and act.lemma != "boost" and "to" in between[:3]:
        return speaks_of_aid(_raised(sentence, act, theme))
    if group.passive and group.form in ("finite", "participle", "gerund"):
        doubled = act.lemma in _DOUBLED
        return "with" in between or (doubled and not between[4:])
    if act.lemma in aid_words().needs_with:
        return bool({"with", "by", "through"} & set(between))
    return True


def _goes_on_giving(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "and" joins a verb of spending to one of giving: "committing $9m and spending $8m"."""
    joined = group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.COORDINATOR
    before = [g for g in sentence.groups if g.last < group.first]
    return joined and bool(before) and before[-1].lemma in aid_words().strong


_DOUBLED = frozenset(
    {"give", "grant", "offer", "promise", "lend", "send", "pay", "award", "allocate", "guarantee", "pledge", "extend"}
)


def raises_aid(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether what is brought to a sum, or is said to be one, is aid: "raised its pledge to $5m", "the aid was $5m"."""
    if (act.lemma == "be" and act.sort is Sort.MOVING) or is_cut_by(sentence, act, theme):
        return True
    return act.lemma in RAISING and speaks_of_aid(_raised(sentence, act, theme))


def is_cut_by(sentence: ParsedSentence, act: Act, theme: Theme) -> bool:
    """Whether a sum is how much less aid there is to be: "cut its aid to Chad by $5m"."""
    if act.lemma not in CUTTING or act.group is None or act.group.passive:
        return False
    between = lowers(sentence, act.last + 1, theme.first - 1)
    by = max((i for i, word in enumerate(between) if word == "by"), default=-1)
    return by >= max(0, len(between) - 4) and "to" not in between[by:] and speaks_of_aid(between)


def promise_raised(sentence: ParsedSentence, act: Act, theme: Theme) -> str | None:
    """The status of a promise that is a sum or brought to one ("raised its pledge to $5m"), None where it is none."""
    if act.lemma == "be" and act.sort is Sort.MOVING:
        return promise_in(lowers(sentence, act.first - 10, act.first - 1))
    if act.lemma not in RAISING:
        return None
    named = promise_in(_raised(sentence, act, theme))
    return named or ("pledged" if _is_under_way(sentence, act) else None)


def _raised(sentence: ParsedSentence, act: Act, theme: Theme) -> list[str]:
    """The words for what is brought to a sum: the object, or before a passive the subject and its clause."""
    if act.group is not None and act.group.passive:
        return lowers(sentence, act.first - 20, act.first - 1)
    return lowers(sentence, act.last + 1, theme.first - 1)


def _is_under_way(sentence: ParsedSentence, act: Act) -> bool:
    """Whether a verb is in the progressive, so that what it brings about lies ahead: "is doubling its aid to"."""
    group = act.group
    return group is not None and group.form == "finite" and sentence.tokens[group.last].tag == Tag.GERUND


def promise_in(words: list[str]) -> str | None:
    """The status of the last promise, commitment or hold that words name, None where they name none."""
    return next((status for word in reversed(words) if (status := _PROMISES.get(word))), None)


_PROMISES = {
    **dict.fromkeys(
        ("pledge", "pledges", "pledged", "promise", "promises", "promised", "offer", "offers", "offered"), "pledged"
    ),
    **dict.fromkeys(("planned", "future", "proposed", "forthcoming", "prospective"), "pledged"),
    **dict.fromkeys(("commitment", "commitments", "committed", "allocation", "allocations", "allocated"), "committed"),
    **dict.fromkeys(("hold", "frozen", "withheld", "blocked", "suspended"), "suspended"),
}
RAISING = frozenset(
    {"raise", "hike", "increase", "up", "double", "triple", "quadruple", "treble", "boost", "lift", "expand"}
)


def _in_side_clause(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether a relative clause on something after the verb holds the theme: "funds projects, which cost $5m"."""
    for other in sentence.groups:
        if group.last < other.first < theme.first and other.form == "finite" and in_relative(sentence, other):
            return not any(t.tag in (Tag.COMMA, Tag.BREAK) for t in sentence.tokens[other.last + 1 : theme.first])
    return False


def _meets(condition: Condition, between: list[str], after: list[str], theme: Theme) -> bool:
    """Whether a verb that gives sums only under a condition gives this one."""
    taken_up = between[:1] in (["it"], ["this"], ["that"]) and "to" in between
    if condition.speaks and not speaks_of_aid(between) and not taken_up:
        return False
    near = condition.near & {*between, *after} or condition.between & set(between)
    named = condition.aid and (theme.is_aid or theme.is_broad)
    goods = condition.goods and after[:1] == ["on"] and bool(set(after) & (aid_words().goods | aid_words().aid_nouns))
    return bool(near) or named or goods


_QUALIFYING = frozenset(
    """now about around some nearly almost over more than at least only just approximately roughly an a estimated
    currently near close to between well still in excess of""".split()
)
CUTTING = frozenset({"cut", "slash", "trim", "halve", "reduce", "lower", "drop"})
"""Verbs by whose subject aid is brought down to a sum."""
_NO_TOTAL = frozenset(
    {"budget", "deficit", "cost", "debt", "gdp", "price", "salary", "need", "needs", "share", "interest", "value"}
)


def _of_another_total(spoken: list[str]) -> bool:
    """Whether words name a total that is no aid; a share of something is what that is."""
    words = aid_words()
    plain = not (words.aid_nouns - words.broad_nouns).isdisjoint(spoken)
    return not (_NO_TOTAL - {"share"} if plain else _NO_TOTAL).isdisjoint(spoken)


def _is_stated(between: list[str]) -> bool:
    return set(between) <= _QUALIFYING


def speaks_of_aid(words: list[str]) -> bool:
    return "humanitarian" in words or bool(set(words) & aid_words().aid_nouns)


_PLAINLY_AID = frozenset(
    {"aid", "assistance", "pledge", "pledged", "pledges", "donation", "donations", "gift", "grant"}
)


def _is_total(sentence: ParsedSentence, group: VerbGroup, theme: Theme, between: list[str]) -> bool:
    """A verb that states a total, with aid as its subject or object: "support has reached", "bringing aid to"."""
    words = aid_words()
    if group.lemma == "be":
        return ("worth" in between[:2] or "valued" in between[:2]) and speaks_of_aid(
            lowers(sentence, group.first - 10, group.first - 1)
        )
    if group.lemma in _TOTAL_TO and not {"to", "at", "into"} & set(between):
        return False
    closed = sentence.tokens[group.first - 1].tag == Tag.CLOSE
    reach = 30 if closed else 14
    opening = next((p for p in sentence.phrases if p.preposition is None and p.last < group.first), None)
    named = lowers(sentence, opening.first, opening.last) if opening is not None else []
    spoken = {*lowers(sentence, group.first - reach, group.first - 1), *named, *between, *theme.nouns}
    if spoken & (words.not_aid_nouns - {"value", "worth", "offer", "charge", "budget"}) and not spoken & _PLAINLY_AID:
        return False
    return speaks_of_aid(list(spoken)) or theme.is_aid


_TOTAL_TO = frozenset(
    """double triple boost up bring take raise rise grow increase climb amount come lift stand run add fall decline
    remain stay shrink halve slash reduce trim lower decrease plunge plummet soar surge jump swell dwindle slump dip
    slip balloon""".split()
)


def is_near(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether no edge of a clause stands between a verb and a sum."""
    return not any(
        t.tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE) for t in sentence.tokens[group.last + 1 : theme.first]
    )
