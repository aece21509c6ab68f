"""Exemptions that a verb says: who or what is excluded, spared, let in free of duty."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.grammar.clauses import clause_end, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.words import tariff_words

_ADVISED = frozenset({"should", "must", "could", "may", "might", "ought"})
_DECIDES = frozenset({"agree", "decide", "vote", "plan", "announce", "pledge", "promise", "move", "choose", "continue"})
_BETWEEN = (Tag.COMMA, Tag.COORDINATOR, Tag.ADVERB)
_ENTERING = frozenset({"enter", "come", "go", "flow", "be", "become", "remain", "export", "sell", "ship"})
_DUTY_FREE = frozenset({"duty-free", "tariff-free"})
_APPLYING = frozenset({"apply", "extend"})
_REACHED = (None, "to", "from", "of", "in", "including", "as", "like")
_REACHING = frozenset({"affect", "cover", "hit", "touch"})
_EXEMPT = frozenset({"exempt", "exclude", "spare", "except"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who or what a measure spares: the phrases exempted and the span from them to the verb.

    `actors` name who exempts, where an active verb says it.
    """

    phrases: tuple[NounPhrase, ...]
    group: VerbGroup
    start: int
    end: int
    actors: tuple[NounPhrase, ...] = ()


def exemptions(sentence: ParsedSentence, nouns: tuple[int, ...], told: bool = False) -> tuple[Exemption, ...]:
    """Exemptions said by a passive ("laptops were excluded"), by "exempt" after "be" or by an active verb.

    `nouns` are the tariff nouns of the sentence; `told` says that the sentences before tell of a measure.
    """
    found: list[Exemption] = []
    for group in sentence.groups:
        if group.negated and not _not_subject(sentence, group):
            found.extend(_not_applied(sentence, group, nouns))
            continue
        found.extend(_let_in(sentence, group))
        if group.modal in _ADVISED or (group.form == "infinitive" and _ought(sentence, group)):
            continue
        adjective = group.lemma in ("be", "remain") and _followed_by_exempt(sentence, group)
        adjective = adjective or (group.lemma in _ENTERING and not group.passive and _free(sentence, group))
        adjective = adjective or _not_subject(sentence, group)
        if not (group.passive and group.lemma in _EXEMPT) and not adjective:
            found.extend(_sparing(sentence, group, nouns, told))
            continue
        phrases = _instances(sentence, group) or _with_companions(sentence, group)
        if phrases:
            end = sentence.tokens[group.last + 1].end if adjective else group.end
            found.append(Exemption(phrases, group, phrases[0].start, end))
    return tuple(found)


def _let_in(sentence: ParsedSentence, group: VerbGroup) -> tuple[Exemption, ...]:
    """The exemption of goods that a market lets in: "will allow wine from Chile into the country free of duty"."""
    if group.lemma not in tariff_words().letting or group.passive or group.modal not in (None, "will", "would"):
        return ()
    free = next((i for i in range(group.last + 2, len(sentence.tokens)) if _is_free(sentence, i)), None)
    end = clause_end(sentence, group)
    later = next((g for g in sentence.groups if g.first > group.last), None)
    if later is not None and later.passive and later.form == "infinitive":
        end = max(end, clause_end(sentence, later))
    if free is None or free > end:
        return ()
    inside = sentence.phrases_between(group.last + 1, free - 1)
    phrases = tuple(p for p in inside if p.preposition in (None, "in", "of", "from"))
    market = tuple(p for p in inside if p.preposition == "into")
    found = Exemption(phrases, group, phrases[0].start, sentence.tokens[free].end, subject(sentence, group) or market)
    return (found,) if phrases else ()


def _is_free(sentence: ParsedSentence, i: int) -> bool:
    """Whether the words up to token `i` say that no duty is due: "duty-free", "free of tariffs", "without duties"."""
    tokens = sentence.tokens
    if tokens[i].lower in _DUTY_FREE:
        return i + 1 >= len(tokens) or tokens[i + 1].tag not in (Tag.NOMINAL, Tag.NAME)
    lead = [t.lower for t in tokens[max(0, i - 2) : i]]
    return tokens[i].lower in tariff_words().measure and (lead == ["free", "of"] or lead[-1:] == ["without"])


