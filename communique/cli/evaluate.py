"""`communique evaluate`: precision, recall and F1 on annotated articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import console
from communique.cli.options import Json, Texts, open_named

if TYPE_CHECKING:
    from communique.quality.evaluation import Evaluation, Finding
    from communique.releases.rows import Rows

EVALUATED = ("articles", "aid_commitments", "tariffs", "dates", "actors", "actor_mentions", "recommendations")


def evaluate(
    texts: Texts,
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", exists=True, file_okay=False, help="Gold annotations (*.json).")
    ],
    release: Annotated[
        str | None,
        typer.Argument(
            metavar="[RELEASE]", help="A release or a folder of extracted tables; without it the texts are extracted."
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every missed, spurious and wrong row by rule.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Compare tables with gold annotations: precision, recall and F1 per table, accuracy per column.

    Examples:

        communique evaluate --texts raw --gold tests/gold processed/0.1.0

        communique evaluate --texts articles --gold articles --errors
    """
    from communique.quality import evaluation
    from communique.quality.gold import gold_files, load_gold

    wanted = {data["article"]["file"] for data in gold_files(gold).values()}
    golds, absent = load_gold(gold, _texts(texts, wanted))
    if absent:
        console.fail(f"{texts / absent[0]}: gold names this text, which is not there", console.WRONG_USAGE)
    with _tables(texts, release) as tables:
        result = evaluation.evaluate(tables, golds)
    if as_json:
        findings = [_finding(found) for found in result.findings] if errors else None
        console.say_json(result.as_dict() | ({"errors": findings} if errors else {}))
        return
    if errors:
        _say_errors(result)
    _say_figures(result)


def _texts(folder: Path, names: set[str]) -> dict[str, str]:
    """The texts by file name: as ingested, or where a file was rejected, as it can be read."""
    from communique.articles.ingest import ingest
    from communique.articles.model import Article

    articles = (article for article in ingest(folder) if isinstance(article, Article))
    found = {article.source_file: article.text for article in articles if article.source_file in names}
    for name in names - found.keys():
        if (folder / name).is_file():
            found[name] = (folder / name).read_text(encoding="utf-8", errors="replace")
    return found


@contextmanager
def _tables(texts: Path, release: str | None) -> Iterator[Mapping[str, Rows]]:
    from communique.pipeline import extract_folder
    from communique.releases.rows import FileRows, rows_of

    if release is None:
        with TemporaryDirectory() as folder:
            yield extract_folder(texts, Path(folder)).tables
    elif (articles := Path(release) / "articles.parquet").is_file():
        paths = {name: articles.with_name(f"{name}.parquet") for name in EVALUATED}
        yield {name: FileRows(path, str(path)) for name, path in paths.items()}
    else:
        found = open_named(release)
        yield rows_of({name: found.frame(name) for name in EVALUATED})


def _say_figures(result: Evaluation) -> None:
    if result.not_ingested:
        console.note(f"not ingested ({len(result.not_ingested)}): {', '.join(result.not_ingested)}")
    rows = [
        (table, measure, figure.precision, figure.recall, figure.f1, figure.predicted, figure.gold)
        for table, accuracy in result.tables.items()
        for measure, figure in accuracy.measures.items()
    ]
    console.say_table(("table", "measure", "P", "R", "F1", "rows", "gold"), rows)
    for table, accuracy in result.tables.items():
        if accuracy.fields:
            shares = ", ".join(f"{c} {'-' if v is None else format(v, '.2f')}" for c, v in accuracy.fields.items())
            console.say(f"{table} columns: {shares}")
        if accuracy.type_accuracy is not None:
            console.say(f"{table} type: {accuracy.type_accuracy:.2f}")


def _say_errors(result: Evaluation) -> None:
    for (table, kind, rule), findings in _by_rule(result):
        console.say(f"{table}: {kind}{f' by rule {rule}' if rule else ''} ({len(findings)})")
        for found in findings:
            detail = f" | {found.detail}" if found.detail else ""
            console.say(f"  {found.file}: {' '.join(found.words.split())!r}{detail}")
        console.say("")


def _by_rule(result: Evaluation) -> Iterator[tuple[tuple[str, str, str], list[Finding]]]:
    groups: defaultdict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for found in result.findings:
        groups[found.table, found.kind, found.rule or ""].append(found)
    tables = list(result.tables)
    yield from sorted(groups.items(), key=lambda group: (tables.index(group[0][0]), group[0][1], -len(group[1])))


def _finding(found: Finding) -> dict[str, str | None]:
    return {
        "table": found.table,
        "kind": found.kind,
        "rule": found.rule,
        "file": found.file,
        "words": found.words,
        "detail": found.detail,
    }
