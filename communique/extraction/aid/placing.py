"""What a sum is in its sentence: what an act gives, a share of what was told, a line of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound, bind
from communique.extraction.aid.debts import forgiven
from communique.extraction.aid.lists import Lists
from communique.extraction.aid.parts import is_of_which, is_part, is_whole, names_whole, voted_part
from communique.extraction.aid.regions import continues_list
from communique.extraction.aid.signed import signed
from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.wanted import EXACTNESS
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.rows import AidCommitment

_SHARING = frozenset({"be", "intend", "aim", "design", "mean"})


_OF_WHOLE = re.compile(r"\s+of\s+(?:the|its|this|that|their|our)\s+(?:[a-z]+\s+){0,2}(?:US|NZ|A|C)?", re.I)


def _is_divided(text: str, part: Theme, whole: Theme) -> bool:
    """Whether one sum is told as so much of another: "$5m of the additional $8m"."""
    return whole.start - part.end < 40 and _OF_WHOLE.fullmatch(text, part.end, whole.start) is not None


def _is_instalment(parsed: ParsedSentence, theme: Theme) -> bool:
    """Whether a sum only tells how one before it is paid out: "in two tranches of $5m each"."""
    before, behind = lowers(parsed, theme.first - 2, theme.first - 1), lowers(parsed, theme.last + 1, theme.last + 1)
    return before[-1:] == ["of"] and before[0] in _INSTALMENTS and behind == ["each"]


_INSTALMENTS = frozenset({"tranches", "instalments", "installments", "phases", "stages", "payments"})
_SOON = 50
_BULLETS = frozenset({Tag.OTHER, Tag.BREAK})


@dataclass(frozen=True)
class Placing:
    """Places the sums of one article."""

    lists: Lists

    def bound(
        self,
        parsed: ParsedSentence,
        acts: tuple[Act, ...],
        theme: Theme,
        earlier: list[Bound],
        index: int,
        told: list[AidCommitment],
    ) -> Bound | None:
        """The sum with its act, the list it goes on with, or its place in a list of bare lines."""
        if theme.is_other:
            return forgiven(parsed, theme)
        if earlier and _is_instalment(parsed, theme):
            return None
        heads = self._heads_line(parsed, theme) or self.lists.heads_line(parsed, theme)
        if heads and self.lists.opening(index) is not None:
            label = self.lists.label(parsed, theme)
            status = self.lists.promised(index)
            if label is None or self.lists.opened_by(index) is not None:
                return Bound(theme, None, "item", status)
            return Bound(theme, None, "label", status or self.lists.status(index, parsed, theme))
        if not parsed.groups and self.lists.goes_on_with_items(index, told) and not self._is_state(parsed, theme):
            return Bound(theme, None, "item")
        if self._is_bracketed(parsed, theme, earlier) and (status := self.lists.status(index, parsed, theme)):
            return Bound(theme, None, "label", status)
        bound = bind(parsed, acts, theme)
        if bound is None or bound.act is None or bound.act.sort is Sort.NOUN:
            bound = signed(parsed, self.lists.roles, theme) or bound
        if earlier and self._is_whole(parsed, theme, bound, earlier[-1]):
            return None
        if bound is None and not parsed.groups and self.lists.goes_on_with_items(index, told):
            return Bound(theme, None, "item")
        if (bound is None or bound.act is None) and (status := self.lists.status(index, parsed, theme)):
            return Bound(theme, None, "label", status)
        if bound is None and self.lists.is_sourced(parsed, theme):
            return Bound(theme, None, "label", "provided")
        voted = voted_part(parsed, theme) if bound is None or bound.act is None else None
        if voted is not None and (theme.is_aid or self._goes_abroad(theme)):
            return Bound(theme, None, "part", voted)
        if (
            (bound is None or bound.act is None)
            and (earlier or self._just_told(index, told) or names_whole(parsed, theme))
            and is_part(parsed, theme)
        ):
            return Bound(theme, None, "part")
        loose = bound is None or bound.act is None or bound.act.lemma == "be"
        if loose and (earlier or self._just_told(index, told)) and is_of_which(parsed, theme):
            return Bound(theme, None, "part")
        joined = earlier and earlier[-1].position == "part" and (bound is None or bound.act is None)
        if joined and {",", "and"} & set(lowers(parsed, theme.first - 3, theme.first - 1)):
            return Bound(theme, None, "part")
        if bound is not None:
            return replace(bound, act=None, position="part") if self._is_share(parsed, bound, told, index) else bound
        if earlier and continues_list(parsed, earlier[-1], theme):
            position = "item" if earlier[-1].act is None else earlier[-1].position
            return Bound(theme, earlier[-1].act, position)
        bare = not parsed.groups or (theme.first <= 1 and parsed.groups[0].form == "infinitive")
        listed = bare and self.lists.goes_on(index, told)
        return Bound(theme, None, "item") if listed else None

    def _is_whole(self, parsed: ParsedSentence, theme: Theme, bound: Bound | None, part: Bound) -> bool:
        """Whether a sum only tells of what the sum before it is a part, with no act of its own."""
        if bound is None:
            return is_whole(parsed, theme)
        return bound.act is part.act and _is_divided(self.lists.text, part.theme, theme)

    def _goes_abroad(self, theme: Theme) -> bool:
        """Whether a country is named soon behind a sum: "$5m for Kenya"."""
        named = self.lists.roles.mentions_in(theme.end, theme.end + _SOON)
        return any(self.lists.type_of(m) == "country" for m in named)

    def _is_state(self, parsed: ParsedSentence, theme: Theme) -> bool:
        """Whether a country labels a sum: a list of bodies may go on with it, but it may be its own giver."""
        label = self.lists.label(parsed, theme)
        return label is not None and self.lists.type_of(label) == "country"

    def _is_bracketed(self, parsed: ParsedSentence, theme: Theme, earlier: list[Bound]) -> bool:
        """Whether a sum stands in brackets behind one of several givers: "provided by Japan ($5m) and Norway ($4m)"."""
        label = self.lists.label(parsed, theme) if theme.first and parsed.tokens[theme.first - 1].text == "(" else None
        if label is None:
            return False
        lead = self.lists.text[parsed.start : label.start].split()[-2:]
        goes_on = bool(earlier) and earlier[-1].position == "label" and lead[-1:] not in (["to"], ["for"], ["in"])
        taking = self.lists.is_of_takers(self.lists.text[parsed.start : label.start])
        return "by" in lead or "from" in lead or goes_on or taking

    @staticmethod
    def _heads_line(parsed: ParsedSentence, theme: Theme) -> bool:
        """Whether a sum opens a line that no finite verb makes a sentence of its own: "• $5m to schools hit by"."""
        before = parsed.tokens[: theme.first]
        if len(before) > 6 or any(t.lower not in EXACTNESS and t.tag not in _BULLETS for t in before):
            return False
        finite = next((g for g in parsed.groups if g.form == "finite"), None)
        first = next(iter(parsed.groups), None)
        return finite is None or (first is not finite) or in_relative(parsed, finite)

    @staticmethod
    def _just_told(index: int, told: list[AidCommitment]) -> bool:
        return bool(told) and index - told[-1].sentence <= 2

    def _is_share(self, parsed: ParsedSentence, bound: Bound, told: list[AidCommitment], index: int) -> bool:
        """Whether a sum is said to be "for" or "from" something as part of one told before ("$5m is for food")."""
        act, amount = bound.act, bound.theme.amount
        if act is None or act.group is None or act.lemma not in _SHARING or bound.position != "subject":
            return False
        if amount is None or not self._just_told(index, told) or act.group.tense != "present":
            return False
        toward = set(lowers(parsed, act.last + 1, act.last + 1)) & {"for", "from", "to", "towards"}
        return bool(toward) and any(row.amount is not None and row.amount > amount.value for row in told[-4:])
