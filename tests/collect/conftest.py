"""A site of our own to collect from, and a folder to collect into."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.collect.collecting import collect
from communique.collect.outcome import Collected
from communique.collect.sources import Kind, Limits, Source, Sources
from tests.collect.server import Site, running

QUICK = Limits(
    seconds_between_requests=0.0,
    seconds_to_connect=1.0,
    seconds_of_silence=0.4,
    seconds_per_request=1.0,
    seconds_before_retry=0.01,
    seconds_to_wait=2.0,
    attempts=3,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


class Collecting:
    """Collects into a folder from sources that are given by their addresses."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw

    def __call__(
        self, *urls: str, feed: bool = False, limits: Limits = QUICK, private: bool = True, **about: Any
    ) -> Collected:
        kind = Kind.FEED if feed else Kind.PAGE
        about = {"publisher": "The Fjord Post", "licence": "CC-BY-4.0"} | about
        sources = tuple(Source(kind=kind, url=url, **about) for url in urls)
        return collect(self.raw, Sources(sources=sources, limits=limits), allow_private=private)

    def feed(self, *urls: str, **about: Any) -> Collected:
        return self(*urls, feed=True, **about)

    @property
    def files(self) -> list[str]:
        """The articles, by name."""
        return sorted(path.name for path in self.raw.iterdir() if path.suffix in (".html", ".txt"))

    def sidecar(self, file: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.raw / f"{file}.json").read_text(encoding="utf-8"))
        return content

    def stat(self) -> dict[str, tuple[int, int]]:
        """Every file with its inode and its time."""
        return {
            str(path.relative_to(self.raw)): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in sorted(self.raw.rglob("*"))
        }


@pytest.fixture
def collecting(raw: Path) -> Collecting:
    return Collecting(raw)


def counts(collected: Collected) -> dict[str, int]:
    """What became of the pages, where anything did."""
    totals = collected.as_dict()["totals"]
    return {name: number for name, number in totals.items() if number}


def problem(collected: Collected) -> str:
    """The one problem there was, without its address."""
    (found,) = collected.problems
    return f"{found.problem}; {found.remedy}"
