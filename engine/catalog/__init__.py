"""Packs: read and lint. See README.md in this folder."""

from engine.catalog.apply import application, correctable, form_for, keys_of, materials_for
from engine.catalog.connectors import answer_of
from engine.catalog.facts import differing, facts_at_start, result_of
from engine.catalog.files import content_root, files_of, packs_on_disk
from engine.catalog.guide import Guided, applicable, decisions, guided, offered, papers, reads, unticked
from engine.catalog.lint import lint
from engine.catalog.pack import Guide, ItemSpec, LaneSpec, Local, MaterialSpec, Pack, Parameter, Promise, Result
from engine.catalog.read import read, scenarios
from engine.catalog.regions import local

__all__ = [
    "Guide", "Guided", "ItemSpec", "LaneSpec", "Local", "MaterialSpec", "Pack", "Parameter", "Promise", "Result",
    "answer_of", "applicable", "application", "content_root", "correctable", "decisions", "differing",
    "facts_at_start", "files_of", "form_for", "guided", "keys_of", "lint", "local", "materials_for", "offered",
    "packs_on_disk", "papers", "read", "reads", "result_of", "scenarios", "unticked",
]  # fmt: skip
