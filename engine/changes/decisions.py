"""What differs in the decision tables, rule by rule and cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import PurePosixPath

from engine import dmn
from engine.catalog import Pack
from engine.changes.change import Audience, Both, Change, matched, plain
from engine.dmn.boxed import Rule, Table, Text, texts
from engine.dmn.elements import INPUT, Element


@dataclass(frozen=True)
class Placed:
    """A decision, its input or a function it uses, and the file it stands in."""

    file: str
    element: Element


def decisions(both: Both) -> Iterator[Change]:
    """Every difference of the decision models."""
    old, new = (list(_elements(pack)) for pack in (both.old, both.new))
    pairs, gone, come = matched(old, new, lambda p: p.element.id, lambda p: (p.element.kind, p.element.name))
    for placed in (p for p in gone if p.element.kind != INPUT):
        name = placed.element.name
        said = (f"删去决策“{name}”", f'The decision "{name}" is gone')
        yield _change(both, placed, "decision-removed", (name, None), *said)
    for placed in (p for p in come if p.element.kind != INPUT):
        name = placed.element.name
        yield _change(both, placed, "decision-added", (None, name), f"新增决策“{name}”", f'New decision "{name}"')
    for before, after in pairs:
        found = list(_element(both, before.element, after))
        if not found and _meaning(before.element) != _meaning(after.element):
            name = after.element.name
            said = (f"“{name}”的类型或依据变了", f'Types or requirements of "{name}" changed')
            found = [_change(both, after, "decision-logic", (None, None), *said)]
        yield from found
    yield from _types(both)


def _types(both: Both) -> Iterator[Change]:
    """Types a model defines for itself."""
    old, new = (_defined(pack) for pack in (both.old, both.new))
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            said = (f"“{name}”自定义的类型变了", f"The types defined in {name} changed")
            yield Change("decision-types", Audience.DESIGNER, "", name, None, None, *said, name, 0)


def _defined(pack: Pack) -> dict[str, object]:
    files = {name: text for name, text in pack.files.items() if name.endswith(".dmn")}
    return {name: _meaning(_read(pack, text).units[0].definitions.items) for name, text in files.items()}


def _meaning(thing: object) -> object:
    """A part of a model without ids, lines and spaces: what is left means something."""
    if isinstance(thing, Text):
        return plain(thing.source)
    if isinstance(thing, tuple):
        return tuple(map(_meaning, thing))
    if not is_dataclass(thing):
        return thing
    kept = [one.name for one in fields(thing) if one.name not in ("id", "line", "href")]
    return (type(thing).__name__, *(_meaning(getattr(thing, name)) for name in kept))


def _read(pack: Pack, text: str) -> dmn.Model:
    return dmn.read(text.encode(), resolve=lambda _, location: _beside(pack, location))


def _elements(pack: Pack) -> Iterator[Placed]:
    for file, text in sorted(pack.files.items()):
        if file.endswith(".dmn"):
            yield from (Placed(file, element) for element in _read(pack, text).units[0].definitions.elements)


def _beside(pack: Pack, location: str) -> bytes | None:
    """An imported model: the file of the pack with this name."""
    wanted = PurePosixPath(location).name
    found = (text for name, text in pack.files.items() if name.endswith(".dmn") and PurePosixPath(name).name == wanted)
    return next((text.encode() for text in found), None)


def _element(both: Both, old: Element, placed: Placed) -> Iterator[Change]:
    new = placed.element
    if old.name != new.name:
        zh, en = f"决策“{old.name}”改名为“{new.name}”", f'The decision "{old.name}" is called "{new.name}" now'
        yield _change(both, placed, "decision-renamed", (old.name, new.name), zh, en)
    if isinstance(old.logic, Table) and isinstance(new.logic, Table):
        yield from _table(both, placed, old.logic, new.logic)
        return
    said = [" ; ".join(plain(text.source) for text in texts(logic)) for logic in (old.logic, new.logic)]
    if said[0] != said[1] or type(old.logic) is not type(new.logic):
        zh, en = f"决策“{new.name}”：{said[0]} → {said[1]}", f'Decision "{new.name}": {said[0]} → {said[1]}'
        yield _change(both, placed, "decision-logic", (said[0], said[1]), zh, en)


def _table(both: Both, placed: Placed, old: Table, new: Table) -> Iterator[Change]:
    name = placed.element.name
    for word, zh_word, before, after in (
        (
            "hit policy",
            "命中策略",
            f"{old.policy} {old.aggregation}".strip(),
            f"{new.policy} {new.aggregation}".strip(),
        ),
        ("inputs", "条件列", _columns(old), _columns(new)),
        ("outputs", "结论列", _results(old), _results(new)),
    ):
        if before != after:
            zh, en = f"决策表“{name}”{zh_word}：{before} → {after}", f'Table "{name}", {word}: {before} → {after}'
            yield _change(both, placed, f"table-{word.replace(' ', '-')}", (before, after), zh, en)
    yield from _rules(both, placed, old, new)


def _rules(both: Both, placed: Placed, old: Table, new: Table) -> Iterator[Change]:
    name = placed.element.name
    cells = {id(rule): _cells(table, rule) for table in (old, new) for rule in table.rules}
    tests = {id(rule): tuple(plain(t.source) for t in rule.tests) for table in (old, new) for rule in table.rules}
    results = {id(rule): tuple(plain(t.source) for t in rule.results) for t in (old, new) for rule in t.rules}
    pairs, gone, come = matched(
        old.rules,
        new.rules,
        lambda r: (tests[id(r)], results[id(r)]),
        lambda r: tests[id(r)],
        lambda r: r.id or None,
        lambda r: results[id(r)],
    )
    for rule in gone:
        zh, en = _said(old, rule)
        said = (f"决策表“{name}”删去规则：{zh}", f'Table "{name}", a rule is gone: {en}')
        yield _change(both, placed, "rule-removed", (zh, None), *said)
    for rule in come:
        zh, en = _said(new, rule)
        said = (f"决策表“{name}”新增规则：{zh}", f'Table "{name}", new rule: {en}')
        yield _change(both, placed, "rule-added", (None, zh), *said, line=rule.line)
    for before, after in pairs:
        place = f"{new.rules.index(after) + 1}"
        where = (f"决策表“{name}”规则 {place}（{_said(new, after)[0]}）", f'Table "{name}", rule {place}')
        had, has = cells[id(before)], cells[id(after)]
        for column in (c for c in dict.fromkeys((*had, *has)) if had.get(c) != has.get(c)):
            words = (had.get(column, "—"), has.get(column, "—"))
            text = f"{column}：{words[0]} → {words[1]}"
            said = (f"{where[0]}{text}", f"{where[1]}, {column}: {words[0]} → {words[1]}")
            yield _change(both, placed, "rule-cell", words, *said, line=after.line)
    if new.policy[:1] in "FRP" and _order(old, pairs) != _order(new, [(b, a) for a, b in pairs]):
        zh, en = f"决策表“{name}”规则的先后变了", f'Table "{name}": the rules are in another order'
        yield _change(both, placed, "rule-order", (None, None), zh, en)


def _order(table: Table, pairs: list[tuple[Rule, Rule]]) -> list[int]:
    """The paired rules of a table in its order, each as the number of its pair."""
    numbers = {id(own): number for number, (own, _) in enumerate(pairs)}
    return [numbers[id(rule)] for rule in table.rules if id(rule) in numbers]


def _cells(table: Table, rule: Rule) -> dict[str, str]:
    names = [_label(column.label, column.expression.source) for column in table.inputs]
    found = {n: plain(t.source) for n, t in zip(names, rule.tests, strict=True)}
    outputs = [output.name or "结论" for output in table.outputs]
    return found | {f"⇒ {n}": plain(t.source) for n, t in zip(outputs, rule.results, strict=True)}


def _said(table: Table, rule: Rule) -> tuple[str, str]:
    """A rule in one line: what is tested, and what follows. Columns that test nothing are left out."""
    cells = _cells(table, rule)
    tests = [f"{n} {v}" for n, v in cells.items() if not n.startswith("⇒") and v not in ("-", "")]
    results = [f"{n.removeprefix('⇒ ')} = {v}" for n, v in cells.items() if n.startswith("⇒")]
    zh = f"当 {'、'.join(tests) or '任何情况'} 则 {'、'.join(results)}"
    return zh, f"if {' and '.join(tests) or 'anything'} then {', '.join(results)}"


def _label(label: str, source: str) -> str:
    return label or plain(source)


def _columns(table: Table) -> str:
    return "、".join(_label("", column.expression.source) for column in table.inputs)


def _results(table: Table) -> str:
    return "、".join(output.name or "结论" for output in table.outputs)


def _change(
    both: Both, placed: Placed, kind: str, said: tuple[str | None, str | None], zh: str, en: str, *, line: int = 0
) -> Change:
    """For whoever's lane the decision is made in; for designers where no task makes it."""
    names = (placed.element.id, placed.element.name)
    lanes = [n.lane for n in both.new.model.nodes.values() if n.decision and n.decision in names]
    audience, department = both.whose(lanes[0]) if lanes else (Audience.DESIGNER, "")
    name = placed.element.name
    return Change(kind, audience, department, name, *said, zh, en, placed.file, line or placed.element.line)
