"""A command that is told to end ends at once, publishes nothing and leaves no process; so does one that serves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from bench.corpus import write_corpus
from bench.site import Site, free_port, kill, processes, until
from tests.conftest import STEEL, write_articles
from tests.prefect_database import copied

LARGE = 4_000_000
"""Bytes of articles that keep a run at work for many seconds."""

PROMPTLY = 30.0
"""Seconds within which everything has ended, on a machine that is busy with other tests."""


@pytest.fixture
def site(tmp_path, prefect_database):
    """A place without a server."""
    copied(prefect_database, tmp_path / "home")
    with Site(tmp_path).in_use() as site:
        site.more = {"PREFECT_API_URL": ""}
        yield site


@contextmanager
def command(site, *arguments):
    """A command at work, with what it says in files."""
    with (site.folder / "out").open("wb") as out, (site.folder / "err").open("wb") as err:
        environment = {name: value for name, value in site.environment.items() if name != "PREFECT_API_URL"}
        started = subprocess.Popen(
            [sys.executable, "-c", "from communique.cli import main; main()", *arguments],
            env=environment, cwd=site.folder, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def events(site):
    """What the command logged as lines of JSON."""
    lines = (site.folder / "err").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def terminated(site, process):
    """End a process; its exit code, once all others of the site have ended too."""
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    code = process.wait(PROMPTLY)
    until("the end of its processes", lambda: not site.processes(), patience=PROMPTLY)
    assert time.monotonic() - began < PROMPTLY
    return code


def test_a_release_that_is_terminated(site):
    write_corpus(site.folder / "raw", LARGE)
    with command(site, "release", "--log-format", "json") as process:
        until("the run at work", lambda: any("Beginning flow run" in event["message"] for event in events(site)))
        time.sleep(3)
        assert process.poll() is None
        assert terminated(site, process) == 128 + signal.SIGTERM
    assert not (site.processed / "index.json").exists()
    assert not [path for path in site.folder.iterdir() if path.name.startswith("processed")]
    assert "Traceback" not in (site.folder / "err").read_text(encoding="utf-8")


def test_one_that_serves_runs_when_due_and_ends_with_all_its_processes(site):
    write_articles(site.folder / "raw", steel=STEEL)
    with command(
        site, "serve", "--cron", "* * * * * */15", "--port", str(free_port()), "--log-format", "json"
    ) as process:
        until("the release", (site.processed / "index.json").exists)
        write_corpus(site.folder / "more", LARGE)
        for path in (site.folder / "more").iterdir():
            path.rename(site.folder / "raw" / path.name)
        began = len([event for event in events(site) if "Beginning flow run" in event["message"]])
        until(
            "the next run",
            lambda: len([event for event in events(site) if "Beginning flow run" in event["message"]]) > began,
        )
        time.sleep(2)
        terminated(site, process)
    assert json.loads((site.processed / "index.json").read_text())["latest"] == "0.1.0"
    stages = {event["stage"]: event for event in events(site) if event["event"] == "stage"}
    assert {"extract", "publish"} <= set(stages)
    assert {"time", "level", "event", "run", "stage", "counts", "seconds"} <= set(stages["publish"])


@pytest.mark.long
def test_a_server_that_dies_is_started_again_and_the_schedule_goes_on_after_a_stop(site):
    (site.folder / "raw").mkdir()
    site.more |= {"PREFECT_RUNNER_POLL_FREQUENCY": "100"}  # after three polls in vain the command would end
    with command(site, "serve", "--port", str(site.port)) as process:
        until("the schedule", lambda: not is_paused(site))
        time.sleep(2)
        first = servers(site)
        kill(first)
        second = until("another server", lambda: servers(site) - first)
        assert site.get("health") is True
        assert process.poll() is None
        terminated(site, process)
    assert not processes(site.folder / "home").keys() & second
    with command(site, "serve", "--port", str(site.port)) as process:
        until("the schedule", lambda: not is_paused(site))
        terminated(site, process)


def is_paused(site):
    """Whether the deployment that is served is paused, once there is one."""
    found = until("the deployment", lambda: site.post("deployments/filter"))
    return found[0]["paused"]


def servers(site):
    return {pid for pid, command in site.processes().items() if "create_app" in command}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [(("--cron", "0 25 * * *"), "Invalid cron string"), (("--timezone", "Mars/Base"), "Invalid timezone")],
)
def test_a_schedule_that_is_none_is_refused_in_one_line(site, arguments, complaint):
    (site.folder / "raw").mkdir()
    with command(site, "serve", *arguments) as process:
        assert process.wait(120) == 2
    (line,) = (site.folder / "err").read_text(encoding="utf-8").splitlines()
    assert line.startswith("communique: Invalid value for --cron: ")
    assert complaint in line
