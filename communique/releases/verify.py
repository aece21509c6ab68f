"""Is a release what was published: every file there, none changed, none swapped, none too many."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from communique.releases.errors import ReleaseError
from communique.releases.names import DESCRIPTOR, REPORTS
from communique.releases.parquet import decode, decode_schema
from communique.releases.reading import open_release
from communique.releases.storage import Files, release_digest


def digest_problems(files: Files, digest: str | None = None) -> list[str]:
    """What is wrong with the files of a release, a line for each; empty where all is well.

    `digest` is the digest of the whole release in the index, None where the release stands in no index.

    Raises:
        ReleaseError: there is no release, or its descriptor cannot be read.
    """
    resources = {part["path"]: part for part in open_release(files).resources.values()}
    names = set(files.names())
    expected = {*resources, DESCRIPTOR, *REPORTS}
    problems = [f"{name} is missing" for name in sorted(expected - names)]
    problems += [f"{name} is no part of the release" for name in sorted(names - expected)]
    digests = {name: hashlib.sha256(files.read(name)).hexdigest() for name in sorted(expected & names)}
    problems += [
        f"{path} was changed: its sha256 is {digests[path]}, the descriptor says {part.get('hash')}"
        for path, part in sorted(resources.items())
        if path in digests and part.get("hash") != f"sha256:{digests[path]}"
    ]
    if digest is not None and not problems and release_digest(digests) != digest:
        problems.append(f"{DESCRIPTOR} or a report was changed: the files do not have the digest that the index lists")
    return problems


def table_problems(files: Files) -> list[str]:
    """Where a table is not what the release's descriptor and the file's own metadata say of it."""
    release = open_release(files)
    problems = []
    for name, part in release.resources.items():
        try:
            data = files.read(part["path"])
            frame, schema = decode(data, part["path"]), decode_schema(data, part["path"])
        except ReleaseError as error:
            problems.append(str(error))
            continue
        metadata = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
        problems += _told_apart(part["path"], metadata, {"table": name, "data_version": release.version})
        if frame.columns != [field["name"] for field in part["schema"]["fields"]]:
            problems.append(f"{part['path']} has not the columns of the descriptor")
        if frame.height != part.get("rows"):
            problems.append(f"{part['path']} has {frame.height} rows, the descriptor says {part.get('rows')}")
    return problems


def _told_apart(path: str, metadata: Mapping[str, str], expected: Mapping[str, Any]) -> list[str]:
    return [
        f"{path} says that its {key} is {metadata.get(key)}, the descriptor says {value}"
        for key, value in expected.items()
        if metadata.get(key) != value
    ]
