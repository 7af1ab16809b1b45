"""Fetches pages from one host over kept-alive connections, within limits that hold.

`requests` has time limits for a connection and for each packet, none for a whole answer, and
none for its size. Here a request has a deadline, can be interrupted from another thread, and its
query, which carries article text, is unknown to everything that logs or describes errors.
"""

from __future__ import annotations

import email.utils
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests

from ..segments.reasons import Reason
from .connections import ReportingAdapter

_CHUNK = 64 * 1024
_REDIRECTS = 3
_LONGEST_PAUSE = 24 * 3600.0
_REASONS = {
    408: Reason.TIMEOUT,
    413: Reason.TOO_LONG,
    414: Reason.TOO_LONG,
    429: Reason.BUSY,
    431: Reason.TOO_LONG,
}


class FetchError(Exception):
    """A page could not be fetched; says why without naming what was asked."""

    def __init__(self, reason: Reason, *, retry_after: float | None = None, detail: str = ""):
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.retry_after = retry_after
        self.detail = detail


@dataclass(frozen=True)
class Page:
    """An answer with a good status, wholly read; quacks as far as `requests.Response` is used."""

    status_code: int
    content: bytes

    @property
    def text(self) -> str:
        """The body, read as UTF-8."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ValueError: when it is none.
        """
        return json.loads(self.text)

    def close(self) -> None:
        """Does nothing: the body is read and the connection went back already."""


@dataclass(frozen=True)
class Limits:
    """How long a request may take, in seconds, and how long its answer may be, in bytes."""

    connect: float = 5.0
    read: float = 15.0
    """Between two packets."""
    total: float = 30.0
    body: int = 2 * 1024 * 1024


