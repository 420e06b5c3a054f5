"""Filling in from shared data: who is asked, what goes in, what differs, and what the case remembers."""

import json

import pytest
from sqlalchemy import select

from engine import cases, catalog, drafts, exchange, prefill, sandbox
from engine.errors import FormInvalid, NotFound
from engine.store import Call
from engine.store import Case as CaseRow
from tests import household, story

ADDRESS = "浙江省衢州市柯城区府山街道新桥街2号1幢101室"
TYPED = {"groom.name": "李志远", "groom.id_number": "330802198801039976", "declaration.sharing": "true"}


@pytest.fixture
def peer():
    """The invented departments."""
    with sandbox.Sandbox() as running:
        yield running


@pytest.fixture
def asked(engine, city, peer):
    """Types into a fresh draft of the family, fills in a block, and gives the draft as it is then."""
    story.publish_family(engine)
    clerk = story.person(engine, "wangfang")
    connectors = exchange.Exchange(sandbox.offices(peer.address))
    draft = story.situated(engine, clerk)

    def fill(group="groom", **changes):
        typed = TYPED | {key.replace("__", "."): value for key, value in changes.items()}
        with engine.begin(clerk) as work:
            drafts.save(work, draft, typed, {}, page="p", revision=-1)
        with engine.look(clerk) as work:
            questions = prefill.questions(work, draft, group)
        answers = prefill.ask(connectors, questions)
        with engine.begin(clerk) as work:
            prefill.note(work, draft, answers)
            prefill.take(work, draft, answers, page="p", revision=-1)
            return drafts.view(work, draft)

    return fill


def outcomes(view, group="groom"):
    """What came of the questions, by connector."""
    return {each.connector: each.outcome for each in view.heard[group]}


def test_empty_fields_are_filled_in(asked):
    """What the police and the marriage register know goes in, each with its department and its day."""
    view = asked()
    assert view.values["groom.hukou_address"] == ADDRESS
    assert view.values["groom.nation"] == "01"
    assert view.values["groom.marital_status"] == "single"
    assert outcomes(view) == {"ga.identity": "ok", "mz.record": "ok"}
    source = view.sources["groom.hukou_address"]
    assert (source.taken, source.department, source.as_of[:2]) == (True, "公安", "20")


def test_a_typed_value_is_never_overwritten(asked):
    """What differs stays as typed and is a conflict, which keeps from accepting until somebody decides."""
    view = asked(groom__hukou_address="另一处")
    assert view.values["groom.hukou_address"] == "另一处"
    assert view.sources["groom.hukou_address"].conflict
    assert not view.sources["groom.nation"].conflict


def test_nothing_is_asked_without_consent_or_people(asked, peer):
    """The box of the consent, then name and number: each missing one is named, and nobody is asked."""
    for key, address in (("declaration__sharing", "declaration.sharing"), ("groom__name", "groom.name")):
        with pytest.raises(FormInvalid) as caught:
            asked(**{key: ""})
        assert [error.key for error in caught.value.errors] == [address]
    with pytest.raises(NotFound):
        asked(group="move")
    assert peer.asked == []


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("down", "unavailable"), ("garbage", "unavailable"), ("denied", "denied"), ("cut", "unavailable")],
)
def test_a_department_that_does_not_answer(asked, peer, fault, outcome):
    """It is said in words, the fields stay empty, and the other department's answer is taken all the same."""
    peer.faults = {"ga.identity": {"fault": fault}}
    view = asked()
    assert outcomes(view) == {"ga.identity": outcome, "mz.record": "ok"}
    assert not view.values.get("groom.hukou_address")
    assert view.values["groom.marital_status"] == "single"


def test_a_slow_department_is_not_waited_for(asked, peer, monkeypatch):
    """The clerk waits for so long and no longer."""
    monkeypatch.setattr("engine.prefill.asking.WITHIN", 0.2)
    peer.faults = {"ga.identity": {"fault": "slow", "seconds": 2}}
    assert outcomes(asked())["ga.identity"] == "unavailable"


