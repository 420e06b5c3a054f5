"""The HTTP side of the sandbox.

    POST /<connector>     a question, as `engine.exchange` asks it
    PUT  /faults          {"<connector>": {"fault": "down", "times": 2}}; an empty object mends everything
    GET  /asked           what was asked so far: connector, Idempotency-Key, fault

Faults: `down` (503), `slow` (answers after `seconds`), `drip` (a byte a second), `denied` (403), `garbage` (a page),
`huge`, `cut` (closes the connection), `away` (kind unavailable), `moved` (a redirect), `later` (202, then calls
`callback`/<job> with `token`, `copies` times).
"""

import contextlib
import json
import sys
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

from engine.exchange.http import LARGEST
from engine.sandbox.records import answer
from engine.store.columns import dumps

PAGE = b"<html><body>Please sign in</body></html>"
Body = Mapping[str, Any]


class Sandbox(ThreadingHTTPServer):
    """Serves until `stop`; use it as a context manager to have it in a thread of its own."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.faults: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        """Where it answers."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def __enter__(self) -> "Sandbox":
        threading.Thread(target=self.serve_forever, name="sandbox", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asks may hang up; that is what faults are for."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def fault_for(self, connector: str, wanted: str | None) -> dict[str, Any]:
        """The fault of this question: the one its header wants, or what was set, as often as it was set for."""
        if wanted:
            return {"fault": wanted}
        fault = self.faults.get(connector, {})
        if "times" in fault:
            if fault["times"] <= 0:
                return {}
            fault["times"] -= 1
        return fault


class _Handler(BaseHTTPRequestHandler):
    server: Sandbox
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a question."""
        connector = self.path.strip("/")
        body = self._body()
        fault = self.server.fault_for(connector, self.headers.get("Sandbox-Fault"))
        key = self.headers.get("Idempotency-Key") or ""
        self.server.asked.append({"connector": connector, "key": key, "fault": fault.get("fault", "")})
        question = body.get("question")
        found = answer(connector, question if isinstance(question, dict) else {}, datetime.now(UTC).isoformat())
        if found is None:
            self._send(404, b'{"error": "no such department"}')
            return
        _FAULTS.get(fault.get("fault", ""), _well)(self, found, body, fault)

    def do_PUT(self) -> None:
        """Set the faults."""
        self.server.faults = {name: dict(fault) for name, fault in self._body().items()}
        self._send(200, b"{}")

    def do_GET(self) -> None:
        """Say what was asked."""
        self._send(200, dumps(list(self.server.asked)).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: questions hold names."""

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        try:
            found = json.loads(self.rfile.read(length) or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _send(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _well(handler: _Handler, found: Body, _asked: Body, _fault: Body) -> None:
    handler._send(200, dumps(dict(found)).encode())


def _slow(handler: _Handler, found: Body, _asked: Body, fault: Body) -> None:
    time.sleep(float(fault.get("seconds", 3)))
    handler._send(200, dumps(dict(found)).encode())


def _drip(handler: _Handler, found: Body, _asked: Body, _fault: Body) -> None:
    content = dumps(dict(found)).encode()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    for byte in content:
        handler.wfile.write(bytes([byte]))
        time.sleep(1)


def _later(handler: _Handler, found: Body, asked: Body, fault: Body) -> None:
    """Take the question, and answer it with a call of our own, as often as the fault says."""
    handler._send(202, b"{}")
    url, token = f"{fault['callback']}/{asked.get('job')}", fault["token"]

    def call_back() -> None:
        time.sleep(float(fault.get("seconds", 0.2)))
        for _ in range(int(fault.get("copies", 1))):
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            body = dumps(dict(found)).encode()
            with contextlib.suppress(
                urllib3.exceptions.HTTPError
            ):  # who asked may be gone, like a real department's caller
                urllib3.request("POST", url, body=body, headers=headers, retries=False, timeout=10)

    threading.Thread(target=call_back, daemon=True).start()


_FAULTS = {
    "down": lambda handler, *_: handler._send(503, b"{}"),
    "denied": lambda handler, *_: handler._send(403, b"{}"),
    "garbage": lambda handler, *_: handler._send(200, PAGE, "text/html"),
    "huge": lambda handler, *_: handler._send(200, b"[" + b"1," * LARGEST + b"1]"),
    "cut": lambda handler, *_: handler.connection.close(),
    "away": lambda handler, *_: handler._send(200, b'{"kind": "unavailable"}'),
    "moved": lambda handler, *_: handler._send(302, b""),
    "slow": _slow,
    "drip": _drip,
    "later": _later,
}
