"""The scenarios of a pack: can they be read, and do they name what the drawing has?"""

from collections.abc import Iterator

from engine.catalog import rules, scenario
from engine.catalog.gather import Gathered, stories, toml
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.scenario import JOB, TASK, Scenario, Step
from engine.errors import Finding
from engine.forms import lines
from engine.runtime import Model
from engine.words import Outcome, Post


def findings(pack: Gathered) -> Iterator[Finding]:
    """Everything that is wrong with the scenarios."""
    for name, text in stories(pack.code, pack.files).items():
        document, wrong = toml(name, text)
        story, more = (None, []) if wrong else scenario.read(name, text, document)
        yield from (*wrong, *more)
        if story and pack.model and pack.manifest:
            yield from _names(story, text, pack.model, pack.manifest)


def _names(story: Scenario, text: str, model: Model, said: Manifest) -> Iterator[Finding]:
    for step in story.steps:
        yield from _step(story, step, model)
    jobs = [node.id for node in model.nodes.values() if node.job]
    for name in story.replies:
        if name not in jobs:
            yield unknown(story.file, lines.line_of(text, "[replies]"), "scenario-node", name, jobs)
    ends = [node.id for node in model.nodes.values() if node.kind == "endEvent"]
    if story.at and story.at not in ends:
        yield unknown(story.file, lines.line_of(text, "[end]"), "scenario-node", story.at, ends)
    yield from _items(story, text, [spec.code for spec in said.items])


def _items(story: Scenario, text: str, codes: list[str]) -> Iterator[Finding]:
    named = [(item, "[choices]") for item in story.choices] + [(item, "items =") for item in story.items]
    for item, place in named:
        if item not in codes:
            yield unknown(story.file, lines.line_of(text, place), "item-unknown", item, codes)
    for item, outcome in story.items.items():
        if outcome not in set(Outcome):
            line, where, known = lines.line_of(text, "items ="), f"items {item}", ", ".join(Outcome)
            yield rules.finding(story.file, line, "bad-value", where=where, name="outcome", value=outcome, known=known)


def _step(story: Scenario, step: Step, model: Model) -> Iterator[Finding]:
    if step.kind in (TASK, JOB):
        known = [node.id for node in model.nodes.values() if (node.kind == "userTask") == (step.kind == TASK)]
        if step.name not in known:
            yield unknown(story.file, step.line, "scenario-node", step.name, known)
    for name in step.open or ():
        if name not in model.nodes:
            yield unknown(story.file, step.line, "scenario-node", name, model.nodes)
    if step.by and step.by not in set(Post):
        where, posts = f"step {step.name}", ", ".join(sorted(Post))
        yield rules.finding(story.file, step.line, "bad-value", where=where, name="by", value=step.by, known=posts)
