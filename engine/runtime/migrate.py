"""Moving a running process to another drawing: a state of one drawing becomes a state of another, or says why not.

A case can move when every token has a node of the same kind to stand on, and the new drawing could itself come to
stand exactly there (`standing`): then whatever may follow there may follow here, and the case can end as any other.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.runtime import renewal
from engine.runtime.counterparts import Counterparts, caught, drawn, spec_of, terms
from engine.runtime.joins import Inclusive, Parallel
from engine.runtime.records import Records
from engine.runtime.standing import ahead, can_tell, could_stand, place
from engine.runtime.step import _advance as advance  # a step like any other: it settles, or meets an incident
from engine.runtime.tokens import PREFIX
from engine.runtime.told import Advance, Incident, NodeWarning, Opened
from engine.runtime.values import Model

State = dict[str, Any]
_HANGING = ("host", "watch", "body", "undo", "reset", "start")  # tokens that belong to another one, or to their scope


@dataclass(frozen=True)
class Migrated:
    """What moving would do. With `obstacles` it cannot be done and there is no `advance`.

    `kept` are the tasks that stay open, as the new drawing describes them; `remarks` is what a person should know.
    """

    advance: Advance | None
    obstacles: tuple[Incident, ...] = ()
    kept: tuple[Opened, ...] = ()
    remarks: tuple[NodeWarning, ...] = ()


def migrate(
    old: Model, new: Model, document: State, facts: Mapping[str, Any], *, renamed: Mapping[str, str], now: datetime
) -> Migrated:
    """The state `document` of `old` as a state of `new`; `renamed` maps ids of nodes that were renamed, old to new.

    Events the new drawing adds to what is running begin to wait now; events it no longer has are dropped.
    """
    if document.get("model") != old.hash:
        raise ValueError("this state was not written for the old drawing")
    moving = _Moving(Counterparts(old, new, renamed))
    if wrong := moving.pairs.mistaken():
        return Migrated(None, (Incident(*wrong),))
    translated = moving.document(document)
    if not moving.obstacles:
        moving.stand(translated)
    if moving.obstacles:
        return Migrated(None, tuple(moving.obstacles))
    renewed = renewal.Renewal(moving.pairs, moving.begins)
    step = advance(new, translated, facts, now, renewed.renew)
    if step.incident:
        return Migrated(None, (step.incident,))
    kept = tuple(opened for opened in renewed.kept if opened.id not in step.closed)
    return Migrated(step, (), kept, tuple(moving.remarks + renewed.remarks + moving.passed_by(translated)))


@dataclass
class _Moving:
    """The translation of one document, and what was found on the way."""

    pairs: Counterparts
    obstacles: list[Incident] = field(default_factory=list)
    remarks: list[NodeWarning] = field(default_factory=list)
    begins: bool = False  # the process has not begun

    def document(self, document: State) -> State:
        """The document in the new drawing's ids. Incomplete when there are obstacles."""
        new, done = self.pairs.new, [self.pairs.name(n) for n in document["done"]]
        hosts = _by_id(document)
        self.begins = any("start" in token["about"] for token in document["tokens"])
        scopes = [self._scope(s, self._inside(hosts[s["host"]])) for s in document["scopes"]]
        return {
            **document,
            **self._scope(document, new.process_id),
            "model": new.hash,
            "scopes": scopes,
            "done": [name for name in done if name in new.nodes],
            "flows": [name for name in document["flows"] if name in new.flows],
        }

    def stand(self, document: State) -> None:
        """Object where the new drawing could never have just these tokens at once."""
        hosts, new = _by_id(document), self.pairs.new
        if self.begins and new.spec.first:
            zh = "本办件还在等待开始，而新图不用等就能开始。"
            self._object(new.process_id, zh, "This case waits to begin, and the new drawing does not.")
        for scope in (document, *document["scopes"]):
            name = self._inside(hosts[scope["host"]], new=True) if "host" in scope else new.process_id
            around = new.nodes.get(name)
            if around is not None and around.ad_hoc:
                self._same_offer(name)
            else:
                self._could_stand(name, scope)

    def passed_by(self, document: State) -> list[NodeWarning]:
        """New tasks that lie behind the case, so that nobody will do them."""
        old, new = self.pairs.old, self.pairs.new
        here = {drawn(t["node"]) for s in (document, *document["scopes"]) for t in s["tokens"]}
        coming = ahead(new, here) | here
        known = {self.pairs.name(name) for name in old.nodes}
        missed = (n for n in new.nodes.values() if n.kind == "userTask" and n.id not in known | coming)
        return [
            _remark(n.id, f"新增的“{n.called}”本办件不再经过。", f'The new task "{n.called}" lies behind this case.')
            for n in missed
        ]

    def _inside(self, host: State, *, new: bool = False) -> str:
        """The scope that runs inside a token of the old drawing, or of the new one, by its name in the new drawing."""
        node = self.pairs.new.nodes.get(drawn(host["node"])) if new else self.pairs.node(host["node"])
        name = (host["about"].get("calls") or node.calls or node.id) if node else ""
        return str(name) if name in self.pairs.new.subprocess_specs else ""

    def _scope(self, scope: State, name: str) -> State:
        moved = {**scope, "tokens": _hung([t for t in (self._token(t, scope, name) for t in scope["tokens"]) if t])}
        if scope.get("undo"):
            moved["undo"] = self._records(scope["undo"], name)
        return moved

    def _records(self, found: list[Any], scope: str) -> list[Any]:
        records = Records(self.pairs)
        kept = records.translated(found, scope)
        for name in records.lost:
            called = self.pairs.old.nodes[name].called
            zh = f"已办完的“{called}”在新图中不能撤销。"
            self.remarks.append(_remark(name, zh, f'What "{called}" did can no longer be undone.'))
        return kept

    def _token(self, token: State, scope: State, inside: str) -> State | None:
        """The token in the new drawing; None when it only listened and nothing listens there any more."""
        about = token["about"]
        if "undo" in about or about.get("undoing"):
            self._object(
                token["node"], "正在撤销已办的事，请等它完成。", "Something is being undone; wait until it is."
            )
        listens = not about.keys().isdisjoint(("host", "watch", "start"))
        if drawn(token["node"]) != token["node"] and listens:
            return self._trigger(token, scope)
        said = self._wrong_place(token, inside)
        if said is None and listens and not self._still_there(token, scope):
            said = ("", "")
        if said and listens:
            gone = self.pairs.old.nodes[token["node"]].called
            self.remarks.append(_remark(token["node"], f"不再等待“{gone}”。", f'"{gone}" is no longer waited for.'))
            return None
        if said:
            self._object(token["node"], *said)
            return None
        name = self.pairs.name(token["node"])
        return {**token, "node": name, "about": self._about(token, name, inside)}

    def _wrong_place(self, token: State, inside: str) -> tuple[str, str] | None:
        """Why this token has no place in the new drawing; None when it has."""
        said = self.pairs.objection(token["node"])
        old, new = self.pairs.old.nodes[drawn(token["node"])], self.pairs.node(token["node"])
        if said or new is None:
            return said
        if new.scope != inside:
            return f"“{new.called}”被移到了另一个子流程。", f'"{new.called}" was moved to another sub-process.'
        missing = [name for name in new.requires if name not in old.requires]
        if missing and "withheld" not in token["about"]:
            zh = f"“{old.called}”已经开始，而新图要先有数据“{missing[0]}”。"
            return zh, f'"{old.called}" has started, and the new drawing wants the data "{missing[0]}" before.'
        return None

    def _trigger(self, token: State, scope: State) -> State | None:
        """One of several triggers goes with its event; where they changed, the event waits for all of them anew."""
        event = next(t["node"] for t in scope["tokens"] if t["id"] == token["about"]["host"])
        old, new = caught(self.pairs.old, event), caught(self.pairs.new, self.pairs.name(event))
        if old is None or new is None or terms(old) != terms(new):
            return None
        return {**token, "node": self.pairs.name(token["node"])}

    def _still_there(self, token: State, scope: State) -> bool:
        """Whether an event still sits on its activity, comes after its gateway, or begins the process."""
        node, host = self.pairs.name(token["node"]), token["about"].get("host")
        if host is None:
            return "start" not in token["about"] or node in self.pairs.new.spec.begins
        owner = self.pairs.name(next(t["node"] for t in scope["tokens"] if t["id"] == host))
        follows = any((f.source, f.target) == (owner, node) for f in self.pairs.new.flows.values())
        return self.pairs.new.nodes[node].host == owner or follows

    def _about(self, token: State, node: str, inside: str) -> State:
        """What the token keeps; the flow it came by matters at joins, and behind gateways of events."""
        about = dict(token["about"])
        if "kept" in about:
            about["kept"] = self._records(about["kept"], inside)
        if "reset" in about:
            about["reset"] = [self._flow(token, via) for via in about["reset"]]
        if "via" in about:
            spec = spec_of(self.pairs.new, inside).task_specs[PREFIX + node]
            needed = isinstance(spec, Parallel | Inclusive) or "host" in about
            about["via"] = self._flow(token, about["via"]) if needed else self.pairs.flow(about["via"]) or about["via"]
        return about

    def _flow(self, token: State, via: str) -> str:
        """The flow by which a branch came to a join. Objects when there is none."""
        found = self.pairs.flow(via)
        if found is None:
            self._object(
                token["node"],
                "一个分支已经到达汇合处，而新图中没有与它对应的连线。",
                "A branch has come to the join already, and the new drawing has no flow for it.",
            )
        return found or via

    def _could_stand(self, scope: str, document: State) -> None:
        nodes = self.pairs.new.nodes
        specs = spec_of(self.pairs.new, scope).task_specs
        tokens = [t for t in document["tokens"] if t["about"].keys().isdisjoint(_HANGING)]
        plain = [t for t in tokens if not nodes[t["node"]].by_event]
        wanted = Counter(place(specs[PREFIX + t["node"]], t["about"].get("via", "")) for t in plain)
        resets = any("reset" in t["about"] for t in document["tokens"])
        if not (wanted or resets) or self.pairs.alike(scope):
            return
        if resets or not can_tell(self.pairs.new, scope):
            zh = "流程的走法变了，而图中有复杂网关、成批的令牌或太多条件，不能证明移过去还能办完。"
            en = "The ways changed, and there are complex gateways, quantities or too many conditions to be sure."
            self._object(scope, zh, en)
        elif not could_stand(self.pairs.new, scope, wanted):
            called = "、".join(sorted({nodes[t["node"]].called for t in plain}))
            zh = f"新图走不到这样的状态（同时在：{called}），移过去可能永远办不完，或有事办两次。"
            en = f"The new drawing never stands like this (at once at: {called}); the case might never end there."
            self._object(plain[0]["node"], zh, en)

    def _same_offer(self, scope: str) -> None:
        """Of an ad-hoc sub-process everything was offered when it began."""
        new = self.pairs.new.nodes[scope]
        old = next(n for n in self.pairs.old.nodes.values() if self.pairs.name(n.id) == scope)
        if not self.pairs.alike(scope) or (old.begins_with, old.one_by_one) != (new.begins_with, new.one_by_one):
            zh = "临时子流程正在进行，而其中的事项或先后变了。"
            en = "An ad-hoc sub-process is running, and what is in it or its ordering changed."
            self._object(scope, zh, en)

    def _object(self, node: str, zh: str, en: str) -> None:
        if not any(known.zh == zh for known in self.obstacles):
            self.obstacles.append(Incident(node, zh, en))


def _by_id(document: State) -> dict[str, State]:
    """All tokens of a document."""
    return {t["id"]: t for scope in (document, *document["scopes"]) for t in scope["tokens"]}


def _hung(tokens: list[State]) -> list[State]:
    """The tokens without those whose event or gateway is not among them any more."""
    there = {t["id"] for t in tokens}
    return [t for t in tokens if t["about"].get("host", t["id"]) in there]


def _remark(node: str, zh: str, en: str) -> NodeWarning:
    return NodeWarning(node, zh, en)
