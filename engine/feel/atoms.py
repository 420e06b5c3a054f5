"""The parts of an expression that hold together by themselves: literals, names, brackets, calls, filters, types."""

import re

from engine.feel import instances, messages, temporal, tree
from engine.feel.cursor import Cursor
from engine.feel.lexer import END, KEYWORD, NAME, NUMBER, SIGN, STRING, Token
from engine.feel.tree import Node, Type

_ORDERS = ("<", "<=", ">", ">=")
_CONSTANTS = {"true": True, "false": False, "null": None}
_PHRASES = ("if", "for", "some", "every", "function")
_CLOSERS = ("]", ")", "[")
# Words of type names that hold the keyword "and".
_AND_TYPES = {"date": ("time",), "years": ("months", "duration"), "days": ("time", "duration")}


class Atoms(Cursor):
    """Reads everything that is not an operator or a phrase; those are added by the parser."""

    def expression(self) -> Node:
        """Anything that has a value."""
        raise NotImplementedError

    def additive(self) -> Node:
        """Operands joined by + and what binds tighter: what may stand beside a comparison or at the end of a range."""
        raise NotImplementedError

    def primary(self) -> Node:
        """A literal, a name, or something in brackets."""
        token = self.now
        if token.kind == KEYWORD and token.value in _PHRASES:
            return self.expression()
        self.take()
        if token.kind in (NUMBER, STRING):
            return tree.Literal(token.at, token.value)
        if token.kind == KEYWORD and token.value in _CONSTANTS:
            return tree.Literal(token.at, _CONSTANTS[token.value])
        if token.kind == NAME:
            return tree.Name(token.at, "?" if token.value == "?" else self.join(token.value))
        if token.kind != SIGN:
            self.fail(messages.UNEXPECTED, token)
        return self._bracketed(token)

    def postfix(self, node: Node) -> Node:
        """What is attached to an operand: .name, [filter], (arguments)."""
        levels = 0
        while self._goes_on():
            self.enter()  # they nest: a.b.b.b… is as deep as it is long
            levels += 1
            node = self._attached(node, self.take())
        self.depth -= levels
        return node

    def range_from(self, at: int, start: Node, start_included: bool) -> Node:
        """The rest of a range whose start has been read."""
        self.need("..")
        end = self._end_of_range()
        token = self.take()
        if not token.is_sign(*_CLOSERS):
            self.fail(messages.EXPECTED, token, expected="]")
        return tree.RangeOf(at, start, end, start_included, token.value == "]")

    def type(self) -> Type:
        """A type after `instance of` or a parameter."""
        self.enter()
        name = self._type_name()
        inner: Type | None = None
        if name in ("list", "range") and self.take_if("<"):
            inner = self.type()
            self.need(">")
        found = Type(name, (inner,)) if inner else self._structured_type(name)
        self.leave()
        return found

    # ---- operands

    def _bracketed(self, token: Token) -> Node:
        if token.value == "(":
            return self._parenthesis(token.at)
        if token.value == "[":
            return self._list(token.at)
        if token.value == "]":
            return self.range_from(token.at, self._end_of_range(), False)
        if token.value == "{":
            return self._context(token.at)
        if token.value in _ORDERS:
            return tree.OpenRange(token.at, token.value, self._end_of_range())
        if token.value != "@":
            self.fail(messages.UNEXPECTED, token)
        return self._at_literal()

    def _end_of_range(self) -> Node:
        """An operand that is not an expression of its own, so that it has to count its depth itself."""
        self.enter()
        node = self.additive()
        self.leave()
        return node

    def _at_literal(self) -> Node:
        token = self.take()
        if token.kind != STRING:
            self.fail(messages.EXPECTED, token, expected='"')
        value = temporal.parse_at(token.value)
        return tree.InvalidAt(token.at, token.value) if value is None else tree.Literal(token.at, value)

    def _parenthesis(self, at: int) -> Node:
        sign = self.now
        if self.take_if("=", "!=", *_ORDERS):
            node: Node = tree.OpenRange(at, sign.value, self._end_of_range())
        else:
            node = self.expression()
            if self.now.is_sign(".."):
                return self.range_from(at, node, False)
        self.need(")")
        return node

    def _list(self, at: int) -> Node:
        if self.take_if("]"):
            return tree.ListOf(at, ())
        items = [self.expression()]
        if self.now.is_sign(".."):
            return self.range_from(at, items[0], True)
        while self.take_if(","):
            items.append(self.expression())
        self.need("]")
        return tree.ListOf(at, tuple(items))

    def _context(self, at: int) -> Node:
        entries: list[tuple[str, Node]] = []
        while not self.take_if("}"):
            if entries:
                self.need(",")
            key = self._context_key()
            self.need(":")
            entries.append((key, self.expression()))
        return tree.ContextOf(at, tuple(entries))

    def _context_key(self) -> str:
        token = self.now
        if token.kind == STRING:
            self.take()
            return str(token.value)
        key = self.take_key()
        if self.now.is_sign(":"):
            return key
        while not self.now.is_sign(":") and self.now.kind != END:  # a key with signs in it: taken as written
            self.take()
        return re.sub(r"\s+", " ", self.source[token.at : self.now.at].strip())

    # ---- what follows an operand

    def _goes_on(self) -> bool:
        if self.now.is_sign(".", "("):
            return True
        # "[" may also close a range: [1..3[ . It opens a filter if an expression can begin after it.
        return self.now.is_sign("[") and _can_begin(self.following)

    def _attached(self, node: Node, token: Token) -> Node:
        if token.value == ".":
            return tree.Path(token.at, node, self.take_key())
        if token.value == "[":
            test = self.expression()
            self.need("]")
            return tree.Filter(token.at, node, test)
        return self._call(node, token.at)

    def _call(self, function: Node, at: int) -> Node:
        at = function.at if isinstance(function, tree.Name) else at
        arguments: list[Node] = []
        names: list[str] = []
        named = self._is_named()
        while not self.take_if(")"):
            if arguments:
                self.need(",")
            if named:
                names.append(self.take_key())
                self.need(":")
            arguments.append(self.expression())
        return tree.Call(at, function, tuple(arguments), tuple(names) if named else None)

    def _is_named(self) -> bool:
        """Whether the arguments begin with `name:`."""
        place = self.index
        while self.tokens[place].kind in (NAME, KEYWORD) or (place > self.index and self.tokens[place].kind == NUMBER):
            place += 1
        return place > self.index and self.tokens[place].is_sign(":")

    # ---- types

    def _type_name(self) -> str:
        name = self._type_words()
        while self.take_if("."):
            name += "." + self._type_words()
        return name

    def _type_words(self) -> str:
        token = self.take()
        if token.kind not in (NAME, KEYWORD):
            self.fail(messages.EXPECTED_NAME, token)
        words = [str(token.value)]
        tail = _AND_TYPES.get(words[0])
        if tail and self.now.is_word("and") and self.following.is_word(tail[0]):
            words.append(str(self.take().value))
        while self.now.kind == NAME and self.now.value != "external" and " ".join(words) not in instances.NAMES:
            words.append(str(self.take().value))
        return " ".join(words)

    def _structured_type(self, name: str) -> Type:
        if name == "context" and self.take_if("<"):
            return self._context_type()
        if name == "function" and self.take_if("<"):
            return self._function_type()
        return Type(name)

    def _context_type(self) -> Type:
        keys: list[str] = []
        inner: list[Type] = []
        while not self.take_if(">"):
            if keys:
                self.need(",")
            keys.append(self.take_key())
            self.need(":")
            inner.append(self.type())
        return Type("context", tuple(inner), tuple(keys))

    def _function_type(self) -> Type:
        inner: list[Type] = []
        while not self.take_if(">"):
            if inner:
                self.need(",")
            inner.append(self.type())
        self.need("->")
        self.type()  # what it returns is not checked: a FEEL function does not declare it
        return Type("function", tuple(inner))


def _can_begin(token: Token) -> bool:
    """Whether an expression can begin with this token."""
    if token.kind == KEYWORD:
        return token.value in _PHRASES or token.value in _CONSTANTS
    if token.kind == SIGN:
        return token.value in ("(", "[", "{", "@", "-", *_ORDERS)
    return token.kind != END
