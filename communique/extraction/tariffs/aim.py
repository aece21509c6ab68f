"""Where the words on what a measure is aimed at stand: the stretch of a sentence after "on"."""

from __future__ import annotations

from collections.abc import Callable

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.behind import imposed_behind
from communique.extraction.tariffs.measure import Measure, puts_on
from communique.extraction.tariffs.words import tariff_words

_ENDS = frozenset(
    "starting effective beginning until till since in by at after before during because as over under unless through "
    "except excepting excluding barring apart "
    "within with along that amid despite pending following but while which who including announced per".split()
)
_ATTACHED = frozenset({"applied", "apply", "applies", "applicable", "extended", "added", "attached", "assigned"})
_ATTACHING = frozenset({"apply", "extend", "add", "attach", "assign"})
_MAKERS = frozenset({"produced", "made", "manufactured", "built", "grown", "brewed", "assembled"})
_STANDING = frozenset({"the", "a", "its", "current", "existing", "present", "previous", "prior", "prevailing"})
_BEFORE_FIGURE = frozenset(
    "almost nearly about around roughly just under over only level rate ceiling cap maximum of flat".split()
)
_UNITS_OF_SUM = frozenset(
    "euros|dollars|pounds|yen|yuan|billions|millions|dlrs|mln|bln|%|percent|per cent|pct".split("|")
)
_BEFORE_SUM = _UNITS_OF_SUM | frozenset(
    "an a another additional tens hundreds thousands "
    "up to about some the remaining nearly more than over least at almost worth of in further as much many".split()
)
_PERIODS = frozenset({"time", "period", "term", "spell", "duration", "transition"})
_LONGEST_NAME = 4
_SPAN = frozenset({Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.CLOSE, Tag.BASE, Tag.THIRD, Tag.PRONOUN})
_STOPS = frozenset({Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.TO, Tag.MODAL, Tag.BE, Tag.HAVE})


def stretch(sentence: ParsedSentence, measure: Measure, is_time: Callable[[int], bool]) -> tuple[int, int] | None:
    """First and last token of what the measure is on, or None; `is_time(i)` tells tokens of temporal expressions."""
    tokens = sentence.tokens
    for start in _places(sentence, measure):
        for i in range(start, min(start + 12, len(tokens) - 1)):
            if _opens(sentence, measure, i, start) and not is_time(i + 1) and not _says_status(sentence, i):
                first = _past_as_much_as(sentence, i + 1)
                return first, _bounded(sentence, measure, first, is_time)
            if tokens[i].tag in (Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR) or _parts(sentence, measure, i):
                break
    return None if is_time(1) else _fronted(sentence, measure)


def _past_as_much_as(sentence: ParsedSentence, i: int) -> int:
    """The token behind "as much as" at token `i`, before a sum or a number of goods, else `i` itself."""
    words = [t.lower for t in sentence.tokens[i : i + 3]]
    sized = len(words) == 3 and words[0] == words[2] == "as" and words[1] in ("much", "many")
    return i + 3 if sized and i + 3 < len(sentence.tokens) else i


def _fronted(sentence: ParsedSentence, measure: Measure) -> tuple[int, int] | None:
    """What the sentence opens with: "On goods from Peru and Chile, Togo put a duty"."""
    group = measure.group
    if sentence.tokens[0].lower not in ("on", "against") or group is None or group.lemma not in tariff_words().imposing:
        return None
    doer = next((p for p in reversed(subject(sentence, group)) if p.last < group.first), None)
    apart = doer is not None and doer.first > 2 and sentence.tokens[doer.first - 1].tag == Tag.COMMA
    return (1, doer.first - 2) if apart and doer is not None and measure.first > doer.last else None


def _parts(sentence: ParsedSentence, measure: Measure, i: int) -> bool:
    """Whether what follows token `i` is on something else: ", and the rate on Peruvian tin", "is a tax on buyers"."""
    words = tariff_words()
    group = sentence.group_at(sentence.tokens[i].start)
    if group is not None and (_is_a_thing(sentence, group) or _another_act(measure, group)):
        return True
    if sentence.tokens[i].lower not in words.measure | words.weak_measure or i == measure.noun or i <= measure.last:
        return False
    phrase = sentence.phrase_at(sentence.tokens[i].start)
    return phrase is not None and phrase.first > 0 and sentence.tokens[phrase.first - 1].tag == Tag.COORDINATOR


