"""Supervision 督办: who is told that time is running out, who has to answer for it, and who may give more time.

alarms (the worker takes the steps) → slips (a department answers); suspend and resume; ask → decide an extension
"""

from engine.supervision.alarms import alarmed, tell
from engine.supervision.board import BoardLine, board, tallied, waiting
from engine.supervision.desk import Desk, desk
from engine.supervision.extensions import ShownExtension, asked, decide, extendable, extensions, request
from engine.supervision.held import ANSWERING, APPROVING, ASKING, SUSPENDING
from engine.supervision.slips import ShownSlip, answer, mine, of_case, slip
from engine.supervision.suspend import resume, suspend, suspended
from engine.supervision.urging import URGING, Urgeable, may_urge, urge, urgeable

__all__ = [
    "ANSWERING", "APPROVING", "ASKING", "SUSPENDING", "URGING", "BoardLine", "Desk", "ShownExtension", "ShownSlip",
    "Urgeable", "alarmed", "answer", "asked", "board", "decide", "desk", "extendable", "extensions", "may_urge",
    "mine", "of_case", "request", "resume", "slip", "suspend", "suspended", "tallied", "tell", "urge", "urgeable",
    "waiting",
]  # fmt: skip
