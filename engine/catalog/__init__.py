"""Packs: read and lint. See README.md in this folder."""

from engine.catalog.apply import application, brought, correctable, form_for, keys_of, materials_for
from engine.catalog.connectors import Connector, answer_of
from engine.catalog.duplicates import Duplicates
from engine.catalog.facts import differing, facts_at_start, result_of
from engine.catalog.files import content_root, files_of, packs_on_disk
from engine.catalog.guide import (
    Guided,
    Reasons,
    applicable,
    decisions,
    guided,
    offered,
    papers,
    reads,
    reasons,
    true_of,
    unticked,
)
from engine.catalog.letter_scope import of_case, readable_by, said_of
from engine.catalog.letter_specs import ALWAYS
from engine.catalog.lint import lint
from engine.catalog.pack import (
    Apart,
    CheckSpec,
    Commitment,
    EscalationStep,
    Guide,
    ItemSpec,
    LaneSpec,
    LetterSpec,
    Local,
    MaterialSpec,
    Pack,
    Parameter,
    PrefillSpec,
    Promise,
    Result,
    Tolerance,
    Visits,
)
from engine.catalog.read import read, scenarios
from engine.catalog.regions import local
from engine.catalog.remarks import Remark, contradictions, remarks

__all__ = [
    "ALWAYS", "Apart", "CheckSpec", "Commitment", "Connector", "Duplicates", "EscalationStep", "Guide", "Guided",
    "ItemSpec", "LaneSpec", "LetterSpec", "Local", "MaterialSpec", "Pack", "Parameter", "PrefillSpec", "Promise",
    "Reasons", "Remark", "Result", "Tolerance", "Visits", "answer_of", "applicable", "application", "brought",
    "content_root", "contradictions", "correctable", "decisions", "differing", "facts_at_start", "files_of",
    "form_for", "guided", "keys_of", "lint", "local", "materials_for", "of_case", "offered", "packs_on_disk", "papers",
    "read", "readable_by", "reads", "reasons", "remarks", "result_of", "said_of", "scenarios", "true_of", "unticked",
]  # fmt: skip
