"""A web server on the loopback that does as it is told: well, badly, slowly or not at all."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>
<nav><a href="/">Home</a></nav><article><h1>{title}</h1>{text}</article><footer>All rights reserved</footer>
</body></html>"""

Answer = Callable[["Handler"], None]


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """An article as a page."""
    return PAGE.format(title=title, head=head, text="".join(f"<p>{text}</p>" for text in paragraphs))


def harbour(more: str = "Norway should send more engineers to Moldova.", head: str = "") -> str:
    """An article with rows in it."""
    return page(
        "Norway rebuilds a harbour in Moldova",
        "Norway has provided 40 million euros in humanitarian aid to Moldova since May 2024. The harbour of "
        "Giurgiulesti was closed for a year.",
        more,
        head=head,
    )


def steel(more: str = "Both economies depend on trade with each other.", head: str = "") -> str:
    """Another one."""
    return page(
        "Brazil answers Canada",
        "Canada imposed a 25 percent tariff on steel from Brazil on April 2, 2025. Brazil threatened to retaliate.",
        more,
        head=head,
    )


def rss(*items: tuple[str, str] | str, title: str = "News") -> str:
    """A feed of links, or of links with what else stands in their items."""
    pairs = [item if isinstance(item, tuple) else (item, "") for item in items]
    listed = "".join(f"<item><link>{link}</link>{more}</item>" for link, more in pairs)
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
    return f"{head}{listed}</channel></rss>"


def replies(
    body: str | bytes = b"", status: int = 200, content_type: str = "text/html; charset=utf-8", **headers: str
) -> Answer:
    """An answer; where it has an ETag or a date, a conditional request for it is answered with 304."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        etag, modified = named.get("ETag"), named.get("Last-Modified")
        same = (etag and handler.headers["If-None-Match"] == etag) or (
            modified and handler.headers["If-Modified-Since"] == modified
        )
        handler.answer(304 if same else status, b"" if same else data, {"Content-Type": content_type} | named)

    return answer


def moves(to: str, status: int = 302) -> Answer:
    return lambda handler: handler.answer(status, b"", {"Location": to})


def truncated(body: str) -> Answer:
    """Less than it says."""
    return lambda handler: handler.answer(
        200, body.encode(), {"Content-Type": "text/html", "Content-Length": str(len(body.encode()) + 1000)}
    )


def stalls(body: str, after: int = 100) -> Answer:
    """The beginning, then nothing."""

    def answer(handler: Handler) -> None:
        data = body.encode()
        handler.head(200, {"Content-Type": "text/html", "Content-Length": str(len(data))})
        handler.wfile.write(data[:after])
        handler.wfile.flush()
        handler.site.closing.wait(10)

    return answer


def drips(body: str, pause: float) -> Answer:
    """A byte, a pause, a byte, a pause."""

    def answer(handler: Handler) -> None:
        data = body.encode()
        handler.head(200, {"Content-Type": "text/html", "Content-Length": str(len(data))})
        for byte in data:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if handler.site.closing.wait(pause):
                return

    return answer


def bomb(size: int) -> Answer:
    """A few bytes that are many."""
    data = gzip.compress(b"<p>" + b"a" * size, 9)
    return lambda handler: handler.answer(200, data, {"Content-Type": "text/html", "Content-Encoding": "gzip"})


def huge_headers() -> Answer:
    return lambda handler: handler.answer(200, b"<p>", {f"X-{number}": "x" * 8000 for number in range(40)})


def hangs_up(handler: Handler) -> None:
    """Not even a status."""
    handler.connection.shutdown(socket.SHUT_RDWR)


@dataclass
class Site:
    """What the server answers by path, each answer once and the last one on; `asked` are the requests it had."""

    port: int = 0
    routes: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _served: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, path: str, *answers: Answer | str) -> str:
        """Answer so from now on; returns the address."""
        self.routes[path] = [replies(answer) if isinstance(answer, str) else answer for answer in answers]
        self._served.pop(path, None)
        return self.url(path)

    def feed(self, path: str, *items: tuple[str, str] | str, **headers: str) -> str:
        return self.serve(path, replies(rss(*items), content_type="application/rss+xml", **headers))

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked == path for asked, _, _ in self.asked)

    def answer_to(self, path: str) -> Answer:
        with self._lock:
            answers = self.routes.get(path.partition("?")[0], [replies("nothing here", 404)])
            number = self._served[path.partition("?")[0]]
            self._served[path.partition("?")[0]] += 1
            return answers[min(number, len(answers) - 1)]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers.items()), time.monotonic()))
        self.close_connection = True
        try:
            self.site.answer_to(self.path)(self)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.head(status, {"Content-Length": str(len(body)), "Connection": "close"} | headers)
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Without asking a resolver for the name of the loopback."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "localhost", self.socket.getsockname()[1]

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def running() -> Iterator[Site]:
    """A server for a while."""
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join(5)


def closed_port() -> int:
    """A port of the loopback at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
