"""Tables on disk, and the folders that they are made in."""

import fcntl
import os
import tempfile

import pytest

from communique.releases.errors import CannotCompareError
from communique.releases.parquet import encode
from communique.staged import StagedTables, staging
from schemas.tables import TABLES


def test_tables_are_read_when_asked_for(tmp_path):
    tables = StagedTables(tmp_path)
    assert list(tables) == list(TABLES)
    for name, path in tables.paths.items():
        path.write_bytes(encode(TABLES[name], TABLES[name].empty()))
    assert tables["dates"].height == 0
    assert tables["dates"].schema == TABLES["dates"].dtypes
    tables.paths["dates"].write_bytes(b"no table")
    with pytest.raises(CannotCompareError, match=r"dates\.parquet is not a readable Parquet file"):
        tables["dates"]


def test_tables_are_made_where_the_releases_are_and_gone_in_the_end(tmp_path):
    with staging(str(tmp_path / "data/processed")) as folder:
        assert folder.parent == tmp_path
        (folder / "dates.parquet").write_bytes(b"half")
    assert not list(tmp_path.iterdir())


def test_tables_of_releases_elsewhere_are_made_among_the_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with staging("s3://bucket/data") as folder:
        assert folder.parent == tmp_path


def test_what_a_killed_process_left_goes_and_what_another_works_on_stays(tmp_path):
    left, held = tmp_path / ".communique-tables-left", tmp_path / ".communique-tables-held"
    for folder in (left, held):
        folder.mkdir()
        (folder / "dates.parquet").write_bytes(b"half")
    descriptor = os.open(held, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with staging(str(tmp_path)):
            assert not left.exists()
            assert (held / "dates.parquet").exists()
    finally:
        os.close(descriptor)
