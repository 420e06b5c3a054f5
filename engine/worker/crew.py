"""The embedded worker: some threads of this process. Any number of processes may run one on PostgreSQL.

One thread looks for due jobs and claims as many as there are free hands; stopping lets the hands finish.
"""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

from engine import jobs
from engine.app import Engine
from engine.jobs import Errand
from engine.work import SYSTEM
from engine.worker.perform import Desk, nobody, perform
from engine.worker.sweeps import EVERY, keep_sweeping, survive

THREADS = 2


class Crew:
    """A bounded pool of threads that do jobs."""

    def __init__(self, engine: Engine, desk: Desk, threads: int) -> None:
        self._engine = engine
        self._desk = desk
        self._name = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="jobs")
        self._free = threading.Semaphore(threads)
        self._threads = threads
        self._stirred = threading.Event()

    def round(self) -> int:
        """Claim what is due, as much as there are free hands, and begin it; returns how many were begun."""
        free = self._hands()
        taken: tuple[Errand, ...] = ()
        try:
            taken = self._claim(free) if free else ()
        finally:
            for _ in range(free - len(taken)):
                self._free.release()
        for errand in taken:
            self._pool.submit(self._do, errand)
        return len(taken)

    def pause(self) -> None:
        """Wait until something may have changed: a hand is free, a case has moved, or some time has passed."""
        self._stirred.wait(EVERY)
        self._stirred.clear()

    def leave(self) -> None:
        """Begin nothing more and let what was begun finish."""
        self._pool.shutdown()

    def _hands(self) -> int:
        return sum(self._free.acquire(blocking=False) for _ in range(self._threads))

    def _claim(self, most: int) -> tuple[Errand, ...]:
        with self._engine.look(SYSTEM) as work:  # a look waits for nobody; only who finds something writes
            if not jobs.due(work, 1):
                return ()
        with self._engine.begin(SYSTEM) as work:
            return jobs.claim(work, self._name, limit=most)

    def _do(self, errand: Errand) -> None:
        try:
            survive(lambda: int(perform(self._engine, errand, self._desk)), f"job {errand.id} not finished now")
        finally:
            self._free.release()
            self._stirred.set()


def run(engine: Engine, stop: threading.Event, desk: Desk = nobody, threads: int = THREADS) -> None:
    """Sweep timers and do jobs until `stop` is set, then finish what was begun."""
    timers = threading.Thread(target=keep_sweeping, args=(engine, stop), name="timers", daemon=True)
    timers.start()
    crew = Crew(engine, desk, threads)
    while not stop.is_set():
        if not survive(crew.round, "jobs not claimed now"):
            crew.pause()
    crew.leave()
    timers.join()
