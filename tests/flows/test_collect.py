"""Collecting as a flow: what it stores, what it leaves in Prefect, how it ends."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.artifacts import Artifact

from communique.collect.errors import CollectError, SourcesError
from flows.collect import collect
from flows.notifications import WEBHOOK
from tests.collect.server import Site, harbour, replies, running, steel
from tests.flows.webhook import receiving

pytestmark = pytest.mark.usefixtures("prefect_server")

LIMITS = """
[limits]
seconds_between_requests = 0
seconds_before_retry = 0
attempts = 1
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


def listed(raw: Path, *pages: str) -> str:
    """A folder whose sources are these pages."""
    raw.mkdir(exist_ok=True)
    entries = (f'[[page]]\nurl = "{url}"\npublisher = "The Fjord Post"\nlicence = "CC-BY-4.0"\n' for url in pages)
    (raw / "sources.toml").write_text("".join(entries) + LIMITS, encoding="utf-8")
    return str(raw)


def test_what_came_is_stored_and_counted(site: Site, tmp_path: Path) -> None:
    raw = listed(tmp_path / "raw", site.serve("/a", harbour()), site.serve("/b", steel()))
    assert len(collect(raw, allow_private=True).reports) == 2
    assert len(list((tmp_path / "raw").glob("*.html"))) == 2
    rows = json.loads(Artifact.get("collected").data)
    assert [(row["source"], row["new"], row["problems"]) for row in rows] == [
        (site.url("/a"), 1, 0),
        (site.url("/b"), 1, 0),
    ]
    assert json.loads(Artifact.get("uncollected").data) == []
    again = collect(raw, allow_private=True)
    assert [report.taken["unchanged"] for report in again.reports] == [1, 1]


def test_a_source_that_gives_nothing_fails_the_run_and_the_others_are_stored(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    raw = listed(tmp_path / "raw", site.serve("/a", replies("", 410)) + "?token=SWORDFISH", site.serve("/b", steel()))
    with receiving() as receiver, caplog.at_level(logging.DEBUG):
        monkeypatch.setenv(WEBHOOK, receiver.address)
        with pytest.raises(CollectError, match=r"1 of 2 sources gave nothing: .*/a\?…: is gone for good \(410\); see"):
            collect(raw, allow_private=True)
        (message,) = receiver.texts
    assert "is gone for good (410)" in message
    assert len(list((tmp_path / "raw").glob("*.html"))) == 1
    (problem,) = json.loads(Artifact.get("uncollected").data)
    assert problem["problem"] == "is gone for good (410)"
    assert "SWORDFISH" not in caplog.text + str(problem) + message


def test_sources_that_cannot_be_used_are_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"sources\.toml: does not exist; write one"):
        collect(str(tmp_path / "raw"))
