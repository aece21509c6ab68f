"""The catalogue beside the articles: `catalogue.toml` or the same as `catalogue.json`."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from communique.articles.metadata import Metadata, is_date

CATALOGUES = ("catalogue.toml", "catalogue.json")


class CatalogueError(ValueError):
    """The catalogue cannot be used: one line with the file, the problem and the remedy."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(" ".join(f"{file}: {problem}; {remedy}".split()))
        self.file = file
        self.problem = problem
        self.remedy = remedy


def read_catalogue(folder: Path, files: frozenset[str]) -> Mapping[str, Metadata]:
    """The metadata of each catalogued file of the folder; `files` are the names that can be ingested.

    Raises CatalogueError for two catalogues, bad syntax, an entry without a file, a misspelt key or a wrong value.
    """
    present = [name for name in CATALOGUES if (folder / name).is_file()]
    if len(present) > 1:
        raise CatalogueError(present[1], f"stands beside {present[0]}", "keep one catalogue")
    if not present:
        return {}
    name = present[0]
    by_name = {unicodedata.normalize("NFC", file): file for file in sorted(files)}
    catalogue: dict[str, Metadata] = {}
    for file, entry in load_table(folder / name).items():
        known = by_name.get(unicodedata.normalize("NFC", file))
        if known is None:
            raise CatalogueError(
                name,
                f"has an entry for {file!r}, which is not among the articles",
                "correct the name or remove the entry",
            )
        catalogue[known] = metadata_of(name, file, entry)
    return catalogue


def load_table(path: Path) -> dict[str, object]:
    """The content of a TOML or JSON file.

    Raises:
        CatalogueError: it cannot be read, or holds no table.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
        loaded = tomllib.loads(content) if path.suffix == ".toml" else json.loads(content, object_pairs_hook=_unique)
    except OSError as error:
        raise CatalogueError(
            path.name, f"cannot be read ({error.strerror})", "make it readable or remove it"
        ) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(path.name, f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, _RepeatedKeyError, RecursionError) as error:
        raise CatalogueError(path.name, f"does not parse ({error})", "correct the syntax") from error
    if not isinstance(loaded, dict):
        raise CatalogueError(path.name, "is not a table of files", 'write {"file.txt": {"published": "2025-04-07"}}')
    return loaded


class _RepeatedKeyError(ValueError):
    pass


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        key = next(k for i, (k, _) in enumerate(pairs) if k in [p for p, _ in pairs[:i]])
        raise _RepeatedKeyError(f"{key!r} stands twice in one object")
    return dict(pairs)


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _names(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(_text(name) for name in value):
        return None
    return tuple(name.strip() for name in value)


def _day(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) and is_date(value) else None


_KEYS: dict[str, tuple[Callable[[object], object], str]] = {
    "title": (_text, "a text"),
    "publisher": (_text, "a text"),
    "authors": (_names, "a list of names"),
    "published": (_day, "a date such as 2025-04-07, 2025-04 or 2025"),
    "url": (_text, "a text"),
}


_OTHER_NAMES = {
    "author": "authors",
    "byline": "authors",
    "date": "published",
    "day": "published",
    "publication_date": "published",
    "headline": "title",
    "link": "url",
}


def _meant(key: str) -> str | None:
    """The key that an unknown one stands for by mistake."""
    return _OTHER_NAMES.get(key) or next(iter(get_close_matches(key, _KEYS, n=1, cutoff=0.75)), None)


def metadata_of(catalogue: str, file: str, entry: object) -> Metadata:
    """What an entry says; null and empty texts say nothing, keys that are no misspelling belong to other programs.

    Raises:
        CatalogueError: it has a misspelt key or a wrong value.
    """
    if not isinstance(entry, dict):
        raise CatalogueError(
            catalogue, f"the entry for {file!r} is not a table", f"write it as keys among {', '.join(_KEYS)}"
        )
    values: dict[str, object] = {}
    for key, value in entry.items():
        if key not in _KEYS and (meant := _meant(key.lower())):
            raise CatalogueError(catalogue, f"the entry for {file!r} has the unknown key {key!r}", f"write {meant!r}")
        if key not in _KEYS or value in (None, ""):
            continue
        reader, wanted = _KEYS[key]
        values[key] = reader(value)
        if values[key] is None:
            raise CatalogueError(catalogue, f"{key!r} of {file!r} is {value!r}", f"write {wanted}")
    return Metadata(**values)  # type: ignore[arg-type]
