"""`junit.xml`: the checks as tests, in the form that CI servers read.

A suite for each level, a test for each check: the table is its class, the check its name.  A failed check is a failure,
a warning a test that passes and says so in its output, a check that does not apply is skipped.  There is no time in it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import Any

_SKIPPED = "does not apply: there is nothing to check"


def render_junit(report: Mapping[str, Any]) -> bytes:
    """The file from the content of `quality.json`."""
    results = report["checks"]["results"]
    suites = ET.Element("testsuites", _counts(f"{report['dataset']} {report['version']}", results))
    for level in dict.fromkeys(result["level"] for result in results):
        mine = [result for result in results if result["level"] == level]
        suite = ET.SubElement(suites, "testsuite", _counts(level, mine))
        for result in mine:
            _add(suite, report["dataset"], result)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'.encode()


def _counts(name: str, results: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    outcomes = [result["outcome"] for result in results]
    counts = {
        "tests": len(outcomes),
        "failures": outcomes.count("failed"),
        "errors": 0,
        "skipped": outcomes.count("n/a"),
    }
    return {"name": valid(name)} | {key: str(number) for key, number in counts.items()}


def _add(suite: ET.Element, dataset: str, result: Mapping[str, Any]) -> None:
    place = f"{dataset}.{result['table'] or 'release'}"
    test = ET.SubElement(suite, "testcase", {"classname": valid(place), "name": valid(result["id"]), "time": "0"})
    if result["outcome"] == "failed":
        failure = ET.SubElement(test, "failure", {"message": valid(result["description"]), "type": result["severity"]})
        failure.text = valid(_words(result))
    elif result["outcome"] == "warned":
        ET.SubElement(test, "system-out").text = valid(f"warning: {result['description']}\n{_words(result)}")
    elif result["outcome"] == "n/a":
        ET.SubElement(test, "skipped", {"message": valid(result["detail"] or _SKIPPED)})


def _words(result: Mapping[str, Any]) -> str:
    lines = [f"{result['failed']} of {result['applied']} fell short", result["detail"]]
    lines += [": ".join(part for part in example.values() if part) for example in result["examples"]]
    return "\n".join(line for line in (*lines, f"remedy: {result['remedy']}") if line)


def valid(text: str) -> str:
    """The text without what XML cannot hold and without what could drive a terminal that shows it."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
