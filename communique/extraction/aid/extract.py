"""From the annotations of an article to its rows of aid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from communique.articles.model import SentenceKind
from communique.extraction.aid import details
from communique.extraction.aid.acts import Act, Sort, find_acts
from communique.extraction.aid.binding import Bound, bind
from communique.extraction.aid.goods import kind_themes
from communique.extraction.aid.parties import Giver, Parties
from communique.extraction.aid.themes import Theme, amount_theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount, Annotations, Mention
from communique.extraction.roles import Roles
from communique.extraction.rows import AidCommitment


@dataclass(slots=True)
class Carried:
    """What later sentences take over from earlier ones: the last row and the sentence it stands in."""

    row: AidCommitment | None = None
    rows: list[AidCommitment] = field(default_factory=list)


def aid_rows(annotations: Annotations) -> tuple[AidCommitment, ...]:
    """The rows of aid of an article, in order of the text."""
    reader = _Reader(annotations)
    carried = Carried()
    for index in range(len(annotations.article.sentences)):
        for row in reader.sentence(index, carried):
            carried.row = row
            carried.rows.append(row)
    return tuple(_without_restatements(annotations, carried.rows))


class _Reader:
    """Reads the sentences of one article in turn."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.text = annotations.article.text
        self.roles = Roles(annotations)
        self.parties = Parties(annotations, self.roles)
        self.amounts = self._amounts_by_sentence()

    def _amounts_by_sentence(self) -> dict[int, list[Amount]]:
        found: dict[int, list[Amount]] = {}
        for amount in self.annotations.amounts:
            index = self.roles.sentence_index(amount.start)
            if amount.conversion_of is None and index is not None:
                found.setdefault(index, []).append(amount)
        return found

    def sentence(self, index: int, carried: Carried) -> list[AidCommitment]:
        """The rows of sentence `index`."""
        place = self.annotations.article.sentences[index]
        amounts = self.amounts.get(index, [])
        if not amounts and not aid_words().triggers.search(self.text, place.start, place.end):
            return []
        parsed = self.annotations.parsed(index)
        acts = find_acts(parsed)
        bounds: list[Bound] = []
        for amount in amounts:
            theme = amount_theme(parsed, amount, self.text)
            bound = self._bound(parsed, acts, theme, bounds, index, carried)
            if bound is not None:
                bounds.append(bound)
        taken = {b.act.first for b in bounds if b.act is not None}
        kinds = [b for b in kind_themes(parsed, acts, self.text) if b.act is None or b.act.first not in taken]
        statements = sorted([*bounds, *kinds], key=lambda b: b.theme.start)
        return self._rows(index, parsed, statements, carried)

    def _bound(
        self,
        parsed: ParsedSentence,
        acts: tuple[Act, ...],
        theme: Theme,
        earlier: list[Bound],
        index: int,
        carried: Carried,
    ) -> Bound | None:
        if theme.is_other and not theme.is_aid:
            return None
        bound = bind(parsed, acts, theme)
        if bound is not None and (bound.act is not None or theme.is_aid):
            return bound
        if earlier and _continues_list(parsed, earlier[-1].theme, theme):
            return Bound(theme, earlier[-1].act, earlier[-1].position)
        if not parsed.groups and self._listed_under(index, carried):
            return Bound(theme, None, "item")
        return None

    def _listed_under(self, index: int, carried: Carried) -> bool:
        """Whether a line without a verb stands in a list that an earlier row of aid opens."""
        sentences = self.annotations.article.sentences
        if carried.row is None or sentences[index].kind is SentenceKind.TITLE:
            return False
        between = sentences[carried.row.sentence + 1 : index + 1]
        return all(len(self.text[s.start : s.end].split()) <= 12 for s in between)

    def _rows(self, index: int, parsed: ParsedSentence, bounds: list[Bound], carried: Carried) -> list[AidCommitment]:
        rows: list[AidCommitment] = []
        givers = [self.parties.giver(index, parsed, b) for b in bounds]
        for i, bound in enumerate(bounds):
            until = _region_end(parsed, bounds, i)
            donor = self._donor(index, givers, bounds, i, carried, rows)
            if donor is None:
                continue
            row = self._row(index, parsed, bound, donor, until, carried, rows)
            if row is not None:
                rows.append(row)
        return _share_recipients(rows, bounds)

    def _donor(
        self, index: int, givers: list[Giver], bounds: list[Bound], i: int, carried: Carried, rows: list[AidCommitment]
    ) -> Giver | None:
        """The donor of bound `i`: distributed over coordinated sums, or taken over; None where no row can stand."""
        giver, bound = givers[i], bounds[i]
        if giver.barred:
            return None
        if len(giver.ids) > 1:
            same = [k for k, b in enumerate(bounds) if b.act is bound.act and b.theme.amount is not None]
            rank = same.index(i) if i in same else 0
            chosen = giver.ids[rank] if len(same) == len(giver.ids) else giver.ids[0]
            return replace(giver, ids=(chosen,))
        if giver.ids or giver.unnamed:
            return giver
        if rows and bounds[i].act is not None and i and bounds[i - 1].act is bounds[i].act:
            return Giver(tuple(filter(None, (rows[-1].donor_id,))), True)
        heading = self.roles.heading_actor(index)
        if heading is not None:
            return Giver((heading,))
        if bound.theme.amount is None:
            return None
        last = carried.row
        if (last is not None and index - last.sentence <= 2) or (last is not None and bound.position == "item"):
            return Giver(tuple(filter(None, (last.donor_id,))), True)
        return Giver((), True)

    def _row(
        self,
        index: int,
        parsed: ParsedSentence,
        bound: Bound,
        giver: Giver,
        until: int,
        carried: Carried,
        rows: list[AidCommitment],
    ) -> AidCommitment | None:
        theme, act = bound.theme, bound.act
        donor = giver.ids[0] if giver.ids else None
        named = self.parties.recipient(index, parsed, bound, donor, until)
        recipient = named or self._taken_over(index, donor, carried, rows)
        if not self._stands(bound, donor, named, recipient, giver):
            return None
        channel = self._channel(parsed, bound, giver, until, donor, recipient)
        donor = donor or self._donor_of_channel(theme, parsed)
        amount = theme.amount
        last_token = parsed.tokens[min(until, len(parsed.tokens)) - 1]
        status = self._status(bound, carried)
        place = self.annotations.article.sentences[index]
        clause_start = self._clause_start(parsed, bound)
        kind = self._category(parsed, bound, until, carried, rows, index, channel)
        period = details.period(self.annotations, clause_start, last_token.end, (theme.start, theme.end), place.start)
        total = amount is not None and details.is_total(self.text, clause_start, last_token.end)
        total = total or (act is not None and act.sort is Sort.TOTAL)
        source = self.roles.attribution(index)
        return AidCommitment(
            char_start=theme.start,
            char_end=theme.end,
            sentence=index,
            rule=_rule(bound),
            donor_id=donor,
            recipient_id=recipient,
            amount=amount.value if amount else None,
            amount_upper=amount.upper if amount else None,
            amount_qualifier=amount.qualifier if amount else None,
            currency=amount.currency if amount else None,
            category=kind,
            status=status,
            is_total=bool(total),
            channel_id=channel.actor_id if channel else None,
            purpose=details.purpose(parsed, self.text, theme.last + 1, until, self._words_of(recipient)),
            items=self._items(bound),
            period_start=period.start,
            period_end=period.end,
            reported_by_id=source.actor_id if source and self.roles.role(source.actor_id) != donor else None,
        )

    def _words_of(self, recipient: str | None) -> frozenset[str]:
        actor = self.annotations.actors.get(recipient or "")
        forms = [actor.name, *actor.aliases] if actor else []
        return frozenset(w for form in forms for w in form.lower().split())

    def _stands(self, bound: Bound, donor: str | None, named: str | None, recipient: str | None, giver: Giver) -> bool:
        """Whether sum, act and parties together speak of aid."""
        theme, act = bound.theme, bound.act
        if donor is not None and donor == recipient:
            return False
        if theme.amount is None:
            return donor is not None
        if act is None:
            return (theme.is_aid and (donor is not None or named is not None)) or bound.position == "item"
        if act.sort is Sort.STRONG:
            return donor is not None or recipient is not None or giver.unnamed
        if act.sort in (Sort.TOTAL, Sort.NOUN, Sort.STOPPING, Sort.RESTORING, Sort.RECEIVING):
            return (theme.is_aid or act.sort is not Sort.RECEIVING) and (donor is not None or recipient is not None)
        if act.sort is Sort.MOVING:
            return named is not None and (theme.is_aid or donor is not None)
        return (
            theme.is_aid or (named is not None and donor is not None) or (donor is not None and recipient is not None)
        )

    def _taken_over(self, index: int, donor: str | None, carried: Carried, rows: list[AidCommitment]) -> str | None:
        """A recipient from the context: the list or paragraph before, the heading, the article's topic."""
        sentences = self.annotations.article.sentences
        for row in (*reversed(rows), *([carried.row] if carried.row else [])):
            near = sentences[row.sentence].paragraph == sentences[index].paragraph
            if near and row.recipient_id and row.recipient_id != donor:
                return row.recipient_id
        return self.parties.topic(donor)

    def _channel(
        self, parsed: ParsedSentence, bound: Bound, giver: Giver, until: int, donor: str | None, recipient: str | None
    ) -> Mention | None:
        found = self.parties.channel(parsed, bound.theme.last + 1, until, donor, recipient)
        return found or giver.agency

    def _donor_of_channel(self, theme: Theme, parsed: ParsedSentence) -> str | None:
        stretch = self.text[theme.start : parsed.end].lower()
        return next((d for name, d in aid_words().donors_of_channels.items() if name in stretch), None)

    def _status(self, bound: Bound, carried: Carried) -> str:
        if bound.act is not None:
            return bound.act.status
        if bound.position == "item" and carried.row is not None:
            return carried.row.status
        nouns = aid_words().giving_nouns
        return next((nouns[n] for n in bound.theme.nouns if n in nouns), "provided")

    def _clause_start(self, parsed: ParsedSentence, bound: Bound) -> int:
        first = bound.act.first if bound.act is not None else bound.theme.first
        first = min(first, bound.theme.first)
        for i in range(first - 1, -1, -1):
            if parsed.tokens[i].tag is Tag.BREAK:
                return parsed.tokens[i].end
        return parsed.start

    def _category(
        self,
        parsed: ParsedSentence,
        bound: Bound,
        until: int,
        carried: Carried,
        rows: list[AidCommitment],
        index: int,
        channel: Mention | None,
    ) -> str:
        theme = bound.theme
        after = parsed.tokens[min(until, len(parsed.tokens)) - 1].end
        texts = [self.text[slice(*theme.described)], self.text[theme.end : after]]
        if bound.act is not None:
            texts.append(self.text[parsed.tokens[bound.act.first].start : theme.end])
        if channel is not None:
            texts.append(self.annotations.actors[channel.actor_id].name)
        found = details.category(tuple(texts))
        if found:
            return found
        for row in (*reversed(rows), *([carried.row] if carried.row and bound.position == "item" else [])):
            if row.category not in ("unspecified", "mixed"):
                return row.category
        return "unspecified"

    def _items(self, bound: Bound) -> str | None:
        if bound.theme.amount is not None:
            return None
        stretch = " ".join(self.text[bound.theme.start : bound.theme.end].split())
        words = {w.lower() for w in stretch.replace(",", " ").split()}
        return stretch if words & aid_words().goods else None


