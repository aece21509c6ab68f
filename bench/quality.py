"""The frozen figures of the annotated articles, and the page that shows them.

    python -m bench.quality

writes `bench/quality.json` and the generated part of `docs/accuracy.md`.  A test compares both with what the engine
gives, so that a change that loses ground is seen when it is reviewed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "bench" / "quality.json"
PAGE = ROOT / "docs" / "accuracy.md"
REFRESH = "run `python -m bench.quality` and commit what it writes"

BEGIN, END = "<!-- figures of bench/quality.json: begin -->", "<!-- figures of bench/quality.json: end -->"

MEASURES = {
    "found": "rows found",
    "key": "rows with every key column right",
    "strict": "same words",
    "relaxed": "overlapping words",
    "value": "overlapping words, right value",
    "type": "overlapping words, right type",
    "mentions": "mentions",
    "linked": "mentions of the right actor",
    "entities": "actors",
}


def figures() -> dict[str, Any]:
    """What the engine gives on the articles of `raw/` that are annotated in `tests/gold/`."""
    from communique.pipeline import extract_folder

    gold = ROOT / "tests" / "gold"
    with TemporaryDirectory() as out:
        result = extract_folder(ROOT / "raw", Path(out), gold).material(gold).evaluation
    if result is None:
        raise SystemExit("no article of raw/ is annotated in tests/gold/")
    return result.as_dict()


def frozen(content: Mapping[str, Any]) -> str:
    """The text of `bench/quality.json`."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def with_figures(page: str, content: Mapping[str, Any]) -> str:
    """The page with its generated part made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not rest or END not in rest:
        raise ValueError(f"the page has no part between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables(content)}\n\n{END}{after}"


def tables(content: Mapping[str, Any]) -> str:
    """Measures by table, then the accuracy of the columns of the rows that were found."""
    return "\n".join((*_measures(content), "", *_columns(content)))


def _by_table(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, part) for name, part in content.items() if isinstance(part, dict))


def _measures(content: Mapping[str, Any]) -> Iterator[str]:
    yield f"Over {content['articles']} articles:"
    yield ""
    yield "| table | measure | precision | recall | F1 | rows | gold |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for table, part in _by_table(content):
        for name, words in MEASURES.items():
            if name in part:
                f = part[name]
                shares = f"{f['p']:.3f} | {f['r']:.3f} | {f['f1']:.3f}"
                yield f"| `{table}` | {words} | {shares} | {f['pred']} | {f['gold']} |"


def _columns(content: Mapping[str, Any]) -> Iterator[str]:
    yield "Of the rows found, how many are right in a column:"
    yield ""
    yield "| table | column | share |"
    yield "|---|---|---:|"
    for table, part in _by_table(content):
        for column, share in part.get("fields", {}).items():
            yield f"| `{table}` | `{column}` | {'–' if share is None else format(share, '.3f')} |"
        if "type_accuracy" in part:
            yield f"| `{table}` | `type` | {part['type_accuracy']:.3f} |"


def main() -> None:
    content = figures()
    FROZEN.write_text(frozen(content), encoding="utf-8")
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), content), encoding="utf-8")


if __name__ == "__main__":
    main()
