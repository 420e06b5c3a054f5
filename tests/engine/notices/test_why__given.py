"""What the guide gave as reasons is on the receipt and in the notice of acceptance, as it was given."""

from engine import cases, drafts
from engine.work import SYSTEM
from tests import guided, story
from tests.engine.notices.conftest import issued


def receipt(engine, case_id):
    """The receipt as the window prints it."""
    with engine.begin(story.person(engine, "wangfang")) as work:
        return cases.receipt(work, case_id)


def test_conditions_of_their_own(office):
    """Each item and paper of the family has the reason of its condition, on the page and in the letter."""
    case_id = story.accepted(office, story.person(office, "wangfang"))
    found = receipt(office, case_id)
    (letter,) = issued(office, case_id)
    assert found.why.items["marriage"] == ("本人自愿，符合法定条件的当场登记",)
    assert found.why.papers["id_groom"] == ("核对男方身份；结婚登记须本人到场",)
    assert found.why.papers["photo"] == ()
    said = [reason for spec, _ in found.items for reason in found.why.items[spec.code]]
    said += [reason for spec, _ in found.papers for reason in found.why.papers[spec.code]]
    assert len(said) > 10
    assert all(reason in letter.body for reason in said)


def test_a_guide_is_asked_once(city):
    """The reasons are those of the day of acceptance: another answer since, as after a correction, changes none."""
    clerk = city.actor("wangfang")
    guided.release(city.engine)
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", "zw-330802")
    with city.engine.begin(clerk) as work:
        drafts.situate(work, draft, {"years": "70"}, story.AREA, {}, page="p", revision=1)
    with city.engine.begin(clerk) as work:
        papers = {"card": "original", "bank": "original"}
        case_id = drafts.accept(work, draft, {"person.name": "方知远"}, papers, page="p", revision=-1)
    first = receipt(city.engine, case_id).why
    assert {code: first.items[code] for code in ("permit", "grant")} == {
        "permit": ("人人都要办",), "grant": ("满六十周岁可领",)
    }  # fmt: skip
    assert first.papers == {"card": ("核对身份",), "bank": ("补助打入本人账户",)}
    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.facts = {**case.facts, "years": 40}
    assert receipt(city.engine, case_id).why == first
