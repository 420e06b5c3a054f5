"""Two transactions that meet at a chosen statement: the first stops there until the second has done what it can."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from engine.app import Engine
from engine.errors import EngineError

FOREVER = 20  # seconds; nobody waits so long, it only ends a test that hangs


def race(
    engine: Engine, first: Callable[[], object], second: Callable[[], object], *, at: str, wait: float = 0.3
) -> tuple[object, object]:
    """What came of both: a result, or the refusal.

    `first` stops before its first statement that contains `at`; then `second` runs until it is over or waits for a
    lock (`wait` seconds are for it to get there: the outcome does not depend on them); then `first` goes on.
    """
    reached, go, told = threading.Event(), threading.Event(), [None, None]
    runner = threading.Thread(target=_tell, args=(told, 0, first))

    def stop(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if threading.current_thread() is runner and at in statement.lower() and not reached.is_set():
            reached.set()
            go.wait(FOREVER)

    event.listen(engine.database, "before_cursor_execute", stop)
    try:
        runner.start()
        assert reached.wait(FOREVER), f"the first never came to {at!r}: {told[0].__class__.__name__}"
        other = threading.Thread(target=_tell, args=(told, 1, second))
        other.start()
        other.join(wait)
        go.set()
        runner.join()
        other.join()
    finally:
        event.remove(engine.database, "before_cursor_execute", stop)
    return told[0], told[1]


def _tell(told: list[Any], place: int, act: Callable[[], object]) -> None:
    try:
        told[place] = act()
    except EngineError as refused:
        told[place] = type(refused).__name__
    except BaseException as broken:
        told[place] = broken
