"""From the annotations of an article to its rows of aid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.aid import details
from communique.extraction.aid.acts import Act, Sort, find_acts
from communique.extraction.aid.binding import Bound, bind
from communique.extraction.aid.goods import kind_themes
from communique.extraction.aid.parties import Giver, Parties
from communique.extraction.aid.syntax import in_relative, repaired
from communique.extraction.aid.themes import Theme, amount_theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount, Annotations, Mention
from communique.extraction.money.currencies import currencies_of_country
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
        if not self._worth_reading(index, place, bool(amounts), carried):
            return []
        parsed = repaired(self.annotations.parsed(index))
        acts = find_acts(parsed)
        bounds: list[Bound] = []
        for amount in amounts:
            theme = amount_theme(parsed, amount, self.text)
            bound = self._bound(parsed, acts, theme, bounds, index, carried)
            if bound is not None:
                bounds.append(bound)
        kinds = [self._without_taker(parsed, b) for b in kind_themes(parsed, acts, bounds, self.text)]
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
        if theme.is_other:
            return None
        bound = bind(parsed, acts, theme)
        if bound is not None:
            return bound
        if earlier and _continues_list(parsed, earlier[-1].theme, theme):
            position = "item" if earlier[-1].act is None else earlier[-1].position
            return Bound(theme, earlier[-1].act, position)
        if not parsed.groups and self._listed_under(index, carried):
            return Bound(theme, None, "item")
        return None

    def _worth_reading(self, index: int, place: Sentence, has_sum: bool, carried: Carried) -> bool:
        """Whether a sentence can speak of aid at all, by its words: a gate before the grammar."""
        words = aid_words()
        if has_sum and carried.row is not None and index - carried.row.sentence <= 3:
            return True
        gives = words.triggers.search(self.text, place.start, place.end)
        if has_sum:
            return gives is not None or words.given.search(self.text, place.start, place.end) is not None
        return gives is not None and words.given.search(self.text, place.start, place.end) is not None

    def _without_taker(self, parsed: ParsedSentence, bound: Bound) -> Bound:
        """Goods without the country that stands right before them as the indirect object ("sent Mali rice")."""
        theme = bound.theme
        taker = next(iter(self.roles.mentions_in(theme.start, theme.end)), None)
        if taker is None or taker.start != theme.start or taker.kind != "name" or bound.position != "object":
            return bound
        first = parsed.token_at(taker.end)
        if first > theme.last or parsed.tokens[first].tag not in (Tag.NOMINAL, Tag.NUMBER):
            return bound
        return replace(bound, theme=replace(theme, start=parsed.tokens[first].start, first=first))

    def _listed_under(self, index: int, carried: Carried) -> bool:
        """Whether a line without a verb stands in a list that an earlier row of aid opens."""
        sentences = self.annotations.article.sentences
        if carried.row is None or sentences[index].kind is SentenceKind.TITLE:
            return False
        between = sentences[carried.row.sentence + 1 : index + 1]
        return all(len(self.text[s.start : s.end].split()) <= 12 for s in between)

    def _rows(self, index: int, parsed: ParsedSentence, bounds: list[Bound], carried: Carried) -> list[AidCommitment]:
        rows: list[AidCommitment] = []
        givers = [
            self.parties.gapped(parsed, bounds, i) or self.parties.giver(index, parsed, b) for i, b in enumerate(bounds)
        ]
        for i, bound in enumerate(bounds):
            giver = self._distributed(givers, bounds, i)
            if not giver.found:
                giver = self._giver_elsewhere(index, giver, bounds, i, carried, rows)
            row = self._row(index, parsed, bounds, i, giver, carried, rows)
            if row is not None:
                rows.append(row)
        return _shared_beneficiary(rows, givers)

    def _distributed(self, givers: list[Giver], bounds: list[Bound], i: int) -> Giver:
        """The donor of bound `i` where an act has several: one each for as many sums, else the first."""
        giver = givers[i]
        if len(giver.ids) < 2:
            return giver
        same = [k for k, b in enumerate(bounds) if b.act is bounds[i].act and b.theme.amount is not None]
        rank = same.index(i) if i in same and len(same) == len(giver.ids) else 0
        return replace(giver, ids=(giver.ids[rank],))

    def _giver_elsewhere(
        self, index: int, giver: Giver, bounds: list[Bound], i: int, carried: Carried, rows: list[AidCommitment]
    ) -> Giver:
        """The giver of a clause that names none: the sum before it, the heading, the row before, the article's voice."""
        bound, last = bounds[i], carried.row
        label = self.parties.labelled(self.annotations.article.sentences[index].start)
        if label is not None and not giver.unknown:
            return label
        restored = bound.act is not None and bound.act.sort is Sort.RESTORING
        if rows and (bound.act is None or restored or (i and bounds[i - 1].act is bound.act)):
            return replace(giver, ids=_ids(rows[-1].donor_id), unnamed=rows[-1].donor_id is None)
        heading = self.roles.heading_actor(index)
        if heading is not None and not giver.unknown:
            return replace(giver, ids=(heading,))
        home = _home_of(bound) if giver.speaking and last is None else None
        if home is not None:
            return replace(giver, ids=(home,))
        if last is not None and not giver.unknown and (index - last.sentence <= 2 or bound.position == "item"):
            return replace(giver, ids=_ids(last.donor_id), unnamed=last.donor_id is None)
        return giver

    def _row(
        self,
        index: int,
        parsed: ParsedSentence,
        bounds: list[Bound],
        i: int,
        giver: Giver,
        carried: Carried,
        rows: list[AidCommitment],
    ) -> AidCommitment | None:
        bound = bounds[i]
        theme, act = bound.theme, bound.act
        until = _region_end(parsed, bounds, i)
        donor = self._donor_of_instrument(theme, parsed, until) if not giver.ids or _stops(act) else None
        donor = donor or (giver.ids[0] if giver.ids else None)
        named = self.parties.recipient(index, parsed, bound, donor, until)
        instrument = self._instrument(parsed, theme, until)
        open_ = None if named else self.parties.unresolved(parsed, bound, until)
        recipient = named or (None if open_ else self._taken_over(index, donor, carried, rows, taken=giver.elsewhere))
        if not self._stands(
            bound, replace(giver, ids=_ids(donor)), named or instrument or open_, recipient, rows, carried
        ):
            return None
        channel = self._channel(parsed, bound, giver, until, frozenset({donor, recipient}))
        amount = theme.amount
        end = parsed.tokens[min(until, len(parsed.tokens)) - 1].end
        start = self._clause_start(parsed, bound)
        place = self.annotations.article.sentences[index]
        period = details.period(self.annotations, start, end, (theme.start, theme.end), place.start)
        if period.start is None and period.end is None:
            period = self._period_above(index)
        total = amount is not None and not _stops(act) and self._says_total(parsed, bound, start, end)
        source = self.roles.attribution(index)
        row = AidCommitment(
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
            category=self._category(parsed, bound, until, carried, rows, channel),
            status=self._status(bound, carried, rows),
            is_total=total or (act is not None and act.sort is Sort.TOTAL and act.lemma != "be" and amount is not None),
            channel_id=channel.actor_id if channel else None,
            channel=None if channel else instrument,
            purpose=details.purpose(parsed, self.text, theme.last + 1, until, self._words_of(recipient)),
            items=self._items(bound),
            period_start=period.start,
            period_end=period.end,
            reported_by_id=source.actor_id if source and self.roles.role(source.actor_id) != donor else None,
        )
        return self._completed(row, giver, carried)

    def _says_total(self, parsed: ParsedSentence, bound: Bound, start: int, end: int) -> bool:
        """Whether the words of the sum's own clause make it a total."""
        first = bound.act.first if bound.act is not None else bound.theme.first
        before = [g.end for g in parsed.groups if g.form == "finite" and g.last < first]
        opening = parsed.tokens[0].start == start or not before
        near = max([start, *before]) if before else start
        return details.is_total(self.text, near, end) or (
            bool(before) and opening and bound.position == "object" and details.opens_with_since(self.text, start, end)
        )

    def _completed(self, row: AidCommitment, giver: Giver, carried: Carried) -> AidCommitment:
        """A total that the sentence before speaks of goes through the same channel."""
        last = carried.row
        if last is None or not (row.is_total and giver.elsewhere and row.sentence - last.sentence == 1):
            return row
        return replace(row, channel_id=row.channel_id or last.channel_id)

    def _period_above(self, index: int) -> details.Period:
        """The date of a timeline's heading: a heading or line above that is hardly more than a date."""
        sentences = self.annotations.article.sentences
        above = sentences[index].heading
        candidates = [above] if above is not None else []
        candidates += [i for i in (index - 1, index - 2) if i >= 0 and _is_headline(self.annotations, i)]
        for i in candidates:
            place = sentences[i]
            found = details.period(self.annotations, place.start, place.end, (place.end, place.end), place.start)
            dates = sum(t.end - t.start for t in self.annotations.timexes if place.start <= t.start < place.end)
            if found.start and dates * 2 > place.end - place.start:
                return found
        return details.Period(None, None)

    def _words_of(self, recipient: str | None) -> frozenset[str]:
        actor = self.annotations.actors.get(recipient or "")
        forms = [actor.name, *actor.aliases] if actor else []
        return frozenset(w for form in forms for w in form.lower().split())

    def _stands(
        self,
        bound: Bound,
        giver: Giver,
        named: str | None,
        recipient: str | None,
        rows: list[AidCommitment],
        carried: Carried,
    ) -> bool:
        """Whether theme, act and parties together speak of aid."""
        theme, act = bound.theme, bound.act
        donor = giver.ids[0] if giver.ids else None
        if donor is not None and donor == recipient:
            return False
        if theme.amount is None:
            strong = act is not None and act.sort is Sort.STRONG
            return donor is not None and (theme.is_aid or strong or recipient is not None or named is not None)
        if bound.position == "item":
            return bool(rows) or giver.found
        taken = giver.elsewhere and donor is not None
        about = self._about_aid or len(carried.rows) >= 2
        speaks = theme.is_aid or (theme.is_broad and (named is not None or about or taken))
        if giver.unknown:
            return speaks and named is not None and (act is None or act.sort is not Sort.RECEIVING)
        if act is None:
            known = donor is not None and (named is not None or self._about_aid or giver.elsewhere)
            return (theme.is_aid and (known or named is not None)) or (speaks and known)
        if act.sort is Sort.STRONG:
            return giver.found or (recipient is not None and speaks)
        if act.sort is Sort.TOTAL:
            return donor is not None or recipient is not None
        if act.sort is Sort.NOUN:
            return (speaks and (donor or recipient) is not None) or (donor is not None and named is not None)
        if act.sort in (Sort.STOPPING, Sort.RESTORING):
            return (speaks or giver.agency is not None) and (donor is not None or recipient is not None)
        if act.sort is Sort.RECEIVING:
            through = giver.agency is not None
            told = speaks or theme.is_broad or through or taken
            return told and donor is not None and recipient is not None
        if act.sort is Sort.MOVING:
            return named is not None and (speaks or (donor is not None and not theme.nouns))
        if theme.is_aid:
            return giver.found or named is not None
        if donor is not None and (rows or (theme.is_broad and recipient is not None)):
            return True
        return donor is not None and (named is not None or (recipient is not None and about))

    def _instrument(self, parsed: ParsedSentence, theme: Theme, until: int) -> str | None:
        """The name of a fund, facility or appeal that a sum goes "to", "into" or "for", an actor or not."""
        for phrase in parsed.phrases_between(theme.last + 1, min(until, theme.last + 10)):
            head = parsed.tokens[phrase.head]
            named = head.tag is Tag.NAME and head.lower in aid_words().channel_heads
            if phrase.preposition in ("to", "into", "for", "through", "via") and named:
                return re.sub(r"^the\s+", "", " ".join(self.text[phrase.start : phrase.end].split()))
        return None

    @cached_property
    def _about_aid(self) -> bool:
        """Whether the article speaks of aid time and again."""
        return len(aid_words().plain_aid.findall(self.text)) >= 2

    def _taken_over(
        self, index: int, donor: str | None, carried: Carried, rows: list[AidCommitment], *, taken: bool
    ) -> str | None:
        """A recipient from the context: the list or paragraph before, the heading, the article's topic."""
        sentences = self.annotations.article.sentences
        last = carried.row
        if taken and last is not None and donor == last.donor_id:
            return last.recipient_id
        for row in (*reversed(rows), *([carried.row] if carried.row else [])):
            near = sentences[row.sentence].paragraph == sentences[index].paragraph
            if near and row.recipient_id and row.recipient_id != donor:
                return row.recipient_id
        if index and sentences[index - 1].paragraph == sentences[index].paragraph:
            before = self.roles.mentions_in(sentences[index - 1].start, sentences[index - 1].end)
            spoken = {m.actor_id for m in before if m.actor_id.startswith("country:")} - {donor}
            if len(spoken) == 1 and rows == []:
                return (self.parties.topic(donor) if self._about_aid else None) or spoken.pop()
        latest = {row.recipient_id for row in carried.rows[-3:]}
        if len(carried.rows) >= 2 and len(latest) == 1 and donor not in latest:
            return latest.pop()
        return self.parties.topic(donor) if self._about_aid else None

    def _channel(
        self, parsed: ParsedSentence, bound: Bound, giver: Giver, until: int, parties: frozenset[str | None]
    ) -> Mention | None:
        bracketed = self.parties.channel_before(bound.theme.start, parsed)
        if parsed.tokens[bound.theme.first - 1].lower == "(":
            return bracketed
        taking = self.parties.channel_taking(parsed, bound.act, bound.theme.first)
        after = self.parties.channel(parsed, bound.theme.last + 1, until, parties)
        return bracketed or taking or after or giver.agency

    def _donor_of_instrument(self, theme: Theme, parsed: ParsedSentence, until: int) -> str | None:
        """The donor of a fund that belongs to one, where the clause names it ("European Peace Facility")."""
        stretch = self.text[theme.described[0] : parsed.tokens[min(until, len(parsed.tokens)) - 1].end].lower()
        return next((donor for name, donor in aid_words().donors_of_channels.items() if name in stretch), None)

    def _status(self, bound: Bound, carried: Carried, rows: list[AidCommitment]) -> str:
        nouns = aid_words().giving_nouns
        own = next((nouns[n] for n in bound.theme.nouns if n in nouns), None)
        if bound.act is not None and bound.act.sort is Sort.TOTAL:
            stated = details.status_of_total(self.text, *bound.theme.described)
            again = carried.row.status if bound.act.lemma == "be" and carried.row is not None else None
            level = (
                bound.act.status if bound.act.lemma in ("cut", "drop", "fall", "decline", "remain", "stay") else None
            )
            return stated or again or level or "provided"
        if bound.act is not None:
            return own if bound.act.lemma in ("make", "raise", "have") and own else bound.act.status
        if carried.row is not None and not rows and self._is_part(bound):
            return carried.row.status
        stated = details.status_of_total(self.text, *bound.theme.described)
        if rows and self._is_part(bound):
            return rows[-1].status
        if stated or own:
            return stated or str(own)
        if rows or (bound.position == "item" and carried.row is not None):
            return rows[-1].status if rows else str(carried.row and carried.row.status)
        return "provided"

    def _is_part(self, bound: Bound) -> bool:
        """Whether a sum is named as part of one before it: "That includes $5m in grants"."""
        return (
            bound.act is None
            and re.search(
                r"\b(?:includ\w+|made up of|compris\w+|of which|out of which|consist\w* of)\b[^.;]*\Z",
                self.text[max(0, bound.theme.start - 160) : bound.theme.start],
                re.I,
            )
            is not None
        )

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
        channel: Mention | None,
    ) -> str:
        theme = bound.theme
        after = parsed.tokens[min(until, len(parsed.tokens)) - 1].end
        if bound.act is not None and bound.act.lemma in ("lend", "loan"):
            return "financial"
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
        stated = bound.theme.is_aid or (bound.act is not None and bound.act.sort is not Sort.STRONG)
        return stretch if words & aid_words().goods or not stated else None


