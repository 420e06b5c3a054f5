"""What a letter may not hold is named with its line: markup, code of template engines, files of others."""

import pytest

from engine import letters

GOOD = """<article>
<p class="to">{= person.name }：</p>
<!-- 说明 -->
<table><tr data-for="each in = notice.items" data-if="= each.late"><td colspan="2">{= each.name }</td></tr></table>
<p data-if="= notice.to != null">{= {a: "}"}.a }</p>
</article>"""


def refused(text):
    """The rule and the line of each finding."""
    return [(finding.rule, finding.line) for finding in letters.read(text, "letters/x.html")[1]]


def test_a_good_letter_is_read():
    """Nothing is found in it, and every name it reads is known with its line."""
    template, findings = letters.read(GOOD, "letters/x.html")
    assert findings == []
    assert [(read.name, read.line) for read in template.reads] == [
        ("person.name", 2), ("notice.items", 4), ("notice.items.late", 4), ("notice.items.name", 4), ("notice.to", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "rule"),
    [
        ("<script>alert(1)</script>", "letter-element"),
        ("<style>p { }</style>", "letter-element"),
        ('<img src="https://example.com/x.png"/>', "letter-element"),
        ('<link rel="stylesheet" href="file:///etc/passwd"/>', "letter-element"),
        ("<svg><text>x</text></svg>", "letter-element"),
        ('<p style="color: red">x</p>', "letter-attribute"),
        ('<p class="stamp">x</p>', "letter-attribute"),
        ('<p onclick="x()">x</p>', "letter-attribute"),
        ('<p id="x">x</p>', "letter-attribute"),
        ('<table><tr><td colspan="99">x</td></tr></table>', "letter-attribute"),
        ('<p xmlns:a="urn:a" a:b="1">x</p>', "letter-attribute"),
        ('<p xmlns="urn:a">x</p>', "letter-element"),
        ("<p>{{ person.name }}</p>", "letter-brace"),
        ("<p>{% for x in y %}</p>", "letter-brace"),
        ("<p>{ person.name }</p>", "letter-brace"),
        ("<p>{= person.name</p>", "letter-brace"),
        ("<p>{= 1 + }</p>", "letter-feel"),
        ('<p data-if="person.name">x</p>', "letter-equals"),
        ('<p data-if="= 1 +">x</p>', "letter-feel"),
        ('<p data-for="each of = items">x</p>', "letter-equals"),
        ('<p data-for="each in = items[1]">x</p>', "letter-equals"),
        ('<p data-for="if in = items">x</p>', "letter-equals"),
        ("<?php echo 1 ?>", "letter-element"),
        ("<p>a & b</p>", "letter-xml"),
        ("<p>&nbsp;</p>", "letter-xml"),
        ("<p>x", "letter-xml"),
    ],
)
def test_what_is_not_on_the_list_is_refused(inner, rule):
    """Each is found in the line where it stands."""
    found = refused(f"<article>\n\n{inner}\n</article>")
    assert found[0][0] == rule
    assert rule == "letter-xml" or found[0][1] == 3


def test_entities_of_its_own_are_refused():
    """A letter declares nothing: no entity that grows, none that reads a file."""
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]><article>&y;</article>'
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>'
    for text in (bomb, outside):
        assert refused(text) == [("letter-xml", 1)]


def test_a_letter_is_an_article_of_bearable_size():
    """Another root, too many characters, too many elements inside each other."""
    assert refused("<section/>")[0][0] == "letter-element"
    assert refused(f"<article><p>{'长' * 60_000}</p></article>") == [("letter-large", 0)]
    assert ("letter-large", 1) in refused("<article>" + "<section>" * 30 + "</section>" * 30 + "</article>")
