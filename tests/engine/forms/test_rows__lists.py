"""Lists: rows come and go, each is asked, checked and shown by itself, and their answers are a list of contexts."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine import feel, forms
from engine.errors import FormInvalid, PackInvalid
from engine.forms import Form, messages

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DICTIONARY = forms.read_dictionary(
    """
["person.id_number"]
label = "身份证号"
en = "ID number"
type = "textfield"
check = "cn.ric"
["person.sex"]
label = "性别"
en = "Sex"
type = "radio"
choices = [{ value = "male", label = "男" }, { value = "female", label = "女" }]
derive = "sex"
from = "person.id_number"
["family.total"]
label = "合计"
en = "Total"
type = "number"
"""
)
ID = "11010519491231002X"  # the example of GB 11643, a woman
MEMBERS = [
    {"type": "textfield", "id": "m1", "key": "name", "label": "姓名", "validate": {"required": True}},
    {"type": "textfield", "id": "m2", "key": "id_number", "properties": {"field": "person.id_number"}},
    {"type": "radio", "id": "m3", "key": "sex", "properties": {"field": "person.sex"}},
    {"type": "number", "id": "m4", "key": "income", "label": "收入", "validate": {"min": 0}},
    {"type": "textfield", "id": "m5", "key": "school", "label": "学校",
     "conditional": {"hide": "=not(ask_school) or income > 100"}},
]  # fmt: skip
TOTAL = {"type": "expression", "id": "t", "key": "total", "expression": "=sum(for m in members return m.income)",
         "properties": {"field": "family.total"}}  # fmt: skip


def members(*components: Any, **more: Any) -> dict[str, Any]:
    """A list of family members."""
    return {"type": "dynamiclist", "id": "l", "path": "members", "label": "家庭成员",
            "components": list(components or MEMBERS)} | more  # fmt: skip


def form(*components: Any) -> Form:
    """A form of these components."""
    document = {"type": "default", "id": "f", "properties": {"title": "表"}, "components": list(components)}
    return forms.read(json.dumps(document, ensure_ascii=False), "forms/x/f.json", DICTIONARY)


FAMILY = form({"type": "checkbox", "id": "s", "key": "ask_school", "label": "问学校"}, members(), TOTAL)
TYPED = {
    "members": ["", "1", "3"],
    "members.1.name": "方知远",
    "members.1.income": "50.50",
    "members.3.name": "林晓",
    "members.3.id_number": ID,
    "members.3.income": "0.1",
}


def refused(asked: Form, raw: Any, facts: Any = None) -> list[tuple[str, str]]:
    """Address and message of every error."""
    with pytest.raises(FormInvalid) as caught:
        forms.check(asked, raw, facts, now=NOW)
    return [(error.key, error.message) for error in caught.value.errors]


def test_rows_are_a_list_of_contexts_in_their_order() -> None:
    """Marks only tell rows apart; the answer is a list FEEL counts from one, and a sum of decimals is exact."""
    found = forms.check(FAMILY, TYPED, now=NOW)
    assert [row["name"] for row in found["members"]] == ["方知远", "林晓"]
    assert found["members"][1] | {"school": None} == {
        "name": "林晓", "id_number": ID, "sex": "female", "income": Decimal("0.1"), "school": None,
    }  # fmt: skip
    assert found["total"] == Decimal("50.60")
    assert feel.evaluate("members[2].income", found).value == Decimal("0.1")


def test_rows_come_back_as_they_were_posted() -> None:
    """What was stored fills the form in again, and is the same when it is checked again."""
    found = forms.check(FAMILY, TYPED, now=NOW)
    again = forms.said(FAMILY, found)
    assert again["members"] == ["1", "2"]
    assert again["members.2.name"] == "林晓"
    assert forms.check(FAMILY, again, now=NOW) == found


def test_an_empty_list_is_no_row() -> None:
    """All rows taken away is something else than nothing said yet."""
    assert forms.check(FAMILY, {"members": [""]}, now=NOW)["members"] == []
    assert forms.marks(FAMILY.by_key["members"], {}) == ("1",)
    assert forms.check(FAMILY, forms.said(FAMILY, {"members": []}), now=NOW)["members"] == []


def test_a_condition_in_a_row_reads_the_row_and_the_outer_form() -> None:
    """The row's own name wins; the other comes from outside; each row is shown by its own answers."""
    raw = {"ask_school": "true", "members": ["2", "7"], "members.2.income": "500", "members.7.income": "5"}
    shown = forms.visible(FAMILY, raw, {}, NOW)
    assert "members.7.school" in shown
    assert "members.2.school" not in shown
    assert "members.7.school" not in forms.visible(FAMILY, raw | {"ask_school": ""}, {}, NOW)


