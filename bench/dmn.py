"""How fast a decision table is: 100 rules over 4 inputs, of which the last matches.

    python bench/dmn.py [--check]

Prints milliseconds for one decision, warm, and the ratios to evaluating the same cells one by one as FEEL and to the
lab experiment where it lies beside the checkout, all measured in this one run. --check ends with status 1 when the
goal is missed.
"""

# ruff: noqa: T201  a bench prints

import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from engine import dmn, feel

GOAL = 0.5
_LAB = Path(__file__).resolve().parents[2] / "shared" / "lab" / "feel"
RULES = 100
INPUTS = {"income": Decimal(99_500), "age": Decimal(45), "household": "r99", "resident": True}


def cells() -> list[tuple[str, str, str, str]]:
    """The tests of every rule; each rule fails only late, at its third column, or at its first."""
    return [
        (
            f"[{number * 1000}..{number * 1000 + 999}]" if number % 2 else f">= {number * 1000}",
            ">= 18, [0..17]",
            f'"r{number}"',
            "true",
        )
        for number in range(RULES)
    ]


def table() -> bytes:
    """The model as a file."""
    columns = "".join(f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in INPUTS)
    rules = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{_escaped(test)}</text></inputEntry>" for test in tests)
        + f"<outputEntry><text>{number}</text></outputEntry></rule>"
        for number, tests in enumerate(cells())
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>' for name in INPUTS
    )
    data = "".join(f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in INPUTS)
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" namespace="urn:bench">'
        f'{data}<decision id="rate" name="rate"><variable name="rate"/>{needs}'
        f'<decisionTable hitPolicy="UNIQUE">{columns}<output/>{rules}</decisionTable></decision></definitions>'
    ).encode()


def one_by_one() -> list[int]:
    """The rules that match, every cell until the first that fails evaluated as FEEL of its own."""
    found = []
    for number, tests in enumerate(cells()):
        pairs = zip(tests, INPUTS.values(), strict=True)
        if all(feel.compile_unary(test).evaluate({**INPUTS, "?": value}).value is True for test, value in pairs):
            found.append(number)
    return found


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The best of five averages."""
    work()
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(rounds):
            work()
        best = min(best, (time.perf_counter() - start) / rounds)
    return best * 1000


def lab() -> Callable[[], object] | None:
    """The same decision by the lab experiment, None where there is none."""
    if not _LAB.is_dir():
        return None
    sys.path[:0] = [str(_LAB), str(_LAB / "proto")]
    runner = importlib.import_module("tck")
    engine = runner.Proto()
    with tempfile.NamedTemporaryFile(suffix=".dmn") as file:
        file.write(table())
        file.flush()
        model = runner.Model(file.name, engine)
    element = model.find("decision", "rate")
    return lambda: model.decide(element, dict(INPUTS), {})


def main() -> int:
    """Print the figures, and say whether the goal is met."""
    start = time.perf_counter()
    model = dmn.read(table())
    read = (time.perf_counter() - start) * 1000
    assert model.decide("rate", INPUTS).value == RULES - 1
    assert one_by_one() == [RULES - 1]
    warm = milliseconds(lambda: model.decide("rate", INPUTS), 200)
    plain = milliseconds(one_by_one, 10)
    print(f"table of {RULES} rules x {len(INPUTS)} inputs: {warm:.3f} ms warm (goal {GOAL}); read once {read:.1f} ms")
    print(f"cell by cell as FEEL: {plain:.3f} ms, ratio {plain / warm:.1f}")
    experiment = lab()
    if experiment is not None:
        assert experiment() == RULES - 1
        found = milliseconds(experiment, 20)
        print(f"lab experiment: {found:.3f} ms, ratio {found / warm:.1f}")
    return int("--check" in sys.argv and warm > GOAL)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main())
