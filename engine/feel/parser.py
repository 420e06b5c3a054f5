"""Tokens to nodes: one method for each way an expression can begin or go on (DMN 1.5 section 10.3.1.2).

Operators are read by precedence climbing; a row of equal operators becomes one node, so a long sum costs no depth.
Nothing inside an expression is tried and taken back: a short hostile text would take exponential time.
"""

import dataclasses
from collections.abc import Callable
from typing import ClassVar, TypeVar

from engine.feel import errors, messages, tree
from engine.feel.atoms import Atoms
from engine.feel.lexer import END, KEYWORD, NAME, SIGN
from engine.feel.tree import Node

NodeType = TypeVar("NodeType", bound=Node)

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_SIGN_LEVELS = {
    "+": _ADD,
    "-": _ADD,
    "*": _MULTIPLY,
    "/": _MULTIPLY,
    "**": _POWER,
    **dict.fromkeys(COMPARISONS, _COMPARE),
}
_WORD_LEVELS = {"or": _OR, "and": _AND, "between": _COMPARE, "in": _COMPARE, "instance": _COMPARE}


def parse(source: str, names: tuple[str, ...] = ()) -> Node:
    """The node of one expression. Raises FeelSyntaxError or FeelLimit."""
    return _Parser(source, names).whole()


def parse_unary(source: str, names: tuple[str, ...] = ()) -> tree.UnaryTests:
    """The node of the tests in a decision table's cell. Raises FeelSyntaxError or FeelLimit."""
    return _Parser(source, names).whole_unary()


