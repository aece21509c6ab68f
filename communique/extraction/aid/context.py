"""What a statement takes over from the text around it: a giver, a beneficiary, a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from communique.articles.model import SentenceKind
from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.causes import Causes
from communique.extraction.aid.details import Period, period, timexes_in
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.givers import Givers
from communique.extraction.aid.lists import Lists
from communique.extraction.aid.moment import Moment
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.parts import is_of_which
from communique.extraction.aid.restatements import is_headline
from communique.extraction.aid.topics import Topics
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.rows import AidCommitment


@dataclass(frozen=True)
class Context(ActorFacts):
    """Answers from the context, for one article."""

    givers: Givers
    topics: Topics
    causes: Causes
    lists: Lists

    @property
    def about_aid(self) -> bool:
        """Whether the article speaks of aid time and again, or its title of a country in need."""
        return self.annotations.once("Context.about_aid", self._find_about_aid)

    def _find_about_aid(self) -> bool:
        told = islice(aid_words().plain_aid.finditer(self.annotations.lower), _TIMES)
        return self.causes.is_titled or len(list(told)) == _TIMES

    def giver(self, moment: Moment, i: int, giver: Giver) -> Giver:
        """The giver of statement `i` whose clause names none: its line's label, the sum before it, the heading, the row
        before.
        """
        bound, last, index = moment.bounds[i], moment.last_told, moment.index
        opened = self.lists.opened_by(index) if bound.position in ("item", "label") else None
        label = None if opened else self.givers.labelled(self.annotations.article.sentences[index].start)
        if label is not None and not giver.unknown:
            return label
        restored = bound.act is not None and bound.act.sort is Sort.RESTORING
        plain = bound.theme.is_broad or (giver.elsewhere and not bound.theme.nouns)
        drawn = bound.act is not None and bound.act.sort is Sort.RECEIVING and plain
        same = bound.act is None or (i and moment.bounds[i - 1].act is bound.act)
        raised = bound.act is not None and bound.act.lemma in ("raise", "throw") and not giver.unknown
        spent = bound.act is not None and bound.act.sort is Sort.MOVING and bound.act.lemma == "use" and giver.elsewhere
        total = bound.act is not None and bound.act.sort is Sort.TOTAL and giver.elsewhere
        parted = is_of_which(moment.sentence, bound.theme)
        again = i > 0 and giver.elsewhere and _repeats(moment.bounds[i - 1].act, bound.act)
        behind = bound.position == "subject" and giver.elsewhere and _is_participle(bound.act)
        if moment.rows and (behind or again or parted or total or same or restored or drawn or raised or spent):
            return _as_in(giver, moment.rows[-1])
        if giver.unknown and bound.position != "item":
            return giver
        if bound.position == "item" and (last is None or self.lists.opening(index)) and not moment.rows:
            opener = opened or self.lists.opener(index) or (self.roles.voice_at(index) if last is None else None)
            if opener is None and last is None:
                opener = self.lists.acting_before(index) or self.givers.lender_of(bound.theme.amount)
            if opener is not None:
                return replace(giver, ids=(opener,))
        alone = len({row.donor_id for row in moment.told}) == 1
        reach = 6 if alone else 2
        nearby = last is not None and (index - last.sentence <= reach or bound.position == "item")
        unsaid = giver.speaking and (last is None or last.donor_id is None)
        home = self._home_of(bound) if unsaid else None
        if unsaid and home is None:
            home = self._owner_before(index)
        if unsaid and home is None:
            home = self.roles.acting_state(index, bound.theme.start)
        heading = self.roles.heading_actor(index)
        who = heading if heading and heading.startswith(_GIVING) else home
        if who and (last is None or who != last.recipient_id):
            return replace(giver, ids=(who,))
        if last is not None and nearby:
            return replace(giver, unnamed=True) if _is_of_all(moment, bound) else _as_in(giver, last)
        theme, voice = bound.theme, self.roles.voice_at(index)
        spoken = giver.speaking or (giver.elsewhere and (theme.is_aid or theme.is_broad))
        given = giver.elsewhere and bound.position == "subject"
        listed = spoken and self.annotations.article.sentences[index].kind is SentenceKind.ITEM
        own = (voice or self._titled_giver) if giver.official or given or listed else voice if spoken else None
        if own is None and giver.elsewhere and bound.act is not None and bound.act.sort in (Sort.TOTAL, Sort.RECEIVING):
            own = self._owner_before(index)
        if own is None and giver.elsewhere and bound.theme.amount is not None and self._is_voted(index):
            own = self.givers.lawmakers_home
        takers = {row.recipient_id for row in moment.told[-_LATELY:]}
        return replace(giver, ids=(own,)) if own is not None and own not in takers else giver

    def _is_voted(self, index: int) -> bool:
        """Whether a sentence or the one before it speaks of a bill or a parliament."""
        sentences = self.annotations.article.sentences
        start = sentences[max(0, index - 1)].start
        spoken = set(re.findall(r"\w+", self.text[start : sentences[index].end].lower()))
        return not spoken.isdisjoint(aid_words().bills | {"senate", "congress", "parliament"})

    def _home_of(self, bound: Bound) -> str | None:
        """The country whose money a nameless "we" speaks of."""
        return self.givers.home_of(bound.theme.amount)

    def _owner_before(self, index: int) -> str | None:
        """Whose aid the sentence before, in the same paragraph, speaks of: "America's aid to Israel"."""
        sentences = self.annotations.article.sentences
        if not index or sentences[index - 1].paragraph != sentences[index].paragraph:
            return None
        before = self.annotations.parsed(index - 1)
        for group in before.groups:
            if group.form == "finite" and not group.passive and aid_words().gives_or_stops(group.lemma):
                for phrase in subject(before, group):
                    for mention in self.roles.mentions_over(phrase.start, phrase.end):
                        if self.may_give(mention) and (who := self.roles.role(mention.actor_id)):
                            return who
        for phrase in before.phrases:
            if aid_words().aid_nouns.isdisjoint(t.lower for t in before.tokens[phrase.first : phrase.last + 1]):
                continue
            for mention in self.roles.mentions_over(phrase.start, phrase.end):
                if self.owns(mention) and (who := self.roles.role(mention.actor_id)):
                    return who
            source = next((p for p in before.phrases if p.first == phrase.last + 2 and p.preposition == "from"), None)
            if source is not None and (found := self.givers.givers_in(index - 1, (source,))).ids:
                return found.ids[0]
        return None

    @property
    def _titled_giver(self) -> str | None:
        """The actor that a title shows giving: "Canada announces new funding for"."""
        return self.annotations.once("Context._titled_giver", self._find_titled_giver)

    def _find_titled_giver(self) -> str | None:
        for title in self.annotations.article.sentences:
            if title.kind is not SentenceKind.TITLE:
                continue
            for mention in self.roles.mentions_in(title.start, title.end):
                owned = _OWNED.match(self.text, mention.end, title.end)
                begin = owned.end() if owned else mention.end + 1
                acting = aid_words().triggers.match(self.text, begin, title.end)
                if acting and self.may_give(mention) and (who := self.roles.role(mention.actor_id)):
                    return who
        return None

    def recipient(self, moment: Moment, donor: str | None, *, taken_over: bool, lends: bool = False) -> str | None:
        """A beneficiary from the context: the row that gave the donor, the paragraph, the article's topic."""
        last = moment.last_told
        if self._sums_up(moment, donor):
            return None
        if taken_over and last is not None and donor == last.donor_id and last.recipient_id:
            return last.recipient_id
        sentences = self.annotations.article.sentences
        paragraph = sentences[moment.index].paragraph
        for row in (*reversed(moment.rows), *moment.told[-1:]):
            near = sentences[row.sentence].paragraph == paragraph
            if near and row.recipient_id and row.recipient_id != donor:
                return row.recipient_id
        if last is not None and donor is not None and self._goes_on(moment, last, donor):
            return last.recipient_id
        rows = (*moment.told[-_LATELY:], *moment.rows)
        givers = {row.donor_id for row in rows if not is_headline(self.annotations, row.sentence)}
        if (cause := self.causes.country(donor)) and cause not in givers:
            return cause
        found = self._from_topic(moment, donor, lends=lends)
        return None if found in {row.donor_id for row in rows} else found

    def _sums_up(self, moment: Moment, donor: str | None) -> bool:
        """Whether a sentence totals what its donor is said, right before it, to give to nobody in particular."""
        last = moment.last_told
        total = any(b.act is not None and b.act.sort is Sort.TOTAL for b in moment.bounds)
        if not total or last is None or last.donor_id != donor or last.recipient_id is not None:
            return False
        return moment.index - last.sentence == 1 and not is_headline(self.annotations, last.sentence)

    def _goes_on(self, moment: Moment, last: AidCommitment, donor: str) -> bool:
        """Whether the one whom all that is told was given to goes on to get: no other country is spoken of since."""
        sentences = self.annotations.article.sentences
        takers = {row.recipient_id for row in moment.told}
        if takers != {last.recipient_id} or None in takers or moment.index - last.sentence > _SOON:
            return False
        since = self.roles.mentions_in(sentences[last.sentence].end, sentences[moment.index].end)
        spoken = {m.actor_id for m in since if m.actor_id.startswith("country:")}
        return donor != last.recipient_id and spoken <= {donor, last.donor_id, last.recipient_id}

    def _from_topic(self, moment: Moment, donor: str | None, *, lends: bool) -> str | None:
        """The beneficiary that the article's topic or the sentence before gives."""
        lends = lends or donor in aid_words().lenders
        topic = self.topics.topic(donor) if self.about_aid or moment.told or lends else None
        if topic is not None and self.causes.is_regional and not lends and self.causes.weight(topic) < _SURE:
            topic = None
        latest = {row.recipient_id for row in moment.told[-3:]}
        if len(moment.told) >= 2 and len(latest) == 1 and donor not in latest and None not in latest:
            return latest.pop()
        if not moment.rows and (spoken := self._spoken_of_before(moment.index, donor)):
            return topic or spoken
        return topic

    def _spoken_of_before(self, index: int, donor: str | None) -> str | None:
        """The one country besides the donor that the sentence before, in the same paragraph, speaks of."""
        sentences = self.annotations.article.sentences
        if not index or sentences[index - 1].paragraph != sentences[index].paragraph:
            return None
        before = self.roles.mentions_in(sentences[index - 1].start, sentences[index - 1].end)
        spoken = {m.actor_id for m in before if m.actor_id.startswith("country:")} - {donor}
        return spoken.pop() if len(spoken) == 1 else None

    def period(self, index: int) -> Period:
        """The date of a timeline's heading: a heading or line above that is hardly more than a date."""
        sentences = self.annotations.article.sentences
        above = sentences[index].heading
        candidates = [above] if above is not None else []
        candidates += [i for i in (index - 1, index - 2) if i >= 0 and is_headline(self.annotations, i)]
        for i in candidates:
            place = sentences[i]
            found = period(self.annotations, place.start, place.end, (place.end, place.end), place.start)
            dates = sum(t.end - t.start for t in timexes_in(self.annotations, place.start, place.end))
            published = found.start == self.annotations.article.published
            if found.start and not published and dates * 2 > place.end - place.start:
                return found
        return Period(None, None)


