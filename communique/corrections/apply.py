"""Corrections on what was extracted, before it becomes frames: corrected rows are made as all others are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from communique.articles.model import Article
from communique.corrections.actors import with_actors
from communique.corrections.model import Action, Applied, Correction, Corrections, Quote
from communique.corrections.values import ROWS, differences, held, require_expected
from communique.extraction.rows import ArticleExtraction
from communique.frames import row_ids
from communique.quality.checks import first_of
from schemas.columns import CORRECTION
from schemas.tables import TABLES

_COPY = ".copy"

Row = Any
"""A row of an extractor, a dataclass of `communique.extraction.rows`."""


def corrected(
    extractions: Sequence[ArticleExtraction], corrections: Corrections
) -> tuple[tuple[ArticleExtraction, ...], tuple[Applied, ...]]:
    """The articles with the corrections that concern them, and what these did; entries for other articles wait.

    All entries find their rows among those extracted, so that their order means nothing.

    Raises:
        CorrectionError: an entry matches several rows or none of an article it names, its guard does not hold, its
            words are not in the article, or two entries concern one row.
    """
    if not corrections.rows:
        return tuple(extractions), ()
    by_id = _articles_of_ids(extractions, corrections.rows)
    done: list[ArticleExtraction] = []
    applied: list[Applied] = []
    for found in extractions:
        names = (found.article.article_id, found.article.source_file)
        own = [e for e in corrections.rows if (by_id.get(e.entry) if e.row_id else e.article) in names]
        if own:
            found, changes = _corrected_article(found, own, corrections)
            applied += changes
        done.append(found)
    return tuple(done), tuple(applied)


def require_applied(corrections: Corrections, applied: Iterable[Applied]) -> None:
    """Raises CorrectionError for an entry that found no row in any article."""
    done = {change.correction.entry for change in applied}
    for entry in corrections.rows:
        if entry.entry in done:
            continue
        if entry.row_id is not None:
            raise entry.error(
                f"no row of {entry.table} has the id {entry.row_id}",
                "remove the entry if the row is gone for good, else name it by article and quote: ids change with "
                "the place of the words and with the parties",
            )
        raise entry.error(f"no article {entry.article!r} was read", "name it by its file or its article_id")


def require_kept(applied: Iterable[Applied], quarantine: pl.DataFrame) -> None:
    """Raises CorrectionError where a row failed a check after its correction."""
    for change in applied:
        if change.correction.action is Action.DROP:
            continue
        key = TABLES[change.correction.table].primary_key
        own = pl.col("row").str.json_path_match(f"$.{key}") == change.row_id
        failed = quarantine.filter(own, pl.col("table") == change.correction.table)
        failed = failed.filter(~pl.col("check").str.ends_with(_COPY))
        if not failed.is_empty():
            check, reason = failed.select("check", "reason").row(0)
            raise change.correction.error(f"the corrected row fails {check}", f"correct the entry: {reason}")


def _articles_of_ids(extractions: Sequence[ArticleExtraction], entries: Sequence[Correction]) -> dict[str, str]:
    """By entry the article whose row has the id that the entry names."""
    found: dict[tuple[str, str], str] = {}
    for table in sorted({entry.table for entry in entries if entry.row_id is not None}):
        owners = (one.article.article_id for one in extractions for _ in getattr(one.rows, table))
        found |= {(table, row): owner for row, owner in zip(row_ids(table, extractions), owners, strict=True)}
    named = ((entry.entry, found.get((entry.table, entry.row_id or ""))) for entry in entries)
    return {entry: article for entry, article in named if article is not None}


def _corrected_article(
    found: ArticleExtraction, entries: Sequence[Correction], corrections: Corrections
) -> tuple[ArticleExtraction, list[Applied]]:
    applied: list[Applied] = []
    rows = found.rows
    for table in sorted({entry.table for entry in entries}):
        work = _Rows(table, found, getattr(found.rows, table), row_ids(table, [found]))
        for entry in entries:
            if entry.table == table:
                work.take(entry)
        after, changes = work.corrected()
        rows = replace(rows, **{table: after})
        applied += changes
    return with_actors(found, rows, entries, corrections), applied


@dataclass(slots=True)
class _Rows:
    """The rows of one table of an article; `places` are those of the row of an entry and of its copies."""

    table: str
    found: ArticleExtraction
    rows: tuple[Row, ...]
    ids: Sequence[str]
    places: list[tuple[Correction, list[int]]] = field(default_factory=list)
    added: list[tuple[Correction, Row]] = field(default_factory=list)

    def take(self, entry: Correction) -> None:
        """Find the row of an entry, or make the one it adds."""
        if entry.action is Action.ADD:
            self.added.append((entry, _new_row(entry, self.found.article)))
            return
        place = self._place(entry)
        for other, places in self.places:
            if place in places:
                raise entry.error(f"concerns the same row as {other.entry}", "make one entry of the two")
        require_expected(entry, held(self.rows[place]))
        self.places.append((entry, [at for at, row in enumerate(self.rows) if row == self.rows[place]]))

    def corrected(self) -> tuple[tuple[Row, ...], list[Applied]]:
        """The rows as they are to be, the added ones last, and what changed."""
        after: dict[int, Row] = dict(enumerate(self.rows))
        changed: list[tuple[Correction, int]] = []
        for entry, places in self.places:
            for at in places:
                row = after.pop(at)
                if entry.action is Action.SET:
                    after[at] = replace(row, **entry.values, rule=CORRECTION)
            if entry.action is Action.SET:
                changed.append((entry, places[0]))
        for entry, row in self.added:
            changed.append((entry, len(self.rows) + len(changed)))
            after[changed[-1][1]] = row
        rows = tuple(after.values())
        ids = dict(zip(after, row_ids(self.table, [_with_rows(self.found, self.table, rows)]), strict=True))
        _require_own_ids(changed, ids, after)
        dropped = [self._dropped(entry, places) for entry, places in self.places if entry.action is Action.DROP]
        return rows, dropped + [self._changed(entry, at, ids[at]) for entry, at in changed]

    def _dropped(self, entry: Correction, places: list[int]) -> Applied:
        row = self.rows[places[0]]
        return Applied(
            correction=entry,
            article_id=self.found.article.article_id,
            row_id=self.ids[places[0]],
            before={name: value for name, value in held(row).items() if value not in (None, ())},
            rows=len(places),
        )

    def _changed(self, entry: Correction, at: int, row_id: str) -> Applied:
        old = self.ids[at] if entry.action is Action.SET else None
        return Applied(
            correction=entry,
            article_id=self.found.article.article_id,
            row_id=row_id,
            replaces=old if old != row_id else None,
            before={name: held(self.rows[at])[name] for name in entry.values} if old else {},
            after=entry.values,
        )

    def _place(self, entry: Correction) -> int:
        """The first row that the entry names; rows on its id behind the first are set aside anyway."""
        first = {row_id: at for at, row_id in reversed(list(enumerate(self.ids)))}
        if entry.row_id is not None:
            return first[entry.row_id]
        assert entry.quote is not None
        spans = _spans(entry, entry.quote, self.found.article.text)
        on_words = [at for at in first.values() if (self.rows[at].char_start, self.rows[at].char_end) in spans]
        places = [at for at in on_words if differences(held(self.rows[at]), entry.where) == []]
        if len(places) == 1:
            return places[0]
        if places:
            listed = first_of([self.ids[at] for at in sorted(places)])
            raise entry.error(
                f"matches {len(places)} rows of {self.table}: {listed}",
                "choose one by before, after, where or id",
            )
        if on_words:
            what = "; ".join(", ".join(differences(held(self.rows[at]), entry.where)) for at in sorted(on_words))
            raise entry.error(f"no row on {entry.quote.words!r} is as 'where' says: {what}", "look at the rows again")
        raise entry.error(
            f"no row of {self.table} in {entry.article} stands on {entry.quote.words!r}, {self._standing()}",
            "quote the words of a row, or remove the entry if its row is gone for good",
        )

    def _standing(self) -> str:
        article = self.found.article
        words = [" ".join(article.text[row.char_start : row.char_end].split()) for row in self.rows]
        return f"its rows stand on {first_of(list(dict.fromkeys(map(repr, words))))}" if words else "which has none"


def _with_rows(found: ArticleExtraction, table: str, rows: tuple[Row, ...]) -> ArticleExtraction:
    return replace(found, rows=replace(found.rows, **{table: rows}))


def _require_own_ids(
    changed: Sequence[tuple[Correction, int]], ids: Mapping[int, str], after: Mapping[int, Row]
) -> None:
    """No corrected row has the id of another: of the two, one would be set aside."""
    for entry, at in changed:
        twins = [other for other, row_id in ids.items() if row_id == ids[at] and after[other] != after[at]]
        if entry.action is Action.ADD:
            twins = [other for other, row_id in ids.items() if row_id == ids[at] and other != at]
        if twins:
            raise entry.error(
                f"the row {ids[at]} is there already, on the same words with the same parties",
                "remove the entry, or set the columns of that row",
            )


def _new_row(entry: Correction, article: Article) -> Row:
    assert entry.quote is not None
    spans = _spans(entry, entry.quote, article.text)
    places = [
        (start, end, number)
        for number, sentence in enumerate(article.sentences)
        for start, end in sorted(spans)
        if sentence.start <= start and end <= sentence.end
    ]
    if not places:
        raise entry.error(
            f"{entry.quote.words!r} stands in no sentence of the body of {entry.article}",
            "quote words inside one sentence, and none of titles repeated, bylines or adverts",
        )
    if len(places) > 1:
        raise entry.error(
            f"{entry.quote.words!r} stands {len(places)} times in {entry.article}",
            "add before or after, the words next to those that are meant",
        )
    start, end, number = places[0]
    words = {"text": article.text[start:end]} if "text" in TABLES[entry.table].dtypes else {}
    return ROWS[entry.table](char_start=start, char_end=end, sentence=number, rule=CORRECTION, **words, **entry.values)


def _spans(entry: Correction, quote: Quote, text: str) -> set[tuple[int, int]]:
    """Where the words stand in the text, as words of their own unless it is said what stands next to them."""
    words = _pattern(quote.words)
    before = rf"{_pattern(quote.before)}\s*" if quote.before else r"(?<!\w)" if quote.words[0].isalnum() else ""
    after = rf"\s*{_pattern(quote.after)}" if quote.after else r"(?!\w)" if quote.words[-1].isalnum() else ""
    spans = {found.span(1) for found in re.finditer(f"{before}({words}){after}", text)}
    if not spans:
        place = " next to those given" if quote.before or quote.after else ""
        raise entry.error(
            f"{quote.words!r} does not stand in {entry.article}{place}", "quote the article word for word"
        )
    return spans


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
