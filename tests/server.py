"""The real server in a process of its own: started as people start it, and killed as machines die."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

WAIT = 60.0  # seconds a start may take on a busy machine


@dataclass
class Server:
    """One installation in `data`, on a free port of this machine."""

    data: Path
    database: str = ""
    port: int = field(default_factory=lambda: free_port())

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = os.environ | {"LIANBAN_DATA": str(self.data), "LIANBAN_PORT": str(self.port)}
        if self.database:
            environment["LIANBAN_DATABASE"] = self.database
        self.data.mkdir(parents=True, exist_ok=True)
        self.log = (self.data / "server.log").open("ab")
        self.process = subprocess.Popen(
            [Path(sys.executable).with_name("lianban"), "serve", "--demo"],
            env=environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._wait()

    def kill(self) -> None:
        """Die at once, as by a power cut to the process: no handler runs."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def stop(self) -> None:
        """Stop in good order."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.log.close()

    def _wait(self) -> None:
        end = time.monotonic() + WAIT
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                with opener.open(f"{self.address}/progress", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        told = (self.data / "server.log").read_text("utf-8", errors="replace")
        raise AssertionError(f"the server did not start:\n{told[-3000:]}")


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
