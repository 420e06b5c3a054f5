"""An application by somebody who has a case for the same: found, compared, and accepted only with a reason."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import catalog, changes, drafts, ledger, releases, store
from engine.errors import DuplicateFound, FormInvalid, NotFound
from engine.work import SYSTEM
from tests import story
from tests.faults.race import race

RULE = '[duplicates]\nroles = ["applicant"]\nsource = "SAMPLE"\n'
WHY = "上次登记的是另一人，已核对"


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack, in which a second open case of one of the couple is a duplicate."""
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, family(RULE))
    return city


@pytest.fixture
def clerk(office):
    """王芳 at her window."""
    return office.actor("wangfang")


def family(rule):
    """The files of the family pack with this table instead of its own."""
    files, name = catalog.files_of(catalog.content_root(), "family"), "workflows/family/pack.toml"
    before, own, after = re.split(r"(\[duplicates\]\n.*?\n\n)", files[name], flags=re.DOTALL)
    assert "roles" in own
    return files | {name: f"{before}{rule}\n{after}"}


def publish(office, rule):
    """Let them be in force."""
    with office.engine.begin(SYSTEM) as work:
        releases.publish(work, family(rule))


def again(office, clerk, **changes):
    """A second draft of the same couple with everything filled in; `groom__name` changes an answer."""
    situation = changes.pop("situation", {})
    draft = story.situated(office.engine, clerk, **situation)
    said = story.told(office.engine, clerk, draft, **changes)
    with office.engine.begin(clerk) as work:
        drafts.save(work, draft, said.answers, said.papers, page="p", revision=-1)
    return draft, said


def accept(office, clerk, draft, said):
    """Press the button."""
    with office.engine.begin(clerk) as work:
        return drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)


def explain(office, clerk, draft, case_id, reason=WHY):
    """Give the reason."""
    with office.engine.begin(clerk) as work:
        drafts.explain(work, draft, case_id, reason, page="p", revision=-1)


def found(office, clerk, draft):
    """The cases the draft may be the same as, and the reasons."""
    with office.engine.look(clerk) as work:
        return drafts.view(work, draft).duplicates


def test_it_is_seen_before_acceptance(office, clerk):
    """As soon as one ID number is typed the draft names the case, its window and the items both ask for."""
    case_id = story.accepted(office.engine, clerk)
    draft = story.situated(office.engine, clerk)
    assert found(office, clerk, draft) == ()
    with office.engine.begin(clerk) as work:
        drafts.save(work, draft, {"groom.id_number": story.GROOM["id_number"]}, {}, page="p", revision=-1)
    ((duplicate, reason),) = found(office, clerk, draft)
    assert (duplicate.case_id, duplicate.window.id, reason) == (case_id, "zw-330802", "")
    assert "marriage" in duplicate.items


def test_nothing_is_accepted_without_a_reason(office, clerk):
    """The engine itself refuses; with a reason it accepts, and the new case's ledger keeps reason and number."""
    first = story.accepted(office.engine, clerk)
    draft, said = again(office, clerk)
    with pytest.raises(DuplicateFound):
        accept(office, clerk, draft, said)
    explain(office, clerk, draft, first)
    second = accept(office, clerk, draft, said)
    with office.engine.look(SYSTEM) as work:
        (told,) = [e.facts for e in ledger.entries(work, second) if e.kind == "case:doubled"]
        assert told == {"other": work.session.get_one(store.Case, first).number, "reason": WHY}
        assert work.session.get_one(store.Draft, draft).duplicates == {}


def test_a_reason_is_a_reason_and_for_that_case(office, clerk):
    """Too few characters are refused, and so is a case the draft is not compared with."""
    first = story.accepted(office.engine, clerk)
    draft, _ = again(office, clerk)
    with pytest.raises(FormInvalid):
        explain(office, clerk, draft, first, "不 ")
    with pytest.raises(NotFound):
        explain(office, clerk, draft, "no such case")


def test_a_third_case_needs_its_own_reason(office, clerk):
    """A reason given for one case does not cover another one that came into being meanwhile."""
    first = story.accepted(office.engine, clerk)
    draft, said = again(office, clerk)
    explain(office, clerk, draft, first)
    story.accepted(office.engine, clerk)
    with pytest.raises(DuplicateFound):
        accept(office, clerk, draft, said)


def test_side_by_side(office, clerk):
    """What differs is told, everything is masked, and that somebody looked is in the older case's ledger."""
    first = story.accepted(office.engine, clerk)
    draft, _ = again(office, clerk, groom__phone="19900009999")
    with office.engine.begin(clerk) as work:
        _, (beside,) = drafts.compare(work, draft)
    lines = {line.address: line for line in beside.lines}
    assert beside.may_open
    assert (lines["groom.phone"].same, lines["groom.phone"].here) == (False, "199****9999")
    assert lines["groom.phone"].there == "199****1000"
    assert (lines["groom.id_number"].same, lines["groom.id_number"].there) == (True, "330802********9976")
    with office.engine.look(SYSTEM) as work:
        assert "case:compared" in [e.kind for e in ledger.entries(work, first)]