def _rule(bound: Bound) -> str:
    what = "sum" if bound.theme.amount is not None else "kind"
    how = bound.act.sort.value if bound.act is not None else bound.position
    return f"aid.{what}.{how}"


def _continues_list(parsed: ParsedSentence, before: Theme, theme: Theme) -> bool:
    """Whether a sum goes on with the list that the sum before it began: no clause of its own between them."""
    between = [g for g in parsed.groups if before.last < g.first < theme.first]
    if any(g.form == "finite" and not in_relative(parsed, g) and g.lemma not in _SPLITTING for g in between):
        return parsed.tokens[theme.first - 1].tag is Tag.COORDINATOR and not any(
            g.first > theme.last and g.form == "finite" for g in parsed.groups
        )
    return True


_SPLITTING = frozenset({"split", "divide", "include", "be", "allocate"})


def _shared_beneficiary(rows: list[AidCommitment], givers: list[Giver]) -> list[AidCommitment]:
    """In "Japan gave $5m, France $8m and Italy $6m to Kenya" the beneficiary of the last sum is everyone's."""
    if len(rows) < 2 or len(rows) != len(givers) or not any(g.gapped for g in givers):
        return rows
    last = rows[-1].recipient_id
    return [replace(row, recipient_id=row.recipient_id or last) for row in rows]


