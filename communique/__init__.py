"""Tables of who committed what aid to whom, who put which tariff on whom, and who recommends what, out of articles.

`load` is for those who use the tables; everything else is for those who make them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from communique.compiled.binaries import install

if TYPE_CHECKING:
    import polars as pl

__all__ = ["load", "versions"]

install()


def load(table: str, version: str | None = None, source: str | os.PathLike[str] = "processed") -> pl.DataFrame:
    """The rows of a table of a published release, every byte checked against the digests in the index.

    `version` pins a release; without it the newest is read that was not yanked.  A yanked release that is asked for
    by its version comes with a warning.  `source` is where the releases are: a folder, `s3://bucket/folder` or
    `https://host/folder`.  What is fetched from afar is kept in the user's cache folder, or in `COMMUNIQUE_CACHE`.

    Raises:
        communique.releases.errors.ReleaseError: there is no such table or version, or a file is not the one published.
    """
    from communique.releases.loading import load_table  # the engine imports this package and needs none of it

    return load_table(table, version, os.fspath(source))


def versions(source: str | os.PathLike[str] = "processed") -> list[str]:
    """The versions of the releases at `source` that may be used, oldest first; yanked ones are left out."""
    from communique.releases.loading import usable_versions

    return usable_versions(os.fspath(source))
