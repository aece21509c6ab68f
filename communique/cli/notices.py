"""What a run leaves for those who did not watch it: files in a folder, annotations on GitHub."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.cli import console

MOST = 10
"""Annotations of one kind that GitHub shows of a step."""

_KINDS = {"failed": "error", "warned": "warning"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write_reports(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files into the folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def annotate(quality: Mapping[str, Any]) -> None:
    """Say what fell short as annotations, where GitHub Actions reads them; on standard error, beside other messages."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in commands(quality):
            sys.stderr.write(f"{line}\n")


def commands(quality: Mapping[str, Any]) -> Iterator[str]:
    """The commands by which GitHub annotates a run: the checks that failed, then those that warned."""
    for outcome, kind in _KINDS.items():
        results = [result for result in quality["checks"]["results"] if result["outcome"] == outcome]
        for result in results[:MOST]:
            title = f"{quality['dataset']} {quality['version']}: {result['id']}"
            yield f"::{kind} title={_plain(title).translate(_PROPERTY)}::{_plain(_words(result)).translate(_DATA)}"


def _words(result: Mapping[str, Any]) -> str:
    found = [f"{result['description']} {result['failed']} of {result['applied']} fell short.", result["detail"]]
    found += [": ".join(part for part in example.values() if part) for example in result["examples"]]
    return "\n".join(line for line in (*found, f"Remedy: {result['remedy']}") if line)


def _plain(text: str) -> str:
    return console.printable(text)
