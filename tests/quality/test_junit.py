"""`junit.xml`: the form, the counts, and one test for each check."""

import json
from pathlib import Path

import pytest
from lxml import etree

from communique.quality.junit import render_junit

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


@pytest.fixture(scope="module")
def report(project):
    return json.loads((project / "processed/0.2.0/quality.json").read_text(encoding="utf-8"))


def test_the_form(report):
    SCHEMA.assertValid(etree.fromstring(render_junit(report)))


def test_a_test_for_each_check_and_counts_that_add_up(report):
    suites = etree.fromstring(render_junit(report))
    names = [case.get("name") for case in suites.iter("testcase")]
    assert sorted(names) == sorted(result["id"] for result in report["checks"]["results"])
    for kind, outcome in (("failures", "failed"), ("skipped", "n/a")):
        numbers = {suite.get("name"): int(suite.get(kind)) for suite in suites}
        assert numbers == {row["level"]: row[outcome] for row in report["checks"]["summary"]}
        assert int(suites.get(kind)) == sum(numbers.values())


def test_failures_and_warnings(report):
    results = [dict(result) for result in report["checks"]["results"]]
    fell = {"failed": 1, "applied": 4, "detail": "", "remedy": "mend it"}
    results[0] |= {"outcome": "failed", "examples": [{"row_id": "aid-1", "detail": "status 'x'"}], **fell}
    results[1] |= {"outcome": "warned", "examples": [{"row_id": None, "detail": "null"}], **fell}
    suites = etree.fromstring(render_junit(report | {"checks": {"results": results}}))
    SCHEMA.assertValid(suites)
    first, second, *_ = suites.iter("testcase")
    assert first.find("failure").get("message") == results[0]["description"]
    assert first.find("failure").text == "1 of 4 fell short\naid-1: status 'x'\nremedy: mend it"
    assert second.find("failure") is None
    assert second.find("system-out").text.startswith("warning: ")


def test_the_same_bytes_again_and_no_time(report):
    assert render_junit(report) == render_junit(json.loads(json.dumps(report)))
    assert b"timestamp" not in render_junit(report)
    assert b"hostname" not in render_junit(report)
