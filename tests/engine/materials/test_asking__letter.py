"""What all departments ask for is one letter of the window, and a second one says why there is one."""

import pytest

from engine import cases, notices, store
from engine.errors import FormInvalid, SupplementOnce
from engine.words import Occasion
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_incidents__scope import ISSUED
from tests.engine.materials.test_asking__once import ask, tell

EXCUSE = "申请人情况有变化，须补充核验"


def letters(office, case_id):
    """The letters that ask for something, the oldest first."""
    with office.engine.begin(SYSTEM) as work:
        found = notices.listed(work, work.session.get_one(store.Case, case_id))
    return [each for each in found if each.kind == "SGZ"]


def test_all_departments_are_one_letter(office, running):
    """One number of the window, each line with item, office, paper, reason and law; not before it is told."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    ask(office, running, "tangyan", "birth_registration", "id_bride")
    assert letters(office, running) == []
    tell(office, running)
    (letter,) = letters(office, running)
    assert (letter.number, letter.item, letter.occasion) == ("柯城综补〔2026〕00001号", "", Occasion.CASE_SUPPLEMENT)
    for paper in ("男方居民户口簿", "女方居民身份证", "府山街道卫生健康办公室"):
        assert paper in letter.body
    assert all(said in letter.body for said in ("照片不符合要求", "《婚姻登记条例》", "2026年12月10日"))
    assert "再次告知" not in letter.body
    with office.engine.begin(office.actor("wangfang")) as work:
        assert [each.number for each in cases.supplement(work, running).letters] == [letter.number]
    with pytest.raises(FormInvalid):
        tell(office, running)
    assert len(letters(office, running)) == 1


def test_a_second_letter_says_why(office, running, clock):
    """Blocked for what was missed, unless a supervisor says why: that is in it; and so is what is still not right."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    tell(office, running)
    clock.forward(minutes=5)
    with pytest.raises(SupplementOnce):
        ask(office, running, "hejie", "status_groom", "id_groom")
    ask(office, running, "sunhui", "status_groom", "id_groom", excuse=EXCUSE)
    clock.forward(minutes=1)
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    tell(office, running)
    first, second = letters(office, running)
    assert (second.number, second.replaces, first.replaced_by) == ("柯城综补〔2026〕00002号", "", "")
    assert "第2次告知" in second.body
    assert f"第1项：{EXCUSE}" in second.body
    assert "第2项：前次告知后提交的材料仍不符合要求" in second.body


def test_an_item_that_began_later_says_so(office, publish, accept, clock):
    """Nobody could have known at the first letter."""
    publish()
    case_id = accept("original")
    ask(office, case_id, "zhangwei", "marriage", "photo")
    tell(office, case_id)
    clock.forward(minutes=5)
    with office.engine.begin(office.actor("wangfang")) as work:
        cases.hand_in(work, case_id, "photo", "copy")
    story.decide(office.engine, office.actor("zhangwei"), "review_marriage")
    story.decide(office.engine, office.actor("zhangwei"), "issue_marriage", **ISSUED)
    ask(office, case_id, "hejie", "status_groom", "hukou_book_groom")
    tell(office, case_id)
    assert "第1项：该事项在前次告知之后开始办理" in letters(office, case_id)[1].body
