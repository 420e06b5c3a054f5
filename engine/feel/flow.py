"""Closures for names, values built in place, if, for, some, every, filters and paths."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from engine.feel import compare, limits, messages, names, paths, timeline, tree
from engine.feel.operators import Build, Closure
from engine.feel.run import Run, Scope, kinds
from engine.feel.values import DATE, DECIMALS, NUMBER, Range, Value, is_integral, kind

Visit = Callable[[Scope], bool]


def literal(node: tree.Literal, _build: Build) -> Closure:
    """A constant."""
    value = node.value
    return lambda _: value


def invalid_at(node: tree.InvalidAt, _build: Build) -> Closure:
    """@"…" that is nothing: null, with a warning."""

    def closure(scope: Scope) -> None:
        scope.run.warn(messages.BAD_AT, node.at, text=node.text)

    return closure


def list_of(node: tree.ListOf, build: Build) -> Closure:
    """[a, b]"""
    items = tuple(map(build, node.items))
    return lambda scope: [item(scope) for item in items]


def context_of(node: tree.ContextOf, build: Build) -> Closure:
    """{a: 1, b: a + 1}: each entry sees those before it."""
    entries = tuple((key, build(value)) for key, value in node.entries)
    keys = [key for key, _ in entries]
    repeated = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None

    def closure(scope: Scope) -> dict[str, Value] | None:
        if repeated is not None:
            scope.run.warn(messages.REPEATED_KEY, node.at, name=repeated)
            return None
        made: dict[str, Value] = {}
        inner = Scope(made, scope, scope.run)
        for key, value in entries:
            made[key] = value(inner)
        return dict(made)

    return closure


def range_of(node: tree.RangeOf, build: Build) -> Closure:
    """[a..b]; null when the ends cannot be ordered."""
    start_of, end_of = build(node.start), build(node.end)

    def closure(scope: Scope) -> Range | None:
        start, end = start_of(scope), end_of(scope)
        both = start is not None and end is not None
        unlike = both and (kind(start) != kind(end) or compare.order(start, end, scope.run) is None)
        if unlike or (start is None and end is None):
            scope.run.warn(messages.BAD_RANGE, node.at, **kinds(left=start, right=end))
            return None
        return Range(start, end, node.start_included and start is not None, node.end_included and end is not None)

    return closure


def open_range(node: tree.OpenRange, build: Build) -> Closure:
    """(< a) as a value."""
    operand, operator = build(node.operand), node.operator

    def closure(scope: Scope) -> Range | None:
        end = operand(scope)
        if end is None:
            scope.run.warn(messages.NULL_COMPARED, node.at, operator=operator)
            return None
        if operator in ("<", "<="):
            return Range(None, end, False, operator == "<=", operator)
        if operator in (">", ">="):
            return Range(end, None, operator == ">=", False, operator)
        return Range(end, end, operator == "=", operator == "=", operator)

    return closure


def path(node: tree.Path, build: Build) -> Closure:
    """base.name"""
    base, name, at = build(node.base), node.name, node.at

    def closure(scope: Scope) -> Value:
        value = base(scope)
        scope.run.position = at
        return paths.read(value, name, scope.run, at)

    return closure


def if_(node: tree.If, build: Build) -> Closure:
    """`if` condition then a else b: everything but true takes the else branch."""
    condition, then, otherwise = build(node.condition), build(node.then), build(node.otherwise)

    def closure(scope: Scope) -> Value:
        found = condition(scope)
        if not isinstance(found, bool):
            scope.run.warn(messages.NOT_BOOLEAN, node.condition.at, operator="if", **kinds(found=found))
        return then(scope) if found is True else otherwise(scope)

    return closure


def for_(node: tree.For, build: Build) -> Closure:
    """`for` … return: `partial` is the list of the results so far."""
    iterations, body = _sources(node.iterations, build), build(node.body)
    wants_partial = names.mentions(node.body, "partial")

    def closure(scope: Scope) -> list[Value] | None:
        results: list[Value] = []

        def visit(inner: Scope) -> bool:
            if wants_partial:
                inner = Scope({"partial": inner.run.made(list(results))}, inner, inner.run)
            inner.run.spend(1)
            results.append(body(inner))
            return True

        return results if _each(iterations, 0, scope, visit, node.at) else None

    return closure


def quantified(node: tree.Quantified, build: Build) -> Closure:
    """some, every: stops at the first value that decides; null when none does and one is null, or one is no boolean."""
    iterations, body, wanted = _sources(node.iterations, build), build(node.body), node.wanted

    def closure(scope: Scope) -> bool | None:
        doubtful = False
        last: Value = None

        def visit(inner: Scope) -> bool:
            nonlocal doubtful, last
            inner.run.spend(1)
            last = body(inner)
            doubtful = doubtful or last is None
            return last is None or (isinstance(last, bool) and last is not wanted)

        went = _each(iterations, 0, scope, visit, node.at)
        if went is False and last is not wanted:
            scope.run.warn(messages.NOT_BOOLEAN, node.body.at, operator="satisfies", **kinds(found=last))
            return None
        if went is False:
            return wanted
        return None if doubtful or went is None else not wanted

    return closure


def filter_(node: tree.Filter, build: Build) -> Closure:
    """base[test]: a number picks one entry, counted from 1 or from the end; else the entries for which it is true."""
    base, test, at = build(node.base), build(node.test), node.at

    def closure(scope: Scope) -> Value:
        value = base(scope)
        items = value if isinstance(value, list) else [value]
        if value is None or not items:
            return _nothing_to_filter(test, scope)
        kept = []
        for item in items:
            scope.run.tick(at)
            found = test(Scope(_of_item(item), scope, scope.run))
            if isinstance(found, Decimal):
                return _entry(items, found, at, scope.run)
            if found is True:
                kept.append(item)
            elif found is not False and not _tolerated(found, at, scope.run):
                return None
        return kept

    return closure


def _nothing_to_filter(test: Closure, scope: Scope) -> list[Value] | None:
    """Of an empty list or null a position picks null; a condition keeps nothing.

    Which of the two the test is shows only in what it gives, so it is run once without an item, its doubts unheard.
    """
    found = test(Scope({"item": None}, scope, scope.run.unheard()))
    return None if isinstance(found, Decimal) else []


def _of_item(item: Value) -> dict[str, Value]:
    """The names a filter sees; an entry called item wins over the item itself."""
    return {"item": item, **item} if isinstance(item, dict) else {"item": item}


def _tolerated(found: Value, at: int, run: Run) -> bool:
    """A null condition leaves the entry out, anything else makes the whole filter null; both are worth a warning."""
    run.warn(messages.NOT_BOOLEAN, at, operator="[ ]", **kinds(found=found))
    return found is None


def _entry(items: Sequence[Value], index: Decimal, at: int, run: Run) -> Value:
    if not is_integral(index):
        run.warn(messages.BAD_INDEX, at, found=index)
        return None
    place = int(index)
    if 0 < place <= len(items):
        return items[place - 1]
    return items[place] if 0 < -place <= len(items) else None


def _sources(iterations: tuple[tree.Iteration, ...], build: Build) -> list[tuple[str, Closure]]:
    return [(iteration.name, _source(iteration, build)) for iteration in iterations]


def _source(iteration: tree.Iteration, build: Build) -> Closure:
    source = build(iteration.source)
    if iteration.end is None:
        return source
    end = build(iteration.end)
    return lambda scope: Range(source(scope), end(scope), True, True, "..")


def _each(iterations: list[tuple[str, Closure]], level: int, scope: Scope, visit: Visit, at: int) -> bool | None:
    """Visit every combination. False as soon as a visit says so, None when a source cannot be iterated."""
    name, source = iterations[level]
    value = source(scope)
    items = _items(value, at, scope.run)
    if items is None:
        scope.run.warn(messages.NOT_ITERABLE, at, **kinds(found=value))
        return None
    outcome: bool | None = True
    for item in items:
        scope.run.tick(at)
        inner = Scope({name: item}, scope, scope.run)
        went = visit(inner) if level + 1 == len(iterations) else _each(iterations, level + 1, inner, visit, at)
        if went is False:
            return False
        outcome = None if went is None else outcome
    return outcome


def _items(value: Value, at: int, run: Run) -> Sequence[Value] | Iterator[Value] | None:
    if isinstance(value, Range):
        return _range_items(value, at, run)
    if value is None:
        return None
    return value if isinstance(value, list) else [value]


def _range_items(span: Range, at: int, run: Run) -> Iterator[Value] | None:
    """Whole numbers or days from start to end, downwards when written start..end with the larger first."""
    start, end = span.start, span.end
    start_kind, end_kind = kind(start), kind(end)
    if start_kind == end_kind == NUMBER and is_integral(start) and is_integral(end):
        distance = DECIMALS.subtract(end, start)
    elif start_kind == end_kind == DATE:
        distance = Decimal(timeline.ordinal(end) - timeline.ordinal(start))
    else:
        return None
    run.position = at
    if distance.copy_abs() > limits.LIST:
        raise run.limit(messages.LIST_TOO_LONG, limits.LIST)
    if distance < 0 and span.operator is None and start_kind == NUMBER:
        return None
    return _counted(span, int(distance))


def _counted(span: Range, distance: int) -> Iterator[Value]:
    step = 1 if distance >= 0 else -1
    first = 0 if span.start_included else step
    last = distance if span.end_included else distance - step
    if kind(span.start) == DATE:
        begin = timeline.ordinal(span.start)
        return (timeline.date_at(begin + offset) for offset in range(first, last + step, step))
    return (DECIMALS.add(span.start, Decimal(offset)) for offset in range(first, last + step, step))
