"""Is every task somebody's, within a time, and do the times keep what was promised?

A supplement has no limit of its own that counts: while the applicant has to act the clock stands still.
"""

from collections.abc import Iterator, Sequence

from engine.catalog import limits, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.limits import Limit
from engine.catalog.manifest import Manifest
from engine.catalog.pack import Promise
from engine.catalog.ways import Ways, before, heaviest
from engine.errors import Finding
from engine.forms import lines
from engine.runtime import Model, Node
from engine.words import Stage


def findings(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """Tasks without an item or a limit; limits that cannot be read; sums that break a promise."""
    for node in model.nodes.values():
        yield from _of_node(pack, node)
    yield from _of_items(pack, said, model)
    if said.promise:
        yield from _of_case(pack, said, said.promise)


def _of_node(pack: Gathered, node: Node) -> Iterator[Finding]:
    name, written = node.name or node.id, node.properties.get("limit", "")
    if written and limits.read(written) is None:
        known = limits.EXAMPLES
        yield rules.finding(pack.drawing_file, node.line, "limit-unreadable", name=name, value=written, known=known)
    if node.kind != "userTask":
        return
    if not node.item and not node.properties.get("no_item"):
        yield rules.finding(pack.drawing_file, node.line, "item-none", name=name)
    if not written and node.stage is not Stage.SUPPLEMENT:
        yield rules.finding(pack.drawing_file, node.line, "limit-none", name=name)


def _of_items(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """The limits on the longest way of an item against its promise."""
    ways = Ways(model)
    aside = {node.id for node in model.nodes.values() if node.stage is Stage.SUPPLEMENT}
    for item in said.items:
        timed = {
            node.id: limit for node in model.nodes.values() if node.item == item.code and (limit := _counted(node))
        }
        if item.promise and timed:
            behind = {name: ways.behind([name], aside) for name in timed}
            longest = heaviest(list(timed), behind, {name: limit.hours for name, limit in timed.items()})
            names = [model.nodes[name].name or name for name in longest]
            line = manifest.line_of(pack.files[pack.pack_file], "code", item.code)
            yield from against(pack, line, item.name, item.promise, names, [timed[name] for name in longest])


def _counted(node: Node) -> Limit | None:
    """The limit of a task while the clock runs."""
    stands = node.stage is Stage.SUPPLEMENT or node.properties.get("pause")
    return None if stands else limits.read(node.properties.get("limit", ""))


def _of_case(pack: Gathered, said: Manifest, promise: Promise) -> Iterator[Finding]:
    """The promises of the items one after another, as they depend on each other, against the promise of the case."""
    text = pack.files[pack.pack_file]
    timed = {item.code: limits.promised(item.promise) for item in said.items if item.promise}
    for item in said.items:
        if item.code not in timed:
            yield rules.finding(
                pack.pack_file, manifest.line_of(text, "code", item.code), "promise-none", name=item.name
            )
    depends = {item.code: item.depends for item in said.items}
    behind = {code: before(code, depends) for code in timed}
    longest = heaviest(list(timed), behind, {code: limit.hours for code, limit in timed.items()})
    called = {item.code: item.name for item in said.items}
    line, names = lines.line_of(text, "promise"), [called[code] for code in longest]
    yield from against(pack, line, said.name, promise, names, [timed[code] for code in longest])


def against(
    pack: Gathered, line: int, name: str, promise: Promise, names: Sequence[str], timed: Sequence[Limit]
) -> Iterator[Finding]:
    """Limits one after another, against what was promised for all of them."""
    most = limits.promised(promise)
    listed = " + ".join(f"{one} {limit.amount} {limit.unit}" for one, limit in zip(names, timed, strict=True))
    facts = {"name": name, "promise": f"{most.amount} {most.unit}", "listed": listed}
    if not limits.comparable(timed, most):
        yield rules.finding(pack.pack_file, line, "limit-units", **facts)
    elif sum(limit.hours for limit in timed) > most.hours:
        yield rules.finding(pack.pack_file, line, "limit-sum", **facts)
