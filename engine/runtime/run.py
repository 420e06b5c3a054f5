"""One step while it is being made: the moment, the facts as they change, and everything worth telling afterwards."""

from collections import deque
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from engine.feel import Facts
from engine.runtime import expressions, facts
from engine.runtime.data import Document
from engine.runtime.told import Decided, Ended, ItemEnded, Job, NodeWarning, Opened, Passed, Sent, Signalled
from engine.runtime.trouble import Trouble
from engine.runtime.values import Model, Node
from engine.words import Outcome

_WORDS = "、".join(Outcome)


class Run:
    """What the node behaviours write into. Lives for one call; never stored."""

    def __init__(self, model: Model, document: Mapping[str, Any], now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("the moment of a step must be aware")
        self.model = model
        self.now = now
        self.data = Document(document)
        self.queue: deque[Any] = deque()
        self.opened: dict[str, Opened] = {}
        self.jobs: dict[str, Job] = {}
        self.closed: list[str] = []
        self.outcomes: list[ItemEnded] = []
        self.passed: list[Passed] = []
        self.warnings: list[NodeWarning] = []
        self.done: dict[str, None] = {}
        self.taken: dict[str, None] = {}
        self.decisions: list[Decided] = []
        self.signals: list[Signalled] = []
        self.messages: list[Sent] = []
        self.last: Node | None = None

    def within(self, data: Document) -> "Run":
        """The same step, seen from a scope with data of its own: everything told is shared."""
        inner = copy(self)
        inner.data, inner.last = data, None
        return inner

    def value(self, node: Node, text: str, local: Mapping[str, Any], what: tuple[str, str]) -> Any:
        """The value of a text of a node: FEEL after `=`, else the text itself. `what` names it in both languages."""
        if not text.startswith("="):
            return text
        try:
            value, warnings = expressions.evaluate(text, self._scope_with(local), self.now)
        except expressions.Refused as refused:
            zh = f"“{node.called}”的{what[0]}（{text}）：{refused.zh}"
            raise Trouble(node.id, zh, f'{what[1]} of "{node.called}" ({text}): {refused.en}') from refused
        self.warnings += [NodeWarning(node.id, zh, en) for zh, en in warnings]
        return value

    def truth(self, node: Node, text: str, local: Mapping[str, Any], what: tuple[str, str]) -> bool:
        """The value of a condition. Anything but true or false stops the step: a person has to look."""
        value = self.value(node, text, local, what)
        if value is True or value is False:
            return value
        raise Trouble(
            node.id,
            f"“{node.called}”的{what[0]}（{text}）得到的不是真或假，而是 {expressions.shown(value)}。",
            f'{what[1]} of "{node.called}" ({text}) gave neither true nor false but {expressions.shown(value)}.',
        )

    def write(self, node: Node, path: str, value: Any) -> None:
        """Put one value into the facts, at a dotted path."""
        try:
            self._change(path.split("."), expressions.plain(value))
        except facts.Blocked as blocked:
            zh = f"“{node.called}”不能写入“{path}”：“{blocked}”已经是别的值。"
            en = f'"{node.called}" cannot write "{path}": "{blocked}" already is another kind of value.'
            raise Trouble(node.id, zh, en) from blocked

    def take(self, node: Node, answers: Mapping[str, Any], local: dict[str, Any]) -> None:
        """Write answers: through the output mappings if there are any, else under the item or at the top."""
        local.update(answers)
        for output in node.outputs:
            what = ("输出映射", "The output mapping")
            self.write(node, output.target, self.value(node, output.source, local, what))
        if not node.outputs:
            self.merge(node, answers)

    def merge(self, node: Node, answers: Mapping[str, Any]) -> None:
        """Write answers under the node's item, or at the top."""
        for name, value in answers.items():
            self._merge(node, [*([node.item] if node.item else []), name], value)
        if node.item and node.item not in self.data.seen():
            self.write(node, node.item, {})

    def tell(self, node: Node) -> None:
        """Say that something of this node was done: the node, or one instance of it."""
        self.passed.append(Passed(node.kind, node.id, node.name))

    def complete(self, node: Node, local: Mapping[str, Any], *, told: bool = False) -> None:
        """Record that a node completed and whether its item ended. `told`: its instances were told one by one."""
        if not told:
            self.tell(node)
        self.done[node.id] = None
        if self._ends(node):
            self.last = node
        outcome = self.value(node, node.outcome, local, ("办理结果", "The outcome")) if node.outcome else None
        if outcome is not None:
            self._conclude(node, outcome)

    def gone(self, token: str) -> None:
        """Record that a person's or a machine's work was taken away."""
        if not (self.opened.pop(token, None) or self.jobs.pop(token, None)):
            self.closed.append(token)

    def ended(self) -> Ended:
        """How the process ended; call only when no token is left."""
        node = self.last
        if node is None:
            return Ended(self.model.process_id, self.model.process_name, "")
        result = node.properties.get("result", "")
        text = self.value(node, result, {}, ("办结说明", "The result")) if result else ""
        return Ended(node.id, node.name, str(text) if text is not None else "")

    def _ends(self, node: Node) -> bool:
        """Whether the process may end with this node: it lies in it, or in one of its event sub-processes."""
        around = self.model.nodes.get(node.scope)
        scope = around.scope if around and around.by_event else node.scope
        return scope == self.model.process_id and not node.by_event

    def _change(self, path: Sequence[str], value: Any) -> None:
        self.data.put(path, value)

    def _scope_with(self, local: Mapping[str, Any]) -> Facts:
        """What an expression sees: the data of its scope, and over it what is local."""
        return Facts({**self.data.seen(), **local}) if local else self.data.scope()

    def _merge(self, node: Node, path: list[str], value: Any) -> None:
        held = self.data.get(path)
        if isinstance(value, Mapping) and isinstance(held, Mapping):
            for name, part in value.items():
                self._merge(node, [*path, name], part)
            return
        try:
            self._change(path, value)
        except facts.Blocked as blocked:
            text = ".".join(path)
            zh = f"“{node.called}”的答案不能写入“{text}”：“{blocked}”已经是别的值。"
            en = f'The answers of "{node.called}" cannot be written to "{text}": "{blocked}" is another kind of value.'
            raise Trouble(node.id, zh, en) from blocked

    def _conclude(self, node: Node, outcome: Any) -> None:
        if outcome not in list(Outcome) or not node.item:
            raise Trouble(
                node.id,
                f"“{node.called}”的办理结果是 {expressions.shown(outcome)}，应为 {_WORDS} 之一或空值。",
                f'The outcome of "{node.called}" is {expressions.shown(outcome)}; it must be one of {_WORDS} or null.',
            )
        self.outcomes.append(ItemEnded(node.item, str(outcome), node.id))
