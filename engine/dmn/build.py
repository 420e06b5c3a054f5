"""Boxed expressions to closures from a scope to a value (DMN 1.5 sections 10.3.2 and 10.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.dmn import boxed, loops, messages, table
from engine.dmn.boxed import Box, Item
from engine.dmn.define import Types
from engine.dmn.fitting import fitted, none
from engine.dmn.frame import frame_of
from engine.dmn.language import (
    Builtin,
    Evaluate,
    Function,
    Run,
    Scope,
    Value,
    below,
    deeper,
    expression,
    moved,
)
from engine.dmn.report import Report
from engine.dmn.types import ANY, Book, Type
from engine.feel.run import kinds


@dataclass(frozen=True)
class Builder:
    """Builds the logic of one element; `names` are those in scope, as far as FEEL has to be told them."""

    types: Types
    report: Report
    element: str
    names: frozenset[str]

    def build(self, box: Box | None) -> Evaluate:
        """The closure of a box; no box gives null."""
        if box is None:
            return none
        made = _BUILDERS[type(box)](self, box)
        wanted = self.types.find(box.type_ref, box.line)
        if wanted == ANY or isinstance(box, boxed.Function):
            return made
        name, line = self.element, box.line
        return lambda scope: fitted(made(scope), wanted, scope, line, name)

    def text(self, text: boxed.Text) -> Evaluate:
        """The closure of a FEEL text."""
        return expression(text, self.names, self.report, self.element)

    def seeing(self, *names: str) -> "Builder":
        """This builder with more names in scope."""
        return replace(self, names=self.names | set(names))

    def slot(self, item: Item) -> Type:
        """The type of a named slot."""
        return self.types.find(item.type_ref, item.line)

    def function(self, box: boxed.Function) -> Callable[[Scope], Function]:
        """A function that keeps the scope it is made in and spends the budget of who calls it."""
        parameters = tuple(parameter.name for parameter in box.parameters)
        wanted = tuple(self.slot(parameter) for parameter in box.parameters)
        body = self._body(box, parameters)
        line, book = box.line, self.types.book

        def make(scope: Scope) -> Function:
            def call(arguments: list[Value], run: Run) -> Value:
                inner = _at_home(run, book)
                outside = Scope(scope.names, scope.outer, inner)
                values: dict[str, Value] = {}
                for name, argument, of_type in zip(parameters, arguments, wanted, strict=True):
                    values[name] = fitted(argument, of_type, outside, line, name)
                    if values[name] is None and argument is not None:
                        return None
                return deeper(body, below(outside, values))

            return Function(parameters, call)

        return make

    def knowledge(self, box: boxed.Function, result: Type, seen: Mapping[str, Value]) -> Function:
        """The function of a knowledge model, which sees only the knowledge it requires."""
        own = self.function(box)
        book, name, line = self.types.book, self.element, box.line
        parameters = tuple(parameter.name for parameter in box.parameters)

        def call(arguments: list[Value], run: Run) -> Value:
            scope = Scope(seen, None, _at_home(run, book))
            return fitted(own(scope).call(arguments, scope.run), result, scope, line, name)

        return Function(parameters, call, name)

    def _body(self, box: boxed.Function, parameters: tuple[str, ...]) -> Evaluate:
        if box.kind == "FEEL":
            body = self.seeing(*parameters).build(box.body)
            result = self.types.find(box.type_ref, box.line)
            return lambda scope: fitted(body(scope), result, scope, box.line, self.element)
        self.report.doubt("dmn-external", messages.EXTERNAL, box.line, self.element, name=self.element, kind=box.kind)

        def refused(scope: Scope) -> None:
            frame = frame_of(scope.run)
            frame.fail(messages.EXTERNAL, box.line, name=self.element, kind=box.kind)

        return refused


def _at_home(run: Run, book: Book) -> Run:
    """The run of a caller, seeing the types of the model a function was written in."""
    frame = frame_of(run)
    if frame.book is book:
        return run
    own = replace(frame, book=book)
    own.run = moved(run, own)
    return own.run


def _literal(builder: Builder, box: boxed.Literal) -> Evaluate:
    if box.text is not None:
        return builder.text(box.text)

    def empty(scope: Scope) -> None:
        frame_of(scope.run).warn(messages.NO_LOGIC, box.line, name=builder.element)

    return empty


def _context(builder: Builder, box: boxed.Context) -> Evaluate:
    """Entries in order, each seeing those before it; functions also see themselves, because they run later."""
    entries: list[tuple[Item | None, Type, Evaluate]] = []
    for item, value in box.entries:
        name = item.name if item is not None else ""
        own = builder.seeing(name) if isinstance(value, boxed.Function) else builder
        entries.append((item, builder.slot(item) if item is not None else ANY, own.build(value)))
        builder = builder.seeing(name)

    def evaluate(scope: Scope) -> Value:
        made: dict[str, Value] = {}
        inner = below(scope, made)
        for item, wanted, value in entries:
            found = value(inner)
            if item is None:
                return found
            made[item.name] = fitted(found, wanted, inner, item.line, item.name)
        return dict(made)

    return evaluate


def _relation(builder: Builder, box: boxed.Relation) -> Evaluate:
    columns = [(column, builder.slot(column)) for column in box.columns]
    rows = [[builder.build(cell) for cell in row] for row in box.rows]

    def evaluate(scope: Scope) -> Value:
        made = []
        for row in rows:
            cells = zip(columns, row, strict=True)
            made.append(
                {
                    item.name: fitted(cell(scope), of_type, scope, item.line, item.name)
                    for (item, of_type), cell in cells
                }
            )
        return scope.run.made(made)

    return evaluate


def _list(builder: Builder, box: boxed.ListOf) -> Evaluate:
    items = [builder.build(item) for item in box.items]
    return lambda scope: scope.run.made([item(scope) for item in items])


def _invocation(builder: Builder, box: boxed.Invocation) -> Evaluate:
    called = builder.build(box.function)
    written = box.function.text if isinstance(box.function, boxed.Literal) else None
    name = written.source.strip() if written is not None else builder.element
    bindings = [(item, builder.slot(item), builder.build(value)) for item, value in box.bindings]
    line = box.line

    def evaluate(scope: Scope) -> Value:
        function = called(scope)
        if not isinstance(function, Function):
            frame_of(scope.run).fail(messages.NOT_CALLABLE, line, name=name)
            return None
        arguments = {
            item.name: fitted(value(scope), wanted, scope, item.line, item.name) for item, wanted, value in bindings
        }
        return _invoke(function, arguments, scope.run, line, name)

    return evaluate


def _invoke(function: Function, arguments: Mapping[str, Value], run: Run, line: int, name: str) -> Value:
    if isinstance(function, Builtin):
        return function.invoke(list(arguments.values()), tuple(arguments), run, 0)
    strange = next((given for given in arguments if given not in function.parameters), None)
    if strange is not None:
        frame_of(run).fail(messages.UNKNOWN_PARAMETER, line, name=name, parameter=strange)
        return None
    return run.made(function.call([arguments.get(parameter) for parameter in function.parameters], run))


def _function(builder: Builder, box: boxed.Function) -> Evaluate:
    return builder.function(box)


def _conditional(builder: Builder, box: boxed.Conditional) -> Evaluate:
    condition, then, otherwise = map(builder.build, (box.condition, box.then, box.otherwise))

    def evaluate(scope: Scope) -> Value:
        found = condition(scope)
        if isinstance(found, bool):
            return then(scope) if found else otherwise(scope)
        frame_of(scope.run).warn(messages.NOT_BOOLEAN, box.line, **kinds(found=found))
        return otherwise(scope) if found is None else None

    return evaluate


def _filter(builder: Builder, box: boxed.Filter) -> Evaluate:
    source, match = builder.build(box.source), builder.seeing("item").build(box.match)
    return loops.filtered(source, match, box.line)


def _iteration(builder: Builder, box: boxed.Iteration) -> Evaluate:
    of_type = builder.types.find(box.source_type, box.line)
    inside, name, line = builder.build(box.source), box.variable, box.line
    body = builder.seeing(name, "partial").build(box.body)
    return loops.iterated(
        box.word, name, lambda scope: fitted(inside(scope), of_type, scope, line, name), body, loops.wants_partial(box)
    )


def _table(builder: Builder, box: boxed.Table) -> Evaluate:
    return table.build(builder, box)


_BUILDERS: dict[type, Callable[[Builder, Any], Evaluate]] = {
    boxed.Conditional: _conditional,
    boxed.Context: _context,
    boxed.Filter: _filter,
    boxed.Function: _function,
    boxed.Invocation: _invocation,
    boxed.Iteration: _iteration,
    boxed.ListOf: _list,
    boxed.Literal: _literal,
    boxed.Relation: _relation,
    boxed.Table: _table,
}
