"""A run over what the latest release was made from, by the code that made it, comes to that release again.

That a run with certain inputs came to a certain release is noted in the cache folder of the user, under the digest of
all these inputs.  A note may be lost at any time: then the run takes the long way, and notes it again.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.articles.rejection import RejectionReason
from communique.quality.report import FORMAT
from communique.releases.errors import ReleaseError
from communique.releases.inputs import Inputs
from communique.releases.loading import VerifiedFiles
from communique.releases.names import QUALITY, REPORT_FILES
from communique.releases.places import is_remote
from communique.releases.storage import Store
from communique.releases.verify import digest_problems

NOTES = "runs"
MOST = 200
"""Notes that are kept, the latest."""

PASSING = frozenset(
    (
        RejectionReason.UNREADABLE,
        RejectionReason.EXTRACTION_FAILED,
        RejectionReason.TIME_LIMIT,
        RejectionReason.WORKER_LOST,
    )
)
"""Reasons that may be gone when a file is tried again, so that nothing is certain of such a run."""

_DIGEST = re.compile(rb"[0-9a-f]{64}\n")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The latest release, to which a run would come again: its version, and its quality report with all its files."""

    version: str
    quality: dict[str, Any] = field(repr=False)
    reports: dict[str, bytes] = field(repr=False)


def unchanged_release(store: Store, inputs: Inputs | None, cache: Path) -> Unchanged | None:
    """The latest release of the store, where it is known that a run with these inputs comes to it; else None.

    None as well where it is not whole, or its report is of another form than this code writes.

    Raises:
        ReleaseError: the store cannot be read.
    """
    index = store.index()
    if inputs is None or index.latest is None or index.pending is not None:
        return None
    entry = index[index.latest]
    if _noted(cache, inputs) != entry.digest or (index.newest is not None and str(index.newest) != index.latest):
        return None
    files = store.files(entry.version)
    try:
        verified = VerifiedFiles(files, entry)
        is_whole = verified.names <= {*files.names()}
        if not is_whole or (not is_remote(store.location) and digest_problems(files, entry.digest)):
            return None
        quality = verified.json(QUALITY)
        reports = {name: verified.read(name) for name in REPORT_FILES if name in verified.names}
    except ReleaseError:
        return None
    has_form = quality.get("format") == FORMAT and {*REPORT_FILES} <= reports.keys()
    return Unchanged(entry.version, dict(quality), reports) if has_form else None


def note_run(store: Store, before: Inputs | None, after: Inputs | None, reasons: Collection[str], cache: Path) -> None:
    """Note that a run came to what is now the latest release of the store, published by it or found to be the same.

    `before` and `after` are the inputs as they were at its start and at its end; where they are not the same, or it
    rejected a file for one of the `reasons` that may pass, there is nothing to note.
    """
    index = store.index()
    if before is None or before != after or PASSING & {*reasons} or index.latest is None:
        return
    folder = cache / NOTES
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as draft:
            draft.write(f"{index[index.latest].digest}\n".encode())
        Path(draft.name).replace(folder / before.digest)
        notes = sorted((path for path in folder.iterdir()), key=lambda path: path.stat().st_mtime_ns)
        for path in notes[:-MOST]:
            path.unlink(missing_ok=True)


def rejection_reasons(quality: Mapping[str, Any]) -> set[str]:
    """The reasons for which files were rejected, by the content of `quality.json`."""
    return {str(row["reason"]) for row in quality["rejected"]}


def _noted(cache: Path, inputs: Inputs) -> str | None:
    """The digest of the release that a run with these inputs came to, as far as it is known."""
    try:
        data = (cache / NOTES / inputs.digest).read_bytes()
    except OSError:
        return None
    return data.decode().strip() if _DIGEST.fullmatch(data) else None