def _another_act(measure: Measure, group: VerbGroup) -> bool:
    """Whether an infinitive behind the measure puts another: "to impose tin tariffs and a threat to put one on"."""
    putting = group.form == "infinitive" and group.lemma in tariff_words().imposing
    return putting and group.first > measure.last and group is not measure.group


def _places(sentence: ParsedSentence, measure: Measure) -> list[int]:
    """Where the "on" can stand, the likeliest place first."""
    group = measure.group
    anchor = max(measure.last, measure.noun if measure.noun is not None else 0)
    places = [anchor + 1]
    if measure.noun is not None and measure.rule in ("noun_before", "tariff_is_rate", "raised_by", "raised_to"):
        places.insert(0, measure.noun + 1)
    following = sentence.tokens[measure.last + 1].lower if measure.last + 1 < len(sentence.tokens) else ""
    if measure.rule == "noun_before" and following == "on":
        places.insert(0, measure.last + 1)
    apart = sentence.tokens[anchor + 1 : anchor + 4]
    behind_noun = sentence.tokens[measure.noun + 1 : measure.noun + 2] if measure.noun is not None else ()
    own = any(t.lower in ("on", "for") for t in behind_noun)
    if [t.lower for t in apart[:2]] == [",", "for"] and len(apart) > 2 and measure.rate is not None and not own:
        places.insert(0, anchor + 2)
    if following in tariff_words().nominal and measure.last + 1 > anchor:
        places.append(anchor + 2)
    if group is not None and group.first > anchor and not _is_a_thing(sentence, group):
        places.append(group.last + 1)
    behind = imposed_behind(sentence, anchor)
    if behind is not None:
        places.append(behind.last + 1)
    pays = group is not None and group.lemma in tariff_words().subject_pays
    if group is not None and not pays:
        places.extend(p.last + 1 for p in subject(sentence, group) if p.last < group.first < measure.first)
    return places


