"""A department that does not answer is left alone for a while, so that waiting for it does not use up every hand."""

import threading
import time
from collections.abc import Callable

LIMIT = 5  # failures in a row
REST = 30.0  # seconds


class Breaker:
    """Closed: calls go out. Open after five failures in a row: none does, for half a minute; then one may try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @property
    def open(self) -> bool:
        """Whether calls are held back now."""
        return self._failures >= LIMIT and self._clock() < self._until

    def allows(self) -> bool:
        """Whether a call may go out. After the rest one is let through, and the next waits for what comes of it."""
        with self._lock:
            if self._failures < LIMIT:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + REST
            return True

    def heard(self, *, answered: bool) -> None:
        """Note what came of a call."""
        with self._lock:
            self._failures = 0 if answered else self._failures + 1
            if self._failures >= LIMIT:
                self._until = self._clock() + REST
