"""States of running processes as an earlier version of the code wrote them, each with how its play has to go on.

`python -m tests.conformance.bpmn.states NAME` writes `states/NAME.json.gz` from the cases as they are now. A file is
written once for each version and never changed: a city upgrades while its cases run.
"""

import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import simplejson

from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.play import Case, Player, judge

PLACE = Path(__file__).parent / "states"
_KEPT = ("state", "facts", "tasks", "jobs", "trace")  # of the player


@dataclass(frozen=True)
class Kept:
    """A state, what was open in it, the steps to come, and what the whole play shows in the end."""

    case: Case
    player: dict[str, Any]
    now: datetime
    steps: str
    expected: str


class Recorder(Player):
    """Plays a case and keeps what there was before each step."""

    def __init__(self, case: Case) -> None:
        super().__init__(case, saved=True)
        self.kept: list[dict[str, Any]] = []

    def _step(self, text: str) -> None:
        if self.state:
            taken = simplejson.dumps({name: getattr(self, name) for name in _KEPT}, use_decimal=True)
            player = {**simplejson.loads(taken), "ended": self.ended is not None}
            self.kept.append({"player": player, "now": self.now.isoformat(), "step": text})
        super()._step(text)


def resumed(kept: Kept) -> str:
    """What a play shows that goes on from a kept state."""
    player = Player(kept.case, saved=True)
    for name, value in kept.player.items():
        setattr(player, name, value)
    player.now = kept.now
    return player.play(f"nothing; {kept.steps}")


def read(file: Path) -> list[Kept]:
    """The states of one version."""
    document = simplejson.loads(gzip.decompress(file.read_bytes()), use_decimal=True)
    return [_kept(case, one) for case in document for one in case["states"]]


def write(name: str) -> int:
    """Keep the states of all cases under a name; returns how many there are."""
    document = [made for case in CASES if (made := _recorded(case))["states"]]
    text = simplejson.dumps(document, ensure_ascii=False, use_decimal=True, separators=(",", ":"))
    PLACE.mkdir(exist_ok=True)
    with (PLACE / f"{name}.json.gz").open("xb") as file:
        file.write(gzip.compress(text.encode(), mtime=0))
    return sum(len(one["states"]) for one in document)


def _recorded(case: Case) -> dict[str, Any]:
    states = [one for steps, expected in case.plays for one in _states(case, steps, expected)]
    assert not states or judge(case).word == "right", case.name
    files = {part: {file: text.decode() for file, text in getattr(case, part).items()} for part in _FILES}
    return {"name": case.name, "xml": case.xml.decode(), "show": case.show, "states": states, **files}


def _states(case: Case, steps: str, expected: str) -> Iterator[dict[str, Any]]:
    recorder = Recorder(case)
    recorder.play(steps)
    for position, one in enumerate(recorder.kept):
        rest = "; ".join(later["step"] for later in recorder.kept[position:])
        yield {"player": one["player"], "now": one["now"], "steps": rest, "expected": expected}


def _kept(case: dict[str, Any], one: dict[str, Any]) -> Kept:
    files = {part: {file: text.encode() for file, text in case[part].items()} for part in _FILES}
    made = Case(case["name"], "", case["xml"].encode(), show=case["show"], **files)
    return Kept(made, one["player"], datetime.fromisoformat(one["now"]), one["steps"], one["expected"])


_FILES = ("decisions", "drawings")

if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1])} states\n")
