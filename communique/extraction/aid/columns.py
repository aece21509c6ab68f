"""The columns of a row that its own words and those before it decide: status, category, items, total."""

from __future__ import annotations

import re

from communique.extraction.aid import details
from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.moment import Moment
from communique.extraction.aid.parts import INCLUDING
from communique.extraction.aid.regions import statement_start
from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.taking import promise_in
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.rows import AidCommitment

_PART = re.compile(r"\b(?:includ\w+|made up of|compris\w+|of which|out of which|consist\w* of)\b[^.;]*\Z", re.I)
_CAUSED = re.compile(
    r"\b(?:after|following|amid|despite|because|in (?:response|reaction|protest)|in the (?:wake|aftermath)|over|against"
    r"|as|until|unless|since)\b",
    re.I,
)
_COUNTING = frozenset({"amount", "total"})
_LEVELS = frozenset({"cut", "drop", "fall", "decline", "remain", "stay"})
_REDUCING = frozenset({"halve", "slash", "reduce", "trim", "lower"})
_OWN_NOUN = frozenset({"make", "raise", "have"})


def rule(bound: Bound) -> str:
    """The name of the rule: what is given and how the sentence says so."""
    what = "sum" if bound.theme.amount is not None else "kind"
    how = bound.act.sort.value if bound.act is not None else bound.position
    return f"aid.{what}.{how}"


def stops(bound: Bound) -> bool:
    """Whether a statement is of aid held back or ended."""
    return bound.act is not None and bound.act.status in ("suspended", "ended")


def status(text: str, bound: Bound, moment: Moment) -> str:
    """The AidStatus of a statement: its act's, its noun's, or that of the whole it is a part of."""
    nouns, last = aid_words().giving_nouns, moment.last_told
    own = next((nouns[n] for n in bound.theme.nouns if n in nouns), None)
    act = bound.act
    if bound.status is not None:
        return bound.status
    stated = details.status_of_total(text, *bound.theme.described)
    if act is not None and act.sort is Sort.TOTAL:
        again = last.status if act.lemma == "be" and last is not None else None
        stated = stated or promise_in(
            lowers(moment.sentence, _total_first(moment.sentence, act), bound.theme.first - 1)
        )
        if act.lemma in _REDUCING:
            return "pledged" if act.status == "pledged" else "committed"
        ahead = "pledged" if act.group is not None and _is_ahead(moment.sentence, act.group) else None
        return stated or again or (act.status if act.lemma in _LEVELS else None) or ahead or "provided"
    if bound.theme.nouns and _carries(bound):
        return own or ("pledged" if _begins(bound) else "provided")
    if act is not None:
        tells = act.lemma in aid_words().needs_with or act.sort is Sort.NOUN
        helps = stated if tells and act.status == "provided" else None
        return own if act.lemma in _OWN_NOUN and own else helps or act.status
    if bound.position == "part" and _lies_ahead(bound, moment.sentence):
        return "pledged"
    whole = moment.rows[-1] if moment.rows else next((r for r in moment.told[:-4:-1] if not _sums_up(r)), last)
    if whole is not None and (bound.position == "part" or _is_part(text, bound)):
        return whole.status
    if bound.position == "part" and (named := promise_in(lowers(moment.sentence, 0, bound.theme.first - 1))):
        return named
    listed = bool(moment.rows) or bound.position == "item" or _points_back(bound, moment)
    if own == "provided" and (above := _approving(bound, moment.sentence)):
        return above
    return stated or own or (whole.status if whole is not None and listed else _outlook(bound, moment))


