"""Several forms as one."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import forms
from engine.errors import PackInvalid
from engine.forms import Form

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def form(name: str, *fields: dict[str, Any], label: str = "男方") -> Form:
    """A form with one group `groom`."""
    group = {"type": "group", "id": "g", "path": "groom", "label": label,
             "components": [{"type": "textfield", "label": "项"} | field for field in fields]}  # fmt: skip
    text = json.dumps({"type": "default", "id": name, "properties": {"title": name}, "components": [group]})
    return forms.read(text, f"forms/x/{name}.json", {})


def test_a_key_is_asked_once_and_groups_merge() -> None:
    """The union keeps the order of first appearance, in one section for each path."""
    both = forms.combine(
        [form("a", {"key": "x"}, {"key": "y"}), form("b", {"key": "y"}, {"key": "z"})], id="u", title="总"
    )
    assert [(s.path, [f.key for f in s.fields]) for s in both.sections] == [
        ("groom", ["groom.x", "groom.y", "groom.z"])
    ]


@pytest.mark.parametrize("other", [{"label": "别的"}, {"validate": {"required": True}}, {"type": "textarea"}])
def test_different_fields_under_one_key_are_refused(other: dict[str, Any]) -> None:
    """One key means one field; the finding names the key, both forms and what differs."""
    with pytest.raises(PackInvalid) as caught:
        forms.combine([form("a", {"key": "x"}), form("b", {"key": "x"} | other)], id="u", title="总")
    assert [f.rule for f in caught.value.findings] == ["form-conflict"]
    assert next(iter(other)).removeprefix("validate") in caught.value.findings[0].en


def test_one_path_has_one_title() -> None:
    """The same group under two titles is refused."""
    with pytest.raises(PackInvalid) as caught:
        forms.combine([form("a", {"key": "x"}), form("b", {"key": "y"}, label="新郎")], id="u", title="总")
    assert [f.rule for f in caught.value.findings] == ["form-section-conflict"]


def test_a_field_is_hidden_only_where_all_hide_it() -> None:
    """A field two forms need is shown as soon as one of them shows it."""
    hidden = [form(name, {"key": "x", "conditional": {"hide": f"={name} = 1"}}) for name in ("p", "q")]
    both = forms.combine(hidden, id="u", title="总")
    assert forms.visible(both, {}, {"p": 1, "q": 2}, NOW) == {"groom.x"}
    assert forms.visible(both, {}, {"p": 1, "q": 1}, NOW) == frozenset()
    always = forms.combine([hidden[0], form("b", {"key": "x"})], id="u", title="总")
    assert forms.visible(always, {}, {"p": 1}, NOW) == {"groom.x"}
