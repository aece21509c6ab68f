"""The way from a folder of raw files to validated tables, as plain functions."""

from __future__ import annotations

from pathlib import Path

from communique.corrections import read_corrections
from communique.extraction_run import extracted
from communique.quality.accepted import read_accepted
from communique.runners.inline import InlineRunner
from communique.streaming import Written, names_in_gold, write_tables

__all__ = ["Written", "extract_folder", "read_accepted", "read_corrections"]


def extract_folder(raw: Path, out: Path, gold: Path | None = None) -> Written:
    """The validated tables of the folder `raw`, written into the folder `out`, ready to be judged on `gold`.

    Raises:
        CatalogueError: the catalogue cannot be used.
        CorrectionError: a correction cannot be applied.
        GoldError: a gold file is broken.
        OSError: the folder cannot be read.
    """
    corrections, keep = read_corrections(raw), names_in_gold(gold)
    return write_tables(extracted(raw, runner=InlineRunner()), out, corrections, keep)
