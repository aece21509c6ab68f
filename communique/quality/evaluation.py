"""Accuracy of a release against gold annotations: precision, recall and F1 per table.

Inside an article rows are paired one to one when their trigger spans overlap (recommendations: by half of the shorter;
aid and tariffs also when they stand in one sentence and agree on the figure), the pairs that agree in most columns
first.  Measures:

- aid, tariffs, recommendations: `found` (paired rows), `key` (pairs right in every key column), accuracy per column;
- dates: `strict` (same span), `relaxed` (spans overlap), `value` and `type` of the overlapping ones, after TempEval-3;
- actors: `mentions` (same span), `linked` (to the right actor under the best one-to-one assignment of actors, largest
  overlap first, as in CEAF-m), `entities`, and the accuracy of the types of assigned actors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import polars as pl

from communique.quality.evaluation_values import FIELDS, KEYS, agrees, same_value
from communique.quality.gold import FACTS, GoldArticle, GoldRow, Span
from communique.releases.rows import Rows
from schemas.tables import TABLES

Row = Mapping[str, Any]

_FIGURES = {"aid_commitments": ("amount", "currency"), "tariffs": ("rate_percent", "rate_percent_upper")}


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 (rounded to 4 places) over `predicted` and `gold` rows."""

    precision: float
    recall: float
    f1: float
    predicted: int
    gold: int

    def as_dict(self) -> dict[str, float | int]:
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "pred": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of one table; `fields` is the accuracy per column (None where no row was found)."""

    measures: Mapping[str, Figure]
    fields: Mapping[str, float | None] = field(default_factory=dict)
    type_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement with the gold: `kind` is missed, spurious or wrong; a missed row has no rule and no id."""

    table: str
    kind: str
    file: str
    words: str
    rule: str | None = None
    detail: str = ""
    row_id: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Accuracy per table over `articles` gold articles; `not_ingested` are those of them the release does not have."""

    articles: int
    not_ingested: tuple[str, ...]
    tables: Mapping[str, Accuracy]
    findings: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain JSON values."""
        report: dict[str, Any] = {"articles": self.articles, "not_ingested": list(self.not_ingested)}
        for table, accuracy in self.tables.items():
            part: dict[str, Any] = {name: figure.as_dict() for name, figure in accuracy.measures.items()}
            if accuracy.fields:
                part["fields"] = dict(accuracy.fields)
            if table == "actors":
                part["type_accuracy"] = accuracy.type_accuracy
            report[table] = part
        return report


@dataclass(frozen=True, slots=True)
class _Pairing:
    """One gold article with the rows that a table has for it."""

    gold: GoldArticle
    rows: Sequence[Row]


def evaluate(tables: Mapping[str, Rows], golds: Sequence[GoldArticle]) -> Evaluation:
    """Compare the tables of a release with gold annotations, reading the rows of the gold articles alone."""
    articles = tables["articles"].select(file=pl.col("source_file"), article=pl.col("article_id"))
    names = {PurePath(source_file).name: article_id for source_file, article_id in articles.iter_rows()}
    ids = {gold.file: names.get(gold.file) for gold in golds}

    def paired(table: str) -> list[_Pairing]:
        own = pl.col("article_id").is_in([i for i in ids.values() if i is not None])
        rows: defaultdict[str | None, list[Row]] = defaultdict(list)
        for row in tables[table].scan().filter(own).collect(engine="streaming").iter_rows(named=True):
            rows[row["article_id"]].append(row)
        return [_Pairing(gold, rows.get(ids[gold.file], ())) for gold in golds]

    types = dict(tables["actors"].select(actor_id=pl.col("actor_id"), type=pl.col("type")).iter_rows())
    findings: list[Finding] = []
    measured = {table: _facts(table, paired(table), findings) for table in FACTS}
    measured["dates"] = _dates(paired("dates"), findings)
    measured["actors"] = _actors(paired("actor_mentions"), types, findings)
    absent = tuple(name for name, article_id in ids.items() if article_id is None)
    return Evaluation(len(golds), absent, measured, tuple(findings))


def figure(hits: int, predicted: int, gold: int) -> Figure:
    """Precision, recall and F1; with nothing to find and nothing found all is right."""
    precision = hits / predicted if predicted else float(not gold)
    recall = hits / gold if gold else float(not predicted)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Figure(round(precision, 4), round(recall, 4), round(f1, 4), predicted, gold)


