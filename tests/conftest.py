"""A small folder of articles of our own, a release made of it, and one Prefect server for all tests that need it."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import pytest
from hypothesis import settings
from websockets.asyncio import connection

from communique.runners import local
from tests import prefect_database as databases
from tests import s3
from tests.faults import faults as faults
from tests.nursery import KeptNursery

settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
os.environ |= {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}

HARBOUR = """Norway rebuilds a harbour in Moldova

Published on March 3, 2025

Norway has provided 40 million euros in humanitarian aid to Moldova since May 2024. The harbour of Giurgiulesti was
closed for a year. Norway should send more engineers to Moldova.
"""

STEEL = """Brazil answers Canada

Published on April 10, 2025

Canada imposed a 25 percent tariff on steel from Brazil on April 2, 2025. Brazil threatened to retaliate. The Brazilian
government must talk to Canada before the summer. Both economies depend on trade with each other.
"""

FERRIES = """Greece and Malta on ferries

Published on May 5, 2025

Greece pledged $3 million in military aid to Malta in January 2025. Malta has bought two ferries from a yard in Greece.
Malta must not delay the repairs.
"""


gc.set_threshold(50_000)


def pytest_collection_finish() -> None:
    """What the tests import stays, so nobody need look for garbage in it."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """A worker more than there are cores, since tests of servers and schedules wait for a good part of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def write_articles(folder: Path, **texts: str) -> Path:
    """A folder with these articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is read from or left in the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMUNIQUE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _random_of_its_own() -> Iterator[None]:
    """The thread of Prefect's that draws numbers for its pings leaves the generator alone that hypothesis watches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "random", Random())
        yield


@pytest.fixture(scope="session", autouse=True)
def _engine_loaded_once() -> Iterator[None]:
    """All runs within this process fork from one that has loaded the engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "Nursery", KeptNursery)
        yield


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with two articles and an empty file."""
    return write_articles(tmp_path / "raw", harbour=HARBOUR, steel=STEEL, empty="")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `raw/` (three articles and an empty file), `gold/` and `processed/` with releases 0.1.0 and 0.2.0.

    Tests read it and change nothing in it.
    """
    folder = tmp_path_factory.mktemp("project")
    raw = write_articles(folder / "raw", harbour=HARBOUR, steel=STEEL, empty="")
    write_gold(folder / "gold")
    make_release(folder)
    write_articles(raw, ferries=FERRIES)
    make_release(folder)
    return folder


def write_gold(folder: Path) -> None:
    """Gold for one article: its aid, one date, its actors."""
    aid = {
        "quote": "40 million euros",
        "donor_id": "country:NOR",
        "recipient_id": "country:MDA",
        "amount": 40e6,
        "currency": "EUR",
        "status": "provided",
        "category": "humanitarian",
    }
    actors = [
        {"actor_id": actor_id, "type": "country", "surfaces": [{"text": name}]}
        for actor_id, name in (("country:NOR", "Norway"), ("country:MDA", "Moldova"))
    ]
    date = {"quote": "May 2024", "timex_type": "DATE", "timex_value": "2024-05"}
    gold = {"article": {"file": "harbour.txt"}, "aid_commitments": [aid], "dates": [date], "actors": actors}
    folder.mkdir()
    (folder / "harbour.gold.json").write_text(json.dumps(gold), encoding="utf-8")


def make_release(folder: Path) -> None:
    """The next release of a folder with `raw/` and `gold/`, without Prefect."""
    from communique.pipeline import extract_folder
    from communique.quality.assessment import assess
    from communique.releases.build import release_files
    from communique.releases.local import LocalStore
    from communique.releases.publish import plan_release, publish

    with TemporaryDirectory() as out:
        written = extract_folder(folder / "raw", Path(out), folder / "gold")
        store = LocalStore(folder / "processed")
        plan = plan_release(store, written.tables)
        found = assess(plan.version, written.material(folder / "gold"), plan.diff.as_dict(), plan.before)
        files = release_files(plan.version, written.tables, found.quality, plan.diff, written.inputs)
        publish(store, plan, files, "2025-06-01")


@pytest.fixture(scope="session")
def prefect_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of Prefect that has been through its migrations, for copies."""
    shared = tmp_path_factory.getbasetemp()
    return databases.migrated((shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "prefect-database")


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory, prefect_database: Path) -> Iterator[None]:
    """One temporary Prefect server with database and result storage of its own for the whole session."""
    from prefect.settings import PREFECT_HOME, PREFECT_LOCAL_STORAGE_PATH, temporary_settings
    from prefect.testing import utilities

    home = tmp_path_factory.mktemp("prefect")
    settings = {PREFECT_HOME: home, PREFECT_LOCAL_STORAGE_PATH: home / "storage"}
    with temporary_settings(settings), pytest.MonkeyPatch.context() as patch:
        made = databases.copied(prefect_database, Path(mkdtemp()), "prefect-test.db")
        patch.setattr(utilities, "mkdtemp", lambda: str(made))
        with utilities.prefect_test_harness(server_startup_timeout=180):
            yield


@pytest.fixture(scope="session")
def s3_server() -> Iterator[s3.Server]:
    """One S3 server on the loopback for the whole session."""
    with s3.running() as server:
        yield server


@pytest.fixture
def s3_environment(s3_server: s3.Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment that leads to the S3 server, set."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return s3_server.environment


@pytest.fixture
def bucket(s3_server: s3.Server, s3_environment: dict[str, str]) -> str:  # noqa: ARG001
    """The address of an empty bucket of its own."""
    return s3_server.make_bucket(f"bucket-{uuid4().hex}")
