"""A form file that is not wholly understood is refused, with the line and all reasons at once."""

import json
from typing import Any

import pytest

from engine import forms
from engine.errors import Finding, PackInvalid

TEXT = {"type": "textfield", "id": "c1", "key": "a", "label": "甲"}
LIST = {"type": "dynamiclist", "id": "c1", "path": "rows", "label": "行", "components": [{**TEXT, "id": "c2"}]}
SUM = {"type": "expression", "id": "c1", "key": "a", "expression": "=1", "properties": {"field": "person.name"}}
DICTIONARY = forms.read_dictionary('["person.name"]\nlabel = "姓名"\nen = "Name"\ntype = "textfield"\ncheck = "name"\n')


def findings(*components: Any, **root: Any) -> list[Finding]:
    """The findings of a form of these components, one component a line from line 2 on."""
    head = {"type": "default", "id": "f", "properties": {"title": "表"}} | root
    lines = ",\n".join(json.dumps(component, ensure_ascii=False) for component in components)
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "components": [\n' + lines + "]}"
    try:
        forms.read(text, "forms/x/f.json", DICTIONARY)
    except PackInvalid as invalid:
        return list(invalid.findings)
    return []


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        ({**TEXT, "type": "iframe"}, "form-type"),
        ({**LIST, "components": [{**TEXT, "type": "group"}]}, "form-nested"),
        ({**LIST, "components": [LIST]}, "form-nested"),
        ({**LIST, "components": []}, "form-empty"),
        ({**LIST, "path": "a b"}, "form-key"),
        ({**LIST, "path": ""}, "form-key"),
        ({**LIST, "label": ""}, "form-label"),
        ({**LIST, "isRepeating": False}, "form-rows"),
        ({**LIST, "properties": {"minRows": "3", "maxRows": 2}}, "form-rows"),
        ({**LIST, "properties": {"maxRows": 101}}, "form-rows"),
        ({**LIST, "properties": {"maxRows": "many"}}, "value-type"),
        ({**LIST, "key": "a"}, "unknown-key"),
        ({**LIST, "components": [{**TEXT, "conditional": {"hide": "=count(rows) > 1"}}]}, "form-hide-cycle"),
        ({"type": "expression", "id": "c1", "key": "a", "expression": "=1"}, "form-computed-entry"),
        ({**SUM, "expression": ""}, "form-computed"),
        ({**SUM, "expression": "1 + 1"}, "form-feel-equals"),
        ({**SUM, "expression": "=a + 1"}, "form-hide-cycle"),
        ({**SUM, "validate": {"required": True}}, "unknown-key"),
        ({**TEXT, "disabled": True}, "unknown-key"),
        ({**TEXT, "validate": {"max": 3}}, "unknown-key"),
        ({**TEXT, "validate": {"required": "yes"}}, "value-type"),
        ({**TEXT, "validate": {"minLength": 3, "maxLength": 2}}, "form-limits"),
        ({**TEXT, "validate": {"pattern": "(a"}}, "form-pattern"),
        ({**TEXT, "validate": {"pattern": "(?i)a"}}, "form-pattern"),
        ({**TEXT, "validate": {"pattern": "a\\Z"}}, "form-pattern"),
        ({**TEXT, "key": "a b"}, "form-key"),
        ({**TEXT, "key": "date"}, "form-key"),
        ({**TEXT, "label": "<b>x</b>"}, "not-plain"),
        ({**TEXT, "label": "=name"}, "not-plain"),
        ({**TEXT, "label": ""}, "form-label"),
        ({**TEXT, "conditional": {"hide": "a = 1"}}, "form-feel-equals"),
        ({**TEXT, "conditional": {"hide": "=a = = 1"}}, "form-feel"),
        ({**TEXT, "conditional": {"show": "=a"}}, "unknown-key"),
        ({**TEXT, "conditional": {"hide": "=a = 1"}}, "form-hide-cycle"),
        ({**TEXT, "properties": {"field": "person.nane"}}, "form-reference"),
        ({**TEXT, "properties": {"field": "person.name", "check": "cn.ric"}}, "form-reference-override"),
        ({**TEXT, "properties": {"check": "cn.bank"}}, "form-check"),
        ({**TEXT, "properties": {"check": "past"}}, "form-check-type"),
        ({**TEXT, "properties": {"secrecy": "top"}}, "form-secrecy"),
        ({**TEXT, "type": "datetime"}, "form-date"),
        ({**TEXT, "type": "select"}, "form-choices"),
        ({**TEXT, "type": "select", "values": [{"value": "x", "label": "x"}] * 2}, "form-choices"),
        ({**TEXT, "type": "checkbox", "defaultValue": "on"}, "form-default"),
        ({**TEXT, "type": "number", "defaultValue": "many"}, "form-default"),
        ({**TEXT, "type": "number", "decimalDigits": 11}, "form-limits"),
        ({"type": "text", "id": "c1", "text": "{{a}}"}, "not-plain"),
    ],
)
def test_each_reason_has_a_rule(component: dict[str, Any], rule: str) -> None:
    """What is not executed exactly is refused by its own rule, on its line, in both languages with a cure."""
    found = findings(component)
    assert [finding.rule for finding in found] == [rule]
    assert found[0].line == 2
    assert found[0].zh
    assert found[0].en
    assert found[0].cure_zh
    assert found[0].cure_en


