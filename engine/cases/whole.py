"""A step of a machine happens whole or not at all, and then the case says why.

Who decides at a screen is told that a letter cannot be written and nothing is changed. Nobody sees what the clock, a
message or a job runs into: it would be undone and tried again for ever, and a log is read by nobody whose case it is.
"""

from collections.abc import Callable

from engine import ledger
from engine.errors import NoticeUnmade
from engine.runtime import Incident
from engine.work import Work


def whole(work: Work, node: str, step: Callable[[], object]) -> Incident | None:
    """Do the step; the incident at `node` if one of its letters cannot be written, and then nothing of it was done.

    The case's row must be locked, and stays so: nobody comes between the step and the incident.
    """
    try:
        with ledger.undoable(work):
            step()
    except NoticeUnmade as why:
        name, zh, en = (why.facts[fact] for fact in ("name", "zh", "en"))
        return Incident(
            node,
            zh=f"文书“{name}”无法生成，这一步未执行。请告知“一件事”设计人员：{zh}",
            en=f"The notice {name} cannot be written; the step was not done. Tell the designer of this one-thing: {en}",
        )
    return None
