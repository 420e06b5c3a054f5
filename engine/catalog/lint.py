"""Everything that is wrong with a pack, all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from engine import forms, runtime
from engine.catalog import (
    lint_apart,
    lint_checks,
    lint_clocks,
    lint_connectors,
    lint_decisions,
    lint_duplicates,
    lint_guide,
    lint_joint,
    lint_letters,
    lint_limits,
    lint_local,
    lint_materials,
    lint_names,
    lint_outcomes,
    lint_prefill,
    lint_proofs,
    lint_references,
    lint_scenarios,
    lint_texts,
    lint_types,
    manifest,
    rules,
)
from engine.catalog.gather import Gathered, decisions, gather
from engine.catalog.keys import RESERVED
from engine.catalog.manifest import Manifest
from engine.errors import Finding, PackInvalid
from engine.forms import Form, lines
from engine.runtime import Model
from engine.words import Post, Stage


def lint(files: Mapping[str, str]) -> list[Finding]:
    """All findings about these files, by file and line; a pack without one that is no warning may be published."""
    try:
        pack = gather(files)
    except PackInvalid as invalid:
        return list(invalid.findings)
    found = dict.fromkeys((*pack.findings, *_all(pack)))
    return sorted(found, key=lambda f: (f.warning, f.file, f.line, f.rule, f.en))


def _all(pack: Gathered) -> Iterator[Finding]:
    if pack.drawing_file in pack.files:
        drawing = pack.files[pack.drawing_file].encode()
        yield from runtime.lint(drawing, pack.drawing_file, decisions=decisions(pack.files))
    yield from lint_decisions.findings(pack)
    yield from lint_references.findings(pack)
    yield from lint_guide.findings(pack)
    yield from lint_local.findings(pack)
    yield from lint_connectors.findings(pack)
    yield from lint_names.findings(pack)
    yield from lint_types.findings(pack)
    yield from lint_texts.findings(pack)
    yield from lint_scenarios.findings(pack)
    if pack.manifest:
        yield from _lead(pack, pack.manifest)
        yield from _parameters(pack, pack.manifest)
        yield from _application(pack, pack.manifest)
        yield from lint_proofs.findings(pack, pack.manifest)
        yield from lint_apart.findings(pack, pack.manifest)
        yield from lint_checks.findings(pack, pack.manifest)
        yield from lint_materials.findings(pack, pack.manifest)
        yield from lint_prefill.findings(pack, pack.manifest)
        yield from lint_duplicates.findings(pack, pack.manifest)
    if pack.manifest and pack.model:
        yield from _starts(pack, pack.model)
        yield from _items(pack, pack.manifest, pack.model)
        yield from lint_limits.findings(pack, pack.manifest, pack.model)
        yield from lint_local.promises(pack, pack.manifest, pack.model)
        yield from lint_joint.findings(pack, pack.manifest, pack.model)
        yield from lint_local.left_out(pack, pack.manifest, pack.model)
        yield from lint_clocks.findings(pack, pack.manifest, pack.model)
        yield from lint_outcomes.findings(pack, pack.manifest, pack.model)
        yield from lint_letters.findings(pack, pack.manifest, pack.model)
        yield from _unused_forms(pack, pack.manifest, pack.model)
        yield from _task_keys(pack, pack.model)
        yield from _supplement_keys(pack, pack.manifest, pack.model)
        yield from _groups(pack, pack.model)


def _lead(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """The leading department has a lane."""
    kinds = sorted({lane.kind for lane in said.lanes.values()})
    if kinds and said.lead not in kinds:
        line = manifest.line_of(pack.files[pack.pack_file], "lead", said.lead)
        where, known = "pack.toml", ", ".join(kinds)
        yield rules.finding(pack.pack_file, line, "bad-value", where=where, name="lead", value=said.lead, known=known)


def _parameters(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Every parameter has a value on the first day the pack is in force."""
    for name, dated in said.parameters.items():
        if min((value.since for value in dated if not value.area), default=date.max) > said.effective_from:
            line = manifest.line_of_table(pack.files[pack.pack_file], "parameters", name)
            yield rules.finding(pack.pack_file, line, "parameter-early", name=name, day=said.effective_from)


