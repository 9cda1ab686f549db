"""HTTP/1.1 on a socket: just what the exchange needs, with keep-alive and one system call per answer.

The library's handler parses headers through the e-mail package, which costs more than the whole of a record's
validation; hence this small reader. It takes Content-Length and chunked bodies, and refuses what is ambiguous.
"""

import socket
import struct
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from disclosure.mock_feed.document import MAX_BODY

_MAX_HEAD: Final = 32 * 1024
_RECEIVE: Final = 256 * 1024
_REASONS: Final = {status.value: status.phrase for status in HTTPStatus}


class Broken(Exception):
    """The peer sent what is not HTTP, or went away; `status` 0 means: just close."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Request:
    """One request; header names in lower case, `is_too_large` when the body was left unread."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    peer: str
    keeps_alive: bool = True
    is_too_large: bool = False


@dataclass(slots=True)
class Response:
    """One answer. `fate` other than `send` ends the connection instead: `drop` closes it, `reset` tears it down."""

    status: int
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)
    content_type: str = "application/json; charset=utf-8"
    closes: bool = False
    fate: str = "send"
    pause_seconds: float = 0.0


class Connection:
    """Reads requests from and writes answers to one client."""

    def __init__(self, sock: socket.socket, peer: str) -> None:
        self._socket = sock
        self._peer = peer
        self._buffer = bytearray()

    def _receive(self) -> None:
        try:
            part = self._socket.recv(_RECEIVE)
        except OSError as error:
            raise Broken from error
        if not part:
            raise Broken
        self._buffer += part

    def read(self) -> Request:
        """The next request; Broken when there is none."""
        end = self._buffer.find(b"\r\n\r\n")
        while end < 0:
            if len(self._buffer) > _MAX_HEAD:
                raise Broken(431)
            self._receive()
            end = self._buffer.find(b"\r\n\r\n")
        lines = self._buffer[:end].decode("latin-1").split("\r\n")
        del self._buffer[: end + 4]
        request = _request(lines, self._peer)
        self._read_body(request)
        return request

    def _read_body(self, request: Request) -> None:
        coding = request.headers.get("transfer-encoding")
        length = request.headers.get("content-length", "0")
        if coding is not None:
            if coding.lower() != "chunked" or "content-length" in request.headers:
                raise Broken(400)
            self._invite(request)
            request.body, request.is_too_large = self._chunked()
            return
        if not (length.isascii() and length.isdigit() and len(length) < 19):
            raise Broken(400)
        if int(length) > MAX_BODY:
            request.is_too_large = True
            return
        if length != "0":
            self._invite(request)
            request.body = self._exactly(int(length))

    def _invite(self, request: Request) -> None:
        if request.headers.get("expect", "").lower() == "100-continue":
            self._send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _exactly(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._receive()
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > _MAX_HEAD:
                raise Broken(400)
            self._receive()
        return self._exactly(end + 2)[:-2]

    def _chunked(self) -> tuple[bytes, bool]:
        body = bytearray()
        while True:
            try:
                size = int(self._line().partition(b";")[0].decode("ascii"), 16)
            except ValueError as error:
                raise Broken(400) from error
            if size < 0:
                raise Broken(400)
            if len(body) + size > MAX_BODY:
                return b"", True
            if size == 0:
                while self._line():
                    pass
                return bytes(body), False
            body += self._exactly(size)
            if self._line():
                raise Broken(400)

    def write(self, response: Response, keeps_alive: bool, has_body: bool = True) -> None:
        """Send an answer, or do to the connection what the answer's fate says."""
        if response.fate == "reset":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if response.fate != "send":
            raise Broken
        head = [
            f"HTTP/1.1 {response.status} {_REASONS.get(response.status, '')}",
            f"Content-Type: {response.content_type}",
            f"Content-Length: {len(response.body)}",
            *(f"{name}: {value}" for name, value in response.headers),
        ]
        if not keeps_alive:
            head.append("Connection: close")
        self._send("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + (response.body if has_body else b""))

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise Broken from error


def _request(lines: list[str], peer: str) -> Request:
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1.") or not parts[1].startswith("/"):
        raise Broken(400)
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or not name:
            raise Broken(400)
        name = name.lower()
        # A header that decides something must not stand twice: nobody could say which one was signed.
        if name in headers and name.startswith(("x-", "content-", "idempotency", "transfer", "host")):
            raise Broken(400)
        headers[name] = value.strip(" \t")
    path, _, query = parts[1].partition("?")
    token = headers.get("connection", "").lower()
    keeps_alive = token != "close" if parts[2] == "HTTP/1.1" else token == "keep-alive"
    return Request(parts[0], path, query, headers, b"", peer, keeps_alive)
