"""Who does what to whom: subjects, objects, agents and prepositional complements of a verb group."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers

_STOPS: Final = frozenset({Tag.BREAK, Tag.SUBORDINATOR})
_CONTROL: Final = frozenset(
    {
        "urge",
        "ask",
        "tell",
        "allow",
        "enable",
        "help",
        "force",
        "require",
        "encourage",
        "invite",
        "permit",
        "expect",
        "want",
    }
)


def subject(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases that make the subject of `group` (several when coordinated), empty where none is found.

    Relative pronouns are followed to their antecedent; a verb coordinated with an earlier one shares its subject;
    infinitives, gerunds and participles take the subject (or, after verbs like "urge", the object) of the verb they
    depend on.  For a passive group this is the patient.
    """
    seen: set[int] = set()
    current: VerbGroup | None = group
    while current is not None and current.first not in seen:
        seen.add(current.first)
        own = _own_subject(sentence, current)
        if own:
            return own
        current = _governor(sentence, current)
        if current is not None and current.lemma in _CONTROL and group.form == "infinitive" and not current.passive:
            patient = tuple(p for p in objects(sentence, current) if p.last < group.first)
            if patient:
                return patient
    return ()


def objects(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after `group` that no preposition governs, up to the end of its clause."""
    return tuple(p for p in _following(sentence, group) if p.preposition is None)


def complements(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after `group` that a preposition governs, up to the end of its clause."""
    return tuple(p for p in _following(sentence, group) if p.preposition is not None)


def agent(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrases after "by" of a passive or participle, coordinated ones included."""
    if not (group.passive or group.form == "participle"):
        return ()
    following = _following(sentence, group)
    for i, phrase in enumerate(following):
        if phrase.preposition == "by":
            return _coordinated(sentence, following, i)
    return ()


def clause_end(sentence: ParsedSentence, group: VerbGroup) -> int:
    """Index of the last token of the clause that `group` heads, its infinitives and lists included."""
    tokens = sentence.tokens
    following = next((g for g in sentence.groups if g.first > group.last and g.form == "finite"), None)
    limit = following.first if following else len(tokens)
    last_joint = None
    for i in range(group.last + 1, limit):
        tag = tokens[i].tag
        if tag in _STOPS:
            return i - 1
        if tag in (Tag.COMMA, Tag.COORDINATOR, Tag.RELATIVE, Tag.QUOTE):
            last_joint = i
    if following is None:
        return len(tokens) - 1
    return (last_joint if last_joint is not None else limit) - 1


def _following(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    return sentence.phrases_between(group.last + 1, clause_end(sentence, group))


def _own_subject(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    if group.form in ("infinitive", "gerund"):
        return ()
    if group.form == "participle":
        before = list(sentence.phrases_between(0, group.first - 1))
        if not before:
            return ()
        gap = sentence.tokens[before[-1].last + 1 : group.first]
        if any(t.tag not in (Tag.COMMA, Tag.ADVERB) for t in gap):
            return ()
        return _coordinated_back(sentence, before, len(before) - 1) if gap else (before[-1],)
    tokens = sentence.tokens
    i = group.first - 1
    while i >= 0 and tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i >= 0 and tokens[i].tag == Tag.RELATIVE:
        return _antecedent(sentence, i)
    if i >= 0 and tokens[i].tag == Tag.COORDINATOR:
        return ()
    return _before(sentence, group, i)


def _antecedent(sentence: ParsedSentence, relative: int) -> tuple[NounPhrase, ...]:
    before = [p for p in sentence.phrases if p.last < relative]
    if not before:
        return ()
    i = len(before) - 1
    while i > 0 and before[i].preposition == "of" and before[i - 1].last == before[i].first - 2:
        i -= 1
    return (before[i],)


def _before(sentence: ParsedSentence, group: VerbGroup, end: int) -> tuple[NounPhrase, ...]:
    """The subject among the phrases between the clause's left edge and token `end`."""
    left, right = _stretch(sentence, group)
    phrases = [p for p in sentence.phrases_between(left, right) if p.last <= min(right, end)]
    i = len(phrases) - 1
    while i >= 0:
        phrase = phrases[i]
        if phrase.preposition is None and not (
            _emphatic(sentence, phrases, i)
            or _set_apart(sentence, phrase)
            or _bracketed(sentence, phrase)
            or _temporal_apposition(sentence, phrase, group)
            or _object_of_dependent(sentence, phrase)
            or _ends_modifier(sentence, phrases, i)
        ):
            first = _apposition_head(sentence, phrases, i)
            return _coordinated_back(sentence, phrases, first)
        i -= 1
    return ()


def _set_apart(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the phrase only says who is not meant: "Oslo, not Bergen, must"."""
    before = [t.tag for t in sentence.tokens[max(0, phrase.first - 2) : phrase.first]]
    return before == [Tag.COMMA, Tag.NEGATION]


def _emphatic(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> bool:
    """Whether the phrase only stresses the one right before it: "the cabinet itself"."""
    word = sentence.tokens[phrases[i].head].lower
    return word.endswith(("self", "selves")) and i > 0 and phrases[i - 1].last == phrases[i].first - 1


def _bracketed(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether brackets hold the phrase alone: "the Centre for Law (CFL)"."""
    tokens = sentence.tokens
    opened = phrase.first > 0 and tokens[phrase.first - 1].tag == Tag.OPEN
    return opened and phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].tag == Tag.CLOSE


def _ends_modifier(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> bool:
    """Whether "and" joins the phrase to a prepositional one behind the real subject: "rates on tin and zinc will"."""
    phrase = phrases[i]
    if phrase.first == 0 or sentence.tokens[phrase.first - 1].tag != Tag.COORDINATOR or i < 2:
        return False
    joined = phrases[i - 1]
    if joined.preposition is None or joined.last != phrase.first - 2:
        return False
    return any(p.preposition is None for p in phrases[: i - 1])


def _object_of_dependent(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether an infinitive, gerund or participle stands right before the phrase and takes it as its object."""
    i = phrase.first - 1
    while i >= 0 and sentence.tokens[i].tag == Tag.ADVERB:
        i -= 1
    if i > 0 and sentence.tokens[i].tag == Tag.COORDINATOR:
        joined = next((p for p in sentence.phrases_between(0, i) if p.last == i - 1), None)
        return joined is not None and joined.preposition is None and _object_of_dependent(sentence, joined)
    verb = sentence.group_at(sentence.tokens[i].start) if i >= 0 else None
    return verb is not None and verb.form != "finite"


def _temporal_apposition(sentence: ParsedSentence, phrase: NounPhrase, group: VerbGroup) -> bool:
    """Bare time adverbials between subject and verb ("Japan this week pledged", "the minister on Monday said")."""
    return phrase.last == group.first - 1 and _is_time(sentence, phrase) and phrase.first > 0


def _is_time(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    return any(sentence.tokens[i].lower in _TIME_HEADS for i in (phrase.first, phrase.head))


_TIME_HEADS: Final = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december today yesterday morning evening night day days week weeks month months "
        "year years decade decades"
    ).split()
)


def _stretch(sentence: ParsedSentence, group: VerbGroup) -> tuple[int, int]:
    """First and last token of the stretch that can hold the subject, a relative clause before the verb left out."""
    tokens = sentence.tokens
    i = right = group.first - 1
    depth = 0
    while i >= 0:
        token = tokens[i]
        if token.tag == Tag.CLOSE:
            depth += 1
        elif token.tag == Tag.OPEN:
            depth -= 1
        elif depth <= 0:
            if token.tag == Tag.QUOTE and i == group.first - 1 and _opens_inside(sentence, i):
                i -= 1
                continue
            if token.tag == Tag.QUOTE and (opening := _short_quotation(sentence, i)) is not None:
                i = opening - 1
                continue
            if token.tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.QUOTE):
                return i + 1, right
            covering = sentence.group_at(token.start)
            if covering is not None and covering.form == "finite":
                aside = _aside_start(sentence, covering, group)
                relative = _relative_start(sentence, covering) if aside is None else aside
                if relative is None or (aside is None and not _closed_by_comma(sentence, covering, group)):
                    return _after_joint(sentence, covering, group), right
                i = right = relative
        i -= 1
    return 0, right


def _opens_inside(sentence: ParsedSentence, quote: int) -> bool:
    """Whether a quotation opens between a subject and its verb: "Oslo “must act”"."""
    before = sentence.tokens[quote - 1].tag if quote else Tag.BREAK
    return sentence.quoted[quote + 1] and before in (
        Tag.NOMINAL, Tag.NAME, Tag.PRONOUN, Tag.CLOSE, Tag.NUMBER, Tag.RELATIVE, Tag.ADVERB,
    )  # fmt: skip


def _aside_start(sentence: ParsedSentence, saying: VerbGroup, outer: VerbGroup) -> int | None:
    """The comma that opens an aside like ", she told me," between a subject and its verb, or None."""
    tokens = sentence.tokens
    i = outer.first - 1
    while i > saying.last and tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if saying.lemma not in clause_takers() or tokens[i].tag != Tag.COMMA:
        return None
    before = [p for p in sentence.phrases_between(0, saying.first - 1) if p.last == saying.first - 1]
    start = before[0].first - 1 if before else -1
    return start if start > 0 and tokens[start].tag == Tag.COMMA else None


def _short_quotation(sentence: ParsedSentence, closing: int) -> int | None:
    """Index of the mark that opens a quotation of some words only, which is no clause of its own."""
    for i in range(closing - 1, max(-1, closing - 6), -1):
        if sentence.tokens[i].tag == Tag.QUOTE:
            return i
    return None


def _relative_start(sentence: ParsedSentence, group: VerbGroup) -> int | None:
    """Index of the relative pronoun that opens the clause of `group`, or None."""
    i = group.first - 1
    while i >= 0 and sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i >= 0 and sentence.tokens[i].tag == Tag.COORDINATOR:
        earlier = [g for g in sentence.groups if g.last < group.first and g.form == "finite"]
        return _relative_start(sentence, earlier[-1]) if earlier else None
    return i if i >= 0 and sentence.tokens[i].tag == Tag.RELATIVE else None


def _closed_by_comma(sentence: ParsedSentence, inner: VerbGroup, outer: VerbGroup) -> bool:
    """Whether the relative clause of `inner` ends right before the verb of `outer` (", which ..., has")."""
    i = outer.first - 1
    while i > inner.last and sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    said = inner.lemma in clause_takers() and inner.lemma != "tell"
    after = inner.last + 1
    if said and sentence.tokens[after].lower == "that":
        return False
    if said and any(p.last == i for p in sentence.phrases_between(after, after)):
        return False
    return i > inner.last and (sentence.tokens[i].tag == Tag.COMMA or not _phrase_after_comma(sentence, inner, i))


def _phrase_after_comma(sentence: ParsedSentence, inner: VerbGroup, end: int) -> bool:
    return any(sentence.tokens[i].tag == Tag.COMMA for i in range(inner.last + 1, end))


def _after_joint(sentence: ParsedSentence, earlier: VerbGroup, group: VerbGroup) -> int:
    """The token after the joint (comma, conjunction, relative) between the clauses of `earlier` and `group`."""
    tokens = sentence.tokens
    joints = [
        i
        for i in range(earlier.last + 1, group.first)
        if tokens[i].tag in (Tag.COMMA, Tag.COORDINATOR, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.BREAK)
    ]
    clause = [i for i in joints if tokens[i].tag in (Tag.SUBORDINATOR, Tag.RELATIVE, Tag.BREAK)]
    if clause:
        return clause[-1] + 1
    if earlier.lemma in clause_takers() and joints and all(tokens[i].tag == Tag.COORDINATOR for i in joints):
        return earlier.last + 1
    for i in joints:
        # "A and B" inside a subject is no joint between clauses: the stretch after it must still hold the subject
        if tokens[i].tag == Tag.COORDINATOR and i + 1 < group.first:
            return i + 1
    return joints[0] + 1 if joints else earlier.last + 1


def _apposition_head(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> int:
    """The phrase that an apposition between commas explains: "Japan, the largest donor, pledged"."""
    tokens = sentence.tokens
    j = i
    if tokens[phrases[i].head].tag == Tag.PRONOUN:
        return i
    while j > 0:
        previous = next((k for k in range(j - 1, -1, -1) if phrases[k].preposition is None), None)
        if previous is None:
            return j
        between = tokens[phrases[previous].last + 1 : phrases[j].first]
        commas = [t for t in between if t.tag == Tag.COMMA]
        if len(commas) == 1 and between[-1].tag == Tag.COMMA and not any(t.tag == Tag.COORDINATOR for t in between):
            if (
                _is_time(sentence, phrases[previous])
                or _object_of_dependent(sentence, phrases[previous])
                or _closes_list(sentence, phrases[previous])
            ):
                return j
            j = previous
            continue
        return j
    return j


def _closes_list(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the phrase is the last of a list (", and Peru"), after which a comma opens no apposition."""
    i = phrase.first - 1
    return i > 0 and sentence.tokens[i].tag == Tag.COORDINATOR and sentence.tokens[i - 1].tag == Tag.COMMA


def _coordinated_back(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> tuple[NounPhrase, ...]:
    """`phrases[i]` with the phrases joined to it by "and" or commas before it, in order."""
    chosen = [phrases[i]]
    tokens = sentence.tokens
    joined = False
    while i > 0:
        between = tokens[phrases[i - 1].last + 1 : phrases[i].first]
        texts = {t.lower for t in between}
        if phrases[i - 1].preposition is not None or not between:
            break
        if texts & {"and", "or", "nor", "&"} or ("as" in texts and "well" in texts):
            joined = True
        elif not (joined and texts == {","}):
            break
        chosen.insert(0, phrases[i - 1])
        i -= 1
    return tuple(chosen)


def _coordinated(sentence: ParsedSentence, phrases: tuple[NounPhrase, ...], i: int) -> tuple[NounPhrase, ...]:
    """`phrases[i]` with those joined to it by "and" or commas after it."""
    chosen = [phrases[i]]
    for previous, following in zip(phrases[i:], phrases[i + 1 :], strict=False):
        between = {t.lower for t in sentence.tokens[previous.last + 1 : following.first]}
        if following.preposition not in (None, phrases[i].preposition) or not between <= {",", "and", "or"}:
            break
        chosen.append(following)
    return tuple(chosen)


def _governor(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb group that `group` depends on or is coordinated with: the nearest one before it, else after it."""
    before = [g for g in sentence.groups if g.last < group.first]
    if group.form == "finite":
        before = [g for g in before if g.form == "finite"]
        return before[-1] if before else None
    if before:
        return before[-1]
    after = [g for g in sentence.groups if g.first > group.last and g.form == "finite"]
    return after[0] if after else None