def _region_end(parsed: ParsedSentence, bounds: list[Bound], i: int) -> int:
    """The token at which the words that belong to bound `i` end: the next theme, or its clause's end."""
    theme = bounds[i].theme
    tokens = parsed.tokens
    limit = len(tokens)
    while i + 1 < len(bounds) and _directly_joined(parsed, theme, bounds[i + 1].theme):
        i, theme = i + 1, bounds[i + 1].theme
    if i + 1 < len(bounds) and bounds[i + 1].theme.first > theme.last:
        limit = bounds[i + 1].theme.first
    for group in parsed.groups:
        if theme.last < group.first < limit and group.form == "gerund" and tokens[group.first - 1].lower == "by":
            limit = group.first - 1
    for group in parsed.groups:
        if not (theme.last < group.first < limit) or group.form != "finite" or in_relative(parsed, group):
            continue
        act = bounds[i].act
        if act is not None and act.first == group.first:
            continue
        joints = [k for k in range(theme.last + 1, group.first) if tokens[k].tag in _CLAUSE_JOINTS]
        if joints:
            return joints[0]
    if limit < len(tokens):
        cut = [k for k in range(theme.last + 1, limit) if tokens[k].tag in (Tag.COMMA, Tag.COORDINATOR, Tag.BREAK)]
        limit = cut[-1] if cut else limit
    return limit


