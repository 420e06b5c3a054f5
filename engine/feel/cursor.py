"""Walking over tokens: what every part of the parser needs."""

from typing import NoReturn

from engine.feel import errors, lexer, limits, messages
from engine.feel.lexer import END, KEYWORD, NAME, NUMBER, Token

_CHINESE_OPERATORS = ("且", "并且", "而且", "和", "或", "或者", "非", "不是", "等于", "大于", "小于")


class Cursor:
    """The tokens of one expression and the place reached."""

    def __init__(self, source: str, names: tuple[str, ...]) -> None:
        self.source = source
        self.tokens = lexer.tokens(source, names)
        self.index = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        """The token at the cursor."""
        return self.tokens[self.index]

    @property
    def following(self) -> Token:
        """The token after the one at the cursor."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The token at the cursor, moving on."""
        token = self.tokens[self.index]
        self.index = min(self.index + 1, len(self.tokens) - 1)
        return token

    def take_if(self, *signs: str) -> bool:
        """Move over one of the signs if it is here."""
        if self.now.is_sign(*signs):
            self.index += 1
            return True
        return False

    def need(self, sign: str) -> None:
        """Move over a sign that must be here."""
        if not self.take_if(sign):
            self.fail_expected(sign)

    def need_word(self, word: str) -> None:
        """Move over a word that must be here."""
        if not self.now.is_word(word):
            self.fail_expected(word)
        self.index += 1

    def take_name(self) -> str:
        """A name that must be here."""
        token = self.take()
        if token.kind != NAME:
            self.fail(messages.EXPECTED_NAME, token)
        return self.join(str(token.value))

    def take_key(self) -> str:
        """A name that must be here and may be a keyword: an entry of a context, a parameter."""
        token = self.take()
        if token.kind not in (NAME, KEYWORD):
            self.fail(messages.EXPECTED_NAME, token)
        return self.join(str(token.value))

    def join(self, first: str) -> str:
        """`first` and the words following it: FEEL has no other use for two adjacent names."""
        words = [first]
        while self._continues_name():
            words.append(str(self.take().value))
        return " ".join(words)

    def enter(self) -> None:
        """Go one level deeper. FeelLimit when that is too deep."""
        self.depth += 1
        if self.depth > limits.NESTING:
            raise errors.FeelLimit(messages.TOO_DEEP, position=self.now.at, expression=self.source)

    def leave(self) -> None:
        """Come back from one level."""
        self.depth -= 1

    def fail_expected(self, expected: str) -> NoReturn:
        """Refuse what is here because something else must be."""
        self.fail(messages.EXPECTED, self.now, expected=expected)

    def fail(self, message: messages.Message, token: Token, **facts: object) -> NoReturn:
        """Refuse a token."""
        if token.kind == END:
            message = messages.UNEXPECTED_END
        elif message is messages.UNEXPECTED:
            message = self._likely(token)
        raise errors.FeelSyntaxError(message, position=token.at, expression=self.source, found=token.shown(), **facts)

    def _likely(self, token: Token) -> messages.Message:
        """What was probably meant by a token that cannot stand where it is."""
        if token.value in _CHINESE_OPERATORS:
            return messages.CHINESE_OPERATOR
        before = self.tokens[self.tokens.index(token) - 1]
        if token.kind == NAME and before.kind == NUMBER:
            return messages.UNIT
        return messages.UNEXPECTED

    def _continues_name(self) -> bool:
        token = self.now
        if token.kind == NAME:
            return bool(token.value != "?")
        after_name = self.tokens[self.index - 1].kind == NAME  # "Salary 2" is a name
        return token.kind == NUMBER and after_name and str(token.value).isdigit()
