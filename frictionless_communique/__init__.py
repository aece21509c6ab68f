"""How `frictionless` reads the Parquet files of a release, found by its name where both are installed.

The reader that frictionless 5 brings goes through pandas, which makes NaN of missing numbers and arrays of lists, and
counts no bytes.  This one hands over the values as they stand in the file, so that frictionless counts and digests the
bytes as it reads them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, ClassVar

import frictionless
import pyarrow.parquet as pq

_PIECE = 1 << 16


class ParquetValuesParser(frictionless.Parser):
    """The values of a Parquet file, row by row."""

    requires_loader = True
    supported_types: ClassVar[list[str]] = ["array", "boolean", "date", "integer", "number", "string"]

    def read_cell_stream_create(self) -> Iterator[list[Any]]:
        """The names of the columns, then each row's values in their order."""
        stream: Any = self.loader.byte_stream
        pieces = iter(lambda: stream.read1(_PIECE), b"")
        table = pq.read_table(io.BytesIO(b"".join(pieces)))
        yield table.column_names
        for row in table.to_pylist():
            yield list(row.values())


class CommuniquePlugin(frictionless.Plugin):
    """Puts this reader before the one that frictionless brings."""

    def create_parser(self, resource: frictionless.Resource) -> frictionless.Parser | None:
        """The reader of a Parquet file, None for any other."""
        return ParquetValuesParser(resource) if resource.format == "parquet" else None