def _directly_joined(parsed: ParsedSentence, theme: Theme, following: Theme) -> bool:
    """Whether only "and" or a comma stands between two themes, so that what follows the second belongs to both."""
    between = [t.lower for t in parsed.tokens[theme.last + 1 : following.first]]
    return bool(between) and len(between) <= 3 and set(between) <= {",", "and", "or", "a", "further", "another"}


_CLAUSE_JOINTS = frozenset({Tag.COMMA, Tag.COORDINATOR, Tag.BREAK, Tag.SUBORDINATOR})


def _ids(actor_id: str | None) -> tuple[str, ...]:
    return (actor_id,) if actor_id else ()


def _home_of(bound: Bound) -> str | None:
    """The country whose money a nameless "we" speaks of, where a currency has one country only."""
    amount = bound.theme.amount
    homes = [c for c, codes in currencies_of_country().items() if amount is not None and amount.currency in codes]
    return f"country:{homes[0]}" if len(homes) == 1 and amount is not None and amount.currency != "USD" else None


def _stops(act: Act | None) -> bool:
    return act is not None and act.status in ("suspended", "ended")


def _without_restatements(annotations: Annotations, rows: list[AidCommitment]) -> list[AidCommitment]:
    """The rows without those that repeat an earlier or fuller one."""
    kept: list[AidCommitment] = []
    for i, row in enumerate(rows):
        headline = _is_headline(annotations, row.sentence)
        if headline and row.amount is not None and any(_tells_again(annotations, row, r) for r in rows[i + 1 : i + 4]):
            continue
        if row.amount is None and any(_fuller(annotations, row, other) for other in rows):
            continue
        if headline and row.amount is None and any(_details(row, r) for r in rows[i + 1 : i + 4]):
            continue
        if not any(_repeats(annotations, earlier, row) for earlier in kept):
            kept.append(row)
    return kept