class _Parser(Atoms):
    def whole(self) -> Node:
        return self.closed(self.expression())

    def whole_unary(self) -> tree.UnaryTests:
        at = self.now.at
        if self.now.is_sign("-") and self.following.kind == END:
            return tree.UnaryTests(at, (), False)
        if self.now.is_word("not") and self.following.is_sign("("):
            negated = self._negated_tests()
            if negated is not None:
                return tree.UnaryTests(at, negated, True)
        tests = self.tests()
        return self.closed(tree.UnaryTests(at, tests, False))

    def closed(self, node: NodeType) -> NodeType:
        """The node, if nothing follows it."""
        if self.now.kind != END:
            self.fail(messages.UNEXPECTED, self.now)
        return node

    # ---- what an expression can be

    def expression(self) -> Node:
        self.enter()
        try:
            begin = self._beginnings.get(self.now.value) if self.now.kind in (KEYWORD, NAME) else None
            return begin(self) if begin and self._begins() else self.operation(_OR)
        finally:
            self.leave()

    def operation(self, level: int) -> Node:
        """An operand and all operators after it that bind at least as tightly as `level`."""
        left = self.operand()
        rounds = 0
        while (found := self._level()) >= level:
            left = self._readers[found](self, left)
            rounds += found == _COMPARE  # a < b < c nests; the rows of other operators do not
            if rounds > 1:
                self.enter()
        self.depth -= max(0, rounds - 1)
        return left

    def additive(self) -> Node:
        return self.operation(_ADD)

    def operand(self) -> Node:
        at = self.now.at
        signs = 0
        while self.take_if("-"):
            signs += 1
        node = self.postfix(self.primary())
        for _ in range(2 - signs % 2 if signs else 0):  # --a is a, for a that can be negated
            node = tree.Negation(at, node)
        return node

    def _begins(self) -> bool:
        """Whether the word here begins a phrase; `function` only does before a bracket."""
        return self.now.value != "function" or self.following.is_sign("(")

    def _level(self) -> int:
        token = self.now
        levels = _WORD_LEVELS if token.kind in (KEYWORD, NAME) else _SIGN_LEVELS
        return levels.get(token.value, 0) if token.kind in (KEYWORD, NAME, SIGN) else 0

    # ---- operators

    def logic(self, left: Node) -> Node:
        word = self.now.value
        operands = [left]
        at = self.now.at
        while self.now.is_word(word):
            self.take()
            operands.append(self.operation(_WORD_LEVELS[word] + 1))
        return tree.Logic(at, word, tuple(operands))

    def chain(self, left: Node) -> Node:
        level = self._level()
        rest = []
        while self._level() == level:
            sign = self.take()
            rest.append((sign.value, sign.at, self.operation(level + 1)))
        return tree.Chain(left.at, left, tuple(rest))

    def comparison(self, left: Node) -> Node:
        token = self.take()
        if token.value == "between":
            low = self.additive()
            self.need_word("and")
            return tree.Between(token.at, left, low, self.additive())
        if token.value == "in":
            return tree.In(token.at, left, self.in_tests())
        if token.value == "instance":
            self.need_word("of")
            return tree.InstanceOf(token.at, left, self.type())
        if self.now.is_sign(*COMPARISONS):
            written = self.source[token.at : self.now.at + len(self.now.value)]
            raise errors.FeelSyntaxError(
                messages.NO_SUCH_OPERATOR, position=token.at, expression=self.source, found=written
            )
        return tree.Comparison(token.at, token.value, left, self.additive())

    # ---- tests

    def in_tests(self) -> tuple[tree.Test, ...]:
        if not self.now.is_sign("("):
            test = self.test(self.additive)  # here ? is still the value of the cell: 5 in ?
            return (dataclasses.replace(test, asks=False) if isinstance(test, tree.ValueTest) else test,)
        self.enter()
        at = self.take().at
        first = self.test(self.expression)
        if self.now.is_sign("..") and isinstance(first, tree.ValueTest):
            tests: tuple[tree.Test, ...] = (tree.ValueTest(at, self.range_from(at, first.operand, False), first.asks),)
        else:
            tests = (first, *self._more_tests())
            self.need(")")
        self.leave()
        return tests

    def tests(self) -> tuple[tree.Test, ...]:
        return (self.test(self.expression), *self._more_tests())

    def test(self, read: Callable[[], Node]) -> tree.Test:
        token = self.now
        if self.take_if(*COMPARISONS):
            return tree.CompareTest(token.at, token.value, self.additive())
        first = self.index
        operand = read()
        asks = any(part.kind == NAME and part.value == "?" for part in self.tokens[first : self.index])
        return tree.ValueTest(token.at, operand, asks)

    def _more_tests(self) -> list[tree.Test]:
        found = []
        while self.take_if(","):
            found.append(self.test(self.expression))
        return found

    def _negated_tests(self) -> tuple[tree.Test, ...] | None:
        """The tests in `not(…)` when it is the whole cell; None when it is an expression such as not(a) or b.

        Which one it is shows only at the closing bracket, because a range may end in ")" too. This is the one place
        where something is read twice; it happens once in a cell, so it costs no more than double.
        """
        start, depth = self.index, self.depth
        self.index += 2
        try:
            tests = self.tests()
            self.need(")")
        except errors.FeelSyntaxError:
            tests = ()
        if tests and self.now.kind == END:
            return tests
        self.index, self.depth = start, depth
        return None

    # ---- phrases

    def if_(self) -> Node:
        at = self.take().at
        condition = self.expression()
        self.need_word("then")
        then = self.expression()
        self.need_word("else")
        return tree.If(at, condition, then, self.expression())

    def for_(self) -> Node:
        at = self.take().at
        iterations = self.iterations()
        self.need_word("return")
        return tree.For(at, iterations, self.expression())

    def quantified(self) -> Node:
        token = self.take()
        iterations = self.iterations()
        self.need_word("satisfies")
        return tree.Quantified(token.at, token.value == "some", iterations, self.expression())

    def iterations(self) -> tuple[tree.Iteration, ...]:
        found = [self.iteration()]
        while self.take_if(","):
            found.append(self.iteration())
        return tuple(found)

    def iteration(self) -> tree.Iteration:
        name = self.take_name()
        self.need_word("in")
        source = self.expression()
        return tree.Iteration(name, source, self.expression() if self.take_if("..") else None)

    def function(self) -> Node:
        at = self.take().at
        self.need("(")
        parameters: list[tree.Parameter] = []
        while not self.take_if(")"):
            if parameters:
                self.need(",")
            parameters.append(self.parameter())
        if self.now.is_word("external"):
            self.take()
            self.expression()
            return tree.FunctionDefinition(at, tuple(parameters), None)
        return tree.FunctionDefinition(at, tuple(parameters), self.expression())

    def parameter(self) -> tree.Parameter:
        name = self.take_name()
        return tree.Parameter(name, self.type() if self.take_if(":") else None)

    _beginnings: ClassVar[dict[str, Callable[["_Parser"], Node]]] = {
        "if": if_,
        "for": for_,
        "some": quantified,
        "every": quantified,
        "function": function,
    }
    _readers: ClassVar[dict[int, Callable[["_Parser", Node], Node]]] = {
        _OR: logic,
        _AND: logic,
        _COMPARE: comparison,
        _ADD: chain,
        _MULTIPLY: chain,
        _POWER: chain,
    }
