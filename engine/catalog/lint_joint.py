"""Joint handling: does the leading department close, and can it know when (domain.md 0.1)?"""

from collections.abc import Iterator

from engine.catalog import manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec
from engine.errors import Finding
from engine.runtime import Model
from engine.words import Joint


def findings(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """Items that cannot commit themselves, commitments nobody waits for, and a mode without a task that closes."""
    text = pack.files[pack.pack_file]
    closing = [node for node in model.nodes.values() if "closes" in node.properties]
    for item in said.items:
        early = (item.joint or said.joint) is Joint.COMMITTED
        line = manifest.line_of(text, "code", item.code)
        if early and item.commits is None and not any(node.item == item.code for node in closing):
            yield rules.finding(pack.pack_file, line, "missing-key", where=f"items {item.code}", name="commits")
        if early and not closing:
            yield rules.finding(pack.pack_file, line, "joint-unclosed", name=item.name)
        yield from _result(pack, item, model, line)
        if item.otherwise and not item.depends and not any(one.item == item.code and one.depends for one in said.local):
            yield rules.finding(pack.pack_file, line, "otherwise-alone", name=item.name)
    for node in closing:
        if node.kind != "userTask":
            yield rules.finding(pack.drawing_file, node.line, "closes-task", name=node.called)


def _result(pack: Gathered, item: ItemSpec, model: Model, line: int) -> Iterator[Finding]:
    """The fields of the result are asked by some task of the item."""
    known = {key for node in model.nodes.values() if node.item == item.code for key in _asked(pack, node.form)}
    named = (item.result.number, item.result.issued, item.result.until) if item.result else ()
    for key in filter(None, named):
        if key not in known:
            yield unknown(pack.pack_file, line, "feel-name", key, known)


def _asked(pack: Gathered, form: str | None) -> frozenset[str]:
    return pack.forms[form].keys if form and form in pack.forms else frozenset()
