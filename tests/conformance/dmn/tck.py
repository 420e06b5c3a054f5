"""The DMN Technology Compatibility Kit against the public API: python -m tests.conformance.dmn.tck [PART OF A NAME].

Strict: a case passes only when every result it names is right; an exception is a failure. Numbers may differ by 1e-8 of
their size, as the kit allows. "values" counts the cases of level 3 that expect something else than null, because an
engine that always answers null would pass the others.
"""

import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine import dmn, feel
from engine.feel.values import Value, kind

TOLERANCE = Decimal("1e-8")
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)

_CASES = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_READERS = {
    "date": "date(text)",
    "time": "time(text)",
    "dateTime": "date and time(text)",
    "duration": "duration(text)",
    "dayTimeDuration": "duration(text)",
    "yearMonthDuration": "duration(text)",
}


@dataclass(frozen=True)
class Outcome:
    """One test case: what it is called, whether it expects a value, and why it failed, if it did."""

    level: int
    name: str
    expects_value: bool
    failure: str


def folder() -> Path:
    """Where the kit is: $DMN_TCK, else beside the checkout."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "dmn-tck"
    return Path(os.environ.get("DMN_TCK") or beside)


def run(root: Path, part: str = "") -> Iterator[Outcome]:
    """The outcome of every test case whose folder's name contains `part`."""
    for level in (2, 3):
        for cases in sorted(root.glob(f"compliance-level-{level}/*/*test*.xml")):
            if part in cases.parent.name:
                yield from _file(level, cases)


def lines(outcomes: list[Outcome]) -> list[str]:
    """The three lines of the score."""
    values = [outcome for outcome in outcomes if outcome.level == 3 and outcome.expects_value]
    return [_score(f"CL{level}", [one for one in outcomes if one.level == level]) for level in (2, 3)] + [
        _score("CL3 values", values)
    ]


def _score(label: str, outcomes: list[Outcome]) -> str:
    return f"DMN TCK {label} {sum(not outcome.failure for outcome in outcomes)}/{len(outcomes)}"


def _file(level: int, path: Path) -> Iterator[Outcome]:
    root = etree.parse(str(path)).getroot()
    named = root.findtext(f"{_CASES}modelName")
    model: dmn.Model | None = None
    refused = "no model"
    if named:
        try:
            model = dmn.read(path.parent / named.strip())
        except Exception as error:
            refused = f"{type(error).__name__}: {error}"
    for case in root.iter(f"{_CASES}testCase"):
        name = f"{path.parent.name}/{case.get('id')}"
        failure = _case(model, case) if model is not None else refused
        yield Outcome(level, name, any(value is not None for value in _expected(case).values()), failure)


def _case(model: dmn.Model, case: etree._Element) -> str:
    inputs = {str(given.get("name")): _value(given) for given in case.iter(f"{_CASES}inputNode")}
    for name, expected in _expected(case).items():
        try:
            found = _decided(model, case, name, inputs)
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}"
        if not same(expected, found):
            return f"{name}: expected {expected!r}, found {found!r}"
    return ""


def _decided(model: dmn.Model, case: etree._Element, name: str, inputs: Mapping[str, object]) -> Value:
    if case.get("type") not in ("decisionService", "bkm"):
        return model.decide(name, inputs, now=NOW).value
    found = model.invoke(str(case.get("invocableName")), inputs, now=NOW).value
    several = isinstance(found, dict) and name in found and len(_expected(case)) > 1
    return found[name] if several else found


def _expected(case: etree._Element) -> dict[str, Value]:
    results = case.iter(f"{_CASES}resultNode")
    return {str(result.get("name")): _value(result.find(f"{_CASES}expected")) for result in results}


def _value(element: etree._Element | None) -> Value:
    """The value an inputNode, expected, item or component holds."""
    if element is None or element.get(f"{_XSI}nil") == "true":
        return None
    single, several = element.find(f"{_CASES}value"), element.find(f"{_CASES}list")
    if single is not None:
        return None if single.get(f"{_XSI}nil") == "true" else _scalar(single)
    if several is not None:
        nothing = several.get(f"{_XSI}nil") == "true"
        return None if nothing else [_value(item) for item in several.findall(f"{_CASES}item")]
    parts = element.findall(f"{_CASES}component")
    if [part.get("name") for part in parts] == [None]:
        return None
    return {str(part.get("name")): _value(part) for part in parts} if parts else None


def _scalar(element: etree._Element) -> Value:
    text = element.text or ""
    of_type = (element.get(f"{_XSI}type") or "xsd:string").rpartition(":")[2]
    if of_type in ("decimal", "double", "integer", "int", "float", "long"):
        return Decimal(text.strip())
    if of_type == "boolean":
        return text.strip() == "true"
    if of_type in _READERS:
        read = feel.evaluate(_READERS[of_type], {"text": text.strip()}).value
        return text if read is None else read  # a value nobody can read must not count as an expected null
    return text


def same(expected: Value, found: Value) -> bool:
    """Whether a result is what the case expects."""
    if kind(expected) != kind(found):
        return False
    if isinstance(expected, Decimal):
        if not expected.is_finite():
            return str(expected) == str(found)
        return bool(abs(expected - found) <= TOLERANCE * max(1, abs(expected)))
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(same(expected[name], found[name]) for name in expected)
    return feel.evaluate("a = b", {"a": expected, "b": found}).value is True or (expected is None and found is None)


def main() -> int:
    """Print what fails, then the score. Status 1 when something failed, 2 when the kit is missing."""
    root = folder()
    if not root.is_dir():
        print(f"DMN TCK not found: {root} (set DMN_TCK)", file=sys.stderr)  # noqa: T201
        return 2
    outcomes = list(run(root, sys.argv[1] if len(sys.argv) > 1 else ""))
    for outcome in outcomes:
        if outcome.failure:
            print(f"{outcome.name} {outcome.failure[:200]}")  # noqa: T201
    for line in lines(outcomes):
        print(line)  # noqa: T201
    return int(any(outcome.failure for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
