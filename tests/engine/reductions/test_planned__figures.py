"""What a pack takes off people by its model: counted by hand, and silent where nobody stated anything."""

from dataclasses import replace

import pytest

from engine import reductions
from engine.catalog import Apart, Promise, Visits
from engine.words import LimitUnit, Reduction
from tests import guided

WORK, HOURS = LimitUnit.WORKING_DAYS, LimitUnit.HOURS
APART = {"permit": (3, 2, 1), "grant": (4, 3, 2), "visit": (2, 0, 1), "burial": (3, 1, 1)}
LEGAL = {"permit": 10, "grant": 15, "visit": 5, "burial": 20}


def based(apart=APART, legal=LEGAL, unit=WORK, visits=1, **changes):
    """The guided pack with a base: the grant waits for the permit."""
    pack = guided.pack(**changes)

    def item(spec):
        said = Apart(*apart[spec.code], source="SAMPLE") if spec.code in apart else None
        law = Promise(legal[spec.code], unit, "", "某法") if spec.code in legal else None
        return replace(spec, apart=said, legal=law, depends=("permit",) if spec.code == "grant" else ())

    known = None if visits is None else Visits(visits, "SAMPLE")
    return replace(pack, items=tuple(map(item, pack.items)), visits=known)


def told(found):
    """Apart, together and less of each figure."""
    return {figure.kind: (figure.apart, figure.together, figure.less) for figure in found.figures}


def test_the_four_of_a_whole_pack():
    """Steps 3+4+2+3 against the application and four tasks, papers 2+3+0+1 against two, days 10+15 against 2+2."""
    found = reductions.planned(based())
    assert told(found) == {
        Reduction.STEPS: (12, 5, 7),
        Reduction.PAPERS: (6, 2, 4),
        Reduction.TIME: (25, 4, 21),
        Reduction.VISITS: (5, 1, 4),
    }
    assert [(line.item.code, line.steps, line.papers, line.time.amount) for line in found.lines] == [
        ("permit", 1, 1, 2), ("grant", 1, 2, 2), ("visit", 1, 0, 2), ("burial", 1, 0, 2),
    ]  # fmt: skip
    assert (found.happened, found.sources) == (False, ("SAMPLE", "某法"))


def test_the_four_of_some_items():
    """Only what applies counts; a paper of two items counts once, and no item is waited for that does not apply."""
    found = told(reductions.planned(based(), ["grant", "burial"]))
    assert found[Reduction.STEPS] == (7, 3, 4)
    assert found[Reduction.PAPERS] == (4, 2, 2)
    assert found[Reduction.TIME] == (20, 2, 18)
    assert found[Reduction.VISITS] == (3, 1, 2)


def test_an_item_in_between_that_does_not_apply():
    """What waits for something left out waits for what that waited for."""
    pack = based()
    items = tuple(replace(i, depends={"grant": ("visit",), "visit": ("permit",)}.get(i.code, ())) for i in pack.items)
    found = told(reductions.planned(replace(pack, items=items), ["permit", "grant"]))
    assert found[Reduction.TIME] == (25, 4, 21)


def test_what_nobody_stated_is_no_figure():
    """One item without a base takes the base from the sum, and is named; nothing counts as nothing."""
    some = based(apart={"permit": (3, None, 1)}, legal={"permit": 10}, visits=None)
    found = {figure.kind: figure for figure in reductions.planned(some, ["permit", "grant"]).figures}
    assert told(reductions.planned(some, ["permit"]))[Reduction.STEPS] == (3, 2, 1)
    for kind in (Reduction.STEPS, Reduction.TIME, Reduction.VISITS):
        assert (found[kind].apart, found[kind].less, found[kind].unstated) == (None, None, ("grant",))
    assert found[Reduction.PAPERS].unstated == ("permit", "grant")
    assert found[Reduction.VISITS].together is None


def test_nothing_stated_at_all():
    """A pack of before says what it takes together and claims nothing."""
    assert told(reductions.planned(guided.pack())) == {
        Reduction.STEPS: (None, 5, None),
        Reduction.PAPERS: (None, 2, None),
        Reduction.TIME: (None, 2, None),
        Reduction.VISITS: (None, None, None),
    }


def test_no_items():
    """Where no item applies there is nothing to compare."""
    assert reductions.planned(based(), []) == reductions.Reductions((), (), False)


def test_more_is_said_as_well():
    """Who asks for more than apart is told so."""
    assert told(reductions.planned(based(apart={"permit": (1, 0, 0)}), ["permit"]))[Reduction.STEPS] == (1, 2, -1)


def test_units_are_not_mixed():
    """Hours by law are not held against working days; two units among the items make no sum."""
    hours = reductions.planned(based(unit=HOURS), ["permit"]).figures[2]
    assert (hours.apart, hours.together, hours.less, hours.unit, hours.unstated) == (None, 2, None, WORK, ())
    pack = based()
    first = replace(pack.items[0], legal=Promise(24, HOURS, "", "某法"))
    mixed = reductions.planned(replace(pack, items=(first, *pack.items[1:]))).figures[2]
    assert (mixed.apart, mixed.together, mixed.unstated) == (None, 4, ())


def test_on_the_spot_fits_any_unit():
    """Nothing at once is nothing in every unit."""
    pack = based(unit=HOURS)
    spot = replace(pack.items[0], promise=Promise(0, WORK, "当场", "SAMPLE"))
    figure = reductions.planned(replace(pack, items=(spot, *pack.items[1:])), ["permit"]).figures[2]
    assert (figure.apart, figure.together, figure.less, figure.unit) == (10, 0, 10, HOURS)


def test_a_promise_for_the_whole_goes_first():
    """What is promised for everything is what the applicant waits."""
    whole = replace(based(), promise=Promise(3, WORK, "三个工作日", "SAMPLE"))
    assert told(reductions.planned(whole))[Reduction.TIME] == (25, 3, 22)


@pytest.mark.parametrize(
    ("states", "source", "papers"),
    [
        ('["original"]', "applicant", 2),
        ('["copy"]', "applicant", 2),
        ('["original", "shared"]', "applicant", 1),
        ('["original", "commitment"]', "applicant", 1),
        ('["original"]', "system", 1),
        ('["original"]', "licence", 1),
    ],
)
def test_which_papers_are_brought(states, source, papers):
    """What a department has, or a signature replaces, nobody has to bring."""
    text = guided.MATERIALS.replace('states = ["original"]', f'states = {states}\nsource = "{source}"', 1)
    files = guided.files()
    files[guided.TOML] = files[guided.TOML].replace(guided.MATERIALS, text)
    pack = guided.catalog.read(files)
    assert reductions.planned(pack).figures[1].together == papers


def test_supplements_are_no_step_of_the_model():
    """A supplement is nobody's plan."""
    drawn = guided.drawing().replace(
        '<zeebe:property name="item" value="visit" />',
        '<zeebe:property name="item" value="visit" /><zeebe:property name="stage" value="supplement" />',
    )
    assert reductions.planned(guided.pack(process__bpmn=drawn)).figures[0].together == 4
