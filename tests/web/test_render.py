"""Values as people read them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from engine import catalog
from engine.errors import FieldError, FormInvalid, TaskGone
from engine.ledger import Happened
from engine.words import (
    CaseOutcome,
    CaseState,
    EntryKind,
    ExtensionState,
    ItemState,
    Lamp,
    MaterialState,
    NoticeState,
    Outcome,
    TaskState,
)
from tests.web.client import app_for
from web.render import cases, chips, history, moments, packs, pages, sentences, words


@pytest.fixture
def context(engine, tmp_path):
    """A request in Chinese, or in English with `language=en`."""
    app = app_for(engine, tmp_path)
    return lambda language="zh": app.test_request_context("/", headers={"Cookie": f"language={language}"})


def test_a_decision_is_worded_as_its_own_step_words_it(context):
    """What the doctor issues, the police agree to; a step that is gone is worded as any form has it."""
    pack = catalog.read(catalog.files_of(catalog.content_root(), "funeral"))
    tasks = [SimpleNamespace(id="1", node="review_certificate"), SimpleNamespace(id="2", node="review_hukou")]
    case = SimpleNamespace(pack=pack, tasks=[*tasks, SimpleNamespace(id="3", node="gone")])
    entries = [SimpleNamespace(facts={"decision": "approved", "task": task.id}) for task in case.tasks]
    with context():
        assert [cases.decision_words(case, entry) for entry in entries[:2]] == ["出具", "同意"]
        assert cases.decision_words(case, entries[2]) != "approved"


def test_moments_are_the_citys(context):
    """UTC in the store, Shanghai on the screen; a moment without zone is refused rather than guessed."""
    late = datetime(2026, 11, 22, 16, 10, tzinfo=UTC)
    assert moments.moment(late) == "2026-11-23 00:10"
    assert moments.day(late) == "2026-11-23"
    assert moments.day(date(2026, 1, 5)) == "2026-01-05"
    with pytest.raises(ValueError, match="time zone"):
        moments.moment(datetime(2026, 11, 22))


def test_every_state_has_a_look_of_its_own():
    """Words of two vocabularies with the same value are not mixed up: a running case is no finished one."""
    looked = {(type(word), word.value) for word, _look in chips.LOOKS}
    vocabularies = (ItemState, Outcome, CaseState, CaseOutcome, TaskState, MaterialState, NoticeState, Lamp)
    vocabularies += (ExtensionState,)
    assert looked == {(type(word), word.value) for vocabulary in vocabularies for word in vocabulary}
    assert chips.look_of(CaseState.RUNNING) == chips.GOING
    assert chips.look_of(CaseState.ENDED) == chips.OVER


def test_words_and_sentences_follow_the_language(context):
    """Enum labels and refusals are in the reader's language, facts and all."""
    gone = TaskGone(by="李娜", at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    with context():
        assert words.word(Outcome.TOLERATED) == "容缺通过"
        assert sentences.sentence(gone).startswith("李娜已于 2026-11-23 09:00 办理完本待办")
    with context("en"):
        assert words.word(Outcome.TOLERATED) == "approved, papers to follow"
        assert sentences.sentence(gone).startswith("李娜 already finished this task at 2026-11-23 09:00")


def test_braces_in_what_people_typed_stay_braces(context):
    """A name like {at} is shown, not filled in."""
    with context():
        assert "{at.year}" in sentences.sentence(TaskGone(by="{at.year}", at=datetime(2026, 11, 23, tzinfo=UTC)))


def test_field_errors_name_the_field_in_the_packs_words(context):
    """Message ids come from the catalog, labels from the pack's own table; one sentence a field."""
    message = "{label} may have at most {limit} characters; there are {count}."
    facts = {"label": "姓名", "limit": 50, "count": 60}
    invalid = FormInvalid(
        [FieldError("name", "姓名", message, facts), FieldError("name", "姓名", "This field is required.")]
    )
    with context():
        assert sentences.field_sentences(invalid) == {"name": "“姓名”不能超过 50 字，当前 60 字。"}
    with context("en"):
        found = sentences.field_sentences(invalid, {"姓名": "Name"}.get)
        assert found == {"name": "Name may have at most 50 characters; there are 60."}


def test_pack_texts_fall_back_to_chinese(context):
    """English readers see the pack's translation, and the Chinese text where there is none."""
    pack = SimpleNamespace(texts={"婚育户一件事": "Marriage, birth and residence"})

    with context("en"):
        assert packs.pack_text(pack, "婚育户一件事") == "Marriage, birth and residence"
        assert packs.pack_text(pack, "其他") == "其他"
    with context():
        assert packs.pack_text(pack, "婚育户一件事") == "婚育户一件事"


def test_other_pages_of_a_list_keep_the_search(engine, tmp_path):
    """The address of another page has the same search; nothing in the query changes scheme or host."""
    app = app_for(engine, tmp_path)
    with app.test_request_context("/signin?search=李&page=3&endpoint=x&_scheme=javascript&_external=1"):
        assert pages.page_url(4) == "/signin?search=%E6%9D%8E&endpoint=x&_scheme=javascript&_external=1&page=4"


def test_the_history_tells_one_step_for_each_action():
    """Entries of one moment and person are one step, kinds in the order they happened; mere reading is left out."""
    first, later = datetime(2026, 11, 23, 1, 0, tzinfo=UTC), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    kinds = EntryKind.TASK_COMPLETED, EntryKind.TASK_OPENED, EntryKind.ITEM_STARTED, EntryKind.TASK_OPENED
    entries = [Happened(n, later, kind, "张伟", {"task": f"t{n}"}) for n, kind in enumerate(kinds, 3)]
    accepted = Happened(1, first, EntryKind.CASE_ACCEPTED, "王芳", {})
    read = Happened(2, first, EntryKind.CASE_READ, "王芳", {})
    newest, oldest = history.steps([accepted, read, *entries])
    assert (newest.actor, oldest.lines) == ("张伟", ((accepted,),))
    assert [[entry.seq for entry in line] for line in newest.lines] == [[3], [4, 6], [5]]


def test_the_history_says_why_a_task_was_decided():
    """The words of whoever decided stand with the completed task and with no other entry of it."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    case = SimpleNamespace(
        tasks=[SimpleNamespace(id="t1", answers={"decision": "supplement", "missing": "户口簿首页"})]
    )
    assert history.said(case, Happened(1, at, EntryKind.TASK_COMPLETED, "何洁", {"task": "t1"})) == "户口簿首页"
    assert history.said(case, Happened(2, at, EntryKind.TASK_OPENED, "何洁", {"task": "t1"})) == ""


def test_a_decision_has_the_name_people_know(context):
    """In the guide what it is for, in the drawing its step's name; never the name of a table only designers know."""
    pack = SimpleNamespace(
        guide=SimpleNamespace(items="programmes", materials="papers"),
        model=SimpleNamespace(nodes={"rule": SimpleNamespace(name="类别规则")}),
        texts={"类别规则": "category rule"},
    )
    with context():
        assert cases.rule_name(pack, {"node": "", "name": "programmes"}) == "情形引导：应办事项"
        assert cases.rule_name(pack, {"node": "rule", "name": "category"}) == "类别规则"
    with context("en"):
        assert cases.rule_name(pack, {"node": "", "name": "papers"}) == "papers called for"
