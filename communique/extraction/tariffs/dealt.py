"""Rates dealt out in a list whose tariff is named once: "Peru faces a 20% duty, Chile and Bolivia 15%, 5% each for"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Percent
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.figures import other_percentage
from communique.extraction.tariffs.words import STATES, tariff_words

_LINKS = frozenset(
    "at with of a an the each both all will would could now also respectively it they up to as high low much about "
    "around only just is are was were be been being have has had rate rates duty duties tariff tariffs levy levies "
    "set for slated down while ones one producers exporters makers goods products imports firms companies".split()
)
_JOINTS = (Tag.COMMA, Tag.COORDINATOR, Tag.OPEN)
_TOWARDS = frozenset({"for", "on", "against", "from"})
_GOODS = frozenset({"the", "goods", "imports", "products", "exports", "from", "of"})
_FARTHEST = 9


@dataclass(frozen=True, slots=True)
class Share:
    """A rate and the states that bear it."""

    percent: Percent
    targets: tuple[str, ...]


def dealt_out(
    sentence: ParsedSentence, roles: Roles, left: list[Percent], told: list[tuple[int, int]], row: Tariff
) -> list[Share]:
    """The rates of `left` that stand beside states or firms in a list with rates told before, in order of the text.

    `told` are the spans of the rates that a tariff noun or verb already explains, in this sentence; `row` is the last
    one told: a firm is hit where it is.
    """
    states = _states(sentence, roles, row.imposer_id)
    found: list[Share] = []
    rate_first = False
    for percent in left:
        if percent.is_points:
            continue
        first, last = sentence.token_at(percent.start), sentence.token_at(percent.end - 1)
        if other_percentage(sentence, first, last):
            continue
        chained = any(end <= percent.start for _, end in told)
        behind = _behind(sentence, last, states) if chained else ()
        before, verbal = _before(sentence, first, states)
        targets = before if before and (verbal or chained) and not (rate_first and behind) else behind
        rate_first = rate_first or (bool(behind) and targets == behind)
        if not targets and row.target_id is not None and _is_of_firm(sentence, first, last, states, chained):
            targets = (row.target_id,)
        if targets:
            found.append(Share(percent, targets))
            told = [*told, (percent.start, percent.end)]
    return found


def dealt_rows(index: int, shares: list[Share], last: Tariff) -> list[Tariff]:
    """One row per share and state of sentence `index`, otherwise like the row `last` that the list goes on from."""
    return [
        Tariff(
            char_start=share.percent.start, char_end=share.percent.end, sentence=index, rule="tariff.rate_dealt",
            imposer_id=last.imposer_id, target_id=target, rate_percent=share.percent.value,
            rate_percent_upper=share.percent.upper, product=last.product, status=last.status,
            effective_date=last.effective_date,
        )
        for share in shares
        for target in share.targets
    ]  # fmt: skip


def opened_lists(sentence: ParsedSentence, text: str) -> list[tuple[int, int]]:
    """The colon that opens a list behind a tariff or a verb of hitting ("were hit hardest: Peru 8%"), as a span."""
    words = tariff_words()
    ranging = next((t for t in sentence.tokens if t.lower in words.ranging), None)
    if ranging is not None and words.trigger.search(text, sentence.start, ranging.start) is not None:
        return [(ranging.start, ranging.end)]
    if (led := _led_by_with(sentence)) and words.trigger.search(text, sentence.start, led[0]) is not None:
        return [led]
    colon = next((t for t in sentence.tokens if t.text == ":"), None)
    if colon is None:
        return []
    bearing = words.subject_pays | words.patient_hit
    hits = any(g.end <= colon.start and g.lemma in bearing for g in sentence.groups)
    named = words.trigger.search(text, sentence.start, colon.start) is not None
    return [(colon.start, colon.end)] if hits or named else []


def _led_by_with(sentence: ParsedSentence) -> tuple[int, int] | None:
    """The "with" that opens a list of rates behind a comma: ", with 8% for Peru and 5% for Chile", as a span."""
    tokens = sentence.tokens
    for i in range(1, len(tokens) - 2):
        if tokens[i].lower == "with" and tokens[i - 1].tag == Tag.COMMA and tokens[i + 1].tag == Tag.NUMBER:
            return tokens[i].start, tokens[i].end
    return None


def _is_of_firm(
    sentence: ParsedSentence, first: int, last: int, states: Mapping[int, tuple[str, int, int]], chained: bool
) -> bool:
    """Whether the figure is the rate of a firm: "Acme at 20%", "20% for Acme" in a list, else "Acme is set at 20%"."""
    if chained:
        return _firm_before(sentence, first, states) or _firm_behind(sentence, last, states)
    tokens = sentence.tokens
    i = first - 1
    bears = False
    while i > first - _FARTHEST and i >= 0 and tokens[i].tag != Tag.NAME:
        token = tokens[i]
        bearing = token.lower == "set" or token.lemma in tariff_words().subject_pays
        if not (bearing or token.lower in _LINKS):
            return False
        bears = bears or bearing
        i -= 1
    return bears and i >= 0 and i not in states and tokens[i].tag == Tag.NAME


def _firm_behind(sentence: ParsedSentence, last: int, states: Mapping[int, tuple[str, int, int]]) -> bool:
    """Whether a firm or all others stand behind the figure: "for Acme", "on goods from Acme", "for all other mills"."""
    tokens = sentence.tokens
    i = last + 1
    if i >= len(tokens) or tokens[i].lower not in _TOWARDS:
        return False
    while i < len(tokens) and (tokens[i].lower in _GOODS or tokens[i].lower in _TOWARDS):
        i += 1
    if i >= len(tokens):
        return False
    others = tokens[i].lower in ("all", "any", "every") and "other" in tokens[min(i + 1, len(tokens) - 1)].lower
    return others or (tokens[i].tag == Tag.NAME and i not in states)


def _firm_before(sentence: ParsedSentence, first: int, states: Mapping[int, tuple[str, int, int]]) -> bool:
    """Whether a name that is no state's stands before the figure, bare or behind "at": "Acme at 20%", "Acme (20%)"."""
    tokens = sentence.tokens
    i = first - 1
    if i > 0 and (tokens[i].lower in ("at", "with") or tokens[i].tag == Tag.OPEN):
        i -= 1
    return i >= 0 and i not in states and tokens[i].tag == Tag.NAME


