"""The vocabulary: one enum a concept, one word a meaning (domain.md 2.0.1 and 3.2).

Values are stored and used in packs; labels are message ids that `web` translates.
"""

from engine.words.cases import (
    CaseOutcome,
    CaseState,
    ChangeKind,
    Delivery,
    Ending,
    ItemState,
    Joint,
    Need,
    Outcome,
    Stage,
    TaskState,
)
from engine.words.clocks import SPECIAL, ClockKind, ExtensionState, Ground
from engine.words.entries import EntryKind
from engine.words.machines import Answered, ConcernState, EventKind, JobKind, JobState
from engine.words.papers import (
    INTERNAL,
    Issuer,
    MaterialSource,
    MaterialState,
    NoticeKind,
    NoticeState,
    Occasion,
    Trust,
)
from engine.words.people import Level, PersonRole, Post
from engine.words.reductions import Reduction
from engine.words.times import DayKind, Lamp, LimitUnit
from engine.words.word import CITY, N_, Word

__all__ = [
    "CITY", "INTERNAL", "N_", "SPECIAL", "Answered", "CaseOutcome", "CaseState", "ChangeKind", "ClockKind",
    "ConcernState", "DayKind", "Delivery", "Ending", "EntryKind", "EventKind", "ExtensionState", "Ground", "Issuer",
    "ItemState", "JobKind", "JobState", "Joint", "Lamp", "Level", "LimitUnit", "MaterialSource", "MaterialState",
    "Need", "NoticeKind", "NoticeState", "Occasion", "Outcome", "PersonRole", "Post", "Reduction", "Stage",
    "TaskState", "Trust", "Word",
]  # fmt: skip
