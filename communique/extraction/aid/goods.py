"""Aid and goods named without a sum: objects of verbs of giving, subjects of passives, what nouns of giving govern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.extraction.aid.acts import Act, Sort, is_nominal
from communique.extraction.aid.assertion import is_asserted
from communique.extraction.aid.binding import LIFTING, Bound, lifted
from communique.extraction.aid.fronted import fronted_goods
from communique.extraction.aid.given import is_flow, is_given, is_vague_sum, names_model, said_before
from communique.extraction.aid.parts import INCLUDING
from communique.extraction.aid.purposes import in_purpose, is_content, is_devotion, is_divided, is_of_nothing
from communique.extraction.aid.stated import procurement
from communique.extraction.aid.syntax import groups_between, in_relative, lowers, with_of
from communique.extraction.aid.taking import RAISING
from communique.extraction.aid.themes import Theme, phrase_theme
from communique.extraction.aid.vehicles import brings_itself
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.aid.worth import distinct
from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag

_MEASURED = frozenset({None, "between", "over", "about", "than", "to", "around", "of", "some"})
_PARTICLES = frozenset({"off", "up", "back", "over", "out", "down", "away"})
_ENDING = frozenset(
    """year month week century decade war conflict day period january february march april may june july august
    september october november december summer winter spring autumn""".split()
)
_PLACING = frozenset({"in", "across", "from", "at", "of"})
_SUPPLYING = frozenset({"provide", "supply", "equip", "furnish"})
_LESSENING = frozenset({"halve", "slash"})
_LOADED = frozenset({"send", "dispatch", "fly"})
_JOINED = frozenset(", and or of including as well plus over more than about some around nearly almost".split())


def kind_themes(sentence: ParsedSentence, acts: tuple[Act, ...], sums: list[Bound], text: str) -> list[Bound]:
    """The acts of a sentence that give aid or goods without a sum, with what they give.

    `sums` are the sums already bound: their acts give goods only in coordination ("$5m and 60 ambulances"), and what
    their purpose clauses name is no statement of its own.
    """
    found: list[Bound] = []
    for act in acts:
        if act.void or in_purpose(sentence, act, sums) or is_divided(act, sums):
            continue
        beside = [b for b in sums if b.act is not None and b.act.first == act.first]
        if beside:
            found.extend(_ahead(sentence, act, beside[0].theme, text))
            found.extend(_beside(sentence, act, beside[-1].theme, text))
        elif act.sort is Sort.RECEIVING and any(b.position == "label" and b.theme.first > act.last for b in sums):
            continue
        elif act.sort is Sort.NOUN and (is_of_nothing(sentence, act, acts) or _is_brought(act, sums)):
            continue
        elif act.sort is Sort.NOUN:
            found.extend(_governed(sentence, act, text))
        else:
            found.extend(list(_listed(sentence, act, text)) or _given_by(sentence, act, text))
    return distinct(found)


def _is_brought(noun: Act, sums: list[Bound]) -> bool:
    """Whether a noun of giving is what a verb brings to a sum: "increased its pledge of aid to $5m"."""
    between = (b for b in sums if b.act is not None and b.act.last < noun.first < b.theme.first)
    return any(b.act is not None and (b.act.sort is Sort.TOTAL or b.act.lemma in RAISING) for b in between)


def _ahead(sentence: ParsedSentence, act: Act, theme: Theme, text: str) -> Iterator[Bound]:
    """Counted goods given before a sum by the same verb: "gave 300 tonnes of rice to Chad and $5m to Niger"."""
    if act.group is None or act.group.passive or act.group.form == "participle":
        return
    for phrase in _objects(sentence, act, passive=False)[:1]:
        after = sentence.tokens[phrase.last + 1 : phrase.last + 2]
        apart = bool(after) and after[0].tag in (Tag.PREPOSITION, Tag.COMMA, Tag.COORDINATOR)
        worth = phrase.end > theme.described[0]
        if apart and not worth and sentence.tokens[phrase.first].tag == Tag.NUMBER and phrase.last < theme.first - 1:
            yield from _bound(sentence, act, phrase, text, "object")


def _beside(sentence: ParsedSentence, act: Act, theme: Theme, text: str) -> Iterator[Bound]:
    """Counted goods coordinated with a sum: "$5 million and 60 ambulances"."""
    following = sentence.phrases_between(theme.last + 1, theme.last + 4)
    if not following:
        return
    phrase = following[0]
    joined = set(lowers(sentence, theme.last + 1, phrase.first - 1))
    if joined and joined <= {",", "and", "plus"} and sentence.tokens[phrase.first].tag == Tag.NUMBER:
        yield from _bound(sentence, act, phrase, text, "object")


def _governed(sentence: ParsedSentence, act: Act, text: str) -> Iterator[Bound]:
    """What a noun of giving has after "of": "the provision of vehicles"."""
    following = [
        p
        for p in sentence.phrases_between(act.last + 1, act.last + 5)
        if p.preposition in ("of", "on") or (p.first <= act.last + 5 and _measures(sentence, p))
    ]
    if not following:
        following = list(_nominal_gerund(sentence, act.last + 2))
    again = lifted(sentence, act)
    joint = lowers(sentence, act.last + 1, act.last + 1)
    if not following or joint not in (["of"], ["on"]) or not (again is not act or is_asserted(sentence, act)):
        return
    act = again
    if sentence.tokens[following[0].head].tag == Tag.NUMBER and following[0].first == following[0].last:
        return
    if act.status == "ended" and _is_time(sentence, following[0]):
        return
    for bound in _bound(sentence, act, following[0], text, "noun"):
        start = sentence.tokens[act.first].start
        theme = bound.theme
        if act.status in ("suspended", "ended") and not (theme.is_aid or theme.is_broad):
            continue
        yield replace(bound, theme=replace(theme, start=start, first=act.first, described=(start, theme.end)))
        return


def _is_time(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether an end is that of a time: "the end of November"."""
    head = sentence.tokens[phrase.head]
    return head.tag == Tag.NUMBER or head.lower in _ENDING


