"""Where our FEEL and feelin, the FEEL of the browser, give different values, and why.

python bench/feelin_differences.py

Runs the examples of the FEEL chapter and the everyday expressions of the tests in both. Status 1 when a difference has
no explanation here: then one of the two is wrong, and somebody has to find out which.
"""

# ruff: noqa: T201, E402  a report prints; the examples belong to the tests, which are found after the path is set

import datetime as dt
import importlib.util
import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))

import feelin

from engine import feel
from tests.docs import examples

_NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_EVERYDAY = _ROOT / "tests" / "engine" / "feel" / "test_evaluate__everyday.py"

_SHOWN = 100  # characters of a value
_RANGES = "finishes|finished by|starts|started by|during|coincides|overlaps before|overlaps after|range"

# What an expression contains, and why the two differ there.
EXPLAINED: tuple[tuple[str, str], ...] = (
    (r"0\.1 \+ 0\.2|2\.345", "feelin computes with binary fractions; ours are decimal, as the standard asks"),
    (r"^2 \*\* 100000|1\.\.1000000", "feelin has no bounds; ours refuses what costs too much"),
    (r"\b(now|today)\(\)(\.hour)?$", "feelin asks the machine for the time; ours is passed in"),
    (r"^years and months duration\(", "feelin adds days, which this type of duration does not have"),
    (r"^median\(", "feelin sorts numbers as texts: 10 before 2"),
    (rf"\b({_RANGES})\(", "feelin 8.2.0 knows the name but cannot call it (DMN 1.5 table 78)"),
    (r"^(duplicate values|partition)\(", "not in the standard; feelin does not have it"),
    (r"\(CNY\)", "feelin takes a name before a bracket for a function, whatever the data are called"),
    (r"9999-12-31", "feelin writes years beyond 9999 as ISO 8601 does; FEEL writes no plus and no filling zeros"),
    (r"@Asia/Shanghai", "feelin orders times of zones whose offset is not known; ours says null"),
    (r"==|＞", "feelin gives null where the text cannot be read; ours refuses it"),
    (r' > "18"|(born|出生日期) < today', "feelin compares different types as JavaScript does; the standard says null"),
    (r"^0 \*\* -", "infinity is no FEEL number; the standard says null"),
    (
        r"^some child .* else \"no\"$",
        "feelin stops at the first true; ours says null once a condition is no boolean (TCK 1153)",
    ),
    (r"^concatenate\(list: .*list:", "feelin takes the last of two arguments of one name; ours refuses the call"),
    (r"\.seconds?$", "feelin cuts the fraction off; it belongs to the property (DMN 1.5 table 66)"),
    (r"^(time|date)\(.*<", "feelin does not order a moment with an offset and one without (DMN 1.5 table 54)"),
    (r"instance of (list|数字)$", "a type that is none gives null (DMN 1.5 table 61)"),
    (r"\(!= 5\)", "feelin has no range of everything but one value"),
    (r"^\[1\.\.@", "feelin fails on a range between unlike values; it is null"),
    (r"^nothing\[age > 1\]$", "feelin gives null for a condition on null; ours keeps nothing of it: an empty list"),
)


def main() -> int:
    """Compare, print every difference with its explanation, and count those without."""
    place = feelin.find()
    if place is None:
        print("skipped: needs node and an installed feelin (bench/README.md)")
        return 0
    cases = list(dict.fromkeys((text, repr(context)) for text, context in _cases()))
    contexts = {repr(context): context for _, context in _cases()}
    asked = [(text, contexts[key]) for text, key in cases]
    open_questions = 0
    differences = 0
    for (text, context), theirs in zip(asked, feelin.answers(place, asked), strict=True):
        mine = _ours(text, context)
        other = _theirs(theirs)
        if mine == other:
            continue
        differences += 1
        why = next((reason for pattern, reason in EXPLAINED if re.search(pattern, text)), "")
        open_questions += not why
        print(
            f"{text}\n    ours   {str(mine)[:_SHOWN]}\n    feelin {str(other)[:_SHOWN]}\n    {why or 'NOT EXPLAINED'}"
        )
    print(f"{len(asked)} expressions, {differences} differences, {open_questions} not explained")
    return 1 if open_questions else 0


def _cases() -> list[feelin.Case]:
    found: list[feelin.Case] = []
    for page in examples.PAGES:
        shown = (one for one in examples.read(page) if not one.is_cell)
        found += [(one.expression, _plain(one.context)) for one in shown]
    spec = importlib.util.spec_from_file_location("everyday", _EVERYDAY)
    assert spec is not None
    assert spec.loader is not None
    everyday = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(everyday)
    facts = _plain(feel.from_feel(feel.to_feel(everyday.FACTS)))
    return found + [(text, facts) for text, _ in everyday.TABLE]


def _ours(text: str, context: Mapping[str, Any]) -> Any:
    try:
        return _plain(feel.from_feel(feel.evaluate(text, context, now=_NOW).value))
    except feel.FeelError:
        return "refused"


def _theirs(answer: Mapping[str, Any]) -> Any:
    return "refused" if "error" in answer else _untagged(answer["value"])


def _untagged(value: Any) -> Any:
    """Dates and durations as the text ours are written in."""
    if isinstance(value, list):
        return [_untagged(inner) for inner in value]
    if isinstance(value, dict):
        return value["$"] if "$" in value else {key: _untagged(inner) for key, inner in value.items()}
    return value


def _plain(value: Any) -> Any:
    """JSON as node reads it: every number a binary one."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
