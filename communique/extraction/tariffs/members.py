"""States that a list names one by one: those of a class, those a measure affects, those it leaves out."""

from __future__ import annotations

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.tariffs.words import STATES, tariff_words

_BETWEEN = frozenset({"the", "those", "goods", "imports", "products", "from", "of", "coming", "in", "nearby", "on"})
_JOINTS = (Tag.COMMA, Tag.COORDINATOR, Tag.GENITIVE)


def listed_states(sentence: ParsedSentence, roles: Roles, offset: int) -> list[tuple[str, int]]:
    """The states listed from `offset` on, each with the offset at which its name ends."""
    found: list[tuple[str, int]] = []
    at = sentence.token_at(offset)
    plain = _BETWEEN | tariff_words().peoples
    for mention in roles.mentions_in(offset, sentence.end):
        between = sentence.tokens[at : sentence.token_at(mention.start)]
        joined = (t.tag in _JOINTS or t.lower in plain or t.lower in ("trade", "trading") for t in between)
        role = roles.role(mention.actor_id)
        if not all(joined) or role is None or not role.startswith(STATES):
            break
        found.append((role, mention.end))
        at = sentence.token_at(mention.end - 1) + 1
    return found


def told_members(sentence: ParsedSentence, roles: Roles, scope: str | None) -> tuple[str, ...]:
    """The states that a sentence says a class is made up of: "the countries hit with duties include Peru and Chile"."""
    if scope is None:
        return ()
    text = roles.annotations.article.text
    for group in sentence.groups:
        if group.form != "finite" or group.lemma not in ("be", "include", "comprise") or group.negated:
            continue
        before = (p for p in sentence.phrases if p.last < group.first)
        told = any(text[p.start : p.end].removeprefix("the ") == scope for p in before)
        named = listed_states(sentence, roles, group.end) if told else []
        if named and sentence.phrase_at(sentence.tokens[group.last + 1].start) is not None:
            doing = {sentence.tokens[g.first - 1].end for g in sentence.groups if g.form == "finite" and g.first}
            return tuple(dict.fromkeys(state for state, end in named if end not in doing))
    return ()


def members(sentence: ParsedSentence, roles: Roles, last: int) -> tuple[str, ...]:
    """The states that stand for what ends at token `last`: "most countries, including Peru", "tin, hitting Chile"."""
    tokens = sentence.tokens
    at = last + 1
    if at < len(tokens) and tokens[at].tag == Tag.COMMA:
        at += 1
    if at + 1 >= len(tokens):
        return ()
    opener = tokens[at].lower
    such = f"{opener} {tokens[at + 1].lower}" in ("such as", "among them", "namely ,")
    opened = at == last + 1 and opener == ":" and tokens[last].lower in tariff_words().classes
    if not such and not opened and opener not in ("including", "like") and opener not in tariff_words().aiming:
        return ()
    named = listed_states(sentence, roles, tokens[at + (2 if such else 1)].start)
    return tuple(dict.fromkeys(state for state, _ in named))
