import json

import polars as pl
import pytest

from communique.quality.checks import Check, Example, Level, Severity
from communique.quality.markdown import plain, render_markdown
from communique.quality.report import FAILED, PASSED, WARNED, quality_report
from communique.releases.rows import rows_of
from schemas.tables import TABLES

CHANGES = {"from": None, "bump": "first", "reasons": [{"bump": "minor", "what": "the first release"}]}

PASSING = Check("dates.text.filled", "`text` is never null.", Level.FIELD, table="dates").result(5, 0)
WARNING = Check("tariffs.rate", "Odd rates.", Level.ROW, Severity.WARNING, "tariffs").result(
    5, 1, [Example("tariff-1", "rate_percent 3,521")]
)
QUARANTINING = Check("tariffs.status", "Known status.", Level.FIELD, table="tariffs").result(5, 1)
STOPPING = Check("tariffs.conserved", "No row lost.", Level.RELEASE, table="tariffs").result(5, 1, detail="5 in, 4 out")
IDLE = Check("aid_commitments.amount", "Above 0.", Level.FIELD, table="aid_commitments").result(0, 0)


def tables(**rows):
    frames = {name: table.empty() for name, table in TABLES.items()}
    for name, values in rows.items():
        frames[name] = pl.DataFrame([values], schema=TABLES[name].dtypes)
    return frames


def report(*checks, frames=None, changes=CHANGES, accuracy=None):
    return quality_report(
        version="0.1.0",
        tables=rows_of(frames or tables()),
        extracted={"dates": 5},
        checks=checks,
        accuracy=accuracy,
        changes=changes,
    )


REJECTED = {"source_file": "a.txt", "sha256": None, "reason": "empty", "detail": "0 bytes", "remedy": "fill it"}
QUARANTINED = {"table": "dates", "row": '{"a": 1}', "check": "dates.text.filled", "reason": "It is null."}


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([PASSING, IDLE], PASSED),
        ([PASSING, WARNING], WARNED),
        ([PASSING, QUARANTINING], WARNED),
        ([WARNING, STOPPING], FAILED),
    ],
)
def test_the_verdict_is_the_worst_of_all_checks(checks, verdict):
    content = report(*checks)
    assert content["verdict"] == verdict
    assert render_markdown(content).startswith(f"# communique 0.1.0: {verdict}\n")


@pytest.mark.parametrize("aside", [{"rejected": REJECTED}, {"quarantine": QUARANTINED}])
def test_what_was_set_aside_is_no_plain_pass(aside):
    assert report(PASSING, frames=tables(**aside))["verdict"] == WARNED


def test_a_check_of_nothing_is_not_a_pass():
    (field, *_) = report(PASSING, IDLE)["checks"]["summary"]
    assert field == {"level": "field", "passed": 1, "failed": 0, "warned": 0, "n/a": 1}


def test_counts_per_table():
    content = report(frames=tables(quarantine=QUARANTINED))
    counts = {row["table"]: row for row in content["tables"]}
    none = {"added": 0, "dropped": 0, "previous": None}
    assert counts["dates"] == {"table": "dates", "extracted": 5, "published": 0, "quarantined": 1} | none
    assert "quarantine" not in counts


def test_failures_and_everything_set_aside_are_spelled_out():
    page = render_markdown(report(WARNING, frames=tables(rejected=REJECTED, quarantine=QUARANTINED)))
    assert "- **tariffs.rate** (1 of 5): Odd rates." in page
    assert "  - `tariff-1`: rate\\_percent 3,521" in page
    assert "| a.txt | empty | 0 bytes | fill it |" in page
    assert '| dates | dates.text.filled | It is null. | {"a": 1} |' in page


def test_accuracy_is_not_applicable_without_gold():
    content = report()
    assert content["accuracy"]["status"] == "n/a"
    assert "n/a: none of the gold articles is in this release" in render_markdown(content)


def test_the_page_says_what_changed():
    changes = {"from": "0.1.0", "bump": "minor", "reasons": [{"bump": "minor", "what": "1 article added"}]}
    assert "Compared with 0.1.0: minor change (1 article added)." in render_markdown(report(changes=changes))
    same = {"from": "0.1.0", "bump": "none", "reasons": []}
    assert "Nothing changed since 0.1.0." in render_markdown(report(changes=same))


def test_hostile_words_stay_words():
    hostile = REJECTED | {"source_file": "a|b\n# c <script>`d`\x1b[31m.txt"}
    page = render_markdown(report(frames=tables(rejected=hostile)))
    line = next(line for line in page.splitlines() if "script" in line)
    assert line.startswith("| a\\|b \\# c &lt;script&gt;\\`d\\` \\[31m.txt |")
    assert "\x1b" not in page
    assert plain(None) == "–"


def test_the_content_is_json_and_always_the_same():
    first, second = (json.dumps(report(PASSING, frames=tables(rejected=REJECTED))) for _ in range(2))
    assert first == second
