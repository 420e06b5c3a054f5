"""Two packs compared, part by part."""

from engine.catalog import Pack
from engine.changes import rest
from engine.changes.change import Both, Change
from engine.changes.checks import checks
from engine.changes.decisions import decisions
from engine.changes.drawing import Teller, drawings
from engine.changes.forms import forms
from engine.changes.items import items
from engine.changes.materials import materials
from engine.changes.prefill import prefill

PARTS = (
    rest.pack, items, materials, checks, prefill, forms, rest.parameters, rest.lanes, decisions, rest.translations,
    rest.files,
)  # fmt: skip


def packs(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every difference between two packs, each once for everybody it matters to."""
    both = Both(old, new)
    found = [change for part in PARTS for change in part(both)]
    names = (f"workflows/{one.code}/process.bpmn" for one in (old, new))
    found += drawings(old.model, new.model, Teller(both.whose, both.en, *names))
    return tuple(dict.fromkeys(found))
