"""An S3 server of our own on the loopback, one request at a time, and what tests need to look into it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.releases.bucket import open_bucket

SERVER = """
import sys, threading
from werkzeug.serving import run_simple
from moto.server import DomainDispatcherApplication, create_backend_app

backend, turn = DomainDispatcherApplication(create_backend_app), threading.Lock()

def application(environ, start_response):
    with turn:
        return backend(environ, start_response)

run_simple("127.0.0.1", int(sys.argv[1]), application, threaded=True)
"""


@dataclass(frozen=True)
class Server:
    """A running server and the environment that leads to it."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-west-1",
            "NO_PROXY": "127.0.0.1",
        }

    def make_bucket(self, name: str, *, public: bool = False) -> str:
        headers = {"x-amz-acl": "public-read"} if public else {}
        urllib.request.urlopen(urllib.request.Request(f"{self.endpoint}/{name}", method="PUT", headers=headers)).close()
        return f"s3://{name}"


@contextmanager
def running() -> Iterator[Server]:
    """A server in a process of its own, ended with the block."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the server did not start"
                time.sleep(0.05)
        yield Server(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def upload(folder: Path, location: str) -> None:
    """Every file of a folder, under the same names."""
    bucket = open_bucket(location)
    for path in folder.rglob("*"):
        if path.is_file():
            bucket.put(path.relative_to(folder).as_posix(), path.read_bytes())


def contents(location: str) -> Mapping[str, bytes]:
    """All objects below a location by key."""
    bucket = open_bucket(location)
    found = {key: bucket.get(key) for key in bucket.keys("")}
    return {key: value.data for key, value in found.items() if value is not None}
