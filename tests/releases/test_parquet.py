import hashlib

import pyarrow.parquet as pq
import pytest

from communique.releases.errors import ReleaseError
from communique.releases.parquet import decode, decode_schema, encode
from schemas.tables import SCHEMA_VERSION, TABLES


def test_the_order_and_chunks_of_rows_do_not_change_a_byte(frames):
    tariffs, declared = frames["tariffs"], TABLES["tariffs"]
    pieces = tariffs[2:].vstack(tariffs[:1]).vstack(tariffs[1:2])
    assert pieces.n_chunks() == 3
    digests = {hashlib.sha256(encode(declared, frame, "0.1.0")).hexdigest() for frame in (tariffs, pieces)}
    assert len(digests) == 1


@pytest.mark.parametrize("name", list(TABLES))
def test_rows_come_back_as_they_went(frames, name):
    data = encode(TABLES[name], frames[name], "0.1.0")
    assert decode(data, name).equals(frames[name])


def test_the_file_says_what_it_is(frames):
    schema = decode_schema(encode(TABLES["tariffs"], frames["tariffs"], "3.2.1"), "tariffs")
    metadata = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert metadata["dataset"] == "communique"
    assert metadata["table"] == "tariffs"
    assert metadata["data_version"] == "3.2.1"
    assert metadata["schema_version"] == SCHEMA_VERSION
    for column in TABLES["tariffs"].columns:
        assert schema.field(column.name).metadata[b"description"].decode() == column.description


def test_no_version_outside_a_release(frames, tmp_path):
    (tmp_path / "t.parquet").write_bytes(encode(TABLES["tariffs"], frames["tariffs"]))
    assert b"data_version" not in pq.read_schema(tmp_path / "t.parquet").metadata


@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[:-20], lambda _: b"not parquet at all"])
def test_a_broken_file_is_named(frames, damage):
    data = damage(encode(TABLES["tariffs"], frames["tariffs"]))
    for read in (decode, decode_schema):
        with pytest.raises(ReleaseError, match=r"tariffs\.parquet: not a readable Parquet file"):
            read(data, "tariffs.parquet")
