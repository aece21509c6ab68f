"""The rows of the tariffs table: measures with their parties, status and date, restatements left out."""

from __future__ import annotations

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.gate import marks
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.model import Annotations
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.speakers import speaker_words
from communique.extraction.tariffs.bare import introduces
from communique.extraction.tariffs.bearers import Bearers
from communique.extraction.tariffs.behind import imposed_behind, still_or_ending
from communique.extraction.tariffs.dealt import dealt_out, dealt_rows, opened_lists
from communique.extraction.tariffs.excepted import excepted_rows
from communique.extraction.tariffs.figures import rate_figures
from communique.extraction.tariffs.goods_lists import goods_list_rows
from communique.extraction.tariffs.granted import granted_rows, is_relief
from communique.extraction.tariffs.implied import only_proposed
from communique.extraction.tariffs.listed import leads_in, listed_rows
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.moment import effective_date
from communique.extraction.tariffs.pairs import in_a_bargain, means_two, on_each_other
from communique.extraction.tariffs.parties import Parties, PartyFinder
from communique.extraction.tariffs.passing import as_told, at_home, only_sought, recalled
from communique.extraction.tariffs.reading import Reading
from communique.extraction.tariffs.replies import threat_rows
from communique.extraction.tariffs.resolve import Resolver
from communique.extraction.tariffs.retaliation import answered, in_background, is_retaliatory
from communique.extraction.tariffs.spared import exemption_rows, spared_measures
from communique.extraction.tariffs.status import modified, only_brings, presupposed, stands_apart, status, would_follow
from communique.extraction.tariffs.together import same_as_rated, with_one_imposer, without_restatements
from communique.extraction.tariffs.verbs import enters_into_force, kept_in_place, strikes_back
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_MEMORY = 2
"""For how many sentences after a tariff noun a bare rate can still be one of it."""
_ACTS = frozenset({TariffStatus.SUSPENDED, TariffStatus.REMOVED, TariffStatus.ANNOUNCED, TariffStatus.THREATENED})
_DONE = frozenset({TariffStatus.IMPOSED, TariffStatus.ANNOUNCED})


def _opening(parsed: ParsedSentence) -> tuple[NounPhrase, ...]:
    """What the sentence opens with behind "under": "Under the accord, tariffs would fall"."""
    return parsed.phrases_between(0, 3)[:1] if parsed.tokens[0].lower == "under" else ()


def tariff_rows(annotations: Annotations) -> tuple[Tariff, ...]:
    """One row per imposer, target and measure that the article states, in order of the text."""
    titles = frozenset(i for i, s in enumerate(annotations.article.sentences) if s.kind is SentenceKind.TITLE)
    return without_restatements(with_one_imposer(_Reader(annotations).rows()), titles)