def _nominal_gerund(sentence: ParsedSentence, i: int) -> Iterator[NounPhrase]:
    """A noun in -ing that was read as a verb form: "funding", "financing"."""
    if i < len(sentence.tokens) and sentence.tokens[i].lower in aid_words().aid_nouns:
        token = sentence.tokens[i]
        yield NounPhrase(i, i, i, "of", token.start, token.end)


def _given_by(sentence: ParsedSentence, act: Act, text: str) -> Iterator[Bound]:
    group = act.group
    words = aid_words()
    if act.sort is Sort.TOTAL and act.lemma in _LESSENING:
        act = replace(act, sort=Sort.STOPPING, status="ended")
    if group is not None and act.sort in (Sort.MOVING, Sort.TOTAL) and brings_itself(sentence, group):
        coming = replace(act, sort=Sort.MOVING)
        for phrase in _patients(sentence, act)[:1]:
            found = _bound(sentence, coming, phrase, text, "subject")
            yield from (b for b in found if _is_relief(sentence, b.theme, text))
    if group is None or act.sort in (Sort.MOVING, Sort.TOTAL) or is_content(sentence, act):
        return
    if act.sort is Sort.WEAK and group.lemma not in words.goods_verbs:
        return
    if group.lemma == "make" and "available" not in lowers(sentence, group.last + 1, group.last + 12):
        return
    if act.sort is Sort.STOPPING and act.lemma in LIFTING and _ends_hold(sentence, act):
        return
    if group.form == "gerund" and is_devotion(sentence, group):
        return
    passive = group.passive or (group.form == "participle" and not _active_participle(sentence, act))
    if passive and act.lemma != "load":
        for phrase in _patients(sentence, act):
            yield from _bound(sentence, act, phrase, text, "subject")
    for phrase in _objects(sentence, act, passive):
        yield from _bound(sentence, act, phrase, text, "object")
    if (fronted := fronted_goods(sentence, act)) is not None:
        yield from _bound(sentence, act, fronted, text, "antecedent")


def _is_relief(sentence: ParsedSentence, theme: Theme, text: str) -> bool:
    """Whether what arrives is aid by its name, and no trade: "relief materials", "a rescue team", "two M777s"."""
    if theme.is_aid or names_model(theme, text):
        return True
    return not word_set("goods", "team_kinds").isdisjoint(lowers(sentence, theme.first, theme.last))


def _listed(sentence: ParsedSentence, act: Act, text: str) -> Iterator[Bound]:
    """The goods that aid which was given is said to include: "the relief provided so far includes ten tents"."""
    if act.group is None or act.group.form != "participle" or act.sort not in (Sort.STRONG, Sort.WEAK):
        return
    above = next((g for g in sentence.groups if g.first > act.last), None)
    if above is None or above.lemma not in INCLUDING or above.form != "finite" or above.first - act.last > 6:
        return
    patients = _patients(sentence, act)
    if not any(sentence.tokens[p.head].lower in aid_words().aid_nouns | aid_words().goods for p in patients):
        return
    for phrase in sentence.phrases_between(above.last + 1, above.last + 8)[:1]:
        yield from _bound(sentence, act, phrase, text, "subject")


def _ends_hold(sentence: ParsedSentence, act: Act) -> bool:
    """Whether what a verb ends is a hold on aid: "ended its freeze on loans"."""
    first = next(iter(_objects(sentence, act, passive=False)), None)
    return first is not None and aid_words().giving_nouns.get(sentence.tokens[first.head].lower) == "suspended"


def _patients(sentence: ParsedSentence, act: Act) -> list[NounPhrase]:
    """The subject of a passive; in a relative clause also what its antecedent hangs on ("aid to X that was frozen")."""
    if act.group is None:
        return []
    if (above := procurement(sentence, act.group)) is not None:
        return [p for p in objects(sentence, above) if p.last < act.first][:1]
    found = list(subject(sentence, act.group))
    reduced = act.group.form == "participle" and bool(found) and found[0].preposition == "of"
    if found and (reduced or in_relative(sentence, act.group)):
        while (before := next((p for p in sentence.phrases if p.last == found[0].first - 2), None)) and found[
            0
        ].preposition:
            found.insert(0, before)
        found.reverse()
    return found


