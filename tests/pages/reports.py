"""The content of a quality report of our own, of a release that passes, and of one that falls short."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from schemas.tables import DATA_TABLES

FIGURE = {"p": 1.0, "r": 0.5, "f1": 0.6667, "pred": 1, "gold": 2, "previous": 0.8, "change": -0.1333}
FACTS = {"found": FIGURE, "key": FIGURE, "fields": {"status": 0.5}, "previous_fields": {"status": 0.75}}


def check(name: str, outcome: str = "passed", **more: Any) -> dict[str, Any]:
    """The result of a check of tariffs."""
    fell_short = outcome in ("failed", "warned")
    return {
        "id": f"tariffs.{name}",
        "level": "row",
        "severity": "warning" if outcome == "warned" else "error",
        "outcome": outcome,
        "table": "tariffs",
        "description": "`rate_percent` is at least 0.",
        "covers": ["tariffs.rate_percent"],
        "applied": 2,
        "failed": int(fell_short),
        "detail": "",
        "examples": [{"row_id": "tariff-000000000001", "detail": "it is -4"}] if fell_short else [],
        "remedy": "Mend the rule that made the row." if fell_short else None,
    } | more


def passing() -> dict[str, Any]:
    """The second release, in which a tariff was added."""
    results = [check("rate"), check("upper", "n/a", applied=0)]
    return {
        "format": 2,
        "dataset": "communique",
        "version": "0.2.0",
        "previous": "0.1.0",
        "verdict": "passed",
        "changes": {
            "bump": "minor",
            "reasons": [{"bump": "minor", "what": "1 article added"}],
            "rows": [
                {"table": name, "added": int(name == "tariffs"), "removed": 0, "changed": 0, "rekeyed": 0}
                for name in DATA_TABLES
            ],
        },
        "tables": [
            {"table": name, "extracted": 2, "published": 2, "quarantined": 0, "added": 0, "dropped": 0, "previous": 1}
            for name in DATA_TABLES
        ],
        "checks": {
            "summary": [
                {"level": level, "passed": int(level == "row"), "failed": 0, "warned": 0, "n/a": int(level == "row")}
                for level in ("field", "row", "table", "release")
            ],
            "results": results,
        },
        "coverage": {
            "articles_without_rows": {"tariffs": ["harbour"], "dates": []},
            "likely_misses": [
                {
                    "table": "tariffs",
                    "article_id": "harbour",
                    "sentence": "Duties were high.",
                    "char_start": 7,
                    "char_end": 13,
                    "cue": "Duties",
                }
            ],
            "likely_misses_total": [{"table": "tariffs", "with_cue": 3, "without_row": 1}],
            "null_shares": [{"table": "tariffs", "column": "speaker", "share": 0.25, "previous": None}],
        },
        "drift": [
            {
                "measure": "rows_kept",
                "table": "tariffs",
                "column": None,
                "value": 2.0,
                "before": 1.0,
                "change": 2.0,
                "basis": 2,
                "bound": {"name": "rows_kept", "kind": "minimum", "limit": 0.7},
                "outcome": "passed",
            }
        ],
        "accuracy": {
            "status": "measured",
            "compared_with": "0.1.0",
            "articles": 2,
            "not_ingested": [],
            **dict.fromkeys(("aid_commitments", "tariffs", "recommendations"), FACTS),
            "dates": dict.fromkeys(("strict", "relaxed", "value", "type"), FIGURE),
            "actors": dict.fromkeys(("mentions", "linked", "entities"), FIGURE) | {"type_accuracy": 0.9},
        },
        "accepted": [],
        "corrections": [],
        "rejected": [],
        "quarantined": [],
    }


def failing(words: str = "the words of a file") -> dict[str, Any]:
    """The same release with everything that can go wrong; `words` stand wherever a file has a say."""
    report = deepcopy(passing())
    report["verdict"] = "failed"
    example = [{"row_id": "tariff-000000000001", "detail": words}, {"row_id": None, "detail": words}]
    report["checks"]["results"] += [
        check("lost", "failed", level="release", examples=example, remedy=words, detail=words),
        check("odd", "warned", description=words, examples=example),
    ]
    report["rejected"] = [
        {"source_file": words, "sha256": None, "reason": "empty", "detail": words, "remedy": "Put words into it."}
    ]
    report["quarantined"] = [{"table": "tariffs", "row": words, "check": "tariffs.rate", "reason": words}]
    report["corrections"] = [correction(words)]
    report["accepted"] = [{"check": "tariffs.rows_kept", "after": "0.1.0", "reason": words, "author": words}]
    report["coverage"]["likely_misses"][0]["sentence"] = words
    report["changes"]["reasons"][0]["what"] = words
    return report


def correction(words: str) -> Mapping[str, Any]:
    return {
        "entry": "1",
        "action": "set",
        "table": "tariffs",
        "id": "tariff-000000000001",
        "replaces": None,
        "article_id": "steel",
        "reason": words,
        "author": words,
        "before": {"product": words},
        "after": {"product": "steel"},
        "rows": 1,
    }