class _Reader:
    """Reads the sentences in order and remembers who the last measure was by and on."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.roles = Roles(annotations, customs=True)
        self.text = annotations.article.text
        self.reading = Reading(annotations, self.roles)
        self.memory = Memory(self.roles, self.reading.standing)

    def rows(self) -> list[Tariff]:
        found: list[Tariff] = []
        spoken, seen = -_MEMORY - 1, marks(self.annotations)
        for index, sentence in enumerate(self.annotations.article.sentences):
            if sentence.kind is SentenceKind.PUBLICATION_LINE:
                continue
            if self.reading.speaks(sentence, seen[index]):
                spoken = index
                self.memory.heard.append(index)
            if index - spoken > _MEMORY or self._asks(sentence):
                continue
            rows = self._sentence(index)
            if rows:
                spoken = index
            found.extend(rows)
        return found

    def _asks(self, sentence: Sentence) -> bool:
        """Whether the sentence asks for a measure; one that asks for the reason takes the measure for granted."""
        return self.text[sentence.end - 1] == "?" and not self.text.startswith("Why", sentence.start)

    def _sentence(self, index: int) -> list[Tariff]:
        parsed = self.annotations.parsed(index)
        finder = PartyFinder(self.text, parsed, self.roles, index)
        measured = self.reading.measured(index)
        found = tuple(measure for measure, _ in measured)
        self.memory.struck.update((index, target) for _, parties in measured for target in parties.targets)
        spared = spared_measures(parsed)
        self.memory.beside = None
        rows: list[Tariff] = []
        for measure, parties in sorted(measured, key=lambda pair: pair[0].start):
            exemption = spared.get(measure.noun) if measure.noun is not None else None
            if is_relief(parsed, measure):
                continue
            if exemption is None or (exemption.group is not measure.group and (parties.targets or parties.scope)):
                told = self._measure_rows(index, parsed, measure, parties)
                if measure.group is not None and told and told[0].imposer_id is not None:
                    self.memory.beside = measure.group, measure.first > measure.group.last, told[0].imposer_id
                acts = parties.acting and parties.imposer is not None and not answered(parsed, measure)
                rows.extend(self.memory.keep(told, acts and not self._aside(parsed, told)))
        if not rows:
            rows.extend(self.memory.keep(listed_rows(index, finder, self.memory, self.reading.percents(parsed))))
            rows.extend(self.memory.keep(goods_list_rows(index, parsed, self.roles)))
        rows.extend(self.memory.keep(self._dealt_rows(index, parsed, found, rows)))
        rows.extend(self.memory.keep(excepted_rows(index, parsed, self.roles, rows)))
        rows.extend(self.memory.keep(exemption_rows(index, parsed, self.roles, self.memory, measured)))
        if not any(row.status == TariffStatus.EXEMPTED for row in rows):
            rows.extend(self.memory.keep(granted_rows(index, parsed, self.roles, self.memory)))
        rows = [row for row in rows if not same_as_rated(row, rows)]
        if rows and leads_in(index, finder, self.reading.percents):
            rows = [row for row in rows if row.rate_percent is not None]
        answering = {row.imposer_id for row in rows if row.is_retaliatory}
        rows.extend(
            self.memory.keep(
                [r for r in threat_rows(index, parsed, self.roles, self.memory) if r.imposer_id not in answering]
            )
        )
        return rows

    def _aside(self, parsed: ParsedSentence, rows: list[Tariff]) -> bool:
        """Whether the rows only tell what the one whose measures the article is about got in return."""
        opening = " ".join(t.lower for t in parsed.tokens[:2])
        return opening in ("in return", "in exchange") and {r.target_id for r in rows} == {self._main()}

    def _main(self) -> str | None:
        """The state whose measures the article is about."""
        return self.memory.standing.imposer(())

    def _measure_rows(self, index: int, parsed: ParsedSentence, measure: Measure, parties: Parties) -> list[Tariff]:
        said = self._said(index, parsed, measure)
        if said is None and (stands_apart(parsed, measure) or presupposed(parsed, measure)):
            said = modified(parsed, measure.noun) or TariffStatus.IMPOSED
        if (
            said is None
            or at_home(parties.product)
            or recalled(parsed, measure, parties, self.memory.past)
            or only_sought(parsed, measure, parties)
        ):
            return []
        resolver = Resolver(parsed, self.roles, self.memory, index)
        parties = Bearers(parsed, self.roles, self.memory, index).parties(measure, parties)
        imposer = resolver.imposer(measure, parties)
        others = parties.others
        if parties.both and (pair := self.memory.pair("both")):
            imposer, others = pair[0], pair[1:]
        answers = self._answers(parsed, measure)
        targets = resolver.targets(measure, parties, imposer, answers)
        imposer = imposer or resolver.only_state(measure, parties, targets)
        mutual = imposer is not None and len(others) == 1 and on_each_other(parsed, measure)
        if imposer is not None and len(others) == 1 and targets == (None,) and parties.scope is None:
            mutual = mutual or in_a_bargain(parsed, measure)
        if mutual:
            targets = (*others, imposer)
        elif imposer is not None and imposer in targets:
            targets = tuple(t for t in targets if t != imposer) or (None,)
        if not measure.counted and not mutual and not self._stated(parsed, measure, parties, imposer, targets, said):
            return []
        if (
            said == TariffStatus.IMPOSED
            and measure.counted
            and only_proposed(self.memory, index, measure, imposer, targets)
        ):
            said = TariffStatus.THREATENED
        return [
            Tariff(
                char_start=measure.start,
                char_end=measure.end,
                sentence=index,
                rule=f"tariff.{measure.rule}",
                imposer_id=who,
                target_id=target,
                target_scope=parties.scope if targets == (None,) and not means_two(parties.scope) else None,
                rate_percent=measure.rate,
                rate_percent_upper=measure.upper,
                product=resolver.product(measure, parties, imposer),
                status=said,
                is_retaliatory=answers or self.memory.is_answer(who, target),
                effective_date=effective_date(self.annotations.timexes, parsed, measure),
                speaker_id=self._speaker(index, parsed, measure),
            )
            for who in (imposer, *others)
            for target in targets
            if who is None or who != target
        ]

    def _answers(self, parsed: ParsedSentence, measure: Measure) -> bool:
        """Whether the measure answers another's, by its verb or by the words around it."""
        answering = measure.group is not None and measure.group.lemma in tariff_words().answering
        return answering or is_retaliatory(parsed, self.annotations.lower, (measure.start, measure.end))

    def _said(self, index: int, parsed: ParsedSentence, measure: Measure) -> str | None:
        """The status that a noun, the verb or, where these say only that it is there, an adjective says."""
        brings = measure.said is None and measure.noun is not None and only_brings(parsed, measure)
        said = None if brings else measure.said or status(parsed, self.text, measure.group, measure.counted)
        if measure.group is not None and measure.group.passive and measure.group.lemma in tariff_words().answering:
            return TariffStatus.IMPOSED if measure.group.modal is None else TariffStatus.THREATENED
        if measure.counted and (left := still_or_ending(parsed, measure.first, measure.last)) is not None:
            return left
        compared = measure.group is not None and measure.group.lemma == "be" and measure.first > measure.group.last
        if measure.counted and compared and (told := imposed_behind(parsed, measure.last)) is not None:
            return status(parsed, self.text, told, has_rate=True)
        if said == TariffStatus.THREATENED and self._foretold(index, parsed, measure):
            return TariffStatus.ANNOUNCED
        if said is None and measure.counted and (told := imposed_behind(parsed, measure.last)) is not None:
            return status(parsed, self.text, told, has_rate=True)
        if measure.counted and in_background(parsed, measure):
            return modified(parsed, measure.noun) or TariffStatus.IMPOSED
        if said == TariffStatus.IMPOSED and measure.counted and (aside := as_told(parsed, measure)) is not None:
            return aside
        plain = measure.group is None or measure.group.lemma not in tariff_words().imposing
        return (modified(parsed, measure.noun) or said) if said == TariffStatus.IMPOSED and plain else said

    def _foretold(self, index: int, parsed: ParsedSentence, measure: Measure) -> bool:
        """Whether "would" only goes on to tell what was decided: "The order would put a 10 percent duty on"."""
        group, last = measure.group, self.memory.last
        if measure.said is not None or group is None or not would_follow(parsed, self.text, group):
            return False
        told = last is not None and index - last.sentence <= _MEMORY and last.status in _DONE
        told = told or (last is None and self._decided(index - 1))
        named = (*subject(parsed, group), *_opening(parsed))
        return told or any(parsed.tokens[p.head].lower in tariff_words().decisions for p in named)

    def _decided(self, index: int) -> bool:
        """Whether sentence `index` says that a measure was decided on, without a row of its own."""
        if index not in self.reading.read:
            return False
        parsed = self.annotations.parsed(index)
        return any(status(parsed, self.text, m.group, has_rate=True) in _DONE for m, _ in self.reading.read[index])

    def _stated(
        self,
        parsed: ParsedSentence,
        measure: Measure,
        parties: Parties,
        imposer: str | None,
        targets: tuple[str | None, ...],
        said: str,
    ) -> bool:
        """Whether a measure without a rate is more than a passing mention: it has an imposer and an aim or an act."""
        group = measure.group
        answers = group is not None and (group.lemma in tariff_words().with_measure or strikes_back(parsed, group))
        replied = answers and any(targets)
        aimed = bool(parties.targets or parties.scope or parties.product or replied)
        if measure.rule == "named":
            return parties.imposer is not None and (aimed or not parties.owned)
        kept = group is not None and kept_in_place(parsed, group)
        acted = parties.imposer is not None and (kept or said in _ACTS or introduces(parsed, measure))
        if imposer is None or not (aimed or acted):
            return False
        return bool(parties.targets or parties.scope) or not self._known(parsed, measure, imposer)

    def _dealt_rows(
        self, index: int, parsed: ParsedSentence, found: tuple[Measure, ...], rows: list[Tariff]
    ) -> list[Tariff]:
        """Rows of the rates that a list deals out after the one whose tariff it names."""
        told = [(m.start, m.end) for m in found if m.rate is not None]
        told.extend((r.char_start, r.char_end) for r in rows if r.rate_percent is not None)
        figures = rate_figures(self.text, parsed, self.reading.percents(parsed))
        left = [p for p in figures if not any(s < p.end and p.start < e for s, e in told)]
        last = rows[-1] if rows else self.memory.last
        opened = opened_lists(parsed, self.text) if left else []
        if opened and (last is None or index - last.sentence > 1):
            last = self._opening_row(index)
        if not left or last is None or index - last.sentence > 1:
            return []
        told.extend(opened)
        if last.rate_percent is None and not told and " set at " not in self.text[parsed.start : parsed.end]:
            return []
        return dealt_rows(index, dealt_out(parsed, self.roles, left, told, last), last)

    def _opening_row(self, index: int) -> Tariff:
        """What a list of rates goes on from where no row stands before it: the measure of whoever imposes here."""
        end = self.annotations.article.sentences[index].end
        imposer = self.memory.imposer(()) or self.roles.acting_state(index, end, with_people=True)
        said = TariffStatus.IMPOSED
        return Tariff(char_start=0, char_end=0, sentence=index, rule="tariff.list", imposer_id=imposer, status=said)

    def _known(self, parsed: ParsedSentence, measure: Measure, imposer: str | None) -> bool:
        """Whether the sentence only tells when a measure told before enters into force."""
        enters = measure.group is not None and enters_into_force(parsed, measure.group)
        return enters and imposer in self.memory.told

    def _speaker(self, index: int, parsed: ParsedSentence, measure: Measure) -> str | None:
        """Who says what the row says: the speaker of the quotation, else the person or body that reports the clause."""
        if self.roles.in_quotation(index, measure.start):
            speaker = self.roles.speaker_of_quotation(index)
            return speaker.actor_id if speaker else None
        group = measure.group
        first = min(measure.first, group.first) if group is not None else measure.first
        spoken = group is not None and group.lemma in ("speak", "talk")
        phrases = subject(parsed, group) if spoken and group else speaker_words(parsed, first, measure.last)
        named = [m for p in phrases for m in self.roles.mentions_in(p.start, p.end)]
        people = (
            m.actor_id for m in named if self.annotations.actors[m.actor_id].type in ("person", "government_body")
        )
        return next(people, None)
