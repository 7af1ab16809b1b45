"""A translation service on this machine that speaks several dialects and fails on demand.

`dialects` says which, and at which addresses; `GET /languages` answers as LibreTranslate's.
Translations are the offline twin's, so every test knows what to expect.
"""

from __future__ import annotations

import html
import json
import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from wagtail_newsroom.engines.pseudo import pseudo

from .dialects import DIALECTS, Question

# What may come back instead of a translation, as functions of the translation.
HOSTILE: dict[str, Callable[[str], str]] = {
    "scripts": lambda text: f"<script>alert(1)</script>{text}<img src=x onerror=alert(1)>",
    "extra-tags": lambda text: f'<b style="text-align:right">{text}</b>',
    "lost-tokens": lambda text: re.sub(r"\b[ZQXJ]{2}[A-Z]\b", "", text),
    "swapped-tokens": lambda text: _swap(text),
    "lowercase-tokens": lambda text: re.sub(
        r"\b[ZQXJ]{2}[A-Z]\b", lambda match: match[0].lower(), text
    ),
    "spaced-tokens": lambda text: re.sub(
        r"\b[ZQXJ]{2}[A-Z]\b", lambda match: " ".join(match[0]), text
    ),
    "merged-lines": lambda text: text.replace("\n", " "),
    "extra-line": lambda text: f"{text}\nو یک سطر دیگر",
    "echo": lambda text: text,
    "empty": lambda text: "",
    "half": lambda text: "\n".join(line[: len(line) // 2] for line in text.split("\n")),
}


def _swap(text: str) -> str:
    tokens = re.findall(r"\b[ZQXJ]{2}[A-Z]\b", text)
    turned = iter(reversed(tokens))
    return re.sub(r"\b[ZQXJ]{2}[A-Z]\b", lambda match: next(turned), text)


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    path: str
    text: str
    source: str
    target: str
    headers: dict[str, str]
    connection: int
    """The same number for requests that came over the same connection."""
    at: float
    """When it came, by `time.monotonic`."""
    fault: str = ""
    key: str = ""
    """The key, or what stands for one, that came with the request."""

    @property
    def texts(self) -> list[str]:
        """The texts that travelled in the request."""
        return self.text.split("\n")


@dataclass
class Fault:
    """What goes wrong, and how often: a kind of `LoopbackServer.fail`."""

    kind: str
    every: float = 1
    times: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


class LoopbackServer:
    """A server on a free port of 127.0.0.1, running while it is entered."""

    def __init__(self, *, latency: float = 0.0) -> None:
        """Takes the seconds after which it answers."""
        self.latency = latency
        self.asked: list[Asked] = []
        """All requests so far."""
        self.key = ""
        """The key that dialects with keys want; empty when they want none."""
        self.languages: Any = [{"code": "en", "targets": ["fa"]}, {"code": "fa"}]
        """What `GET /languages` answers."""
        self.names_charset = True
        """Whether pages say that they are UTF-8."""
        self.most_at_once = 0
        """The most requests that were under way at a time."""
        self._fault: Fault | None = None
        self._at_once = 0
        self._count = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> LoopbackServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The server's address without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def google_url(self) -> str:
        """The address of Google's page."""
        return f"{self.url}/m"

    @property
    def mymemory_url(self) -> str:
        """The address of MyMemory."""
        return f"{self.url}/get"

    @property
    def microsoft_url(self) -> str:
        """The address of Microsoft's translator."""
        return f"{self.url}/microsoft?api-version=3.0"

    @property
    def libre_url(self) -> str:
        """The address that LibreTranslate's clients post to."""
        return f"{self.url}/translate"

    @property
    def texts(self) -> list[str]:
        """All texts that were asked for, in the order of the requests."""
        return [text for asked in self.asked for text in asked.texts]

    def fail(
        self,
        kind: str,
        *,
        every: float = 1,
        times: int | None = None,
        **details: Any,
    ) -> None:
        """Lets every so manieth request fail from now on, at most so many times.

        With `every=10 / 3`, three of ten fail, as evenly spread as can be.

        Kinds: `slow` (seconds), `status` (status, retry_after), `busy` (retry_after, or
        retry_date in seconds from now), `cut`, `hang`, `drip`, `huge`, `wrong`, `redirect` (to),
        `raw` (html put into the page unescaped), `say` (json, as a good answer),
        `close` and the names in `HOSTILE`.
        """
        with self._lock:
            self._count = 0
            self._fault = Fault(kind, every, times, details)

    def heal(self) -> None:
        """Lets requests succeed again."""
        with self._lock:
            self._fault = None

    def begin(self, asked: Callable[[str], Asked]) -> Fault | None:
        """Notes a request; return what is to go wrong with it."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self._count += 1
            fault = self._fault
            if fault and (fault.times == 0 or not self._is_hit(fault.every)):
                fault = None
            elif fault and fault.times is not None:
                fault.times -= 1
            self.asked.append(asked(fault.kind if fault else ""))
        self.wait(self.latency)
        return fault

    def _is_hit(self, every: float) -> bool:
        return int(self._count / every) > int((self._count - 1) / every)

    def end(self) -> None:
        """Notes that a request was answered."""
        with self._lock:
            self._at_once -= 1

    def wait(self, seconds: float) -> None:
        """Waits, but not after the server was stopped."""
        if seconds:
            self._stop.wait(seconds)

    @property
    def is_stopped(self) -> bool:
        """Whether the server is shutting down."""
        return self._stop.is_set()

    def keep(self, sock: socket.socket) -> None:
        """Remembers a connection, to be closed with the server."""
        with self._lock:
            self._sockets.add(sock)

    def forget(self, sock: socket.socket) -> None:
        """Forgets a connection that was closed."""
        with self._lock:
            self._sockets.discard(sock)


class _Server(ThreadingHTTPServer):
    # Threads are waited for, so that none outlives its test.
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64
    loopback: LoopbackServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keeps quiet: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.loopback.keep(self.connection)

    def finish(self) -> None:
        self.server.loopback.forget(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keeps quiet."""

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        if self.path == "/languages":
            body = json.dumps(self.server.loopback.languages).encode()
            self.send(200, body, "application/json")
            return
        self.read("GET", None)

    def do_POST(self) -> None:  # noqa: N802 - the base class's name
        length = int(self.headers.get("Content-Length", "0"))
        self.read("POST", json.loads(self.rfile.read(length)))

    def read(self, method: str, body: Any) -> None:
        """Understands a request by the dialect of its address, and answers it."""
        parts = urlsplit(self.path)
        dialect = DIALECTS.get((method, parts.path))
        if dialect is None:
            self.send(404, b"not here")
            return
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.answer(dialect(query, headers, body), headers)

    def answer(self, question: Question, headers: dict[str, str]) -> None:
        """Answers a question, or fails as it is told to."""
        loopback = self.server.loopback
        fault = loopback.begin(
            lambda kind: Asked(
                urlsplit(self.path).path,
                question.text,
                question.source,
                question.target,
                headers,
                self.client_address[1],
                time.monotonic(),
                kind,
                question.key,
            )
        )
        try:
            translated = translate(question.text, target=question.target, is_html=question.is_html)
            if question.needs_key and loopback.key not in ("", question.key):
                self.send(401, b'{"error": "Invalid API key"}', "application/json")
            elif fault is None:
                self.send(200, *self.page(question, translated))
            elif fault.kind in HOSTILE:
                raw = HOSTILE[fault.kind](question.text if fault.kind == "echo" else translated)
                self.send(200, *self.page(question, raw))
            else:
                self.misbehave(fault, *self.page(question, translated))
        finally:
            loopback.end()

    def page(self, question: Question, answer: str) -> tuple[bytes, str]:
        """Return an answer in the question's dialect, with its content type."""
        body, kind = question.word(answer)
        return body, kind if self.server.loopback.names_charset else kind.partition(";")[0]

    def misbehave(self, fault: Fault, body: bytes, kind: str) -> None:
        """Fails in a way that shows on the wire."""
        loopback, details = self.server.loopback, fault.details
        match fault.kind:
            case "slow":
                loopback.wait(details.get("seconds", 1.0))
                self.send(200, body, kind)
            case "status":
                self.send(details["status"], b"<html>sorry</html>")
            case "busy":
                pause = details.get("retry_after")
                if "retry_date" in details:
                    pause = formatdate(time.time() + details["retry_date"], usegmt=True)
                self.send(
                    429, b"slow down", headers={} if pause is None else {"Retry-After": pause}
                )
            case "cut":
                self.send(200, body[: len(body) // 2], kind, length=len(body))
                self.hang_up()
            case "close":
                self.hang_up()
            case "hang":
                loopback.wait(details.get("seconds", 60.0))
                self.hang_up()
            case "drip":
                self.start(200, kind, len(body))
                for byte in body:
                    if loopback.is_stopped:
                        return
                    self.wfile.write(bytes([byte]))
                    loopback.wait(details.get("seconds", 0.05))
            case "huge":
                size = details.get("size", 64 * 1024 * 1024)
                self.start(200, kind, size)
                for _ in range(size // 65536):
                    self.wfile.write(b" " * 65536)
            case "wrong":
                self.send(200, b"<html><body>Before you continue</body></html>", "text/html")
            case "raw":
                self.send(200, body.replace(b"</div>", details["html"].encode() + b"</div>", 2))
            case "say":
                self.send(200, json.dumps(details["json"]).encode(), "application/json")
            case "redirect":
                self.send(302, b"", headers={"Location": details["to"]})
            case _:
                raise AssertionError(f"unknown fault {fault.kind}")

    def start(
        self, status: int, kind: str, length: int, headers: dict[str, Any] | None = None
    ) -> None:
        """Sends a status and headers."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        self.end_headers()

    def send(
        self,
        status: int,
        body: bytes,
        kind: str = "text/html",
        *,
        length: int | None = None,
        headers: dict[str, Any] | None = None,
    ) -> None:
        """Sends a whole answer."""
        self.start(status, kind, len(body) if length is None else length, headers)
        self.wfile.write(body)

    def hang_up(self) -> None:
        """Closes the connection."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


def translate(text: str, *, target: str, is_html: bool = False) -> str:
    """Return the offline twin's translation; between the tags when the text is HTML."""
    if not is_html:
        return pseudo(text, target=target)
    return "".join(
        piece
        if piece.startswith("<")
        else html.escape(pseudo(html.unescape(piece), target=target), quote=False)
        for piece in re.split(r"(<[^<>]*>)", text)
    )
