"""Ringing for work: due jobs are named to a broker, and whoever hears it claims the row.

The message is the id and nothing else; the rows are the truth. A bell nobody hears is rung again, so losing the broker
with everything in it loses nothing, and a job that is rung twice is claimed once.
"""

import threading
import time
from collections.abc import Callable

from engine import jobs
from engine.app import Engine
from engine.work import SYSTEM
from engine.worker.sweeps import EVERY, keep_sweeping, survive

AGAIN = 30.0  # seconds until a job that is still due is rung for again
MOST = 1000  # bells a round


class Bell:
    """Rings for what is due, each job once in a while."""

    def __init__(self, engine: Engine, ring: Callable[[str], object], clock: Callable[[], float] = time.monotonic):
        self._engine = engine
        self._ring = ring
        self._clock = clock
        self._rung: dict[str, float] = {}

    def round(self) -> int:
        """Ring for every due job that was not rung for lately; returns how many."""
        now = self._clock()
        self._rung = {name: at for name, at in self._rung.items() if now - at < AGAIN}
        with self._engine.look(SYSTEM) as work:
            fresh = [name for name in jobs.due(work, MOST) if name not in self._rung]
        for name in fresh:
            self._ring(name)
            self._rung[name] = now
        return len(fresh)


def keep_ringing(engine: Engine, ring: Callable[[str], object], stop: threading.Event) -> None:
    """Sweep timers and ring until `stop` is set; survives a database or a broker that is away."""
    timers = threading.Thread(target=keep_sweeping, args=(engine, stop), name="timers", daemon=True)
    timers.start()
    bell = Bell(engine, ring)
    while not stop.wait(EVERY):
        survive(bell.round, "bells not rung now")
    timers.join()
