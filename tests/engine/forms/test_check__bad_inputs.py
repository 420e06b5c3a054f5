"""What people and attackers type into a form, and what becomes of it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine import forms
from engine.errors import FormInvalid
from engine.forms import Form, messages

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DICTIONARY = forms.read_dictionary(
    """
["person.name"]
label = "姓名"
en = "Name"
type = "textfield"
check = "name"
["person.id_number"]
label = "身份证号"
en = "ID number"
type = "textfield"
check = "cn.ric"
["person.phone"]
label = "手机"
en = "Mobile"
type = "textfield"
check = "cn.mobile"
["person.birth_date"]
label = "出生日期"
en = "Date of birth"
type = "datetime"
derive = "birth_date"
from = "person.id_number"
["person.sex"]
label = "性别"
en = "Sex"
type = "radio"
choices = [{ value = "male", label = "男" }, { value = "female", label = "女" }]
derive = "sex"
from = "person.id_number"
"""
)


def form(*components: dict[str, Any]) -> Form:
    """A form of these components, each with an id of its own."""
    numbered = [
        {"id": f"c{n}"} | ({} if c["type"] == "text" else {"label": "项"}) | c for n, c in enumerate(components)
    ]
    document = {"type": "default", "id": "f", "properties": {"title": "表"}, "components": numbered}
    return forms.read(json.dumps(document, ensure_ascii=False), "forms/x/f.json", DICTIONARY)


def one(kind: str, **more: Any) -> Form:
    """A form with the single field `a`."""
    return form({"type": kind, "key": "a", **more})


def refer(entry: str) -> dict[str, Any]:
    """A component that refers to `person.<entry>`."""
    kinds = {"birth_date": "datetime", "sex": "radio"}
    component = {
        "type": kinds.get(entry, "textfield"),
        "key": f"groom.{entry}",
        "properties": {"field": f"person.{entry}"},
    }
    return component | ({"subtype": "date"} if entry == "birth_date" else {})


def said(asked: Form, value: str | list[str], key: str = "a") -> Any:
    """The clean value of one field."""
    answers = forms.flatten(forms.check(asked, {key: value}, now=NOW))
    return answers[key]


def refused(asked: Form, value: str | list[str], key: str = "a") -> str:
    """The message about one field."""
    with pytest.raises(FormInvalid) as caught:
        forms.check(asked, {key: value}, now=NOW)
    assert [error.key for error in caught.value.errors] == [key]
    error = caught.value.errors[0]
    assert "{" not in error.message.format(**error.facts)
    return error.message


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("110101199003077759", messages.ID_CHECK_DIGIT),
        ("110101199002307758", messages.ID_BIRTH),
        ("110101900307775", messages.ID_OLD),
        ("11010119900307775", messages.ID_LENGTH),
        ("11010119900307A758", messages.ID_CHARACTERS),
        ("११०१०११९९००३०७७७५८", messages.ID_CHARACTERS),
        ("11010120990307775X", messages.ID_FUTURE),
        ("110101189003077759", messages.ID_AGE),
    ],
)
def test_wrong_id_numbers_say_what_is_wrong(number: str, message: str) -> None:
    """Each way an ID number can be wrong has its own sentence."""
    assert refused(form(refer("id_number")), number, "groom.id_number") == message


@pytest.mark.parametrize(
    "typed", ["１１０１０１１９９００３０７７７５８", " 110101 19900307 7758 ", "110101199003077758\u200b"]
)
def test_id_number_is_normalised(typed: str) -> None:
    """Full-width digits, inner blanks and zero-width characters make the same ID number."""
    assert said(form(refer("id_number")), typed, "groom.id_number") == "110101199003077758"


def test_lower_case_x_and_unknown_place_code_are_taken() -> None:
    """A lower-case x is the check digit X, and the code of a county nobody lists is no reason to refuse a person."""
    assert said(form(refer("id_number")), "99999919491231101x", "groom.id_number") == "99999919491231101X"


def test_derived_values_are_locked() -> None:
    """Birth date and sex come from the ID number whatever the browser sends."""
    asked = form(refer("id_number"), refer("birth_date"), refer("sex"))
    sent = {"groom.id_number": "110101199003077758", "groom.birth_date": "2001-01-01", "groom.sex": "female"}
    assert forms.check(asked, sent, now=NOW)["groom"] == {
        "id_number": "110101199003077758", "birth_date": "1990-03-07", "sex": "male",
    }  # fmt: skip


def test_wrong_source_is_one_error() -> None:
    """A wrong ID number is reported once, not again for each value derived from it."""
    asked = form(refer("id_number"), refer("birth_date") | {"validate": {"required": True}}, refer("sex"))
    with pytest.raises(FormInvalid) as caught:
        forms.check(asked, {"groom.id_number": "1"}, now=NOW)
    assert [error.key for error in caught.value.errors] == ["groom.id_number"]


@pytest.mark.parametrize("name", ["㼆𠅤", "𠮷〇", "阿卜杜拉·买买提", "Anne-Marie O'Neill", "䶮" * 50])
def test_rare_names_stay_as_written(name: str) -> None:
    """Rare characters and the signs of names are stored code point for code point."""
    assert said(form(refer("name")), name, "groom.name") == name


@pytest.mark.parametrize("name", ["张3", "<b>张</b>", "…", "·", "张" * 51])
def test_what_is_no_name(name: str) -> None:
    """Digits, markup and bare punctuation are no name, and 50 characters are the most."""
    assert refused(form(refer("name")), name, "groom.name") in {messages.NAME_CHARACTERS, messages.NAME_LONG}


@pytest.mark.parametrize(
    ("typed", "clean"), [("+86 138-0013-8000", "13800138000"), ("１３８００１３８０００", "13800138000")]
)
def test_mobile_is_normalised(typed: str, clean: str) -> None:
    """Blanks, hyphens, the country code and full-width digits are dropped from a mobile number."""
    assert said(form(refer("phone")), typed, "groom.phone") == clean


def test_wrong_mobile() -> None:
    """A landline number is no mobile number."""
    assert refused(form(refer("phone")), "0570-3022222", "groom.phone") == messages.MOBILE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x00b", messages.CONTROL),
        ("a\nb", messages.CONTROL),
        ("a\u202eb", messages.DIRECTION),
        ("a\ud800b", messages.BROKEN),
        ("a\uffff", messages.CONTROL),
        ("长" * 201, messages.TOO_LONG),
    ],
)
def test_unprintable_text_is_refused(text: str, message: str) -> None:
    """Control characters, direction overrides, lone surrogates and overlong text are refused, never cut or replaced."""
    assert refused(one("textfield"), text) == message


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "{{7*7}}", "${jndi:x}", "＝１＋１"])
def test_code_is_only_text(text: str) -> None:
    """Markup and templates are stored as the text they are, full-width signs included."""
    assert said(one("textfield"), f" {text}\u3000") == text


def test_zero_width_characters_go_from_one_line_only() -> None:
    """Zero-width characters vanish from single-line text; a text area keeps what was written, line breaks too."""
    assert said(one("textfield"), "\ufeff张\u200b三") == "张三"
    assert said(one("textarea"), "一\r\n二\u200d三\t四") == "一\n二\u200d三\t四"


def test_long_opinion_names_both_numbers() -> None:
    """Too long a text says how long it may be and how long it is."""
    with pytest.raises(FormInvalid) as caught:
        forms.check(one("textarea"), {"a": "字" * 60_000}, now=NOW)
    assert caught.value.errors[0].facts == {"label": "项", "limit": 2000, "count": 60_000}


def test_megabytes_are_refused_as_a_whole() -> None:
    """More than 200 kB in all, in answers or in keys, is refused before anything is looked at."""
    for raw in ({"a": "x" * 200_001}, {"x" * 200_001: ""}):
        with pytest.raises(FormInvalid) as caught:
            forms.check(one("textarea"), raw, now=NOW)
        assert [error.message for error in caught.value.errors] == [messages.TOO_MUCH]


@pytest.mark.parametrize(
    ("text", "value"), [("１２,３４５.６７", "12345.67"), ("-0", "0"), ("007", "7"), ("1.5000", "1.50"), ("-3", "-3")]
)
def test_numbers(text: str, value: str) -> None:
    """Numbers are exact decimals; grouping commas and full-width digits are read."""
    answer = forms.check(one("number"), {"a": text}, now=NOW)["a"]
    assert isinstance(answer, Decimal)
    assert str(answer) == value


@pytest.mark.parametrize(
    "text", ["1e309", "NaN", "Infinity", "0x10", "1,23", "1 2", "٣", "9" * 30, "1.234", "--1", "½"]
)
def test_what_is_no_number(text: str) -> None:
    """Exponents, NaN, broken grouping, foreign digits, 30 digits and a third decimal are refused."""
    assert refused(one("number"), text) in {messages.NUMBER, messages.NUMBER_LONG, messages.DECIMALS}


def test_number_limits() -> None:
    """Limits are inclusive, and without decimal digits a number is whole."""
    asked = one("number", decimalDigits=0, validate={"min": 0, "max": 42})
    assert said(asked, "42") == "42"
    assert [refused(asked, text) for text in ("43", "-1", "1.5")] == [
        messages.TOO_LARGE, messages.TOO_SMALL, messages.WHOLE,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2026-11-23", "2026/11/23", "2026年11月23日", "20261123", "２０２６-１１-２３"])
def test_dates_become_iso(text: str) -> None:
    """A day is one text however it was written."""
    assert said(one("datetime", subtype="date"), text) == "2026-11-23"


@pytest.mark.parametrize(
    ("text", "message"),
    [("2026-02-29", messages.DATE_UNREAL), ("1899-12-31", messages.DATE_RANGE), ("23.11.2026", messages.DATE),
     ("0000-00-00", messages.DATE_UNREAL), ("tomorrow", messages.DATE)],
)  # fmt: skip
def test_what_is_no_date(text: str, message: str) -> None:
    """Days that do not exist, lie centuries away or read two ways are refused."""
    assert refused(one("datetime", subtype="date"), text) == message


def test_today_is_past_in_the_city_not_in_greenwich() -> None:
    """A day counts as past by the calendar of the window, which is ahead of UTC."""
    asked = one("datetime", subtype="date", properties={"check": "past"})
    evening = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert forms.check(asked, {"a": "2026-11-23"}, now=evening) == {"a": "2026-11-23"}
    assert refused(asked, "2026-11-24") == messages.DATE_FUTURE


def test_choices() -> None:
    """Only offered answers count; a checklist keeps the order of the form; a list for one answer is refused."""
    values = [{"value": "b", "label": "乙"}, {"value": "a", "label": "甲"}]
    assert refused(one("select", values=values), "c") == messages.NOT_A_CHOICE
    assert refused(one("radio", values=values), ["a", "b"]) == messages.ONE_VALUE
    assert said(one("checklist", values=values), ["a", "b"]) == ["b", "a"]
    assert refused(one("checklist", values=values), ["a", "c"]) == messages.NOT_A_CHOICE


def test_required_zero_is_an_answer_and_unchecked_is_none() -> None:
    """The number 0 satisfies a required field; an unchecked box does not."""
    required = {"validate": {"required": True}}
    assert forms.check(one("number", **required), {"a": "0"}, now=NOW) == {"a": Decimal(0)}
    assert refused(one("checkbox", **required), "off") == messages.REQUIRED
    assert refused(one("textfield", **required), " \u3000\u200b ") == messages.REQUIRED


def test_every_error_at_once_and_unknown_keys() -> None:
    """All wrong fields are named together, keys the form does not have as well; allowed and private keys are not."""
    asked = form({"type": "textfield", "key": "a", "validate": {"required": True}}, {"type": "number", "key": "b"})
    with pytest.raises(FormInvalid) as caught:
        forms.check(asked, {"b": "x", "role": "admin", "csrf_token": "t", "_key": "k"}, now=NOW, allow={"csrf_token"})
    assert [error.key for error in caught.value.errors] == ["role", "a", "b"]


def test_pattern_that_never_ends_is_cut_off() -> None:
    """A pattern that backtracks without end refuses the value instead of stopping the server."""
    asked = one("textfield", validate={"pattern": "^(a|a|aa)+$"})
    assert said(asked, "aaa") == "aaa"
    assert refused(asked, "a" * 150 + "!") == messages.PATTERN


def test_hidden_fields_are_neither_checked_nor_kept() -> None:
    """A hidden field may hold anything; it is dropped, and so is what depends on it, in whatever order they stand."""
    asked = form(
        {"type": "textfield", "key": "third", "conditional": {"hide": '=second = "x"'}},
        {"type": "textfield", "key": "second", "conditional": {"hide": "=first"}},
        {"type": "checkbox", "key": "first"},
    )
    sent = {"first": "on", "second": "x", "third": "kept"}
    assert forms.check(asked, sent, now=NOW) == {"first": True, "third": "kept"}
    assert forms.visible(asked, {"second": "x"}, {}, NOW) == {"first", "second"}


def test_conditions_read_the_facts() -> None:
    """A condition reads the facts of the case, but a field of the form counts as answered only by what is sent now."""
    asked = form(
        {"type": "textfield", "key": "a", "conditional": {"hide": '=origin = "local"'}},
        {"type": "textfield", "key": "b", "conditional": {"hide": '=a = "old"'}},
    )
    assert forms.visible(asked, {}, {"origin": "local", "a": "old"}, NOW) == {"b"}


def test_static_text_is_shown_and_hidden_too() -> None:
    """Static text follows its condition, is named by its anchor, and is never an answer."""
    asked = form({"type": "text", "text": "注意", "conditional": {"hide": "=a = 1"}}, {"type": "number", "key": "a"})
    text = asked.sections[0].fields[0]
    assert text.anchor in forms.visible(asked, {}, {}, NOW)
    assert text.anchor not in forms.visible(asked, {"a": "1"}, {}, NOW)
    assert forms.check(asked, {"a": "1"}, now=NOW) == {"a": Decimal(1)}


def test_unfinished_answers_are_taken_as_far_as_they_go() -> None:
    """Of a form that is being filled in, right and shown answers count; wrong and hidden ones are null."""
    asked = form(
        {"type": "number", "key": "p.a"}, {"type": "number", "key": "p.b"},
        {"type": "checkbox", "key": "c", "conditional": {"hide": "=p.a = 1"}},
    )  # fmt: skip
    assert forms.so_far(asked, {"p.a": "1", "p.b": "x", "c": "on"}, {}, NOW) == {
        "p": {"a": Decimal(1), "b": None},
        "c": None,
    }


def test_typed_values_count_as_what_a_browser_would_post() -> None:
    """A scenario may give numbers, dates, truth and nested tables; they are checked like text."""
    asked = form({"type": "number", "key": "p.a"}, {"type": "checkbox", "key": "b"})
    assert forms.check(asked, {"p": {"a": 3}, "b": True}, now=NOW) == {"p": {"a": Decimal(3)}, "b": True}


def test_facts_become_what_a_form_was_filled_in_with() -> None:
    """Only the keys of the form come out of the facts."""
    asked = form({"type": "number", "key": "p.a"}, {"type": "checkbox", "key": "b"})
    assert forms.said(asked, {"p": {"a": Decimal("1.50"), "z": 1}, "b": False, "case": {"n": 1}}) == {
        "p.a": "1.50",
        "b": "false",
    }


def test_answers_as_people_read_them() -> None:
    """Choices are shown by their labels, check boxes by a sign, numbers without an exponent."""
    values = [{"value": "b", "label": "乙"}, {"value": "a", "label": "甲"}]
    asked = form(
        {"type": "checklist", "key": "l", "values": values},
        {"type": "checkbox", "key": "b"},
        {"type": "number", "key": "n"},
    )
    shown = [
        forms.display(field, value)
        for field, value in zip(asked.fields, (["b", "a"], "true", Decimal("1E+3")), strict=True)
    ]
    assert shown == ["乙、甲", "✓", "1000"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("6222021234567890129", messages.CARD_CHECK_DIGIT),
        ("622202", messages.CARD_LENGTH),
        ("x" * 16, messages.CARD_LENGTH),
    ],
)
def test_bank_cards(typed: str, expected: str) -> None:
    """A card number is digits with a right check digit, blanks and full-width digits aside."""
    card = one("textfield", properties={"check": "cn.bankcard"})
    assert forms.check(card, {"a": "６２２２ 0212 3456 7890 128"}, now=NOW) == {"a": "6222021234567890128"}
    with pytest.raises(FormInvalid) as caught:
        forms.check(card, {"a": typed}, now=NOW)
    assert caught.value.errors[0].message == expected


@pytest.mark.parametrize(
    ("counts", "good", "bad", "expected"),
    [
        ("money", "1,234.50", "-0.01", messages.TOO_SMALL),
        ("money", "0", "0.001", messages.DECIMALS),
        ("count", "3", "2.5", messages.WHOLE),
        ("percent", "99.99", "100.01", messages.TOO_LARGE),
    ],
)
def test_what_a_number_counts(counts: str, good: str, bad: str, expected: str) -> None:
    """Amounts, counts and percents are exact and bounded without the form saying so."""
    field = one("number", properties={"check": counts})
    assert forms.check(field, {"a": good}, now=NOW) == {"a": Decimal(good.replace(",", ""))}
    with pytest.raises(FormInvalid) as caught:
        forms.check(field, {"a": bad}, now=NOW)
    assert caught.value.errors[0].message == expected
