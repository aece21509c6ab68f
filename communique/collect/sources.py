"""`sources.toml`: the feeds and pages to collect from, with publisher and licence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from communique.articles.ingest import SIZE_LIMIT
from communique.collect.addresses import port_of, require_url, shown
from communique.collect.errors import FetchError, SourcesError

FILE = "sources.toml"


class Kind(StrEnum):
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed or a page.

    Of a feed the first `most` entries are looked at; addresses that match a pattern of `skip` are left out.  With
    `recheck` pages that are stored already are asked for again, so that revisions of them are found.
    """

    kind: Kind
    url: str
    publisher: str
    licence: str
    enabled: bool = True
    recheck: bool = True
    most: int = 100
    skip: tuple[str, ...] = ()

    def skips(self, url: str) -> bool:
        return any(fnmatchcase(url, pattern) for pattern in self.skip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How servers are treated and what is taken from them.

    Seconds: between two requests to a host, until a connection stands, of silence, for a whole request, before the
    first of further attempts, and the longest wait that a server may ask for.  The bytes of a page and of a
    feed are decompressed ones.
    """

    seconds_between_requests: float = 1.0
    seconds_to_connect: float = 10.0
    seconds_of_silence: float = 20.0
    seconds_per_request: float = 60.0
    seconds_before_retry: float = 1.0
    seconds_to_wait: float = 60.0
    attempts: int = 4
    redirects: int = 5
    hosts_at_once: int = 8
    bytes_per_page: int = SIZE_LIMIT
    bytes_per_feed: int = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that `sources.toml` says; `contact` is told to servers, so that their owners can write."""

    sources: tuple[Source, ...]
    contact: str | None = None
    limits: Limits = Limits()

    @property
    def enabled(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.enabled)

    @property
    def origins(self) -> frozenset[tuple[str, int]]:
        """The hosts and ports that the enabled sources name."""
        return frozenset((url.host, port_of(url)) for url in map(require_url, (source.url for source in self.enabled)))


def read_sources(path: Path) -> Sources:
    """The sources in the file.

    Raises:
        SourcesError: the file cannot be read or used.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SourcesError(str(path), "does not exist", "write one (docs/collecting.md shows how)") from None
    except OSError as error:
        raise SourcesError(str(path), f"cannot be read ({error.strerror})", "make it readable") from None
    except UnicodeDecodeError as error:
        raise SourcesError(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourcesError(str(path), f"does not parse ({error})", "correct the syntax") from None
    return _sources(path.name, content)


def _sources(file: str, content: Mapping[str, Any]) -> Sources:
    _known(file, "", content, ("contact", "limits", *(kind.value for kind in Kind)))
    sources = tuple(_listed(file, content))
    seen: dict[str, str] = {}
    for number, source in enumerate(sources, 1):
        if source.url in seen:
            raise SourcesError(file, f"{shown(source.url)} stands in it twice", "keep one of the two")
        seen[source.url] = str(number)
    return Sources(
        sources=sources,
        contact=_value(file, "", "contact", content["contact"], _text, "a text") if "contact" in content else None,
        limits=_limits(file, content.get("limits", {})),
    )


def _listed(file: str, content: Mapping[str, Any]) -> Iterator[Source]:
    for kind in Kind:
        entries = content.get(kind.value, [])
        if not isinstance(entries, list):
            raise SourcesError(file, f"{kind.value!r} is no list of tables", f"begin each entry with [[{kind}]]")
        for number, entry in enumerate(entries, 1):
            yield _source(file, kind, f"[[{kind}]] {number}", entry)


def _source(file: str, kind: Kind, place: str, entry: object) -> Source:
    if not isinstance(entry, dict):
        raise SourcesError(file, f"{place}: is no table", f"begin each entry with [[{kind}]]")
    _known(file, place, entry, tuple(_KEYS))
    values = {key: _value(file, place, key, value, *_KEYS[key]) for key, value in entry.items()}
    for key in ("url", "publisher", "licence"):
        if key not in values:
            raise SourcesError(file, f"{place}: has no {key!r}", f'write {key} = "..."')
    try:
        require_url(str(values["url"]))
    except FetchError as error:
        raise SourcesError(file, f"{place}: {shown(str(values['url']))} {error.problem}", error.remedy) from None
    return Source(kind=kind, **values)


def _limits(file: str, table: object) -> Limits:
    if not isinstance(table, dict):
        raise SourcesError(file, "'limits' is no table", "write its keys under [limits]")
    _known(file, "[limits]", table, tuple(field.name for field in fields(Limits)))
    whole = {field.name for field in fields(Limits) if field.type == "int"}
    values = {
        key: _value(file, "[limits]", key, value, *(_COUNT if key in whole else _SECONDS))
        for key, value in table.items()
    }
    return Limits(**values)


def _known(file: str, place: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            remedy = f"write {near[0]!r}" if near else f"use {', '.join(keys)}"
            raise SourcesError(file, f"{place}: unknown key {key!r}".removeprefix(": "), remedy)


def _value(file: str, place: str, key: str, value: object, reader: Callable[[object], Any], wanted: str) -> Any:
    found = reader(value)
    if found is None:
        problem = f"{place}: {key!r} is {shown(str(value))!r}".removeprefix(": ")
        raise SourcesError(file, problem, f"write {wanted}")
    return found


def _text(value: object) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if text and text.isprintable() else None


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _seconds(value: object) -> float | None:
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if numeric and 0 <= float(value) <= 86_400 else None  # type: ignore[arg-type]


def _patterns(value: object) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(part, str) for part in value) else None


_COUNT = (_count, "a whole number from 1")
_SECONDS = (_seconds, "a number of seconds")
_KEYS: Mapping[str, tuple[Callable[[object], Any], str]] = {
    "url": (_text, "an address"),
    "publisher": (_text, "a text"),
    "licence": (_text, "a text"),
    "enabled": (_switch, "true or false"),
    "recheck": (_switch, "true or false"),
    "most": _COUNT,
    "skip": (_patterns, 'a list of patterns such as "*/video/*"'),
}