def _is_headline(annotations: Annotations, index: int) -> bool:
    """Whether a sentence is a title or heading, or a line without a full stop."""
    sentence = annotations.article.sentences[index]
    last = annotations.article.text[sentence.end - 1]
    return sentence.kind in (SentenceKind.TITLE, SentenceKind.HEADING) or last.isalnum()


def _details(headline: AidCommitment, row: AidCommitment) -> bool:
    """Whether a row right below a headline tells the sum or goods of the aid that the headline names."""
    same = (headline.donor_id, headline.recipient_id) == (row.donor_id, row.recipient_id)
    return same and row.sentence - headline.sentence <= 3 and (row.amount is not None or row.items is not None)


def _tells_again(annotations: Annotations, headline: AidCommitment, row: AidCommitment) -> bool:
    """Whether the text below a headline states its sum again."""
    near = 0 < row.sentence - headline.sentence <= 3 and not _is_headline(annotations, row.sentence)
    return near and _same_sum(headline, row)


def _same_sum(one: AidCommitment, other: AidCommitment) -> bool:
    return (one.amount, one.currency) == (other.amount, other.currency)


def _fuller(annotations: Annotations, row: AidCommitment, other: AidCommitment) -> bool:
    """Whether a neighbouring row in the paragraph tells the sum of the aid that `row` only names."""
    sentences = annotations.article.sentences
    return (
        row.items is None
        and row.purpose is None
        and other.amount is not None
        and other.donor_id == row.donor_id
        and other.recipient_id == row.recipient_id
        and abs(other.sentence - row.sentence) == 1
        and sentences[row.sentence].paragraph == sentences[other.sentence].paragraph
        and (row.status in ("suspended", "ended")) == (other.status in ("suspended", "ended"))
    )


def _repeats(annotations: Annotations, earlier: AidCommitment, row: AidCommitment) -> bool:
    """Whether a row states again, in another sentence of the section, what an earlier one states."""
    sentences = annotations.article.sentences
    if sentences[earlier.sentence].heading != sentences[row.sentence].heading:
        return False
    if (earlier.donor_id, earlier.recipient_id) != (row.donor_id, row.recipient_id):
        return False
    if row.amount is not None:
        again = _same_sum(earlier, row) and earlier.sentence != row.sentence
        return again and row.period_start in (None, earlier.period_start)
    if row.status in ("suspended", "ended") and earlier.status in ("suspended", "ended"):
        return earlier.category == row.category or row.category == "unspecified"
    return earlier.amount is None and (earlier.items, earlier.category, earlier.status) == (
        row.items,
        row.category,
        row.status,
    )
