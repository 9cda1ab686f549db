"""The listening socket: one thread per kept connection, requests of one connection in order."""

import contextlib
import json
import socket
import sys
import threading
import time
import traceback
from dataclasses import replace
from typing import Final

from disclosure.mock_feed import controls, pages
from disclosure.mock_feed.errors import ExchangeError
from disclosure.mock_feed.exchange import BASE, Exchange
from disclosure.mock_feed.settings import Settings
from disclosure.mock_feed.wire import Broken, Connection, Request, Response

_IDLE_SECONDS: Final = 120
_MOST_CONNECTIONS: Final = 128


class Server:
    """Listens from its creation on; `port` is the real one, also when 0 was asked for."""

    def __init__(self, settings: Settings) -> None:
        self._listener = socket.create_server((settings.host, settings.port), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self.address = f"http://{settings.host}:{self.port}"
        self.exchange = Exchange(replace(settings, port=self.port), self.address)
        self._places = threading.BoundedSemaphore(_MOST_CONNECTIONS)

    def serve(self) -> None:
        """Accept connections until `close` is called."""
        while True:
            self._places.acquire()
            try:
                sock, peer = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._run, args=(sock, peer[0]), daemon=True).start()

    def close(self) -> None:
        """Stop listening and close the database."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.exchange.storage.close()

    def _run(self, sock: socket.socket, peer: str) -> None:
        try:
            with sock:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(_IDLE_SECONDS)
                self._converse(Connection(sock, peer))
        finally:
            self._places.release()

    def _converse(self, connection: Connection) -> None:
        keeps_alive = True
        try:
            while keeps_alive:
                request = connection.read()
                response = self._answer(request)
                if response.pause_seconds:
                    time.sleep(response.pause_seconds)
                keeps_alive = request.keeps_alive and not response.closes and not request.is_too_large
                connection.write(response, keeps_alive, has_body=request.method != "HEAD")
        except Broken as broken:
            if broken.status:
                with contextlib.suppress(Broken):
                    connection.write(Response(broken.status, b""), keeps_alive=False)

    def _answer(self, request: Request) -> Response:
        try:
            if request.path.startswith(BASE):
                return self.exchange.handle(request)
            if request.path.startswith(controls.PREFIX):
                return controls.handle(self.exchange, request)
            return pages.handle(self.exchange, request)
        except Exception:
            # The edge of the process: whatever went wrong was rolled back, and the client must hear E5001.
            traceback.print_exc(file=sys.stderr)
            body = ExchangeError("E5001").body("-")
            return Response(500, json.dumps(body, ensure_ascii=False).encode())