def _application(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """The forms of all items make one form, which asks nothing twice and covers no other fact."""
    application = lint_names.application_forms(pack, said)
    try:
        forms.combine(list(application.values()), id="application", title=said.name)
    except PackInvalid as invalid:
        yield from (replace(finding, file=pack.pack_file) for finding in invalid.findings)
    situation = lint_names.situation_keys(pack, said)
    for name, form in application.items():
        for key in sorted(form.keys & situation):
            yield rules.finding(pack.form_file(name), _key_line(pack, name, key), "key-asked-twice", key=key, form=name)
    asked = application | {said.situation: pack.forms[said.situation]} if said.situation in pack.forms else application
    for name, form in asked.items():
        yield from _reserved(pack, name, form, RESERVED | {item.code for item in said.items})


def _reserved(pack: Gathered, name: str, form: Form, reserved: frozenset[str]) -> Iterator[Finding]:
    for key in sorted(form.keys):
        first = key.partition(".")[0]
        if first in reserved:
            line = _key_line(pack, name, key)
            yield rules.finding(pack.form_file(name), line, "key-reserved", key=key, name=first)


def _key_line(pack: Gathered, form: str, key: str) -> int:
    text = pack.files[pack.form_file(form)]
    places = ((key, "key"), (key.rpartition(".")[2], "key"), (key, "path"))
    return next(filter(None, (lines.line_of_json(text, *place) for place in places)), 0)


def _starts(pack: Gathered, model: Model) -> Iterator[Finding]:
    """A case begins with an application at the window: at one plain start event, not when something happens."""
    starts = runtime.starts(model)
    plain = [node for node in starts if not node.event and not node.instantiates]
    for node in starts:
        if len(plain) != 1 and node not in plain[:1]:
            yield rules.finding(pack.drawing_file, node.line, "start-not-plain", name=node.called)


def _items(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """Every item is drawn and can end."""
    worked = {node.item for node in model.nodes.values()}
    ending = {node.item for node in model.nodes.values() if node.outcome}
    for item in said.items:
        line = manifest.line_of(pack.files[pack.pack_file], "code", item.code)
        if item.code not in worked:
            yield rules.finding(pack.pack_file, line, "item-unused", name=item.code)
        elif item.code not in ending:
            yield rules.finding(pack.pack_file, line, "item-endless", name=item.code)


def _unused_forms(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    used = {said.situation, *(form for item in said.items for form in item.forms)}
    used |= {node.form for node in model.nodes.values() if node.form}
    for name in sorted({*pack.forms, *pack.broken} - used):
        yield rules.finding(pack.form_file(name), 0, "form-unused", name=name)


def _task_keys(pack: Gathered, model: Model) -> Iterator[Finding]:
    """What a task asks must not cover what the case already knows."""
    items = frozenset(node.item for node in model.nodes.values() if node.item)
    asked = {(node.form, bool(node.item)) for node in model.nodes.values() if node.form}
    for name, of_item in sorted(asked):
        if name in pack.forms:
            reserved = frozenset({"applies"}) if of_item else RESERVED | items
            yield from _reserved(pack, name, pack.forms[name], reserved)


def _supplement_keys(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """At a supplement the application is shown again beside the task's form, so their keys must differ."""
    asked = {key for form in lint_names.application_forms(pack, said).values() for key in form.keys}
    names = {node.form for node in model.nodes.values() if node.form and node.stage is Stage.SUPPLEMENT}
    for name in sorted(names & pack.forms.keys()):
        for key in sorted(pack.forms[name].keys & asked):
            yield rules.finding(pack.form_file(name), _key_line(pack, name, key), "key-asked-twice", key=key, form=name)


def _groups(pack: Gathered, model: Model) -> Iterator[Finding]:
    """Candidate groups are posts."""
    for node in model.nodes.values():
        names = [] if node.groups.startswith("=") else [name.strip() for name in node.groups.split(",") if name.strip()]
        for name in names:
            if name not in set(Post):
                where, known = node.name or node.id, ", ".join(sorted(Post))
                yield rules.finding(
                    pack.drawing_file,
                    node.line,
                    "bad-value",
                    where=where,
                    name="candidateGroups",
                    value=name,
                    known=known,
                )
