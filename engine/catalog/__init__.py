"""Packs: read and lint. See README.md in this folder."""

from engine.catalog.apply import applicable, application, correctable, form_for, keys_of, materials_for
from engine.catalog.connectors import answer_of
from engine.catalog.facts import differing, facts_at_start
from engine.catalog.files import content_root, files_of, packs_on_disk
from engine.catalog.lint import lint
from engine.catalog.pack import EscalationStep, ItemSpec, LaneSpec, MaterialSpec, Pack, Parameter, Promise
from engine.catalog.read import read, scenarios

__all__ = [
    "EscalationStep", "ItemSpec", "LaneSpec", "MaterialSpec", "Pack", "Parameter", "Promise", "answer_of", "applicable",
    "application", "content_root", "correctable", "differing", "facts_at_start", "files_of", "form_for", "keys_of",
    "lint", "materials_for", "packs_on_disk", "read", "scenarios",
]  # fmt: skip
