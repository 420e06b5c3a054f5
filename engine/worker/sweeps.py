"""What comes round again: due timers and kept messages, one transaction each. Any number of workers may sweep."""

import logging
import threading
import time
from collections.abc import Callable, Collection

from engine import cases, drafts, events, ledger, materials, messages, store, supervision
from engine.app import Engine
from engine.errors import EngineError
from engine.work import SYSTEM

EVERY = 1.0  # seconds between two looks; how late a timer may be
HOURLY = 3600.0  # seconds
log = logging.getLogger(__name__)


def sweep(engine: Engine) -> int:
    """Fire what is due now; returns how many cases were touched. One bad case does not stop the others."""
    with engine.look(SYSTEM) as work:
        due = [(case_id,) for case_id in cases.due_cases(work)]
    return _each(engine, due, cases.fire, "timer of case %s not fired now; it stays due")


def carry(engine: Engine) -> int:
    """Deliver kept messages to the events that wait for them by now; returns how many were tried."""
    with engine.look(SYSTEM) as work:
        found = messages.deliverable(work)
    return _each(engine, found, messages.deliver, "message %s not delivered now; it is kept")


def spread(engine: Engine) -> int:
    """Let every case have the life events that concern it; returns how many were tried."""
    with engine.look(SYSTEM) as work:
        found = events.pending(work)
    return _each(engine, found, events.reach, "event %s not passed on now; it stays waiting")


def alarm(engine: Engine) -> int:
    """Tell whom it concerns that time is running out; returns how many cases were tried."""
    with engine.look(SYSTEM) as work:
        found = [(case_id,) for case_id in supervision.alarmed(work)]
    return _each(engine, found, supervision.tell, "nobody was told about case %s now; it stays due")


def deem(engine: Engine) -> int:
    """Deem accepted what no window decided in time; returns how many applications."""
    with engine.look(SYSTEM) as work:
        if not drafts.overdue(work):
            return 0
    with engine.begin(SYSTEM) as work:
        return drafts.deem(work)


def tidy(engine: Engine) -> int:
    """Delete what nobody needs any more, let the database see how it has grown, look for what was missed; how much."""
    with engine.look(SYSTEM) as work:
        files = list(materials.unnamed(work))
    for name in files:
        engine.vault.drop(name)
    with engine.begin(SYSTEM) as work:
        store.refresh(work.session.connection())
        return messages.forget(work) + events.late(work) + len(files)


def remind(engine: Engine) -> int:
    """Note which papers that were to follow are late; returns how many."""
    with engine.look(SYSTEM) as work:
        found = materials.late(work)
    noted = 0
    for case_id in found:
        with engine.begin(SYSTEM) as work:
            noted += cases.remind(work, case_id)
    return noted


def seal(engine: Engine) -> int:
    """Make a checkpoint of all ledgers; returns how many have gone on since the last one."""
    with engine.begin(SYSTEM) as work:
        return ledger.checkpoint(work)


def keep_sweeping(engine: Engine, stop: threading.Event) -> None:
    """Sweep until `stop` is set, and tidy up now and then; survives a database that is away for a while."""
    tidied = -HOURLY
    while not stop.wait(EVERY):
        if time.monotonic() - tidied > HOURLY:
            tidied = time.monotonic()
            survive(lambda: tidy(engine), "expired messages and unnamed files not deleted now")
            survive(lambda: remind(engine), "late papers not noted now")
            survive(lambda: seal(engine), "no checkpoint of the ledger made now")
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


def _each(engine: Engine, found: Collection[tuple[str, ...]], act: Callable[..., object], words: str) -> int:
    """Do one thing after the other, each in a transaction of its own; returns how many were tried."""
    for names in found:
        try:
            with engine.begin(SYSTEM) as work:
                act(work, *names)
        except Exception:
            log.exception(words, "/".join(names))
    return len(found)
