"""Decision models (DMN 1.1 to 1.5): read, decide, explain, check. Start reading in README.md."""

from engine.dmn.analysis.expressions import misfits
from engine.dmn.analysis.lint import lint
from engine.dmn.errors import DmnError, NoSuchDecision, NoVersion
from engine.dmn.frame import MatchedRule, Warning  # noqa: A004  used as dmn.Warning
from engine.dmn.model import Model, read
from engine.dmn.session import Decision
from engine.dmn.versions import Version, applicable

__all__ = [
    "Decision",
    "DmnError",
    "MatchedRule",
    "Model",
    "NoSuchDecision",
    "NoVersion",
    "Version",
    "Warning",
    "applicable",
    "lint",
    "misfits",
    "read",
]