def test_somebody_unknown_and_somebody_else(asked):
    """Nobody of that number, or another name to it: nothing is filled in."""
    view = asked(groom__id_number="330802199001019971")
    assert set(outcomes(view).values()) == {"not_found"}
    view = asked(groom__name="李四")
    assert set(outcomes(view).values()) == {"mismatch"}
    assert not view.values.get("groom.hukou_address")


def test_an_answer_about_another_number_counts_no_more(engine, asked):
    """When the clerk corrects the number, what was said about the former one is no source of anything."""
    view = asked()
    clerk = story.person(engine, "wangfang")
    with engine.begin(clerk) as work:
        changed = {**view.values, "groom.id_number": "330802199001019971"}
        drafts.save(work, view.id, changed, {}, page="p", revision=-1)
        assert drafts.view(work, view.id).sources == {}


def decide(engine, view, *choice):
    """The clerk decides about the address."""
    with engine.begin(story.person(engine, "wangfang")) as work:
        drafts.decide(work, view.id, {"groom.hukou_address": choice}, page="p", revision=-1)
        return drafts.view(work, view.id)


def test_conflicts_are_decided_with_a_reason(engine, asked):
    """Taking the shared value needs none; keeping the typed one does, and typing again asks again."""
    view = asked(groom__hukou_address="另一处")
    with pytest.raises(FormInvalid):
        decide(engine, view, "typed", "无")
    with pytest.raises(FormInvalid):
        decide(engine, view, "both", "理由充分")
    kept = decide(engine, view, "typed", "昨天刚迁入，户口簿为证")
    assert kept.sources["groom.hukou_address"].reason == "昨天刚迁入，户口簿为证"
    assert not kept.sources["groom.hukou_address"].conflict
    again = asked(groom__hukou_address="第三处")
    assert again.sources["groom.hukou_address"].conflict
    taken = decide(engine, again, "shared", "")
    assert taken.values["groom.hukou_address"] == ADDRESS


def test_the_case_remembers_and_the_log_too(engine, asked):
    """Acceptance waits for open conflicts; then the case says what came from where, and the questions belong to it."""
    clerk = story.person(engine, "wangfang")
    view = asked(groom__hukou_address="另一处")
    said = story.told(engine, clerk, view.id, **{k.replace(".", "__"): v for k, v in view.values.items()})
    with engine.begin(clerk) as work, pytest.raises(FormInvalid) as caught:
        drafts.accept(work, view.id, said.answers, said.papers, page="p", revision=-1)
    assert [error.key for error in caught.value.errors] == ["groom.hukou_address"]
    decide(engine, view, "typed", "昨天刚迁入，户口簿为证")
    with engine.begin(clerk) as work:
        case_id = drafts.accept(work, view.id, said.answers, said.papers, page="p", revision=-1)
    with engine.begin(clerk) as work:
        kept = work.session.get(CaseRow, case_id).sources
        shown = {f.field.key: f.source for s in cases.view(work, case_id).sections for f in s.fields}
        calls = exchange.calls(work, case_id)
    assert kept["groom.hukou_address"]["value"] == ADDRESS
    assert "value" not in shown["groom.hukou_address"]
    assert shown["groom.nation"]["department"] == "公安"
    assert shown["groom.name"] is None or not shown["groom.name"]
    assert {call.connector for call in calls} == {"ga.identity", "mz.record"}
    assert {call.asked["name"] for call in calls} == {"李*"}
    assert all(call.purpose and call.basis for call in calls)


def test_questions_stay_in_the_log_without_a_case(engine, asked):
    """A draft thrown away leaves its questions in the log, with who asked."""
    view = asked()
    clerk = story.person(engine, "wangfang")
    with engine.begin(clerk) as work:
        drafts.discard(work, view.id)
        rows = [(row.draft_id, row.asked_by, row.case_id) for row in work.session.scalars(select(Call))]
    assert rows == [(view.id, clerk.id, None)] * 2