def test_another_window_learns_only_what_differs(office, clerk):
    """A window that may not read the older case sees the same or differs, never what it says."""
    story.accepted(office.engine, clerk)
    with office.engine.begin(SYSTEM) as work:
        case = work.session.scalars(select(store.Case)).one()
        case.window_id = "zw-330824"
        case.area = "330824115"
    draft, _ = again(office, clerk)
    with office.engine.begin(clerk) as work:
        _, (beside,) = drafts.compare(work, draft)
    assert not beside.may_open
    assert {line.there for line in beside.lines} == {None}
    assert [line for line in beside.lines if not line.same] == []


def test_other_people_and_other_items_are_no_duplicate(office, clerk):
    """Somebody else's case does not count, and neither does one whose shared items were all withdrawn."""
    first = story.accepted(office.engine, clerk)
    draft, _ = again(office, clerk, groom__id_number="330802198904110018", bride__id_number="330822199104110028")
    assert found(office, clerk, draft) == ()
    with office.engine.begin(SYSTEM) as work:
        for item in work.session.get_one(store.Case, first).items:
            item.state, item.outcome, item.ended_at = "ended", "withdrawn", work.now
    draft, _ = again(office, clerk)
    assert found(office, clerk, draft) == ()


def end(office, case_id, **before):
    """Let a case have ended some time ago."""
    with office.engine.begin(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        case.state, case.outcome, case.ended_at = "ended", "all", work.now - timedelta(**before)


@pytest.mark.parametrize(("ago", "counts"), [(30, True), (31, False)])
def test_days_after_its_end(office, clerk, ago, counts):
    """A finished case counts on the last of its days and not on the one after."""
    publish(office, '[duplicates]\nroles = ["applicant"]\ndays = 30\nsource = "SAMPLE"\n')
    first = story.accepted(office.engine, clerk)
    end(office, first, days=ago)
    draft, _ = again(office, clerk)
    assert bool(found(office, clerk, draft)) is counts


def test_finished_cases_count_only_if_the_pack_says_so(office, clerk):
    """Without `days` only an open case is a duplicate."""
    end(office, story.accepted(office.engine, clerk), hours=1)
    draft, _ = again(office, clerk)
    assert found(office, clerk, draft) == ()


def test_the_same_subject(office, clerk):
    """With `same`, an application whose answer differs is another matter."""
    publish(office, '[duplicates]\nroles = ["applicant"]\nsame = ["groom.phone"]\nsource = "SAMPLE"\n')
    story.accepted(office.engine, clerk)
    draft, _ = again(office, clerk, groom__phone="19900009999")
    assert found(office, clerk, draft) == ()
    draft, _ = again(office, clerk)
    assert len(found(office, clerk, draft)) == 1


def test_no_rule_no_duplicate(office, clerk):
    """A pack that says nothing compares nothing."""
    publish(office, "")
    story.accepted(office.engine, clerk)
    draft, said = again(office, clerk)
    assert accept(office, clerk, draft, said)


@pytest.mark.parametrize("area", [story.AREA, "330824115"])
def test_two_windows_at_one_moment(office, clerk, area):
    """Of two acceptances of one couple one is refused, also where their numbers come from different counters."""
    first, second = again(office, clerk), again(office, clerk)
    with office.engine.begin(SYSTEM) as work:
        work.session.get_one(store.Draft, second[0]).area = area
    acts = [lambda drawn=drawn: accept(office, clerk, *drawn) for drawn in (first, second)]
    told = race(office.engine, *acts, at="insert into person")
    assert "DuplicateFound" in told
    with office.engine.look(SYSTEM) as work:
        assert work.session.query(store.Case).count() == 1


@pytest.mark.parametrize(
    ("rule", "finding"),
    [
        ('roles = ["applicant"]\nsame = ["groom.phones"]\nsource = "SAMPLE"', "duplicates-field"),
        ('roles = ["aplicant"]\nsource = "SAMPLE"', "bad-value"),
        ('roles = ["applicant"]\nsource = "SAMPLE"\ndays = -1', "value-type"),
        ('roles = ["applicant"]', "missing-key"),
        ('source = "SAMPLE"', "missing-key"),
        ('roles = ["applicant"]\nsource = "SAMPLE"\nsince = 3', "unknown-key"),
    ],
)
def test_a_rule_that_cannot_be_carried_out_is_refused(rule, finding):
    """A key nobody asks, a role nobody has, days that are none, no ground: named with the line of the table."""
    (found,) = (each for each in catalog.lint(family(f"[duplicates]\n{rule}\n")) if not each.warning)
    assert (found.rule, found.file) == (finding, "workflows/family/pack.toml")
    assert found.line > 0


def test_another_rule_is_a_change():
    """Who compares two releases is told that other applications count as duplicates."""
    old = catalog.read(family('[duplicates]\nroles = ["applicant"]\nsource = "SAMPLE"\n'))
    new = catalog.read(family('[duplicates]\nroles = ["applicant"]\ndays = 30\nsource = "SAMPLE"\n'))
    (change,) = changes.packs(old, new)
    assert (change.kind, change.line > 0) == ("pack-duplicates", True)
    assert "30" in change.zh