def _is_a_thing(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb says what the measure is, which then has an "on" of its own: "is a tax on buyers"."""
    following = [t for t in sentence.tokens[group.last + 1 : group.last + 4] if t.tag != Tag.ADVERB]
    return group.lemma == "be" and not group.passive and bool(following) and following[0].lower in ("a", "an")


def _opens(sentence: ParsedSentence, measure: Measure, i: int, start: int) -> bool:
    tokens = sentence.tokens
    word = tokens[i].lower
    if word in ("on", "against", "upon"):
        if tokens[i - 1].lower in ("based", "depending", "relying", "dependent"):
            return False
        if word == "against" and (tokens[i - 1].lower == "as" or tokens[i + 1].tag in (Tag.NUMBER, Tag.CURRENCY)):
            return False
        put_on = sentence.phrase_at(tokens[i + 1].start) if puts_on(sentence, i) else None
        if put_on is not None and measure.noun is not None and put_on.first <= measure.noun <= put_on.last:
            return False
        deed = sentence.phrase_at(tokens[i + 1].start) if i < measure.first else None
        if deed is not None and deed.last < measure.first and tokens[deed.head].lower in tariff_words().nominal:
            return False
        return tokens[i + 1].lower not in ("top", "average", "hold", "ice", "march", "april")
    if word == "for" and (tokens[i + 1].lower == "every" or any(t.lower in _PERIODS for t in tokens[i + 2 : i + 4])):
        return False
    if word in ("to", "for") and tokens[i - 1].lower in _ATTACHED:
        return True
    if word == "to" and i == start and measure.group is not None and measure.group.lemma in _ATTACHING:
        return tokens[i + 1].tag not in (Tag.NUMBER, Tag.CURRENCY)
    if measure.rule == "duty_per_unit" and i == start and word == "of":
        return True
    if word == "at" and tokens[i - 1].lower in ("aimed", "directed", "targeted", "levelled", "leveled"):
        return tokens[i + 1].tag != Tag.GERUND
    subject_from = measure.group is not None and i < measure.group.first and i == start and i < measure.first
    return (word == "for" and i == start) or (word == "from" and subject_from) or word in tariff_words().aiming


def _says_status(sentence: ParsedSentence, i: int) -> bool:
    """Whether a phrase that says a status starts at token `i` ("on hold")."""
    words = " ".join(t.lower for t in sentence.tokens[i : i + 4]) + " "
    return any(words.startswith(f"{phrase} ") for phrase in tariff_words().status_phrase)


def next_clause(sentence: ParsedSentence, i: int) -> int:
    """The last token before the clause that follows token `i`."""
    for group in sentence.groups:
        if group.first > i and group.form == "finite":
            joined = group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.COORDINATOR
            if (group.lemma == "apply" and not joined and not group.negated) or _attributive(sentence, group):
                continue
            return group.first - 1
    return len(sentence.tokens) - 1


def _attributive(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """A past form that stands before its noun or leads to an origin: "and liquefied gas", "billets imported from"."""
    tokens = sentence.tokens
    if group.first != group.last or tokens[group.first].tag != Tag.PAST or group.first + 1 >= len(tokens):
        return False
    if tokens[group.first].lower in tariff_words().origin:
        return True
    before, after = tokens[group.first - 1], tokens[group.first + 1]
    if tokens[group.first].lower in tariff_words().processed and after.tag in (Tag.NOMINAL, Tag.NAME):
        return True
    return before.tag in (Tag.COORDINATOR, Tag.COMMA, Tag.PREPOSITION) and after.tag in (Tag.NOMINAL, Tag.NAME)


def _bounded(sentence: ParsedSentence, measure: Measure, first: int, is_time: Callable[[int], bool]) -> int:
    limit = next_clause(sentence, first - 1)
    inside = measure.group is not None and measure.group.first == limit + 1
    inside = inside or not any(g.form == "finite" and g.first < first for g in sentence.groups)
    return end_of_list(sentence, first, limit, is_time, inside)


def end_of_list(sentence: ParsedSentence, first: int, limit: int, is_time: Callable[[int], bool], inside: bool) -> int:
    """The last token of the list of goods: it ends where a clause, an infinitive, a time or another rate starts.

    `inside` says that the list stands inside the subject of the verb that follows it.
    """
    tokens = sentence.tokens
    origin = tariff_words().origin
    last = first
    inside_brackets = False
    for i in range(first, limit + 1):
        token = tokens[i]
        if token.tag == Tag.OPEN and i > first:
            inside_brackets = any(t.tag == Tag.CLOSE for t in tokens[i + 1 : min(i + 12, limit + 1)])
        if inside_brackets:
            inside_brackets = token.tag != Tag.CLOSE
            continue
        if token.tag in (Tag.PAST, Tag.PARTICIPLE) and token.lemma in tariff_words().imposing:
            break
        if token.tag == Tag.BE and i + 1 <= limit and tokens[i + 1].lower in origin:
            continue
        if i > first and (_ends_goods(sentence, i) or [t.lower for t in tokens[i : i + 2]] == ["other", "than"]):
            break
        if i > first and token.tag == Tag.DETERMINER and tokens[i - 1].tag in (Tag.NOMINAL, Tag.NAME):
            break
        if token.tag in _STOPS or (token.tag == Tag.GERUND and token.lower not in origin):
            break
        if (i > first and is_time(i)) or (
            token.lower in ("from", "by", "to")
            and tokens[i - 1].lower not in ("up", "upwards")
            and (is_time(i + 1) or _figure(sentence, i + 1))
        ):
            break
        if token.lower in _ENDS and i > first and not _after_quantity(sentence, first, i) and token.lower not in origin:
            if not (token.lower == "in" and tokens[i - 1].lower in origin) and tokens[i - 1].lower not in _MAKERS:
                break
        if token.tag in (Tag.COMMA, Tag.COORDINATOR) and i < limit and tokens[i + 1].lower in origin:
            continue
        if token.tag in (Tag.COMMA, Tag.COORDINATOR) and not _list_goes_on(sentence, i, limit, inside):
            break
        if token.tag in _SPAN or token.tag in (Tag.PAST, Tag.PARTICIPLE):
            last = i
    return last


def _ends_goods(sentence: ParsedSentence, i: int) -> bool:
    """Whether a past form at token `i` starts a clause on the goods: "goods tied to the purchase of"."""
    token = sentence.tokens[i]
    if token.tag not in (Tag.PAST, Tag.PARTICIPLE) or token.lower in tariff_words().origin:
        return False
    following = sentence.tokens[i + 1].tag if i + 1 < len(sentence.tokens) else Tag.BREAK
    return following in (Tag.PREPOSITION, Tag.TO, Tag.ADVERB, Tag.BREAK) and sentence.tokens[i - 1].tag in (
        Tag.NOMINAL,
        Tag.NAME,
    )


def _figure(sentence: ParsedSentence, i: int) -> bool:
    while i < len(sentence.tokens) and sentence.tokens[i].lower in _STANDING | _BEFORE_FIGURE:
        i += 1
    if i >= len(sentence.tokens):
        return False
    counted = sentence.tokens[i + 1 : i + 3]
    if any(t.lower in tariff_words().classes for t in counted):
        return False
    return sentence.tokens[i].tag == Tag.NUMBER or sentence.tokens[i].lower in ("between", "zero", "nil")


def _list_goes_on(sentence: ParsedSentence, joint: int, limit: int, inside: bool) -> bool:
    """After a comma or "and" the list of goods goes on with a noun phrase, unless that is another rate or a clause."""
    following = sentence.tokens[joint + 1 : min(joint + 8, limit + 1)]
    if not following or following[0].lower in _ENDS:
        return False
    if following[0].tag in (Tag.PREPOSITION, Tag.TO, Tag.GERUND, Tag.ADVERB, Tag.OPEN):
        return False
    if any(t.lower in tariff_words().nominal for t in following[:3] if t.tag == Tag.NOMINAL):
        return False
    for token in following:
        if token.lower in ("%", "percent", "per cent", "pct") or token.lower in tariff_words().measure:
            return False
        if token.tag in (Tag.COMMA, Tag.COORDINATOR, Tag.PREPOSITION, Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR):
            break
    if not inside and _subject_of_next(sentence, joint, limit):
        return False
    if _ends_headline(sentence, joint):
        return True
    nouns = [t for t in following if t.tag in (Tag.NOMINAL, Tag.NAME)]
    if not nouns:
        return False
    if sentence.tokens[joint].tag == Tag.COORDINATOR or following[0].tag == Tag.COORDINATOR:
        return True
    rest = sentence.tokens[joint + 1 : limit + 1]
    named = len(following) > 1 and following[1].tag == Tag.NAME
    return any(t.tag == Tag.COORDINATOR for t in rest[:16]) and (following[0].tag != Tag.DETERMINER or named)


def _ends_headline(sentence: ParsedSentence, joint: int) -> bool:
    """Whether a comma joins the last two names of a headline: "tariffs on Chile, Peru"."""
    tokens = sentence.tokens
    names = tokens[joint - 1].tag == Tag.NAME and all(t.tag == Tag.NAME for t in tokens[joint + 1 :])
    return names and tokens[joint].tag == Tag.COMMA and len(tokens) - joint <= _LONGEST_NAME


def _subject_of_next(sentence: ParsedSentence, joint: int, limit: int) -> bool:
    """Whether what follows the joint is the subject of the next clause: "on pork and Canada put a duty"."""
    phrase = sentence.phrase_at(sentence.tokens[joint + 1].start)
    return phrase is not None and phrase.last == limit and limit + 1 < len(sentence.tokens)


def _after_quantity(sentence: ParsedSentence, first: int, i: int) -> bool:
    """Whether only a sum of money stands between the start and token `i`: "on $50 billion in Chinese imports"."""
    between = sentence.tokens[first:i]
    return any(t.tag in (Tag.CURRENCY, Tag.NUMBER) for t in between) and past_quantity(sentence, first, i) >= i


def past_quantity(sentence: ParsedSentence, first: int, last: int) -> int:
    """The token after a sum or share that opens the stretch ("an additional $200 billion worth of", "over 90% of")."""
    tokens = sentence.tokens
    i = first
    seen = False
    while i <= last and tokens[i].tag == Tag.NAME and i < last and tokens[i + 1].tag == Tag.CURRENCY:
        i += 1
    while i <= last and (tokens[i].tag in (Tag.CURRENCY, Tag.NUMBER) or tokens[i].lower in _BEFORE_SUM):
        seen = seen or tokens[i].tag == Tag.CURRENCY or tokens[i].lower in _UNITS_OF_SUM
        i += 1
        if seen and i <= last and tokens[i].tag == Tag.OPEN:
            i = next((k + 1 for k in range(i, last + 1) if tokens[k].tag == Tag.CLOSE), i)
    return i if seen else first
