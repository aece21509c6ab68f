"""The rows of the tariffs table: measures with their parties, status and date, restatements left out."""

from __future__ import annotations

from bisect import bisect_left

from communique.articles.model import SentenceKind
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import clause_takers
from communique.extraction.model import Amount, Annotations, Percent, Timex
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.listed import listed_rate
from communique.extraction.tariffs.measure import Measure, tariff_nouns
from communique.extraction.tariffs.measures import measures
from communique.extraction.tariffs.parties import Parties, PartyFinder
from communique.extraction.tariffs.replies import complement_noun, exemptions, threats
from communique.extraction.tariffs.status import is_retaliatory, status
from communique.extraction.tariffs.together import shared_out, without_restatements
from communique.extraction.tariffs.verbs import enters_into_force
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_MEMORY = 2
"""For how many sentences after a tariff noun a bare rate can still be one of it."""


_PAIR = frozenset({"both countries", "both nations", "two countries", "two nations", "nations", "both"})
_ACTS = frozenset({TariffStatus.SUSPENDED, TariffStatus.REMOVED, TariffStatus.ANNOUNCED, TariffStatus.THREATENED})


def tariff_rows(annotations: Annotations) -> tuple[Tariff, ...]:
    """One row per imposer, target and measure that the article states, in order of the text."""
    return without_restatements(_Reader(annotations).rows())


