"""The ledger as people read it: one step for all that one person's action brought about, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from engine.cases import CaseView
from engine.ledger import Happened
from engine.words import EntryKind

READINGS = (EntryKind.CASE_READ, EntryKind.NOTICE_READ)
REASONS = ("reason", "legal_basis", "missing", "opinion", "brought")  # keys of the shared forms that say why


@dataclass(frozen=True)
class Step:
    """What `actor` did at one moment; each line holds the entries of one kind, in the order they happened."""

    at: datetime
    actor: str
    lines: tuple[tuple[Happened, ...], ...]


def steps(entries: Iterable[Happened]) -> list[Step]:
    """Everything that happened except mere reading, the newest step first."""
    told = (entry for entry in entries if entry.kind not in READINGS)
    grouped = ((key, list(group)) for key, group in groupby(told, lambda entry: (entry.at, entry.actor)))
    return [Step(at, actor, _lines(group)) for (at, actor), group in grouped][::-1]


def said(case: CaseView, entry: Happened) -> str:
    """Why a task was decided as it was, in the words of whoever decided; nothing for other entries."""
    if entry.kind != EntryKind.TASK_COMPLETED:
        return ""
    answers = next((task.answers for task in case.tasks if task.id == entry.facts.get("task")), {})
    return "\n".join(str(answers[key]) for key in REASONS if answers.get(key))


def _lines(entries: list[Happened]) -> tuple[tuple[Happened, ...], ...]:
    kinds = dict.fromkeys(entry.kind for entry in entries)
    return tuple(tuple(entry for entry in entries if entry.kind == kind) for kind in kinds)
