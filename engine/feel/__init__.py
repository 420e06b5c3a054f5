"""FEEL, the expression language of DMN 1.5: our own interpreter. Start reading in README.md."""

from engine.feel.api import Expression, Result, compile, compile_unary, evaluate  # noqa: A004  used as feel.compile
from engine.feel.border import Facts, as_datetime, from_feel, to_feel
from engine.feel.errors import FeelError, FeelLimit, FeelSyntaxError, Warning  # noqa: A004  used as feel.Warning

__all__ = [
    "Expression",
    "Facts",
    "FeelError",
    "FeelLimit",
    "FeelSyntaxError",
    "Result",
    "Warning",
    "as_datetime",
    "compile",
    "compile_unary",
    "evaluate",
    "from_feel",
    "to_feel",
]
