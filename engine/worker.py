"""The clock's hand: fires due timers of running cases, one transaction each."""

import logging
import threading

from engine import cases
from engine.app import Engine
from engine.errors import EngineError
from engine.work import SYSTEM

EVERY = 1.0  # seconds between two looks; how late a timer may be
log = logging.getLogger(__name__)


def sweep(engine: Engine) -> int:
    """Fire what is due now; returns how many cases were touched. One bad case does not stop the others."""
    with engine.look(SYSTEM) as work:
        due = cases.due_cases(work)
    for case_id in due:
        try:
            with engine.begin(SYSTEM) as work:
                cases.fire(work, case_id)
        except Exception:
            log.exception("timer of case %s not fired now; it stays due", case_id)
    return len(due)


def run(engine: Engine, stop: threading.Event) -> None:
    """Sweep until `stop` is set; survives a database that is away for a while."""
    while not stop.wait(EVERY):
        try:
            sweep(engine)
        except EngineError:
            log.warning("timers not swept now", exc_info=True)
        except Exception:
            log.exception("timers not swept now")
