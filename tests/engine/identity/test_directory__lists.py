"""Regions and departments come from lists an administrator keeps."""

from importlib.resources import files

import pytest

from engine import demo, identity
from engine.errors import ListInvalid, NotYours
from engine.identity import Loaded
from engine.work import PUBLIC, SYSTEM

REGIONS = "code,name,level,parent\n"
DEPARTMENTS = "kind,region,name,short\n"
CITY = REGIONS + "330800,衢州市,city,\n330802,柯城区,county,330800\n330802006,府山街道,township,330802\n"


@pytest.fixture
def url(database_url):
    """Both databases must keep what is written here."""
    return database_url


def regions(engine, text):
    """Load a list of regions in a transaction of its own."""
    with engine.begin(SYSTEM) as work:
        return identity.load_regions(work, text)


def departments(engine, text, kinds=("zw", "mz")):
    """Load a list of departments in a transaction of its own."""
    with engine.begin(SYSTEM) as work:
        return identity.load_departments(work, text, kinds)


def demo_file(name):
    """A list of the demo city."""
    return (files(demo) / "city" / name).read_text("utf-8")


def test_the_demo_lists_can_be_loaded(engine):
    """The files beside the demo are examples to begin with, comments included; the same rows come of them."""
    assert regions(engine, demo_file("regions.csv")).added > 30
    kinds = ("zw", "mz", "ga", "wj", "yb", "rs", "gjj", "cz", "jy", "zj", "cl", "by", "tj")
    assert departments(engine, demo_file("departments.csv"), kinds).added > 60
    with engine.look(SYSTEM) as work:
        assert identity.serving(work, "ga", "township", "330802006").short == "府山派出所"


def test_loading_again_changes_and_doubles_nothing(engine):
    """The same list says nothing new; a corrected name is changed; what is left out stays."""
    assert regions(engine, CITY) == Loaded(3, 0, 0)
    assert regions(engine, CITY) == Loaded(0, 0, 3)
    assert regions(engine, REGIONS + "330802006,府山新街道,township,330802\n") == Loaded(0, 1, 0)
    offices = DEPARTMENTS + "zw,330802,柯城区综合窗口,柯城窗口\n"
    assert departments(engine, offices) == Loaded(1, 0, 0)
    assert departments(engine, offices.replace("柯城窗口", "窗口")) == Loaded(0, 1, 0)
    with engine.look(SYSTEM) as work:
        assert identity.area_name(work, "330802006") == "柯城区府山新街道"
        assert identity.serving(work, "zw", "county", "330802").short == "窗口"


def test_the_order_of_the_lines_does_not_matter(engine):
    """A township may stand before the county it lies in."""
    lines = CITY.splitlines()
    assert regions(engine, "\n".join([lines[0], *reversed(lines[1:])])) == Loaded(3, 0, 0)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 0, "code,name,level,parent"),
        ("code,name\n", 1, "code,name,level,parent"),
        (REGIONS, 1, "没有内容"),
        ("# note\n\n" + REGIONS + "330800,衢州市,town,\n", 4, "township"),
        (CITY + "330802,柯城区,county,330800\n", 5, "第 3 行"),
        (CITY + "33080,x,county,330800\n", 5, "6"),
        (CITY + "３３０８０３,x,county,330800\n", 5, "6"),
        (CITY + "330803001,x,township,330803\n", 5, "330803"),
        (CITY + "330803,x,county,\n", 5, "parent"),
        (CITY + "330803,x,county,330802\n", 5, "330802"),
        (CITY + "330803,,county,330800\n", 5, "name"),
        (CITY + "330803,x,county\n", 5, "4"),
        (CITY + f"330803,{'x' * 81},county,330800\n", 5, "80"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_loaded(engine, text, line, why):
    """The whole list is refused with the line, what is wrong in it and what to do."""
    with pytest.raises(ListInvalid, match=why) as refused:
        regions(engine, text)
    assert refused.value.facts["line"] == line
    with engine.look(SYSTEM) as work:
        assert identity.lineage(work, "330800") == ()


def test_a_region_with_others_below_keeps_above_them(engine):
    """A county with townships cannot become smaller than they are."""
    regions(engine, CITY)
    with pytest.raises(ListInvalid, match="330802006"):
        regions(
            engine, REGIONS + "330800,衢州市,city,\n330802,柯城区,city,\n330803,x,county,330802\n330802006,x,city,\n"
        )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("xx,330802,x,x", "mz、zw"),
        ("mz,330899,x,x", "先导入区划"),
        ("mz,330802,x,", "short"),
        ("mz,330802,x,x", "第 2 行"),
    ],
)
def test_a_department_needs_a_known_kind_and_region(engine, line, why):
    """What no pack knows and where nobody lives is refused."""
    regions(engine, CITY)
    with pytest.raises(ListInvalid, match=why):
        departments(engine, DEPARTMENTS + "mz,330802,柯城区民政局,柯城民政局\n" + line + "\n")


def test_only_administrators_load_lists(engine):
    """Everybody else is refused."""
    with pytest.raises(NotYours), engine.begin(PUBLIC) as work:
        identity.load_regions(work, CITY)
    with pytest.raises(NotYours), engine.begin(PUBLIC) as work:
        identity.load_departments(work, DEPARTMENTS, ())
