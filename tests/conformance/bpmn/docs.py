"""docs/bpmn.md from the cases. `python -m tests.conformance.bpmn.docs` writes it."""

from pathlib import Path

from tests.conformance.bpmn.cases import verdicts
from tests.conformance.bpmn.play import Verdict

PLACE = Path(__file__).resolve().parents[3] / "docs" / "bpmn.md"
_HEAD = """# BPMN: what is executed, what is refused

Made from the cases in `tests/conformance/bpmn` by `python -m tests.conformance.bpmn.docs`; each case is a smallest
model with the behaviour BPMN 2.0 asks for, played straight and with the state saved and restored between all steps.
A construct that is not listed as executed is refused by `lianban lint` with the line and the cure.

"""


def text() -> str:
    """The whole page."""
    found = verdicts()
    right = [v for v in found if v.word == "right"]
    refused = [v for v in found if v.word == "refused"]
    wrong = len(found) - len(right) - len(refused)
    count = f"{len(found)} cases: {len(right)} right, {len(refused)} refused, {wrong} wrong."
    return f"{_HEAD}{count}\n\n## Executed\n\n{_executed(right)}\n## Refused\n\n{_refused(refused)}"


def _executed(found: list[Verdict]) -> str:
    lines = ["| construct | cases |", "|---|---|"]
    for construct in sorted({v.case.construct for v in found}):
        names = ", ".join(f"`{v.case.name}`" for v in found if v.case.construct == construct)
        lines.append(f"| {construct} | {names} |")
    return "\n".join(lines) + "\n"


def _refused(found: list[Verdict]) -> str:
    lines = ["| construct | case | rule | lint says |", "|---|---|---|---|"]
    for verdict in sorted(found, key=lambda v: (v.case.construct, v.case.name)):
        said = verdict.why.replace("|", "\\|")
        lines.append(f"| {verdict.case.construct} | `{verdict.case.name}` | `{verdict.case.refused}` | {said} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.write_text(text(), "utf-8")
