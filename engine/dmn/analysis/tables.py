"""Overlaps, gaps and useless rules of a decision table.

Only what is certain is reported; what could not be looked at is reported as that. Null is looked at where a cell or the
input values name it.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.dmn import boxed, limits
from engine.dmn.analysis import messages, shape
from engine.dmn.analysis.cover import Box, TooLarge
from engine.dmn.analysis.shape import Shape
from engine.dmn.boxed import Text
from engine.dmn.define import Types
from engine.dmn.language import Value, constant, unary
from engine.dmn.report import Report, finding
from engine.errors import Finding
from engine.feel import FeelError, parser
from engine.feel.messages import Message

_ONE_HIT = ("UNIQUE", "ANY", "FIRST", "PRIORITY")


@dataclass(frozen=True)
class Place:
    """A table in its file: `name` is the decision or knowledge model it belongs to."""

    file: str
    name: str
    table: boxed.Table
    types: Types
    names: frozenset[str]

    def error(self, rule: str, message: Message, line: int, /, **facts: object) -> Finding:
        """A finding about this table that makes it give null although a rule matches."""
        return finding(self.file, rule, message, line, self.table.id, table=self.name, **facts)

    def warning(self, rule: str, message: Message, line: int, /, **facts: object) -> Finding:
        """A finding about this table that its author may have meant."""
        return replace(self.error(rule, message, line, **facts), warning=True)


def check(place: Place) -> list[Finding]:
    """All findings of a table."""
    table = place.table
    if not table.inputs or len(table.rules) > limits.RULES_ANALYSED:
        too_large = len(table.rules) > limits.RULES_ANALYSED
        return [place.warning("dmn-analysis", messages.TABLE_NOT_ANALYSED, table.line)] if too_large else []
    found = shape.of_table(table, place.types, place.names)
    findings = [*_unclear(place, found), *_never(place, found)]
    for part in (_overlaps, _masked, _gaps):
        try:
            findings += _few(place, part(place, found))
        except TooLarge:
            findings.append(place.warning("dmn-analysis", messages.TABLE_NOT_ANALYSED, table.line))
            break
    return findings


def constant_of(text: Text, names: frozenset[str]) -> Value:
    """The value of a text that is a constant, None when it is computed."""
    try:
        return constant(parser.parse(text.source, tuple(sorted(names))), text.source)[1]
    except FeelError:
        return None


def _few(place: Place, findings: Iterator[Finding]) -> list[Finding]:
    """The first findings of a kind and how many more there are."""
    every = list(findings)
    kept = every[: limits.EXAMPLES]
    if len(every) > len(kept):
        more = place.warning(every[0].rule, messages.MORE, place.table.line, count=len(every) - len(kept))
        kept.append(replace(more, warning=every[0].warning))
    return kept


def _unclear(place: Place, found: Shape) -> Iterator[Finding]:
    for one in found.unclear:
        facts = {"column": one.column.label, "reason": one.reason[0], "reason_en": one.reason[1]}
        yield place.warning("dmn-analysis", messages.NOT_ANALYSED, one.column.line, **facts)


def _never(place: Place, found: Shape) -> Iterator[Finding]:
    for rule, column, cell in found.never:
        facts = {"rule": rule + 1, "column": column.label, "cell": cell.source.strip()}
        yield place.warning("dmn-never", messages.NEVER, cell.line, **facts)


def _overlaps(place: Place, found: Shape) -> Iterator[Finding]:
    """Rules that match together although the table allows one, or wants them to agree."""
    policy, rules = place.table.policy, place.table.rules
    if policy not in ("UNIQUE", "ANY"):
        return
    for first, second, shared in found.space.overlaps():
        if not (found.certain >> first & 1 and found.certain >> second & 1):
            continue
        if policy == "ANY" and _agree(rules[first], rules[second]):
            continue
        message = messages.OVERLAP if policy == "UNIQUE" else messages.DISAGREE
        yield place.error(
            "dmn-overlap", message, rules[second].line,
            first=first + 1, second=second + 1, **_example(found, shared),
        )  # fmt: skip


def _agree(first: boxed.Rule, second: boxed.Rule) -> bool:
    """Whether two rules give the same, as far as one sees without deciding; what is computed may still differ."""
    pairs = zip(first.results, second.results, strict=True)
    return all(" ".join(a.source.split()) == " ".join(b.source.split()) for a, b in pairs)


def _gaps(place: Place, found: Shape) -> Iterator[Finding]:
    """Where no rule matches and nothing is said about it; a table that gives a list may give an empty one."""
    table = place.table
    defaults = any(output.default is not None for output in table.outputs)
    if defaults or (table.policy not in _ONE_HIT and not table.aggregation) or table.aggregation == "COUNT":
        return
    every = (1 << len(table.rules)) - 1
    whole = found.space.whole()
    missing = list(itertools.islice(found.space.gaps(whole, every), limits.GAPS))
    for box in missing:
        yield place.warning("dmn-gap", messages.GAP, table.line, **_example(found, box))
    if not missing and found.unclear and next(found.space.gaps(whole, found.certain), None) is not None:
        yield place.warning("dmn-default", messages.NO_DEFAULT, table.line)


def _masked(place: Place, found: Shape) -> Iterator[Finding]:
    """Rules behind others that cover all of them."""
    rules = place.table.rules
    for number, box in enumerate(found.space.boxes):
        stronger = _stronger(place, number) & found.certain
        if not all(box) or not stronger or next(found.space.gaps(box, stronger), None) is not None:
            continue
        by = ", ".join(
            str(other + 1)
            for other in range(len(rules))
            if stronger >> other & 1 and all(a & b for a, b in zip(box, found.space.boxes[other], strict=True))
        )
        yield place.warning("dmn-masked", messages.MASKED, rules[number].line, rule=number + 1, by=by)


def _stronger(place: Place, number: int) -> int:
    """The rules that win over a rule when both match, as bits."""
    if place.table.policy == "FIRST":
        return (1 << number) - 1
    if place.table.policy != "PRIORITY" or len(place.table.outputs) != 1:
        return 0
    ranks = _ranks(place)
    own = ranks[number]
    return sum(
        1 << other
        for other, rank in enumerate(ranks)
        if own is not None and rank is not None and (rank, other) < (own, number)
    )


def _ranks(place: Place) -> list[int | None]:
    """The place of every rule's output among the output values; None when it is not plain to see."""
    values = place.table.outputs[0].values
    order = [] if values is None else _constants(values, place.names)
    found = [constant_of(rule.results[0], place.names) for rule in place.table.rules]
    return [order.index(value) if value is not None and value in order else None for value in found]


def _constants(values: Text, names: frozenset[str]) -> list[Value]:
    node, _ = unary(values, names, Report(""), "")
    operands = [test.operand for test in node.tests]
    return [constant(operand, values.source)[1] for operand in operands]


def _example(found: Shape, box: Box) -> dict[str, object]:
    zh, en = found.example(box)
    return {"example": zh, "example_en": en}