def _is_ahead(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a total is yet to be reached: "will total $5m", "if it is approved, would bring our aid to $5m"."""
    if group.tense == "future":
        return group.lemma in _COUNTING
    return group.modal == "would" and any(t.lower == "if" for t in sentence.tokens[: group.first])


def _lies_ahead(bound: Bound, sentence: ParsedSentence) -> bool:
    """Whether the verb of including above a part is in the future: "the package will include $5m"."""
    above = next((g for g in reversed(sentence.groups) if g.last < bound.theme.first and g.form == "finite"), None)
    return above is not None and above.tense == "future" and above.lemma in INCLUDING


def _approving(bound: Bound, sentence: ParsedSentence) -> str | None:
    """The status of a payment under a verb of consent: "the board backed a payment of $5m"."""
    above = next((g for g in reversed(sentence.groups) if g.last < bound.theme.first), None)
    consents = above is not None and above.lemma in _CONSENTING and not above.negated and above.form == "finite"
    return "committed" if consents else None


_CONSENTING = frozenset({"support", "back", "endorse", "okay", "clear", "approve", "authorise", "authorize"})


def _sums_up(row: AidCommitment) -> bool:
    """Whether a row only adds up what was given with what is given now ("bringing the total to")."""
    return row.is_total and row.rule == f"aid.sum.{Sort.TOTAL.value}"


_PREPARING = frozenset({"prepare", "plan", "ready", "finalise", "finalize", "intend", "expect"})
_PRICING = frozenset({"value", "cost", "estimate", "price"})


def _outlook(bound: Bound, moment: Moment) -> str:
    """What the verb above a sum without one of its own lets it be: promised where it announces or lies ahead."""
    groups = (g for g in reversed(moment.sentence.groups) if g.last < bound.theme.first and g.form == "finite")
    above = next((g for g in groups if g.lemma not in _PRICING and not in_relative(moment.sentence, g)), None)
    if above is None:
        return "provided"
    ahead = (
        above.tense == "future"
        or above.modal in aid_words().promising_modals
        or above.lemma in _PREPARING
        or aid_words().weak.get(above.lemma) == "pledged"
    )
    return "pledged" if ahead or aid_words().strong.get(above.lemma) == "pledged" else "provided"


def _total_first(sentence: ParsedSentence, act: Act) -> int:
    """The first token of what a total is said of: behind the verb before it."""
    if act.group is not None and act.group.form == "gerund":
        return act.last + 1
    before = [g.last for g in sentence.groups if 0 < g.first and g.last < act.first and not in_relative(sentence, g)]
    return max(before, default=-1) + 1


def _carries(bound: Bound) -> bool:
    """Whether the act only says what the sum, its subject, is good for: "the grant will pay for"."""
    act = bound.act
    return act is not None and act.sort is Sort.WEAK and bound.position == "subject" and not _is_passive(act)


def _begins(bound: Bound) -> bool:
    """Whether what "will" help is a programme, which starts with it, and no money in hand: "the project will train"."""
    ahead = bound.act is not None and bound.act.group is not None and bound.act.group.modal == "will"
    return ahead and bound.theme.nouns[0] in _UNDERTAKINGS


_UNDERTAKINGS = frozenset({"programme", "program", "project", "compact", "initiative", "scheme", "plan"})


def _is_passive(act: Act) -> bool:
    return act.group is not None and (act.group.passive or act.group.form == "participle")


def _points_back(bound: Bound, moment: Moment) -> bool:
    """Whether a definite phrase takes up the aid of the sentence before: "The $5m package includes"."""
    last, before = moment.last_told, moment.sentence.tokens[max(0, bound.theme.first - 1)].lower
    return last is not None and moment.index - last.sentence <= 2 and before in ("the", "this", "that")


def _is_part(text: str, bound: Bound) -> bool:
    """Whether a sum is named as part of one before it: "That includes $5m in grants"."""
    return _PART.search(text, max(0, bound.theme.start - 160), bound.theme.start) is not None


def category(text: str, bound: Bound, until: int, moment: Moment, channel: str | None, donor: str | None) -> str:
    """The AidCategory of a statement: by its nouns, what follows, its verb, its channel, else the list it is in."""
    if bound.act is not None and bound.act.lemma in ("lend", "loan"):
        return "financial"
    after = text[bound.theme.end : moment.ends_at(until)]
    caused = _CAUSED.search(after)
    texts = [text[slice(*bound.theme.described)], after[: caused.start()] if caused else after]
    if bound.act is not None and bound.act.sort is Sort.TOTAL and not moment.rows:
        texts.insert(0, text[statement_start(moment.sentence, bound) : bound.theme.end])
    if bound.act is not None:
        texts.append(text[moment.sentence.tokens[bound.act.first].start : bound.theme.end])
    found = details.category((*texts, channel or ""))
    if found is None and caused:
        cause = details.category(("", after[caused.start() :]))
        found = cause if cause == "humanitarian" else None
    unnamed = "financial" if donor in aid_words().lenders else "unspecified"
    if found or bound.theme.is_aid:
        return found or unnamed
    listed = moment.told[-1:] if bound.position == "item" or _shares_out(bound, moment, donor) else []
    kinds = (row.category for row in (*reversed(moment.rows), *listed))
    return next((kind for kind in kinds if kind not in ("unspecified", "mixed")), unnamed)


def _shares_out(bound: Bound, moment: Moment, donor: str | None) -> bool:
    """Whether a sum without a name of its own is part of one that the same donor was just said to give."""
    last, amount = moment.last_told, bound.theme.amount
    if last is None or amount is None or last.amount is None or bound.theme.nouns or donor != last.donor_id:
        return False
    return moment.index - last.sentence <= 1 and amount.value < last.amount and amount.currency == last.currency


def items(text: str, bound: Bound) -> str | None:
    """The goods of a statement without a sum, verbatim; None where only a kind of aid is named."""
    if bound.theme.amount is not None:
        return None
    stretch = " ".join(text[bound.theme.start : bound.theme.end].split())
    run = [word.lower() for word in stretch.replace(",", " ").split()]
    named = bound.theme.is_aid or (bound.position == "item" and run[-1] not in aid_words().goods)
    if named and run[-1] in aid_words().aid_nouns and not any(word[0].isdigit() for word in run):
        return None
    words = set(run)
    if words & word_set("goods", "vague"):
        return None
    kind_only = bound.theme.is_aid or (bound.act is not None and bound.act.sort is not Sort.STRONG)
    return stretch if words & aid_words().goods or not kind_only else None


def is_total(text: str, bound: Bound, moment: Moment, end: int) -> bool:
    """Whether a sum is a total over a period, by its verb or by the words of its own clause."""
    act, sentence = bound.act, moment.sentence
    if bound.theme.amount is None or stops(bound):
        return False
    if act is not None and act.sort is Sort.TOTAL and act.lemma != "be":
        return True
    if bound.position == "item" and moment.told and not moment.rows:
        return moment.told[-1].is_total
    start = statement_start(sentence, bound)
    first = act.first if act is not None else bound.theme.first
    before = [g.last for g in sentence.groups if g.form == "finite" and g.last < first]
    joint = (i for i in range(first - 1, max(before, default=0), -1) if sentence.tokens[i].tag == Tag.COORDINATOR)
    own = next(joint, max(before, default=None)) if before else None
    if details.is_total(text, start if own is None else sentence.tokens[own].end, end):
        return True
    opens = bool(before) and start == sentence.start and bound.position == "object"
    return opens and details.opens_with_since(text, start, end)


def aim_before(text: str, moment: Moment, bound: Bound, known: frozenset[str]) -> str | None:
    """What the subject of a total says that it is for: "funding to fight drought in Kenya is $5m"."""
    act = bound.act
    if act is None or act.sort not in (Sort.TOTAL, Sort.MOVING) or bound.position != "object":
        return None
    aims = [g for g in moment.sentence.groups if g.form == "infinitive" and g.last < act.first]
    if not aims:
        return None
    reach = (aims[0].first, act.first)
    return details.purpose(moment.sentence, text, reach, known, ())
