"""Objects under one address of a bucket or of a web host: reads and conditional writes, errors told in one line.

Addresses, keys and regions come from the usual AWS_* environment variables.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import HTTPStore, S3Store

from communique.releases.content import PIECE, Content, size_of
from communique.releases.errors import LocationError, ReleaseError

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import ClientConfig, RetryConfig, S3Config

S3, WEB = ("s3",), ("http", "https")

UPLOAD_PART, UPLOADS = 1 << 23, 4
"""Bytes of a part of a large object, and the parts that are under way at once."""

_CREDENTIALS = (
    *("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
    *("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_METADATA_ENDPOINT", "AWS_SKIP_SIGNATURE"),
)
"""Each says where credentials come from; without any the client would ask a metadata service that is rarely there."""

_RETRIES: RetryConfig = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=5), "base": 2},
}

_REASONS = (
    (r"NoSuchBucket", "there is no such bucket; create it or correct the address"),
    (
        r"PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|status code: 301",
        "the bucket is in another region; set AWS_REGION to it",
    ),
    (r"RequestTimeTooSkewed", "the clock of this machine is wrong; set it and run again"),
    (
        r"InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|status code: 401",
        "these credentials are not accepted; check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN",
    ),
    (
        r"status code: 403|lacked the necessary privileges|lacked valid authentication",
        "access is denied; give the key in AWS_ACCESS_KEY_ID the right to read, write, list and delete here",
    ),
    (
        r"NotImplemented|status code: 501|not supported|NotSupported",
        "this server does not offer what publishing needs (conditional writes, copies); publish to one that does",
    ),
    (r"status code: (?:5\d\d|429)|SlowDown", "the server fails or is overloaded; run again later"),
    (r"HTTP error|error sending request|timed out|Connect", "no answer; check the connection and run again"),
)
_STATUS = tuple(map(re.compile, (r"<Code>(\w+)</Code>", r"status code: (\d+)", r"kind: (\w+)")))


@dataclass(frozen=True, slots=True)
class Found:
    """The bytes of an object and its tag, which changes with them."""

    data: bytes
    tag: str | None


class Bucket:
    """The objects under one address; keys are relative to it."""

    def __init__(self, store: S3Store | HTTPStore, location: str, server: str) -> None:
        self.store, self.location, self.server = store, location, server

    def get(self, key: str) -> Found | None:
        """An object, None where there is none."""
        with self._explained(key):
            try:
                found = self.store.get(key)
                return Found(bytes(found.bytes()), found.meta["e_tag"])
            except FileNotFoundError as error:
                _require_bucket(error)
                return None

    def has(self, key: str) -> bool:
        with self._explained(key):
            try:
                self.store.head(key)
            except FileNotFoundError:
                return self.get(key) is not None  # only this answer tells a missing bucket from a missing object
            return True

    def pieces(self, key: str) -> Iterator[bytes] | None:
        """The bytes of an object, some at a time, None where there is none."""
        with self._explained(key):
            try:
                found = self.store.get(key)
            except FileNotFoundError as error:
                _require_bucket(error)
                return None
        return self._arriving(key, found)

    def put(self, key: str, content: Content) -> None:
        """Write an object, whatever stood there; a large one in parts, of which readers see nothing before the last."""
        with self._explained(key):
            is_large = size_of(content) > UPLOAD_PART
            self.store.put(key, content, use_multipart=is_large, chunk_size=UPLOAD_PART, max_concurrency=UPLOADS)

    def create(self, key: str, data: bytes) -> bool:
        """Write an object where there is none; False where there is one."""
        with self._explained(key):
            try:
                self.store.put(key, data, mode="create", use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return False
            return True

    def replace(self, key: str, data: bytes, tag: str | None) -> bool:
        """Write an object in the place of the one with this tag; False where that is no longer there."""
        with self._explained(key):
            try:
                self.store.put(key, data, mode={"e_tag": tag}, use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return False
            except FileNotFoundError as error:
                _require_bucket(error)
                return False
            return True

    def copy(self, source: str, target: str) -> None:
        """Copy an object on the server, over whatever stands at the target."""
        with self._explained(source):
            self.store.copy(source, target)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are not there are no error."""
        if keys:
            with self._explained(keys[0]):
                self.store.delete(list(keys))

    def keys(self, folder: str) -> list[str]:
        """The keys below a folder."""
        with self._explained(folder):
            return sorted(item["path"] for item in self.store.list(folder).collect())

    def folders(self) -> list[str]:
        """The names of the folders right below the address."""
        with self._explained():
            return sorted(self.store.list_with_delimiter()["common_prefixes"])

    def _arriving(self, key: str, found: GetResult) -> Iterator[bytes]:
        with self._explained(key):
            for piece in found.stream(min_chunk_size=PIECE):
                yield bytes(piece)

    @contextmanager
    def _explained(self, key: str = "") -> Iterator[None]:
        where = f"{self.location}/{key}" if key else self.location
        try:
            yield
        except (BaseError, OSError) as error:
            raise ReleaseError(f"{where}: {_reason(str(error), self.server)}") from None


def open_bucket(location: str) -> Bucket:
    """The objects under `s3://bucket/prefix`, or to read only under `https://host/path`.

    Raises:
        LocationError: not such an address.
        ReleaseError: the environment has no credentials for S3.
    """
    location = location.rstrip("/")
    parts = urlsplit(location)
    if not parts.netloc or parts.query or parts.fragment or "//" in parts.path or "@" in parts.netloc:
        raise LocationError(f"{location}: not an address; write s3://bucket/folder or https://host/folder")
    if parts.scheme in WEB:
        web = HTTPStore(location, client_options=_client(location), retry_config=_RETRIES)
        return Bucket(web, location, parts.netloc)
    if not any(os.environ.get(name) for name in _CREDENTIALS):
        raise ReleaseError(f"{location}: no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    config: S3Config = {"region": region, "endpoint": endpoint} if endpoint else {"region": region}
    try:
        store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config=config,
            client_options=_client(endpoint),
            retry_config=_RETRIES,
        )
    except (BaseError, ValueError) as error:
        raise LocationError(f"{location}: {_reason(str(error), endpoint)}") from None
    return Bucket(store, location, endpoint or f"the S3 service of {region}")


def _client(url: str) -> ClientConfig:
    return {
        "allow_http": url.startswith("http://"),
        "connect_timeout": timedelta(seconds=5),
        "timeout": timedelta(seconds=120),
    }


def _require_bucket(error: FileNotFoundError) -> None:
    """A bucket that is missing is an error, an object that is missing is an answer."""
    if "NoSuchBucket" in str(error):
        raise error


def _reason(message: str, server: str) -> str:
    """The client's long message as a reason and a remedy."""
    for pattern, reason in _REASONS:
        if re.search(pattern, message):
            found = next(filter(None, (status.search(message) for status in _STATUS)), None)
            return f"{reason} ({server}{f': {found[1]}' if found else ''})"
    return f"{message.splitlines()[0] if message else 'unknown error'} ({server}); check the address and run again"
