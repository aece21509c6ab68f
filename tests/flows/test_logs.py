"""What is logged, and how far a run is said to be."""

import json
import logging
import subprocess
import sys

import pytest
from prefect import flow

from bench.site import ROOT
from communique.extraction_run import Progress
from communique.stages import Stage
from flows import logs
from flows.lines import JsonLines

SCRIPT = """
from communique.cli import settings
settings.set_up("json")
import logging
from prefect import flow
log = logging.getLogger("prefect")
log.info("first")
logging.getLogger("elsewhere").warning("second")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("third")
"""


def test_every_line_is_json_from_the_first_on(tmp_path):
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    first, second, third = map(json.loads, done.stderr.splitlines())
    assert {"time", "level", "event", "run", "message", "logger"} <= set(first)
    assert (first["level"], first["event"], first["message"]) == ("info", "log", "first")
    assert (second["level"], second["logger"]) == ("warning", "elsewhere")
    assert "ZeroDivisionError" in third["exception"]


@pytest.mark.usefixtures("prefect_server")
def test_a_stage_is_an_event_with_its_counts_and_seconds(caplog):
    @flow(name="says")
    def says():
        logs.note_stage(Stage("extract", 1.23456, {"articles": 7}))

    caplog.set_level(logging.INFO, logger="prefect.flow_runs")
    says()
    (record,) = [record for record in caplog.records if getattr(record, "event", "") == "stage"]
    line = json.loads(JsonLines().format(record))
    assert (line["stage"], line["counts"], line["seconds"]) == ("extract", {"articles": 7}, 1.235)
    assert line["run"] is not None
    assert line["message"] == "extract 1.2 s (7 articles)"


def test_progress_is_told_to_all_who_listen_and_logged_now_and_then(monkeypatch):
    now, heard, said = [0.0], [], []
    monkeypatch.setattr(logs, "say", lambda event, message, **fields: said.append((event, message, fields)))
    with logs.listening(heard.append):
        tell = logs.note_progress(clock=lambda: now[0])
        for second in range(25):
            now[0] = float(second)
            tell(Progress(100, done=second, articles=second, words=1000 * second))
    tell(Progress(100, done=100))
    assert [progress.done for progress in heard] == list(range(25))
    assert [message for _, message, _ in said] == [
        "10 of 100 batches, 10 articles, 1,000 words/s",
        "20 of 100 batches, 20 articles, 1,000 words/s",
    ]
    assert said[0][2]["counts"] == {"done": 10, "batches": 100, "articles": 10, "words": 10_000}
