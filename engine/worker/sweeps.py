"""What comes round again: due timers and kept messages, one transaction each. Any number of workers may sweep."""

import logging
import threading
import time
from collections.abc import Callable

from engine import cases, drafts, events, messages, supervision
from engine.app import Engine
from engine.errors import EngineError
from engine.work import SYSTEM

EVERY = 1.0  # seconds between two looks; how late a timer may be
HOURLY = 3600.0  # seconds
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


def carry(engine: Engine) -> int:
    """Deliver kept messages to the events that wait for them by now; returns how many were tried."""
    with engine.look(SYSTEM) as work:
        found = messages.deliverable(work)
    for sender, message in found:
        try:
            with engine.begin(SYSTEM) as work:
                messages.deliver(work, sender, message)
        except Exception:
            log.exception("message %s not delivered now; it is kept", message)
    return len(found)


def spread(engine: Engine) -> int:
    """Let every case have the life events that concern it; returns how many were tried."""
    with engine.look(SYSTEM) as work:
        found = events.pending(work)
    for event, case_id in found:
        try:
            with engine.begin(SYSTEM) as work:
                events.reach(work, event, case_id)
        except Exception:
            log.exception("event %s not passed on now; it stays waiting", event)
    return len(found)


def alarm(engine: Engine) -> int:
    """Tell whom it concerns that time is running out; returns how many cases were tried."""
    with engine.look(SYSTEM) as work:
        found = supervision.alarmed(work)
    for case_id in found:
        try:
            with engine.begin(SYSTEM) as work:
                supervision.tell(work, case_id)
        except Exception:
            log.exception("nobody was told about case %s now; it stays due", case_id)
    return len(found)


def deem(engine: Engine) -> int:
    """Deem accepted what no window decided in time; returns how many applications."""
    with engine.look(SYSTEM) as work:
        if not drafts.overdue(work):
            return 0
    with engine.begin(SYSTEM) as work:
        return drafts.deem(work)


def tidy(engine: Engine) -> int:
    """Delete what nobody needs any more, and look for what was missed; returns how much."""
    with engine.begin(SYSTEM) as work:
        return messages.forget(work) + events.late(work)


def keep_sweeping(engine: Engine, stop: threading.Event) -> None:
    """Sweep until `stop` is set, and tidy up now and then; survives a database that is away for a while."""
    tidied = -HOURLY
    while not stop.wait(EVERY):
        if time.monotonic() - tidied > HOURLY:
            tidied = time.monotonic()
            survive(lambda: tidy(engine), "expired messages not deleted now")
        survive(lambda: sweep(engine), "timers not swept now")
        survive(lambda: carry(engine), "messages not delivered now")
        survive(lambda: spread(engine), "events not passed on now")
        survive(lambda: alarm(engine), "nobody was told of deadlines now")
        survive(lambda: deem(engine), "received applications not looked at now")


def survive(step: Callable[[], int], words: str) -> int:
    """Do one step of something that goes on for ever; 0 when it failed."""
    try:
        return step()
    except EngineError:
        log.warning(words, exc_info=True)
    except Exception:
        log.exception(words)
    return 0
