"""From the annotations of an article to its rows of aid."""

from __future__ import annotations

from dataclasses import replace

from communique.articles.model import SentenceKind
from communique.extraction.aid import columns, details
from communique.extraction.aid.acts import Sort, find_acts
from communique.extraction.aid.bare_items import bare_item
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.causes import Causes
from communique.extraction.aid.channels import Channels, with_channel_before
from communique.extraction.aid.classes import Classes
from communique.extraction.aid.context import Context
from communique.extraction.aid.givers import Givers
from communique.extraction.aid.goods import kind_themes
from communique.extraction.aid.lists import Lists
from communique.extraction.aid.moment import Moment
from communique.extraction.aid.naming import ELSEWHERE, Giver
from communique.extraction.aid.parts import is_of_which
from communique.extraction.aid.placing import Placing
from communique.extraction.aid.reaching import helps_the_needy
from communique.extraction.aid.regions import (
    dated_until,
    names_all_aid,
    ranks_in_world,
    statement_end,
    statement_start,
)
from communique.extraction.aid.repairs import repaired
from communique.extraction.aid.restatements import without_restatements
from communique.extraction.aid.several import SeveralBeneficiaries
from communique.extraction.aid.sharing import BETWEEN_PARTIES, between, distributed, shares_last
from communique.extraction.aid.signed import of_lender
from communique.extraction.aid.standing import Claim, stands
from communique.extraction.aid.sums import Sums
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.topics import Topics
from communique.extraction.aid.words import aid_words
from communique.extraction.aid.worth import merged
from communique.extraction.gate import AID, AID_OF_SUMS, GIVEN, GIVEN_OPENING, marks
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations
from communique.extraction.roles import Roles
from communique.extraction.rows import AidCommitment

# No prose sentence is as long; the reading compares every sum of a sentence with its verbs.
_LONGEST = 8000
_LABEL = 60


def aid_rows(annotations: Annotations) -> tuple[AidCommitment, ...]:
    """The rows of aid of an article, in order of the text."""
    reader = _Reader(annotations)
    told: list[AidCommitment] = []
    for index in range(len(annotations.article.sentences)):
        if reader.worth_reading(index, told):
            told += reader.sentence(index, told)
    return tuple(without_restatements(annotations, told))


