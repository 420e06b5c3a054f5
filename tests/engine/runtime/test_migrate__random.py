"""Random drawings, random edits, random moments: a case that may move can always end, and one that need not stay does.

A drawing is a tree: `(word, id, parts)` with the words task, then, both, one, some and again.
"""

import random
from itertools import pairwise

import pytest

from engine import runtime
from tests.engine.runtime.drawings import ENDS, Case, drawing, user, written

SEEDS = 150
FACTS = {"left": 3, "x": True, "y": False}
KINDS = {"both": "parallelGateway", "one": "exclusiveGateway", "some": "inclusiveGateway"}


class Maker:
    """Makes trees with ids of their own."""

    def __init__(self, seed):
        self.dice, self.count = random.Random(seed), 0

    def name(self, stem):
        self.count += 1
        return f"{stem}{self.count}"

    def tree(self, depth):
        word = self.dice.choice(["task", "then", "both", "one", "some", "again"] if depth else ["task"])
        many = {"task": 0, "again": 1}.get(word, self.dice.choice((2, 2, 3)))
        return (word, self.name(word), tuple(self.tree(depth - 1) for _ in range(many)))

    def edited(self, tree):
        """The tree with one part of it changed."""
        word, name, parts = tree
        if parts and self.dice.random() < 0.6:
            place = self.dice.randrange(len(parts))
            return (word, name, (*parts[:place], self.edited(parts[place]), *parts[place + 1 :]))
        fresh = ("task", self.name("new"), ())
        around = self.name("around")
        return self.dice.choice(
            [
                ("then", around, (fresh, tree)),
                ("then", around, (tree, fresh)),
                ("both", around, (tree, fresh)),
                ("one", around, (tree, fresh)),
                fresh,
                (word, name, parts[1:] or (fresh,)) if word in ("then", "both") else fresh,
                ({"then": "both", "both": "then"}.get(word, word), name, parts),
                (word, name, tuple(reversed(parts))),
            ]
        )


def written_out(tree):
    """Elements, and flows as chains, from `in` to `out` of a tree: (elements, chains, first node, last node)."""
    word, name, parts = tree
    if word == "task":
        return user(name), [], name, name
    inside = [written_out(part) for part in parts]
    body, chains = "".join(i[0] for i in inside), [c for i in inside for c in i[1]]
    if word == "then":
        chains += [f"{a[3]} -> {b[2]}" for a, b in pairwise(inside)]
        return body, chains, inside[0][2], inside[-1][3]
    first, last = f"{name}_in", f"{name}_out"
    kind = KINDS.get(word, "exclusiveGateway")
    if word == "again":
        gates = f'<exclusiveGateway id="{first}"/><exclusiveGateway id="{last}" default="{last}_{name}_z"/>'
        gates += f'<task id="{name}_z"/>'
        chains += [f"{first} -> {inside[0][2]}", f"{inside[0][3]} -> {last}", f"{last} -> [=left > 0] {first}"]
        return body + gates, [*chains, f"{last} -> {name}_z"], first, f"{name}_z"
    default = "" if word == "both" else f' default="{first}_{inside[-1][2]}"'
    gates = f'<{kind} id="{first}"{default}/><{kind} id="{last}"/>'
    for number, part in enumerate(inside):
        free = word == "both" or part is inside[-1]
        chains += [f"{first} -> {'' if free else ('[=x] ', '[=y] ')[number]}{part[2]}", f"{part[3]} -> {last}"]
    return body + gates, chains, first, last


def drawn(tree):
    body, chains, first, last = written_out(tree)
    return drawing(ENDS + body, "\n".join([f"s -> {first}", *chains, f"{last} -> e"]))


def go_on(case, dice, most):
    """Do open tasks in any order; every one counts down what the loops look at."""
    for _ in range(most):
        if case.ended:
            return
        node = dice.choice(case.open)
        case.finish(node, left=case.facts["left"] - 1, x=dice.random() < 0.5, y=dice.random() < 0.5)
        assert case.incident is None, case.incident


def move(case, xml):
    new = runtime.read(xml)
    found = runtime.migrate(case.model, new, written(case.state), case.facts, renamed={}, now=case.now)
    if found.advance is None:
        return False
    case.model = new
    case._take(found.advance)
    return True


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_state_of_its_own_is_refused(seed):
    """Wherever a case stands, it may move to the drawing it has."""
    xml = drawn(Maker(seed).tree(3))
    case, dice = Case(xml, FACTS), random.Random(seed)
    for _ in range(30):
        if case.ended:
            break
        assert move(case, xml)
        go_on(case, dice, 1)
    assert case.ended


def test_moved_case_always_ends():
    """Whatever was edited: refused, or it ends without an incident; and both happen often."""
    moved = refused = 0
    for seed in range(SEEDS):
        maker = Maker(seed)
        tree = maker.tree(3)
        old, new = drawn(tree), drawn(maker.edited(tree))
        for steps in range(4):
            case, dice = Case(old, FACTS), random.Random(seed * 10 + steps)
            go_on(case, dice, steps)
            if case.ended or old == new:
                continue
            if move(case, new):
                moved += 1
                go_on(case, dice, 60)
                assert case.ended, (seed, steps)
            else:
                refused += 1
    assert min(moved, refused) > 50, (moved, refused)