def test_a_condition_outside_reads_the_rows() -> None:
    """A list counts once its rows are known, whatever the order of the fields."""
    note = {
        "type": "textfield",
        "id": "n",
        "key": "note",
        "label": "说明",
        "conditional": {"hide": "=count(members) < 2"},
    }
    asked = form(note, members())
    assert "note" in forms.visible(asked, {"members": ["1", "2"]}, {}, NOW)
    assert "note" not in forms.visible(asked, {"members": ["1"]}, {}, NOW)


def test_a_hidden_list_is_neither_checked_nor_kept() -> None:
    """Rows of a list that does not apply are no answers, wrong or not."""
    asked = form(
        {"type": "checkbox", "id": "s", "key": "alone", "label": "独居"},
        members({**MEMBERS[0]}, conditional={"hide": "=alone"}),
    )
    assert forms.check(asked, {"alone": "on", "members": ["1"]}, now=NOW) == {"alone": True}
    assert refused(asked, {"members": ["1"]}) == [("members.1.name", messages.REQUIRED)]


def test_errors_name_the_row() -> None:
    """What is wrong stands at the row's own field, in the order of the page."""
    raw = {"members": ["4", "2"], "members.4.income": "-1", "members.2.name": "林", "members.2.id_number": "1"}
    assert refused(FAMILY, raw) == [
        ("members.4.name", messages.REQUIRED),
        ("members.4.income", messages.TOO_SMALL),
        ("members.2.id_number", messages.ID_LENGTH),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"members": [str(n) for n in range(1, 10_001)]}, messages.ROWS_MANY),
        ({"members": ["1", "1"], "members.1.name": "林"}, messages.ROWS_BROKEN),
        ({"members": ["0"]}, messages.ROWS_BROKEN),
        ({"members": ["-1"]}, messages.ROWS_BROKEN),
        ({"members": ["１"]}, messages.ROWS_BROKEN),
        ({"members": ["1.name"]}, messages.ROWS_BROKEN),
        ({"members": ["9" * 4000]}, messages.ROWS_BROKEN),
        ({"members": ["1"], "members.1.name": "林", "members.2.name": "方"}, messages.UNKNOWN_KEY),
        ({"members.0.name": "林"}, messages.UNKNOWN_KEY),
        ({"members": ["1"], "members.1.name": "林", "members.1.members.1.name": "方"}, messages.UNKNOWN_KEY),
        ({"members": ["1"], "members.1.name": "林", "members.1": "方"}, messages.UNKNOWN_KEY),
        ({"members": ["1"], "members.1.name": ["林", "方"]}, messages.ONE_VALUE),
        ({"members": [{"name": "林", "name.x": "方"}]}, messages.UNKNOWN_KEY),
    ],
)
def test_hostile_rows_are_refused(raw: Any, expected: str) -> None:
    """Too many rows, rows nobody can tell apart, answers of rows that are not there: refused, nothing guessed."""
    assert expected in {message for _, message in refused(FAMILY, raw)}


def test_ten_thousand_rows_are_not_looked_at() -> None:
    """Of a hostile list only as many rows are looked at as there may be."""
    raw = {"members": [str(n) for n in range(1, 5_001)]} | {f"members.{n}.name": "林" for n in range(1, 5_001)}
    assert len(forms.visible(FAMILY, raw, {}, NOW)) <= 30 * len(MEMBERS) + 3


def test_rows_have_limits() -> None:
    """At least and at most are said in words, and the rows shown at first are enough."""
    asked = form(members(properties={"minRows": "2", "maxRows": 3}))
    assert forms.marks(asked.by_key["members"], {}) == ("1", "2")
    assert refused(asked, {"members": ["1"], "members.1.name": "林"}) == [("members", messages.ROWS_FEW)]
    four = {"members": list("1234")} | {f"members.{n}.name": "林" for n in range(1, 4)}
    assert ("members", messages.ROWS_MANY) in refused(asked, four)


