"""Sums that are part of one told before: "This includes $5 million for", "a package made up of"."""

from __future__ import annotations

from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

INCLUDING = frozenset({"include", "comprise", "contain", "consist", "compose"})
_DIVIDING = frozenset({"divide", "split"})
_POINTING = frozenset({"this", "that", "it", "which", "these", "those"})


def is_part(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a verb of including has the sum as its object, and the aid or a word that points to it as its subject."""
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first and not _hangs(sentence, g)), None)
    divided = above is not None and above.passive and above.lemma in _DIVIDING
    if above is None or not (divided or above.lemma in INCLUDING) or above.negated:
        return False
    words = aid_words()
    near = set(lowers(sentence, above.first - 14, above.first - 1))
    subjects = subject(sentence, above)
    heads = {sentence.tokens[p.head].lower for p in subjects} | {sentence.tokens[p.first].lower for p in subjects}
    return bool((heads | near) & words.things.union(words.aid_nouns, words.giving_nouns, _POINTING))


def is_of_which(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether "of which" makes a sum a part of the one before it."""
    before = lowers(sentence, theme.first - 4, theme.first - 1)
    return "which" in before and "of which" in " ".join(before)


def is_whole(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether a sum is the whole of which another is held back or ended: "froze $5m, part of a $9m package"."""
    before = lowers(sentence, theme.first - 6, theme.first - 1)
    if before[-1:] == ["of"] and before[-2:-1] != ["part"]:
        return False
    spoken = " ".join(before)
    if "part of" not in spoken and "out of" not in spoken:
        return False
    words = aid_words()
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first and g.lemma != "be"), None)
    held = above is not None and (above.lemma in words.stopping or above.lemma in words.restoring)
    behind = (g for g in sentence.groups if g.first > theme.last and g.passive)
    return held or any(g.lemma in words.stopping or g.lemma == "put" for g in behind)


def voted_part(sentence: ParsedSentence, theme: Theme) -> str | None:
    """The status of a sum that a bill includes ("passed a bill that includes $5m"), None where none does."""
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first), None)
    if above is None or above.lemma not in INCLUDING or above.negated:
        return None
    words = aid_words()
    if words.bills.isdisjoint(lowers(sentence, above.first - 14, above.first - 1)):
        return None
    passed = (g for g in sentence.groups if g.lemma in words.weak and words.weak[g.lemma] == "committed")
    done = any(g.form == "finite" and g.modal is None and not g.negated for g in passed)
    if above.tense == "past" and not done:
        return None
    return "committed" if done and above.modal is None else "pledged"


def names_whole(sentence: ParsedSentence, theme: Theme) -> bool:
    """Whether the sentence itself names the aid that a sum is part of: "Allocations of food aid included $5m"."""
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first and g.lemma in INCLUDING), None)
    words = aid_words()
    before = set(lowers(sentence, 0, above.first - 1)) if above is not None else set()
    return not before.isdisjoint(words.aid_nouns - words.broad_nouns)


def _hangs(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb belongs to the purpose of a sum before ("$5m to build a school and $3m for")."""
    if group.lemma in INCLUDING:
        return False
    return group.form in ("infinitive", "gerund", "participle") or in_relative(sentence, group)


def brackets_skipped(sentence: ParsedSentence, first: int, count: int) -> list[str]:
    """The lower-case forms of `count` tokens from token `first` on, those in brackets passed over."""
    found: list[str] = []
    depth = 0
    for token in sentence.tokens[max(0, first) :]:
        if token.tag == Tag.OPEN:
            depth += 1
        elif token.tag == Tag.CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            found.append(token.lower)
        if len(found) == count:
            break
    return found
