"""Legal models, broken at random: lint says what it thinks, and what it accepts is played. Nothing else may happen.

`python -m tests.conformance.bpmn.mutations 10000 7` breaks 10,000 models (seed 7) and prints the counts.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine import rehearsal, runtime
from engine.errors import PackInvalid
from tests.conformance.bpmn.cases import CASES, say
from tests.conformance.bpmn.play import NOW, Case

BOUND = 30.0  # seconds of CPU for one model: 50,000 nodes in one step and 1,000 tokens are allowed
VISITS = 3  # answers for each node
_WORDS = ("", "0", "-1", "true", "false", "=", "=1", "=n", "=[1,2]", "PT1S", "R/PT1S", "R/PT0S", "k", "Ω", "Parallel")


@dataclass(frozen=True)
class Broken:
    """One model after its mutations, and what became of it: `refused`, `played` or the exception."""

    case: str
    xml: bytes
    word: str
    seconds: float


def broken(count: int, seed: int) -> Iterator[Broken]:
    """So many models, each of a random case with one to four random changes."""
    dice = random.Random(seed)
    legal = [case for case in CASES if case.plays]
    for _ in range(count):
        case = dice.choice(legal)
        root = etree.fromstring(case.xml)
        for _ in range(dice.choice((1, 1, 2, 4))):
            dice.choice(CHANGES)(dice, root)
        xml = etree.tostring(root)
        begin = time.process_time()
        word = outcome(case, xml)
        yield Broken(case.name, xml, word, time.process_time() - begin)


def outcome(case: Case, xml: bytes) -> str:
    """Lint and play one model; an exception is told by its name and sentence."""
    others: dict[str, Mapping[str, bytes]] = {"decisions": case.decisions, "drawings": case.drawings}
    try:
        found = [f for f in runtime.lint(xml, "m.bpmn", **others) if not f.warning]
        try:
            model = runtime.read(xml, "m.bpmn", **others)
        except PackInvalid:
            return "refused" if found else "refused without a finding"
        play(model, case)
    except Exception as wrong:  # whatever it is, it is the result
        return f"{type(wrong).__name__}: {wrong}"
    return "played"


def play(model: runtime.Model, case: Case) -> None:
    """Answer everything a few times, and let an hour pass."""
    answers = {name: [{"n": 1}] * VISITS for name in model.nodes}
    for _ in rehearsal.trace(model, case.facts, answers, start=NOW, advance="PT1H"):
        pass


def _any(dice: random.Random, root: etree._Element) -> etree._Element:
    return dice.choice([e for e in root.iter() if e is not root])


def _drop(dice: random.Random, root: etree._Element) -> None:
    element = _any(dice, root)
    element.getparent().remove(element)


def _double(dice: random.Random, root: etree._Element) -> None:
    element = _any(dice, root)
    copy = etree.fromstring(etree.tostring(element))
    if dice.random() < 0.5 and copy.get("id"):
        copy.set("id", copy.get("id") + "_2")
    element.addnext(copy)


def _move(dice: random.Random, root: etree._Element) -> None:
    element, place = _any(dice, root), _any(dice, root)
    if element not in place.iterancestors() and element is not place:
        place.append(element)


def _swap(dice: random.Random, root: etree._Element) -> None:
    element, other = _any(dice, root), _any(dice, root)
    element.tag, other.tag = other.tag, element.tag


def _rename(dice: random.Random, root: etree._Element) -> None:
    kinds = [e.tag for case in dice.sample(CASES, 5) for e in etree.fromstring(case.xml).iter()]
    _any(dice, root).tag = dice.choice(kinds)


def _bare(dice: random.Random, root: etree._Element) -> None:
    element = _any(dice, root)
    if element.attrib:
        del element.attrib[dice.choice(list(element.attrib))]


def _refer(dice: random.Random, root: etree._Element) -> None:
    element = _any(dice, root)
    if element.attrib:
        values = [v for e in root.iter() for v in e.attrib.values()]
        element.set(dice.choice(list(element.attrib)), dice.choice([*values, *_WORDS]))


def _give(dice: random.Random, root: etree._Element) -> None:
    names = [(n, v) for e in etree.fromstring(dice.choice(CASES).xml).iter() for n, v in e.attrib.items()]
    _any(dice, root).set(*dice.choice(names))


def _say(dice: random.Random, root: etree._Element) -> None:
    written = [e for e in root.iter() if e is not root and (e.text or "").strip()]
    if written:
        dice.choice(written).text = dice.choice(_WORDS)


def _graft(dice: random.Random, root: etree._Element) -> None:
    other = etree.fromstring(dice.choice(CASES).xml)
    _any(dice, root).append(_any(dice, other))


CHANGES = (_drop, _double, _move, _swap, _rename, _bare, _refer, _refer, _give, _say, _graft)


def main() -> int:
    """Print the counts, and every model that did anything else than be refused or played in time."""
    count, seed = (int(text) for text in (*sys.argv[1:], "1000", "1")[:2])
    words: Counter[str] = Counter()
    slowest, wrong = 0.0, 0
    for one in broken(count, seed):
        fine = one.word in ("refused", "played")
        words[one.word if fine else "wrong"] += 1
        slowest = max(slowest, one.seconds)
        if not fine or one.seconds > BOUND:
            wrong += 1
            say(f"{one.case}: {one.word[:300]} ({one.seconds:.1f} s)\n{one.xml.decode()}\n")
    say(f"{count} models: {dict(words)}, slowest {slowest:.1f} s, wrong or slow {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
