"""Where releases are: a folder, a bucket (`s3://bucket/folder`), or a web host to read from (`https://host/folder`)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from communique.releases.bucket import S3, WEB, open_bucket
from communique.releases.errors import LocationError
from communique.releases.local import LocalFiles, LocalStore
from communique.releases.remote import ObjectFiles, ObjectStore
from communique.releases.storage import Files, Store
from communique.releases.web import WebFiles, WebStore


def is_remote(location: str | Path) -> bool:
    """Whether a location is an address rather than a folder."""
    return "://" in str(location)


def join(location: str | Path, name: str) -> str:
    """The location of `name` inside a location."""
    return f"{str(location).rstrip('/')}/{name}" if is_remote(location) else str(Path(location) / name)


def split(location: str | Path) -> tuple[str, str]:
    """The location around a location, and its name there."""
    if not is_remote(location):
        path = Path(location)
        return str(path.parent), path.name
    around, _, name = str(location).rstrip("/").rpartition("/")
    return around, name


def open_store(location: str | Path) -> Store:
    """The releases in a folder, a bucket or on a web host; nothing is read or made yet.

    Raises:
        LocationError: an address of another kind.
        ReleaseError: there are no credentials for a bucket.
    """
    match _scheme(location):
        case None:
            return LocalStore(Path(location))
        case scheme if scheme in S3:
            return ObjectStore(open_bucket(str(location)))
        case _:
            return WebStore(open_bucket(str(location)))


def open_release_files(location: str | Path) -> Files:
    """The files of one release: its folder, or its address.

    Raises:
        LocationError: an address of another kind.
        ReleaseError: there are no credentials for a bucket.
    """
    match _scheme(location):
        case None:
            return LocalFiles(Path(location))
        case scheme if scheme in S3:
            return ObjectFiles(open_bucket(str(location)))
        case _:
            return WebFiles(open_bucket(str(location)))


def _scheme(location: str | Path) -> str | None:
    if not is_remote(location):
        return None
    scheme = urlsplit(str(location)).scheme
    if scheme not in (*S3, *WEB):
        raise LocationError(f"{location}: not a place for releases; name a folder, s3://bucket/folder or https://...")
    return scheme
