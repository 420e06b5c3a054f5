"""Boxed filters and iterators. What a loop goes over and what it gives is decided by FEEL's own loops."""

from decimal import Decimal

from engine.dmn import boxed, messages
from engine.dmn.boxed import Box, Text
from engine.dmn.frame import frame_of
from engine.dmn.language import Evaluate, Function, Run, Scope, Value, below, expression
from engine.dmn.report import Report
from engine.feel.run import kinds

_NAMES = ("source", "body")
_LOOPS = {
    ("for", False): "for entry in source return body(entry, null)",
    ("for", True): "for entry in source return body(entry, partial)",
    ("some", False): "some entry in source satisfies body(entry, null)",
    ("every", False): "every entry in source satisfies body(entry, null)",
}


def iterated(word: str, name: str, source: Evaluate, body: Evaluate, partial: bool) -> Evaluate:
    """`for`, `some` or `every` entry of a list; the body sees the entry under `name`."""
    loop = expression(Text(_LOOPS[word, partial and word == "for"], 0), _NAMES, Report(""))

    def evaluate(scope: Scope) -> Value:
        def carry_out(arguments: list[Value], _run: Run) -> Value:
            names = {"partial": arguments[1]} if partial else {}
            return body(below(scope, {**names, name: arguments[0]}))

        function = Function(("entry", "partial"), carry_out)
        return loop(below(scope, {"source": source(scope), "body": function}))

    return evaluate


def wants_partial(box: boxed.Iteration) -> bool:
    """Whether the body of a loop reads the results so far; keeping them ready costs a copy for each round."""
    return box.body is not None and _mentions(box.body, "partial")


def filtered(source: Evaluate, match: Evaluate, line: int) -> Evaluate:
    """The items for which `match` is true; a number picks one item, counted from 1 or from the end."""

    def evaluate(scope: Scope) -> Value:
        value = source(scope)
        items = value if isinstance(value, list) else [value]
        if value is None or not items:
            return _nothing_to_filter(match, scope)
        kept = []
        for item in items:
            scope.run.spend(1)
            found = match(below(scope, {"item": item, **item} if isinstance(item, dict) else {"item": item}))
            if isinstance(found, Decimal):
                return _picked(items, found)
            if found is True:
                kept.append(item)
            elif found is not False and not _tolerated(found, scope, line):
                return None
        return kept

    return evaluate


def _nothing_to_filter(match: Evaluate, scope: Scope) -> list[Value] | None:
    """As in FEEL: of nothing a position picks null, a condition keeps nothing; which it is shows in what it gives."""
    found = match(Scope({"item": None}, scope, scope.run.unheard()))
    return None if isinstance(found, Decimal) else []


def _tolerated(found: Value, scope: Scope, line: int) -> bool:
    """A null condition leaves the item out, anything else makes the whole result null."""
    frame_of(scope.run).warn(messages.NOT_BOOLEAN, line, **kinds(found=found))
    return found is None


def _picked(items: list[Value], index: Decimal) -> Value:
    if index != index.to_integral_value():
        return None
    place = int(index)
    if 0 < place <= len(items):
        return items[place - 1]
    return items[place] if 0 < -place <= len(items) else None


def _mentions(box: Box, word: str) -> bool:
    if isinstance(box, boxed.Table):
        texts = [column.expression for column in box.inputs]
        texts += [text for rule in box.rules for text in (*rule.tests, *rule.results)]
        return any(word in text.source for text in texts)
    if isinstance(box, boxed.Literal) and box.text is not None and word in box.text.source:
        return True
    return any(_mentions(inner, word) for inner in boxed.children(box))