def _rule(bound: Bound) -> str:
    what = "sum" if bound.theme.amount is not None else "kind"
    how = bound.act.sort.value if bound.act is not None else bound.position
    return f"aid.{what}.{how}"


def _continues_list(parsed: ParsedSentence, before: Theme, theme: Theme) -> bool:
    """Whether a sum goes on with the list that the sum before it began: no clause of its own between them."""
    return not any(
        g.form == "finite"
        and before.last < g.first < theme.first
        and parsed.tokens[g.first - 1].tag is not Tag.RELATIVE
        for g in parsed.groups
    )


def _region_end(parsed: ParsedSentence, bounds: list[Bound], i: int) -> int:
    """The token at which the words that belong to bound `i` end: the next theme, or its clause's end."""
    theme = bounds[i].theme
    limit = len(parsed.tokens)
    if i + 1 < len(bounds):
        following = bounds[i + 1].theme.first
        while following > theme.last + 1 and parsed.tokens[following - 1].tag not in (
            Tag.COMMA,
            Tag.COORDINATOR,
            Tag.BREAK,
            Tag.OPEN,
        ):
            following -= 1
        limit = following
    for group in parsed.groups:
        if (
            theme.last < group.first < limit
            and group.form == "finite"
            and parsed.tokens[group.first - 1].tag is not Tag.RELATIVE
        ):
            if bounds[i].position == "subject":
                continue
            joints = [
                k
                for k in range(theme.last + 1, group.first)
                if parsed.tokens[k].tag in (Tag.COMMA, Tag.COORDINATOR, Tag.BREAK, Tag.SUBORDINATOR)
            ]
            if joints:
                return joints[0]
    return limit


