"""The web server: gunicorn, one process with threads, started from Python."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from engine.app import Engine

THREADS = 8
GRACE = 30  # seconds running requests may take after the server was told to stop
PATIENCE = 120  # seconds without a sign of life after which a stuck process is replaced


class Words(Logger):  # type: ignore[misc]
    """What gunicorn has to say, written as the rest of the log is, without the addresses and errors it would quote."""

    def setup(self, cfg: Any) -> None:
        """Leave the writing to the log of this process."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A request nobody can read is quoted by gunicorn; somebody's name may be in it."""
        said = "a malformed request was refused" if msg.startswith("Invalid request") else msg
        super().warning(said, *args, **kwargs)

    def exception(self, *_: Any, **kwargs: Any) -> None:
        """Where it happened, not for which address."""
        super().exception("the web server met an error", **kwargs)


class Worker(ThreadWorker):  # type: ignore[misc]
    """The process that serves. Told to stop, it lets go of its address at once, so that a proxy asks another one."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """What gunicorn calls when there are too many connections, and when it was told to stop."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()  # else they queue where nobody comes for them
            self.app.leave()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One application on one address. `work` does jobs and timers in threads beside the requests, until it is stopped.

    One process: with the embedded database more would only queue at the write gate.
    """

    def __init__(
        self, app: Flask, engine: Engine, host: str, port: int, work: Callable[[threading.Event], None]
    ) -> None:
        self._app = app
        self._work = work
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None
        # Database connections must not cross the fork that follows; the serving process opens its own.
        engine.database.dispose()
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn asks for at the start."""
        wanted: dict[str, Any] = {
            "bind": [self._bind],
            "worker_class": Worker,
            "workers": 1,
            "threads": THREADS,
            "graceful_timeout": GRACE,
            "timeout": PATIENCE,
            "loglevel": "warning",
            "logger_class": Words,
            "control_socket_disable": True,
            "post_fork": self._forked,
            "worker_exit": self._leaving,
        }
        for name, value in wanted.items():
            if name in self.cfg.settings:  # gunicorn before 25 has no control socket to switch off
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, in the process that serves it."""
        return self._app

    def leave(self) -> None:
        """Claim no more jobs: what is begun should end within the grace."""
        self._stop.set()

    def _forked(self, _server: object, _worker: object) -> None:
        # Threads are not copied by a fork, so this one begins here, also when a killed process is replaced.
        self._worker = threading.Thread(target=self._work, args=(self._stop,), name="worker", daemon=True)
        self._worker.start()

    def _leaving(self, _server: object, _worker: object) -> None:
        self.leave()
        if self._worker:
            self._worker.join(GRACE)  # jobs that were begun may finish
