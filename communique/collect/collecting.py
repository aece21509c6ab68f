"""A run of collecting: every enabled source asked, what is new or has changed stored."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from communique.articles.metadata import Metadata
from communique.collect.addresses import cleaned
from communique.collect.arrival import Arrival
from communique.collect.errors import FetchError
from communique.collect.feeds import Entry, Feed, read_feed
from communique.collect.fetch import Fetcher, Reply, Validators
from communique.collect.files import alone
from communique.collect.library import Library, Receipt, Taken
from communique.collect.outcome import Collected, Problem, SourceReport
from communique.collect.pages import read_page
from communique.collect.sources import Kind, Source, Sources
from communique.collect.state import Known, State

Value = TypeVar("Value")

Told = Callable[[SourceReport], None]


def collect(raw: Path, sources: Sources, *, allow_private: bool = False, told: Told | None = None) -> Collected:
    """Fetch what is new from the enabled sources into the folder `raw`.

    With `allow_private` the hosts that the sources name need not be public.  `told` hears of every source when it is
    done.  What was fetched before an interruption is stored.

    Raises:
        CatalogueError: the catalogue or a sidecar of the folder cannot be used.
        CollectError: another process collects into the folder.
        OSError: the folder cannot be read or written.
    """
    raw.mkdir(parents=True, exist_ok=True)
    with alone(raw):
        run = _Run(Library.of(raw), State.of(raw), told or _nobody)
        complete = False
        try:
            reports = asyncio.run(_collected(run, sources, allow_private))
            complete = True
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            run.state.save(complete=complete)
    return Collected(tuple(reports))


async def _collected(run: _Run, sources: Sources, allow_private: bool) -> list[SourceReport]:
    allowed = sources.origins if allow_private else frozenset()
    reports = [SourceReport(source) for source in sources.enabled]
    with _ended_by_sigterm():
        async with Fetcher(sources.limits, sources.contact, allowed) as fetcher, asyncio.TaskGroup() as tasks:
            for report in reports:
                tasks.create_task(run.source(report, fetcher))
    return reports


@dataclass(slots=True)
class _Run:
    library: Library
    state: State
    told: Told
    _taken: set[str] = field(default_factory=set)

    async def source(self, report: SourceReport, fetcher: Fetcher) -> None:
        """Collect all that one source lists."""
        source = report.source
        try:
            feed = await self._feed(source, fetcher) if source.kind is Kind.FEED else _alone(source)
        except FetchError as error:
            report.problems.append(Problem.of(source.url, error))
            report.failed = True
        else:
            await self._pages(report, feed, fetcher)
        self.told(report)

    async def _pages(self, report: SourceReport, feed: Feed, fetcher: Fetcher) -> None:
        source, failures = report.source, 0
        entries = [entry for entry in feed.entries[: source.most] if not source.skips(entry.url)]
        for entry in entries:
            try:
                receipt = await self._page(entry, source, fetcher)
            except FetchError as error:
                report.problems.append(Problem.of(entry.url, error))
                failures += 1
            else:
                report.add(receipt)
        report.failed = bool(entries) and failures == len(entries)
        report.problems += _flaws(source, feed)

    async def _feed(self, source: Source, fetcher: Fetcher) -> Feed:
        """The feed; where it has not changed, as it was last time."""
        known, kept = self.state.of_address(source.url), self.state.feed_of(source.url)
        condition = known.validators if known and kept is not None else Validators()
        reply = await fetcher.get(source.url, condition, fetcher.limits.bytes_per_feed)
        if reply.is_unchanged and known and kept is not None:
            return await asyncio.to_thread(read_feed, kept, known.url or source.url, known.content_type)
        feed = await asyncio.to_thread(read_feed, reply.body, str(reply.url), reply.content_type)
        if reply.validators != Validators():
            file = self.state.keep_feed(source.url, reply.body)
            self.state.learn(source.url, Known(reply.validators, file, reply.content_type, cleaned(reply.url)))
        else:
            self.state.learn(source.url, None)
        return feed

    async def _page(self, entry: Entry, source: Source, fetcher: Fetcher) -> Receipt:
        known = self.state.of_address(entry.url)
        if entry.url in self._taken or self.library.is_catalogued(entry.url):
            return Receipt(Taken.UNCHANGED, "")
        if not source.recheck and self.library.knows(entry.url):
            return Receipt(Taken.UNCHANGED, "")
        known = known if known and self.library.has(known.file) else None
        reply = await fetcher.get(entry.url, known.validators if known else Validators())
        self._taken.add(entry.url)
        if reply.is_unchanged and known:
            return Receipt(Taken.UNCHANGED, known.file)
        return await _to_the_end(self._stored(reply, entry, source))

    async def _stored(self, reply: Reply, entry: Entry, source: Source) -> Receipt:
        page = await asyncio.to_thread(read_page, reply)
        receipt = self.library.take(Arrival(page, reply, entry.url, source, entry.metadata, datetime.now(UTC)))
        self.state.learn(entry.url, Known(reply.validators, receipt.file))
        return receipt


async def _to_the_end(step: Coroutine[Any, Any, Value]) -> Value:
    """The result of a step that an interruption does not break off, only what follows it."""
    task = asyncio.create_task(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _alone(source: Source) -> Feed:
    """A page as the feed that lists nothing else."""
    return Feed((Entry(source.url, Metadata()),))


def _flaws(source: Source, feed: Feed) -> Iterator[Problem]:
    """What is wrong with a feed that could be read."""
    if feed.broken:
        problem = f"is malformed ({feed.broken}), {len(feed.entries)} entries could be read"
        yield Problem.of(source.url, FetchError(problem, "tell its publisher"))
    if feed.pointless:
        problem = f"has {feed.pointless} entries without the address of a page"
        yield Problem.of(source.url, FetchError(problem, "tell its publisher"))


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the run between two steps, as an interruption does, where this is the main thread."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    ended = False

    def end() -> None:
        nonlocal ended
        ended = True
        if task is not None:
            task.cancel()

    try:
        former = signal.getsignal(signal.SIGTERM)
        loop.add_signal_handler(signal.SIGTERM, end)
    except (ValueError, RuntimeError, NotImplementedError):
        yield
        return
    try:
        yield
    except asyncio.CancelledError:
        if not ended:
            raise
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, former)
    if ended:
        if callable(former):
            former(signal.SIGTERM, None)
        raise SystemExit(128 + signal.SIGTERM)


def _nobody(_report: SourceReport) -> None:
    pass
