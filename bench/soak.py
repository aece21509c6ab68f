"""Scheduled runs in a row on a real server, with articles arriving in between and faults in the midst of runs.

    python -m bench.soak [--runs 50] [--seed 0] [--folder DIR] [--json]

After every run all published releases have to be whole, the latest valid, and no process left but the server and the
worker; at the end the latest release has to have every article that came.  Ends with 1 where one of these fails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from bench.corpus import articles
from bench.site import Site, kill, until
from communique.releases.index import Index
from communique.releases.local import LocalStore
from communique.releases.storage import digests, release_digest

ARRIVING = 3
"""Articles that come between two runs."""

SMALL_FILES = 150_000
"""Bytes that a file may have on a disk that is full."""

PARTS = ("releases", "cache", "database", "other", "logs")


@dataclass(frozen=True, slots=True)
class Run:
    """A run: the fault in it, how it ended, the release after it, and the disk in use by part, in bytes."""

    number: int
    fault: str
    state: str
    seconds: float
    release: str | None
    articles: int
    disk: dict[str, int]
    violations: tuple[str, ...]


@dataclass
class Soak:
    """A site at work with its worker and server, which faults may end and start anew."""

    site: Site
    stack: ExitStack
    seed: int
    coming: Iterator[str] = field(init=False)
    valid: set[str] = field(default_factory=set)
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    deployment: str = ""

    def __post_init__(self) -> None:
        self.coming = articles(sys.maxsize, self.seed)
        self.chance = random.Random(self.seed)

    @property
    def raw(self) -> Path:
        return self.site.folder / "raw"

    def begin(self) -> None:
        """Start server and worker, and deploy."""
        self.raw.mkdir(parents=True)
        self.start_server()
        self.start_worker()
        self.deployment = self.site.deploy()

    def start_server(self) -> None:
        self.server = self.stack.enter_context(self.site.serving())

    def start_worker(self) -> None:
        self.worker = self.stack.enter_context(self.site.working())

    def arrive(self) -> None:
        """Let some articles come."""
        for _ in range(ARRIVING):
            name = f"article-{len(self.valid):05}.txt"
            (self.raw / name).write_text(next(self.coming), encoding="utf-8")
            self.valid.add(name)

    def due(self) -> str:
        """Have a run scheduled for the next seconds; its id."""
        known = {run["id"] for run in self._scheduled()}
        while True:
            soon = datetime.now(UTC) + timedelta(seconds=4)
            self.site.schedule(self.deployment, rrule=f"DTSTART:{soon:%Y%m%dT%H%M%SZ}\nRRULE:FREQ=DAILY;COUNT=1")
            end = time.monotonic() + 20
            while time.monotonic() < end:
                if new := [run["id"] for run in self._scheduled() if run["id"] not in known]:
                    return str(new[0])
                time.sleep(0.2)

    def _scheduled(self) -> list[dict[str, Any]]:
        which = {"deployment_id": {"any_": [self.deployment]}}
        return list(self.site.post("flow_runs/filter", flow_runs=which, sort="EXPECTED_START_TIME_DESC", limit=20))

    def at_work(self, run: str) -> list[int]:
        """The processes of a run, when it is some way into its work."""
        pids = until("the run at work", lambda: self.site.is_running(run) and self.site.at_work())
        time.sleep(self.chance.uniform(0, 6))
        return list(pids)


@contextmanager
def _nothing(_soak: Soak) -> Iterator[Callable[[str], None]]:
    yield lambda _run: None


@contextmanager
def _run_killed(soak: Soak) -> Iterator[Callable[[str], None]]:
    yield lambda run: kill(soak.at_work(run))


@contextmanager
def _run_terminated(soak: Soak) -> Iterator[Callable[[str], None]]:
    def terminate(run: str) -> None:
        for pid in soak.at_work(run):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    yield terminate


@contextmanager
def _all_killed(soak: Soak) -> Iterator[Callable[[str], None]]:
    """The worker and its run, as when the machine loses power; the next run waits some five minutes for their lease."""

    def fail(run: str) -> None:
        pids = soak.at_work(run)
        assert soak.worker
        soak.worker.kill()
        soak.worker.wait()
        kill(pids)
        soak.start_worker()

    yield fail


@contextmanager
def _server_restarted(soak: Soak) -> Iterator[Callable[[str], None]]:
    def restart(run: str) -> None:
        soak.at_work(run)
        assert soak.server
        soak.server.send_signal(signal.SIGKILL)
        soak.server.wait()
        kill(pid for pid, command in soak.site.processes().items() if "create_app" in command)
        time.sleep(soak.chance.uniform(0, 3))
        soak.start_server()

    yield restart


@contextmanager
def _poisoned(soak: Soak) -> Iterator[Callable[[str], None]]:
    """Files that are no article, which stay."""
    count = len(list(soak.raw.glob("poison-*")))
    (soak.raw / f"poison-{count}.txt").write_bytes(os.urandom(5000))
    (soak.raw / f"poison-{count + 1}.html").write_text("<html><title>nothing", encoding="utf-8")
    yield lambda _run: None


@contextmanager
def _broken_catalogue(soak: Soak) -> Iterator[Callable[[str], None]]:
    catalogue = soak.raw / "catalogue.toml"
    catalogue.write_text("[[article", encoding="utf-8")
    try:
        yield lambda _run: None
    finally:
        catalogue.unlink()


@contextmanager
def _disk_full(soak: Soak) -> Iterator[Callable[[str], None]]:
    def limit(run: str) -> None:
        for pid in until("the run at work", lambda: soak.site.is_running(run) and soak.site.at_work()):
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL_FILES, SMALL_FILES))

    yield limit


FAULTS = {
    "none": _nothing,
    "run killed": _run_killed,
    "server restarted": _server_restarted,
    "poisoned files": _poisoned,
    "catalogue broken": _broken_catalogue,
    "disk full": _disk_full,
    "run terminated": _run_terminated,
    "worker and run killed": _all_killed,
}
"""What happens to a run, in the order of the runs, again and again; the last run has none."""

MUST_COMPLETE = {"none", "poisoned files"}


def soak(site: Site, runs: int, seed: int) -> Iterator[Run]:
    """Runs in a row, each when it has been looked at."""
    with ExitStack() as stack:
        state = Soak(site, stack, seed)
        stack.enter_context(site.in_use())
        state.begin()
        for number in range(1, runs + 1):
            fault = list(FAULTS)[(number - 1) % len(FAULTS)] if number < runs else "none"
            yield _one(state, number, fault, is_last=number == runs)


def _one(state: Soak, number: int, fault: str, *, is_last: bool) -> Run:
    state.arrive()
    began = time.monotonic()
    with FAULTS[fault](state) as happen:
        run = state.due()
        happen(run)
        killed = fault == "worker and run killed"
        ended = state.site.state(run) if killed else state.site.ended(run)
    violations = list(_violations(state, fault, ended, is_last))
    index = LocalStore(state.site.processed).index()
    return Run(
        number,
        fault,
        str(ended.get("type", "")).lower(),
        round(time.monotonic() - began, 1),
        index.latest,
        _count(state.site.processed, index),
        _disk(state.site),
        tuple(violations),
    )


def _violations(state: Soak, fault: str, ended: dict[str, Any], is_last: bool) -> Iterator[str]:
    if fault in MUST_COMPLETE and ended.get("type") != "COMPLETED":
        yield f"the run ended {ended.get('type')}: {ended.get('message')}"
    if fault == "catalogue broken" and ended.get("type") != "FAILED":
        yield f"the run ended {ended.get('type')} with a broken catalogue"
    store = LocalStore(state.site.processed)
    index = store.index()
    for entry in index.versions:
        if release_digest(digests(store.files(entry.version))) != entry.digest:
            yield f"release {entry.version} is not whole"
    if index.latest:
        command = [sys.executable, "-c", "from communique.cli import main; main()", "validate", "processed"]
        done = subprocess.run(
            command, env=state.site.environment, cwd=state.site.folder, capture_output=True, text=True
        )
        if done.returncode != 0:
            yield f"release {index.latest} is not valid: {done.stderr.strip() or done.stdout.strip()[-300:]}"
    try:
        until("the end of the processes", lambda: not state.site.at_work(), patience=30)
    except AssertionError:
        yield f"processes are left: {[state.site.processes()[pid] for pid in state.site.at_work()]}"
    if is_last and index.latest:
        published = pl.read_parquet(state.site.processed / index.latest / "articles*.parquet")["source_file"]
        if missing := state.valid - set(published):
            yield f"{len(missing)} articles are lost, such as {sorted(missing)[0]}"
    if is_last and not index.latest:
        yield "nothing was published"


def _count(processed: Path, index: Index) -> int:
    if index.latest is None:
        return 0
    return pl.scan_parquet(processed / index.latest / "articles*.parquet").select(pl.len()).collect().item()


def _disk(site: Site) -> dict[str, int]:
    """Bytes by part: releases, the cache of extractions, Prefect's database, what else Prefect keeps, logs."""
    found = dict.fromkeys(PARTS, 0)
    for path in site.folder.rglob("*"):
        with suppress(OSError):
            if path.is_file():
                found[_part(path.relative_to(site.folder))] += path.stat().st_size
    return found


