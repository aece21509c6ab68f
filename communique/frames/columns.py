"""Frames from columns of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

_WORDS = pl.List(pl.String())


def frame_of(columns: Mapping[str, Sequence[Any]], types: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The frame of these columns, each of its type in `types`; a value that its type cannot hold becomes null."""
    made = {name: _words(values) if types[name] == _WORDS else values for name, values in columns.items()}
    return pl.DataFrame(made, schema={name: types[name] for name in columns}, strict=False)


def _words(lists: Iterable[Sequence[str]]) -> pl.Series:
    """A column of lists of words, made by Arrow: polars makes a series of every list."""
    return pl.Series(values=pa.array(lists, pa.large_list(pa.large_string())))
