"""All cases and their verdicts. `python -m tests.conformance.bpmn.cases` prints them; wrong has to be 0."""

import sys
from collections import Counter

from tests.conformance.bpmn import activities, data, events, handlers, races, structure, tools, undoing
from tests.conformance.bpmn.play import Verdict, judge

CASES = [
    *structure.CASES, *events.CASES, *handlers.CASES, *undoing.CASES, *races.CASES, *activities.CASES, *data.CASES,
    *tools.CASES,
]  # fmt: skip


def verdicts() -> list[Verdict]:
    """The verdict of every case."""
    return [judge(case) for case in CASES]


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(line + "\n")


def main() -> int:
    """Print what is not right, and the count."""
    found = verdicts()
    for verdict in found:
        if verdict.word != "right":
            say(f"{verdict.word:8} {verdict.case.name:34} {verdict.why[:200]}")
    count = Counter(verdict.word for verdict in found)
    say(f"BPMN cases right {count['right']} R refused {count['refused']} F wrong {count['wrong']} W of {len(found)}")
    return 1 if count["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
