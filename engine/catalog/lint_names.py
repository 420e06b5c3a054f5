"""Does every name in an expression mean something? An unknown name is null and a condition on it fails in silence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine import feel
from engine.catalog import connectors, manifest
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec
from engine.errors import Finding
from engine.forms import Form, lines
from engine.runtime import Model, Node

COUNTS = frozenset(  # what BPMN says of a multi-instance activity
    {"loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances",
     "numberOfTerminatedInstances"}
)  # fmt: skip
DEATH, OF_DEATH = "person.deceased", frozenset({"day", "evidence"})  # a step that is no task: what is told of a death
CASE = frozenset({"case.number", "case.area", "case.accepted_on"})


@dataclass(frozen=True)
class Known:
    """Names an expression may read: facts by dotted key, and variables whose inside nobody knows."""

    facts: frozenset[str]
    variables: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether the name is a fact, a group of facts, or inside a variable."""
        return (
            name in self.facts
            or name.partition(".")[0] in self.variables
            or any(fact.startswith(name + ".") for fact in self.facts)
        )


def findings(pack: Gathered) -> Iterator[Finding]:
    """Every unknown name, with the nearest known one. Silent while a form is broken: its names are not known."""
    if pack.manifest is None or pack.model is None or pack.broken:
        return
    yield from _of_manifest(pack, pack.manifest)
    yield from _of_drawing(pack, pack.manifest, pack.model)
    yield from _of_forms(pack, pack.manifest, pack.model)


def situation_keys(pack: Gathered, said: Manifest) -> frozenset[str]:
    """What the situation form asks."""
    form = pack.forms.get(said.situation)
    return form.names if form else frozenset()


def application_forms(pack: Gathered, said: Manifest) -> dict[str, Form]:
    """The forms of the items, without the situation."""
    names = dict.fromkeys(name for item in said.items for name in item.forms)
    return {name: pack.forms[name] for name in names if name in pack.forms and name != said.situation}


def rows_of(application: Iterable[Form], key: str) -> frozenset[str]:
    """The names inside the rows of a list, whichever form asks for them."""
    lists = (f.rows.form for form in application for f in form.fields if f.rows and f.key == key)
    return frozenset(name for form in lists for name in form.names)


def case_facts(pack: Gathered, said: Manifest, model: Model) -> frozenset[str]:
    """All names of the case's document."""
    application = {key for form in application_forms(pack, said).values() for key in form.names}
    parameters = {f"parameters.{name}" for name in said.parameters}
    applies = {f"{item.code}.applies" for item in said.items}
    answers = {key for node in model.nodes.values() for key in _answers(pack, node)}
    return situation_keys(pack, said) | application | parameters | applies | answers | CASE


def _answers(pack: Gathered, node: Node) -> Iterator[str]:
    """Where the answers of a task go: under its item, or at the top."""
    yield from connectors.result_names(node)
    form = pack.forms.get(node.form) if node.form else None
    for key in form.names if form else ():
        yield f"{node.item}.{key}" if node.item else key


def variables(model: Model) -> frozenset[str]:
    """What mappings, scripts and loops of the drawing define."""
    names = {*COUNTS, *model.declared}
    for node in model.nodes.values():
        names |= {mapped.target.partition(".")[0] for mapped in (*node.inputs, *node.outputs)}
        names |= {node.variable}
        names |= {node.loop.element, node.loop.result} if node.loop else set()
        if node.activation:
            names |= {"activationCount", "waitingForStart"}
            names |= {flow.id for flow in model.flows.values() if flow.target == node.id}
    return frozenset(names - {""})