def _overlap(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _span(row: Row) -> Span:
    return row["char_start"], row["char_end"]


def _may_pair(table: str, gold: GoldRow, row: Row) -> bool:
    span = _span(row)
    shared = _overlap((gold.start, gold.end), span)
    if table == "recommendations":
        return shared >= 0.5 * min(gold.end - gold.start, span[1] - span[0])
    if shared > 0:
        return True
    first, second = _FIGURES[table]
    return (
        row["sentence_start"] <= gold.start
        and gold.end <= row["sentence_end"]
        and gold.values.get(first) is not None
        and all(same_value(c, gold.values.get(c), row.get(c)) for c in (first, second))
    )


def match_rows(table: str, golds: Sequence[GoldRow], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """One-to-one pairs (index of gold row, index of row): most agreement first, required gold before optional."""
    candidates = []
    for i, gold in enumerate(golds):
        for j, row in enumerate(rows):
            if _may_pair(table, gold, row):
                agreement = sum(agrees(c, gold, row) for c in (*FIELDS[table], *KEYS[table]))
                shared = _overlap((gold.start, gold.end), _span(row))
                candidates.append((-agreement, gold.optional, -shared, i, j))
    free_golds, free_rows = set(range(len(golds))), set(range(len(rows)))
    pairs = []
    for *_, i, j in sorted(candidates):
        if i in free_golds and j in free_rows:
            free_golds.remove(i)
            free_rows.remove(j)
            pairs.append((i, j))
    return pairs


def _facts(table: str, pairings: Iterable[_Pairing], findings: list[Finding]) -> Accuracy:
    gold_rows = predicted = found = key = 0
    right: Counter[str] = Counter()
    for pairing in pairings:
        golds, rows, file = pairing.gold.rows[table], pairing.rows, pairing.gold.file
        pairs = match_rows(table, golds, rows)
        required = [(golds[i], rows[j]) for i, j in pairs if not golds[i].optional]
        gold_rows += sum(not gold.optional for gold in golds)
        predicted += len(rows) - (len(pairs) - len(required))
        found += len(required)
        matched_golds, matched_rows = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [gold for i, gold in enumerate(golds) if i not in matched_golds and not gold.optional]
        findings.extend(Finding(table, "missed", file, gold.quote) for gold in missed)
        spurious = [row for j, row in enumerate(rows) if j not in matched_rows]
        findings.extend(_spurious(table, pairing.gold, row) for row in spurious)
        for gold, row in required:
            wrong = [c for c in FIELDS[table] if not agrees(c, gold, row)]
            right.update(set(FIELDS[table]) - set(wrong))
            key += not set(wrong) & set(KEYS[table])
            if wrong:
                detail = "; ".join(f"{c}: gold {gold.values.get(c)!r}, got {row.get(c)!r}" for c in wrong)
                findings.append(Finding(table, "wrong", file, gold.quote, row.get("rule"), detail, _id(table, row)))
    fields = {c: round(right[c] / found, 4) if found else None for c in FIELDS[table]}
    measures = {"found": figure(found, predicted, gold_rows), "key": figure(key, predicted, gold_rows)}
    return Accuracy(measures, fields)


def _spurious(table: str, gold: GoldArticle, row: Row) -> Finding:
    start, end = _span(row)
    evidence, row_id = row.get("evidence") or "", _id(table, row)
    return Finding(table, "spurious", gold.file, gold.text[start:end], row.get("rule"), evidence, row_id)


def _id(table: str, row: Row) -> str | None:
    """The row's own id; rows of mentions stand for actors."""
    found = row.get(TABLES["actor_mentions" if table == "actors" else table].primary_key or "")
    return None if found is None else str(found)


def _dates(pairings: Iterable[_Pairing], findings: list[Finding]) -> Accuracy:
    hits: Counter[str] = Counter()
    gold_rows = predicted = 0
    for pairing in pairings:
        golds, file = pairing.gold.rows["dates"], pairing.gold.file
        free = list(pairing.rows)
        gold_rows += sum(not gold.optional for gold in golds)
        predicted += len(free)
        for gold in sorted(golds, key=lambda g: g.optional):
            span = (gold.start, gold.end)
            best = max(range(len(free)), key=lambda i: (_overlap(span, _span(free[i])), -i), default=None)
            if best is None or _overlap(span, _span(free[best])) <= 0:
                if not gold.optional:
                    findings.append(Finding("dates", "missed", file, gold.quote))
                continue
            row = free.pop(best)
            if gold.optional:
                predicted -= 1
                continue
            right = agrees("timex_value", gold, row)
            hits.update(
                {"relaxed": 1, "strict": _span(row) == span, "value": right, "type": agrees("timex_type", gold, row)}
            )
            if not right:
                detail = f"gold {gold.values.get('timex_value')}, got {row['timex_value']}"
                findings.append(Finding("dates", "wrong", file, gold.quote, row.get("rule"), detail, _id("dates", row)))
        findings.extend(_spurious("dates", pairing.gold, row) for row in free)
    names = ("strict", "relaxed", "value", "type")
    return Accuracy({name: figure(hits[name], predicted, gold_rows) for name in names})


def _actors(pairings: Iterable[_Pairing], types: Mapping[str, str], findings: list[Finding]) -> Accuracy:
    total: Counter[str] = Counter()
    for pairing in pairings:
        gold = pairing.gold
        if gold.mentions is None:
            continue
        wanted = {span: actor for span, actor in gold.mentions.items() if not _inside(span, gold.optional_spans)}
        rows = [row for row in pairing.rows if not _inside(_span(row), gold.optional_spans)]
        given = {_span(row): row for row in rows}
        common = Counter((wanted[span], given[span]["actor_id"]) for span in wanted.keys() & given.keys())
        linked = _assign(common)
        typed = {pair: types.get(pair[1]) == gold.actor_types[pair[0]] for pair in linked}
        total.update(
            gold=len(wanted),
            predicted=len(rows),
            exact=common.total(),
            linked=sum(linked.values()),
            assigned=len(linked),
            typed=sum(typed.values()),
            gold_actors=len(set(wanted.values())),
            predicted_actors=len({row["actor_id"] for row in given.values()}),
        )
        findings.extend(_actor_findings(gold, wanted, given, typed, types))
    return Accuracy(
        {
            "mentions": figure(total["exact"], total["predicted"], total["gold"]),
            "linked": figure(total["linked"], total["predicted"], total["gold"]),
            "entities": figure(total["assigned"], total["predicted_actors"], total["gold_actors"]),
        },
        type_accuracy=round(total["typed"] / total["assigned"], 4) if total["assigned"] else None,
    )


def _inside(span: Span, stretches: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in stretches)


def _assign(common: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """One predicted actor to each gold actor, the pairs with most mentions in common first."""
    golds: set[str] = set()
    predicted: set[str] = set()
    assigned = {}
    for (gold, given), count in sorted(common.items(), key=lambda item: (-item[1], item[0])):
        if gold not in golds and given not in predicted:
            golds.add(gold)
            predicted.add(given)
            assigned[gold, given] = count
    return assigned


def _actor_findings(
    gold: GoldArticle,
    wanted: Mapping[Span, str],
    given: Mapping[Span, Row],
    typed: Mapping[tuple[str, str], bool],
    types: Mapping[str, str],
) -> Iterable[Finding]:
    linked = dict(typed.keys())
    for (actor, predicted), right in typed.items():
        if not right:
            detail = f"gold type {gold.actor_types[actor]}, got {types.get(predicted)}"
            yield Finding("actors", "wrong", gold.file, actor, None, detail)
    for span in sorted(wanted.keys() | given.keys()):
        words, wanted_actor, row = gold.text[span[0] : span[1]], wanted.get(span), given.get(span)
        if row is None:
            yield Finding("actors", "missed", gold.file, words, None, str(wanted_actor))
        elif wanted_actor is None:
            yield Finding("actors", "spurious", gold.file, words, row.get("rule"), row["actor_id"], _id("actors", row))
        elif linked.get(wanted_actor) != row["actor_id"]:
            detail = f"gold {wanted_actor}, got {row['actor_id']}"
            yield Finding("actors", "wrong", gold.file, words, row.get("rule"), detail, _id("actors", row))
