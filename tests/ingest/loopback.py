"""A real HTTP server on loopback that misbehaves on purpose."""

import gzip
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path by a function of the test's, and counts what was asked."""

    protocol_version = "HTTP/1.1"
    server: "Loopback"

    def do_GET(self) -> None:
        path = self.path
        with self.server.lock:
            self.server.seen.append((path, dict(self.headers)))
            number = sum(1 for p, _ in self.server.seen if p == path)
        answer = self.server.answers.get(path) or self.server.answers.get(path.split("?")[0])
        if answer is None:
            self.reply(404, b"{}", "application/json")
            return
        self.number = number
        answer(self)

    def reply(
        self, status: int, body: bytes = b"", kind: str = "application/json", **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reply_cut(self, body: bytes, promised: int) -> None:
        """Promise more bytes than come, then hang up."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(promised))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = True

    def reply_gzip(self, plain: bytes, cut: int | None = None) -> None:
        packed = gzip.compress(plain)[:cut]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def reset(self) -> None:
        """Break the connection off without an answer (RST)."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def wait(self) -> None:
        """Say nothing until the test is over."""
        self.server.release.wait(30)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


class Loopback(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.lock = threading.Lock()
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def count(self, path: str) -> int:
        return sum(1 for p, _ in self.seen if p.split("?")[0] == path)

    def handle_error(self, *_: object) -> None:
        """Broken pipes are part of the game."""


@contextmanager
def loopback() -> Iterator[Loopback]:
    server = Loopback()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
