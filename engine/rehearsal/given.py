"""What a trace is given: answers by node, and steps that happen at a moment. `docs/trace.md` shows the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.rehearsal.clock import later
from engine.rehearsal.player import Player
from engine.runtime import Advance, Awaited, Job, Listening, Model, Opened

STEPS = "steps"  # the one key of the file that is no node
KINDS = ("message", "signal", "node")
_STEP = frozenset({*KINDS, "after", "key", "variables", "error"})
_FAILURE = frozenset({"error", "variables"})
Given = dict[str, Any]
Waits = Awaited | Listening | Opened | Job
Act = Callable[[Player], Advance | None]  # None: nothing waited for it


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment: a message, a signal, or whatever a node waits for."""

    at: datetime
    kind: str  # one of KINDS
    name: str
    key: str
    given: Given

    def act(self, player: Player) -> Advance | None:
        """Let it happen; None when nothing waits for it."""
        if self.kind == "message":
            return player.deliver(self.name, self.key, self.given)
        if self.kind == "signal":
            return player.signal(self.name, self.given)
        found = next((waits for waits in waiting(player) if waits.node == self.name), None)
        return give(player, found, self.given) if found else None


class Answers:
    """The answers by node, and how many of each were given."""

    def __init__(self, answers: Mapping[str, Any], model: Model) -> None:
        """ValueError when something is answered that is not drawn."""
        self._answers = {name: given for name, given in answers.items() if name != STEPS}
        self._seen: dict[str, int] = {}
        for name, given in self._answers.items():
            _check_drawn(name, model)
            if not all(isinstance(one, dict) for one in (given if isinstance(given, list) else [given])):
                raise ValueError(f'answers: "{name}" has an object, or a list with one object a visit')

    def next(self, player: Player) -> Act | None:
        """How the first event that waits, or else the first task or job, that has answers is given them."""
        for found in waiting(player):
            given = self._of(found)
            if given is not None:
                self._seen[found.node] = self._seen.get(found.node, 0) + 1
                return lambda player, found=found, given=given: give(player, found, given)  # type: ignore[misc]
        return None

    def _of(self, found: Waits) -> Given | None:
        given = self._answers.get(found.node)
        if isinstance(given, dict) and isinstance(found, Awaited | Listening):
            given = [given]
        if isinstance(given, list):
            seen = self._seen.get(found.node, 0)
            given = given[seen] if seen < len(given) else None
        return given


def steps(answers: Mapping[str, Any], model: Model, start: datetime) -> list[Step]:
    """The steps of the file, in the order in which they happen. ValueError when one is not understood."""
    written = answers.get(STEPS, [])
    found = [_step(one, start) for one in (written if isinstance(written, list) else [written])]
    for step in found:
        if step.kind == "node":
            _check_drawn(step.name, model)
    return sorted(found, key=lambda step: step.at)


def waiting(player: Player) -> list[Waits]:
    """Everything that can be given something: events before tasks and jobs, the oldest first."""
    return [*player.waiting, *player.listening, *player.tasks.values(), *player.jobs.values()]


def give(player: Player, waits: Waits, given: Given) -> Advance | None:
    """Give what is waited for."""
    match waits:
        case Awaited():
            return player.deliver(waits.name, waits.key, given)
        case Listening():
            return player.signal(waits.name, given)
        case Opened():
            return player.finish(waits.id, given)
        case Job():
            if "error" in given and given.keys() <= _FAILURE:
                return player.fail(waits.id, str(given["error"]), given.get("variables", {}))
            return player.answer(waits.id, given)


def _check_drawn(name: str, model: Model) -> None:
    if name not in model.nodes:
        raise ValueError(f'answers: no node is called "{name}"')


def _step(written: Any, start: datetime) -> Step:
    kinds = [kind for kind in KINDS if isinstance(written, dict) and kind in written]
    if len(kinds) != 1 or not written.keys() <= _STEP or ("error" in written and kinds != ["node"]):
        raise ValueError(f"answers: a step has one of {', '.join(KINDS)}, and after, key, variables, error: {written}")
    variables = written.get("variables", {})
    given = {"error": written["error"], "variables": variables} if "error" in written else variables
    at = later(start, str(written.get("after", "PT0S")))
    return Step(at, kinds[0], str(written[kinds[0]]), str(written.get("key", "")), given)
