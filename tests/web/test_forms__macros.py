"""A form on a page: labels, errors, what is hidden, what is locked."""

import html5lib
import pytest
from flask import render_template_string

from engine.catalog import MaterialSpec
from engine.forms import Choice, Field, FieldType, Form, Section
from engine.materials import Paper
from engine.words import MaterialState
from tests.web.client import app_for, check

PAGE = """{% from "parts/forms.html" import form_fields, error_summary, carried %}
<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><form>{{ carried("page-1", 4) }}
{{ error_summary(form, errors, text) }}{{ form_fields(form, values, errors, text, shown) }}</form></body></html>"""
YES = (Choice("yes", "是", "yes"), Choice("no", "否", "no"))
FORM = Form(
    "sample",
    "样表",
    (
        Section(
            "groom",
            "男方",
            (
                Field("groom.name", FieldType.TEXTFIELD, "姓名", required=True, help="与身份证一致", source="人口库"),
                Field("groom.sex", FieldType.RADIO, "性别", choices=(Choice("male", "男"),), derive="sex"),
            ),
        ),
        Section(
            "",
            "情形",
            (
                Field("local", FieldType.RADIO, "本市户籍", required=True, choices=YES),
                Field("needs", FieldType.CHECKLIST, "同时办理", choices=YES),
                Field("kind", FieldType.SELECT, "类别", choices=YES),
                Field("note", FieldType.TEXTAREA, "说明"),
                Field("agreed", FieldType.CHECKBOX, "同意"),
                Field("secret", FieldType.TEXTFIELD, "隐藏项"),
            ),
        ),
        Section("later", "以后", (Field("later.day", FieldType.DATE, "日期"),)),
    ),
)
VALUES = {
    "groom.name": '"><b>张',
    "groom.sex": "male",
    "needs": ["no"],
    "kind": "no",
    "note": "\n二行",
    "agreed": "true",
}


@pytest.fixture
def drawn(engine, tmp_path):
    """The sample form as elements of a page."""
    errors = {"groom.name": "此项必填。", "local": "此项必填。"}
    shown = FORM.keys - {"secret", "later.day"}
    with app_for(engine, tmp_path).test_request_context():
        page = render_template_string(PAGE, form=FORM, values=VALUES, errors=errors, text=str, shown=shown)
    check(page)
    return html5lib.parse(page, namespaceHTMLElements=False, treebuilder="lxml").getroot()


def one(drawn, path):
    """The only element at this path."""
    found = drawn.xpath(path)
    assert len(found) == 1, (path, len(found))
    return found[0]


def test_each_field_is_tied_to_its_label_help_and_error(drawn):
    """A reader of the page hears label, requirement, error and help of a field together; markup in values is text."""
    field = one(drawn, '//input[@name="groom.name"]')
    assert field.get("value") == '"><b>张'
    assert field.get("aria-required") == "true"
    assert field.get("aria-invalid") == "true"
    described = field.get("aria-describedby").split()
    texts = [one(drawn, f'//*[@id="{each}"]').text for each in described]
    assert texts == ["此项必填。", "与身份证一致"]
    assert one(drawn, '//label[@for="f-groom.name"]').text.strip() == "姓名"


def test_the_summary_leads_to_every_wrong_field(drawn):
    """Each line of the summary is a link to an element that exists, also for a group of radio buttons."""
    links = [a.get("href") for a in drawn.xpath("//*[@data-error-summary]//a")]
    assert links == ["#f-groom.name", "#f-local"]
    words = [a.text for a in drawn.xpath("//*[@data-error-summary]//a")]
    assert words == ["男方 · 姓名：此项必填。", "情形 · 本市户籍：此项必填。"]
    for link in links:
        one(drawn, f'//*[@id="{link[1:]}"]')


def test_the_summary_leads_to_papers_and_corrections(engine, tmp_path):
    """A line about a paper leads to its row, one about a second form on the page to its field, all others are plain."""
    paper = Paper(MaterialSpec("photo", "合影照片", ("marriage",), None, (), True, ""), MaterialState.MISSING)
    errors = {"groom.name": "甲。", "papers.photo": "乙。", "papers.other": "丙。"}
    page = """{% from "parts/forms.html" import error_summary %}
    {{ error_summary(none, errors, text, also=form, papers=[paper]) }}"""
    with app_for(engine, tmp_path).test_request_context():
        drawn = render_template_string(page, form=FORM, errors=errors, text=str, paper=paper)
    check(drawn)
    lines = html5lib.parse(drawn, namespaceHTMLElements=False, treebuilder="lxml").getroot()
    assert [(a.get("href"), a.text) for a in lines.xpath("//a")] == [
        ("#f-groom.name", "男方 · 姓名：甲。"),
        ("#f-papers.photo", "合影照片：乙。"),
    ]
    assert lines.xpath("//li[not(a)]")[0].text == "丙。"


def test_what_is_hidden_is_neither_seen_nor_sent(drawn):
    """A field its condition hides is in the page only for live.js: hidden and disabled, an empty section too."""
    secret = one(drawn, '//input[@name="secret"]')
    assert secret.get("disabled") is not None
    assert one(drawn, '//*[@data-field="secret"]').get("hidden") is not None
    assert [s.get("hidden") is not None for s in drawn.xpath("//fieldset[@data-section]")] == [False, False, True]


def test_what_is_derived_is_shown_and_not_sent(drawn):
    """A derived field shows the words of its value, cannot be typed into, and has no name to be posted under."""
    assert not drawn.xpath('//*[@name="groom.sex"]')
    locked = one(drawn, '//*[@data-derived="groom.sex"]')
    assert locked.get("value") == "男"
    assert locked.get("readonly") is not None


def test_answers_are_shown_as_they_were_given(drawn):
    """Choices are ticked, and a text keeps its first line break."""
    assert one(drawn, '//input[@name="needs"][@checked]').get("value") == "no"
    assert one(drawn, '//select[@name="kind"]/option[@selected]').get("value") == "no"
    assert one(drawn, '//input[@name="agreed"]').get("checked") is not None
    assert one(drawn, "//textarea").text == "\n二行"
    assert not drawn.xpath('//input[@name="local"][@checked]')


def test_the_form_carries_its_token_its_page_and_its_revision(drawn):
    """What makes a submission safe to repeat travels with the form."""
    carried = {i.get("name"): i.get("value") for i in drawn.xpath('//input[@type="hidden"]')}
    assert carried["csrf_token"]
    assert carried["_key"] == "page-1"
    assert carried["_revision"] == "4"
