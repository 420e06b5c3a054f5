"""Which department serves an area."""

import pytest
from sqlalchemy import delete

from engine import identity
from engine.errors import NoDepartment, NotFound
from engine.store import Department, Holding
from engine.words import Level
from engine.work import PUBLIC


@pytest.mark.parametrize(
    ("kind", "level", "area", "expected"),
    [
        ("ga", Level.TOWNSHIP, "330824115", "ga-330824115"),
        ("ga", Level.COUNTY, "330824115", "ga-330824"),
        ("ga", Level.CITY, "330824115", "ga-330800"),
        ("ga", "township", "330824", "ga-330824"),
        ("rs", Level.TOWNSHIP, "330824115", "rs-330824"),
        ("mz", Level.COUNTY, "330800", "mz-330800"),
    ],
)
def test_serving(city, kind: str, level: str, area: str, expected: str) -> None:
    """It is the one at the level asked for; where there is none, the one above, never one below or beside."""
    with city.engine.look(PUBLIC) as work:
        found = identity.serving(work, kind, level, area)
    assert found.id == expected
    assert found.level == {4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWNSHIP}[len(found.region.removesuffix("00"))]


def test_next_level_up(city) -> None:
    """When a county has no such department the city's serves it."""
    with city.engine.begin(PUBLIC) as work:
        work.session.execute(delete(Holding).where(Holding.department_id == "gjj-330824"))
        work.session.execute(delete(Department).where(Department.id == "gjj-330824"))
    with city.engine.look(PUBLIC) as work:
        assert identity.serving(work, "gjj", Level.COUNTY, "330824115").id == "gjj-330800"
        assert identity.serving(work, "gjj", Level.COUNTY, "330802").id == "gjj-330802"


def test_nobody_serves(city) -> None:
    """A kind nobody has and an area nobody knows are refused with both named."""
    with city.engine.look(PUBLIC) as work:
        with pytest.raises(NoDepartment, match="kind sw serves 华埠镇"):
            identity.serving(work, "sw", Level.COUNTY, "330824115")
        with pytest.raises(NoDepartment, match="serves 999999"):
            identity.serving(work, "mz", Level.COUNTY, "999999")


def test_areas_of_a_window(city) -> None:
    """A county window takes cases for the county and its townships, a township's for itself, the city's for all."""
    with city.engine.look(PUBLIC) as work:
        county = [area.code for area in identity.areas(work, "zw-330824")]
        township = [area.code for area in identity.areas(work, "zw-330824115")]
        whole = [area.code for area in identity.areas(work, "zw-330800")]
        nowhere = identity.areas(work, "zw-999999")
    assert county == ["330824", "330824115", "330824116", "330824117", "330824202", "330824217"]
    assert township == ["330824115"]
    assert len(whole) == 6 + 27  # six counties, 27 townships of the demo
    assert "330800" not in whole
    assert nowhere == ()


@pytest.mark.parametrize(("ids", "covered"), [(["mz-330824"], True), (["mz-330802"], False), ([], False)])
def test_covers(city, ids: list[str], covered: bool) -> None:
    """A department covers what lies in its region and nothing else."""
    with city.engine.look(PUBLIC) as work:
        assert identity.covers(work, ids, "330824115") is covered
        assert identity.covers(work, ["mz-330800"], "330824115")
        assert not identity.covers(work, ["ga-330824116"], "330824115")


def test_names_for_people(city) -> None:
    """Areas, departments and people have names to show; what is unknown is left out."""
    with city.engine.look(PUBLIC) as work:
        assert identity.area_name(work, "330824115") == "开化县华埠镇"
        assert identity.area_name(work, "330800") == "衢州市"
        assert identity.area_name(work, "999999") == "999999"
        assert identity.region(work, "330802").name == "柯城区"
        assert identity.departments(work, {"mz-330802", "x"})["mz-330802"].short == "柯城民政局"
        assert set(identity.departments(work, ["x"])) == set()
        assert identity.names(work, {city.actor("wangfang").id, "system"}) == {city.actor("wangfang").id: "王芳"}
        with pytest.raises(NotFound):
            identity.region(work, "999999")
        with pytest.raises(NotFound):
            identity.actor_named(work, "nobody")