def _states(sentence: ParsedSentence, roles: Roles, imposer: str | None) -> Mapping[int, tuple[str, int, int]]:
    """By token of a state's name, its role id and the first and last token of the name."""
    found: dict[int, tuple[str, int, int]] = {}
    for mention in roles.mentions_in(sentence.start, sentence.end):
        role = roles.role(mention.actor_id)
        if role is None or not role.startswith(STATES) or role == imposer:
            continue
        first, last = sentence.token_at(mention.start), sentence.token_at(mention.end - 1)
        found.update(dict.fromkeys(range(first, last + 1), (role, first, last)))
    return found


def _before(
    sentence: ParsedSentence, first: int, states: Mapping[int, tuple[str, int, int]]
) -> tuple[tuple[str, ...], bool]:
    """The states right before the figure, and whether a verb of bearing parts them from it ("will see 35 percent")."""
    tokens = sentence.tokens
    i = first - 1
    verbal = False
    bearing = tariff_words().subject_pays | tariff_words().patient_hit
    while i > first - _FARTHEST and i >= 0 and i not in states:
        token = tokens[i]
        bears = token.lower in ("set", "slated") or token.lemma in bearing or token.lemma in tariff_words().coming_to
        verbal = verbal or bears
        opened = token.tag in (Tag.OPEN, Tag.CLOSE) or token.text == ":"
        if not (bears or opened or token.lower in _LINKS or (token.tag == Tag.COMMA and i == first - 1)):
            return (), False
        i -= 1
    return _run(sentence, i, -1, states), verbal


def _behind(sentence: ParsedSentence, last: int, states: Mapping[int, tuple[str, int, int]]) -> tuple[str, ...]:
    """The states behind the figure: "36% each for Togo and Benin", "30 percent on goods from Mali"."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].lower in ("each", "apiece", "respectively"):
        i += 1
    if i + 1 < len(tokens) and tokens[i].tag == Tag.COMMA and tokens[i + 1].lower == "for":
        i += 1
    if i >= len(tokens) or tokens[i].lower not in _TOWARDS:
        return ()
    i += 1
    goods = i
    while i < len(tokens) and i not in states and (tokens[i].lower in _GOODS or tokens[i].tag == Tag.NOMINAL):
        i += 1
    if i > goods and i in states and tokens[i - 1].tag == Tag.NOMINAL and i - goods > 1:
        return ()
    return _run(sentence, i, 1, states)


def _run(sentence: ParsedSentence, i: int, step: int, states: Mapping[int, tuple[str, int, int]]) -> tuple[str, ...]:
    """The states listed without a break from token `i` on, in the direction `step`, in order of the text."""
    found: list[str] = []
    tokens = sentence.tokens
    while 0 <= i < len(tokens):
        if i in states:
            role, first, last = states[i]
            if step > 0 and found and any(g.first == last + 1 for g in sentence.groups):
                break
            found.append(role)
            i = last + 1 if step > 0 else first - 1
        elif found and (tokens[i].tag in _JOINTS or tokens[i].lower == "the"):
            i += step
        else:
            break
    return tuple(dict.fromkeys(found if step > 0 else reversed(found)))
