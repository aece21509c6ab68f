"""The sidecar of a collected file: `NAME.html.json` beside `NAME.html`, what was known when it was received.

What decides rows stands under `metadata`; the rest (times, validators, digests) is for those who collect.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from communique.articles.catalogue import CatalogueError, load_table, metadata_of
from communique.articles.metadata import Metadata, Received

SIDECAR = ".json"
"""What the name of a file has in addition in the name of its sidecar."""

FORMAT = "communique"
"""The key that tells a sidecar from the JSON of other programs; its value counts the formats."""

_MEND = "correct it, or delete it and collect again"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says of its file.

    `article` is the file of the article's first revision and `revision` the number of this one, from 1.  `content` is
    the whole of the sidecar.
    """

    metadata: Metadata
    article: str
    revision: int
    content: Mapping[str, Any]


def read_sidecar(path: Path, name: str) -> Sidecar | None:
    """The sidecar of the file `name`; None where it is another program's.

    Raises:
        CatalogueError: it does not parse, or a value in it is wrong.
    """
    content = _loaded(path)
    if not isinstance(content, dict) or FORMAT not in content:
        return None
    stated = content.get("metadata")
    if content[FORMAT] != 1 or not isinstance(stated, dict):
        raise CatalogueError(path.name, "is a sidecar of a format that this version does not read", _MEND)
    charset, article, revision = stated.get("charset"), stated.get("article", name), stated.get("revision", 1)
    if not (charset is None or isinstance(charset, str)):
        raise CatalogueError(path.name, f"'charset' is {charset!r}", "write the name of an encoding")
    if not isinstance(article, str) or not isinstance(revision, int) or revision < 1:
        raise CatalogueError(path.name, "names no 'article' with a 'revision' from 1", _MEND)
    metadata = replace(metadata_of(path.name, name, stated), received=Received(charset))
    return Sidecar(metadata, article, revision, content)


def _loaded(path: Path) -> object:
    """The content; that of other programs may be a list or a text."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return load_table(path)


def known_of(
    files: Sequence[str], catalogue: Mapping[str, Metadata], sidecars: Mapping[str, Sidecar]
) -> dict[str, Metadata]:
    """What is known of each file beforehand: by the catalogue, then by its sidecar.

    What the catalogue says of a revision holds for those after it.  Of the revisions of an article the newest counts,
    also where earlier ones are no longer there.
    """
    known = {name: catalogue.get(name, Metadata()) for name in files}
    for article, revisions in _revised(files, sidecars).items():
        above = Metadata()
        for name in revisions:
            sidecar = sidecars.get(name)
            above = catalogue.get(name, Metadata()).over(above)
            received = Received(
                charset=sidecar.metadata.received.charset if sidecar else None,
                article=article if name != article else None,
                superseded_by=revisions[-1] if name != revisions[-1] else None,
            )
            known[name] = replace(above.over(sidecar.metadata) if sidecar else above, received=received)
    return known


def _revised(files: Iterable[str], sidecars: Mapping[str, Sidecar]) -> dict[str, list[str]]:
    """The files of each article that has a sidecar, by their revision."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in files:
        if name in sidecars:
            groups[sidecars[name].article].append(name)
    present = frozenset(files)
    for article, names in groups.items():
        if article not in names and article in present and article not in sidecars:
            names.append(article)
        names.sort(key=lambda name: (sidecars[name].revision if name in sidecars else 1, name))
    return groups


def deciding(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """The sha256 of what decides rows in the sidecars of these files, by where it stands in which file.

    Raises:
        CatalogueError: a sidecar cannot be used.
    """
    found: dict[str, str] = {}
    for name in files:
        path = folder / (name + SIDECAR)
        sidecar = read_sidecar(path, name) if path.is_file() else None
        if sidecar is not None:
            stated = json.dumps(sidecar.content["metadata"], sort_keys=True, ensure_ascii=False)
            found[f"{name}{SIDECAR}#/metadata"] = hashlib.sha256(stated.encode("utf-8", "backslashreplace")).hexdigest()
    return found