class _Reader:
    """Reads the sentences of one article in turn."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations, self.text = annotations, annotations.article.text
        self.roles = Roles(annotations)
        self.givers = Givers(annotations, self.roles)
        self.causes = Causes(annotations, self.roles)
        self.beneficiaries = SeveralBeneficiaries(annotations, self.roles, self.causes)
        self.classes = Classes(annotations, self.roles)
        self.channels = Channels(annotations, self.roles)
        self.lists = Lists(annotations, self.roles)
        self.placing = Placing(self.lists)
        topics = Topics(annotations, self.roles)
        self.context = Context(annotations, self.roles, self.givers, topics, self.causes, self.lists)
        self.sums = Sums(annotations, self.roles)
        self.summed = self.sums.by_sentence
        self.marks = marks(annotations)

    def worth_reading(self, index: int, told: list[AidCommitment]) -> bool:
        """Whether a sentence can speak of aid at all, by its words: a gate before the grammar."""
        words, place, mark = aid_words(), self.annotations.article.sentences[index], self.marks[index]
        if place.end - place.start > _LONGEST:
            return False
        if index not in self.summed:
            if not mark & (GIVEN | GIVEN_OPENING) or not (mark & AID or self.lists.holds(index)):
                return False
            return mark & GIVEN != 0 or words.given_phrases.search(self.text, place.start, place.end) is not None
        if told and index - told[-1].sentence <= 3:
            return True
        label = self.text[place.start : place.start + _LABEL]
        listed = place.kind is SentenceKind.ITEM or ":" in label or " — " in label or " – " in label
        if listed and self.lists.opening(index) is not None:
            return True
        if mark & AID:
            return True
        return mark & AID_OF_SUMS != 0 and words.sum_triggers.search(self.text, place.start, place.end) is not None

    def sentence(self, index: int, told: list[AidCommitment]) -> list[AidCommitment]:
        """The rows of sentence `index`, `told` being those of the sentences before it."""
        parsed = repaired(self.annotations.parsed(index))
        acts = find_acts(parsed)
        sums: list[Bound] = []
        for theme in self.sums.themes(parsed, index):
            bound = self.placing.bound(parsed, acts, theme, sums, index, told)
            if bound is not None:
                sums.append(bound)
        kinds = [self._without_taker(parsed, b) for b in kind_themes(parsed, acts, sums, self.text)]
        if not sums and not kinds and self.lists.holds(index):
            bare = bare_item(parsed, self.lists, index, self.text)
            kinds = [bare] if bare is not None else []
        bounds = tuple(sorted(merged(parsed, sums, kinds), key=lambda b: b.theme.start))
        return self._rows(Moment(index, parsed, bounds, told))

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

    def _rows(self, moment: Moment) -> list[AidCommitment]:
        sentence, bounds = moment.sentence, moment.bounds
        givers = [
            self._listed(moment.index, sentence, bound)
            or self.givers.gapped(bounds, i)
            or self.givers.giver(moment.index, sentence, bound)
            for i, bound in enumerate(bounds)
        ]
        givers = [self._lender(sentence, giver, bound) for giver, bound in zip(givers, bounds, strict=True)]
        for i in range(1, len(bounds)):
            if not givers[i].found and self.givers.is_singled_out(sentence, bounds[i]):
                givers[i] = givers[i - 1]
        giving = frozenset(who for giver in givers for who in giver.ids)
        for i in range(len(bounds)):
            shared = len(bounds) - 1 if shares_last(sentence, givers, bounds, i) else i
            same = self.givers.echoed(bounds, i) if bounds[i].act is not None else ()
            for giver in (*distributed(self._without_taking_party(moment, givers, i), bounds, i, sentence), *same):
                row = self._row(moment, i, self._known(moment, i, giver), giving, shared)
                if row is not None:
                    takers = self.beneficiaries.each(moment.index, sentence, bounds[i], row.donor_id)
                    moment.rows.extend([replace(row, recipient_id=who) for who in takers] or [row])
        return moment.rows

    def _known(self, moment: Moment, i: int, giver: Giver) -> Giver:
        """The giver of statement `i`, from the context where its clause names none; who speaks as "we" gives nothing to
        himself.
        """
        parted = is_of_which(moment.sentence, moment.bounds[i].theme) and bool(moment.rows)
        known = giver if giver.found and not parted else self.context.giver(moment, i, giver)
        if not known.speaking or not known.ids:
            return known
        until = statement_end(moment.sentence, moment.bounds, i)
        taker = self.beneficiaries.recipient(moment.index, moment.sentence, moment.bounds[i], None, until)
        return replace(known, ids=(), unnamed=True) if taker in known.ids else known

    def _listed_taker(self, moment: Moment, i: int, donor: str | None) -> str | None:
        """Who benefits of a sum in a list: its label where a giver leads in the list, else whom the lead names."""
        bound = moment.bounds[i]
        if bound.position not in ("item", "label") or bound.theme.amount is None:
            return None
        label = self.lists.label(moment.sentence, bound.theme)
        role = self.roles.role(label.actor_id) if label is not None else None
        if role is not None and role != donor and role.startswith("country:"):
            return role
        opened = self.lists.opened_for(moment.index)
        return opened if opened != donor else None

    def _without_taking_party(self, moment: Moment, givers: list[Giver], i: int) -> list[Giver]:
        """The givers, those of statement `i` without the party that benefits ("Japan and Laos agreed")."""
        if len(givers[i].ids) < 2 or moment.bounds[i].act is None:
            return givers
        until = statement_end(moment.sentence, moment.bounds, i)
        named = self.beneficiaries.recipient(moment.index, moment.sentence, moment.bounds[i], None, until)
        ids = tuple(who for who in givers[i].ids if who != named)
        return [*givers[:i], replace(givers[i], ids=ids), *givers[i + 1 :]] if ids else givers

    def _lender(self, sentence: ParsedSentence, giver: Giver, bound: Bound) -> Giver:
        """Who lends of those who sign: the one whose money it is, not the one in need."""
        if len(giver.ids) < 2:
            return of_lender(sentence, self.roles, bound, self.givers.of_own_money(giver, bound))
        if len(giver.ids) > 2:
            return giver
        agency = self.roles.role(giver.agency.actor_id) if giver.agency is not None else None
        return between(giver, bound, self.causes.country(None), agency)

    def _listed(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver | None:
        """The giver that labels a sum of a list, where the list is one of givers."""
        label = self.lists.label(sentence, bound.theme) if bound.position == "label" else None
        if label is None:
            return None
        if self.lists.is_of_takers(self.lists.lead(index, sentence, label)):
            owning = [m for m in self.roles.mentions_in(sentence.start, label.start) if self.givers.owns(m)]
            owner = self.givers.giver_of(owning[:1])
            return owner if owner.found else ELSEWHERE
        opener = self.lists.opened_by(index)
        if opener is not None and label.start < bound.theme.start:
            return Giver((opener,))
        giver = self.givers.giver_of([label])
        return giver if giver.found else None

    def _row(self, moment: Moment, i: int, giver: Giver, giving: frozenset[str], shared: int) -> AidCommitment | None:
        """The row of statement `i`, or None where it does not speak of aid; `giving` are all the sentence's givers,
        `shared` the statement that names its beneficiary where it does not.
        """
        bound, sentence = moment.bounds[i], moment.sentence
        theme, until = bound.theme, statement_end(sentence, moment.bounds, i)
        if not giver.elsewhere and self._may_be_taker(sentence, bound):
            giver = self._without_cause(giver)
        own = self.channels.donor_of_instrument(sentence, theme, until) or self.channels.lender(sentence, bound, until)
        donor = (own if not giver.ids or columns.stops(bound) else None) or next(iter(giver.ids), None)
        named = self.beneficiaries.recipient(moment.index, sentence, bound, donor, until, giving)
        if named is None and shared != i:
            other, end = moment.bounds[shared], statement_end(sentence, moment.bounds, shared)
            named = self.beneficiaries.recipient(moment.index, sentence, other, donor, end, giving)
        named = self.givers.gapped_taker(moment.bounds, i, donor) or named
        named = self.beneficiaries.ranked(moment.index, sentence, moment.bounds, i, donor) or named
        named = named or giver.partner or self._listed_taker(moment, i, donor)
        many = named is not None and self.beneficiaries.is_for_many(moment.index, sentence, bound, until, donor, named)
        named, unknown = (None, named) if many else (named, None)
        unknown = unknown or (None if named else self.classes.unresolved(sentence, bound, until))
        following = moment.bounds[i + 1 : i + 2]
        divided = any(self.beneficiaries.each(moment.index, sentence, b, donor) for b in following)
        said = theme.described[0]
        if bound.position == "object" and bound.act is not None:
            said = min(said, sentence.tokens[bound.act.last].end)
        told = self.text[said : moment.ends_at(until)]
        everyone = giver.unnamed and len({row.recipient_id for row in moment.told[-3:]}) > 1
        everyone = everyone or divided or names_all_aid(told) or ranks_in_world(self.text, sentence.start, said)
        everyone = everyone and named is None
        around = (
            None
            if unknown or everyone
            else self.context.recipient(moment, donor, taken_over=giver.elsewhere, lends=giver.agency is not None)
        )
        fund = self.channels.instrument(sentence, theme, until)
        listed = bound.position in ("label", "item") and self.lists.opening(moment.index) is not None
        in_aid = self.context.about_aid or bool(moment.told) or listed
        body = self.channels.relief_body(sentence, bound, until)
        donor = None if donor == body else donor
        in_need = body is not None or helps_the_needy(sentence, theme.last + 1, until)
        named_here, follows = named or fund or unknown, bool(moment.rows)
        claim = Claim(bound, giver, donor, named_here, named or around, follows, in_aid, in_need)
        return self._filled(moment, claim, until, fund, giving) if stands(claim) else None

    def _may_be_taker(self, sentence: ParsedSentence, bound: Bound) -> bool:
        """Whether who stands as the giver may be the one who gets: of a bare noun, of what two sign."""
        act = bound.act
        if act is None:
            return not self.givers.is_singled_out(sentence, bound)
        signed = act.sort is Sort.NOUN or act.lemma in BETWEEN_PARTIES
        return signed or "we" in lowers(sentence, act.first - 2, act.first - 1)

    def _without_cause(self, giver: Giver) -> Giver:
        """The giver without the country that the article says needs help: both sides sign for a loan."""
        ids = tuple(who for who in giver.ids if who != self.causes.country(None))
        return replace(giver, ids=ids, elsewhere=not ids) if ids != giver.ids else giver

    def _filled(
        self, moment: Moment, claim: Claim, until: int, fund: str | None, giving: frozenset[str]
    ) -> AidCommitment:
        bound, theme, amount = claim.bound, claim.bound.theme, claim.bound.theme.amount
        parties = giving | {claim.donor, claim.recipient}
        channel = self.channels.channel(moment.sentence, bound, until, parties)
        if channel is None or (bound.act is not None and bound.act.sort is Sort.RECEIVING):
            channel = claim.giver.agency or channel
        through = self.annotations.actors[channel.actor_id].name if channel else None
        place = moment.bounds.index(bound)
        start = statement_start(moment.sentence, bound, moment.bounds[place - 1] if place else None)
        end = moment.ends_at(dated_until(moment.sentence, bound, until))
        dated = details.period(self.annotations, start, end, (theme.start, theme.end), moment.sentence.start)
        if dated == details.Period(None, None):
            dated = self.context.period(moment.index)
        source = self.roles.attribution(moment.index)
        reach = (theme.last + 1, until)
        names = self.roles.mentions_over(theme.end, moment.ends_at(until))
        known = self._words_of(claim.recipient)
        aim = columns.aim_before(self.text, moment, bound, known)
        purpose = aim or details.purpose(moment.sentence, self.text, reach, known, names)
        row = AidCommitment(
            char_start=theme.start,
            char_end=theme.end,
            sentence=moment.index,
            rule=columns.rule(bound),
            donor_id=claim.donor,
            recipient_id=claim.recipient,
            amount=amount.value if amount else None,
            amount_upper=amount.upper if amount else None,
            amount_qualifier=amount.qualifier if amount else None,
            currency=amount.currency if amount else None,
            category=columns.category(self.text, bound, until, moment, through, claim.donor),
            status=columns.status(self.text, bound, moment),
            is_total=columns.is_total(self.text, bound, moment, end),
            channel_id=channel.actor_id if channel else None,
            channel=None if channel else fund,
            purpose=None if fund and purpose and fund in purpose else purpose,
            items=columns.items(self.text, bound),
            period_start=dated.start,
            period_end=dated.end,
            reported_by_id=source.actor_id if source and self.roles.role(source.actor_id) != claim.donor else None,
        )
        return with_channel_before(row, claim.giver, moment)

    def _words_of(self, recipient: str | None) -> frozenset[str]:
        actor = self.annotations.actors.get(recipient or "")
        forms = [actor.name, *actor.aliases] if actor else []
        return frozenset(word for form in forms for word in form.lower().split())