class Line:
    """One thread's connections, and the request that is under way on them."""

    def __init__(self, limits: Limits, headers: Mapping[str, str]) -> None:
        self.limits = limits
        self.is_stopped = False
        self._is_late = False
        self._query = ""
        self._connection: Any = None
        self._lock = threading.Lock()
        self._session = requests.Session()
        self._session.headers.update(headers)
        adapter = ReportingAdapter(self.connection_asked)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        proxies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Fetch a page; follows a redirect only within the same host.

        Raises:
            FetchError: when there is no whole answer with a status from 200 to 299 in time.
        """
        with self._deadline():
            for _ in range(_REDIRECTS + 1):
                response = self._ask("GET", url, urlencode(params or {}), proxies, headers)
                with response:
                    if not response.is_redirect:
                        return Page(response.status_code, self._read(response))
                    target = urljoin(url, response.headers["Location"])
                    self._read(response)
                if urlsplit(target)[:2] != urlsplit(url)[:2]:
                    raise FetchError(Reason.REFUSED, detail="redirected elsewhere")
                url, params = target, None
        raise FetchError(Reason.REFUSED, detail="redirected in circles")

    def post(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        proxies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> Page:
        """Post JSON and return the answer; follows no redirect.

        Raises:
            FetchError: when there is no whole answer with a status from 200 to 299 in time.
        """
        with self._deadline():
            query = urlencode(params or {})
            with self._ask("POST", url, query, proxies, headers, body=json) as response:
                if response.is_redirect:
                    raise FetchError(Reason.REFUSED, detail="redirected")
                return Page(response.status_code, self._read(response))

    def stop(self) -> None:
        """Interrupts the request under way and refuses others, from any thread."""
        with self._lock:
            self.is_stopped = True
        self._cut()
        self._session.close()

    def connection_asked(self, connection: Any) -> str:
        """Notes the connection that a request goes out on; return the query to append."""
        with self._lock:
            if self.is_stopped or self._is_late:
                raise OSError("the request was interrupted")
            self._connection = connection
        query, self._query = self._query, ""
        return query

    def _ask(
        self,
        method: str,
        url: str,
        query: str,
        proxies: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        *,
        body: Any = None,
    ) -> requests.Response:
        if self.is_stopped:
            raise FetchError(Reason.UNREACHABLE, detail="stopped")
        self._query = f"{'&' if urlsplit(url).query else '?'}{query}" if query else ""
        try:
            response = self._session.request(
                method,
                url,
                proxies=dict(proxies or {}),
                headers=dict(headers or {}),
                json=body,
                timeout=(self.limits.connect, self.limits.read),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise self._named(error) from None
        if not response.ok:
            pause = _seconds(response.headers.get("Retry-After", ""))
            with suppress(FetchError), response:
                self._read(response)
            status = response.status_code
            reason = _REASONS.get(status, Reason.SERVER_ERROR if status > 499 else Reason.REFUSED)
            raise FetchError(reason, retry_after=pause, detail=f"status {status}")
        return response

    def _read(self, response: requests.Response) -> bytes:
        body = bytearray()
        try:
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > self.limits.body:
                    # What is left unread must not be taken for the next answer.
                    self._cut()
                    raise FetchError(Reason.BAD_ANSWER, detail="body too large")
        except requests.RequestException as error:
            raise self._named(error, is_connected=True) from None
        if self._is_late or self.is_stopped:
            # A body without a length looks whole when its connection was cut.
            raise self._named(None)
        if response.raw.tell() < _number(response.headers.get("Content-Length", "")):
            # urllib3 notices this by itself from its version 2 on.
            raise FetchError(Reason.SERVER_ERROR, detail="body cut short")
        return bytes(body)

    def _named(self, error: Exception | None, *, is_connected: bool = False) -> FetchError:
        """Return what happened as an error that does not quote the request."""
        detail = type(error).__name__ if error else ""
        if self._is_late:
            return FetchError(Reason.TIMEOUT, detail="deadline")
        if isinstance(error, requests.ConnectTimeout):
            # Networks that filter swallow packets instead of refusing them.
            return FetchError(Reason.UNREACHABLE, detail=detail)
        if isinstance(error, requests.Timeout):
            return FetchError(Reason.TIMEOUT, detail=detail)
        if is_connected or _was_connected(error):
            if "timed out" in str(error):
                return FetchError(Reason.TIMEOUT, detail=detail)
            return FetchError(Reason.SERVER_ERROR, detail=detail)
        return FetchError(Reason.UNREACHABLE, detail=detail)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        self._is_late = False
        timer = threading.Timer(self.limits.total, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            with self._lock:
                self._connection = None

    def _expire(self) -> None:
        with self._lock:
            self._is_late = True
        self._cut()

    def _cut(self) -> None:
        """Shuts the connection under way, so that whoever reads from it wakes up."""
        with self._lock:
            sock = getattr(self._connection, "sock", None)
        if isinstance(sock, socket.socket):
            with suppress(OSError):
                # Not the TLS socket's own method, which another thread must not call.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class Fetcher:
    """Gives each thread a line of its own, and closes them all."""

    def __init__(self, limits: Limits | None = None, headers: Mapping[str, str] | None = None):
        self.limits = limits or Limits()
        self.headers = dict(headers or {})
        self._local = threading.local()
        self._lines: list[Line] = []
        self._lock = threading.Lock()

    def line(self) -> Line:
        """Return the calling thread's line; a new one after `close`."""
        line: Line | None = getattr(self._local, "line", None)
        if line is None or line.is_stopped:
            line = self._local.line = Line(self.limits, self.headers)
            with self._lock:
                self._lines.append(line)
        return line

    def close(self) -> None:
        """Interrupts all requests and drops all connections."""
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            line.stop()


def _was_connected(error: Exception | None) -> bool:
    """Whether a connection stood before it failed: the far end closed it while we waited."""
    cause = error.args[0] if error and error.args else None
    return type(cause).__name__ == "ProtocolError"


def _number(header: str) -> int:
    """Return a header's whole number; 0 when it holds none."""
    return int(header[:18]) if header.isascii() and header.isdigit() else 0


def _seconds(header: str) -> float | None:
    """Return a `Retry-After` header, seconds or an HTTP date, in seconds from now."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header[:12]), _LONGEST_PAUSE)
    try:
        moment = email.utils.parsedate_to_datetime(header)
        seconds = moment.timestamp() - time.time()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return min(max(0.0, seconds), _LONGEST_PAUSE)
