"""Buckets that cannot be reached, read or written: one line that says what, where and what to do."""

import socket
import threading
import wsgiref.simple_server
from contextlib import contextmanager, suppress

import pytest

from communique.releases.errors import ReleaseError
from communique.releases.places import open_store
from communique.releases.storage import digests, release_digest
from tests import s3
from tests.publishers import publish_files

OLD = {"a.parquet": "old rows"}
NEW = {"a.parquet": "new rows" * 3000, "b.parquet": "more rows" * 3000}


@contextmanager
def answering(status, code):
    """A server that has one answer to everything."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>No.</Message></Error>".encode()

    def application(environ, start_response):
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(f"{status} No", [("Content-Length", str(len(body)))])
        return [body]

    class Quiet(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, *_arguments):
            pass

    with wsgiref.simple_server.make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Line:
    """A connection to a server that breaks for good once `left` bytes went up."""

    def __init__(self, server, left):
        self.server, self.left = server, left
        self.listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def accept(self):
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(near,), daemon=True).start()

    def serve(self, near):
        with near, socket.create_connection(self.server) as far, suppress(OSError):
            down = threading.Thread(target=self.pass_down, args=(far, near), daemon=True)
            down.start()
            self.pass_up(near, far)
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            down.join()

    def pass_up(self, near, far):
        while self.left > 0 and (data := near.recv(4096)):
            data = data[: self.left]
            self.left -= len(data)
            far.sendall(data)

    def pass_down(self, far, near):
        with suppress(OSError):
            while data := far.recv(4096):
                near.sendall(data)
            near.shutdown(socket.SHUT_RDWR)


def complaint(location):
    with pytest.raises(ReleaseError) as caught:
        open_store(location).index()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("status", "code", "what", "remedy"),
    [
        (403, "InvalidAccessKeyId", "credentials are not accepted", "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"),
        (403, "SignatureDoesNotMatch", "credentials are not accepted", "check AWS_ACCESS_KEY_ID"),
        (403, "AccessDenied", "access is denied", "the right to read, write, list and delete here"),
        (403, "RequestTimeTooSkewed", "the clock of this machine is wrong", "set it"),
        (401, "Unauthorized", "credentials are not accepted", "check AWS_ACCESS_KEY_ID"),
        (400, "AuthorizationHeaderMalformed", "another region", "set AWS_REGION"),
        (404, "NoSuchBucket", "there is no such bucket", "create it or correct the address"),
        (501, "NotImplemented", "does not offer what publishing needs", "publish to one that does"),
        (418, "Teapot", "418", "check the address"),
    ],
)
def test_a_server_that_refuses(s3_environment, monkeypatch, status, code, what, remedy):  # noqa: ARG001
    with answering(status, code) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        said = complaint("s3://bucket/data")
    assert said.startswith("s3://bucket/data/index.json: ")
    assert what in said
    assert remedy in said
    assert endpoint in said


def test_a_bucket_that_is_not_there(s3_environment):
    said = complaint("s3://nowhere/data")
    assert said == (
        "s3://nowhere/data/index.json: there is no such bucket; create it or correct the address "
        f"({s3_environment['AWS_ENDPOINT_URL']}: NoSuchBucket)"
    )
    with pytest.raises(ReleaseError, match="no such bucket"):
        publish_files("s3://nowhere/data", NEW)


def test_a_server_that_is_not_there(s3_environment, monkeypatch):  # noqa: ARG001
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{s3.free_port()}")
    said = complaint("s3://bucket/data")
    assert said.startswith("s3://bucket/data/index.json: no answer; check the connection and run again (http://127.0.0")


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_connection_lost_half_way(publishers, s3_server, bucket, share):
    """Cut off after a share of the bytes of a publication, the old release stands, and the next run makes it good."""
    port = int(s3_server.endpoint.rpartition(":")[2])
    with Line(("127.0.0.1", port), 10**9) as line:
        ended = publishers.publish(f"{bucket}/whole", NEW, environment={"AWS_ENDPOINT_URL": line.endpoint})
        assert ended.code == 0, ended.said
        size = 10**9 - line.left
    place = f"{bucket}/data"
    publish_files(place, OLD)
    with Line(("127.0.0.1", port), int(size * share)) as line:
        ended = publishers.publish(place, NEW, environment={"AWS_ENDPOINT_URL": line.endpoint})
    assert ended.code == 1, ended.said
    assert ended.said.startswith(f"{place}/")
    assert "check the connection and run again" in ended.said
    store = open_store(place)
    assert store.index().latest == "0.1.0"
    assert release_digest(digests(store.files("0.1.0"))) == store.index()["0.1.0"].digest
    assert publishers.publish(place, NEW).code == 0
    assert store.index().latest == "0.2.0"
    keys = {"index.json", "0.1.0/a.parquet", "0.2.0/a.parquet", "0.2.0/b.parquet"}
    assert s3.contents(place).keys() == keys