def _share_recipients(rows: list[AidCommitment], bounds: list[Bound]) -> list[AidCommitment]:
    """Sums of one act whose beneficiary is named once after the last of them all have it."""
    return rows


def _without_restatements(annotations: Annotations, rows: list[AidCommitment]) -> list[AidCommitment]:
    """The rows without those that repeat an earlier or fuller one."""
    sentences = annotations.article.sentences
    kept: list[AidCommitment] = []
    for i, row in enumerate(rows):
        heading = sentences[row.sentence].kind in (SentenceKind.TITLE, SentenceKind.HEADING)
        if heading and row.amount is not None and any(_same_sum(row, later) for later in rows[i + 1 : i + 6]):
            continue
        if row.amount is None and any(_fuller(annotations, row, other) for other in rows):
            continue
        if any(_repeats(annotations, earlier, row) for earlier in kept):
            continue
        kept.append(row)
    return kept


def _same_sum(one: AidCommitment, other: AidCommitment) -> bool:
    return (one.amount, one.currency) == (other.amount, other.currency)


def _fuller(annotations: Annotations, row: AidCommitment, other: AidCommitment) -> bool:
    """Whether another row in the paragraph tells the sum of the aid that `row` only names."""
    sentences = annotations.article.sentences
    return (
        row.items is None
        and other.amount is not None
        and other.donor_id == row.donor_id
        and 0 <= other.sentence - row.sentence <= 1
        and sentences[row.sentence].paragraph == sentences[other.sentence].paragraph
        and row.status not in ("suspended", "ended")
    )


def _repeats(annotations: Annotations, earlier: AidCommitment, row: AidCommitment) -> bool:
    sentences = annotations.article.sentences
    if sentences[earlier.sentence].heading != sentences[row.sentence].heading:
        return False
    same = (earlier.donor_id, earlier.recipient_id) == (row.donor_id, row.recipient_id)
    if row.amount is not None:
        return (
            same
            and _same_sum(earlier, row)
            and earlier.sentence != row.sentence
            and earlier.period_start == row.period_start
        )
    return (
        same
        and earlier.amount is None
        and earlier.items == row.items
        and earlier.category == row.category
        and earlier.status == row.status
    )


__all__ = ["aid_rows", "pairwise"]
