"""A throw-away Redis for one test: it remembers nothing, and dies with the test run."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.server import free_port

CURE = "Redis is not installed here; install it with: apt-get install redis-server"


class Missing(Exception):
    """The machine cannot run Redis; the message says what to do."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server; gives its URL."""
    if not shutil.which("redis-server"):
        raise Missing(CURE)
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "KILL", *command]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def _await(port: int) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            with redis.Redis(port=port) as client:
                return client.ping() and None
        except redis.ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
