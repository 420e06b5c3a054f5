"""How built-in functions are declared and called.

A signature is the parameter list of DMN 1.5 tables 64 to 77: "string, start position, length?". A ? marks an optional
parameter, "*list" takes one list or any number of values as one, "item..." any number of further values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import DecimalException
from typing import Any, TypeVar

from engine.feel import messages
from engine.feel.builtins.arguments import Refused
from engine.feel.run import Run
from engine.feel.values import Function, Value

BUILTINS: dict[str, "Builtin"] = {}

Body = TypeVar("Body", bound=Callable[..., Any])


@dataclass(frozen=True)
class Signature:
    """One way to call a built-in function."""

    names: tuple[str, ...]
    required: int
    gathers: bool
    goes_on: bool
    body: Callable[..., Value]
    with_run: bool

    def by_place(self, values: list[Value]) -> list[Value] | None:
        """The arguments for the body, None when the values do not fit."""
        if self.gathers:
            single = len(values) == 1 and isinstance(values[0], list)
            return (values if single else [values]) if values else None
        fits = self.required <= len(values) and (self.goes_on or len(values) <= len(self.names))
        return values if fits else None

    def by_name(self, given_names: tuple[str, ...], values: list[Value]) -> list[Value] | None:
        """The arguments for the body, None when the names do not fit or one is given twice."""
        named = dict(zip(given_names, values, strict=True))
        if len(named) < len(given_names):
            return None
        if not set(self.names[: self.required]) <= set(named) <= set(self.names):
            return None
        if self.gathers:
            value = named[self.names[0]]
            return [value if isinstance(value, list) else [value]]
        names = tuple(dict.fromkeys(self.names))  # "list, list..." is one name
        given = max((place for place, name in enumerate(names) if name in named), default=-1) + 1
        return [named.get(name) for name in names[:given]]


class Builtin(Function):
    """A built-in function with all its signatures."""

    def __init__(self, name: str) -> None:
        super().__init__((), lambda values, run: self.invoke(values, None, run, run.position), name)
        self.signatures: list[Signature] = []

    def add(self, signature: Signature) -> None:
        """One more way to call it."""
        self.signatures.append(signature)
        self.parameters = max((one.names for one in self.signatures), key=len)

    def invoke(self, values: list[Value], names: tuple[str, ...] | None, run: Run, at: int) -> Value:
        """The result; null with a warning when the arguments are not what the function takes."""
        for signature in self.signatures:
            if names is None:
                arguments = signature.by_place(values)
            else:
                arguments = signature.by_name(names, values)
            if arguments is not None:
                return self._carry_out(signature, arguments, run, at)
        run.warn(messages.WRONG_PARAMETERS, at, function=self.name)
        return None

    def _carry_out(self, signature: Signature, arguments: list[Value], run: Run, at: int) -> Value:
        run.position = at
        for argument in arguments:
            run.read(argument)
        try:
            result = signature.body(run, *arguments) if signature.with_run else signature.body(*arguments)
        except Refused as refused:
            run.warn(refused.message, at, function=self.name, **refused.facts)
            return None
        except (DecimalException, OverflowError, ValueError):  # beyond what a number, date or duration can hold
            run.warn(messages.UNUSABLE_ARGUMENT, at, function=self.name)
            return None
        return run.made(result)


def builtin(name: str, *signatures: str, with_run: bool = False) -> Callable[[Body], Body]:
    """Declare a function body under a FEEL name; `with_run` passes it the run before the arguments."""

    def declare(body: Body) -> Body:
        function = BUILTINS.setdefault(name, Builtin(name))
        for signature in signatures:
            function.add(_read(signature, body, with_run))
        return body

    return declare


def _read(signature: str, body: Callable[..., Value], with_run: bool) -> Signature:
    parts = [part.strip() for part in signature.split(",")] if signature else []
    return Signature(
        names=tuple(part.strip("*?.") for part in parts),
        required=sum(not part.endswith(("?", "...")) for part in parts),
        gathers=any(part.startswith("*") for part in parts),
        goes_on=any(part.endswith("...") for part in parts),
        body=body,
        with_run=with_run,
    )
