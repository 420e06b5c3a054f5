"""One job, from a claim to its end. The work itself is done outside any transaction."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine import jobs
from engine.app import Engine
from engine.errors import Busy, MovedOn
from engine.jobs import Errand, Failure, Reply
from engine.words import JobKind, JobState
from engine.work import SYSTEM, Work

PAUSES = (0.2, 1.0, 5.0)  # seconds before a result is told again to a busy database
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What came of the work, and what is written down beside it in the same transaction, counted or not."""

    reply: Reply
    note: Callable[[Work], None] = lambda _work: None


Desk = Callable[[Errand], Done]  # does the work of any type; may take as long as a lease


def nobody(errand: Errand) -> Done:
    """The desk of an installation without connectors: every type is unknown, which a person has to see."""
    zh = f"本系统没有配置接口“{errand.type}”。"
    en = f"No connector named {errand.type!r} is configured here."
    return Done(Failure(zh, en, again=False))


def perform(engine: Engine, errand: Errand, desk: Desk) -> bool:
    """Do a claimed job and let its case have what came of it; False if the result came too late to count."""
    done = _signal(errand) or _lost(errand) or _work(errand, desk)
    for pause in PAUSES:
        try:
            return _tell(engine, errand, done)
        except (Busy, MovedOn):  # whether it was stored or not: the attempt counts once
            time.sleep(pause)
    return _tell(engine, errand, done)


def _tell(engine: Engine, errand: Errand, done: Done) -> bool:
    with engine.begin(SYSTEM) as work:
        counted = jobs.finish(work, errand.id, errand.attempt, done.reply)
        done.note(work)
    return counted


def _signal(errand: Errand) -> Done | None:
    """A signal needs no work: it only has to arrive."""
    return Done(jobs.Answer({})) if errand.kind == JobKind.SIGNAL else None


def _lost(errand: Errand) -> Done | None:
    """Nothing is tried any more when the process that ran the last try never came back."""
    if errand.lost is None or errand.lost == JobState.ASKED:
        return None
    zh, en = "执行它的进程每次都中途退出。", "The process that ran it died every time."
    return Done(Failure(zh, en, again=False))


def _work(errand: Errand, desk: Desk) -> Done:
    try:
        return desk(errand)
    except Exception as broken:
        log.exception("job %s of type %s broke", errand.id, errand.type)
        # Only the kind of error is told: its words may hold personal data.
        kind = type(broken).__name__
        return Done(Failure(f"执行时程序出错（{kind}）。", f"The program broke while running it ({kind})."))
