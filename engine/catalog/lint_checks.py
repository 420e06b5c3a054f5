"""Do the checks across fields stand at fields the application, or the step they look at, asks?"""

from collections.abc import Iterator

from engine.catalog import lint_names, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.pack import CheckSpec
from engine.errors import Finding


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Every list and field a check names and no form of the application has."""
    if pack.broken:
        return
    application = lint_names.application_forms(pack, said).values()
    lists = {f.key for form in application for f in form.fields if f.rows}
    keys = {key for form in application for key in form.keys} - lists
    for check in said.checks:
        line = manifest.line_of(pack.files[pack.pack_file], "code", check.code)
        if check.tasks:
            yield from _of_tasks(pack, check, line)
            continue
        if check.each and check.each not in lists:
            yield unknown(pack.pack_file, line, "check-field", check.each, lists)
            continue
        known = lint_names.rows_of(application, check.each) if check.each else keys
        if check.field not in known:
            yield unknown(pack.pack_file, line, "check-field", check.field, known)


def _of_tasks(pack: Gathered, check: CheckSpec, line: int) -> Iterator[Finding]:
    """A step nobody draws or answers, a field it does not ask, and what only an application can have."""
    nodes = pack.model.nodes if pack.model else {}
    steps = {name: pack.forms[node.form or ""].keys for name, node in nodes.items() if node.form in pack.forms}
    steps[lint_names.DEATH] = lint_names.OF_DEATH
    only = {"severity": "warning" if check.warning else "", "each": check.each}
    for name, value in only.items():
        if value:
            said = {"where": f"checks {check.code}", "name": name, "value": value}
            yield rules.finding(pack.pack_file, line, "bad-value", **said, known="error" if check.warning else "—")
    for task in check.tasks:
        if task not in steps:
            yield unknown(pack.pack_file, line, "check-task", task, steps)
        elif check.field not in steps[task]:
            yield unknown(pack.pack_file, line, "check-field", check.field, steps[task])