BOX = {"type": "checkbox", "id": "ok", "key": "consent", "properties": {"field": "declaration.sharing"}}
NATION = {"type": "select", "id": "m_nation", "key": "nation", "properties": {"field": "person.nation"}}
ENGLISH = '"居民身份核验" = "Identity check"\n"公安" = "Police"\n'
OTHER = """
[connectors."mz.other"]
code = "MZ-DB"
name = "居民身份核验"
department = "公安"
inputs = ["name", "id_number"]
fields = ["nation"]
fills = { "person.nation" = "nation" }
"""
MEMBERS = """
[[prefill]]
group = "members"
ask = ["ga.identity"]
purpose = "民政"
basis = "民政"
consent = "consent"
"""


def asking_members():
    """The household pack whose members are asked about: one more field in each row, and a box for the consent."""
    files = household.files()
    form = json.loads(files["forms/household/members_income.json"])
    form["components"][0]["components"].append(NATION)
    form["components"].append(BOX)
    return files | {
        "forms/household/members_income.json": json.dumps(form, ensure_ascii=False),
        "workflows/household/pack.toml": files["workflows/household/pack.toml"] + MEMBERS,
        "workflows/connectors.toml": household.connectors() + OTHER,
        "workflows/household/en.toml": files["workflows/household/en.toml"] + ENGLISH,
    }


def test_rows_of_a_list_are_asked_one_by_one(engine, city, peer):
    """Each member with a name and a number is asked about; the answer stands in that row, renumbered in the case."""
    household.publish_files(engine, asking_members())
    clerk = story.person(engine, "wangfang")
    with engine.begin(clerk) as work:
        draft = drafts.start(work, "household", "zw-330802")
    with engine.begin(clerk) as work:
        drafts.situate(work, draft, {"wants_care": "no"}, story.AREA, page="p", revision=1)
    typed = {"consent": "on", "members": ["2", "5"]}
    typed |= {"members.5.name": "李志远", "members.5.id_number": TYPED["groom.id_number"]}
    with engine.begin(clerk) as work:
        drafts.save(work, draft, typed, {}, page="p", revision=-1)
        questions = prefill.questions(work, draft, "members")
    assert [question.row for question in questions] == ["members.5."]
    answers = prefill.ask(exchange.Exchange(sandbox.offices(peer.address)), questions)
    with engine.begin(clerk) as work:
        prefill.take(work, draft, answers, page="p", revision=-1)
        view = drafts.view(work, draft)
    assert view.values["members.5.nation"] == "01"
    assert drafts.of_case(view.form, view.sources, view.values).keys() == {"members.2.nation"}


def edited(old, new):
    """The pack with a text of its manifest replaced."""
    files, name = asking_members(), "workflows/household/pack.toml"
    return files | {name: files[name].replace(old, new)}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        (('group = "members"', 'group = "member"'), "prefill-field"),
        (('consent = "consent"', 'consent = "applicant.name"'), "prefill-field"),
        (('"ga.identity"', '"ga.identify"'), "connector-unknown"),
        (('"ga.identity"', '"mz.marriage"'), "prefill-field"),
        (('"ga.identity"', '"gjj.account"'), "prefill-nothing"),
        (('basis = "民政"', 'basis = ""'), "missing-key"),
        (('ask = ["ga.identity"]', 'ask = ["ga.identity", "mz.other"]'), "prefill-source"),
    ],
)
def test_blocks_that_cannot_be_filled_in_are_refused(changes, rule):
    """Nobody to ask, nothing to ask with, nothing to fill in, no consent, no ground: said before anybody presses."""
    assert rule in {finding.rule for finding in catalog.lint(edited(*changes)) if not finding.warning}


def test_a_block_that_can_be_filled_in_is_clean():
    """The pack of the test above, unchanged."""
    assert catalog.lint(asking_members()) == []