def test_all_findings_come_together_with_their_lines() -> None:
    """Two wrong components are two findings, each on its own line."""
    found = findings(
        {**TEXT, "id": "c1", "check": 1}, {**TEXT, "id": "c2"}, {**TEXT, "id": "c3", "key": "b", "type": "x"}
    )
    assert [(f.rule, f.line) for f in found] == [("unknown-key", 2), ("form-type", 4), ("form-key-twice", 2)]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"id": "f", "id": "f"}', '{"id": NaN}', '{"id": "\\ud800"}', "[" * 100_000, " " * 1_000_001],
)
def test_broken_json_is_a_finding(text: str) -> None:
    """Broken, duplicate, endless or enormous JSON is refused, never a traceback."""
    with pytest.raises(PackInvalid) as caught:
        forms.read(text, "forms/x/f.json", {})
    assert caught.value.findings[0].rule == "form-json"


def test_nearest_reference_is_suggested() -> None:
    """A misspelt dictionary entry names the one that was probably meant."""
    assert "person.name" in findings({**TEXT, "properties": {"field": "person.nane"}})[0].zh


def test_newer_schema_is_refused() -> None:
    """A schema version this code was not written for may mean something else, so it is refused."""
    assert [f.rule for f in findings(TEXT, schemaVersion=20)] == ["unknown-key"]


def test_key_may_not_be_part_of_another() -> None:
    """`a` and `a.b` cannot both be answered."""
    assert [f.rule for f in findings(TEXT, {**TEXT, "id": "c2", "key": "a.b"})] == ["form-key-nested"]


def test_group_gives_path_and_condition() -> None:
    """A group's path begins the keys of its fields, and its condition hides them as well as their own does."""
    group = {"type": "group", "id": "g", "path": "groom", "label": "男方", "conditional": {"hide": "=x = 1"},
             "components": [{**TEXT, "conditional": {"hide": "=y = 1"}}]}  # fmt: skip
    text = json.dumps({"type": "default", "id": "f", "properties": {"title": "表"}, "components": [group]})
    read = forms.read(text, "forms/x/f.json", {})
    assert read.keys == {"groom.a"}
    hide = read.fields[0].hide
    assert hide is not None
    assert hide.names == {"x", "y"}


@pytest.mark.parametrize(
    "entry",
    ['label = "x"', 'type = "money"', 'check = "past"', 'derive = "age"', 'derive = "sex"\nfrom = "nobody"',
     "secrecy = 1", 'choices = [{ value = "x", label = "x" }]', 'colour = "red"'],
)  # fmt: skip
def test_wrong_dictionary_entries_name_their_line(entry: str) -> None:
    """A wrong entry of the field dictionary is refused at the line where it begins."""
    known = {line.split(" ")[0]: line for line in ('label = "a"', 'en = "a"', 'type = "textfield"', *entry.split("\n"))}
    if entry == 'label = "x"':
        del known["en"]
    with pytest.raises(PackInvalid) as caught:
        forms.read_dictionary('\n["a.b"]\n' + "\n".join(known.values()))
    assert [(f.rule, f.line) for f in caught.value.findings] == [("fields-entry", 2)]
