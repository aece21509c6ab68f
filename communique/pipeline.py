"""The way from a folder of raw files to validated tables, as plain functions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from communique.articles.sidecar import deciding
from communique.corrections import read_corrections
from communique.extraction_run import extracted
from communique.quality.accepted import read_accepted
from communique.runners.inline import InlineRunner
from communique.streaming import Written, names_in_gold, write_tables

__all__ = ["Written", "extract_folder", "read_accepted", "read_corrections", "with_sidecars"]


def extract_folder(raw: Path, out: Path, gold: Path | None = None) -> Written:
    """The validated tables of the folder `raw`, written into the folder `out`, ready to be judged on `gold`.

    Raises:
        CatalogueError: the catalogue cannot be used.
        CorrectionError: a correction cannot be applied.
        GoldError: a gold file is broken.
        OSError: the folder cannot be read.
    """
    corrections, keep = read_corrections(raw), names_in_gold(gold)
    return with_sidecars(write_tables(extracted(raw, runner=InlineRunner()), out, corrections, keep), raw)


def with_sidecars(written: Written, raw: Path) -> Written:
    """The tables with what decided rows in the sidecars of their articles in the folder `raw`.

    Raises:
        CatalogueError: a sidecar cannot be used.
    """
    files = written.tables["articles"].scan().select("source_file").collect()["source_file"]
    return replace(written, sidecars=deciding(raw, files))