def _of_manifest(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    text = pack.files[pack.pack_file]
    situation = Known(situation_keys(pack, said))
    application = application_forms(pack, said).values()
    start = {key for form in application for key in form.names}
    parameters = {f"parameters.{name}" for name in said.parameters}
    applies = {f"{item.code}.applies" for item in said.items}
    facts = Known(situation.facts | start | parameters | applies | CASE)
    for code, when, known in _conditions(pack, said, situation, facts):
        yield from _check(pack.pack_file, line_of_when(text, code, when), when, known)
    asked = situation.facts | {key for form in application for key in form.keys}
    for key in said.applicant:
        if key not in asked:
            yield unknown(pack.pack_file, lines.line_of(text, key), "applicant-unknown", key, asked)


def _conditions(
    pack: Gathered, said: Manifest, situation: Known, facts: Known
) -> Iterator[tuple[str, feel.Expression | None, Known]]:
    """Every condition of the manifest: below which code it stands, and what it may read."""
    yield from ((item.code, item.when, situation) for item in said.items)
    yield from ((item.code, when, situation) for item in said.items for when in presses(item))
    if pack.model:
        every = Known(case_facts(pack, said, pack.model))
        yield from ((item.code, item.commits, every) for item in said.items)
    yield from ((material.code, material.when, facts) for material in said.materials)
    yield from ((spec.code, spec.commitment.proxy, facts) for spec in said.materials if spec.commitment)
    application = application_forms(pack, said).values()
    for check in said.checks:
        if not check.tasks:
            yield check.code, check.when, Known(facts.facts - {"case.number"} | rows_of(application, check.each))
        elif pack.model:
            death = {f"event.{key}" for key in {"place", *OF_DEATH} if DEATH in check.tasks}
            known = case_facts(pack, said, pack.model) | death
            yield check.code, check.when, Known(known, variables(pack.model))


def presses(item: ItemSpec) -> list[feel.Expression]:
    """When the promise of an item is sooner."""
    return [item.promise.sooner.when] if item.promise and item.promise.sooner else []


def line_of_when(text: str, code: str, when: feel.Expression | None) -> int:
    """The line of the condition below the code it belongs to; 0 when it has none."""
    if when is None:
        return 0
    above = manifest.line_of(text, "code", code)
    rest = "".join(text.splitlines(keepends=True)[max(above - 1, 0) :])
    below = lines.line_of(rest, when.source)
    return above + below - 1 if below else above


def _of_drawing(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    known = Known(case_facts(pack, said, model), variables(model))
    for flow in model.flows.values():
        yield from _check_text(pack.drawing_file, flow.condition_line or flow.line, flow.condition, known)
    for node in model.nodes.values():
        for source in sources(node):
            yield from _check_text(pack.drawing_file, node.line, source, known)


def sources(node: Node) -> Iterator[str]:
    """Every text of a node that may be FEEL."""
    yield from (node.outcome, node.groups, node.assignee, node.users, node.due, node.follow_up, node.priority)
    yield node.script
    yield from (mapped.source for mapped in (*node.inputs, *node.outputs))
    for part in node.triggers:
        yield from (part.condition, part.key, part.message, part.timer.text if part.timer else "")
    yield from (node.condition, node.activation, node.key, node.message, node.until, node.begins_with, node.calls)
    yield node.properties.get("result", "")
    if node.loop:
        yield from (node.loop.count, node.loop.collection, node.loop.answer, node.loop.until, node.loop.again)
        yield from (thrown.condition for thrown in node.loop.throws)
    if node.timer:
        yield node.timer.text


def _of_forms(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    situation = Known(situation_keys(pack, said))
    application = application_forms(pack, said)
    asked = Known(situation.facts | {key for form in application.values() for key in form.names})
    scopes: Mapping[str, Known] = {said.situation: situation} | dict.fromkeys(application, asked)
    facts = case_facts(pack, said, model)
    for name, form in pack.forms.items():
        yield from _of_form(pack, name, form, scopes.get(name, Known(facts | form.names, variables(model))))


def _of_form(pack: Gathered, name: str, form: Form, known: Known) -> Iterator[Finding]:
    text = pack.files[pack.form_file(name)]
    for field in (f for section in form.sections for f in section.fields):
        for expression in filter(None, (field.hide, field.value)):
            source = f"={expression.source}"
            line = lines.line_of_json(text, source) or lines.line_of_json(text, field.key.rpartition(".")[2], "key")
            yield from _check(pack.form_file(name), line, expression, known)
        if field.rows:
            inner = field.rows.form
            yield from _of_form(pack, name, inner, Known(known.facts | inner.names, known.variables))


def _check_text(file: str, line: int, source: str, known: Known) -> Iterator[Finding]:
    """Syntax errors in the drawing are the runtime's findings; here only names count."""
    if source.startswith("="):
        try:
            expression = feel.compile(source[1:])
        except feel.FeelError:
            return
        yield from _check(file, line, expression, known)


def _check(file: str, line: int, expression: feel.Expression | None, known: Known) -> Iterator[Finding]:
    if expression is None:
        return
    for name in sorted(expression.names):
        if not known.has(name):
            yield unknown(file, line, "feel-name", name, known.facts | known.variables)
    for name in sorted(expression.filter_names):  # may also be an entry of what is filtered, so only doubtful
        if not known.has(name) and not any(fact.endswith(f".{name}") for fact in known.facts):
            yield replace(unknown(file, line, "feel-name", name, known.facts | known.variables), warning=True)