def test_rows_are_added_and_removed() -> None:
    """A new row gets a mark no row has; a removed one takes its answers along and leaves the others theirs."""
    more = forms.added(TYPED, "members")
    assert forms.marks(FAMILY.by_key["members"], more) == ("1", "3", "4")
    fewer = forms.removed(more, "members.1")
    assert forms.marks(FAMILY.by_key["members"], fewer) == ("3", "4")
    assert "members.1.name" not in fewer
    assert fewer["members.3.name"] == "林晓"
    assert forms.marks(FAMILY.by_key["members"], forms.removed({"members": "7"}, "members.7")) == ()


def test_a_list_typed_again_hides_what_was_stored() -> None:
    """A new row under an old mark shows nothing of the row that had it."""
    stored = forms.said(FAMILY, forms.check(FAMILY, TYPED, now=NOW))
    assert "members.2.name" not in forms.over(FAMILY, stored, {"members": ["2"]})
    assert forms.over(FAMILY, stored, {"ask_school": "on"})["members.2.name"] == "林晓"


def test_automatic_values_in_rows() -> None:
    """What was sent for them is replaced, in rows as well as beside them."""
    raw = TYPED | {"members.3.sex": "male", "total": "1000000"}
    values = forms.filled(FAMILY, raw, {}, NOW)
    assert forms.automatic(FAMILY, values) == {"members.1.sex": "", "members.3.sex": "female", "total": "50.60"}
    assert forms.check(FAMILY, raw, now=NOW)["total"] == Decimal("50.60")


def test_a_computed_value_of_the_wrong_type_is_refused() -> None:
    """The dictionary says number; a text is a mistake of the designer, not an answer."""
    with pytest.raises(PackInvalid) as caught:
        forms.check(form(TOTAL | {"expression": '="much"'}), {}, now=NOW)
    assert caught.value.findings[0].rule == "form-computed-type"


def test_lists_of_two_forms_ask_both_their_fields() -> None:
    """Two items that need different things of the same people ask them in one row."""
    both = forms.combine([form(members(MEMBERS[0])), form(members(MEMBERS[0], MEMBERS[3]))])
    assert both.names == {"members", "members.name", "members.income"}
    with pytest.raises(PackInvalid) as caught:
        forms.combine([form(members(MEMBERS[0])), form(members({**MEMBERS[0], "label": "名字"}))])
    assert [f.rule for f in caught.value.findings] == ["form-conflict"]
    with pytest.raises(PackInvalid) as caught:
        forms.combine([form(members()), form(members(properties={"maxRows": 2}))])
    assert "most" in caught.value.findings[0].en


def test_fixed_rows_keep_what_the_form_does_not_ask() -> None:
    """Whoever sees a part of each row corrects that part; adding or removing rows there is refused."""
    stored = {"members": [{"name": "方", "income": 5, "work": {"place": "x", "since": 1}}, {"name": "林", "income": 6}]}
    row = [MEMBERS[0], {"type": "textfield", "id": "w", "key": "work.place", "label": "单位"}]
    partly = forms.fixing(form(members(*row)), {"members"})
    raw = forms.said(partly, stored) | {"members.1.name": "方知远", "members.1.work.place": "y"}
    corrected = forms.whole(partly, stored, forms.check(partly, raw, stored, now=NOW))
    assert corrected["members"] == [
        {"name": "方知远", "income": 5, "work": {"place": "y", "since": 1}},
        {"name": "林", "income": 6, "work": {"place": None}},
    ]
    assert refused(partly, forms.added(raw, "members") | {"members.3.name": "三"}, stored) == [
        ("members", messages.ROWS_FIXED)
    ]


def test_an_answer_is_read_as_people_read_it() -> None:
    """A list in one line: fields by 、, rows by ；."""
    shown = forms.display(FAMILY.by_key["members"], [{"name": "方", "income": Decimal("1.50")}, {"name": "林"}])
    assert shown == "方、1.50；林"
