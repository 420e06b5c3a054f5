"""A value is text, whatever is in it; and it is written as a Chinese document writes it."""

import datetime as dt
import unicodedata
from decimal import Decimal

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import letters

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)


def written(inner, label=None, **facts):
    """What `<article>inner</article>` becomes."""
    template, findings = letters.read(f"<article>{inner}</article>", "x.html")
    assert findings == []
    return letters.write(template, facts, now=NOW, label=label)


def inside(inner, **facts):
    """The same without the article around it."""
    return written(inner, **facts).html.removeprefix("<article>").removesuffix("</article>")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_value_becomes_markup(text):
    """Whatever somebody typed: the page has the elements of the letter and no other, and the text as it was."""
    html = inside("<p>{= name }</p>", name=text)
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [element.tag for element in page.iter() if element.tag != "br"] == ["DOCUMENT_FRAGMENT", "p"]
    shown = "".join(page.itertext())
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\n", "")
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(shown) == len(plain)
    for was, now in zip(plain, shown, strict=True):
        assert now == was or (now == "\ufffd" and unicodedata.category(was) in hidden)


@given(st.text("<>&\"'{}=; \n\u202e李𠀀", min_size=1))
def test_markup_and_braces_are_shown_not_done(text):
    """The characters of HTML, of blanks, and those that turn the direction of writing."""
    html = inside('<p data-if="= name != null">{= name }{= name }</p>', name=text)
    assert "<p>" in html
    assert html.count("<") == html.count("<br>") + 2
    assert "\u202e" not in html


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "／"),
        ("", "／"),
        (True, "是"),
        (False, "否"),
        (Decimal("1200.50"), "1200.50"),
        (Decimal("1E+3"), "1000"),
        (dt.date(2026, 3, 5), "2026年3月5日"),
        (dt.datetime(2026, 3, 5, 9, 5, tzinfo=dt.UTC), "2026年3月5日9时05分"),
        (["甲", "乙"], "甲、乙"),
        ([], "／"),
        ("第一行\n第二行", "第一行<br>第二行"),
        ("李\u202e四", "李\ufffd四"),
        ("𠀀𪛖", "𠀀𪛖"),
        ("<b>&", "&lt;b&gt;&amp;"),
    ],
)
def test_how_values_are_written(value, shown):
    """Nothing, days, lists, lines, and characters nobody can see."""
    assert inside("<p>{= value }</p>", value=value) == f"<p>{shown}</p>"


def test_repetition_and_condition():
    """An element for each entry whose condition holds; null is not true; nothing of a list that is not there."""
    rows = [{"name": "甲", "late": True}, {"name": "乙", "late": False}, {"name": "丙"}]
    inner = '<ul><li data-for="each in = rows" data-if="= each.late">{= each.name }</li></ul>'
    assert inside(inner, rows=rows) == "<ul><li>甲</li></ul>"
    assert inside(inner) == "<ul></ul>"


def test_blanks_are_kept():
    """What each blank asked and what it said, in the order of the letter."""
    done = written('<p data-for="x in = xs">{= x }</p><p>{= 1 + 1 }</p>', xs=["甲", "乙"])
    assert done.blanks == (("x", "甲"), ("x", "乙"), ("1 + 1", "2"))


def test_labels_are_for_plain_names():
    """The words of a choice stand for its value; a computation is left as it is."""
    done = written("<p>{= sex }{= sex + sex }</p>", label=lambda name, _: f"[{name}]", sex="male")
    assert done.html == "<article><p>[sex]malemale</p></article>"


def test_line_ends_of_the_file_are_no_blanks():
    """A letter may be broken into lines anywhere: Chinese has no blanks between words."""
    assert inside("<p>不予\n  办理{= x }\n。</p>", x="了") == "<p>不予办理了。</p>"


@pytest.mark.parametrize(
    ("inner", "facts"),
    [
        ("<p>{= name }</p>", {"name": "长" * 10_001}),
        ('<p data-for="x in = xs">{= x }</p>', {"xs": ["甲"] * 501}),
        ('<p data-for="x in = xs">{= x }</p>', {"xs": ["甲" * 1000] * 300}),
        ('<p data-if="= name">x</p>', {"name": "yes"}),
    ],
)
def test_too_much_or_unclear_is_not_written(inner, facts):
    """A value, a repetition or a letter without end, and a condition that is neither true nor false."""
    with pytest.raises(letters.Unwritable) as why:
        written(inner, **facts)
    assert why.value.zh != why.value.en != ""