def _part(path: Path) -> str:
    if path.suffix == ".log":
        return "logs"
    if path.name.startswith("prefect.db"):
        return "database"
    return {"processed": "releases", "cache": "cache", ".communique": "cache", "home": "other"}.get(
        path.parts[0], "other"
    )


def _say(run: Run) -> None:
    parts = "".join(f"{run.disk[part] / 1e6:>10.1f}" for part in PARTS)
    print(
        f"{run.number:>4} {run.fault:<22} {run.state:<10} {run.seconds:>7.1f} {run.release or '-':>8} "
        f"{run.articles:>8}{parts}",
        flush=True,
    )
    for violation in run.violations:
        print(f"     VIOLATION: {violation}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak and print a line for each run; 1 where something was violated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50, help="runs in a row (50)")
    parser.add_argument("--seed", type=int, default=0, help="of the articles and of when faults come (0)")
    parser.add_argument("--folder", type=Path, help="where all of it lies; by default a temporary folder")
    parser.add_argument("--json", action="store_true", help="print the runs as JSON at the end")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="soak-") as temporary:
        site = Site((options.folder or Path(temporary)).resolve())
        print(f"{'run':>4} {'fault':<22} {'state':<10} {'seconds':>7} {'release':>8} {'articles':>8}", end="")
        print("".join(f"{part:>10}" for part in PARTS) + "  (MB)", flush=True)
        done = []
        for run in soak(site, options.runs, options.seed):
            done.append(run)
            _say(run)
    if options.json:
        print(json.dumps([asdict(run) for run in done], indent=2))
    broken = sum(bool(run.violations) for run in done)
    print(f"{len(done)} runs, {broken} with violations", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