def _ought(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the infinitive only says what is right: "ought to be exempt"."""
    return group.first > 0 and sentence.tokens[group.first - 1].lower == "ought"


def _not_applied(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...]) -> tuple[Exemption, ...]:
    """The exemption of a measure that does not reach somebody: "the duty will not apply to Chile or to books"."""
    if group.lemma not in _APPLYING or group.modal in _ADVISED or group.last + 1 >= len(sentence.tokens):
        return ()
    if sentence.tokens[group.last + 1].lower != "to" or not any(noun < group.first for noun in nouns):
        return ()
    verb = next((g for g in sentence.groups if g.first > group.last), None)
    last = verb.first - 1 if verb is not None else clause_end(sentence, group)
    parted = verb is not None and verb.form == "finite" and not _relative(sentence, verb)
    speakers = subject(sentence, verb) if verb is not None and parted else ()
    after = tuple(p for p in sentence.phrases_between(group.last + 2, last) if p not in speakers)
    end = next((i for i, p in enumerate(after) if p.preposition not in _REACHED), len(after))
    phrases = after[:end]
    return (Exemption(phrases, group, group.start, phrases[-1].end),) if phrases else ()


def _sparing(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...], told: bool) -> tuple[Exemption, ...]:
    """The exemption of an active verb: "exempted cars from the duty", "sparing goods of Chile the levy"."""
    if group.lemma not in _EXEMPT or group.passive or group.form == "participle" or group.modal in _ADVISED:
        return ()
    noun = next((n for n in nouns if n > group.last), None)
    if noun is None and told and not nouns and group.form == "finite":
        spared = objects(sentence, group)
        return (Exemption(spared, group, group.start, spared[-1].end, subject(sentence, group)),) if spared else ()
    if noun is None or (group.form == "infinitive" and not _agreed(sentence, group)):
        return ()
    if any(g.form == "finite" and not _relative(sentence, g) for g in sentence.groups if group.last < g.first < noun):
        return ()
    inside = sentence.phrases_between(group.last + 1, noun - 1)
    clause = next((g.first for g in sentence.groups if g.first > group.last), noun)
    phrases = tuple(
        p for p in inside if p.last < min(noun, clause) and p.preposition in (None, "of", "from", "in", "by")
    )
    return (Exemption(phrases, group, group.start, phrases[-1].end, subject(sentence, group)),) if phrases else ()


def _relative(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb stands in a relative clause."""
    return any(t.tag == Tag.RELATIVE for t in sentence.tokens[max(0, group.first - 4) : group.first])


def _agreed(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the infinitive hangs on a verb of deciding: "agreed to exempt"."""
    before = [g for g in sentence.groups if g.last < group.first]
    if group.first and sentence.tokens[group.first - 1].lower in ("deal", "agreement", "decision", "order"):
        return not any(g.negated for g in before[-1:])
    return (
        bool(before) and before[-1].lemma in _DECIDES and not before[-1].negated and before[-1].last == group.first - 1
    )


def _not_subject(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """ "is not subject to", "remain not subject to", but not "goods that are not subject to"."""
    if sentence.tokens[group.first - 1].tag == Tag.RELATIVE and sentence.tokens[group.first - 2].tag != Tag.COMMA:
        return False
    after = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 4]]
    if group.negated and group.passive and group.modal is None and group.lemma in _REACHING:
        return after[:1] == ["by"]
    return group.lemma in ("be", "remain") and (
        after[:3] == ["not", "subject", "to"] or (group.negated and after[:2] == ["subject", "to"])
    )


def _followed_by_exempt(sentence: ParsedSentence, group: VerbGroup) -> bool:
    following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 4] if t.tag != Tag.ADVERB]
    return following[:1] == ["exempt"] or _free(sentence, group)


def _free(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the goods of the clause are to be free of duty: "will enter Peru duty-free", "would be tariff-free".

    What only describes a standing preference ("can enter duty-free if") exempts nobody.
    """
    tokens = sentence.tokens
    if group.form != "finite" or group.modal not in ("will", "would", "shall"):
        return False
    for i in range(group.last + 1, min(group.last + 8, len(tokens))):
        two = i + 1 < len(tokens) and tokens[i].lower in ("duty", "tariff") and tokens[i + 1].lower == "free"
        if two or tokens[i].lower in _DUTY_FREE:
            after = tokens[i + 2 if two else i + 1].tag if i + (2 if two else 1) < len(tokens) else Tag.BREAK
            return after not in (Tag.NOMINAL, Tag.NAME)
        if tokens[i].tag in (Tag.BREAK, Tag.COMMA, Tag.SUBORDINATOR, Tag.RELATIVE):
            return False
    return False


def _with_companions(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The patients, with those joined by "alongside" or "as well as"; "engines made in Mexico" keeps the country."""
    phrases = subject(sentence, group)
    if not phrases:
        return ()
    if members := members_named(sentence, phrases[0]):
        return members
    more = sentence.phrases_between(phrases[-1].last + 1, group.first - 1)
    sellers = ("from", "of", "in", "alongside", "with", "as", "including", None)
    return (*phrases, *(p for p in more if p not in phrases and p.preposition in sellers))


def members_named(sentence: ParsedSentence, of: NounPhrase) -> tuple[NounPhrase, ...]:
    """Who is said to be one of a class: "Chile is among the nations that were exempted"."""
    before = next((g for g in reversed(sentence.groups) if g.last < of.first), None)
    if before is None or before.lemma != "be" or before.form != "finite" or before.negated:
        return ()
    between = {t.lower for t in sentence.tokens[before.last + 1 : of.last]}
    return subject(sentence, before) if "among" in between or {"one", "of"} <= between else ()


def _instances(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The members that stand for a class in the subject: "Poor countries such as Togo and Benin were exempt"."""
    before = list(sentence.phrases_between(0, group.first - 1))
    found: list[NounPhrase] = []
    while before and all(t.tag in _BETWEEN for t in sentence.tokens[before[-1].last + 1 : _edge(found, group)]):
        found.insert(0, before.pop())
        if found[0].preposition in ("as", "like", "including"):
            return tuple(found)
    return ()


def _edge(found: list[NounPhrase], group: VerbGroup) -> int:
    return found[0].first if found else group.first


def complement_noun(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun after an exempting verb ("excluded from the new tariffs"), if there is one in its clause."""
    end = clause_end(sentence, group)
    later = [n for n in nouns if group.last < n]
    if later and (later[0] <= end or all(t.tag != Tag.BREAK for t in sentence.tokens[group.last : later[0]])):
        return later[0]
    return None
