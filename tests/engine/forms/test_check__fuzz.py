"""Whatever arrives, the answer is clean data or `FormInvalid`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import forms
from engine.errors import FieldError, Finding, FormInvalid, PackInvalid

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CHOICES = [{"value": "x", "label": "甲"}, {"value": "y", "label": "乙"}]
KINDS = {
    "text": {"type": "textfield", "validate": {"minLength": 2, "pattern": "^[^q]*$"}},
    "area": {"type": "textarea"},
    "name": {"type": "textfield", "properties": {"check": "name"}},
    "id": {"type": "textfield", "properties": {"check": "cn.ric"}},
    "phone": {"type": "textfield", "properties": {"check": "cn.mobile"}},
    "number": {"type": "number", "validate": {"min": 0, "required": True}},
    "day": {"type": "datetime", "subtype": "date", "properties": {"check": "past"}},
    "choice": {"type": "select", "values": CHOICES, "conditional": {"hide": "=box"}},
    "box": {"type": "checkbox"},
    "list": {"type": "checklist", "values": CHOICES, "conditional": {"hide": "=number > 3"}},
}
COMPONENTS = [{"id": key, "key": f"a.{key}", "label": key} | kind for key, kind in KINDS.items()]
DOCUMENT = {"type": "default", "id": "f", "properties": {"title": "表"}, "components": COMPONENTS}
FORM = forms.read(json.dumps(DOCUMENT), "forms/x/f.json", {})
TEXT = st.text(st.characters(), max_size=40)
DIGITS = st.text("0123456789０１２Xx-/.,eE+年月日 \u200b", max_size=24)
VALUES = st.one_of(TEXT, DIGITS, st.lists(TEXT, max_size=3), st.sampled_from(["x", "y", "on", "true"]))
KEYS = st.one_of(st.sampled_from(sorted(FORM.keys)), TEXT)


@settings(max_examples=300)
@given(st.dictionaries(KEYS, VALUES, max_size=12))
def test_anything_posted_is_clean_or_refused(raw: dict[str, str | list[str]]) -> None:
    """Any text in any field gives clean answers, which check again to themselves, or FormInvalid in whole sentences."""
    refused: tuple[FieldError, ...] = ()
    answers: dict[str, Any] = {}
    try:
        answers = forms.check(FORM, raw, now=NOW)
    except FormInvalid as invalid:
        refused = invalid.errors
    assert all(error.message.format(**error.facts).encode() for error in refused)
    assert refused or forms.check(FORM, forms.flatten(answers), now=NOW) == answers


NAMES = st.sampled_from(
    ["type", "key", "id", "label", "values", "value", "path", "components", "validate", "conditional", "hide", "min",
     "pattern", "properties", "field", "layout", "text", "defaultValue"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=300)
@given(JSON, st.sampled_from([*sorted({str(kind["type"]) for kind in KINDS.values()}), "group", "text", "iframe"]))
def test_any_json_is_a_form_or_refused(component: object, kind: str) -> None:
    """Any JSON in the place of a component is read or refused with findings."""
    one = {"key": "a", "label": "b"} | component | {"type": kind} if isinstance(component, dict) else component
    text = json.dumps({"type": "default", "id": "f", "properties": {"title": "表"}, "components": [one]})
    findings: tuple[Finding, ...] = ()
    try:
        forms.read(text, "forms/x/f.json", {})
    except PackInvalid as invalid:
        findings = invalid.findings
    assert all(str(finding).encode() for finding in findings)


def test_messages_are_marked_for_translation() -> None:
    """Every message stands in messages.py marked with N_, so that extraction finds it."""
    source = Path(forms.__file__).with_name("messages.py").read_text("utf-8")
    constants = [line for line in source.splitlines() if " = " in line]
    assert constants
    assert all(' = N_("' in line or line.endswith("N_(") for line in constants)
