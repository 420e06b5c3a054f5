"""Checks across fields: what they see, where they speak, and what lint says of them."""

from datetime import UTC, date, datetime

import pytest

from engine import catalog, drafts, forms
from engine.errors import FormInvalid
from tests import household, story

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PACK_FILE = "workflows/household/pack.toml"
CHECK = """
[[checks]]
code = "{code}"
when = "{when}"
field = "{field}"
severity = "{severity}"
text = "请核对。"
"""


def pack(*, each="", tasks="", **more):
    """The household pack with one check."""
    check = CHECK.format(**{"code": "c", "severity": "error"} | more) + (f'each = "{each}"\n' if each else "")
    check += f'tasks = ["{tasks}"]\n' if tasks else ""
    files = household.files()
    english = files["workflows/household/en.toml"] + '"请核对。" = "Please check."\n'
    return files | {PACK_FILE: files[PACK_FILE] + check, "workflows/household/en.toml": english}


def said(files, raw, items=("relief", "care")):
    """Addresses of what the check finds."""
    read = catalog.read(files)
    form = catalog.application(read, items)
    found = catalog.remarks(read, form, forms.flatten(raw), {"wants_care": "yes"}, items,
                            area=story.AREA, on=date(2026, 11, 23), now=NOW)  # fmt: skip
    return [remark.address for remark in found]


def test_a_check_sees_the_whole_application():
    """Answers, computed values, what applies and the day; what is not said yet is null and finds nothing."""
    files = pack(when='=total > 100 and care.applies and case.accepted_on = \\"2026-11-23\\"', field="applicant.name")
    assert said(files, {"members": [{"income": "60"}, {"income": "50"}]}) == ["applicant.name"]
    assert said(files, {"members": [{"income": "60"}, {"income": ""}]}) == []
    assert said(files, {}) == []


def test_a_check_of_each_row_speaks_in_the_row():
    """The row's own fields by their keys, the outer ones by theirs; the mark of the row is in the address."""
    files = pack(when="=id_number = applicant.id_number", field="id_number", each="members")
    same = {"applicant.id_number": "330802198801039976", "members": ["3", "5"]}
    typed = {"members.3.id_number": "330822198902019961", "members.5.id_number": "330802198801039976"}
    assert said(files, same | typed) == ["members.5.id_number"]


def test_a_check_of_what_is_not_asked_is_silent():
    """Where the item that asks the field does not apply, there is nothing to say."""
    files = pack(when="=true", field="health", each="members")
    assert said(files, {"members": ["1"]}) == ["members.1.health"]
    assert said(files, {"members": ["1"]}, items=("relief",)) == []


@pytest.mark.parametrize(
    ("check", "rule"),
    [
        ({"when": "=total > 1", "field": "applicant.nane"}, "check-field"),
        ({"when": "=total > 1", "field": "name", "each": "member"}, "check-field"),
        ({"when": "=total > 1", "field": "members"}, "check-field"),
        ({"when": "=totel > 1", "field": "applicant.name"}, "feel-name"),
        ({"when": "=income > 1", "field": "applicant.name"}, "feel-name"),
        ({"when": "=case.number = 1", "field": "applicant.name"}, "feel-name"),
        ({"when": "=total = \\\"1\\\"", "field": "applicant.name"}, "feel-type"),
        ({"when": "total > 1", "field": "applicant.name"}, "feel-equals"),
        ({"when": "=total > 1", "field": "applicant.name", "severity": "hint"}, "bad-value"),
        ({"when": "=total > 1", "field": ""}, "missing-key"),
        ({"when": "=total > 1", "field": "decision", "tasks": "review_relieve"}, "check-task"),
        ({"when": "=total > 1", "field": "applicant.name", "tasks": "review_relief"}, "check-field"),
        ({"when": "=event.dey = total", "field": "day", "tasks": "person.deceased"}, "feel-name"),
        ({"when": "=total > 1", "field": "days", "tasks": "person.deceased"}, "check-field"),
        ({"when": "=relief.decison = 1", "field": "decision", "tasks": "review_relief"}, "feel-name"),
        ({"when": "=total > 1", "field": "decision", "tasks": "review_relief", "severity": "warning"}, "bad-value"),
        ({"when": "=total > 1", "field": "decision", "tasks": "review_relief", "each": "members"}, "bad-value"),
    ],
)  # fmt: skip
def test_wrong_checks_are_refused(check, rule):
    """A check that can never speak is found before anybody waits for it."""
    assert rule in {finding.rule for finding in catalog.lint(pack(**check)) if not finding.warning}


def test_right_checks_are_clean():
    """Names inside a row and outside it are known."""
    assert catalog.lint(pack(when="=income > total", field="income", each="members")) == []


def test_a_check_of_a_step_is_clean_and_says_nothing_of_the_application():
    """It sees what the step answers, beside the whole case; the window is not asked."""
    files = pack(when='=total > 1 and relief.decision = \\"approved\\"', field="decision", tasks="review_relief")
    assert catalog.lint(files) == []
    assert said(files, {"members": [{"income": "60"}]}) == []


def test_an_error_keeps_from_accepting_a_warning_does_not(engine, city):
    """Two equal numbers stop the window at the field; somebody too young is a warning the draft shows."""
    story.publish_family(engine)
    clerk = story.person(engine, "wangfang")
    draft = story.situated(engine, clerk)
    same = story.told(engine, clerk, draft, bride__id_number=story.GROOM["id_number"])
    with engine.begin(clerk) as work, pytest.raises(FormInvalid) as caught:
        drafts.accept(work, draft, same.answers, same.papers, page="p", revision=-1)
    assert [error.key for error in caught.value.errors] == ["bride.id_number"]
    young = story.told(engine, clerk, draft, groom__id_number="330802200711259975")
    with engine.begin(clerk) as work:
        drafts.save(work, draft, young.answers, young.papers, page="p", revision=-1)
    with engine.look(clerk) as work:
        shown = drafts.view(work, draft).remarks
    assert [(remark.address, remark.warning) for remark in shown] == [("groom.birth_date", True)]
    with engine.begin(clerk) as work:
        assert drafts.accept(work, draft, young.answers, young.papers, page="p", revision=-1)


@pytest.mark.parametrize(
    ("when", "rules"),
    [
        ("=sum(for m in members return m.income) > 1", []),
        ("=sum(for m in members return m.incme) > 1", ["feel-name"]),
        ("=some m in members satisfies m.income > total", []),
        ("=some m in members satisfies m.incme > total", ["feel-name"]),
        ("=members[1].income > 1", []),
        ("=members[1].incme > 1", ["feel-name"]),
        ("=count(members[income > 1]) > 1", []),
        ("=sum(members.income) > 1", []),
        ("=sum(members.incme) > 1", ["feel-name"]),
    ],
)
def test_names_in_rows_are_known(when, rules):
    """However an expression goes through a list, a misspelt name in its rows is found, and a right one is not."""
    assert [finding.rule for finding in catalog.lint(pack(when=when, field="applicant.name"))] == rules