class _Reader:
    """Reads the sentences in order and remembers who the last measure was by and on."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.roles = Roles(annotations)
        self.text = annotations.article.text
        self.percent_starts = [p.start for p in annotations.percents]
        self.timex_starts = [t.start for t in annotations.timexes]
        self.last: Tariff | None = None
        self.past: list[Tariff] = []
        self.topic: list[Tariff] = []

    def rows(self) -> list[Tariff]:
        trigger = tariff_words().trigger
        found: list[Tariff] = []
        spoken = -_MEMORY - 1
        for index, sentence in enumerate(self.annotations.article.sentences):
            if sentence.kind is SentenceKind.PUBLICATION_LINE:
                continue
            if trigger.search(self.text, sentence.start, sentence.end):
                spoken = index
            if index - spoken > _MEMORY or self.text[sentence.end - 1] == "?":
                continue
            rows = self._sentence(index)
            if rows:
                spoken = index
            found.extend(rows)
        return found

    def _sentence(self, index: int) -> list[Tariff]:
        parsed = self.annotations.parsed(index)
        finder = PartyFinder(self.text, parsed, self.roles, index)
        found = measures(self.text, parsed, self._percents(parsed), self._amounts(parsed), in_context=True)
        rows: list[Tariff] = []
        rated = {id(m.group) for m in found if m.rate is not None}
        found = tuple(m for m in found if m.rate is not None or m.rule != "measure" or id(m.group) not in rated)
        for measure, parties in shared_out(parsed, [(m, finder.parties(m)) for m in found]):
            rows.extend(self._remember(self._measure_rows(index, parsed, measure, parties), parties.acting))
        if not rows:
            rows.extend(self._remember(self._listed_rows(index, parsed, finder)))
        rows.extend(self._remember(self._exemption_rows(index, parsed)))
        rows.extend(self._remember(self._threat_rows(index, parsed)))
        return rows

    def _remember(self, rows: list[Tariff], acting: bool = False) -> list[Tariff]:
        self.past.extend(row for row in rows if row.imposer_id)
        self.topic.extend(row for row in rows if row.imposer_id and acting)
        self.last = next((row for row in reversed(rows) if row.imposer_id), self.last)
        return rows

    def _measure_rows(self, index: int, parsed: ParsedSentence, measure: Measure, parties: Parties) -> list[Tariff]:
        said = measure.said or status(parsed, self.text, measure.group, measure.rate is not None)
        if said is None:
            return []
        imposer = parties.imposer or self._acting(index, parsed, measure, parties.targets)
        if imposer is None and self.roles.in_quotation(index, measure.start):
            imposer = self.roles.speaker(index, measure.start)
        imposer = imposer or self._context_imposer(parties.targets)
        aimed = bool(parties.targets or parties.scope or parties.product)
        acted = parties.imposer is not None and said in _ACTS
        if measure.rate is None and (imposer is None or not (aimed or acted)):
            return []
        if measure.rate is None and not parties.targets and self._known(parsed, measure, imposer):
            return []
        targets: tuple[str | None, ...] = self._owner_of_figure(parsed, measure) or parties.targets
        targets = targets or self._beside(parsed, measure, imposer)
        targets = targets or (self._context_target(imposer, parties, measure),)
        scope = parties.scope
        if scope is not None and scope.lower().removeprefix("the ") in _PAIR and (pair := self._last_targets()):
            targets, scope = pair, None
        product = parties.product
        if (
            product is None
            and not aimed
            and measure.rate is not None
            and self.last is not None
            and self.last.imposer_id != imposer
        ):
            product = self.last.product if index - self.last.sentence <= 1 else None
        return [
            Tariff(
                char_start=measure.start,
                char_end=measure.end,
                sentence=index,
                rule=f"tariff.{measure.rule}",
                imposer_id=who,
                target_id=target,
                target_scope=scope,
                rate_percent=measure.rate,
                rate_percent_upper=measure.upper,
                product=product,
                status=said,
                is_retaliatory=is_retaliatory(parsed, self.text, (measure.start, measure.end)),
                effective_date=self._effective_date(parsed, measure),
                speaker_id=self._speaker(index, measure.start),
            )
            for who in (imposer, *parties.others)
            for target in targets
        ]

    def _listed_rows(self, index: int, parsed: ParsedSentence, finder: PartyFinder) -> list[Tariff]:
        line = listed_rate(self.text, self.annotations.article.sentences, index, self._percents(parsed))
        if line is None:
            return []
        mentions = self.roles.mentions_in(line.label_start, line.label_end)
        targets = tuple(dict.fromkeys(t for m in mentions if (t := finder.as_target(m.actor_id)) is not None))
        named = any(m.actor_id in targets for m in mentions)
        lead_in = self.annotations.article.sentences[line.lead_in]
        leading = (self.roles.role(m.actor_id) for m in self.roles.mentions_in(lead_in.start, lead_in.end))
        imposer = next((r for r in leading if r not in (None, *targets)), None) or self._context_imposer(targets)
        return [
            Tariff(
                char_start=line.percent.start,
                char_end=line.percent.end,
                sentence=index,
                rule="tariff.listed_rate",
                imposer_id=imposer,
                target_id=target,
                target_scope=None if named else self.text[line.label_start : line.label_end],
                rate_percent=line.percent.value,
                rate_percent_upper=line.percent.upper,
                status=self.last.status if self.last else TariffStatus.IMPOSED,
            )
            for target in targets or (None,)
        ]

    def _exemption_rows(self, index: int, parsed: ParsedSentence) -> list[Tariff]:
        rows = []
        nouns = tariff_nouns(parsed, in_context=True)
        for found in exemptions(parsed):
            targets = self._actors(index, found.phrases)
            noun = complement_noun(parsed, found.group, nouns)
            start, end = (
                (parsed.tokens[noun].start, parsed.tokens[noun].end) if noun is not None else (found.start, found.end)
            )
            owner = None
            if noun is not None:
                owner, spared = PartyFinder(self.text, parsed, self.roles, index).owner_and_modifier(noun)
                targets = targets or ((spared,) if spared else ())
            imposer = owner or self._context_imposer(targets)
            product = (
                None if targets and noun is not None else self.text[found.phrases[0].start : found.phrases[-1].end]
            )
            for target in targets or ((self.last.target_id if self.last else None),):
                rows.append(
                    Tariff(
                        char_start=start, char_end=end, sentence=index, rule="tariff.exempted", imposer_id=imposer,
                        target_id=target, product=product, status=TariffStatus.EXEMPTED,
                    )
                )  # fmt: skip
        return rows

    def _threat_rows(self, index: int, parsed: ParsedSentence) -> list[Tariff]:
        rows = []
        finder = PartyFinder(self.text, parsed, self.roles, index)
        owners = [finder.owner(noun) for noun in tariff_nouns(parsed, in_context=True)]
        for threat in threats(parsed, self.text):
            for imposer in self._actors(index, threat.phrases):
                answered = (o for o in owners if o not in (None, imposer))
                target = next(answered, None) or self._context_imposer((imposer,))
                rows.append(
                    Tariff(
                        char_start=threat.start, char_end=threat.end, sentence=index, rule="tariff.retaliation",
                        imposer_id=imposer, target_id=target, status=TariffStatus.THREATENED, is_retaliatory=True,
                    )
                )  # fmt: skip
        return rows

    def _actors(self, index: int, phrases: tuple[NounPhrase, ...]) -> tuple[str, ...]:
        actors = (self.roles.actor_of(index, p) for p in phrases)
        return tuple(dict.fromkeys(a for a in actors if a is not None))

    def _last_targets(self) -> tuple[str, ...]:
        """The two countries spoken of last as targets of one imposer."""
        if self.last is None:
            return ()
        recent = [r.target_id for r in self.past[-6:] if r.imposer_id == self.last.imposer_id and r.target_id]
        return tuple(dict.fromkeys(recent))[-2:]

    def _known(self, parsed: ParsedSentence, measure: Measure, imposer: str | None) -> bool:
        """Whether the sentence only tells when a measure told before enters into force."""
        enters = measure.group is not None and enters_into_force(parsed, measure.group)
        return enters and any(row.imposer_id == imposer for row in self.past)

    def _beside(self, parsed: ParsedSentence, measure: Measure, imposer: str | None) -> tuple[str, ...]:
        """Targets said beside the measure: "... against the United States", "In Japan's case"."""
        for mention in self.roles.mentions_in(parsed.start, parsed.end):
            before = (
                self.text[max(parsed.start, mention.start - 14) : mention.start].lower().removesuffix("the ").strip()
            )
            after = self.text[mention.end : mention.end + 8].lower().replace("’", "'")
            case = before == "for" or (before == "in" and after.startswith("'s case"))
            opens = case and mention.start - parsed.start < 8
            if opens or (before.endswith("against") and mention.start > measure.start):
                role = self.roles.role(mention.actor_id)
                if role is not None and role != imposer:
                    return (role,)
        return ()

    def _owner_of_figure(self, parsed: ParsedSentence, measure: Measure) -> tuple[str, ...]:
        """The one whose figure is set beside another's: "higher than the UK's 10%"."""
        if measure.noun is None or measure.noun >= measure.first:
            return ()
        for mention in self.roles.mentions_in(max(parsed.start, measure.start - 40), measure.start):
            if self.text[mention.end : measure.start].replace("’", "'") == "'s ":
                role = self.roles.role(mention.actor_id)
                return (role,) if role else ()
        return ()

    def _acting(self, index: int, parsed: ParsedSentence, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The government whose own act the sentence tells before the measure: "Canada withdrew ..., and both face"."""
        words = tariff_words()
        passive = measure.group is not None and measure.group.passive and measure.group.lemma not in words.patient_hit
        for group in parsed.groups:
            if group.first >= measure.first or group.form != "finite" or group is measure.group:
                continue
            for phrase in subject(parsed, group):
                actor = self.roles.actor_of(index, phrase)
                state = actor is not None and actor.startswith(
                    ("country:", "international_organisation:european-union")
                )
                if state and actor not in targets and self._own_act(group, phrase, passive):
                    return actor
        return None

    def _own_act(self, group: VerbGroup, phrase: NounPhrase, passive: bool) -> bool:
        if group.passive or group.lemma in tariff_words().subject_pays or group.lemma in ("be", "have", "remain"):
            return False
        if group.lemma not in clause_takers() or passive:
            return True
        named = self.roles.mentions_in(phrase.start, phrase.end)
        types = {self.annotations.actors[m.actor_id].type for m in named if m.actor_id in self.annotations.actors}
        return "government_body" in types

    def _context_target(self, imposer: str | None, parties: Parties, measure: Measure) -> str | None:
        """The target carried on within a sentence, else the one other country in the title of an imposer's own text."""
        if measure.rule == "rate_continued" and self.last is not None and parties.scope is None:
            return self.last.target_id
        if parties.scope is None and imposer is not None and imposer == self.roles.voice and parties.imposer is None:
            return self._title_target(imposer)
        return None

    def _title_target(self, imposer: str) -> str | None:
        title = next((s for s in self.annotations.article.sentences if s.kind is SentenceKind.TITLE), None)
        if title is None:
            return None
        named = {self.roles.role(m.actor_id) for m in self.roles.mentions_in(title.start, title.end)}
        others = named - {imposer, None}
        return next(iter(others)) if len(others) == 1 else None

    def _context_imposer(self, targets: tuple[str, ...]) -> str | None:
        """The imposer of the measure before, or its target where the imposer is the one now hit."""
        for row in (*reversed(self.topic[-3:]), *reversed(self.past)):
            if row.imposer_id not in targets:
                return row.imposer_id
            if row.target_id is not None and row.target_id not in targets:
                return row.target_id
        return self._titled() or (None if self.past else self.roles.voice)

    def _titled(self) -> str | None:
        """The one whose tariffs the title speaks of ("New Trump tariffs take effect")."""
        for index, sentence in enumerate(self.annotations.article.sentences[:2]):
            if sentence.kind is SentenceKind.TITLE:
                parsed = self.annotations.parsed(index)
                finder = PartyFinder(self.text, parsed, self.roles, index)
                owners = (finder.owner_and_modifier(n) for n in tariff_nouns(parsed, in_context=False))
                return next((owner or bare for owner, bare in owners if owner or bare), None)
        return None

    def _speaker(self, index: int, offset: int) -> str | None:
        if not self.roles.in_quotation(index, offset):
            return None
        speaker = self.roles.speaker_of_quotation(index)
        return speaker.actor_id if speaker else None

    def _amounts(self, parsed: ParsedSentence) -> tuple[Amount, ...]:
        amounts = self.annotations.amounts
        first = bisect_left(amounts, parsed.start, key=lambda a: a.start)
        return amounts[first : bisect_left(amounts, parsed.end, key=lambda a: a.start)]

    def _percents(self, parsed: ParsedSentence) -> tuple[Percent, ...]:
        first = bisect_left(self.percent_starts, parsed.start)
        last = bisect_left(self.percent_starts, parsed.end)
        return self.annotations.percents[first:last]

    def _effective_date(self, parsed: ParsedSentence, measure: Measure) -> str | None:
        """The date after "from", "effective" or "in" that follows the measure, else one that "since" puts before it."""
        first = bisect_left(self.timex_starts, parsed.start)
        timexes = self.annotations.timexes[first : bisect_left(self.timex_starts, parsed.end)]
        for timex in sorted(timexes, key=lambda t: (t.start < measure.end, t.start)):
            if timex.timex_type in ("DATE", "TIME") and timex.start_date and self._takes_effect(parsed, timex, measure):
                return timex.timex_value[:10]
        return None

    def _takes_effect(self, parsed: ParsedSentence, timex: Timex, measure: Measure) -> bool:
        at = parsed.token_at(timex.start)
        before = {t.lower for t in parsed.tokens[max(0, at - 3) : at]}
        if before & {"from", "effective", "starting", "beginning", "effect", "since"}:
            return True
        future = measure.group is not None and measure.group.tense == "future"
        return future and "in" in before and timex.start > measure.start