def _active_participle(sentence: ParsedSentence, act: Act) -> bool:
    return lowers(sentence, act.last + 1, act.last + 1) in (["at"], ["about"], ["over"], ["up"], ["more"], ["between"])


def _objects(sentence: ParsedSentence, act: Act, passive: bool) -> list[NounPhrase]:
    """The phrases right behind the verb: direct object, the one after an indirect object, those after "with"."""
    found: list[NounPhrase] = []
    takes_with = passive or act.lemma in _SUPPLYING or act.lemma in ("load", "arrive", "land", "dock")
    given = passive and act.group is not None and act.lemma in word_set("goods", "given_verbs")
    previous = act.last
    for phrase in sentence.phrases_between(act.last + 1, act.last + 24):
        if any(not is_nominal(sentence, g.first) for g in groups_between(sentence, previous, phrase.first)):
            break
        gap = lowers(sentence, previous + 1, phrase.first - 1)
        if "that" in gap:
            break
        if takes_with and found and phrase.preposition in _PLACING and gap == [phrase.preposition]:
            previous = phrase.last
            continue
        if found and phrase.preposition == "of" and gap == ["of"] and act.lemma in _LOADED:
            previous = phrase.last
            continue
        goes_on = bool(found) and found[-1].preposition == "with" and gap == ["and"]
        if phrase.preposition == "with" and found and (act.lemma in _LOADED or goes_on):
            found[-1] = replace(found[-1], last=phrase.last, head=phrase.head, end=phrase.end)
        elif phrase.preposition == "with" and takes_with:
            taken = act.lemma in _SUPPLYING and not passive and all(p.preposition != "with" for p in found)
            found = [phrase] if taken else [*found, phrase]
        elif (not passive or given) and (phrase.preposition is None or _measures(sentence, phrase)):
            found.append(_widened(sentence, phrase))
        elif found or ";" in gap:
            break
        previous = phrase.last
    return found


def _widened(sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
    """The phrase with a noun in -ing behind it that was read as a verb: "new" + "funding"."""
    i = phrase.last + 1
    if i < len(sentence.tokens) and is_nominal(sentence, i):
        return replace(phrase, last=i, head=i, end=sentence.tokens[i].end)
    return phrase


def _measures(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a preposition before a phrase only qualifies its number: "between 10 and 12 tanks"."""
    if phrase.preposition in _PARTICLES and sentence.group_at(sentence.tokens[phrase.first - 2].start) is not None:
        return True
    return phrase.preposition in _MEASURED and sentence.tokens[phrase.first].tag == Tag.NUMBER


def _bound(sentence: ParsedSentence, act: Act, phrase: NounPhrase, text: str, position: str) -> Iterator[Bound]:
    """The themes of a phrase and of those coordinated with it; counted goods for several places are several."""
    run = [*with_of(sentence, phrase), *_in_aid(sentence, phrase)]
    rest = _following(sentence, run[-1], act)
    while rest is not None:
        nearest, split = rest
        if split:
            break
        run.extend(with_of(sentence, nearest))
        rest = _following(sentence, run[-1], act)
    theme = phrase_theme(sentence, tuple(run), text)
    taken_up = position != "antecedent" and act.sort not in (Sort.STOPPING, Sort.RESTORING, Sort.NOUN)
    if taken_up and said_before(sentence, theme):
        return
    suits = is_flow if act.sort in (Sort.STOPPING, Sort.RESTORING) else is_given
    if suits(sentence, theme, text, act):
        yield Bound(theme, act, position)
        if rest is not None and rest[1]:
            yield from _bound(sentence, act, rest[0], text, position)


def _in_aid(sentence: ParsedSentence, phrase: NounPhrase) -> tuple[NounPhrase, ...]:
    """What a vague sum is made up of: "in loans" behind "billions of dollars"."""
    if not is_vague_sum(sentence, phrase.first, phrase.first + 4):
        return ()
    last = with_of(sentence, phrase)[-1].last
    return tuple(p for p in sentence.phrases if p.first == last + 2 and p.preposition == "in")


def _following(sentence: ParsedSentence, phrase: NounPhrase, act: Act) -> tuple[NounPhrase, bool] | None:
    """The next coordinated phrase, and whether a place named between them makes it a statement of its own."""
    split = False
    for following in sentence.phrases_between(phrase.last + 1, phrase.last + 9):
        between = set(lowers(sentence, phrase.last + 1, following.first - 1))
        if groups_between(sentence, phrase.last, following.first):
            return None
        if following.preposition in ("to", "for") and not split:
            split, phrase = True, following
            continue
        counted = sentence.tokens[following.first].tag == Tag.NUMBER
        if any(g.form == "finite" and g.first == following.last + 1 != act.first for g in sentence.groups):
            return None
        if not between or not between <= _JOINED or (split and not counted):
            return None
        measured = counted and following.preposition in _MEASURED
        joined = measured or following.preposition in (None, "of", "including", "as") or (counted and "and" in between)
        joined = joined or (following.preposition == phrase.preposition and phrase.preposition in _PARTICLES)
        return (following, split) if joined else None
    return None