_TIMES = 2
_LATELY = 8
_CLAUSE = 12
_SURE = 5
_SOON = 2
_OWNED = re.compile(r"['’]s?\s+")
_GIVING = ("country:", "international_organisation:", "group:", "other_organisation:")


def _is_of_all(moment: Moment, bound: Bound) -> bool:
    """Whether a sum that "has been pledged so far" is more than the last giver named gave: that of all."""
    act, amount, last = bound.act, bound.theme.amount, moment.last_told
    group = act.group if act is not None else None
    if group is None or amount is None or last is None or not (group.passive and group.perfect):
        return False
    until = moment.ends_at(bound.theme.last + _CLAUSE)
    counted = aid_words().totals.search(" ".join(t.lower for t in moment.sentence.tokens if t.end <= until))
    return bool(counted) and last.amount is not None and (amount.value or 0) > last.amount


def _is_participle(act: Act | None) -> bool:
    """Whether an act is a bare participle, as behind a sum: "the $5m already pledged"."""
    return act is not None and act.group is not None and act.group.form == "participle"


def _repeats(before: Act | None, act: Act | None) -> bool:
    """Whether a passive has the verb of the one before it: "$5m was shipped in May and $8m was shipped in June"."""
    passive = act is not None and act.group is not None and act.group.passive
    return passive and before is not None and act is not None and before.lemma == act.lemma


def _as_in(giver: Giver, row: AidCommitment) -> Giver:
    return replace(giver, ids=(row.donor_id,) if row.donor_id else (), unnamed=row.donor_id is None)
