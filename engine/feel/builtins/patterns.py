"""Functions with regular expressions (DMN 1.5 table 66; XPath and XQuery Functions 3.1 section 5.6).

The `regex` package is used because it can stop after a time; the standard library cannot, and a hostile pattern would
hang the process. Its syntax is Python's, so what XPath writes differently is translated, and what XPath does not have
(look-around, named groups) is refused.
"""

# ruff: noqa: D103  the table of the standard named above describes each function

import re
import time
from collections.abc import Callable
from typing import TypeVar

import regex

from engine.feel import limits, messages
from engine.feel.builtins.arguments import Refused, string
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Value

Found = TypeVar("Found")

_FLAGS = {"i": regex.IGNORECASE, "s": regex.DOTALL, "m": regex.MULTILINE, "x": 0}
_CLASS = r"\[(?:\\.|[^\]\\])*\]"
_PARTS = re.compile(rf"\\.|{_CLASS}|\{{(\d+)(?:,(\d*))?\}}|.", re.S | re.ASCII)
_SUBTRACTION = re.compile(r"\[([^\[\]]*)-\[([^\[\]]*)\]\]")


@builtin("matches", "input, pattern, flags?", with_run=True)
def matches(run: Run, value: Value, pattern: Value, flags: Value = None) -> bool:
    compiled, written = _compile(run, string(pattern), flags), string(value)
    return _timed(run, lambda seconds: compiled.search(written, timeout=seconds)) is not None


@builtin("replace", "input, pattern, replacement, flags?", with_run=True)
def replace(run: Run, value: Value, pattern: Value, replacement: Value, flags: Value = None) -> str:
    compiled, written = _compile(run, string(pattern), flags), string(value)
    template = _Replacement(string(replacement), len(written), run)
    return _timed(run, lambda seconds: compiled.sub(template, written, timeout=seconds))


@builtin("split", "string, delimiter", with_run=True)
def split(run: Run, value: Value, delimiter: Value) -> list[Value]:
    compiled, written = _compile(run, string(delimiter), None), string(value)
    return _timed(run, lambda seconds: list(compiled.split(written, timeout=seconds)))


class _Replacement:
    """Fills $1 … $9 of a replacement and stops before the result outgrows a string."""

    def __init__(self, template: str, length: int, run: Run) -> None:
        self.parts = re.findall(r"\\\$|\$\d|[^$\\]+|.", template, re.S | re.ASCII)
        self.length = length
        self.run = run

    def __call__(self, match: "regex.Match[str]") -> str:
        filled = "".join(self.fill(part, match) for part in self.parts)
        self.length += len(filled)
        if self.length > limits.STRING + len(match.string):
            raise self.run.limit(messages.STRING_TOO_LONG, limits.STRING)
        return filled

    def fill(self, part: str, match: "regex.Match[str]") -> str:
        if part == r"\$":
            return "$"
        if len(part) == 2 and part[0] == "$":
            try:
                return match[int(part[1])] or ""
            except IndexError:
                raise Refused from None
        return part


def _compile(run: Run, pattern: str, flags: Value) -> "regex.Pattern[str]":
    letters = "" if flags is None else string(flags)
    if len(pattern) > limits.PATTERN or _weight(pattern) > limits.PATTERN_WEIGHT:
        raise run.limit(messages.PATTERN_TOO_LONG, limits.PATTERN)
    if not set(letters) <= set(_FLAGS):
        raise Refused
    try:
        translated = _translate(pattern, letters)
        return _timed(run, lambda _: regex.compile(translated, sum(_FLAGS[one] for one in set(letters))))
    except (regex.error, OverflowError):
        raise Refused(messages.INVALID_PATTERN, pattern=pattern[:50]) from None


def _translate(pattern: str, letters: str) -> str:
    if "x" in letters:
        pattern = re.sub(rf"({_CLASS})|\s+", lambda match: match[1] or "", pattern)
    if re.search(r"\[[^\]]*\\\d", pattern):  # a back-reference inside brackets is an error in XPath
        raise Refused(messages.INVALID_PATTERN, pattern=pattern[:50])
    if re.search(r"(?<!\\)\(\?(?!:)", pattern):
        raise Refused(messages.INVALID_PATTERN, pattern=pattern[:50])
    if "s" not in letters:  # in XPath the dot leaves out both line ends
        pattern = re.sub(rf"(\\.|{_CLASS})|\.", lambda match: match[1] or r"[^\n\r]", pattern)
    pattern = pattern.replace(r"\p{IsBasicLatin}", r"[\x00-\x7f]")
    return _SUBTRACTION.sub(r"(?![\2])[\1]", pattern)


def _weight(pattern: str) -> int:
    """How large the pattern is once its counted repetitions are written out; compiling (a{9999}){9999} does that."""
    groups, last = [0], 0
    for part in _PARTS.finditer(pattern):
        if part[0] == "(":
            groups.append(0)
        elif part[0] == ")" and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        elif part[1]:
            times = int(part[2] or part[1])
            groups[-1] += last * (times - 1)
            last *= times
        elif part[0] not in "*+?":
            last = 1
            groups[-1] += 1
    return sum(groups)


def _timed(run: Run, search: Callable[[float], Found]) -> Found:
    """The result of a search, charged to the evaluation's allowance of processor time."""
    allowed = min(limits.PATTERN_SECONDS, run.budget.pattern_seconds)
    if allowed <= 0:
        raise run.limit(messages.PATTERN_TOO_SLOW)
    began = time.thread_time()
    try:
        return search(allowed)
    except TimeoutError:
        raise run.limit(messages.PATTERN_TOO_SLOW) from None
    finally:
        run.budget.pattern_seconds -= time.thread_time() - began
