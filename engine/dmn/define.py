"""Item definitions to types."""

import difflib

from engine.dmn import language, messages
from engine.dmn.boxed import Text
from engine.dmn.elements import Definitions, ItemDefinition
from engine.dmn.report import Report
from engine.dmn.types import ANY, BUILTIN, Any_, Book, Fields, Limited, ListType, Named, Signature, Type, Written


class Types:
    """Finds the type a reference names; unknown ones are reported once and accept every value."""

    def __init__(self, definitions: Definitions, report: Report) -> None:
        self.book = Book()
        self._definitions = definitions
        self._report = report
        self._doubtful: set[str] = set()

    def declare(self) -> None:
        """Put the names into the book, so that those read before their definition are found, also by other models."""
        self.book.types.update({definition.name: ANY for definition in self._definitions.items})

    def define(self) -> None:
        """Fill the book; the models it imports must have declared theirs."""
        names = {definition.name for definition in self._definitions.items}
        for definition in self._definitions.items:
            if _leads_back(definition, {one.name: one for one in self._definitions.items}):
                self._report.add("dmn-type", messages.TYPE_CYCLE, definition.line, name=definition.name)
            else:
                self.book.types[definition.name] = self._type(definition, names)

    def find(self, reference: str | None, line: int) -> Type:
        """The type a reference names; ANY for none."""
        if reference is None:
            return ANY
        if self.book.named(reference) is not None:
            return Named(reference, self.book)
        if reference in BUILTIN:
            return BUILTIN[reference]
        return self._written(reference, line) if "<" in reference else self._unknown(reference, line)

    def _type(self, definition: ItemDefinition, names: set[str]) -> Type:
        found = self._base(definition, names)
        if definition.allowed is not None:
            found = self._limited(found, definition.allowed, definition.name)
        if definition.collection:
            found = ListType(found)
        if definition.constraint is not None:
            found = self._limited(found, definition.constraint, definition.name)
        return found

    def _base(self, definition: ItemDefinition, names: set[str]) -> Type:
        if definition.components:
            return Fields(tuple((inner.name, self._type(inner, names)) for inner in definition.components))
        if definition.function is not None:
            parameters, result = definition.function
            found = tuple(self.find(parameter.type_ref, parameter.line) for parameter in parameters)
            return Signature(found, self.find(result, definition.line))
        return self.find(definition.base, definition.line)

    def _limited(self, base: Type, text: Text, element: str) -> Type:
        names = [inner.name for definition in self._definitions.items for inner in definition.components]
        return Limited(base, language.unary(text, names, self._report, element)[1], text.source)

    def _written(self, reference: str, line: int) -> Type:
        test = language.expression(Text(f"? instance of {reference}", line), (), self._report)
        return Written(reference, test)

    def _unknown(self, reference: str, line: int) -> Type:
        if reference not in self._doubtful:
            self._doubtful.add(reference)
            near = difflib.get_close_matches(reference, [*self.book.types, *BUILTIN], 1, 0.5)
            facts = {"near": f"是不是「{near[0]}」？" if near else "", "near_en": f"Is it {near[0]!r}?" if near else ""}
            self._report.doubt("dmn-type", messages.UNKNOWN_TYPE, line, name=reference, **facts)
        return Any_(reference)


def _leads_back(definition: ItemDefinition, known: dict[str, ItemDefinition]) -> bool:
    """Whether a type is based on itself; containing itself is allowed, a tree does."""
    seen: set[str] = set()
    at: ItemDefinition | None = definition
    while at is not None and not at.components and at.base is not None:
        if at.name in seen:
            return True
        seen.add(at.name)
        at = known.get(at.base)
    return False
