"""How `frictionless` reads the Parquet files of a release, found by its name where both are installed.

The reader that frictionless 5 brings goes through pandas, which makes NaN of missing numbers and arrays of lists, and
counts no bytes.  This one hands over the values as they stand in the file, so that frictionless counts and digests the
bytes as it reads them.  A table of several files is read as one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, ClassVar

import frictionless
import pyarrow.parquet as pq

_PIECE = 1 << 16


class ParquetValuesParser(frictionless.Parser):
    """The values of one Parquet file or of several one after the other, row by row."""

    requires_loader = True
    supported_types: ClassVar[list[str]] = ["array", "boolean", "date", "integer", "number", "string"]

    def read_cell_stream_create(self) -> Iterator[list[Any]]:
        """The names of the columns, then each row's values in their order."""
        stream: Any = self.loader.byte_stream
        pieces = iter(lambda: stream.read1(_PIECE), b"")
        if self.resource.multipart:
            for _ in pieces:
                pass
            files = [pq.ParquetFile(path) for path in self.resource.normpaths]
        else:
            files = [pq.ParquetFile(io.BytesIO(b"".join(pieces)))]
        yield files[0].schema_arrow.names
        for file in files:
            with file:
                for batch in file.iter_batches():
                    for row in batch.to_pylist():
                        yield list(row.values())


class CommuniquePlugin(frictionless.Plugin):
    """Puts this reader before the one that frictionless brings."""

    def create_parser(self, resource: frictionless.Resource) -> frictionless.Parser | None:
        """The reader of a Parquet file, None for any other."""
        return ParquetValuesParser(resource) if resource.format == "parquet" else None
