"""A draft keeps what was typed, valid or not, and never lets an older page overwrite a newer one."""

from datetime import timedelta

import pytest

from engine import catalog, drafts, releases, store
from engine.errors import DraftMovedOn, FormInvalid, NotFound, NotYours, OtherRelease, SituationFirst
from engine.work import SYSTEM
from tests import story

WINDOW = "zw-330802"


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack."""
    story.publish_family(city.engine)
    return city


@pytest.fixture
def clerk(office):
    """王芳 at her window."""
    return office.actor("wangfang")


def save(office, clerk, draft, answers, *, page, revision):
    """One background save."""
    with office.engine.begin(clerk) as work:
        drafts.save(work, draft, answers, {}, page=page, revision=revision)


def values(office, clerk, draft):
    """What the draft holds."""
    with office.engine.look(clerk) as work:
        return drafts.view(work, draft).values


def test_wrong_answers_are_kept_as_typed(office, clerk):
    """A half-typed ID number and rare characters come back exactly."""
    draft = story.situated(office.engine, clerk)
    revision = story.revision_of(office.engine, clerk, draft)
    typed = {"groom.id_number": "3308", "groom.name": " 㼆𠅤"}
    save(office, clerk, draft, typed, page="a", revision=revision)
    found = values(office, clerk, draft)
    assert {key: found[key] for key in typed} == typed


def test_a_page_never_loses_against_itself(office, clerk):
    """The same page may save as often as it likes with the revision it was rendered with."""
    draft = story.situated(office.engine, clerk)
    revision = story.revision_of(office.engine, clerk, draft)
    for name in ("李", "李志", "李志远"):
        save(office, clerk, draft, {"groom.name": name}, page="a", revision=revision)
    assert values(office, clerk, draft)["groom.name"] == "李志远"


def test_an_older_page_overwrites_nothing(office, clerk):
    """Two pages of one draft: the second to save is told, and what the first saved stays."""
    draft = story.situated(office.engine, clerk)
    revision = story.revision_of(office.engine, clerk, draft)
    save(office, clerk, draft, {"groom.name": "李志远"}, page="a", revision=revision)
    with pytest.raises(DraftMovedOn):
        save(office, clerk, draft, {"groom.name": "别人"}, page="b", revision=revision)
    assert values(office, clerk, draft)["groom.name"] == "李志远"


def test_accepting_checks_everything_at_once(office, clerk):
    """Missing fields and missing papers are named together, and no case comes into being."""
    draft = story.situated(office.engine, clerk)
    with pytest.raises(FormInvalid) as invalid, office.engine.begin(clerk) as work:
        drafts.accept(work, draft, {"groom.id_number": "330802198801039977"}, {}, page="p", revision=-1)
    wrong = {e.key for e in invalid.value.errors}
    assert {"groom.name", "groom.id_number", "bride.name", "papers.id_groom"} <= wrong
    with office.engine.look(clerk) as work:
        assert [line.id for line in drafts.mine(work)] == [draft]


def test_birth_date_and_sex_come_from_the_number(office, clerk):
    """Whatever a client sends for the locked fields, the case holds what the ID number says."""
    draft = story.situated(office.engine, clerk)
    said = story.told(office.engine, clerk, draft)
    forged = {**said.answers, "groom.birth_date": "1999-09-09", "groom.sex": "female"}
    with office.engine.begin(clerk) as work:
        case = drafts.accept(work, draft, forged, said.papers, page="p", revision=-1)
    with office.engine.look(clerk) as work:
        groom = work.session.get_one(store.Case, case).facts["groom"]
    assert (groom["birth_date"], groom["sex"]) == ("1988-01-03", "male")


def test_drafts_are_private(office, clerk):
    """A colleague at the same window does not find the draft; other posts cannot start one."""
    draft = story.situated(office.engine, clerk)
    with pytest.raises(NotFound), office.engine.look(office.actor("lina")) as work:
        drafts.view(work, draft)
    with pytest.raises(NotYours), office.engine.begin(office.actor("zhangwei")) as work:
        drafts.start(work, "family", WINDOW)


def test_the_form_comes_after_the_situation(office, clerk):
    """Without the situation there is no form, and nothing can be accepted."""
    with office.engine.begin(clerk) as work:
        draft = drafts.start(work, "family", WINDOW)
    with office.engine.look(clerk) as work:
        assert drafts.view(work, draft).form is None
    revision = story.revision_of(office.engine, clerk, draft)
    with pytest.raises(SituationFirst), office.engine.begin(clerk) as work:
        drafts.accept(work, draft, {}, {}, page="p", revision=revision)


def test_new_rules_while_typing(office, clerk, clock):
    """A release published meanwhile is not applied behind the clerk's back: accepting says so, answers stay."""
    draft = story.situated(office.engine, clerk)
    said = story.told(office.engine, clerk, draft)
    clock.now += timedelta(minutes=5)
    republish(office)
    with pytest.raises(OtherRelease), office.engine.begin(clerk) as work:
        drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)


def republish(office):
    """The same pack with one word changed: a new release."""
    files = catalog.files_of(catalog.content_root(), "family")
    name = "workflows/family/README.md"
    with office.engine.begin(SYSTEM) as work:
        releases.publish(work, {**files, name: files[name] + "\n"})
