"""Text with blanks → the parts; attributes → conditions and repetitions."""

import re
from collections.abc import Iterator

from engine import feel
from engine.errors import Finding
from engine.forms import rules as form_rules
from engine.forms.shape import is_name
from engine.letters.rules import RULES
from engine.letters.template import Blank, Each

_EACH = re.compile(r"\s*(\w+)\s+in\s+=(.*)", re.DOTALL)


class Notes:
    """What was found wrong in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def refuse(self, rule: str, line: int, /, **facts: object) -> None:
        """Note a finding; reading goes on, so that everything wrong is named at once."""
        self.findings.append(form_rules.say(RULES, self.file, line, rule, **facts))

    def expression(self, source: str, line: int) -> Blank | None:
        """A blank with this FEEL, or None after noting what is wrong with it."""
        try:
            return Blank(feel.compile(source.strip()), line)
        except feel.FeelError as error:
            self.refuse("letter-feel", line, zh=error.zh, en=error.en, cure_zh=error.cure_zh, cure_en=error.cure_en)
            return None


def split(text: str, line: int, notes: Notes) -> Iterator[str | Blank]:
    """The words and the blanks of a text that begins in this line."""
    at = 0
    while (opened := text.find("{", at)) >= 0:
        here = line + text.count("\n", 0, opened)
        end = _end(text, opened)
        if end < 0:
            notes.refuse("letter-brace", here, text=text[opened : opened + 30].strip())
            yield text[at:]
            return
        if opened > at:
            yield text[at:opened]
        blank = notes.expression(text[opened + 2 : end], here)
        if blank:
            yield blank
        at = end + 1
    if at < len(text):
        yield text[at:]


def condition(text: str, line: int, notes: Notes) -> Blank | None:
    """What `data-if` says."""
    if not text.startswith("="):
        notes.refuse("letter-equals", line, name="data-if", text=text)
        return None
    return notes.expression(text[1:], line)


def each(text: str, line: int, notes: Notes) -> Each | None:
    """What `data-for` says. The list is a name, so that lint knows its entries; `data-if` chooses among them."""
    found = _EACH.fullmatch(text)
    if not found or not is_name(found[1]) or not is_name(found[2].strip()):
        notes.refuse("letter-equals", line, name="data-for", text=text)
        return None
    of = notes.expression(found[2], line)
    return Each(found[1], of) if of else None


def _end(text: str, opened: int) -> int:
    """Where the blank that opens here is closed: at the first brace that leaves an expression, else the first one."""
    if not text.startswith("{=", opened):
        return -1
    ends = [found.start() + opened for found in re.finditer("}", text[opened : opened + 2000])]
    for end in ends[:20]:  # FEEL has braces of its own
        try:
            feel.compile(text[opened + 2 : end].strip())
        except feel.FeelError:
            continue
        return end
    return ends[0] if ends else -1
